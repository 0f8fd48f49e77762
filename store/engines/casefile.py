"""The case as a file: a TinyDB snapshot, one record a line.

The layout is TinyDB's own (`{table: {number: record}}`), so that stock TinyDB,
`jq` and a person can read it. It is parsed once, checked against the records,
and let go.
"""

import os
import re
import stat
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import msgspec
from tinydb import TinyDB
from tinydb.storages import Storage

from store.engines.collector import no_collector
from store.errors import DamagedCase, MissingCase, NewerCase, UnreadableCase
from store.model.records import RECORD_TYPES, SCHEMA, AnyRecord, Case

MAX_BYTES = 64 * 1024 * 1024
"""A case file larger than this is refused: TinyDB is not for it."""

NEWLINE = b"\n"
BYTE_ORDER_MARK = b"\xef\xbb\xbf"

_BEGINNING = re.compile(
    rb'\n\s*"(?:[0-9]+|%s)"\s*:\s*\{' % "|".join(RECORD_TYPES).encode(),
)
"""Where a table or a record begins, in a file that has each on a line of its own."""

Tables = Mapping[str, Sequence[AnyRecord]]
"""The records of a case by table, in the order of `RECORD_TYPES`."""


class SnapshotStorage(Storage):
    """A TinyDB storage that reads a case file once and never writes it."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def read(self) -> dict[str, dict[str, Any]] | None:
        """The tables as they stand in the file, each record still as JSON.

        Raises an error of `store.errors`.
        """
        content = _read_bytes(self._path)
        if not content.strip():
            raise DamagedCase(
                f"{self._path}: the file is empty", "an interrupted copy? copy it once more"
            )
        try:
            raw = msgspec.json.decode(content, type=dict[str, dict[str, msgspec.Raw]])
        except msgspec.ValidationError as error:
            raise DamagedCase(
                f"{self._path}: this JSON is no case ({error})",
                "a case is an object of tables, each an object of numbered records",
            ) from error
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            raise _not_json(self._path, _where(content, error)) from error
        # of two with one number JSON keeps the last; the other would be lost without a word
        if len(_BEGINNING.findall(content)) > len(raw) + sum(map(len, raw.values())):
            raise DamagedCase(
                f"{self._path}: a table is there twice, or a number twice in one table",
                "give each record of a table a number of its own",
            )
        return raw

    def write(self, data: dict[str, dict[str, Any]]) -> None:
        """Refused: the snapshot is written whole by `write_case`."""
        raise NotImplementedError("a snapshot is not written in place")


def read_case(path: Path) -> Tables:
    """The checked records of a case file by table.

    Raises `MissingCase`, `UnreadableCase`, `NewerCase` or `DamagedCase`; the
    last names the record and the field.
    """
    with no_collector():
        database = TinyDB(path, storage=SnapshotStorage)
        raw = database.storage.read() or {}
        _check_schema(path, raw)
        unknown = [table for table in raw if table not in RECORD_TYPES]
        if unknown:
            raise DamagedCase(
                f"{path}: unknown table {unknown[0]!r}", f"the tables are {', '.join(RECORD_TYPES)}"
            )
        return {table: _records(path, table, raw.get(table, {})) for table in RECORD_TYPES}


def write_case(path: Path, records: Iterable[tuple[str, AnyRecord]]) -> None:
    """Write `(table, record)` pairs as a new case file, readable by its owner only.

    The file appears whole or not at all: it is written beside its place,
    flushed to the disk and moved there.
    """
    tables: dict[str, list[AnyRecord]] = {table: [] for table in RECORD_TYPES}
    for table, record in records:
        tables[table].append(record)
    temporary = path.with_name(path.name + ".new")
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            for piece in _pieces(tables):
                file.write(piece)
            file.flush()
            os.fsync(file.fileno())
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _pieces(tables: Mapping[str, Sequence[AnyRecord]]) -> Iterator[bytes]:
    """The snapshot as JSON, one record a line, so that it can be compared line by line."""
    encode = msgspec.json.Encoder().encode
    yield b"{\n"
    filled = ((table, records) for table, records in tables.items() if records)
    for position, (table, records) in enumerate(filled):
        yield (b",\n" if position else b"") + encode(table) + b": {"
        for number, record in enumerate(records, 1):
            yield (b"," if number > 1 else b"") + b'\n "%d": ' % number + encode(record)
        yield b"\n}"
    yield b"\n}\n"


def _read_bytes(path: Path) -> bytes:
    try:
        found = path.stat()
        if stat.S_ISDIR(found.st_mode):
            raise MissingCase(f"{path}: is a folder", "name the case file inside it")
        if not stat.S_ISREG(found.st_mode):
            raise MissingCase(f"{path}: is not a regular file", "name a case file")
        if found.st_size > MAX_BYTES:
            raise DamagedCase(
                f"{path}: {found.st_size:,} bytes are more than a case file may have"
                f" ({MAX_BYTES:,})",
                "is it a case at all? a large archive belongs in a database",
            )
        with path.open("rb") as file:
            # a file of /proc has no size, and may have no end
            return file.read(MAX_BYTES).removeprefix(BYTE_ORDER_MARK)
    except (FileNotFoundError, NotADirectoryError) as error:
        raise MissingCase(f"{path}: there is no such file", "check the name") from error
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise UnreadableCase(
            f"{path}: cannot be read ({reason})", "check who may read it, and the disk"
        ) from error


def _not_json(path: Path, why: str) -> DamagedCase:
    return DamagedCase(
        f"{path}: not JSON, or cut off ({why})",
        "a case is one JSON file; copy it once more from where it came",
    )


def _where(content: bytes, error: Exception) -> str:
    """What the parser says, with the line where it can be told."""
    words = str(error)
    if isinstance(error, RecursionError):
        return "it is nested too deeply"
    _, found, position = words.rpartition("(byte ")
    end = int(position.rstrip(")")) if found and position.rstrip(")").isdigit() else len(content)
    return f"line {content.count(NEWLINE, 0, end) + 1}: {words}"


def _check_schema(path: Path, raw: Mapping[str, Mapping[str, msgspec.Raw]]) -> None:
    try:
        cases = [_fields(row) for row in raw.get("case", {}).values()]
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise _not_json(path, f"case: {error}") from error
    if len(cases) != 1 or cases[0] is None:
        raise DamagedCase(
            f"{path}: holds {len(cases)} records in its table 'case', not one",
            "is it a case of conflict-tui?",
        )
    schema = cases[0].get("schema")
    if isinstance(schema, int) and schema > SCHEMA:
        raise NewerCase(
            f"{path}: is of schema {schema}, and this program knows {SCHEMA}",
            "open it with a newer conflict-tui; nothing was changed",
        )


def _records(path: Path, table: str, rows: Mapping[str, msgspec.Raw]) -> list[AnyRecord]:
    # one by one and not all in one call, which would keep the screen waiting for as long
    decode = msgspec.json.Decoder(RECORD_TYPES[table]).decode
    number, records = "", []
    try:
        for number, row in rows.items():
            try:
                records.append(decode(row))
            except msgspec.ValidationError as error:
                fields = _fields(row)
                named = "no object" if fields is None else fields.get("id", "without an id")
                raise DamagedCase(
                    f"{path}: {table} {number} ({named}): {error}",
                    "correct this record, or take the case from where it came",
                ) from error
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
        raise _not_json(path, f"{table} {number}: {error}") from error
    return records


def _fields(row: msgspec.Raw) -> dict[str, Any] | None:
    """The fields of a record as they stand in the file, None where it is no object.

    None of them where a number among them is out of all range.
    """
    try:
        found = msgspec.json.decode(row)
    except msgspec.ValidationError:
        return {}
    return found if isinstance(found, dict) else None


def one_case(tables: Tables) -> Case:
    """The record that says what the case is."""
    (case,) = tables["case"]
    assert isinstance(case, Case)
    return case
