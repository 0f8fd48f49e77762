"""The commands that list rows."""

import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import click
import msgspec

from seeds.bundled import BUNDLED
from store.analysis.readings import GLYPHS, Reading
from store.archive import Archive
from store.custody.own_copy import own_copy_path
from store.errors import UsageError
from store.exporters import FORMATS
from store.exporters.listing import Column, Listing
from store.model.dates import long_or_latest
from store.model.labels import MIXED_SCRIPTS, NO_TITLE, NOT_STATED, PRECISIONS
from store.model.stamps import full_day_of
from store.model.text import mixes_scripts, one_line
from store.model.vocabulary import EVENT_TYPES
from store.queries import actors, articles, datasets, places, search, sources, timeline
from store.queries.event_sort import Sort
from store.queries.export_events import COARSE
from store.queries.filters import KINDS, Filter, Filters
from store.queries.full_text import match_text
from store.queries.timeline import PAGE
from store.queries.timeline_row import TimelineRow
from tui.cli.licences import passing
from tui.cli.options import bundled_asked
from tui.output import NAME, output, say, tell, terminal
from tui.session.session import Session

Asked = str | tuple[str, ...] | None
"""What one option of the filter was given."""

_MARKS = (
    (Reading.CONTRADICTS, "disputed"),
    (Reading.ORDER, "out of order"),
    (Reading.STALE, "stale"),
    (Reading.DIFFERS, "differs"),
    (Reading.FAR_APART, "apart"),
)


def _marks(row: TimelineRow) -> list[tuple[str, str]]:
    """The glyph and word of every dispute about an event, most urgent first."""
    contradicts = row.contradicts - row.out_of_order
    figures = (contradicts, row.out_of_order, row.stale, row.differs, row.apart)
    found = zip(_MARKS, figures, strict=True)
    return [(GLYPHS[reading], word) for (reading, word), number in found if number]


def _support(row: TimelineRow) -> str:
    """`5/6? ≠`."""
    return f"{row.support} {''.join(glyph for glyph, _ in _marks(row))}".rstrip()


def _at_odds(row: TimelineRow) -> str:
    """`disputed, stale`."""
    return ", ".join(word for _, word in _marks(row))


def _made(row: TimelineRow | articles.ArticleRow | search.Hit) -> str:
    """`machine` if one made it, or read all that is claimed in it."""
    return "machine" if row.machine else ""


def _letters(row: sources.SourceRow | actors.ActorRow | places.PlaceRow) -> str:
    """`mixed scripts` where a word of the name has letters of two that look alike."""
    return MIXED_SCRIPTS if mixes_scripts(row.name) else ""


EVENTS = Listing(
    TimelineRow,
    (
        Column("ID", lambda row: row.id),
        Column("DATE", lambda row: long_or_latest(row.edtf, row.at_latest), whole=True),
        Column("TYPE", lambda row: EVENT_TYPES[row.type].label, spare=True),
        Column("PLACE", lambda row: row.place),
        Column("KILLED", lambda row: row.killed and str(row.killed), number=True),
        Column("SUPPORT", _support),
        Column("AT ODDS", _at_odds, spare=True),
        Column("FLAGS", lambda row: ", ".join(row.flags), rare=True),
        Column("MADE BY", _made, rare=True),
        Column("TITLE", lambda row: ("planned: " if row.planned else "") + row.title),
    ),
)

ARTICLES = Listing(
    articles.ArticleRow,
    (
        Column("ID", lambda row: row.id),
        Column("PUBLISHED", lambda row: full_day_of(row.published) or "not stated", whole=True),
        Column("TEXT", lambda row: row.text_kind, spare=True),
        Column("EVENTS", lambda row: row.events, number=True),
        Column("READ BY", _made, rare=True),
        Column("PUBLISHER", lambda row: row.publisher or NOT_STATED),
        Column("TITLE", lambda row: row.title or NO_TITLE),
    ),
)

SOURCES = Listing(
    sources.SourceRow,
    (
        Column("ID", lambda row: row.id),
        Column("KIND", lambda row: row.kind),
        Column("EVENTS", lambda row: row.events, number=True),
        Column("ARTICLES", lambda row: row.articles, number=True),
        Column("LETTERS", _letters, rare=True),
        Column("NAME", lambda row: row.name),
    ),
)

ACTORS = Listing(
    actors.ActorRow,
    (
        Column("ID", lambda row: row.id),
        Column("KIND", lambda row: row.kind),
        Column("EVENTS", lambda row: row.events, number=True),
        Column("DENIED", lambda row: row.denied or None, number=True, rare=True),
        Column("LETTERS", _letters, rare=True),
        Column("NAME", lambda row: row.name),
    ),
)

PLACES = Listing(
    places.PlaceRow,
    (
        Column("ID", lambda row: row.id),
        Column("KIND", lambda row: row.kind),
        Column("EVENTS", lambda row: row.events, number=True),
        Column("LATITUDE", lambda row: _degrees(row, row.latitude), number=True, spare=True),
        Column("LONGITUDE", lambda row: _degrees(row, row.longitude), number=True, spare=True),
        Column("PRECISION", lambda row: PRECISIONS[row.precision - 1]),
        Column("LETTERS", _letters, rare=True),
        Column("NAME", lambda row: row.name),
    ),
)

DATASETS = Listing(
    datasets.SetRow,
    (
        Column("ID", lambda row: row.id),
        Column("ROWS", lambda row: row.rows, number=True),
        Column("ARTICLES", lambda row: row.articles, number=True),
        Column("FLAGGED", lambda row: row.flagged, number=True),
        Column("MAY SHARE", lambda row: "yes" if row.redistributable else "no"),
        Column("LICENCE", lambda row: row.licence or "not stated"),
        Column("NAME", lambda row: row.label),
    ),
)

HITS = Listing(
    search.Hit,
    (
        Column("ID", lambda row: row.id),
        Column("IN", lambda row: row.table, spare=True),
        Column("MADE BY", _made, rare=True),
        Column("TITLE", lambda row: row.title or NO_TITLE),
        Column("WORDS", lambda row: row.snippet),
    ),
)


def list_events(case: Path | None, form: str, sort: str, **asked: Asked) -> None:
    """Write the events of a filter."""
    _list("events", EVENTS, lambda archive, of: _events(archive, of, Sort(sort)), case, form, asked)


def list_articles(case: Path | None, form: str, **asked: Asked) -> None:
    """Write the articles behind the events of a filter."""
    _list(
        "articles",
        ARTICLES,
        lambda archive, of: archive.ask(articles.of_filter, of),
        case,
        form,
        asked,
    )


def list_sources(case: Path | None, form: str, **asked: Asked) -> None:
    """Write the sources of the events of a filter."""
    _list(
        "sources",
        SOURCES,
        lambda archive, of: archive.ask(sources.of_filter, of),
        case,
        form,
        asked,
    )


def list_actors(case: Path | None, form: str, **asked: Asked) -> None:
    """Write the actors of the events of a filter."""
    _list(
        "actors", ACTORS, lambda archive, of: archive.ask(actors.of_filter, of), case, form, asked
    )


def list_places(case: Path | None, form: str, **asked: Asked) -> None:
    """Write the places of the events of a filter."""
    _list(
        "places", PLACES, lambda archive, of: archive.ask(places.of_filter, of), case, form, asked
    )


def _list(
    what: str,
    listing: Listing,
    rows: Callable[[Archive, Filters], Iterable[msgspec.Struct]],
    case: Path | None,
    form: str,
    asked: Mapping[str, Asked],
) -> None:
    """Write the rows that a filter leaves, or say that there are none."""
    with opened(case) as archive:
        chosen = chosen_filter(archive, asked)
        found = write(archive, form, listing, rows(archive, chosen))
        say_if_none(found, what, chosen)


def list_datasets(case: Path | None, form: str) -> None:
    """Write the data sets of a case."""
    with opened(case) as archive:
        if not write(archive, form, DATASETS, archive.ask(datasets.datasets)):
            click.echo("the case has no data sets", err=True)


def list_hits(words: str, case: Path | None, form: str) -> None:
    """Write the events and articles that hold the words, all of them."""
    if not match_text(words):
        raise UsageError(f"{words!r} has no word to search for", "use letters or digits")
    with opened(case) as archive:
        if not write(archive, form, HITS, archive.ask(search.search, words, sys.maxsize)):
            click.echo(
                f"nothing contains {one_line(words)}; {NAME} events lists all events", err=True
            )


def case_of(case: Path | None) -> Path:
    """The file of the case to open.

    If None, the user's own copy of the bundled case if there is one and
    `--bundled` was not given, else the bundled case itself.
    """
    if case is not None:
        return case
    copy = own_copy_path(BUNDLED)
    return copy if not bundled_asked() and copy.exists() else BUNDLED


@contextmanager
def opened(case: Path | None) -> Iterator[Archive]:
    """Open the case, and close it at the end."""
    archive = Archive.open(case_of(case))
    for told in archive.notices:
        tell(told)
    try:
        yield archive
    finally:
        archive.close()


def chosen_filter(archive: Archive, asked: Mapping[str, Asked]) -> Filters:
    """The filter that the options ask for.

    Raises `UsageError` for a value that has no meaning, and `UnknownRecord` for
    a name that matches no record, or several. Says on stderr where a record of a like
    name has more events than the one that a name means.
    """
    session = Session(archive, Path(), bundled=False)
    chosen = Filters()
    for name, given in asked.items():
        for text in (given,) if isinstance(given, str) else given or ():
            filter_ = session.read_filter(KINDS[name], text)
            chosen = chosen.with_filter(filter_)
            if name in set(search.NamedKind):
                _say_others(archive, filter_, text.strip().lstrip("!"))
    return chosen


_NAMED = 3
"""Records of a like name that are named; of more, the number is told."""


def _say_others(archive: Archive, chosen: Filter, words: str) -> None:
    kind = search.NamedKind(chosen.kind)
    own, *others = archive.ask(search.with_more_events, words, kind, chosen.value) or (None,)
    if own is None:
        return
    more = f" and {len(others) - _NAMED} more" if len(others) > _NAMED else ""
    names = ", ".join(_counted(*one) for one in others[:_NAMED])
    say(f"--{kind} {words} is {_counted(*own)}; more events have: {names}{more}")


def _counted(one: search.NamedRecord, events: int) -> str:
    """`Aleppo (plc_1, 9 events)`."""
    return f"{one.name} ({one.id}, {search.events_text(events)})"


def write(archive: Archive, form: str, listing: Listing, rows: Iterable[msgspec.Struct]) -> int:
    """Write the rows to stdout in a format; return how many there were.

    Says how many of them may not be passed on.
    """
    with output() as stream, passing(archive, stream) as passed:
        if "dataset" in listing.row.__struct_fields__:
            rows = passed.noted(rows)  # type: ignore[type-var]
        return FORMATS[form](stream, listing, rows, terminal(stream))


def _events(archive: Archive, chosen: Filters, sort: Sort) -> Iterator[TimelineRow]:
    numbers = archive.ask(timeline.order, chosen, sort)
    for start in range(0, len(numbers), PAGE):
        yield from archive.ask(timeline.rows, numbers[start : start + PAGE])


def _degrees(place: places.PlaceRow, degrees: float | None) -> float | None:
    return None if place.precision >= COARSE else degrees


def say_if_none(found: int, what: str, chosen: Filters) -> None:
    """Say on stderr that a filter leaves nothing, or that there is nothing to filter."""
    if found:
        return
    if not chosen.filters:
        click.echo(f"the case has no {what}", err=True)
        return
    filters = " ".join(one_line(filter_.text()) for filter_ in chosen.filters)
    click.echo(f"no {what} match {filters}; {NAME} {what} lists all", err=True)
