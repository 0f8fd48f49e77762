"""Words taken out of a database for good: of the records, the log, and what imports brought."""

import hashlib
import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping

import msgspec

from store.database.import_parts import (
    ALTERED,
    digest_of,
    pack_edits,
    place_of,
    row_bytes,
    unpack_edits,
    unpack_records,
)
from store.database.log_table import SETTLED, LogTable
from store.database.read_records import INDEXED, numbered, record
from store.database.record_lookup import find
from store.database.redaction import (
    Redaction,
    hidden,
    hidden_line,
    last_known,
    standing,
    still_holding,
)
from store.errors import ReadOnlyCase
from store.model.change import Edit
from store.model.log_line import Line, LineEdit
from store.model.records import AnyRecord, Article, Case
from store.model.text_fields import FieldOfRecord

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


def last_held(
    connection: sqlite3.Connection, ledger: LogTable, id: str
) -> Mapping[str, tuple[str, AnyRecord]]:
    """The record with an id as the log had it last, before it was withdrawn."""
    found = connection.execute(
        "SELECT sequence FROM log WHERE instr(line, ?) ORDER BY sequence", (json.dumps(id),)
    ).fetchall()
    return last_known((ledger.entry(connection, sequence) for (sequence,) in found), id)


def hide(
    connection: sqlite3.Connection,
    ledger: LogTable,
    made: Redaction,
    edits: Iterable[Edit],
    line: Line,
) -> Line:
    """Hide what the log and the imports have of edited records; gives the entry that says so.

    The records themselves are redacted already; a transaction is under way.
    """
    ids = frozenset(edit.id for edit in edits)
    reasons, hidden_ids = _hide_lines(connection, ledger, made, ids)
    hidden_ids |= _hide_kept(connection, ledger, ids, lambda one: hidden(one, made, ids))
    sealed = list(_sealed_anew(connection, ledger, {*ids, *hidden_ids}))
    sequence = ledger.end(connection)[0] + 1
    connection.executemany(
        "INSERT INTO resealed VALUES (?, ?, ?, ?)", ((sequence, *one) for one in sealed)
    )
    return msgspec.structs.replace(
        line,
        content=content_of(sealed) if sealed else "",
        reasons=tuple(sorted(reasons)),
        hidden=tuple(sorted(hidden_ids - ids)),
    )


def content_of(sealed: Iterable[Hidden]) -> str:
    """The hash over all parts that a redaction has sealed anew, for the log."""
    return hashlib.sha256(msgspec.json.encode(list(sealed))).hexdigest()


def _hide_lines(
    connection: sqlite3.Connection, ledger: LogTable, made: Redaction, ids: frozenset[str]
) -> tuple[set[int], set[str]]:
    """The entries whose reason was hidden, and the records of which something was."""
    words = [json.dumps(id) for id in {*ids, made.id}]
    words += [msgspec.json.encode(one)[1:-1].decode() for one in made.every]
    found = connection.execute(
        "SELECT DISTINCT sequence FROM log, json_each(?) WHERE instr(line, value)",
        (json.dumps(words),),
    ).fetchall()
    reasons: set[int] = set()
    hidden_ids: set[str] = set()
    for (sequence,) in found:
        line = ledger.entry(connection, sequence)
        after = hidden_line(line, made, ids)
        if after.why != line.why:
            reasons.add(sequence)
        if after.edits != line.edits:
            hidden_ids |= {
                one.id for one, now in zip(line.edits, after.edits, strict=True) if one != now
            }
            ledger.put(connection, sequence, SETTLED)
        if after != line:
            ledger.rewrite(connection, after)
    return reasons, hidden_ids


def _hide_kept(
    connection: sqlite3.Connection, ledger: LogTable, ids: frozenset[str], hiding: Hiding
) -> set[str]:
    """Hide them in edits that an import made, and in records that were withdrawn with one."""
    hidden_ids: set[str] = set()
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
            hidden_ids |= {
                one.id for one, now in zip(edits, hidden_edits, strict=True) if one != now
            }
            after = pack_edits(hidden_edits)
        elif not any(one.id in ids for one in unpack_records(of, content)):
            continue
        ledger.put(connection, act, SETTLED)
        connection.execute(
            "UPDATE brought SET content = ? WHERE act = ? AND part = ?", (after, act, part)
        )
    return hidden_ids


def _sealed_anew(
    connection: sqlite3.Connection, ledger: LogTable, ids: Iterable[str]
) -> Iterator[Hidden]:
    """The parts that brought these records, with the hashes that they have now."""
    found: set[tuple[int, int, str, int, int]] = set()
    for id in ids:
        held = place_of(connection, id)
        if held is None:
            continue  # it is what the case is
        found |= set(
            connection.execute(
                "SELECT act, part, of, first, last FROM brought"
                " WHERE of = ? AND first <= ? AND last >= ? AND content IS NULL",
                (held[0], held[1], held[1]),
            )
        )
    for act, part, of, first, last in sorted(found):
        if act:
            ledger.put(connection, act, SETTLED)
        rows = dict(rows_between(connection, of, first, last))
        # what was withdrawn leaves a gap
        yield act, part, digest_of(rows.get(n, b"") for n in range(first, last + 1))


def rows_between(
    connection: sqlite3.Connection, table: str, first: int, last: int
) -> list[tuple[int, bytes]]:
    """The records of a table from a number to a number, as `row_bytes`."""
    text = "text" if table == "articles" else "''"
    rows = connection.execute(
        f"SELECT n, body, {text} FROM {table} WHERE n BETWEEN ? AND ? ORDER BY n", (first, last)
    )
    return [(n, row_bytes(body, words)) for n, body, words in rows]


def others_holding(
    connection: sqlite3.Connection, case: Case, made: Redaction
) -> list[FieldOfRecord]:
    """Where in the records the words stand, field by field."""
    found = still_holding({case.id: ("case", case)}, made)
    pairs = json.dumps([[msgspec.json.encode(one)[1:-1].decode(), one] for one in made.every])
    for table in INDEXED:
        text = "text" if table == "articles" else "''"
        holding = f"""EXISTS (SELECT 1 FROM json_each(?) AS words
            WHERE instr(body, json_extract(words.value, '$[0]'))
            OR instr({text}, json_extract(words.value, '$[1]')))"""
        for _, one in numbered(connection, table, holding, pairs):
            found += standing(one, made)
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
