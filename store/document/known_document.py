"""The case file as it was last read or written, so that another in its place is noticed."""

import os
from pathlib import Path

import msgspec

from store.database.identity import what_became_of
from store.document.log_file import LogFile
from store.document.tinydb_file import HEAD, Snapshot, SnapshotHead, read_snapshot, sealed_head
from store.errors import ConflictError

_TAIL = 4096
"""The bytes at the end of a case file that hold its header."""


class KnownDocument:
    """The case file of one open case: its inode, size and time, and what it holds."""

    def __init__(self, path: Path) -> None:
        """Note the file, which is read after this."""
        self._path = path
        self._stamp = self._looked = _stamp(path)
        self._next = self._stamp
        self._head: SnapshotHead | None = None
        self._content = ""

    def hold(self, head: SnapshotHead | None, content: str) -> None:
        """Note what was read: the header, and the `content_hash` of the records."""
        self._head, self._content = head, content

    @property
    def changed(self) -> bool:
        """True where the file was replaced, rewritten or touched, or is gone."""
        return self._stamp != _stamp(self._path)

    def lost(self) -> str:
        """The fate of the file, in words; empty if it still holds what was read or written here.

        It is read again only where its inode, size or time have changed.
        """
        now = _stamp(self._path)
        if now in (self._stamp, self._next):
            return ""
        if now and self._holds_the_same():
            self._stamp = now
            return ""
        return self._what_became()

    def _what_became(self) -> str:
        if _stamp(self._path)[:2] == self._stamp[:2]:
            return "was edited by another program"
        return what_became_of(self._path)

    def _holds_the_same(self) -> bool:
        try:
            snapshot = read_snapshot(self._path)
        except ConflictError:
            return False
        return snapshot.content == self._content and self._is_known_head(snapshot)

    def _is_known_head(self, snapshot: Snapshot) -> bool:
        if snapshot.head is None or self._head is None:
            return snapshot.head is None
        return sealed_head(snapshot.head) == sealed_head(self._head)

    def look(self) -> SnapshotHead | None:
        """The header of a file that has taken the place of the one that was read, if any did.

        A reader looks before it reads the log: what was saved is in the log already.
        """
        self._looked = _stamp(self._path)
        return None if self._looked == self._stamp else _head_at_end(self._path)

    def lost_to_reader(self, head: SnapshotHead | None, log_file: LogFile) -> str:
        """The fate of the file, in words, as it was looked at before the log was read.

        Empty where the writer of this log has written what was there.
        """
        if self._looked == self._stamp:
            return ""
        if head is None or not log_file.last:
            return self._what_became()
        in_log = log_file.first - 1 <= head.sequence <= log_file.last
        if in_log and log_file.hash_of(head.sequence) == head.hash:
            return ""
        return self._what_became()

    def will_be(self, new: Path) -> None:
        """Note the file that is about to be moved into the place of the case file.

        It counts as ours even where an error hides that it was moved.
        """
        self._next = _stamp(new)

    def saved(self, head: SnapshotHead) -> None:
        """Note that the new file is in its place."""
        self._stamp = self._next
        self.hold(head, head.records)


def _stamp(path: Path) -> tuple[int, ...]:
    """The device, inode, size and time of a file, which show a change; empty if missing."""
    try:
        found = path.stat()
    except (OSError, ValueError):
        return ()  # reading it raises a precise error
    return found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns


def _head_at_end(path: Path) -> SnapshotHead | None:
    """The header at the end of a case file, without reading the rest; None where there is none."""
    try:
        with path.open("rb") as file:
            file.seek(max(0, file.seek(0, os.SEEK_END) - _TAIL))
            _, found, row = file.read().rpartition(b'\n"%b": {\n "1": ' % HEAD.encode())
    except (OSError, ValueError):
        return None
    if not found:
        return None
    try:
        return msgspec.json.decode(row.removesuffix(b"\n}\n}\n"), type=SnapshotHead)
    except msgspec.MsgspecError:
        return None
