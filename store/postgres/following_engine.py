"""The reading side of a case on a server: a copy here, which follows the log there."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import suppress

from store.database.import_work import import_work, turn_work
from store.database.originals import read_original
from store.database.sqlite_engine import SqliteEngine
from store.errors import (
    DamagedCase,
    ReadOnlyCase,
    RefusedChange,
    RefusedLogin,
    ReplacedCase,
    UnreachableServer,
    UnwritableCase,
)
from store.model.change import Change
from store.model.labels import count_text
from store.model.log_line import HIDING, Line, as_change, as_entry, reason_of
from store.postgres.bring_up import copied_from_another, fetch_original, prepare_copy
from store.postgres.copies import Copy, begin_use, discard_idle, end_use, kept_copies, replacing
from store.postgres.replace_copy import remove_database, replace_content
from store.postgres.server import CaseServer
from store.postgres.snapshot import end_of, fetch_snapshot
from store.postgres.spool import BatchSpool, decoded

_WRITERS = ("coder", "editor", "owner")


class FollowingEngine(SqliteEngine):
    """A copy of a case on a server, which is brought up to the log of that whenever it grew."""

    def __init__(self, copy: Copy) -> None:
        """Bring the copy up to the server's log; without the server, open it as it is.

        Raises `UnreachableServer` where there is no copy yet, and `DamagedCase` where
        what the server says cannot be true.
        """
        self._held = copy
        self._server: CaseServer | None = None
        self._replaying: Line | None = None
        self._spool: BatchSpool | None = None
        self._gathered: list[Line] | None = None
        self._originals: list[bytes] = []
        self._taken: list[Change] = []
        self._acknowledged = self._lost = False
        self._offline = ""
        begin_use(copy)
        try:
            self._open()
        except DamagedCase:
            self._close_copy()
            try:  # it may be the copy that is wrong
                with replacing(copy):
                    self._open_or_close()
            except BaseException:
                self.close()
                raise
        except BaseException:
            self.close()
            raise

    def _open_or_close(self) -> None:
        try:
            self._open()
        except BaseException:
            self._close_copy()
            raise

    def _open(self) -> None:
        try:
            self._server = self._server or CaseServer(self._held.address)
            prepare_copy(self._held, self._server)
        except OSError as error:
            raise UnwritableCase(
                f"{self._held.path}: cannot be made anew ({error.strerror})",
                f"delete the folder {self._held.folder}",
            ) from error
        except RefusedLogin:
            raise  # who is not let in is not shown the copy of somebody who was
        except UnreachableServer as error:
            if not self._held.path.is_file() and not copied_from_another(self._held):
                raise
            if self._server is not None:
                self._server.close()
            self._server = None
            self._offline = f"{error.message}; this is its copy here, {_age(self._held.seen)}"
        super().__init__(self._held.path, writing=True)
        # the server is what must not lose anything
        self.connection.execute("PRAGMA synchronous = NORMAL")
        if self._offline:
            self.notices.append(self._offline)
        self.notices += (
            f"{kept}: has entries that the server lost, as its log was cut off or replaced;"
            " compare it, and then delete it"
            for kept in kept_copies(self._held)
        )
        try:
            for line in self.lines():
                self.replay(line)
        except UnreachableServer as error:
            self.notices.append(error.message)

    @property
    def member(self) -> str:
        """The login role under which the server logs acts."""
        return self._server.member if self._server else ""

    @property
    def address(self) -> str:
        """The address of the case, without any secret."""
        return str(self._held.address)

    @property
    def why_read_only(self) -> str:
        """The reason for which nothing can be changed; empty where it can."""
        if self._server is None:
            return self._offline
        role = self._server.about.role
        if role in _WRITERS:
            return ""
        return f"{self.member} has the role {role or 'none'} in {self.address}"

    def has_news(self) -> bool:
        """Tell if others may have changed the case, without asking the server."""
        if self.broken or self.replaced:
            return False
        return bool(self._taken) or (self._server is not None and self._server.has_news())

    def taken(self) -> list[Change]:
        """The changes of others that were applied while an act was made, each once."""
        taken, self._taken = self._taken, []
        return taken

    def lines(self) -> Iterator[Line]:
        """Read the entries that the copy lacks; none where the server is lost for now."""
        server = self._server
        if server is None or self.broken or server.rests:
            return
        try:
            yield from server.lines_after(self.end)
        except ReplacedCase as error:
            self.replaced = error.message
            raise
        except UnreachableServer:
            if self._lost:
                return
            self._lost = True
            raise
        self._lost = False
        self._held.note_seen()

    def replay(self, line: Line) -> Change | None:
        """Apply an entry of the server's log to the copy, and return its change.

        Raises `DamagedCase` where it does not fit: then nothing more is taken from the server.
        """
        if line.sequence <= self.end[0]:
            return None  # a snapshot had it
        self._replaying = line
        try:
            change = self._replayed(line)
        except (DamagedCase, RefusedChange, ValueError, LookupError) as error:
            self.broken = f"entry {line.sequence} of the server's log makes no sense"
            raise self._reached().nonsense(
                f"entry {line.sequence} of its log, by {line.who}, does not fit the case: {error}"
            ) from error
        finally:
            self._replaying = None
        return change

    def _replayed(self, line: Line) -> Change:
        change = as_change(as_entry(line))
        bare = Change(line.who, line.when, reason_of(line), ())
        if line.act in HIDING or change is None:
            self._take_snapshot(line)
            return bare
        turned = line.undoes or line.redoes
        if line.edits or line.imported is None:
            super().apply_change(change, line)
        elif turned is not None:
            work = turn_work(self.entry(turned), bare._replace(why=str(line.why)), line.act)
            self._long_transaction(work, lambda: None)
        elif self._reached().snapshot_about().sequence >= line.sequence:
            self._take_snapshot(line)  # with which the batches went
        else:
            imported, batches = line.imported, self._reached().batches(line.sequence)
            self._long_transaction(
                import_work(bare, lambda: imported, map(decoded, batches)), lambda: None
            )
        return bare if not line.edits else change

    def _take_snapshot(self, line: Line) -> None:
        """Make the copy anew from the server's snapshot, which has the entry."""
        fetched = self._held.folder / ".fetched.db"
        try:
            fetch_snapshot(self._reached(), fetched)
            end = end_of(fetched)
            if end is None or end[0] < line.sequence:
                raise DamagedCase("the snapshot does not have it", "")
            with self._readers.paused():
                replace_content(self.connection, fetched)
        finally:
            remove_database(fetched)
        discard_idle(self._held)
        self._files.note_content(self.connection)
        self.case = self._read_case()

    def _add_to_log(self, connection: sqlite3.Connection, line: Line) -> Line:
        """Append a line to the log of the copy; of a replayed one the hash must be the same."""
        line = super()._add_to_log(connection, line)
        if self._replaying is not None and line.hash != self._replaying.hash:
            raise DamagedCase("applied here, it has another hash", "")
        return line

    def fetch_original(self, digest: str) -> None:
        """Fetch an original that the copy lacks, where the server has it."""
        if self._server is not None and read_original(self.path, digest) is None:
            with suppress(UnreachableServer):
                fetch_original(self.path, self._server, digest)

    def _reached(self) -> CaseServer:
        """The server. Raises `ReadOnlyCase` where the copy was opened without it."""
        if self._server is None:
            raise ReadOnlyCase(self._offline, "open it again when the server can be reached")
        return self._server

    def _close_copy(self) -> None:
        if getattr(self, "_lock", None) is not None:  # it is open
            super().close()

    def close(self) -> None:
        """Close the copy and the connection; the copy stays for the next time."""
        try:
            self._close_copy()
        finally:
            if self._server is not None:
                self._server.close()
            end_use(self._held)


def _age(seen: float) -> str:
    """The age of a copy, in words."""
    minutes = max(int(time.time() - seen) // 60, 0)
    if not seen:
        return "of an unknown age"
    for size, unit in ((1440, "day"), (60, "hour"), (1, "minute")):
        if minutes >= size:
            return f"as it was {count_text(minutes // size, unit)} ago"
    return "as it was a moment ago"
