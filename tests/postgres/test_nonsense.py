"""A server whose answers cannot be true: one clear line, and nothing of it is shown."""

import json
from collections.abc import Callable

import pytest

from store.custody.check_server import server_findings
from store.custody.server_cases import copy_of
from store.errors import DamagedCase, MissingCase, NewerCase
from store.model.case_address import CaseAddress, read_address
from tests.imports import run
from tests.postgres.acts import entitle, title_of
from tests.postgres.conftest import Opened
from tests.postgres.pg_server import PgServer
from tests.postgres.test_roles import line_by


def _forged(line: str) -> str:
    """A line of which a word was altered, and its hash not."""
    return line.replace("call it Two", "call it Forged")


def _without_end(line: str) -> str:
    return line[: len(line) // 2]


def _renumbered(line: str) -> str:
    return line.replace('"sequence":2', '"sequence":3')


@pytest.mark.parametrize(
    "altered", [_forged, _without_end, _renumbered, lambda _: "{}", lambda _: ""]
)
def test_a_line_that_was_altered_is_not_shown(
    altered: Callable[[str], str], address: CaseAddress, opened: Opened, server: PgServer
) -> None:
    writer, reader = opened(), opened(writing=False)
    entitle(writer, "One")
    reader.follow()
    entitle(writer, "Two")
    ((line,),) = server.rows("SELECT line FROM log WHERE sequence = 2", address.case)
    server.rows(
        "UPDATE log SET line = %s WHERE sequence = 2 RETURNING 1", address.case, altered(line)
    )
    with pytest.raises(DamagedCase, match="entry 2 of its log"):
        reader.follow()
    assert title_of(reader) == "One"
    late = run("events", "--case", str(address))
    assert (late.exit_code, late.stdout) == (65, "")
    assert late.stderr.count("\n") == 1
    assert "entry 2 of its log" in late.stderr


def test_a_good_copy_is_not_dropped_for_a_forged_line(
    address: CaseAddress, opened: Opened, server: PgServer
) -> None:
    reader = opened(writing=False)
    opened.close(reader)
    forged = line_by(opened(), "olga", about="evt_nowhere")
    with server.connect("olga", address.case) as connection:
        connection.execute(
            b"SELECT append(gen_random_uuid(), 0, %s, %s, '{}')",
            (json.loads(forged)["prev"], forged),
        )
    before = reader.path.read_bytes()
    for _ in range(2):
        with pytest.raises(DamagedCase, match="by olga, does not fit"):
            opened(writing=False)
    assert reader.path.read_bytes() == before
    assert not list(reader.path.parent.glob(".before*"))


def test_a_line_that_is_missing_is_noticed(
    address: CaseAddress, opened: Opened, server: PgServer
) -> None:
    writer, reader = opened(), opened(writing=False)
    for title in ("One", "Two", "Three"):
        entitle(writer, title)
    server.rows("DELETE FROM log WHERE sequence = 2 RETURNING 1", address.case)
    with pytest.raises(DamagedCase, match="does not continue"):
        reader.follow()


def test_an_act_that_does_not_fit_the_case_is_named_with_its_member(
    address: CaseAddress, opened: Opened, server: PgServer
) -> None:
    """Its hash is right and it continues the log, as a program of a member's own can make it."""
    reader = opened()
    forged = line_by(reader, "olga", about="evt_nowhere")
    prev = json.loads(forged)["prev"]
    with server.connect("olga", address.case) as connection:
        connection.execute(b"SELECT append(gen_random_uuid(), 0, %s, %s, '{}')", (prev, forged))
    with pytest.raises(DamagedCase, match="entry 1 of its log, by olga, does not fit the case"):
        reader.follow()
    assert not reader.follow()
    assert not reader.writable
    assert title_of(reader) == "fall"
    found = run("verify", str(address))
    assert found.exit_code == 65


def test_verify_compares_the_copy_with_the_server(
    address: CaseAddress, opened: Opened, server: PgServer
) -> None:
    writer = opened()
    for title in ("One", "Two"):
        entitle(writer, title)
    assert not list(server_findings(writer.path))
    other = opened()
    entitle(other, "Three")  # which the first copy has not seen, and need not
    assert not list(server_findings(writer.path))
    opened.close(writer)
    opened.close(other)
    assert run("verify", str(address)).exit_code == 0
    server.rows("UPDATE log SET line = line || ' ' WHERE sequence = 1 RETURNING 1", address.case)
    found = run("verify", str(address))
    assert found.exit_code == 65
    assert "entry 1: differs from that on the server" in found.stdout
    server.rows("UPDATE log SET line = trim(line) WHERE sequence = 1 RETURNING 1", address.case)
    server.rows("UPDATE snapshot SET content = 'nonsense' RETURNING 1", address.case)
    found = run("verify", str(address))
    assert (found.exit_code, "snapshot" in found.stdout) == (65, True)


@pytest.mark.parametrize(
    "said", ["sequence = 9", "sequence = -5", "hash = E'\\x1b[2J'"], ids=["later", "none", "hash"]
)
def test_an_end_of_the_log_that_is_none_is_found(
    said: str, address: CaseAddress, opened: Opened, server: PgServer
) -> None:
    writer = opened()
    entitle(writer, "One")
    server.rows(f"UPDATE about SET {said} RETURNING 1", address.case)
    with pytest.raises(DamagedCase, match="it says that its log ends with entry"):
        entitle(writer, "Two")
    assert title_of(writer) == "One"
    opened.close(writer)
    found = run("verify", str(address))
    assert found.exit_code == 65
    assert "and it ends with 1" in found.stdout


def test_a_function_that_is_missing_is_named(
    address: CaseAddress, opened: Opened, server: PgServer
) -> None:
    writer = opened()
    with server.connect(case=address.case) as connection:
        connection.execute(b"DROP FUNCTION append")
    with pytest.raises(MissingCase, match="function append"):
        entitle(writer, "One")
    assert title_of(writer) == "fall"


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE about SET version = 0",
        "UPDATE snapshot SET content = 'nonsense'",
        "UPDATE snapshot SET content = substr(content, 1, 500)",
        "DELETE FROM snapshot",
        "DELETE FROM snapshot_about",
        "UPDATE snapshot_about SET sha256 = ''",
        "UPDATE snapshot_about SET sequence = 7",
        "UPDATE snapshot_about SET hash = repeat('0', 64)",
        "DELETE FROM about",
        "ALTER TABLE snapshot ALTER COLUMN content TYPE text USING 'words'",
    ],
)
def test_a_snapshot_that_is_none_is_not_opened(
    statement: str, address: CaseAddress, server: PgServer
) -> None:
    with server.connect(case=address.case) as connection:
        connection.execute(statement.encode())
    with pytest.raises(DamagedCase):
        copy_of(address)


def test_tables_of_a_later_version_are_not_read(address: CaseAddress, server: PgServer) -> None:
    server.rows("UPDATE about SET version = 2 RETURNING 1", address.case)
    with pytest.raises(NewerCase, match="version 2"):
        copy_of(address)


def test_tables_of_something_else_are_no_case(server: PgServer) -> None:
    address = read_address(server.address())
    with server.connect() as connection:
        connection.execute(f'CREATE SCHEMA "{address.case}"'.encode())
        connection.execute(f'CREATE TABLE "{address.case}".about (version text)'.encode())
        connection.execute(f'GRANT ALL ON SCHEMA "{address.case}" TO olga'.encode())
        connection.execute(f'GRANT ALL ON "{address.case}".about TO olga'.encode())
    with pytest.raises(MissingCase):
        copy_of(address)
