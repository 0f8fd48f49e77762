"""TinyDB's storage for case files: read whole, and replaced whole."""

import hashlib
import stat
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import msgspec
from tinydb.storages import Storage

from store.database.disk import resolve_link
from store.document.backups import BeforeReplacing, replace_file
from store.errors import DamagedCase, MissingCase, UnreadableCase, UsageError

MAX_BYTES = 64 * 1024 * 1024
"""The size limit of a case file; TinyDB does not suit larger ones."""

NEWLINE = b"\n"
BYTE_ORDER_MARK = b"\xef\xbb\xbf"

NumberedRows = Iterable[tuple[int | str, bytes]]
"""The records of a table as JSON, each with its number."""

_encode = msgspec.json.Encoder().encode


class _Key(str):
    """The name of a table, or the number of a record, as it is read."""

    __slots__ = ()


class CaseStorage(Storage):
    """A case file as TinyDB reads and writes it: `TinyDB(path, storage=CaseStorage)`.

    `read` and `write` are TinyDB's, with each record as a dictionary. This
    program uses `read_rows` and `write_rows`, with each record as JSON, which
    it decodes to its own types. Where `keep` is set, writing backs up the
    previous file; `before_replacing` may refuse to replace it.
    """

    def __init__(
        self,
        path: Path | str,
        *,
        keep: bool = False,
        before_replacing: BeforeReplacing = lambda _: None,
    ) -> None:
        self._path = Path(path)
        self._keep = keep
        self.sha256 = ""
        """The SHA-256 of the bytes that were read last."""
        self._before_replacing = before_replacing

    def read(self) -> dict[str, dict[str, Any]]:
        """Read the tables of the file, each record decoded. Raises what `read_rows` does."""
        rows = self.read_rows()
        try:
            return {
                table: {number: msgspec.json.decode(row) for number, row in of.items()}
                for table, of in rows.items()
            }
        except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
            raise not_json(self._path, str(error)) from error

    def read_rows(self) -> dict[str, dict[str, msgspec.Raw]]:
        """Read the tables of the file, each record still as JSON.

        Raises an error of `store.errors`.
        """
        content = read_content(self._path)
        self.sha256 = hashlib.sha256(content).hexdigest()
        if not content.strip():
            raise DamagedCase(
                f"{self._path}: the file is empty", "an interrupted copy? copy it again"
            )
        keys = 0

        def counted(_: type, key: str) -> _Key:
            nonlocal keys
            keys += 1
            return _Key(key)

        try:
            raw = msgspec.json.decode(
                content, type=dict[_Key, dict[_Key, msgspec.Raw]], dec_hook=counted
            )
        except msgspec.ValidationError as error:
            raise DamagedCase(
                f"{self._path}: this JSON is not a case ({error})",
                "a case is an object of tables, each an object of numbered records",
            ) from error
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            raise not_json(self._path, _parser_message(content, error)) from error
        # JSON keeps only the last of two records with one number, so that one would be lost
        if keys > len(raw) + sum(map(len, raw.values())):
            raise DamagedCase(
                f"{self._path}: a table occurs twice, or a number occurs twice in one table",
                "give each record of a table its own number",
            )
        return {str(table): {str(n): row for n, row in of.items()} for table, of in raw.items()}

    def write(self, data: Mapping[str, Mapping[str, Any]]) -> None:
        """Replace the file by these tables of numbered records. Raises `OSError`.

        Where a record cannot be encoded as JSON, the file is unchanged.
        """
        self.write_rows(
            (table, ((number, _encode(record)) for number, record in records.items()))
            for table, records in data.items()
        )

    def write_rows(self, tables: Iterable[tuple[str, NumberedRows]]) -> str:
        """Replace the file by a stream of tables, of which about a megabyte is in memory.

        The file can be read by its owner only, and appears complete or not at
        all. A link to it stays a link. Returns the SHA-256 of its bytes. Raises `OSError`.
        """
        written = hashlib.sha256()

        def hashed() -> Iterator[bytes]:
            for piece in layout(tables):
                written.update(piece)
                yield piece

        replace_file(
            resolve_link(self._path),
            hashed(),
            keep=self._keep,
            before_replacing=self._before_replacing,
        )
        return written.hexdigest()


def layout(tables: Iterable[tuple[str, NumberedRows]]) -> Iterator[bytes]:
    """Lay out tables as a case file, one record a line, so that it can be compared line by line.

    Tables without records are left out.
    """
    yield b"{\n"
    tables_before = 0
    for table, rows in tables:
        rows_before = 0
        for number, row in rows:
            if not rows_before:
                yield (b",\n" if tables_before else b"") + _encode(table) + b": {"
            yield (b"," if rows_before else b"") + b"\n %b: %b" % (_encode(str(number)), row)
            rows_before += 1
        if rows_before:
            yield b"\n}"
            tables_before += 1
    yield b"\n}\n"


def read_content(path: Path) -> bytes:
    """Read the bytes of a case file. Raises `MissingCase`, `UnreadableCase`, or `DamagedCase`."""
    try:
        found = path.stat()
        if stat.S_ISDIR(found.st_mode):
            raise MissingCase(f"{path}: is a folder", "name the case file inside it")
        if not stat.S_ISREG(found.st_mode):
            raise MissingCase(f"{path}: is not a regular file", "name a case file")
        if found.st_size > MAX_BYTES:
            raise DamagedCase(
                f"{path}: {found.st_size:,} bytes exceed the limit of a case file ({MAX_BYTES:,})",
                "check that it is a case; a large case belongs in a database",
            )
        with path.open("rb") as file:
            # a file of /proc has no size, and may have no end
            content = file.read(MAX_BYTES).removeprefix(BYTE_ORDER_MARK)
    except (FileNotFoundError, NotADirectoryError) as error:
        raise MissingCase(f"{path}: there is no such file", "check the name") from error
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else str(error)
        raise UnreadableCase(
            f"{path}: cannot be read ({reason})", "check its permissions, and the disk"
        ) from error
    if content.startswith(b"SQLite format 3\0"):
        raise UsageError(f"{path}: is a database", "this command needs a case file")
    return content


def not_json(path: Path, why: str) -> DamagedCase:
    """The error for a case file that a JSON parser refuses."""
    return DamagedCase(
        f"{path}: not JSON, or cut off ({why})",
        "a case is one JSON file; copy it again from its source",
    )


def _parser_message(content: bytes, error: Exception) -> str:
    """The parser's message with the line of the error."""
    words = str(error)
    if isinstance(error, RecursionError):
        return "it is nested too deeply"
    _, found, position = words.rpartition("(byte ")
    end = int(position.rstrip(")")) if found and position.rstrip(")").isdigit() else len(content)
    return f"line {content.count(NEWLINE, 0, end) + 1}: {words}"
