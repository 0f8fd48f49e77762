"""Rows of the index: those of a record, and those that follow from several.

Loading a case and amending it both make them here, so that one record gives
the same rows, whichever way it came.
"""

import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Protocol

import msgspec

from store.analysis.sourced_claim import KinshipIndex, SourcedClaim, sourced
from store.analysis.speakers import Speakers
from store.database.derived_rows import EventRows, closure, event_rows
from store.errors import DamagedCase
from store.model.judgements import JUDGEMENTS
from store.model.records import (
    Actor,
    AnyRecord,
    Article,
    Claim,
    DataSet,
    Event,
    Passage,
    Place,
    Source,
)
from store.model.references import references

Row = tuple[object, ...]

NAMED = ("actors", "places", "sources")
"""The tables whose records are found by their names."""

EVENT_ROWS = ("evidence", "event_actors", "event_places", "event_sources")
"""The tables of what follows from the claims of an event, in the order of `EventRows`."""

WITHIN = {"actors": "actor_within", "places": "place_within"}
"""The tables of everything that the records of a table belong to."""

EVENT_COLUMNS = '(n, id, title, type, planned, background, part_of, dataset, "row", machine, body)'
_SET_FIGURES = """
    UPDATE events SET edtf = ?, earliest = ?, latest = ?, by_latest = ?, place = ?,
        articles = ?, publishers = ?, unknown_publishers = ?,
        roots = ?, unknown_roots = ?, hedges = ?, denials = ? WHERE n = ?"""

EVENT_WORDS = "event_words (rowid, title, names, quotes)"

_encode = msgspec.json.Encoder().encode


class ReferencedRecords(Protocol):
    """The records around one that becomes rows: all that it refers to is there."""

    def number(self, id: str, /) -> int:
        """The number of the record with an id."""

    def article(self, id: str, /) -> Article:
        """The article with an id."""

    def passage(self, id: str, /) -> Passage:
        """The passage with an id."""

    def event(self, id: str, /) -> Event:
        """The event with an id."""

    def named(self, table: str, n: int, /) -> Actor | Place:
        """The actor or the place with a number."""

    @property
    def speakers(self) -> Speakers:
        """The sources of which more than the id matters as an origin."""

    @property
    def kin(self) -> KinshipIndex:
        """What counts as one by the findings of persons."""


def check_references(table: str, record: AnyRecord, table_of: Callable[[str], str | None]) -> None:
    """Raise `DamagedCase`, naming the field, where a record refers to what is not there.

    `table_of` gives the table that has an id, None where none has it.
    """
    for field, target, wanted in references(record):
        if table_of(target) != wanted:
            raise DamagedCase(
                f"{table} {record.id}: {field}: there is no {target!r} in {wanted}",
                "correct this record, or add the one that it refers to",
            )


def quotes(passage: Passage, article: Article) -> bool:
    """Whether the article has the words of the passage where it says so."""
    text = article.title if passage.in_title else article.text
    return (text or "")[passage.start : passage.end] == passage.exact


def insert_records(
    connection: sqlite3.Connection,
    table: str,
    records: Mapping[int, Any],
    around: ReferencedRecords,
) -> None:
    """Insert the records of one table by their numbers, without what follows from them.

    Raises `DamagedCase` where a passage quotes words that its article does not hold.
    """
    make = _ROW_OF[table]
    columns = EVENT_COLUMNS if table == "events" else ""
    insert(connection, f"{table} {columns}", [make(n, one, around) for n, one in records.items()])
    if table == "events":
        flagged = [(n, flag) for n, one in records.items() for flag in one.flags]
        insert(connection, "event_flags", flagged)
    if table in NAMED:
        insert(
            connection,
            "name_words (rowid, names, kind, record)",
            [(name_row(table, n), names_of(one), table, n) for n, one in records.items()],
        )


def name_row(table: str, n: int) -> int:
    """The row of `name_words` with the names of a record: those of a table in its own order."""
    return n * len(NAMED) + NAMED.index(table)


def row_of(table: str, n: int, record: AnyRecord, around: ReferencedRecords) -> Row:
    """The row of a record, without what follows from it; an event has more columns.

    Raises `DamagedCase` where a passage quotes words that its article does not hold.
    """
    return _ROW_OF[table](n, record, around)


def insert_within(
    connection: sqlite3.Connection,
    table: str,
    records: Mapping[int, Any],
    around: ReferencedRecords,
) -> None:
    """Insert everything that the records of a table of `WITHIN`, all of them, belong to."""
    direct = {n: [around.number(id) for id in wholes_in(one)] for n, one in records.items()}
    insert(connection, WITHIN[table], list(closure(direct)))


def insert_derived(
    connection: sqlite3.Connection,
    events: Iterable[tuple[int, Event, Sequence[SourcedClaim]]],
    around: ReferencedRecords,
) -> None:
    """Insert what follows from all that is told about each event, given with its number."""
    figures: list[Row] = []
    words: list[Row] = []
    tables: dict[str, list[Row]] = {table: [] for table in EVENT_ROWS}
    for n, event, told in events:
        rows = event_rows(n, event, told, around.number)
        figures.append(rows.figures)
        for table, derived in zip(tables, rows[1:], strict=True):
            tables[table].extend(derived)
        words.append(words_of(n, event, told, rows, lambda of, n: names_of(around.named(of, n))))
    connection.executemany(_SET_FIGURES, figures)
    for table, derived in tables.items():
        insert(connection, table, derived)
    insert(connection, EVENT_WORDS, words)


def words_of(
    n: int,
    event: Event,
    told: Iterable[SourcedClaim],
    rows: EventRows,
    names: Callable[[str, int], str],
) -> Row:
    """The row of `event_words` of an event; `names` are those of an actor or place by number."""
    named = [names("actors", actor) for actor in sorted({actor for _, actor, _ in rows.actors})]
    named += [names("places", place) for _, place in rows.places]
    quoted = " ; ".join(dict.fromkeys(one.passage.exact for one in told))
    return n, event.title, " ; ".join(named), quoted


def insert(connection: sqlite3.Connection, into: str, rows: Sequence[Row]) -> None:
    """Insert rows into a table, or into the columns of one that are named with it."""
    if rows:
        marks = ", ".join("?" * len(rows[0]))
        connection.executemany(f"INSERT INTO {into} VALUES ({marks})", rows)


def _of_dataset(n: int, record: DataSet, _: ReferencedRecords) -> Row:
    return n, record.id, record.name, record.redistributable, _body(record)


def _of_named(n: int, record: Actor | Place | Source, _: ReferencedRecords) -> Row:
    return n, record.id, record.name, record.kind, _body(record)


def body_without_text(article: Article) -> str:
    """The article as JSON without its text, which has a column of its own."""
    body = _encode(article)
    if article.text is not None:
        # no string of JSON holds this: it would have its quotation marks escaped
        body = body.replace(b'"text":' + _encode(article.text) + b",", b"", 1)
    return body.decode()


def _of_article(n: int, record: Article, around: ReferencedRecords) -> Row:
    return (
        n,
        record.id,
        record.title or "",
        around.number(record.publisher) if record.publisher else None,
        record.published.at if record.published else "",
        record.text_sha256 or record.id,
        record.text or "",
        around.number(record.dataset) if record.dataset else None,
        body_without_text(record),
    )


def check_quotes(passage: Passage, article: Article) -> None:
    """Raise `DamagedCase` where the article does not have the words of the passage."""
    if not quotes(passage, article):
        raise DamagedCase(
            f"passages {passage.id}: exact: {passage.article} does not have these words"
            f" at {passage.start}-{passage.end}",
            "the text was changed after the passage was marked",
        )


def _of_passage(n: int, record: Passage, around: ReferencedRecords) -> Row:
    check_quotes(record, around.article(record.article))
    article = around.number(record.article)
    return n, record.id, article, record.start, record.end, record.in_title, _body(record)


def _of_event(n: int, record: Event, around: ReferencedRecords) -> Row:
    return (
        n,
        record.id,
        record.title,
        record.type,
        record.planned,
        record.background,
        around.number(record.part_of) if record.part_of else None,
        around.number(record.row.dataset) if record.row else None,
        record.row.row if record.row else None,
        record.machine,
        _body(record),
    )


def _of_claim(n: int, record: Claim, around: ReferencedRecords) -> Row:
    return (
        n,
        record.id,
        record.subject,
        around.number(record.subject) if record.subject.startswith("evt_") else None,
        record.kind,
        record.stance,
        around.number(record.passage),
        around.number(around.passage(record.passage).article),
        _body(record),
    )


def _of_added(n: int, record: Any, _: ReferencedRecords) -> Row:
    about, other = (getattr(record, field, None) for field in ("about", "other"))
    return n, record.id, about, other, _body(record)


_ROW_OF: Mapping[str, Callable[[int, Any, ReferencedRecords], Row]] = {
    "datasets": _of_dataset,
    "actors": _of_named,
    "places": _of_named,
    "sources": _of_named,
    "articles": _of_article,
    "passages": _of_passage,
    "events": _of_event,
    "claims": _of_claim,
    **dict.fromkeys((*JUDGEMENTS, "filters"), _of_added),
}


def wholes_in(record: Actor | Place) -> tuple[str, ...]:
    """The ids of what an actor or a place directly belongs to."""
    if isinstance(record, Actor):
        return record.part_of
    return (record.within,) if record.within else ()


def told_by(claim: Claim, around: ReferencedRecords) -> SourcedClaim:
    """The claim with the passage and the article that hold it, its root, and its whole."""
    passage = around.passage(claim.passage)
    article = around.article(passage.article)
    whole = around.event(claim.subject).part_of if claim.subject.startswith("evt_") else None
    return sourced(claim, passage, article, around.speakers, whole or "", around.kin)


def _body(record: AnyRecord) -> str:
    return _encode(record).decode()


def names_of(record: Actor | Place | Source) -> str:
    """All names of a record, as they are searched."""
    return " ; ".join((record.name, *record.aliases))
