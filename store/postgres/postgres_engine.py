"""The storage of a case on a server: a copy that follows its log, and a log that decides.

A change is applied to the copy within a transaction, appended to the log on the server,
and only then committed here. Every question is asked of the copy.
"""

import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress

from store.database.engine import AddEntry, Batches
from store.database.import_parts import has_parts
from store.database.import_work import import_work, turn_work
from store.database.originals import set_aside
from store.database.redaction import Redaction
from store.database.sqlite_engine import SqliteEngine
from store.errors import (
    ConflictError,
    DamagedCase,
    OutrunChange,
    ReadOnlyCase,
    RefusedChange,
    ReplacedCase,
    UnreachableServer,
    UnwritableCase,
)
from store.model.change import Change
from store.model.log_line import Act, Imported, Line, reason_of
from store.model.text_fields import FieldOfRecord
from store.postgres.copies import discard_idle
from store.postgres.following_engine import FollowingEngine
from store.postgres.packed_snapshot import PackedSnapshot
from store.postgres.replace_copy import remove_database, replace_content, try_redaction
from store.postgres.server import CaseServer, HeadMoved, Redacted
from store.postgres.spool import BatchSpool

_TRIES = 20
"""The most times that a change is applied to what others have made of the case meanwhile."""

_LOOKED_AT = 1_000
"""The most entries that are searched for who changed a record."""

_SNAPSHOT_AFTER = 5_000
"""The number of entries after which a new desk should not have to replay them all."""

_BATCHES_KEPT = 4 << 20
"""The bytes of imports after which the same holds."""

_EDITORS = ("editor", "owner")

Turned = tuple[int | None, int | None]
"""The entry that an act undoes, and the one that it redoes."""


class PostgresEngine(FollowingEngine):
    """An open case on a server. See `store.database.engine`."""

    def apply_change(self, change: Change, entry: Line) -> None:
        """Apply a change, and log it on the server, whoever else writes at the same time.

        Raises `RefusedChange`, which names who changed the same records, where it
        does not fit any more.
        """
        try:
            self._in_turn(
                lambda: SqliteEngine.apply_change(self, change, entry),
                self._take_newer,
                (entry.undoes, entry.redoes),
            )
        except (RefusedChange, DamagedCase) as error:
            raise self._naming_other(error, {edit.id for edit in change.edits}) from error

    def _in_turn(
        self,
        work: Callable[[], None],
        take_newer: Callable[[], None],
        turned: Turned = (None, None),
    ) -> None:
        """Do work that appends an entry; where others were faster, take their entries first.

        The first attempt asks nothing before, unless others have just told of theirs. Each
        later one waits for its turn, so that nobody is faster again.
        """
        server = self._reached()
        with server.lock:
            for attempt in range(int(server.has_news()), _TRIES):
                try:
                    with self._telling_of_made():
                        if attempt:
                            take_newer()  # most of it while others have their turn
                            server.take_turn(long=self._spool is not None)
                            take_newer()
                            self._require_same_turn(turned)
                        work()
                except HeadMoved:
                    continue
                finally:
                    if server.in_turn:
                        server.roll_back()
                return
        server.require_end(self.end)
        raise RefusedChange(
            f"{self.address}: others change it too quickly; nothing was changed", "try again"
        )

    @contextmanager
    def _telling_of_made(self) -> Iterator[None]:
        """Raise `UnwritableCase` for an error after which the server has the change already."""
        self._acknowledged = False
        try:
            yield
        except (ConflictError, sqlite3.Error) as error:
            if not self._acknowledged:
                raise
            raise UnwritableCase(
                f"{self.path}: the change was made on the server, but its copy here"
                f" could not be written ({error})",
                "check the disk, and open it again",
            ) from error

    def _require_same_turn(self, turned: Turned) -> None:
        """Raise `RefusedChange` where the entry to undo or redo is not the next one any more."""
        nexts = ((None, None), (self.next_undo, None), (None, self.next_redo))
        if turned not in nexts:
            last = self.entry(self.last)
            raise RefusedChange(
                f"{last.who} changed the case meanwhile: {reason_of(last)}",
                "look at it, and press the key again",
            )

    def _take_newer(self) -> None:
        """Apply the entries that the copy lacks; the caller holds the query lock."""
        for line in self._reached().lines_after(self.end):
            if change := self.replay(line):
                self._taken.append(change)

    def _take_newer_unlocked(self) -> None:
        with self.query_lock:
            self._take_newer()

    def _add_to_log(self, connection: sqlite3.Connection, line: Line) -> Line:
        """Append a line to the server's log, and to that of the copy within its transaction."""
        end = self._log.end(connection)
        line = super()._add_to_log(connection, line)
        if self._replaying is not None:
            return line
        if self._gathered is not None:
            self._gathered.append(line)
            return line
        batches = self._spool.contents if self._spool else None
        self._reached().append(end, line, batches, self._originals)
        self._acknowledged = True
        return line

    def _naming_other(self, error: ConflictError, ids: set[str]) -> ConflictError:
        """Add to an error who last changed one of the records, if it was not we."""
        for sequence in range(self.last, max(self.last - _LOOKED_AT, self.first - 1, 0), -1):
            line = self.entry(sequence)
            if ids.isdisjoint(edit.id for edit in line.edits):
                continue
            if line.who != self.member:
                error.message += (
                    f"; {line.who} changed it (entry {sequence}, {line.when}): {reason_of(line)}"
                )
            break
        return error

    def import_batches(
        self, change: Change, what: Callable[[], Imported], batches: Batches
    ) -> None:
        """Import as one entry; its batches are sent with it."""
        with closing(BatchSpool(self._held.folder)) as spool:
            self._spool = spool
            given: list[Imported] = []

            def once() -> Imported:
                given[:] = given or [what()]
                return given[0]

            def work() -> None:
                again = spool.edits() if given else spool.kept(batches)
                self._in_long_transaction(import_work(change, once, again))

            try:
                self._in_turn(work, self._take_newer_unlocked)
            finally:
                self._spool = None

    def undo_or_redo_import(self, line: Line, change: Change, act: Act) -> bool:
        """Undo or redo an import whose records are stored beside the log."""
        with self.query_lock:
            if line.edits or not has_parts(self.connection, line.sequence):
                return False
        work = turn_work(line, change, act)
        turned = (line.sequence, None) if act is Act.UNDO else (None, line.sequence)
        self._in_turn(lambda: self._in_long_transaction(work), self._take_newer_unlocked, turned)
        return True

    def add_entries(self, work: Callable[[AddEntry], None], when: str) -> None:
        """Apply several changes, and log them on the server, all or none.

        Raises `OutrunChange` where others have appended since the changes were made.
        """
        server, end = self._reached(), self.end
        lines: list[Line] = []

        def sent(add: AddEntry) -> None:
            work(add)
            if lines:
                server.append_merge(end, lines, self._originals)
                self._acknowledged = True

        self._gathered = lines
        try:
            with server.lock, self._telling_of_made():
                super().add_entries(sent, when)
        except HeadMoved:
            raise OutrunChange(
                f"{self.address}: others changed it meanwhile; nothing of it was made", "try again"
            ) from None
        finally:
            self._gathered = None

    @contextmanager
    def sending_original(self, content: bytes) -> Iterator[None]:
        """Send the bytes of an original with the act within the context."""
        self._originals.append(content)
        try:
            yield
        finally:
            self._originals.clear()

    def redact(self, request: Redaction, change: Change) -> list[FieldOfRecord]:
        """Redact words in a copy beside, then on the server, and then here."""
        server, beside = self._reached(), self._held.folder / ".redacting.db"
        remaining: list[FieldOfRecord] = []

        def work() -> None:
            tried = try_redaction(self.connection, beside, request, change)
            redacted = Redacted(tried.line, tried.altered, set_aside(self.path))
            end = (tried.line.sequence, tried.line.hash)
            with closing(PackedSnapshot(beside, end)) as snapshot:
                server.redact(tried.end, redacted, snapshot)
            self._acknowledged = True
            with self._readers.paused():
                replace_content(self.connection, beside)
            remaining[:] = tried.remaining

        try:
            with self.query_lock:
                self._in_turn(work, self._take_newer)
                self._files.note_content(self.connection)
                self.case = self._read_case()
        finally:
            remove_database(beside)
        discard_idle(self._held)
        return remaining

    def finish_redaction(self, when: str) -> None:
        """Do nothing: a redaction is whole before the server has it."""

    def start_writing(self, follow: Callable[[], list[Change]]) -> list[Change]:
        """Go on writing where the server can be reached, and this user may write."""
        if self._server is None:
            try:
                server = CaseServer(self._held.address)
            except UnreachableServer as error:
                raise ReadOnlyCase(error.message, error.hint) from error
            if not server.has(self.end):
                server.close()
                self.replaced = f"{self.address}: is another case than its copy here"
                raise ReplacedCase(self.replaced, "open it again")
            self._server, self._offline = server, ""
        else:
            self._server.look()  # the role may be another by now
        changes = follow()
        if why := self.why_read_only:
            raise ReadOnlyCase(why, "ask an owner of the case for another role")
        return changes

    def save_snapshot(self, changing: threading.Lock) -> None:
        """Move all changes into one file; where the log has grown much, send that to the server.

        Where the server cannot be reached just now, somebody else does so, or later.
        """
        super().save_snapshot(changing)
        if self._server is not None and self._server.about.role in _EDITORS and not self.broken:
            with suppress(UnreachableServer, ReadOnlyCase, RefusedChange):
                self._send_snapshot(self._server, changing)

    def _send_snapshot(self, server: CaseServer, changing: threading.Lock) -> None:
        with changing, self.query_lock:
            end = self.end
            since = end[0] - server.snapshot_about().sequence
            grown = since >= _SNAPSHOT_AFTER or server.size_of_batches() >= _BATCHES_KEPT
            if since <= 0 or not grown:
                return
            snapshot = PackedSnapshot.of_open(self.connection, end, self._held.folder)
        with closing(snapshot):
            server.put_snapshot(snapshot)
