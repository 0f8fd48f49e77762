"""The commands that show one record and everything about it."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import msgspec

from store.archive import Archive
from store.exporters import FORMATS, json
from store.exporters.listing import Listing
from store.model.dates import long, long_or_latest
from store.model.labels import (
    NO_TITLE,
    NOT_STATED,
    STANCE_GLYPHS,
    TEXT_KINDS,
    chain_text,
    claim_text,
    count_text,
    hint_text,
    reader_text,
)
from store.model.records import Article, Passage
from store.model.stamps import basis_of, field_text, stamp_words
from store.model.vocabulary import EVENT_TYPES, FLAGS, Stance, TextKind
from store.queries import (
    actors,
    article,
    articles,
    datasets,
    event,
    evidence,
    search,
    timeline,
)
from store.queries.actors import ActorRow
from store.queries.claims import names as names_of
from store.queries.compare import compare
from store.queries.datasets import KnownFrom
from store.queries.event import EventView
from store.queries.evidence import EventClaim
from store.queries.timeline_row import TimelineRow
from tui.cli.compare import at_odds_words
from tui.cli.layout import Line, head, write_lines
from tui.cli.licences import passing
from tui.cli.lists import opened
from tui.draw.marks import AGGREGATE
from tui.draw.phrases import is_whole_title, printed_words
from tui.output import NAME, output, terminal


class ClaimRow(msgspec.Struct, frozen=True):
    """A claim about an event with all of its ids resolved, for a line of CSV.

    `read` says in words who read it out of the passage, `dataset` what the article
    is known from; for a `digest`, the `printed` words are those of the original.
    """

    id: str
    stance: Stance
    kind: str
    value: str
    printed: str
    scope: str
    as_of: str
    chain: str
    article: str
    title: str
    publisher: str
    passage: str
    in_title: bool
    exact: str
    note: str
    read_by: str
    confidence: int | None
    aggregate: bool
    read: str
    digest: bool
    dataset: str
    licence: str


class PassageRow(msgspec.Struct, frozen=True):
    """A passage of an article with the ids of the events that it supports, for a line of CSV.

    `start` and `end` (exclusive) are code points in the title if `in_title` is
    set, else in the text. `dataset` is the data set that the article is known
    from.
    """

    id: str
    start: int
    end: int
    in_title: bool
    exact: str
    events: tuple[str, ...]
    dataset: str
    licence: str


def show_event(beginning: str, case: Path | None, form: str) -> None:
    """Write the event whose id begins so; raises `UnknownRecord` unless exactly one does."""
    with opened(case) as archive:
        id_ = archive.ask(search.whole_id, "events", beginning)
        number = archive.ask(timeline.number_of, id_)
        view = archive.ask(event.event, number) if number is not None else None
        assert view is not None
        acting = archive.ask(actors.of_event, view.row.n)
        claims = archive.ask(evidence.claims_about, id_)
        said = _claim_rows(archive, claims)
        at_odds = at_odds_words(archive.ask(compare, id_))
        with output() as stream, passing(archive, stream) as passed:
            around = [view.part_of] if view.part_of else []
            passed.note(view.row, *around, *view.parts, *claims)
            if form == "json":
                json.write_one(stream, _event_json(view, acting, claims))
            elif form == "table":
                write_lines(stream, _event_lines(view, acting, said, at_odds))
            else:
                FORMATS[form](stream, Listing(ClaimRow, ()), said, terminal(stream))


def _claim_rows(archive: Archive, claims: Sequence[EventClaim]) -> list[ClaimRow]:
    """The claims in words, with names in place of the ids in their values."""
    ids = {
        id_
        for one in claims
        for field in ("actor", "holder", "place")
        if (id_ := getattr(one.claim.value, field, None))
    }
    known = archive.ask(names_of, ids)
    return [
        ClaimRow(
            id=one.claim.id,
            stance=one.claim.stance,
            kind=one.claim.kind,
            value=claim_text(one.claim, known),
            printed=one.claim.value.printed if one.claim.value else "",
            scope=one.claim.scope,
            as_of=one.claim.as_of.edtf if one.claim.as_of else "",
            chain=chain_text(one.publisher, one.chain),
            article=one.article,
            title=one.title,
            publisher=one.publisher,
            passage=one.claim.passage,
            in_title=one.in_title,
            exact=one.exact,
            note=one.claim.note,
            read_by=one.claim.read_by,
            confidence=one.claim.confidence,
            aggregate=one.claim.aggregate,
            read=reader_text(
                one.claim.read_by,
                one.claim.confidence,
                one.dataset,
                from_headline=one.in_title,
            ),
            digest=one.digest,
            dataset=one.dataset,
            licence=one.licence,
        )
        for one in claims
    ]


def _event_json(
    view: EventView, acting: Sequence[ActorRow], claims: Sequence[EventClaim]
) -> dict[str, object]:
    return {
        "event": view.record,
        "shown": view.row,
        "actors": acting,
        "part_of": view.part_of,
        "parts": view.parts,
        "claims": claims,
    }


def _event_lines(
    view: EventView, acting: Sequence[ActorRow], said: Sequence[ClaimRow], at_odds: Sequence[str]
) -> Iterator[Line]:
    row, record = view.row, view.record
    origin = [hint_text(row.dataset, record.hint)] if record.hint else []
    made = ["by a machine, and nobody has reviewed it"] if row.machine else []
    marks = "".join([", planned" * row.planned, ", background" * row.background])
    yield Line(row.title, strong=True)
    yield from head(
        ("id", [row.id]),
        ("type", [EVENT_TYPES[row.type].label + marks]),
        ("date", [long(row.edtf)]),
        ("by", [_at_latest(row)] if row.at_latest else []),
        ("place", [row.place or "not stated"]),
        ("actors", [f"{one.name} ({one.role_words})" for one in acting]),
        ("support", [row.support_words]),
        ("made", made),
        ("row", [_row_words(view)] if record.row else []),
        ("flags", [f"{flag}: {FLAGS[flag]}" for flag in row.flags]),
        ("hint", origin),
        ("at odds", [*at_odds, f"see: {NAME} compare {row.id}"] if at_odds else []),
        ("part of", [_short(view.part_of)] if view.part_of else []),
        ("parts", [_short(part) for part in view.parts]),
        ("note", [record.note]),
    )
    yield Line()
    yield Line(count_text(len(said), "claim"), strong=True)
    for one in said:
        yield Line()
        yield from _claim_lines(one)


def _row_words(view: EventView) -> str:
    """`224861 of UCDP GED 19.1, CC BY 4.0`."""
    assert view.record.row is not None
    licence = f", {view.row.licence}" if view.row.licence else ""
    return f"{view.record.row.row} of {view.row.dataset}{licence}"


def _claim_lines(said: ClaimRow) -> Iterator[Line]:
    value = f": {said.value}" if said.value else ""
    words = printed_words(said.printed, digest=said.digest)
    printed = f", {words}" if words else ""
    yield Line(f"{STANCE_GLYPHS[said.stance]} {said.stance} {said.kind}{value}{printed}", "", "  ")
    yield Line(said.chain, "  ")
    aggregate = f"{AGGREGATE} aggregate: it covers several events" if said.aggregate else ""
    for known in filter(None, (said.read, aggregate)):
        yield Line(known, "  ")
    twice = is_whole_title(said.exact, said.title, in_title=said.in_title)
    yield Line(said.article if twice else f"{said.article} {said.title or NO_TITLE}", "  ")
    yield Line(f"“{said.exact}”", "  ")
    if said.note:
        yield Line(f"note: {said.note}", "  ")


def _at_latest(row: TimelineRow) -> str:
    return f"{long(row.at_latest)} at the latest: the day of its first report"


def _short(row: TimelineRow) -> str:
    return f"{row.id} {row.title} ({long_or_latest(row.edtf, row.at_latest)})"


def show_article(beginning: str, case: Path | None, form: str) -> None:
    """Write the article whose id begins so; raises `UnknownRecord` unless exactly one does."""
    with opened(case) as archive:
        id_ = archive.ask(search.whole_id, "articles", beginning)
        number = archive.ask(article.article_number, id_)
        record = archive.ask(evidence.article_record, id_)
        assert number is not None
        assert record is not None
        passages = archive.ask(articles.passages, number)
        supported = _supported(archive, number)
        known = archive.ask(datasets.known_from, number)
        with output() as stream, passing(archive, stream) as passed:
            passed.note(known, *(row for rows in supported.values() for row in rows))
            if form == "json":
                json.write_one(stream, _article_json(record, known, passages, supported))
            elif form == "table":
                wanted = [*filter(None, [record.publisher]), *record.sources]
                names = archive.ask(names_of, wanted)
                write_lines(stream, _article_lines(record, known, names, passages, supported))
            else:
                rows = (_passage_row(passage, known, supported[passage.id]) for passage in passages)
                FORMATS[form](stream, Listing(PassageRow, ()), rows, terminal(stream))


def _supported(archive: Archive, number: int) -> dict[str, tuple[TimelineRow, ...]]:
    """The events that each passage of an article supports, by the passage's id."""
    view = archive.ask(article.article, number)
    assert view is not None
    wanted = sorted({n for mark in view.marks for n in mark.events})
    rows = {
        row.n: row
        for start in range(0, len(wanted), timeline.PAGE)
        for row in archive.ask(timeline.rows, wanted[start : start + timeline.PAGE])
    }
    return {mark.id: tuple(rows[n] for n in mark.events) for mark in view.marks}


def _article_json(
    record: Article,
    known: KnownFrom,
    passages: Sequence[Passage],
    supported: dict[str, tuple[TimelineRow, ...]],
) -> dict[str, object]:
    return {
        "article": record,
        "dataset": known.dataset,
        "licence": known.licence,
        "machine": known.machine,
        "passages": [
            {"passage": passage, "events": [row.id for row in supported[passage.id]]}
            for passage in passages
        ],
    }


def _passage_row(passage: Passage, known: KnownFrom, events: Sequence[TimelineRow]) -> PassageRow:
    return PassageRow(
        id=passage.id,
        start=passage.start,
        end=passage.end,
        in_title=passage.in_title,
        exact=passage.exact,
        events=tuple(row.id for row in events),
        dataset=known.dataset,
        licence=known.licence,
    )


def _article_lines(
    record: Article,
    known: KnownFrom,
    names: Mapping[str, str],
    passages: Sequence[Passage],
    supported: dict[str, tuple[TimelineRow, ...]],
) -> Iterator[Line]:
    publisher = names.get(record.publisher or "", NOT_STATED)
    yield Line(record.title or NO_TITLE, strong=True)
    yield from head(
        ("id", [record.id]),
        ("publisher", [field_text(record, "publisher", publisher)]),
        ("author", [field_text(record, "author", record.author)] if record.author else []),
        ("dateline", [field_text(record, "dateline", record.dateline)] if record.dateline else []),
        ("sources", [", ".join(names.get(source, source) for source in record.sources)]),
        ("published", [_stamp(record, "published") or "not stated"]),
        ("updated", [_stamp(record, "updated")]),
        ("address", [record.url or ""]),
        ("text", [_text_words(record)]),
        ("from", [", ".join(filter(None, (known.dataset, known.licence)))]),
        ("cite", [known.citation]),
        ("read", ["by a machine: every claim in it"] if known.machine else []),
        ("note", [record.note]),
    )
    if record.text is not None:
        yield Line()
        yield Line(record.text, as_it_is=True)
    yield Line()
    yield Line(count_text(len(passages), "passage"), strong=True)
    for passage in passages:
        place = "title " * passage.in_title + f"{passage.start}-{passage.end}"
        yield Line()
        twice = is_whole_title(passage.exact, record.title or "", in_title=passage.in_title)
        yield Line(f"{place} the whole title" if twice else f"{place} “{passage.exact}”")
        for row in supported[passage.id]:
            yield Line(_short(row), "  → ", "    ")


def _text_words(record: Article) -> str:
    """The kind of text that the case has of an article, in words."""
    if record.text_kind is TextKind.HEADLINE:
        where = "data set" if record.dataset else "case"
        return f"headline only: the {where} has no text"
    return TEXT_KINDS[record.text_kind] or record.text_kind


def _stamp(record: Article, field: str) -> str:
    """A time of an article with its basis; empty where it is not known."""
    stamp = getattr(record, field)
    return stamp_words(stamp, basis_of(record, field)) if stamp else ""
