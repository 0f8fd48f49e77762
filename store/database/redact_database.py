"""Redaction of a database: of its log, its stored imports, and the traces in its files."""

import hashlib
import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping

import msgspec

from store.database.checksums import checked
from store.database.import_parts import (
    ALTERED,
    digest_of,
    pack_edits,
    row_bytes,
    table_and_number,
    unpack_edits,
    unpack_records,
)
from store.database.log_table import FINAL, LogTable
from store.database.read_records import INDEXED, numbered, record
from store.database.record_lookup import find_record
from store.database.redaction import (
    Redaction,
    fields_in_record,
    fields_in_records,
    last_version,
    redacted_edit,
    redacted_line,
)
from store.model.change import Edit
from store.model.log_line import Line, LineEdit
from store.model.records import AnyRecord, Article, Case
from store.model.text import normal_forms
from store.model.text_fields import FieldOfRecord

EditRedactor = Callable[[LineEdit], LineEdit]

ResealedPart = tuple[int, int, str]
"""An import, one of its parts, and the hash of the present records of this part."""


def record_with_passages(
    connection: sqlite3.Connection, case: Case, id: str
) -> dict[str, tuple[str, AnyRecord]]:
    """Read the record with an id, and the passages of an article; empty where there is none."""
    if id == case.id:
        return {id: ("case", case)}
    found = find_record(connection, id)
    one = record(connection, found[0], id) if found else None
    if found is None or one is None:
        return {}
    held: dict[str, tuple[str, AnyRecord]] = {id: (found[0], one)}
    if isinstance(one, Article):
        for _, passage in numbered(connection, "passages", "article = ?", found[1]):
            held[passage.id] = ("passages", passage)
    return held


def last_logged_version(
    connection: sqlite3.Connection, log_table: LogTable, id: str
) -> Mapping[str, tuple[str, AnyRecord]]:
    """The last logged version of a withdrawn record, by its id."""
    found = connection.execute(
        "SELECT sequence FROM log WHERE instr(line, ?) ORDER BY sequence", (json.dumps(id),)
    ).fetchall()
    return last_version((log_table.entry(connection, sequence) for (sequence,) in found), id)


def redact_log(
    connection: sqlite3.Connection,
    log_table: LogTable,
    redaction: Redaction,
    edits: Iterable[Edit],
    line: Line,
) -> Line:
    """Redact the log and the stored imports of edited records; return the completed entry.

    The records themselves are redacted already, and the caller has begun a transaction.
    """
    ids = frozenset(edit.id for edit in edits)
    reasons, redacted_ids = _redact_lines(connection, log_table, redaction, ids)
    redacted_ids |= _redact_import_contents(
        connection, log_table, ids, lambda one: redacted_edit(one, redaction, ids)
    )
    sealed = list(_resealed_parts(connection, log_table, {*ids, *redacted_ids}))
    sequence = log_table.end(connection)[0] + 1
    connection.executemany(
        "INSERT INTO resealed VALUES (?, ?, ?, ?)", ((sequence, *one) for one in sealed)
    )
    return msgspec.structs.replace(
        line,
        content=content_of(sealed) if sealed else "",
        reasons=tuple(sorted(reasons)),
        hidden=tuple(sorted(redacted_ids - ids)),
    )


def content_of(sealed: Iterable[ResealedPart]) -> str:
    """The hash over all parts whose hash a redaction has changed, for the log."""
    return hashlib.sha256(msgspec.json.encode(list(sealed))).hexdigest()


def _redact_lines(
    connection: sqlite3.Connection, log_table: LogTable, redaction: Redaction, ids: frozenset[str]
) -> tuple[set[int], set[str]]:
    """Redact the log; return the numbers of redacted reasons, and the ids of redacted records."""
    words = [json.dumps(id) for id in {*ids, redaction.id}]
    words += [
        msgspec.json.encode(form)[1:-1].decode()
        for text in redaction.texts_removed
        for form in normal_forms(text)
    ]
    found = connection.execute(
        "SELECT DISTINCT sequence FROM log, json_each(?) WHERE instr(line, value)",
        (json.dumps(words),),
    ).fetchall()
    reasons: set[int] = set()
    redacted_ids: set[str] = set()
    for (sequence,) in found:
        line = log_table.entry(connection, sequence)
        after = redacted_line(line, redaction, ids)
        if after.why != line.why:
            reasons.add(sequence)
        if after.edits != line.edits:
            redacted_ids |= {
                one.id for one, now in zip(line.edits, after.edits, strict=True) if one != now
            }
            log_table.set_state(connection, sequence, FINAL)
        if after != line:
            log_table.rewrite(connection, after)
    return reasons, redacted_ids


def _redact_import_contents(
    connection: sqlite3.Connection, log_table: LogTable, ids: frozenset[str], redact: EditRedactor
) -> set[str]:
    """Redact the stored edits of imports, and the records that were withdrawn with one."""
    redacted_ids: set[str] = set()
    stored = connection.execute(
        "SELECT act, part, of FROM brought WHERE content IS NOT NULL"
    ).fetchall()
    for act, part, of in stored:
        (content,) = connection.execute(
            "SELECT content FROM brought WHERE act = ? AND part = ?", (act, part)
        ).fetchone()
        after: bytes | None = None
        if of == ALTERED:
            edits = unpack_edits(content)
            redacted_edits = [redact(one) for one in edits]
            if redacted_edits == edits:
                continue
            redacted_ids |= {
                one.id for one, now in zip(edits, redacted_edits, strict=True) if one != now
            }
            after = pack_edits(redacted_edits)
        elif not any(one.id in ids for one in unpack_records(of, content)):
            continue
        log_table.set_state(connection, act, FINAL)
        connection.execute(
            "UPDATE brought SET content = ? WHERE act = ? AND part = ?", (after, act, part)
        )
    return redacted_ids


def _resealed_parts(
    connection: sqlite3.Connection, log_table: LogTable, ids: Iterable[str]
) -> Iterator[ResealedPart]:
    """The parts that contain these records, with their present hashes."""
    found: set[tuple[int, int, str, int, int]] = set()
    for id in ids:
        held = table_and_number(connection, id)
        if held is None:
            continue  # the case's own record belongs to no part
        found |= set(
            connection.execute(
                "SELECT act, part, of, first, last FROM brought"
                " WHERE of = ? AND first <= ? AND last >= ? AND content IS NULL",
                (held[0], held[1], held[1]),
            )
        )
    for act, part, of, first, last in sorted(found):
        if act:
            log_table.set_state(connection, act, FINAL)
        rows = dict(rows_between(connection, of, first, last))
        # a withdrawn record leaves a gap
        yield act, part, digest_of(rows.get(n, b"") for n in range(first, last + 1))


def rows_between(
    connection: sqlite3.Connection, table: str, first: int, last: int
) -> list[tuple[int, bytes]]:
    """The records `first` to `last` of a table, by number, as `row_bytes`."""
    text = "text" if table == "articles" else "''"
    rows = connection.execute(
        f"SELECT n, {checked(table, 'body')}, {text} FROM {table}"
        " WHERE n BETWEEN ? AND ? ORDER BY n",
        (first, last),
    )
    return [(n, row_bytes(body, words)) for n, body, words in rows]


def fields_in_case(
    connection: sqlite3.Connection, case: Case, redaction: Redaction
) -> list[FieldOfRecord]:
    """Find all fields in the case that contain the redacted words."""
    found = fields_in_records({case.id: ("case", case)}, redaction)
    pairs = json.dumps(
        [[msgspec.json.encode(one)[1:-1].decode(), one] for one in redaction.texts_removed]
    )
    for table in INDEXED:
        text = "text" if table == "articles" else "''"
        holding = f"""EXISTS (SELECT 1 FROM json_each(?) AS words
            WHERE instr(body, json_extract(words.value, '$[0]'))
            OR instr({text}, json_extract(words.value, '$[1]')))"""
        for _, one in numbered(connection, table, holding, pairs):
            found += fields_in_record(one, redaction)
    return found
