"""Files of data sets as lines of text, of any size within limits.

A file may be zipped; no name in it is used as a path. Lines are read one
by one, so that a file of any size needs only the memory of a line.
"""

import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, NamedTuple

from store.errors import MissingCase, UsageError
from store.importers.table import OnBytes

MAX_FIELD = 1024 * 1024
"""The most characters of a field."""
MAX_COLUMNS = 500
MAX_LINE = 4 * MAX_FIELD
"""The most bytes of a line."""
MAX_EXPANSION = 200
"""The greatest ratio of a file's size to its size in the zip."""
MAX_MEMBERS = 8
"""The most data files in a zip."""
_SAMPLE = 256 * 1024
_SPOOLED = 16 * 1024 * 1024
_ENDINGS = (".csv", ".tsv", ".txt", ".tab")


class InputFile(NamedTuple):
    """One file of rows: its name for a person, its path or stream, and its size in bytes.

    A file inside a zip is named after both. `member` is the number of the file
    in the zip, None where there is no zip.
    """

    name: str
    stream: IO[bytes]
    size: int
    member: int | None = None
    folder: str = ""
    """The part of the name that is its folder: private to the user, and not for a log."""

    def open(self) -> IO[bytes]:
        """The bytes of the rows, from their beginning. Raises `UsageError`."""
        self.stream.seek(0)
        if self.member is None:
            return self.stream
        archive = zipfile.ZipFile(self.stream)
        return archive.open(_data_files(archive, self.name)[self.member])

    def sample(self) -> list[str]:
        """The first lines, at most 50, from which the format is recognised. Raises `UsageError`."""
        found: list[str] = []
        read = 0
        for line in TextLines(self):
            found.append(line)
            read += len(line)
            if len(found) == 50 or read > _SAMPLE:
                break
        return found


def supplies(path: Path, stdin: IO[bytes] | None) -> list[InputFile]:
    """The files of rows that a path names; `-` is standard input. The caller must close them.

    Raises `MissingCase` if there is no such file, and `UsageError` if it cannot be
    read or is no file of rows.
    """
    name = str(path)
    if name == "-":
        if stdin is None:
            raise UsageError("standard input is closed", "name a file")
        name, stream = "standard input", _spooled(stdin)
    else:
        stream = _opened(path)
    try:
        stream.seek(0, 2)
        size = stream.tell()
        stream.seek(0)
        beginning = stream.read(4)
        if beginning == b"PK\x03\x04":
            found = _of_zip(name, stream)
        else:
            _refuse_others(name, beginning)
            found = [InputFile(name, stream, size)]
        folder = name.removesuffix(path.name) if name.endswith(path.name) else ""
        return [one._replace(folder=folder) for one in found]
    except BaseException:
        stream.close()
        raise


def _opened(path: Path) -> IO[bytes]:
    try:
        if not path.is_file():
            if path.exists():
                raise UsageError(f"{path}: is not a file", "name a data set file")
            raise MissingCase(f"{path}: there is no such file", "check the name")
        return path.open("rb")
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or error
        raise UsageError(f"{path}: cannot be read ({why})", "check the name") from error


def _spooled(stdin: IO[bytes]) -> IO[bytes]:
    """A copy of standard input that can be read twice: in memory, or on the disk if large."""
    kept: IO[bytes] = tempfile.SpooledTemporaryFile(max_size=_SPOOLED)  # noqa: SIM115
    while chunk := stdin.read(1024 * 1024):
        kept.write(chunk)
    return kept


def _refuse_others(name: str, beginning: bytes) -> None:
    if not beginning:
        raise UsageError(f"{name}: is empty", "name a data set file")
    if beginning[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise UsageError(f"{name}: is UTF-16", "save it as UTF-8")
    if beginning[:2] == b"\x1f\x8b":
        raise UsageError(
            f"{name}: is gzip", "expand it, or pipe it in: gunzip -c FILE | … import -"
        )


def _of_zip(name: str, stream: IO[bytes]) -> list[InputFile]:
    try:
        archive = zipfile.ZipFile(stream)
        files = _data_files(archive, name)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise UsageError(f"{name}: is an unreadable zip ({error})", "download it again") from error
    found = []
    for number, inside in enumerate(files):
        if inside.file_size > MAX_EXPANSION * max(1, inside.compress_size):
            raise UsageError(
                f"{name}: {inside.filename!r} in it expands to more than {MAX_EXPANSION}"
                " times its size",
                "no real data set does; check where the file came from",
            )
        if inside.flag_bits & 1:
            raise UsageError(f"{name}: {inside.filename!r} in it is encrypted", "decrypt it first")
        found.append(InputFile(f"{name}: {inside.filename}", stream, inside.file_size, number))
    return found


def _data_files(archive: zipfile.ZipFile, name: str) -> list[zipfile.ZipInfo]:
    files = [
        one
        for one in archive.infolist()
        if not one.is_dir()
        and one.filename.lower().endswith(_ENDINGS)
        and not one.filename.startswith("__MACOSX/")
    ]
    if not files:
        raise UsageError(
            f"{name}: contains no data file", f"expected one ending in {', '.join(_ENDINGS)}"
        )
    if len(files) > MAX_MEMBERS:
        raise UsageError(
            f"{name}: contains {len(files):,} data files, more than {MAX_MEMBERS}",
            "unzip it, and name the files you want",
        )
    return files


class TextLines:
    """The lines of a supply as text, each with its line end.

    They are UTF-8, with or without a byte order mark; a line that is not is
    read as ISO 8859-1, which has a letter for every byte, and `fallbacks`
    counts such lines. `read` counts bytes, `line` lines; `seen` gets each raw line.
    """

    def __init__(self, supply: InputFile, seen: OnBytes | None = None) -> None:
        self.supply = supply
        self._seen = seen
        self.read = 0
        self.line = 0
        self.fallbacks = 0

    def __iter__(self) -> Iterator[str]:
        """Yield the lines. Raises `UsageError` if one is too long, or the file cannot be read."""
        stream = self.supply.open()
        try:
            while raw := stream.readline(MAX_LINE + 1):
                if len(raw) > MAX_LINE:
                    raise UsageError(
                        f"{self.supply.name}: line {self.line + 1} has over {MAX_LINE:,} bytes",
                        "check that it is a data set",
                    )
                if self._seen is not None:
                    self._seen(raw)
                if not self.read and raw.startswith(b"\xef\xbb\xbf"):
                    raw = raw[3:]
                self.read += len(raw)
                if self.read > self._most:
                    raise UsageError(
                        f"{self.supply.name}: is larger than its zip says", "check its source"
                    )
                self.line += 1
                try:
                    yield raw.decode()
                except UnicodeDecodeError:
                    self.fallbacks += 1
                    yield raw.decode("iso-8859-1")
        except (OSError, EOFError, zlib.error, zipfile.BadZipFile) as error:
            raise UsageError(
                f"{self.supply.name}: cannot be read after line {self.line} ({error})",
                "download it again",
            ) from error

    @property
    def _most(self) -> float:
        return float("inf") if self.supply.member is None else self.supply.size + 3
