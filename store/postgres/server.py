"""A case on a server: its log, the batches of its imports, its snapshot, originals and seals.

What the server answers is checked before anybody sees it: each line is whole, and
continues the one before it.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple
from uuid import UUID, uuid4

from store.errors import DamagedCase, NewerCase, ReplacedCase, UnreachableServer
from store.model.case_address import CaseAddress
from store.model.log_line import Line, encode_line, read_line
from store.model.records import SCHEMA
from store.postgres.connection import PATIENT, Row, ServerConnection
from store.postgres.packed_snapshot import PackedSnapshot, SnapshotAbout
from store.postgres.server_errors import one_line

if TYPE_CHECKING:
    import psycopg

VERSION = 1
"""The version of the tables on the server, in `schema.sql`."""

_LINES_AT_ONCE = 200

End = tuple[int, str]
"""The number and the hash of the last entry of a log."""


class HeadMoved(Exception):
    """The log on the server has entries that the copy lacks, so that nothing was appended."""


class About(NamedTuple):
    """A case as its server describes it; `role` is that of who is logged in."""

    version: int
    identity: str
    sequence: int
    hash: str
    role: str


class Redacted(NamedTuple):
    """A redaction: its line, the lines that it alters, and the originals that it removes."""

    line: Line
    altered: Sequence[Line]
    originals: Sequence[str]


class CaseServer(ServerConnection):
    """A connection to the server of a case, which is open to one process."""

    def __init__(self, address: CaseAddress) -> None:
        """Connect. Raises what `ServerConnection` does, `MissingCase` and `NewerCase`."""
        super().__init__(address)
        try:
            self.about = self.look()
            self.listen()
        except BaseException:
            self.close()
            raise

    def look(self) -> About:
        """Read where the case stands."""
        rows = self.rows(
            "SELECT version, identity::text, sequence, hash, coalesce(my_role(), '') FROM about"
        )
        if len(rows) != 1 or not _fits(rows[0], (int, str, int, str, str)) or rows[0][0] < 1:
            raise self.nonsense("it does not say what it is")
        found = About(*rows[0])
        if found.version > VERSION:
            raise NewerCase(
                f"{self.address}: its tables have version {found.version}, but this program reads"
                f" only up to {VERSION}",
                "open it with a newer conflict-tui; nothing was changed",
            )
        self.about = found
        return found

    def has(self, end: End) -> bool:
        """Tell if an entry of this number and hash is in the log, or before its first.

        Raises `DamagedCase` where the entry of this number was altered.
        """
        if self.rows("SELECT begins, begins_hash FROM about") == [end]:
            return True
        rows = self.rows("SELECT line, member FROM log WHERE sequence = %s", end[0])
        return any(self._read(end[0], row).hash == end[1] for row in rows)

    def lines_after(self, end: End) -> Iterator[Line]:
        """Read the entries after this one.

        Raises `DamagedCase` where they do not continue it, and `ReplacedCase` where the log
        does not even have this one any more.
        """
        sequence, hash = end
        self.news = False  # what comes from now on is told again
        while True:
            rows = self.rows(
                "SELECT line, member FROM log WHERE sequence > %s ORDER BY sequence LIMIT %s",
                sequence,
                _LINES_AT_ONCE,
            )
            for row in rows:
                line = self._read(sequence + 1, row)
                if (line.sequence, line.prev) != (sequence + 1, hash):
                    raise self.nonsense(
                        f"entry {sequence + 1} of its log does not continue the one before it"
                    )
                yield line
                sequence, hash = line.sequence, line.hash
                self.seen = max(self.seen, sequence)
            if not rows and (sequence, hash) == end and not self.has(end):
                raise ReplacedCase(
                    f"{self.address}: its log on the server has no entry {sequence} as the copy"
                    " here has it: it was cut off or replaced",
                    "open it again: the copy is kept; and ask who looks after the server",
                )
            if len(rows) < _LINES_AT_ONCE:
                return

    def require_end(self, end: End) -> None:
        """Raise `DamagedCase` where the log ends with this entry, and the server says otherwise."""
        if any(self.lines_after(end)):
            return
        about = self.look()
        if (about.sequence, about.hash) != end:
            raise self.nonsense(
                f"it says that its log ends with entry {about.sequence}, and it ends with {end[0]}"
            )

    def raw_lines(self) -> Iterator[Row]:
        """Read the number and the text of every entry, as they are."""
        last = -1
        while rows := self.rows(
            "SELECT sequence, line FROM log WHERE sequence > %s ORDER BY sequence LIMIT %s",
            last,
            _LINES_AT_ONCE,
        ):
            yield from rows
            last = rows[-1][0]

    def _read(self, sequence: int, row: Row) -> Line:
        if not _fits(row, (str, str)):
            raise self.nonsense(f"entry {sequence} of its log is no text")
        content, member = row
        try:
            line = read_line(content.encode() + b"\n")
        except ValueError as error:
            raise self.nonsense(
                f"entry {sequence} of its log, by {one_line(member)}: {one_line(error)}"
            ) from error
        if line.schema > SCHEMA:
            raise NewerCase(
                f"{self.address}: entry {sequence} is of schema {line.schema},"
                f" but this program reads only up to {SCHEMA}",
                "open it with a newer conflict-tui; nothing was changed",
            )
        return line

    def take_turn(self, *, long: bool = False) -> None:
        """Begin a transaction in which nobody else appends; an `append` ends it.

        A `long` one may be idle for half an hour, another for two minutes.
        """

        def take(connection: "psycopg.Connection[Row]") -> None:
            try:
                connection.execute("BEGIN; SELECT take_turn()")
                if long:
                    self.lift_limits(connection)
            except BaseException:
                self.roll_back()
                raise
            self.in_turn = True

        self.run(take, waits=PATIENT)

    def append(
        self,
        end: End,
        line: Line,
        batches: Callable[[], Iterable[bytes]] | None,
        originals: Sequence[bytes],
    ) -> None:
        """Append a line after this end of the log; once, however often the connection breaks.

        `batches`, of an import, is called again for each attempt.

        Raises `HeadMoved` where others have appended since: then nothing was
        appended. Raises `UnreachableServer` where it is not known if it was.
        """
        content, act = encode_line(line).decode().removesuffix("\n"), uuid4()

        def attempt(connection: "psycopg.Connection[Row]") -> None:
            if batches is None and not self.in_turn:  # one message, and one answer
                self._call_append(connection, act, end, content, originals)
                return
            with self.transaction(long=batches is not None):
                if not self._call_append(connection, act, end, content, originals):
                    return  # a transaction of which no answer came had all of it
                for part, batch in enumerate(batches() if batches else ()):
                    connection.execute("SELECT add_batch(%s, %s, %s)", (line.sequence, part, batch))

        self._telling_no_news(end, line.sequence, attempt)

    def _call_append(
        self,
        connection: "psycopg.Connection[Row]",
        act: UUID,
        end: End,
        content: str,
        originals: Sequence[bytes],
    ) -> bool:
        row = connection.execute(
            "SELECT append(%s, %s, %s, %s, %s::bytea[])", (act, *end, content, list(originals))
        ).fetchone()
        return _is_new(row)

    def append_merge(self, end: End, lines: Sequence[Line], originals: Sequence[bytes]) -> None:
        """Append the lines of a merge after this end of the log, all or none, as `append` does."""
        contents = [encode_line(one).decode().removesuffix("\n") for one in lines]
        act = uuid4()

        def attempt(connection: "psycopg.Connection[Row]") -> None:
            row = connection.execute(
                "SELECT append_merge(%s, %s, %s, %s::text[], %s::bytea[])",
                (act, *end, contents, list(originals)),
            ).fetchone()
            _is_new(row)

        self._telling_no_news(end, lines[-1].sequence, attempt)

    def _telling_no_news(
        self, end: End, last: int, attempt: Callable[["psycopg.Connection[Row]"], None]
    ) -> None:
        """Append up to an entry; what is told of it is no news, unless it was not appended."""
        self.seen = last
        try:
            self._once(attempt)
        except BaseException:
            self.seen, self.news = end[0], True
            raise

    def _once(self, attempt: Callable[["psycopg.Connection[Row]"], None]) -> None:
        try:
            self.run(attempt, waits=PATIENT)
        except UnreachableServer as error:
            error.message += "; whether the change was made will show when it is back"
            raise

    def redact(self, end: End, redacted: Redacted, snapshot: PackedSnapshot) -> None:
        """Append a redaction, alter the lines that it redacts, and replace the snapshot."""
        content = encode_line(redacted.line).decode().removesuffix("\n")
        altered = [encode_line(one).decode().removesuffix("\n") for one in redacted.altered]
        act = uuid4()

        def attempt(connection: "psycopg.Connection[Row]") -> None:
            with self.transaction(long=True):
                row = connection.execute(
                    "SELECT redact(%s, %s, %s, %s, %s::bigint[], %s::text[], %s::text[])",
                    (
                        act,
                        *end,
                        content,
                        [one.sequence for one in redacted.altered],
                        altered,
                        list(redacted.originals),
                    ),
                ).fetchone()
                if _is_new(row):
                    self.add_snapshot(connection, snapshot)

        self._once(attempt)

    def put_snapshot(self, snapshot: PackedSnapshot) -> None:
        """Replace the snapshot, and drop the batches that it makes needless."""

        def attempt(connection: "psycopg.Connection[Row]") -> None:
            with self.transaction(long=True):
                self.add_snapshot(connection, snapshot)

        self.run(attempt)

    @staticmethod
    def add_snapshot(connection: "psycopg.Connection[Row]", snapshot: PackedSnapshot) -> None:
        """Replace the snapshot within a transaction."""
        connection.execute("SELECT begin_snapshot(%s, %s, %s, %s)", snapshot.about)
        for number, part in enumerate(snapshot.parts()):
            connection.execute("SELECT add_snapshot_part(%s, %s)", (number, part))

    def snapshot_about(self) -> SnapshotAbout:
        """Describe the snapshot. Raises `DamagedCase` where there is none."""
        rows = self.rows("SELECT sequence, hash, size, sha256 FROM snapshot_about")
        if len(rows) != 1 or not _fits(rows[0], (int, str, int, str)):
            raise self.nonsense("it has no snapshot")
        return SnapshotAbout(*rows[0])

    def size_of_batches(self) -> int:
        """The bytes of the imports that the snapshot lacks."""
        ((size,),) = self.rows("SELECT coalesce(sum(length(content)), 0)::bigint FROM batches")
        return int(size)

    def snapshot_parts(self) -> Iterator[bytes]:
        """Read the parts of the snapshot, in order."""
        number = 0
        while rows := self.rows("SELECT content FROM snapshot WHERE part = %s", number):
            yield self._bytes(rows[0], "its snapshot")
            number += 1

    def batches(self, sequence: int) -> Iterator[bytes]:
        """Read the batches of an import, in order."""
        part = 0
        while rows := self.rows(
            "SELECT content FROM batches WHERE sequence = %s AND part = %s", sequence, part
        ):
            yield self._bytes(rows[0], f"the import of entry {sequence}")
            part += 1

    def originals(self) -> list[str]:
        """The SHA-256 of each original."""
        return [str(one) for (one,) in self.rows("SELECT sha256 FROM originals")]

    def original(self, digest: str) -> bytes | None:
        """Read an original; None where there is none of this SHA-256."""
        rows = self.rows("SELECT content FROM originals WHERE sha256 = %s", digest)
        return self._bytes(rows[0], "an original") if rows else None

    def seals(self) -> list[tuple[str, bytes]]:
        """Read the time stamps, each with the name of its file."""
        rows = self.rows("SELECT name, content FROM seals")
        return [(str(name), self._bytes((content,), "a time stamp")) for name, content in rows]

    def keep_seal(self, name: str, content: bytes) -> None:
        """Keep a time stamp under the name of its file."""
        self.rows("SELECT keep_seal(%s, %s)", name, content)

    def grant(self, member: str, role: str) -> None:
        """Give a login role of the server a role in the case, or `none`."""
        self.rows("SELECT grant_role(%s, %s)", member, role)

    def members(self) -> list[tuple[str, str]]:
        """The members of the case with their roles."""
        rows = self.rows("SELECT member, role FROM members ORDER BY member")
        return [(str(member), str(role)) for member, role in rows]

    def _bytes(self, row: Row, what: str) -> bytes:
        if not _fits(row, (bytes,)):
            raise self.nonsense(f"{what} is not readable")
        return bytes(row[0])

    def nonsense(self, why: str) -> DamagedCase:
        """Make the error of a server whose answer cannot be true."""
        return DamagedCase(
            f"{self.address}: {why}",
            "nothing of it is shown; ask who looks after the server, and compare with head",
        )


def _is_new(row: Row | None) -> bool:
    """Tell if an act was made just now, and not before. Raises `HeadMoved` if it was not made."""
    if row not in (("made",), ("done",)):
        raise HeadMoved
    return row == ("made",)


def _fits(row: Row, kinds: tuple[type, ...]) -> bool:
    return len(row) == len(kinds) and all(map(isinstance, row, kinds))
