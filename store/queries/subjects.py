"""The events, actors and places that a claim may be about, the likeliest first."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from store.model.dates import bounds, short
from store.model.records import Stamp
from store.model.text import folded
from store.model.vocabulary import PlaceKind
from store.queries.full_text import match_text
from store.queries.names_in_words import NameInWords, names_in
from store.queries.search import NamedKind, named
from store.queries.timeline import rows
from store.reader import Reader

MOST = 40
"""The most events that are proposed at once."""


class SubjectRow(NamedTuple):
    """A possible subject: its id and title, its day and place, and why it is proposed.

    It is `apart` where nothing in the words or the article connects them with it.
    """

    id: str
    title: str
    aside: str
    why: str
    apart: bool = False


class SelectedWords(NamedTuple):
    """Selected words of an article, by its number, at a code point; `event` is the one at hand.

    `latest` is the id of the event that was claimed about last, empty for none.
    """

    article: int
    start: int
    words: str
    event: int | None
    latest: str = ""


def proposed_subjects(connection: Reader, selected: SelectedWords) -> tuple[SubjectRow, ...]:
    """The subjects of selected words, the likeliest first, each with its reason.

    First the event claimed about last and the one at hand, where the article speaks of them or
    the words share a name or day with them; then events with several of the names in the words,
    those of the article by their distance from the words, and those with one name; then the
    actors and places that the words name, and last the two where nothing connects them, and
    those of another day than the words say. A country connects nothing.
    """
    names = names_in(connection, selected.words)
    wanted = [one.name for one in names if _connects(connection, one)]
    known: dict[int, str] = {}
    for (event,) in connection.execute("SELECT n FROM events WHERE id = ?", (selected.latest,)):
        known[event] = "claimed about last"
    if selected.event is not None:
        known.setdefault(selected.event, "the event at hand")
    numbers = {
        event: why for event, why in known.items() if _is_near(connection, selected, event, wanted)
    }
    named_there = dict(_with_names(connection, wanted))
    for event, shared in named_there.items():
        if len(shared) > 1:
            numbers.setdefault(event, f"names {', '.join(shared)}")
    for event in _of_article(connection, selected):
        numbers.setdefault(event, "in this article")
    for event, shared in named_there.items():
        numbers.setdefault(event, f"names {', '.join(shared)}")
    first = dict(list(numbers.items())[:MOST])
    other_days = _of_other_days(connection, selected, first)
    first = {event: why for event, why in first.items() if event not in other_days}
    apart = {event: why for event, why in known.items() if event not in first}
    apart |= {event: f"of another day, {why}" for event, why in other_days.items()}
    others = (one._replace(apart=True) for one in _events(connection, apart))
    return (*_events(connection, first), *_named(connection, names), *others)


def typed_subjects(connection: Reader, typed: str) -> tuple[SubjectRow, ...]:
    """The events with these words in title, names or passages, and the actors and places.

    Those whose title has them as they were typed come first.
    """
    match = match_text(typed)
    if not match:
        return ()
    found = connection.execute(
        "SELECT rowid FROM event_words WHERE event_words MATCH ? ORDER BY rank LIMIT ?",
        (match, MOST),
    ).fetchall()
    others = [
        SubjectRow(
            one.id,
            one.name,
            one.apart or one.kind,
            f"an {one.kind}" if one.kind is NamedKind.ACTOR else f"a {one.kind}",
        )
        for one in named(connection, typed)
        if one.kind is not NamedKind.SOURCE
    ]
    wanted = folded(" ".join(typed.split()))
    events = list(_events(connection, dict.fromkeys((n for (n,) in found), "")))
    events.sort(key=lambda one: wanted not in folded(one.title))
    return (*events, *others)


def events_beside(connection: Reader, id: str) -> tuple[SubjectRow, ...]:
    """The events that come next to one in time; if it has no date, those without."""
    found = connection.execute("SELECT earliest, n FROM events WHERE id = ?", (id,)).fetchone()
    day, number = found or (None, 0)
    numbers: list[int] = []
    for beside, order in (("earliest >= ?1", "earliest, n"), ("earliest < ?1", "earliest DESC, n")):
        rows_beside = connection.execute(
            f"SELECT n FROM events WHERE n <> ?2 AND (?1 IS NULL AND earliest IS NULL OR {beside})"
            f" ORDER BY {order} LIMIT ?3",
            (day, number, MOST // 2),
        )
        numbers += [n for (n,) in rows_beside]
    return tuple(_events(connection, dict.fromkeys(numbers, "next to it in time")))


def _connects(connection: Reader, one: NameInWords) -> bool:
    """True if a name may be shared by the words and an event: of an actor, or within a country."""
    if one.kind is not NamedKind.PLACE:
        return one.kind is NamedKind.ACTOR
    query = "SELECT 1 FROM places WHERE id = ? AND kind = ?"
    return connection.execute(query, (one.id, PlaceKind.COUNTRY)).fetchone() is None


def _is_near(connection: Reader, selected: SelectedWords, event: int, names: Iterable[str]) -> bool:
    """True if the article has a claim about an event, or the words share a name or day with it."""
    (claimed,) = connection.execute(
        "SELECT EXISTS (SELECT 1 FROM claims WHERE event = ? AND article = ?)",
        (event, selected.article),
    ).fetchone()
    return bool(
        claimed
        or any(_has_name(connection, event, name) for name in names)
        or _shares_day(connection, selected, event)
    )


def _has_name(connection: Reader, event: int, name: str) -> bool:
    match = match_text(f'"{name}"')
    if not match:
        return False
    query = "SELECT 1 FROM event_words WHERE event_words MATCH ? AND rowid = ?"
    return connection.execute(query, (match, event)).fetchone() is not None


def _shares_day(connection: Reader, selected: SelectedWords, event: int) -> bool:
    return any(
        connection.execute(
            "SELECT 1 FROM events WHERE n = ? AND earliest <= ? AND latest >= ?", (event, day, day)
        ).fetchone()
        for day in _days(connection, selected)
    )


def _of_other_days(
    connection: Reader, selected: SelectedWords, events: dict[int, str]
) -> dict[int, str]:
    """Those of the events that are dated to other days than all that the words say.

    None where the words tell of a toll, which is known later, or name no day by itself.
    """
    if _OF_TOLL.search(selected.words):
        return {}
    days = _days(connection, selected)
    if not days:
        return {}
    marks = ", ".join("?" * len(events))
    dated = connection.execute(
        f"SELECT n, earliest, latest FROM events WHERE n IN ({marks}) AND earliest IS NOT NULL",
        tuple(events),
    )
    apart = {n for n, earliest, latest in dated if not any(earliest <= d <= latest for d in days)}
    return {event: why for event, why in events.items() if event in apart}


_OF_TOLL = re.compile(
    r"\b(?:toll|ris(?:es|en)|rose|died of|of (?:the|those) wounded)\b", re.IGNORECASE
)


def _days(connection: Reader, selected: SelectedWords) -> set[str]:
    """The days by themselves on which the words say that something happened (ISO 8601)."""
    # its many patterns are compiled when somebody codes, and not at each start
    from store.extraction.datelines import dateline_of
    from store.extraction.dates import dates_in
    from store.extraction.event_dates import sentence_dates

    found = connection.execute(
        "SELECT published FROM articles WHERE n = ?", (selected.article,)
    ).fetchone()
    published = Stamp(at=found[0]) if found and found[0] else None
    line = " ".join(selected.words.split())
    dates = sentence_dates(line, dates_in(line, published), only_spoken=False)
    _, head = dateline_of(line)  # its day is that of the text
    days = (bounds(one.when.edtf) for one in dates.happened if one.start >= head)
    return {one.earliest for one in days if one.earliest and one.earliest == one.latest}


def _of_article(connection: Reader, selected: SelectedWords) -> Iterator[int]:
    for (event,) in connection.execute(
        """SELECT claims.event FROM passages JOIN claims ON claims.passage = passages.n
        WHERE passages.article = ? AND claims.event IS NOT NULL
        GROUP BY claims.event ORDER BY min(abs(passages.start - ?)), claims.event LIMIT ?""",
        (selected.article, selected.start, MOST),
    ):
        yield int(event)


def _with_names(connection: Reader, names: list[str]) -> Iterator[tuple[int, list[str]]]:
    """The events with these names, those with most of them first."""
    counted: dict[int, list[str]] = {}
    for name in dict.fromkeys(names):
        match = match_text(f'"{name}"')
        for (event,) in connection.execute(
            "SELECT rowid FROM event_words WHERE event_words MATCH ? ORDER BY rank LIMIT ?",
            (match, MOST),
        ):
            counted.setdefault(int(event), []).append(name)
    ranked = sorted(counted.items(), key=lambda one: -len(one[1]))
    yield from ranked


def _events(connection: Reader, numbers: dict[int, str]) -> Iterator[SubjectRow]:
    for row in rows(connection, list(numbers)):
        (id_,) = connection.execute("SELECT id FROM events WHERE n = ?", (row.n,)).fetchone()
        day = short(row.edtf) if row.edtf else "undated"
        aside = " · ".join(part for part in (day, row.place) if part)
        yield SubjectRow(str(id_), row.title, aside, numbers[row.n])


def _named(connection: Reader, names: Iterable[NameInWords]) -> Iterator[SubjectRow]:
    shown: set[str] = set()
    for one in names:
        if one.kind is not NamedKind.SOURCE and one.id not in shown:
            shown.add(one.id)
            apart = not _connects(connection, one)
            yield SubjectRow(one.id, one.name, one.kind, "named here", apart)
