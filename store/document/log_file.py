"""The log of a case: an append-only file of lines.

A change is acknowledged when its line is on the disk. Every line is sealed
(`store.model.log_line`) and holds the hash of the line before it.
"""

import os
from array import array
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path

import msgspec

from store.database import disk
from store.database.identity import Inode, inode_of, what_became_of
from store.errors import DamagedCase, NewerCase, ReadOnlyCase, UnreadableCase, UnwritableCase
from store.model.log_line import Line, encode_line, read_line, sealed
from store.model.records import SCHEMA

SALVAGE_HINT = "nothing was changed; salvage the case into a new file with doctor"
"""The hint for a damaged log."""

_PIECE = 1 << 20


class LogFile:
    """The log of one case, read to its end; only a writer may add to it.

    `first` and `last` are the sequence numbers of its first and last line, 0
    where it is empty, and `hash` is the hash of the last line.
    """

    def __init__(self, case: Path) -> None:
        self.path = case.with_name(case.name + ".log")
        self.first = 0
        self.hash = ""
        self.torn = 0
        """The number of bytes after the last complete line."""
        self.broken = ""
        """The error after which nothing can be added; empty where there was none."""
        self.ahead = False
        """True where the last line is saved, but an error kept its change from the index."""
        self._starts = array("q")
        self._size = 0
        self._inode = 0
        self._descriptor: int | None = None

    @property
    def last(self) -> int:
        """The sequence number of the last line, 0 where there is none."""
        return self.first + len(self._starts) - 1 if self._starts else 0

    def read(self) -> Iterator[Line]:
        """Read the lines that were added since the last read, each checked against the one before.

        Raises `DamagedCase`, which names file and line, where a line is altered or
        missing, and `UnreadableCase`.
        """
        try:
            file = disk.open_to_read(self.path)
        except FileNotFoundError:
            if self._starts:
                raise self._rewritten() from None
            return
        except OSError as error:
            raise self._unreadable(error) from error
        with file:
            found = os.fstat(file.fileno())
            if self._starts and (found.st_ino != self._inode or found.st_size < self._size):
                raise self._rewritten()
            self._inode = found.st_ino
            file.seek(self._size)
            while True:
                try:
                    content = file.readline()
                except OSError as error:
                    raise self._unreadable(error) from error
                if not content.endswith(b"\n"):
                    break
                line = self._checked(content)
                self._register(line, len(content))
                yield line
            self.torn = len(content)
            if content:
                self._check_torn(content)

    def _checked(self, content: bytes) -> Line:
        try:
            line = read_line(content)
        except ValueError as error:
            raise self._damaged(str(error)) from error
        if line.schema > SCHEMA:
            raise NewerCase(
                f"{self.path}: line {len(self._starts) + 1}: has schema {line.schema},"
                f" but this program reads only up to {SCHEMA}",
                "open it with a newer conflict-tui; nothing was changed",
            )
        if self._starts and line.sequence != self.last + 1:
            raise self._damaged(f"entry {self.last + 1} is missing: this is entry {line.sequence}")
        if self._starts and line.prev != self.hash:
            raise self._damaged("it does not follow the line before")
        return line

    def _check_torn(self, content: bytes) -> None:
        """Raise `DamagedCase` where a seemingly torn line is complete but for its line end."""
        try:
            read_line(content[:-1] + b"\n")
        except ValueError:
            return
        raise self._damaged("its line end was altered")

    def _register(self, line: Line, size: int) -> None:
        if not self._starts:
            self.first = line.sequence
        self._starts.append(self._size)
        self._size += size
        self.hash = line.hash

    def entry(self, sequence: int) -> Line:
        """Read the line with this sequence number, which must exist.

        Raises `DamagedCase` where it was altered, and `UnreadableCase`.
        """
        n = sequence - self.first
        start = self._starts[n]
        end = self._starts[n + 1] if n + 1 < len(self._starts) else self._size
        try:
            return read_line(self._read_bytes(start, end))
        except OSError as error:
            raise self._unreadable(error) from error
        except ValueError as error:
            raise DamagedCase(f"{self.path}: line {n + 1}: {error}", SALVAGE_HINT) from error

    def _read_bytes(self, start: int, end: int) -> bytes:
        """Read bytes of the log; a writer reads the file that it has open, whatever its name."""
        if self._descriptor is not None:
            return os.pread(self._descriptor, end - start, start)
        with disk.open_to_read(self.path) as file:
            file.seek(start)
            return file.read(end - start)

    def content(self) -> Iterator[bytes]:
        """Read all lines, as bytes. Raises `OSError`."""
        for start in range(0, self._size, _PIECE):
            yield self._read_bytes(start, min(start + _PIECE, self._size))

    def lost(self) -> str:
        """The fate of a writer's log, in words; empty if it is as the last line left it."""
        at_path = inode_of(self.path)
        if self.broken or (self._descriptor is None and at_path is None):
            return ""
        if self._descriptor is None:
            return what_became_of(self.path)
        found = os.fstat(self._descriptor)
        if at_path != Inode(found.st_dev, found.st_ino):
            return what_became_of(self.path)
        return "" if found.st_size == self._size else "was changed by another program"

    def hash_of(self, sequence: int) -> str:
        """The hash of an entry of the log, or of the one before its first."""
        if sequence < self.first:
            return self.entry(self.first).prev
        return self.entry(sequence).hash

    def open_for_writing(self) -> list[str]:
        """Open the log for writing, set a torn line aside, and return messages about that.

        Raises `ReadOnlyCase` if it cannot be written, and `UnwritableCase` if the
        disk fails or is full.
        """
        notices = []
        try:
            if disk.exists(self.path):
                self._open(0)
            if self.torn:
                notices.append(self._set_aside())
        except OSError as error:
            self.close()
            raise (UnwritableCase if disk.has_failed(error) else ReadOnlyCase)(
                f"{self.path}: cannot be written ({error.strerror})",
                "open the case read-only, or check the file and the disk",
            ) from error
        return notices

    def _open(self, flags: int) -> None:
        self._descriptor = disk.open_file(self.path, os.O_RDWR | os.O_APPEND | flags)
        self._inode = os.fstat(self._descriptor).st_ino

    def _set_aside(self) -> str:
        assert self._descriptor is not None
        content = os.pread(self._descriptor, self.torn, self._size)
        aside = self.path.with_name(f"{self.path.name}.torn-{datetime.now(UTC):%Y%m%dT%H%M%S.%fZ}")
        disk.write_new(aside, [content])
        disk.flush_folder(aside.parent)
        disk.truncate(self._descriptor, self._size)
        disk.fsync(self._descriptor)
        self.torn = 0
        return (
            f"{self.path}: the last line was incomplete, and was moved to {aside.name};"
            f" no saved change is lost"
        )

    def add(self, line: Line) -> Line:
        """Append a line, flush it to the disk, and return it as it was written.

        Its sequence, `prev` and hash are filled in, the first two only where the
        log has a line already. Raises `UnwritableCase` where it cannot be saved:
        then the log is truncated to its former size, and accepts no more lines.
        """
        if self.broken:
            raise UnwritableCase(*self._refusal())
        if self._starts:
            line = msgspec.structs.replace(line, sequence=self.last + 1, prev=self.hash)
        line = sealed(line)
        content = encode_line(line)
        try:
            is_new = self._make_ready()
        except OSError as error:
            raise self._break(error) from error
        try:
            self._write(content, is_new=is_new)
        except BaseException as error:
            refused = self._break(error)
            self._cut_back()
            if isinstance(error, OSError):
                raise refused from error
            raise
        try:
            self._register(line, len(content))
        except BaseException as error:  # the next opening reads the line
            self._break(error)
            raise
        return line

    def add_all(self, lines: Sequence[Line]) -> list[Line]:
        """Append several lines as `add` does, by replacing the file: all of them or none."""
        if self.broken:
            raise UnwritableCase(*self._refusal())
        placed = list[Line]()
        last, hash = self.last, self.hash
        for line in lines:
            if last:
                line = msgspec.structs.replace(line, sequence=last + 1, prev=hash)
            placed.append(sealed(line))
            last, hash = placed[-1].sequence, placed[-1].hash
        try:
            self._make_ready()
            self.replace(chain(self.content(), map(encode_line, placed)))
            self.flush()
            self.close()
            self._open(0)
        except OSError as error:
            raise self._break(error) from error
        for line in placed:
            self._register(line, len(encode_line(line)))
        return placed

    @contextmanager
    def followed(self) -> Iterator[None]:
        """Add no more lines if the body adds one and then fails: the index lacks its change."""
        last = self.last
        try:
            yield
        except BaseException as error:
            if self.last > last:
                self.ahead = True
                self._break(error)
            raise

    def _make_ready(self) -> bool:
        """Open the file if necessary, and check that nobody else has changed it.

        Returns True where the file is new.
        """
        is_new = self._descriptor is None
        if is_new:
            self._open(os.O_CREAT)
        assert self._descriptor is not None
        found = os.fstat(self._descriptor)
        if found.st_size != self._size or self.path.lstat().st_ino != found.st_ino:
            raise OSError("another program has changed the log")
        return is_new

    def _write(self, content: bytes, *, is_new: bool) -> None:
        assert self._descriptor is not None
        taken = disk.write(self._descriptor, content)
        if taken != len(content):
            raise OSError(f"only {taken:,} of {len(content):,} bytes could be written")
        disk.fsync(self._descriptor)
        if is_new:
            disk.flush_folder(self.path.parent)

    def _cut_back(self) -> None:
        """Truncate the file after its last valid line; if that fails, the new line may remain."""
        assert self._descriptor is not None
        try:
            disk.truncate(self._descriptor, self._size)
        except OSError:
            self.broken += ", and the part that was written could not be removed"

    def _break(self, error: BaseException) -> UnwritableCase:
        self.broken = getattr(error, "strerror", None) or str(error) or type(error).__name__
        return UnwritableCase(*self._refusal())

    def _refusal(self) -> tuple[str, str]:
        return (
            f"{self.path}: the change cannot be saved ({self.broken})",
            "the case is read-only from now on; check the disk, and open it again",
        )

    def replace(self, content: Iterable[bytes]) -> None:
        """Replace the file by encoded lines with the same hashes, and perhaps further ones.

        The folder must then be flushed, and the log read again. Raises
        `UnwritableCase`: then the file is unchanged, and accepts no more lines.
        """
        temporary = self.path.with_name(self.path.name + ".new")
        try:
            disk.write_new(temporary, content)
            try:
                disk.rename(temporary, self.path)
            except BaseException:
                disk.unlink(temporary)
                raise
        except OSError as error:
            raise self._break(error) from error

    def flush(self) -> None:
        """Return when the replacement is on the disk. Raises `UnwritableCase`."""
        try:
            disk.flush_folder(self.path.parent)
        except OSError as error:
            raise self._break(error) from error

    def close(self) -> None:
        """Close the file, ignoring errors, as all acknowledged lines are on the disk."""
        if self._descriptor is not None:
            descriptor, self._descriptor = self._descriptor, None
            with suppress(OSError):
                disk.close(descriptor)

    def _damaged(self, why: str) -> DamagedCase:
        return DamagedCase(f"{self.path}: line {len(self._starts) + 1}: {why}", SALVAGE_HINT)

    def _rewritten(self) -> DamagedCase:
        return DamagedCase(
            f"{self.path}: the log was replaced or shortened since it was read",
            "open the case again",
        )

    def _unreadable(self, error: OSError) -> UnreadableCase:
        return UnreadableCase(
            f"{self.path}: cannot be read ({error.strerror})",
            "check its permissions, and the disk",
        )


def lost_log_message(entries: int) -> str:
    """The message for a case that includes `entries` entries of a log that is lost."""
    return (
        f"the case holds {entries:,} {'entry' if entries == 1 else 'entries'} but its log is"
        " missing or empty; restore the log beside it, or change the case: a new log then"
        " begins and records the loss"
    )
