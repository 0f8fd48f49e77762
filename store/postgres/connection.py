"""The connection to a server: opened again with back-off, its errors as those of `store.errors`."""

import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, TypeVar

from store.errors import (
    ConflictError,
    DamagedCase,
    RefusedLogin,
    UnreachableServer,
)
from store.model.case_address import CaseAddress
from store.postgres.driver import give_up_silence, load_driver, without_warning
from store.postgres.server_errors import lost_error, one_line, server_error

if TYPE_CHECKING:
    import psycopg

T = TypeVar("T")
Row = tuple[Any, ...]

PATIENT = (0.05, 0.2, 0.5, 1.0, 2.0, 4.0)
"""Seconds before each new attempt to reach a server that was lost; for an act under way."""

_PATIENCE = 10.0
"""Seconds after which no new attempt begins, as where a network answers nothing at all."""

SILENCE, LONG_SILENCE = 75.0, 1_900.0
"""Seconds after which a server that says nothing is given up; it ends statements before."""

LONG = (
    "SET LOCAL statement_timeout = '30min'; SET LOCAL idle_in_transaction_session_timeout = '30min'"
)
"""The limits of a transaction with an import, a redaction or a snapshot."""

BRIEF = (0.0, 0.1, 0.4)
"""Seconds as in `PATIENT`, for questions, which can be asked later."""

_DEFAULTS = {
    "connect_timeout": "5",
    "application_name": "conflict-tui",
    "keepalives_idle": "10",
    "keepalives_interval": "5",
    "keepalives_count": "3",
    "tcp_user_timeout": "20000",
}
_SESSION = """
    SET statement_timeout = '60s';
    SET lock_timeout = '30s';
    SET idle_in_transaction_session_timeout = '120s';
    SET synchronous_commit = on;
    SET client_encoding = 'UTF8';
    SET standard_conforming_strings = on;
"""


class ServerConnection:
    """One connection to a server, used by one thread at a time.

    Whatever is executed sees the schema of the case alone.
    """

    def __init__(self, address: CaseAddress) -> None:
        """Connect. Raises `UnreachableServer`, and `UnfitMachine` without the driver."""
        self.address = address
        self.lock = threading.RLock()
        self.in_turn = False
        self.news = True
        """True where the log may be longer than it was when it was read last."""
        self.seen = 0
        """The number of the last entry that was read or appended here."""
        self.member = ""
        self._psycopg = load_driver()
        self._connection: psycopg.Connection[Row] | None = None
        self._long = False
        self._again_at, self._failures = 0.0, 0
        self._listening = False
        self.run(lambda _: None)

    def run(
        self, work: Callable[["psycopg.Connection[Row]"], T], *, waits: Sequence[float] = ()
    ) -> T:
        """Do work that may be done twice; where the connection is lost, connect and do it again.

        Raises `UnreachableServer` after the last of the waits, and other errors at once, such
        as `RefusedLogin`: the server may lock who tries again and again.
        """
        last = time.monotonic() + _PATIENCE
        for wait in (*waits, None):
            try:
                with self.lock, self._translated():
                    return work(self._connected())
            except RefusedLogin:
                raise
            except UnreachableServer:
                if wait is None or time.monotonic() > last:
                    raise
                time.sleep(wait)
        raise AssertionError("the last attempt returns or raises")

    def lift_limits(self, connection: "psycopg.Connection[Row]") -> None:
        """Let the statements of a transaction take long."""
        connection.execute(LONG)
        self._long = True

    def rows(self, query: str, *values: object) -> list[Row]:
        """Read rows; again where the connection is lost."""
        return self.run(
            lambda one: one.execute(query.encode(), values, binary=True).fetchall(), waits=BRIEF
        )

    def _connected(self) -> "psycopg.Connection[Row]":
        if self._connection is None or self._connection.closed:
            self.in_turn, self._connection = False, None
            self._connection = self._connect()
        return self._connection

    def _connect(self) -> "psycopg.Connection[Row]":
        settings = without_warning(_DEFAULTS | dict(self.address.settings))
        try:
            connection: psycopg.Connection[Row] = self._psycopg.connect(autocommit=True, **settings)
        except self._psycopg.Error:
            self._failures += 1
            self._again_at = time.monotonic() + min(0.5 * 2**self._failures, 30.0)
            raise
        give_up_silence(connection, lambda: LONG_SILENCE if self._long else SILENCE)
        try:
            connection.execute(_SESSION)
            connection.execute(
                "SELECT set_config('search_path', quote_ident(%s) || ', pg_temp', false)",
                (self.address.case,),
            )
            self.member = "".join(*connection.execute("SELECT session_user::text"))
            connection.add_notify_handler(lambda told: self._hear(told.payload))
            if self._listening:
                self._listen(connection)
        except BaseException:
            connection.close()
            raise
        self._failures, self.news = 0, True
        return connection

    def listen(self) -> None:
        """Be told of new entries of the log from now on, also after the connection was lost."""
        self.run(self._listen)
        self._listening = True

    def _listen(self, connection: "psycopg.Connection[Row]") -> None:
        (channel,) = connection.execute("SELECT channel()").fetchone() or ("",)
        name = self._psycopg.sql.Identifier(str(channel))
        connection.execute(self._psycopg.sql.SQL("LISTEN {}").format(name))

    def _hear(self, told: str) -> None:
        """Note that the log has grown, unless it is told of what was read or appended here."""
        if not told.isdecimal() or int(told[:18]) > self.seen:
            self.news = True

    @property
    def rests(self) -> bool:
        """True where the server is lost, and it is too early to try again."""
        lost = self._connection is None or self._connection.closed
        return bool(lost) and time.monotonic() < self._again_at

    def has_news(self) -> bool:
        """Tell if the log may have grown, without asking the server; also when it is lost."""
        if not self.lock.acquire(blocking=False):
            return False  # an act is under way, which sees what is new
        try:
            if self._connection is None or self._connection.closed:
                return not self.rests
            if not self.news:
                with self._translated():
                    self._connection.pgconn.consume_input()
                    while told := self._connection.pgconn.notifies():
                        self._hear(told.extra.decode(errors="replace"))
        except ConflictError:
            return True
        finally:
            self.lock.release()
        return self.news

    @contextmanager
    def transaction(self, *, long: bool = False) -> Iterator[None]:
        """Make what is executed within the context one transaction, or the end of our turn.

        In a `long` one each statement may take more than a minute.
        """
        connection = self._connected()
        if not self.in_turn:
            connection.execute("BEGIN")
        self.in_turn = False
        try:
            if long:
                self.lift_limits(connection)
            yield
            connection.execute("COMMIT")
            self._long = False
        except BaseException:
            self.roll_back()
            raise

    def roll_back(self) -> None:
        """End a transaction without effect; where that fails, the connection goes with it."""
        self.in_turn = self._long = False
        if self._connection is None or self._connection.closed:
            return
        try:
            self._connection.execute("ROLLBACK")
        except self._psycopg.Error:
            self._connection.close()

    def close(self) -> None:
        """Close the connection."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    @contextmanager
    def _translated(self) -> Iterator[None]:
        try:
            yield
        except self._psycopg.Error as error:
            raise self._error(error) from error
        except (ValueError, TypeError, UnicodeError) as error:
            raise DamagedCase(
                f"{self.address}: the server's answer makes no sense ({one_line(error)})",
                "check that it is the right server",
            ) from error

    def _error(self, error: "psycopg.Error") -> ConflictError:
        state = error.sqlstate or ""
        lost = self._connection is None or self._connection.closed or state[:2] in ("57", "08")
        if lost and state != "57014" and isinstance(error, self._psycopg.OperationalError):
            return lost_error(error, self.address)
        return server_error(error, self.address, self.member)
