"""Words taken out of a database for good: of the records, the log, and what imports brought."""

import hashlib
import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator

import msgspec

from store.engines.around import find
from store.engines.brought import (
    ALTERED,
    digest_of,
    pack_edits,
    row_bytes,
    unpack_edits,
    unpack_records,
)
from store.engines.ledger import SETTLED, Ledger
from store.engines.reading import INDEXED, numbered, record
from store.engines.redacting import Redaction, hidden
from store.errors import ReadOnlyCase
from store.model.change import Edit
from store.model.entry import LineEdit
from store.model.records import AnyRecord, Article, Case

Hiding = Callable[[LineEdit], LineEdit]

Hidden = tuple[int, int, str]
"""An act, one of its parts, and the hash of the records that this has now."""


def held_for(
    connection: sqlite3.Connection, case: Case, id: str
) -> dict[str, tuple[str, AnyRecord]]:
    """The record with an id, with the passages of an article; nothing where there is none."""
    if id == case.id:
        return {id: ("case", case)}
    found = find(connection, id)
    one = record(connection, found[0], id) if found else None
    if found is None or one is None:
        return {}
    held: dict[str, tuple[str, AnyRecord]] = {id: (found[0], one)}
    if isinstance(one, Article):
        for _, passage in numbered(connection, "passages", "article = ?", found[1]):
            held[passage.id] = ("passages", passage)
    return held


def hide(
    connection: sqlite3.Connection, ledger: Ledger, made: Redaction, edits: Iterable[Edit]
) -> str:
    """Hide what the log and the imports have of edited records; gives the hash of what is new.

    The records themselves are redacted already; a transaction is under way.
    """
    edits = list(edits)
    ids = frozenset(edit.id for edit in edits)

    def hiding(one: LineEdit) -> LineEdit:
        return hidden(one, made, ids)

    wanted = sorted({*ids, made.id})
    _hide_lines(connection, ledger, wanted, hiding)
    _hide_kept(connection, ledger, ids, hiding)
    sealed = list(_sealed_anew(connection, ledger, edits))
    sequence = ledger.end(connection)[0] + 1
    connection.executemany(
        "INSERT INTO resealed VALUES (?, ?, ?, ?)", ((sequence, *one) for one in sealed)
    )
    return content_of(sealed) if sealed else ""


def content_of(sealed: Iterable[Hidden]) -> str:
    """The hash over all parts that a redaction has sealed anew, for the log."""
    return hashlib.sha256(msgspec.json.encode(list(sealed))).hexdigest()


def _hide_lines(
    connection: sqlite3.Connection, ledger: Ledger, ids: Iterable[str], hiding: Hiding
) -> None:
    quoted = json.dumps([json.dumps(id) for id in ids])
    found = connection.execute(
        "SELECT DISTINCT sequence FROM log, json_each(?) WHERE instr(line, value)", (quoted,)
    ).fetchall()
    for (sequence,) in found:
        line = ledger.entry(connection, sequence)
        after = msgspec.structs.replace(line, edits=tuple(map(hiding, line.edits)))
        if after.edits != line.edits:
            ledger.rewrite(connection, after)


def _hide_kept(
    connection: sqlite3.Connection, ledger: Ledger, ids: frozenset[str], hiding: Hiding
) -> None:
    """Hide them in edits that an import made, and in records that were withdrawn with one."""
    kept = connection.execute(
        "SELECT act, part, of FROM brought WHERE content IS NOT NULL"
    ).fetchall()
    for act, part, of in kept:
        (content,) = connection.execute(
            "SELECT content FROM brought WHERE act = ? AND part = ?", (act, part)
        ).fetchone()
        after: bytes | None = None
        if of == ALTERED:
            edits = unpack_edits(content)
            hidden_edits = [hiding(one) for one in edits]
            if hidden_edits == edits:
                continue
            after = pack_edits(hidden_edits)
        elif not any(one.id in ids for one in unpack_records(of, content)):
            continue
        ledger.put(connection, act, SETTLED)
        connection.execute(
            "UPDATE brought SET content = ? WHERE act = ? AND part = ?", (after, act, part)
        )


def _sealed_anew(
    connection: sqlite3.Connection, ledger: Ledger, edits: Iterable[Edit]
) -> Iterator[Hidden]:
    """The parts that brought the edited records, with the hashes that they have now."""
    found: set[tuple[int, int, str, int, int]] = set()
    for edit in edits:
        if edit.table == "case":
            continue
        (n,) = connection.execute(f"SELECT n FROM {edit.table} WHERE id = ?", (edit.id,)).fetchone()
        found |= set(
            connection.execute(
                "SELECT act, part, of, first, last FROM brought"
                " WHERE of = ? AND first <= ? AND last >= ? AND content IS NULL",
                (edit.table, n, n),
            )
        )
    for act, part, of, first, last in sorted(found):
        if act:
            ledger.put(connection, act, SETTLED)
        yield act, part, digest_of(row for _, row in rows_between(connection, of, first, last))


def rows_between(
    connection: sqlite3.Connection, table: str, first: int, last: int
) -> list[tuple[int, bytes]]:
    """The records of a table from a number to a number, as `row_bytes`."""
    text = "text" if table == "articles" else "''"
    rows = connection.execute(
        f"SELECT n, body, {text} FROM {table} WHERE n BETWEEN ? AND ? ORDER BY n", (first, last)
    )
    return [(n, row_bytes(body, words)) for n, body, words in rows]


def others_holding(connection: sqlite3.Connection, case: Case, words: str) -> list[str]:
    """The ids of the records that hold the words."""
    wanted = msgspec.json.encode(words)[1:-1].decode()
    found = [case.id] if wanted in msgspec.json.encode(case).decode() else []
    for table in INDEXED:
        text = "text" if table == "articles" else "''"
        found += [
            id
            for (id,) in connection.execute(
                f"SELECT id FROM {table} WHERE instr(body, ?) OR instr({text}, ?) ORDER BY n",
                (wanted, words),
            )
        ]
    return found


def forget_words(connection: sqlite3.Connection) -> None:
    """Leave nothing of deleted words in full text, free space and the changes beside the file."""
    for words in ("event_words", "article_words", "name_words"):
        connection.execute(f"INSERT INTO {words} ({words}) VALUES ('optimize')")
    connection.executescript("PRAGMA temp_store = FILE; VACUUM")
    empty_wal(connection)


def empty_wal(connection: sqlite3.Connection) -> None:
    """Have all changes in the database itself, and none beside it.

    Raises `ReadOnlyCase` where somebody reads, who needs those beside it.
    """
    (busy, *_) = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    if busy:
        raise ReadOnlyCase(
            "others are reading the case, so that the words would stay beside it",
            "let them close it, and redact once more",
        )
