"""Addresses of every shape: no secret is taken, none is written, and no name is SQL."""

import json
import sys
from pathlib import Path

import pytest

from seeds.bundled import BUNDLED
from store.custody.server_cases import copy_of, put_on_server
from store.errors import UsageError
from store.model.case_address import CaseAddress, is_address, read_address
from tests.imports import run
from tests.postgres.acts import entitle
from tests.postgres.conftest import Opened
from tests.postgres.pg_server import PgServer
from tests.small import SmallCase

PASSWORD = "hunter2-secret"


@pytest.mark.parametrize(
    "text",
    [
        f"postgresql://ana:{PASSWORD}@host/db?case=x",
        f"postgres://ana:{PASSWORD}@host:5432/db?case=x",
        f"postgresql://:{PASSWORD}@host/db?case=x",
        f"postgresql://host/db?case=x&password={PASSWORD}",
        f"postgresql://host/db?case=x&PASSWORD={PASSWORD}",
        f"postgresql://host/db?case=x&sslpassword={PASSWORD}",
        f"postgresql://host/db%20password={PASSWORD}?case=x",
        f"postgresql://host/?dbname=db%20password%3D{PASSWORD}&case=x",
        f"postgresql://host/?dbname=postgresql://a:{PASSWORD}@h/d&case=x",
    ],
)
def test_a_password_in_an_address_is_refused_and_repeated_nowhere(
    text: str, tmp_path: Path
) -> None:
    for arguments in (("events", "--case", text), ("verify", text), ("new", text), ("grant", text)):
        found = run(*arguments)
        assert found.exit_code == 64, arguments
        assert "PGPASSFILE" in found.stderr
        assert PASSWORD not in found.stderr + found.stdout
    kept = [one for one in tmp_path.rglob("*") if one.is_file()]
    assert not any(PASSWORD in one.read_text(errors="replace") for one in kept)


@pytest.mark.parametrize(
    "text",
    [
        "postgresql://host/db",
        "postgresql://host/db?case=",
        "postgresql://host/db?case=" + "x" * 300,
        "postgresql://host/db?case=" + "ح" * 32,
        "postgresql://host/db?case=pg_catalog",
        "postgresql://host/db?case=information_schema",
        "postgresql://host/db?case=a%0ab",
        "postgresql://host/db?case=a%00b",
        "postgresql://host/db?case=%1b[2J",
        "postgresql://host/db?case=x&options=-csearch_path%3Devil",
        "postgresql://host/db?case=x&nonsense",
        "postgresql://host:nothing/db?case=x",
        "postgresql://[host/db?case=x",
        "postgresql://ho%00st/db?case=x",
        "postgresql://",
    ],
)
def test_an_address_that_cannot_be_one_is_one_line(text: str) -> None:
    for arguments in (("events", "--case", text), ("new", text), (text,)):
        found = run(*arguments)
        assert found.exit_code == 64
        assert found.stderr.count("\n") == 1
        assert "\x1b" not in found.stderr


@pytest.mark.parametrize(
    "case",
    [
        'a"b',
        "a'b",
        "a; DROP SCHEMA public CASCADE; --",
        '"; DROP SCHEMA public CASCADE; --',
        "../../etc/passwd",
        "$f$ $$ $1 %s %(x)s",
        "Größe · حماة 🕊",
        "x" * 63,
        " a ",
        "a,public",
        "A?b&c=d#e",
        "log",
    ],
)
def test_a_case_of_any_name_is_a_schema_of_this_name(
    case: str, server: PgServer, tmp_path: Path
) -> None:
    given = read_address(server.address(case="x"))
    address = given._replace(case=case)
    assert read_address(str(address)) == address
    put_on_server(SmallCase().write(tmp_path / "small.json"), address)
    path = copy_of(address)
    assert path.name.isascii()
    assert server.rows("SELECT 1 FROM pg_namespace WHERE nspname = %s", "", case) == [(1,)]
    found = run("verify", str(address))
    assert found.exit_code == 0, found.stderr
    assert server.rows("SELECT 1 FROM pg_namespace WHERE nspname = 'public'") == [(1,)]


def test_the_same_case_has_one_copy_however_it_is_written() -> None:
    one = read_address("postgresql://host/db?case=x")
    other = read_address("postgres://ana@host/db?sslmode=require&case=x")
    assert one.key == other.key
    assert one.key != read_address("postgresql://host/db?case=y").key
    assert one.key != read_address("postgresql://other/db?case=x").key


@pytest.mark.parametrize(
    ("text", "host", "port"),
    [
        ("postgresql://Main.example/db?case=x", "main.example", ""),
        ("postgresql://one:5432,two:5433/db?case=x", "one,two", "5432,5433"),
        ("postgresql://ana@one,two:5433/db?case=x", "one,two", ",5433"),
        ("postgresql://one,two/db?case=x&port=5432,5433", "one,two", "5432,5433"),
        ("postgresql://[::1]:5432,[fe80::2]/db?case=x", "::1,fe80::2", "5432,"),
        ("postgresql:///db?host=/run/One,/run/Two&port=1,2&case=x", "/run/One,/run/Two", "1,2"),
        ("postgresql://%2Frun%2FPg:5433/db?case=x", "/run/Pg", "5433"),
    ],
)
def test_an_address_names_several_servers_and_is_read_as_it_is_written(
    text: str, host: str, port: str
) -> None:
    found = read_address(text)
    given = dict(found.settings)
    assert (given.get("host", ""), given.get("port", "")) == (host, port)
    assert dict(read_address(str(found)).settings) == given


@pytest.mark.parametrize("port", ["70000", "x", "-1"])
def test_a_port_that_is_none_is_one_line(port: str) -> None:
    with pytest.raises(UsageError, match="is none"):
        read_address(f"postgresql://one,two:{port}/db?case=x")


def test_only_these_schemes_are_addresses() -> None:
    assert is_address("postgresql://host/db?case=x")
    assert is_address("POSTGRES://host/db?case=x")
    for text in ("war.json", "postgresql", "postgresql:/x", "http://host/", "./postgresql://x"):
        assert not is_address(text)
    with pytest.raises(UsageError):
        read_address("postgresql://host/db?case")


def test_roles_are_for_servers() -> None:
    found = run("grant", BUNDLED, "coder", "ana")
    assert found.exit_code == 64
    assert "is a file" in found.stderr


def test_messages_name_the_address_and_quote_it_in_a_command(
    address: CaseAddress, opened: Opened, tmp_path: Path
) -> None:
    entitle(opened(), "One")
    assert run("verify", str(address)).stdout.startswith(f"{address}: intact")
    assert json.loads(run("head", str(address), "--json").stdout)["case"] == str(address)
    found = run("coding", str(address), "--into", tmp_path / "text")
    assert f"--into '{address}'" in found.stderr


def test_an_author_of_ones_own_choice_is_refused(address: CaseAddress, opened: Opened) -> None:
    found = run("undo", "--into", str(address), "--by", "Somebody Else")
    assert found.exit_code == 64
    assert "logs your acts as olga" in found.stderr


def test_without_the_extra_one_line_names_it_and_files_open(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    found = run("events", "--case", "postgresql://host/db?case=x")
    assert found.exit_code == 69
    assert "needs the extra [postgres]" in found.stderr
    assert "pipx install '.[postgres]'" in found.stderr
    assert run("events", "--case", BUNDLED).exit_code == 0
