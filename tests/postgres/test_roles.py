"""What each role may do, as the server enforces it against any program."""

import json
from typing import Any
from uuid import uuid4

import msgspec
import psycopg
import pytest

from store.archive import Archive
from store.custody.server_cases import grant, members
from store.database.log_entry import entry_of
from store.errors import MissingCase, ReadOnlyCase, RefusedChange, UsageError
from store.model.case_address import CaseAddress
from store.model.change import Change, Edit
from store.model.judgements import Note
from store.model.log_line import encode_line, sealed
from tests.postgres.acts import FALL, FLIGHT, WHEN, entitle, entitled, note, title_of, withdraw
from tests.postgres.conftest import Opened, as_member
from tests.postgres.pg_server import PgServer

_TABLES = (
    "about",
    "log",
    "batches",
    "snapshot",
    "snapshot_about",
    "originals",
    "seals",
    "members",
)
TEAM = {"edda": "editor", "carl": "coder", "cora": "coder", "rita": "reader"}

_WRITING = (
    "DELETE FROM {0}",
    "TRUNCATE {0}",
    "INSERT INTO {0} DEFAULT VALUES",
    "UPDATE {0} SET {1}",
    "ALTER TABLE {0} RENAME TO other",
    "CREATE TRIGGER t AFTER INSERT ON {0} EXECUTE FUNCTION my_role()",
    "CREATE TABLE mine AS SELECT * FROM {0}",
)


@pytest.fixture
def team(address: CaseAddress) -> CaseAddress:
    """The case with a member of each role."""
    for member, role in (
        ("edda", "editor"),
        ("carl", "coder"),
        ("cora", "coder"),
        ("rita", "reader"),
    ):
        grant(address, member, role)
    return address


def test_nobody_writes_past_the_functions(team: CaseAddress, server: PgServer) -> None:
    for member in ("edda", "carl", "rita"):
        with server.connect(member, team.case) as connection:
            for table in _TABLES:
                connection.execute(f"SELECT * FROM {table}".encode())
                for statement in _WRITING:
                    with pytest.raises(psycopg.errors.InsufficientPrivilege):
                        connection.execute(statement.format(table, _column(table)).encode())


def _column(table: str) -> str:
    """The assignment of a column of a table."""
    named = {"members": "role = 'owner'", "log": "line = ''", "originals": "sha256 = ''"}
    return "one = true" if "about" in table else named.get(table, "content = ''")


def test_nobody_calls_what_the_functions_call(team: CaseAddress, server: PgServer) -> None:
    for member in ("edda", "carl", "rita"):
        with server.connect(member, team.case) as connection:
            for call in (
                "append_line(NULL, 0, '', '', '{redaction}', '{}')",
                "check_coder('{}')",
                "edits_of('{}', true)",
                "need('owner')",
            ):
                with pytest.raises(psycopg.errors.InsufficientPrivilege):
                    connection.execute(f"SELECT {call}".encode())


@pytest.mark.parametrize("member", ["rita", "a stranger"])
def test_a_reader_appends_nothing(
    team: CaseAddress, opened: Opened, server: PgServer, member: str
) -> None:
    if member == "rita":
        with pytest.raises(ReadOnlyCase, match="rita has the role reader"):
            opened("rita")
        assert title_of(opened("rita", writing=False)) == "fall"
    else:
        grant(team, "rita", "none")
    line = line_by(opened(), "rita")
    with (
        server.connect("rita", team.case) as connection,
        pytest.raises(psycopg.Error) as refused,
    ):
        append(connection, line)
    assert refused.value.sqlstate in ("42501", "42883")


def test_the_author_is_who_is_logged_in(
    team: CaseAddress, opened: Opened, server: PgServer
) -> None:
    olga, carl = opened(), opened("carl")
    assert (olga.author, carl.author) == ("olga", "carl")
    with server.connect("carl", team.case) as connection:
        for role in ("SET ROLE carl", "SET SESSION AUTHORIZATION carl"):
            connection.execute(role.encode())
            with pytest.raises(
                psycopg.errors.InsufficientPrivilege, match="names olga and not carl"
            ):
                append(connection, line_by(olga, "olga"))
    with pytest.raises(ReadOnlyCase, match="names somebody else and not carl"):
        carl.change(entitled(carl, "Forged")._replace(who="somebody else"))
    assert title_of(carl) == "fall"


def test_the_search_path_of_a_caller_does_not_matter(
    team: CaseAddress, opened: Opened, server: PgServer
) -> None:
    carl = opened("carl")
    with server.connect("carl", team.case) as connection:
        connection.execute(
            b"CREATE TEMP TABLE log (sequence bigint, act uuid, member text, line text)"
        )
        connection.execute(b"CREATE TEMP TABLE members (member text, role text)")
        connection.execute(b"INSERT INTO members VALUES ('carl', 'owner')")
        connection.execute(
            b"CREATE FUNCTION pg_temp.my_role() RETURNS text LANGUAGE sql AS $$ SELECT 'owner' $$"
        )
        connection.execute(f'SET search_path = pg_temp, "{team.case}"'.encode())
        for call in (
            "grant_role('carl', 'owner')",
            "begin_snapshot(0, '', 0, '')",
            "redact(NULL, 0, '', '{}', '{}', '{}', '{}')",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute(f"SELECT {call}".encode())
        assert append(connection, line_by(carl, "carl")) == "made"
        assert not connection.execute(b"SELECT FROM pg_temp.log").fetchall()
    assert dict(members(team))["carl"] == "coder"


def test_a_line_that_does_not_continue_the_log_is_refused(
    team: CaseAddress, opened: Opened, server: PgServer
) -> None:
    carl = opened("carl")
    good = line_by(carl, "carl")
    with server.connect("carl", team.case) as connection:
        for bad in (
            good.replace('"sequence":1', '"sequence":2'),
            good.replace('"prev":"', '"prev":"0'),
            good[:-66] + "no hash at all" + good[-2:],
            good.replace('"edits":', '"act":"redaction","edits":'),
            good.replace('"edits":', '"act":"left out","edits":'),
            "no json",
            "{}",
        ):
            with pytest.raises(psycopg.Error):
                append(connection, bad, good)
        assert append(connection, good) == "made"
        assert append(connection, good) == "moved"  # another act


def test_a_coder_codes_and_an_editor_withdraws(team: CaseAddress, opened: Opened) -> None:
    carl, cora, edda = opened("carl"), opened("cora"), opened("edda")
    entitle(carl, "Coded")
    note(carl, "mine")
    withdraw(carl, "notes", "not_mine")
    note(carl, "his")
    cora.follow()
    with pytest.raises(ReadOnlyCase, match="cora is a coder; to withdraw"):
        withdraw(cora, "notes", "not_his")
    with pytest.raises(ReadOnlyCase, match="carl is a coder; to withdraw"):
        withdraw(carl, "events", FLIGHT)
    assert title_of(carl, FLIGHT) == "flight"
    edda.follow()
    withdraw(edda, "notes", "not_his")
    withdraw(edda, "events", FLIGHT)
    carl.follow()
    assert title_of(carl, FLIGHT) == "none"


def test_a_coder_undoes_only_acts_of_their_own(team: CaseAddress, opened: Opened) -> None:
    carl, cora = opened("carl"), opened("cora")
    note(carl, "one")
    cora.follow()
    with pytest.raises(ReadOnlyCase, match="is not an act of cora"):
        cora.undo()
    assert carl.undo() is not None
    assert carl.redo() is not None


def test_only_an_owner_grants(team: CaseAddress, server: PgServer) -> None:
    for member in ("edda", "carl", "rita"):
        with pytest.raises(ReadOnlyCase, match="needs the role owner"):
            grant(as_member(team, member), member, "owner")
    grant(team, "edda", "owner")
    grant(as_member(team, "edda"), "olga", "coder")
    with pytest.raises(RefusedChange, match="a case needs an owner"):
        grant(as_member(team, "edda"), "edda", "none")
    with pytest.raises(UsageError, match="no login role nobody"):
        grant(as_member(team, "edda"), 'nobody"; DROP TABLE log; --', "reader")
    with pytest.raises(UsageError, match="no role 'king'"):
        grant(team, "edda", "king")


def test_a_group_is_no_member_and_a_dropped_role_can_be_taken_from_the_list(
    team: CaseAddress, server: PgServer
) -> None:
    with server.connect() as connection:
        connection.execute(b"CREATE ROLE desk; CREATE ROLE zoe LOGIN IN ROLE desk")
        connection.execute(b"CREATE ROLE gone LOGIN")
        with pytest.raises(UsageError, match="no login role desk"):
            grant(team, "desk", "reader")
        with pytest.raises(MissingCase):
            members(as_member(team, "zoe"))
        grant(team, "gone", "coder")
        connection.execute(b"DROP OWNED BY gone; DROP ROLE gone, zoe, desk")
    assert dict(members(team))["gone"] == "coder"
    grant(team, "gone", "none")
    assert "gone" not in dict(members(team))
    with pytest.raises(RefusedChange) as refused:
        grant(team, "olga", "none")
    assert refused.value.hint == "give somebody else the role owner first"


def test_a_role_that_is_taken_away_is_gone_at_once(team: CaseAddress, opened: Opened) -> None:
    carl = opened("carl")
    grant(team, "carl", "reader")
    with pytest.raises(ReadOnlyCase):
        entitle(carl, "No more")
    assert title_of(carl) == "fall"
    grant(team, "carl", "none")
    with pytest.raises(MissingCase, match="it is not open to carl"):
        entitle(carl, "No more")


def line_by(archive: Archive, who: str, about: str = FALL) -> str:
    """The next line of the log by this person, as a program of their own would make it."""
    one = Note(id="not_own", about=about, text="own", by=who, at=WHEN)
    line = entry_of(Change(who, WHEN, "own", (Edit("notes", one.id, None, one),)))
    engine: Any = archive._engine
    sequence, prev = engine.end
    line = sealed(msgspec.structs.replace(line, sequence=sequence + 1, prev=prev))
    return encode_line(line).decode().rstrip("\n")


def append(connection: psycopg.Connection[Any], line: str, good: str = "") -> str:
    """Append a line, after the entry that a good one follows; return what came of it."""
    after = json.loads(good or line)
    (outcome,) = connection.execute(
        b"SELECT append(%s, %s, %s, %s, '{}')",
        (uuid4(), after["sequence"] - 1, after["prev"], line),
    ).fetchone() or ("",)
    return str(outcome)
