"""The log of a case: a file to which lines are added, and never anything else.

A change is acknowledged when its line is on the disk. Every line is sealed
(`store.model.log_line`) and holds the hash of the one before.
"""

import os
from array import array
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from store.database import disk
from store.errors import DamagedCase, NewerCase, ReadOnlyCase, UnreadableCase, UnwritableCase
from store.model.log_line import Line, read_line, sealed, written
from store.model.records import SCHEMA

SALVAGE = "nothing was changed; salvage the case into a new file with doctor"
"""What to do about a damaged log."""


class LogFile:
    """The log of one case, read to its end; only a writer may add to it.

    `first` and `last` are the sequence numbers of its first and last line, 0
    where it has none, and `hash` is that of the last.
    """

    def __init__(self, case: Path) -> None:
        self.path = case.with_name(case.name + ".log")
        self.first = 0
        self.hash = ""
        self.torn = 0
        """How many bytes stand after the last whole line."""
        self.broken = ""
        """Why nothing can be added to it any more."""
        self._starts = array("q")
        self._size = 0
        self._inode = 0
        self._descriptor: int | None = None

    @property
    def last(self) -> int:
        """The sequence number of the last line, 0 where there is none."""
        return self.first + len(self._starts) - 1 if self._starts else 0

    def read(self) -> Iterator[Line]:
        """The lines that were added since it was read last, each checked against the one before.

        Raises `DamagedCase`, which names file and line, where one is not as it
        was written or one is missing, and `UnreadableCase`.
        """
        try:
            file = self.path.open("rb")
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
                self._took(line, len(content))
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
                f"{self.path}: line {len(self._starts) + 1}: is of schema {line.schema},"
                f" and this program knows {SCHEMA}",
                "open it with a newer conflict-tui; nothing was changed",
            )
        if self._starts and line.sequence != self.last + 1:
            raise self._damaged(f"entry {self.last + 1} is missing: this is entry {line.sequence}")
        if self._starts and line.prev != self.hash:
            raise self._damaged("it does not follow the line before")
        return line

    def _check_torn(self, content: bytes) -> None:
        """Raise `DamagedCase` where what seems torn is a whole line with another end."""
        try:
            read_line(content[:-1] + b"\n")
        except ValueError:
            return
        raise self._damaged("its line end is not as it was written")

    def _took(self, line: Line, size: int) -> None:
        if not self._starts:
            self.first = line.sequence
        self._starts.append(self._size)
        self._size += size
        self.hash = line.hash

    def entry(self, sequence: int) -> Line:
        """The line with this sequence number, which the log has.

        Raises `DamagedCase` where it is not as it was any more, and `UnreadableCase`.
        """
        n = sequence - self.first
        start = self._starts[n]
        end = self._starts[n + 1] if n + 1 < len(self._starts) else self._size
        try:
            with self.path.open("rb") as file:
                file.seek(start)
                return read_line(file.read(end - start))
        except OSError as error:
            raise self._unreadable(error) from error
        except ValueError as error:
            raise DamagedCase(f"{self.path}: line {n + 1}: {error}", SALVAGE) from error

    def hash_of(self, sequence: int) -> str:
        """The hash of an entry that the log has, or of that before its first."""
        if sequence < self.first:
            return self.entry(self.first).prev
        return self.entry(sequence).hash

    def begin(self) -> list[str]:
        """Make it ready to be added to: set a torn line aside; gives what to tell of that.

        Raises `ReadOnlyCase` where it cannot be written.
        """
        told = []
        try:
            if self.path.exists():
                self._open(0)
            if self.torn:
                told.append(self._set_aside())
        except OSError as error:
            self.close()
            raise ReadOnlyCase(
                f"{self.path}: cannot be written ({error.strerror})",
                "open the case for reading only, or see to the file and the disk",
            ) from error
        return told

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
            f"{self.path}: the last line was torn and is set aside in {aside.name};"
            f" no change is lost that was saved"
        )

    def add(self, line: Line) -> Line:
        """Add a line after the last one and have it on the disk; gives it as it stands there.

        Its sequence, `prev` and hash are filled in, the first two only where
        the log has a line already. Raises `UnwritableCase` where it cannot be
        saved: then the log is cut back to where it was, and takes no more.
        """
        if self.broken:
            raise UnwritableCase(*self._refusal())
        if self._starts:
            line = msgspec.structs.replace(line, sequence=self.last + 1, prev=self.hash)
        line = sealed(line)
        content = written(line)
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
        self._took(line, len(content))
        return line

    def _make_ready(self) -> bool:
        """Open the file where it is not open yet, and look whether it is still as it was left.

        Gives whether it is a new one.
        """
        is_new = self._descriptor is None
        if is_new:
            self._open(os.O_CREAT)
        assert self._descriptor is not None
        found = os.fstat(self._descriptor)
        if found.st_size != self._size or self.path.stat().st_ino != found.st_ino:
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
        """Take what stands after the last line away; where that fails, the line may be there."""
        assert self._descriptor is not None
        try:
            disk.truncate(self._descriptor, self._size)
        except OSError:
            self.broken += ", and what was written of it could not be taken back"

    def _break(self, error: BaseException) -> UnwritableCase:
        self.broken = getattr(error, "strerror", None) or str(error) or type(error).__name__
        return UnwritableCase(*self._refusal())

    def _refusal(self) -> tuple[str, str]:
        return (
            f"{self.path}: the change cannot be saved ({self.broken})",
            "the case is read-only from now on; see to the disk, and open it again",
        )

    def replace(self, lines: Iterable[Line]) -> None:
        """Put these lines in the place of all; they are to have the same hashes, or follow them.

        It must be read anew. Raises `UnwritableCase`; then it is as it was, and takes no more.
        """
        temporary = self.path.with_name(self.path.name + ".new")
        try:
            disk.write_new(temporary, map(written, lines))
            try:
                disk.rename(temporary, self.path)
            except BaseException:
                disk.unlink(temporary)
                raise
            disk.flush_folder(self.path.parent)
        except OSError as error:
            raise self._break(error) from error

    def close(self) -> None:
        """Let the file go. All that was acknowledged is on the disk, whatever closing says."""
        if self._descriptor is not None:
            descriptor, self._descriptor = self._descriptor, None
            with suppress(OSError):
                disk.close(descriptor)

    def _damaged(self, why: str) -> DamagedCase:
        return DamagedCase(f"{self.path}: line {len(self._starts) + 1}: {why}", SALVAGE)

    def _rewritten(self) -> DamagedCase:
        return DamagedCase(
            f"{self.path}: it is not the log any more that was read before",
            "open the case again",
        )

    def _unreadable(self, error: OSError) -> UnreadableCase:
        return UnreadableCase(
            f"{self.path}: cannot be read ({error.strerror})",
            "check who may read it, and the disk",
        )
