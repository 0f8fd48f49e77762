"""The contents of an index with ids for numbers, so that two indexes can be compared."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from typing import TypeVar

from store.archive import Archive
from store.database.apply import apply, new_index
from store.database.checksums import COLUMNS
from store.database.read_records import INDEXED, records
from store.document.file_engine import FileEngine
from store.model.change import Change, Edit
from store.model.records import AnyRecord
from store.queries import actors, evidence, search, timeline
from store.queries.event_sort import Sort
from store.queries.filters import Filters
from store.reader import Reader

_HOLDS = {
    "actor": "actors",
    "place": "places",
    "source": "sources",
    "publisher": "sources",
    "article": "articles",
    "passage": "passages",
    "event": "events",
    "part_of": "events",
}
"""The table to whose numbers a column refers."""

_WITHIN = {"actor_within": "actors", "place_within": "places"}
_OF_DATABASES = ("cases", "log", "brought", "resealed", "unpurged")
_WORDS = ("event_words", "article_words", "name_words")

ASKED = ("hama", "rebels took", "the army", "sham", "حماة", "daw")
"""The search terms for an index."""

T = TypeVar("T")
Dump = dict[str, list[tuple[object, ...]]]


def indexed(recorded: Iterable[tuple[str, AnyRecord]]) -> sqlite3.Connection:
    """A new index of these records."""
    connection = new_index()
    apply(connection, changed(*(Edit(table, one.id, None, one) for table, one in recorded)))
    return connection


def changed(*edits: Edit) -> Change:
    """A change of these edits."""
    return Change("tester", "2025-01-01T00:00:00Z", "to see what happens", edits)


def undone(change: Change) -> Change:
    """The change that undoes another."""
    edits = [Edit(table, id, after, before) for table, id, before, after in change.edits]
    return change._replace(edits=edits[::-1])


def numbers(connection: Reader) -> dict[str, int]:
    """The number of every record by its id."""
    return {
        id: n
        for table in INDEXED
        for id, n in connection.execute(f"SELECT id, n FROM {table}").fetchall()
    }


def dump(connection: Reader) -> Dump:
    """Every table of an index but `withdrawn`, each row with ids instead of numbers."""
    ids = {
        table: dict(connection.execute(f"SELECT n, id FROM {table}").fetchall())
        for table in INDEXED
    }
    found: Dump = {"in order": [(table, one.id) for table, one in records(connection)]}
    tables = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '%\\_words%' ESCAPE"
        " '\\' AND name <> 'withdrawn'"
    ).fetchall()
    for (table,) in tables:
        if table in _OF_DATABASES:
            continue
        rows = connection.execute(f"SELECT * FROM {table}").fetchall()
        named = connection.execute("SELECT name FROM pragma_table_info(?)", (table,))
        columns = [column for (column,) in named]
        found[table] = sorted((tuple(_told(table, columns, row, ids)) for row in rows), key=repr)
    found["wrong checksums"] = [row for table in INDEXED for row in _unsound(connection, table)]
    for words in _WORDS:
        found[words] = sorted(_words(connection, words, ids), key=repr)
    return found


def _unsound(connection: Reader, table: str) -> list[tuple[object, ...]]:
    """The records of a table whose checksum is wrong."""
    covered = ", ".join(COLUMNS[table])
    return connection.execute(
        f"SELECT '{table}', id FROM {table} WHERE checksum <> record_checksum('{table}', {covered})"
    ).fetchall()


def _told(
    table: str, columns: list[str], row: tuple[object, ...], ids: dict[str, dict[int, str]]
) -> Iterator[object]:
    for column, value in zip(columns, row, strict=True):
        of = _WITHIN.get(table) or _HOLDS.get(column)
        if column in ("n", "checksum"):
            continue
        yield ids[of][value] if of and isinstance(value, int) else value


def _words(
    connection: Reader, words: str, ids: dict[str, dict[int, str]]
) -> list[tuple[object, ...]]:
    """Every word of the full-text index, with its record and place.

    SQLite compares the words with their text, too, and raises an error where they differ.
    """
    connection.execute(f"INSERT INTO {words} ({words}, rank) VALUES ('integrity-check', 1)")
    connection.execute(
        f"CREATE VIRTUAL TABLE temp.known USING fts5vocab (main, {words}, 'instance')"
    )
    of: dict[int, str] = ids.get(words.removesuffix("_words") + "s", {})
    if words == "name_words":
        rows = connection.execute("SELECT rowid, kind, record FROM name_words")
        of = {row: ids[kind][n] for row, kind, n in rows}
    found = connection.execute('SELECT term, col, "offset", doc FROM known').fetchall()
    connection.execute("DROP TABLE temp.known")
    return [(term, column, at, of[doc]) for term, column, at, doc in found]


def answers(connection: Reader) -> list[object]:
    """The results of a screen's queries, with ids for numbers."""
    of = {n: id for id, n in numbers(connection).items() if id.startswith("evt_")}
    told: list[object] = [
        [of[n] for n in timeline.order(connection, Filters(), sort)] for sort in Sort
    ]
    for words in ASKED:
        hits = search.search(connection, words)
        told.append([(hit.id, hit.title, hit.snippet, hit.found) for hit in hits])
        told.append(search.named(connection, words))
    told.append([(row.id, row.events) for row in actors.of_filter(connection, Filters())])
    told.append([evidence.claims_about(connection, id) for id in sorted(of.values())])
    return told


def on_index(archive: Archive, question: Callable[[sqlite3.Connection], T]) -> T:
    """Ask on the connection that changes are made with: to check the full text is to write."""
    engine = archive._engine
    with engine.query_lock:
        if isinstance(engine, FileEngine):
            return question(engine._index.to_change())
        return question(engine.connection)


def assert_as_made_anew(connection: Reader, *, answering: bool = True) -> None:
    """Assert that the index equals a new one of the same records, and answers like it."""
    with closing(indexed(records(connection))) as anew:
        assert dump(connection) == dump(anew)
        if answering:
            assert answers(connection) == answers(anew)
