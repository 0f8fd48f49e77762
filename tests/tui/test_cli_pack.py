"""`pack --for`: what it says, what it asks for, and where private notes do not go."""

import zipfile
from pathlib import Path

import pytest

from store.archive import Archive
from store.exporters.exports import EXPORTS
from store.model import changes
from store.model.records import RowRef
from tests.imports import run
from tests.small import SmallCase
from tui.session.pieces import Place, pages, pieces
from tui.session.session import Session

WHEN = "2026-11-30T09:00:00Z"
SECRET = "Zqxsecret"


@pytest.fixture
def case(tmp_path: Path) -> Path:
    """A case with an open and a restricted event, and a private note on the open one."""
    small = SmallCase()
    news = small.article("news", "Rebels took it on Friday.", title="News")
    small.acted(small.event("Fall"), news, "Rebels", small.actor("Rebels"))
    shut = small.dataset("shut", free=False)
    small.event("Row", row=RowRef(dataset=shut, row="1", sha256="0" * 64))
    path = small.write(tmp_path / "case.json")
    archive = Archive.open(path, author="me", writing=True)
    note = changes.note("evt_Fall", SECRET, "me", WHEN, private=True)
    archive.change(changes.add_or_replace(None, note, "note", "me", WHEN))
    archive.close()
    return path


def test_it_says_what_was_left_out_and_verify_says_it_again(case: Path) -> None:
    packed, got = case.with_name("ana.zip"), case.with_name("got.json")
    found = run("pack", case, "--into", packed, "--for", "Ana Nowak", "--by", "me")
    assert found.exit_code == 0
    words = "1 event (not redistributable: shut), 1 private note"
    assert f"Left out for Ana Nowak: {words}." in found.stderr
    assert SECRET.encode() not in b"".join(
        zipfile.ZipFile(packed).read(name) for name in zipfile.ZipFile(packed).namelist()
    )
    assert run("unpack", packed, "--into", got).exit_code == 0
    checked = run("verify", got)
    assert checked.exit_code == 0
    first, second = checked.stdout.splitlines()
    assert first.startswith(f"{got}: intact; 2 entries, ")
    assert second == f"{got}: entry 2: left out 2 records for Ana Nowak: {words}"
    logged = run("log", "--case", got).stdout
    assert f"[left out] for Ana Nowak: {words}" in " ".join(logged.split())


def test_one_line_where_it_cannot_be_done(case: Path, tmp_path: Path) -> None:
    for arguments, code, words in (
        (("--for", " "), 64, "--for needs a name; such as --for Ana"),
        (("--for", "Ana", "--with-restricted"), 64, "--for leaves out what --with-restricted"),
        ((), 76, "--for NAME leaves these out, and --with-restricted packs them"),
    ):
        found = run("pack", case, "--into", tmp_path / "x.zip", *arguments)
        assert (found.exit_code, found.stdout) == (code, "")
        assert words in found.stderr
    assert not list(tmp_path.glob("x.zip*"))


def test_a_whole_pack_and_a_case_as_text_say_that_private_notes_are_in_them(case: Path) -> None:
    found = run("pack", case, "--into", case.with_name("all.zip"), "--with-restricted")
    assert "1 private note is in it; --for NAME leaves such notes out." in found.stderr
    text = run("coding", case, "--into", case.with_name("text"))
    assert "1 private note is in it." in text.stderr
    assert "private = true" in (case.with_name("text") / "findings.toml").read_text("utf-8")


def test_exports_dossiers_and_copies_have_no_private_note(case: Path) -> None:
    for form, of in EXPORTS.items():
        for what in of.holds:
            found = run("export", case, "--to", form, "--what", what, "--restricted")
            assert found.exit_code == 0, found.stderr
            assert SECRET not in found.stdout
    for name in ("d.html", "d.md"):
        file = case.with_name(name)
        assert run("dossier", "evt_Fall", "--case", case, "--into", file).exit_code == 0
        assert SECRET not in file.read_text("utf-8")
    archive = Archive.open(case)
    session = Session(archive, Path(), bundled=False)
    place = Place("evt_Fall", "", "art_news", ("", ""), None)
    assert SECRET not in "".join(one.text for one in pieces(session, place)) + pages(session, place)
    archive.close()
