"""Rows of the index: those of single records, and derived ones.

Loading a case and amending it both make their rows here, so that a record
gives the same rows either way.
"""

import sqlite3
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Protocol

import msgspec

from store.analysis.sourced_claim import KinshipIndex, SourcedClaim, sourced
from store.analysis.speakers import Speakers
from store.analysis.toll_figures import Verdicts
from store.database.checksums import EVENT_COLUMNS, with_checksum, with_checksums
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
"""The tables whose records full-text search finds by name."""

EVENT_ROWS = (
    *("evidence", "event_actors", "event_places", "event_moves", "event_sources", "event_tolls"),
)
"""The tables of the derived rows of an event, in the order of `EventRows`."""

WITHIN = {"actors": "actor_within", "places": "place_within"}
"""The tables with the transitive closure of membership, by the table of the members."""

_OWN_COLUMNS = (
    '(n, id, title, type, planned, background, part_of, dataset, "row", machine, body, checksum)'
)
_SET_FIGURES = """
    UPDATE events SET edtf = ?, earliest = ?, latest = ?, by_latest = ?, place = ?,
        articles = ?, publishers = ?, unknown_publishers = ?,
        origins = ?, unknown_origins = ?, hedges = ?, denials = ? WHERE n = ?"""

EVENT_WORDS = "event_words (rowid, title, names, quotes, checksum)"

_encode = msgspec.json.Encoder().encode


class ReferencedRecords(Protocol):
    """The records that a record refers to, all of which exist."""

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
        """The sources that are or speak for an actor, or are of a special kind."""

    @property
    def kin(self) -> KinshipIndex:
        """The kinship rulings of persons as an index."""

    @property
    def verdicts(self) -> Verdicts:
        """The claims that persons have confirmed or set aside."""


def check_references(table: str, record: AnyRecord, table_of: Callable[[str], str | None]) -> None:
    """Raise `DamagedCase`, naming the field, where a record refers to a missing one.

    `table_of` returns the table of the record with an id, None where there is none.
    """
    for field, target, wanted in references(record):
        if table_of(target) != wanted:
            raise DamagedCase(
                f"{table} {record.id}: {field}: there is no {target!r} in {wanted}",
                "correct this record, or add the one that it refers to",
            )


def quotes(passage: Passage, article: Article) -> bool:
    """Tell if the article has the words of the passage at its offsets."""
    text = article.title if passage.in_title else article.text
    return (text or "")[passage.start : passage.end] == passage.exact


def insert_records(
    connection: sqlite3.Connection,
    table: str,
    records: Mapping[int, Any],
    lookup: ReferencedRecords,
) -> None:
    """Insert the records of one table by their numbers, without derived rows.

    The checksum of an event is left to the caller. Raises `DamagedCase` where a
    passage quotes words that its article does not contain.
    """
    rows = [row_of(table, n, one, lookup) for n, one in records.items()]
    if table == "events":
        insert(connection, f"events {_OWN_COLUMNS}", [(*row, 0) for row in rows])
        flagged = [(n, flag) for n, one in records.items() for flag in one.flags]
        insert(connection, "event_flags", flagged)
        return
    insert_with_checksums(connection, table, rows)
    if table in NAMED:
        insert(
            connection,
            "name_words (rowid, names, kind, record)",
            [(name_rowid(table, n), names_of(one), table, n) for n, one in records.items()],
        )


def update_events(
    connection: sqlite3.Connection, events: Mapping[int, Event], lookup: ReferencedRecords
) -> None:
    """Update the columns of events that are their own, and not what is derived, by their numbers.

    The checksum is left to the caller.
    """
    rows = [_of_event(n, one, lookup) for n, one in events.items()]
    connection.executemany(
        """UPDATE events SET id = ?, title = ?, type = ?, planned = ?, background = ?,
            part_of = ?, dataset = ?, "row" = ?, machine = ?, body = ? WHERE n = ?""",
        [(*row[1:], row[0]) for row in rows],
    )
    connection.executemany("DELETE FROM event_flags WHERE event = ?", [(n,) for n in events])
    insert(
        connection, "event_flags", [(n, flag) for n, one in events.items() for flag in one.flags]
    )


def name_rowid(table: str, n: int) -> int:
    """The rowid in `name_words` of the names of a record, unique across the tables of `NAMED`."""
    return n * len(NAMED) + NAMED.index(table)


def row_of(table: str, n: int, record: AnyRecord, lookup: ReferencedRecords) -> Row:
    """Make the row of a record without its derived columns, which an event has.

    Raises `DamagedCase` where a passage quotes words that its article does not contain.
    """
    return _ROW_OF[table](n, record, lookup)


def insert_within(
    connection: sqlite3.Connection,
    table: str,
    records: Mapping[int, Any],
    lookup: ReferencedRecords,
) -> None:
    """Insert the membership closure of a table of `WITHIN`, given all of its records."""
    direct = {n: [lookup.number(id) for id in wholes_in(one)] for n, one in records.items()}
    insert(connection, WITHIN[table], list(closure(direct)))


def insert_derived(
    connection: sqlite3.Connection,
    events: Iterable[tuple[int, Event, Sequence[SourcedClaim]]],
    lookup: ReferencedRecords,
) -> None:
    """Insert the derived rows of events, each given with its number and all claims about it.

    The caller updates the checksums of the events once their disputes are counted.
    """
    figures: list[Row] = []
    words: list[Row] = []
    tables: dict[str, list[Row]] = {table: [] for table in EVENT_ROWS}
    for n, event, claims in events:
        rows = event_rows(n, event, claims, lookup.number, lookup.verdicts)
        figures.append(rows.figures)
        for table, derived in zip(tables, rows[1:], strict=True):
            tables[table].extend(derived)
        words.append(
            search_row(n, event, claims, rows, lambda of, n: names_of(lookup.named(of, n)))
        )
    connection.executemany(_SET_FIGURES, figures)
    for table, derived in tables.items():
        insert_event_rows(connection, table, derived)
    insert(connection, EVENT_WORDS, words)


def search_row(
    n: int,
    event: Event,
    claims: Iterable[SourcedClaim],
    rows: EventRows,
    names: Callable[[str, int], str],
) -> Row:
    """Make the full-text row of an event; `names` returns those of an actor or place by number."""
    named = [names("actors", actor) for actor in sorted({actor for _, actor, *_ in rows.actors})]
    named += [names("places", place) for _, place in rows.places]
    quoted = " ; ".join(dict.fromkeys(one.passage.exact for one in claims))
    return with_checksum("event_words", (n, event.title, " ; ".join(named), quoted))


def insert(connection: sqlite3.Connection, into: str, rows: Sequence[Row]) -> None:
    """Insert rows into a table, or into those of its columns that `into` names."""
    if rows:
        marks = ", ".join("?" * len(rows[0]))
        connection.executemany(f"INSERT INTO {into} VALUES ({marks})", rows)


def insert_event_rows(connection: sqlite3.Connection, table: str, rows: Sequence[Row]) -> None:
    """Insert rows of a table of `EVENT_ROWS`, with their checksums if they have any."""
    insert(connection, table, event_rows_with_checksums(table, rows))


def event_rows_with_checksums(table: str, rows: Sequence[Row]) -> Sequence[Row]:
    """The rows of a table of `EVENT_ROWS` as they are inserted."""
    return with_checksums(table, rows) if table in EVENT_COLUMNS else rows


def insert_with_checksums(connection: sqlite3.Connection, table: str, rows: Sequence[Row]) -> None:
    """Insert records, each given with all columns but the last, its checksum."""
    insert(connection, table, with_checksums(table, rows))


def _of_dataset(n: int, record: DataSet, _: ReferencedRecords) -> Row:
    return n, record.id, record.name, int(record.redistributable), _body(record)


def _of_named(n: int, record: Actor | Place | Source, _: ReferencedRecords) -> Row:
    return n, record.id, record.name, record.kind, _body(record)


def body_without_text(article: Article) -> str:
    """Encode an article as JSON without its text, which has its own column."""
    body = _encode(article)
    if article.text is not None:
        # no JSON string can contain this, because quotation marks in it are escaped
        body = body.replace(b'"text":' + _encode(article.text) + b",", b"", 1)
    return body.decode()


def _of_article(n: int, record: Article, lookup: ReferencedRecords) -> Row:
    return (
        n,
        record.id,
        record.title or "",
        lookup.number(record.publisher) if record.publisher else None,
        record.published.at if record.published else "",
        record.text_sha256 or record.id,
        record.text or "",
        lookup.number(record.dataset) if record.dataset else None,
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


def _of_passage(n: int, record: Passage, lookup: ReferencedRecords) -> Row:
    check_quotes(record, lookup.article(record.article))
    article = lookup.number(record.article)
    return n, record.id, article, record.start, record.end, int(record.in_title), _body(record)


def _of_event(n: int, record: Event, lookup: ReferencedRecords) -> Row:
    return (
        n,
        record.id,
        record.title,
        record.type,
        int(record.planned),
        int(record.background),
        lookup.number(record.part_of) if record.part_of else None,
        lookup.number(record.row.dataset) if record.row else None,
        record.row.row if record.row else None,
        int(record.machine),
        _body(record),
    )


def _of_claim(n: int, record: Claim, lookup: ReferencedRecords) -> Row:
    return (
        n,
        record.id,
        record.subject,
        lookup.number(record.subject) if record.subject.startswith("evt_") else None,
        record.kind,
        record.stance,
        lookup.number(record.passage),
        lookup.number(lookup.passage(record.passage).article),
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
    """The ids of the actors or the place that a record directly belongs to."""
    if isinstance(record, Actor):
        return record.part_of
    return (record.within,) if record.within else ()


def sourced_claim(claim: Claim, lookup: ReferencedRecords) -> SourcedClaim:
    """Join a claim with its passage, article and origin, and the event that contains its own."""
    passage = lookup.passage(claim.passage)
    article = lookup.article(passage.article)
    whole = lookup.event(claim.subject).part_of if claim.subject.startswith("evt_") else None
    return sourced(claim, passage, article, lookup.speakers, whole or "", lookup.kin)


def _body(record: AnyRecord) -> str:
    return _encode(record).decode()


def names_of(record: Actor | Place | Source) -> str:
    """All names of a record as one text for full-text search."""
    return " ; ".join((record.name, *record.aliases))
