"""A pack that is encrypted by age: by the program where there is one, else by the library."""

import io
import os
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

from store.custody import age
from store.custody.pack import pack, unpack
from store.custody.pack_for import ForWhom
from store.custody.verify import verify
from store.errors import DamagedCase, UnfitMachine, UnwritableCase, UsageError
from tests.imports import run
from tests.store.kept import NAMES, KeptCase

pyrage = pytest.importorskip("pyrage", reason="the extra [age] is not installed")

STUB = f"""#!{sys.executable}
import sys, pyrage
assert sys.argv[1:3] == ["--encrypt", "--recipient"] and len(sys.argv) == 4
key = pyrage.x25519.Recipient.from_str(sys.argv[3])
pyrage.encrypt_io(sys.stdin.buffer, sys.stdout.buffer, [key])
"""
FAILING = """#!/bin/sh
echo "age: error: no such key" >&2
exit 1
"""


@pytest.fixture
def key() -> Any:
    """A secret key."""
    return pyrage.x25519.Identity.generate()


def _program(folder: Path, monkeypatch: pytest.MonkeyPatch, script: str) -> None:
    """Install a program `age`."""
    program = folder / "bin" / "age"
    program.parent.mkdir()
    program.write_text(script)
    program.chmod(0o755)
    monkeypatch.setenv("PATH", f"{program.parent}{os.pathsep}{os.environ['PATH']}")


@pytest.fixture
def no_program(monkeypatch: pytest.MonkeyPatch) -> None:
    """No program `age` is installed."""
    monkeypatch.setattr("shutil.which", lambda _: None)


def _taken(case: KeptCase, key: Any) -> None:
    """Pack for the key, decrypt, unpack, and verify."""
    packed = case.path.with_name("pack.age")
    pack(case.path, packed, recipient=str(key.to_public()))
    content = packed.read_bytes()
    assert content.startswith(b"age-encryption.org/v1\n")
    assert b"Fall" not in content
    assert packed.stat().st_mode & 0o777 == 0o600
    plain = pyrage.decrypt(content, [key])
    assert zipfile.ZipFile(io.BytesIO(plain)).testzip() is None
    opened = case.path.with_name("plain.zip")
    opened.write_bytes(plain)
    to = case.path.with_name(f"got{case.path.suffix}")
    unpack(opened, to)
    assert list(verify(to)) == []
    with pytest.raises(pyrage.DecryptError):
        pyrage.decrypt(content, [pyrage.x25519.Identity.generate()])
    assert not [*case.path.parent.glob("pack.age.*")]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.usefixtures("no_program")
def test_the_library_encrypts(name: str, key: Any, tmp_path: Path) -> None:
    case = KeptCase(tmp_path, name)
    case.titles("one", "two")
    _taken(case, key)


def test_the_program_encrypts_on_a_pipe(
    key: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _program(tmp_path, monkeypatch, STUB)
    case = KeptCase(tmp_path)
    case.titles("one")
    _taken(case, key)


def test_what_goes_wrong_leaves_no_file(
    key: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _program(tmp_path, monkeypatch, FAILING)
    for name in NAMES:
        case = KeptCase(tmp_path, name)
        case.titles("one")
        with pytest.raises(UnwritableCase, match=r"encrypted \(age: error: no such key\)"):
            pack(case.path, tmp_path / "pack.age", recipient=str(key.to_public()))
        assert not [*tmp_path.glob("pack.age*")]


@pytest.mark.usefixtures("no_program")
def test_a_key_is_checked_before_anything_is_written(
    key: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    public = str(key.to_public())
    age.check_recipient(public)
    letter = "q" if public[10] != "q" else "p"
    for wrong, words in (
        ("me", "'me' is not a public key of age"),
        (str(key), "this is a secret key of age"),
        (f"{public} --identity", "is not a public key of age"),
        (f"{public[:10]}{letter}{public[11:]}", "a letter is wrong"),
    ):
        with pytest.raises(UsageError, match=words):
            age.check_recipient(wrong)
    monkeypatch.setitem(sys.modules, "pyrage", None)
    with pytest.raises(UnfitMachine, match="neither the program age nor the extra"):
        age.check_recipient(public)


@pytest.mark.usefixtures("no_program")
def test_by_command_it_says_for_whom_and_unpack_says_what_to_do(key: Any, tmp_path: Path) -> None:
    case, public = KeptCase(tmp_path), str(key.to_public())
    found = run("pack", case.path, "--into", tmp_path / "x.age", "--to", public)
    assert found.exit_code == 0
    assert f"encrypted for {public}" in found.stderr
    refused = run("unpack", tmp_path / "x.age", "--into", tmp_path / "new.json")
    assert refused.exit_code == 65
    assert "it is encrypted by age" in refused.stderr
    assert "decrypt it first, with age --decrypt" in refused.stderr
    wrong = run("pack", case.path, "--into", tmp_path / "y.age", "--to", str(key))
    assert (wrong.exit_code, wrong.stdout) == (64, "")
    assert str(key) not in wrong.stderr, "a secret key is not shown again"
    assert not (tmp_path / "y.age").exists()
    whom = ForWhom("Ana", "me", "2026-01-01T00:00:00Z")
    assert pack(case.path, tmp_path / "z.age", whom, public) is None
    with pytest.raises(DamagedCase):
        unpack(tmp_path / "z.age", tmp_path / "z.json")
