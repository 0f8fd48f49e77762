"""The SQL index of a case: built by `apply`, read by every query."""

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from itertools import groupby
from typing import Any

import msgspec

from store.analysis.reading import ACROSS_PARTS
from store.analysis.statement import Told, is_unnamed, root_of
from store.engines.collector import no_collector
from store.engines.derived import NO_DISPUTES, closure, disputes_of, event_rows
from store.engines.schema import INDEXES, MINIMUM_SQLITE, TABLES
from store.errors import DamagedCase, UnfitMachine
from store.model.change import Change
from store.model.records import (
    Actor,
    AnyRecord,
    Article,
    Claim,
    Event,
    Passage,
    Place,
    Source,
)
from store.model.references import references

Row = tuple[object, ...]

_encode = msgspec.json.Encoder().encode


def new_index() -> sqlite3.Connection:
    """An empty index in memory, which any one thread at a time may use.

    Raises `UnfitMachine` where this Python's SQLite is too old or has no full text search.
    """
    if sqlite3.sqlite_version_info < MINIMUM_SQLITE:
        wanted = ".".join(map(str, MINIMUM_SQLITE))
        raise UnfitMachine(
            f"this Python has SQLite {sqlite3.sqlite_version}, and {wanted} is needed",
            "use a newer Python",
        )
    connection = sqlite3.connect(":memory:", check_same_thread=False, isolation_level=None)
    try:
        connection.executescript(TABLES)
    except sqlite3.OperationalError as error:
        connection.close()
        raise UnfitMachine(
            f"this Python's SQLite lacks a part ({error})", "use a Python whose SQLite has FTS5"
        ) from error
    return connection


def apply(connection: sqlite3.Connection, change: Change) -> None:
    """Turn a change that adds records into rows, all of it or nothing.

    The edits come in the order of `RECORD_TYPES`, each table after those that
    it refers to. Raises `DamagedCase`, naming the record and the field, where
    one refers to nothing, has the id of another, or quotes words that its
    article does not hold.
    """
    builder = _Builder(connection)
    connection.execute("BEGIN")
    try:
        with no_collector():
            for table, edits in groupby(change.edits, key=lambda edit: edit.table):
                builder.add(table, [edit.after for edit in edits if edit.after is not None])
            builder.derive()
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    connection.execute("COMMIT")
    connection.executescript(INDEXES)


class _Builder:
    """One `apply` under way: the number and table of each id, and the records by number."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection
        self.numbers: dict[str, int] = {}
        self.tables: dict[str, str] = {}
        self.records: dict[str, dict[int, Any]] = {}
        self.told: dict[str, list[Told]] = {}
        self.unnamed: frozenset[str] = frozenset()
        self.wholes: dict[str, frozenset[str]] = {}
        self.rows: dict[str, Callable[[int, Any], Row]] = {
            "actors": self._named,
            "places": self._named,
            "sources": self._named,
            "articles": self._article,
            "passages": self._passage,
            "events": self._event,
            "claims": self._claim,
        }

    def add(self, table: str, records: Sequence[AnyRecord]) -> None:
        """Add the records of one table."""
        held = self.records.setdefault(table, {})
        for record in records:
            n = len(held) + 1
            if record.id in self.tables:
                raise DamagedCase(
                    f"{table} {record.id}: id: another record has it, too",
                    "give one of them an id of its own",
                )
            self.tables[record.id] = table
            self.numbers[record.id] = n
            held[n] = record
        for record in records:
            for field, target, wanted in references(record):
                if self.tables.get(target) != wanted:
                    raise DamagedCase(
                        f"{table} {record.id}: {field}: there is no {target!r} in {wanted}",
                        "correct this record, or add the one that it refers to",
                    )
        if table == "sources":
            self.unnamed = frozenset(source.id for source in held.values() if is_unnamed(source))
        if table in self.rows:
            make = self.rows[table]
            self._insert(table, [make(n, record) for n, record in held.items()])

    def derive(self) -> None:
        """Everything that follows from the records."""
        self._closure("actor_within", "actors", lambda actor: actor.part_of)
        self._closure(
            "place_within", "places", lambda place: (place.within,) if place.within else ()
        )
        self._names()
        self._events()
        self.connection.execute("INSERT INTO article_words (article_words) VALUES ('rebuild')")

    def _insert(self, table: str, rows: Sequence[Row]) -> None:
        if rows:
            marks = ", ".join("?" * len(rows[0]))
            columns = _EVENT_COLUMNS if table == "events" else ""
            self.connection.executemany(f"INSERT INTO {table} {columns} VALUES ({marks})", rows)

    def _named(self, n: int, record: Actor | Place | Source) -> Row:
        return n, record.id, record.name, record.kind, _body(record)

    def _article(self, n: int, record: Article) -> Row:
        fields = msgspec.to_builtins(record)
        text = fields.pop("text", "")
        return (
            n,
            record.id,
            record.title or "",
            self.numbers[record.publisher] if record.publisher else None,
            record.published.at if record.published else "",
            record.text_sha256 or record.id,
            text,
            _encode(fields).decode(),
        )

    def _passage(self, n: int, record: Passage) -> Row:
        article = self.numbers[record.article]
        quoted: Article = self.records["articles"][article]
        text = quoted.title if record.in_title else quoted.text
        if (text or "")[record.start : record.end] != record.exact:
            raise DamagedCase(
                f"passages {record.id}: exact: {record.article} does not have these words"
                f" at {record.start}-{record.end}",
                "the text was changed after the passage was marked",
            )
        return n, record.id, article, record.start, record.end, record.in_title, _body(record)

    def _event(self, n: int, record: Event) -> Row:
        return (
            n,
            record.id,
            record.title,
            record.type,
            record.planned,
            record.background,
            self.numbers[record.part_of] if record.part_of else None,
            _body(record),
        )

    def _claim(self, n: int, record: Claim) -> Row:
        passage = self.numbers[record.passage]
        event = self.numbers[record.subject] if record.subject.startswith("evt_") else None
        quoted: Passage = self.records["passages"][passage]
        article = self.numbers[quoted.article]
        told = self.records["articles"][article]
        root = root_of(record, told, self.unnamed)
        whole = self.records["events"][event].part_of if event is not None else None
        self.told.setdefault(record.subject, []).append(
            Told(record, quoted, told, root, whole or "")
        )
        return (
            n,
            record.id,
            record.subject,
            event,
            record.kind,
            record.stance,
            passage,
            article,
            _body(record),
        )

    def _closure(self, table: str, of: str, parents: Callable[[Any], Iterable[str]]) -> None:
        direct = {
            n: [self.numbers[parent] for parent in parents(record)]
            for n, record in self.records.get(of, {}).items()
        }
        found = list(closure(direct))
        self._insert(table, found)
        ids = {n: record.id for n, record in self.records.get(of, {}).items()}
        wholes: dict[str, set[str]] = {}
        for member, whole in found:
            if member != whole:
                wholes.setdefault(ids[member], set()).add(ids[whole])
        self.wholes.update({member: frozenset(found) for member, found in wholes.items()})

    def _names(self) -> None:
        for table in ("actors", "places", "sources"):
            held = self.records.get(table, {})
            self._insert("name_words", [(_names(held[n]), table, n) for n in held])

    def _events(self) -> None:
        figures: list[Row] = []
        words: list[Row] = []
        tables: dict[str, list[Row]] = {
            "evidence": [],
            "event_actors": [],
            "event_places": [],
            "event_sources": [],
        }
        across = self._across_parts()
        disputes = {
            subject: found
            for subject, told in (self.told | across).items()
            if (found := disputes_of(subject, told, self.wholes)) is not NO_DISPUTES
        }
        self._insert("disputes", [(subject, *found.counted) for subject, found in disputes.items()])
        stale = {passage for found in disputes.values() for passage in found.stale_passages}
        for n, event in self.records.get("events", {}).items():
            told = self.told.get(event.id, [])
            rows = event_rows(
                n,
                event,
                told,
                self.numbers.__getitem__,
                disputes.get(event.id, NO_DISPUTES),
                stale,
            )
            figures.append(rows.figures)
            for table, derived in zip(tables, rows[1:], strict=True):
                tables[table].extend(derived)
            words.append((n, event.title, self._names_in(rows), _quotes(told)))
        self.connection.executemany(_SET_FIGURES, figures)
        for table, derived in tables.items():
            self._insert(table, derived)
        self.connection.executemany(
            "INSERT INTO event_words (rowid, title, names, quotes) VALUES (?, ?, ?, ?)", words
        )

    def _across_parts(self) -> dict[str, list[Told]]:
        """What is told of each event that has parts, and how its parts went."""
        events = self.records.get("events", {})
        parents = {event.id: event.part_of for event in events.values() if event.part_of}
        found: dict[str, list[Told]] = {}
        for part, whole in parents.items():
            told = [one for one in self.told.get(part, ()) if one.claim.kind in ACROSS_PARTS]
            if told:
                found.setdefault(whole, list(self.told.get(whole, ()))).extend(told)
        return found

    def _names_in(self, rows: Any) -> str:
        actors = {actor for _, actor, _ in rows.actors}
        places = {place for _, place in rows.places}
        return " ; ".join(
            [_names(self.records["actors"][n]) for n in sorted(actors)]
            + [_names(self.records["places"][n]) for n in sorted(places)]
        )


_EVENT_COLUMNS = "(n, id, title, type, planned, background, part_of, body)"
_SET_FIGURES = """
    UPDATE events SET edtf = ?, earliest = ?, latest = ?, place = ?,
        articles = ?, publishers = ?, unknown_publishers = ?,
        roots = ?, unknown_roots = ?, denials = ?, contradicts = ?, differs = ?, stale = ?
    WHERE n = ?"""


def _body(record: AnyRecord) -> str:
    return _encode(record).decode()


def _names(record: Actor | Place | Source) -> str:
    return " ; ".join((record.name, *record.aliases))


def _quotes(told: Iterable[Told]) -> str:
    return " ; ".join(dict.fromkeys(one.passage.exact for one in told))
