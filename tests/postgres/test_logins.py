"""Passwords and certificates, as libpq has them: what is refused is told, and not tried again."""

import time
from pathlib import Path

import psycopg
import pytest

from store.custody.server_cases import copy_of, grant
from store.errors import MissingCase, RefusedLogin, UnreachableServer, UsageError
from store.model.case_address import CaseAddress, read_address
from store.postgres.server_errors import lost_error
from tests.imports import run
from tests.postgres.acts import entitle
from tests.postgres.conftest import Opened, as_member
from tests.postgres.pg_server import PgServer

RIGHT, WRONG = "right-Secret:\\1", "wrong-Secret2"
_FAILED = 'connection failed: connection to server at "127.0.0.1", port 5432 failed: '


@pytest.fixture
def behind_password(
    address: CaseAddress, server: PgServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> CaseAddress:
    """The address of a case for somebody whose password `PGPASSFILE` has."""
    server.require_password("pat", RIGHT)
    grant(address, "pat", "coder")
    monkeypatch.setenv("PGPASSFILE", str(tmp_path / "passwords"))
    _write(
        tmp_path / "passwords", "*:*:cases:pat:" + RIGHT.replace("\\", r"\\").replace(":", r"\:")
    )
    return as_member(address, "pat")


def _write(path: Path, text: str) -> None:
    path.write_text(text + "\n")
    path.chmod(0o600)


def test_a_password_is_taken_from_the_file_and_kept_nowhere(
    behind_password: CaseAddress, opened: Opened, tmp_path: Path
) -> None:
    entitle(opened("pat"), "With a password")
    assert run("verify", str(behind_password)).exit_code == 0
    _write(tmp_path / "passwords", f"*:*:cases:pat:{WRONG}")
    begun = time.monotonic()
    for arguments in (("events", "--case"), ("head",), ("verify",), ("undo", "--into")):
        found = run(*arguments, str(behind_password))
        assert (found.exit_code, found.stdout) == (68, "")
        assert found.stderr.count("\n") == 1
        assert "the server refuses the login" in found.stderr
        assert "PGPASSFILE" in found.stderr
        assert WRONG not in found.stderr
    assert time.monotonic() < begun + 5, "a refused login is not tried again"
    (tmp_path / "passwords").unlink()
    with pytest.raises(RefusedLogin, match="no password supplied"):
        copy_of(behind_password)
    kept = [one for one in tmp_path.rglob("*") if one.is_file()]
    assert len(kept) > 3
    assert not any(RIGHT.encode() in one.read_bytes() for one in kept)


def test_a_file_of_passwords_that_others_can_read_is_not_used_and_libpq_writes_nothing(
    behind_password: CaseAddress, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "passwords").chmod(0o644)
    with pytest.raises(RefusedLogin) as refused:
        copy_of(behind_password)
    assert "mode 0600" in refused.value.hint
    (tmp_path / "passwords").unlink()
    (tmp_path / "passwords").mkdir()
    with pytest.raises(RefusedLogin):
        copy_of(behind_password)
    assert capfd.readouterr().err == ""


def test_a_service_has_the_password(
    behind_password: CaseAddress, server: PgServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "passwords").unlink()
    monkeypatch.setenv("PGSERVICEFILE", str(tmp_path / "services"))
    settings = f"host={server.host}\nuser=pat\npassword={RIGHT}\ndbname=cases"
    _write(tmp_path / "services", f"[war]\n{settings}")
    address = f"postgresql:///?service=war&case={behind_password.case}"
    assert run("events", "--case", address).exit_code == 0
    with pytest.raises(UnreachableServer, match='service "peace" not found'):
        copy_of(read_address(address.replace("war", "peace", 1)))


@pytest.mark.parametrize(
    ("said", "kind", "words"),
    [
        ('FATAL:  password authentication failed for user "a"\n', RefusedLogin, "PGPASSFILE"),
        ('FATAL:  no pg_hba.conf entry for host "::1"', RefusedLogin, "the user"),
        ("FATAL:  pg_hba.conf rejects connection for host", RefusedLogin, "the user"),
        ('FATAL:  role "a" is not permitted to log in', RefusedLogin, "the user"),
        ('FATAL:  role "a" does not exist', RefusedLogin, "the user"),
        ("FATAL:  connection requires a valid client certificate", RefusedLogin, "sslcert"),
        ('invalid sslmode value: "none"', UsageError, "the address"),
        ('FATAL:  database "a" does not exist', MissingCase, "the address"),
        ("SSL error: certificate verify failed", UnreachableServer, "sslrootcert"),
        ('server certificate for "b" does not match host name "a"', UnreachableServer, "the host"),
        ("server does not support SSL, but SSL was required", UnreachableServer, "sslmode"),
        ("FATAL:  the database system is starting up", UnreachableServer, "the network"),
        ("FATAL:  sorry, too many clients already", UnreachableServer, "the network"),
    ],
)
def test_each_way_to_be_turned_away_has_its_words(
    said: str, kind: type[Exception], words: str
) -> None:
    address = read_address("postgresql://a@host/db?case=x")
    error = lost_error(psycopg.OperationalError(_FAILED + said + "\n" + _FAILED + said), address)
    assert type(error) is kind
    assert words in error.hint
