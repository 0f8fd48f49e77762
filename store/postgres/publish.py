"""A new case on a server, from a database of this program."""

from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

from store.database import disk, originals, seals, sqlite
from store.database.log_table import LogTable
from store.errors import ExistingFile, ReadOnlyCase, UnfitMachine
from store.model.case_address import CaseAddress
from store.postgres.connection import Row, ServerConnection
from store.postgres.packed_snapshot import PackedSnapshot
from store.postgres.server import VERSION, CaseServer, End

if TYPE_CHECKING:
    import psycopg

OLDEST = 13
"""The first version of PostgreSQL with the functions that the tables use."""

_COPY = "COPY log (sequence, act, member, line) FROM STDIN"
_TABLES = Path(__file__).with_name("schema.sql")


def publish(database: Path, address: CaseAddress) -> None:
    """Make a case on the server with everything that a database has; its owner is who does it.

    It is one transaction. Raises `ExistingFile` where the server has a schema of this
    name, `ReadOnlyCase` where this role may make none, and what opening the database raises.
    """
    with (
        closing(ServerConnection(address)) as server,
        closing(sqlite.connect(database, writing=False)) as connection,
    ):
        begins = connection.execute("SELECT sequence, hash FROM cases").fetchone()
        end = LogTable(database).end(connection)
        snapshot = PackedSnapshot.of_open(connection, end, database.parent)

        def make(to: "psycopg.Connection[Row]") -> None:
            with server.transaction(long=True):
                _make_tables(to, address)
                _insert_case(to, begins, end)
                lines = connection.execute("SELECT sequence, line FROM log ORDER BY sequence")
                with to.cursor().copy(_COPY) as copy:
                    for sequence, line in lines:
                        copy.write_row((sequence, uuid4(), server.member, line))
                CaseServer.add_snapshot(to, snapshot)
                _insert_beside(to, database)

        with closing(snapshot):
            server.run(make)


def _make_tables(to: "psycopg.Connection[Row]", address: CaseAddress) -> None:
    from psycopg import errors, sql

    if to.info.server_version < OLDEST * 10_000:
        raise UnfitMachine(
            f"{address}: the server is older than version {OLDEST}", "use a newer one"
        )
    row = to.execute("SHOW server_encoding").fetchone()
    if row != ("UTF8",):
        raise UnfitMachine(
            f"{address}: the database has the encoding {row and row[0]}, and a case needs UTF8",
            "create another: CREATE DATABASE … TEMPLATE template0 ENCODING 'UTF8'",
        )
    try:
        to.execute(sql.SQL("CREATE SCHEMA {}").format(sql.Identifier(address.case)))
    except errors.DuplicateSchema as error:
        raise ExistingFile(address, "name another case") from error
    except errors.InsufficientPrivilege as error:
        raise ReadOnlyCase(
            f"{address}: you may not make a case in this database",
            "ask whoever owns it: GRANT CREATE ON DATABASE … TO …",
        ) from error
    to.execute(_TABLES.read_bytes())


def _insert_case(to: "psycopg.Connection[Row]", begins: End, end: End) -> None:
    to.execute("INSERT INTO members VALUES (session_user, 'owner')")
    to.execute(
        "INSERT INTO about (version, identity, begins, begins_hash, sequence, hash)"
        " VALUES (%s, %s, %s, %s, %s, %s)",
        (VERSION, uuid4(), *begins, *end),
    )


def _insert_beside(to: "psycopg.Connection[Row]", database: Path) -> None:
    for file in originals.kept_originals(database):
        to.execute("INSERT INTO originals VALUES (%s, %s)", (file.name, disk.read_file(file)))
    for seal in seals.kept_seals(database):
        to.execute(
            "INSERT INTO seals VALUES (%s, %s)", (seal.file.name, seals.read_seal(seal.file))
        )
