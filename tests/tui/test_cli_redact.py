"""A redaction in the shell: what it leaves is listed, and how far it came is said."""

import errno
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

from store.archive import Archive
from store.custody.doctor import repair
from store.document.backups import replace_file
from store.errors import UnwritableCase
from store.model import changes
from tests.store.faults import Killed, failing
from tests.store.kept import NAMES
from tests.store.sqlite_disk import exit_code_of
from tests.store.witness import (
    NAME,
    NEWS,
    is_redacted,
    places_with_name,
    put_witness_case,
    redact_witness,
)
from tests.tui.test_cli_custody import WHEN, done, refused, run
from tui.session.settings import put_aside

REDACT = ("redact", NEWS, "text", "--words", NAME, "--reason", "a witness", "--yes", "--by", "Ada")


@pytest.mark.parametrize("name", NAMES)
def test_near_matches_and_words_of_others_and_texts_put_aside_are_listed(
    tmp_path: Path, name: str
) -> None:
    path = put_witness_case(tmp_path, name)
    archive = Archive.open(path, author="Ada", writing=True)
    notes = [
        changes.note(NEWS, text, "Ada", WHEN) for text in (NAME.upper(), "Mr Zqxyusuf again", NAME)
    ]
    for note in notes:
        archive.change(changes.add_or_replace(None, note, "note", "Ada", WHEN))
    title = changes.note("evt_Fall", "seen", "Ada", WHEN)
    archive.change(changes.add_or_replace(None, title, "note", "Ada", WHEN))
    archive.close()
    aside = put_aside(f"ask {NAME}")
    found = run(*REDACT, "--into", path)
    assert (found.exit_code, found.stdout) == (0, f"{notes[2].id} text\n")
    said = found.stderr.splitlines()
    assert f"The words remain in {aside}." in said
    begin = said.index("To be decided on, each record with its field:")
    assert set(said[begin + 1 : -1]) == {
        f"{notes[0].id} text: in another form",
        f"{notes[1].id} text: the last word alone",
    }


def test_single_words_that_other_texts_use_are_said_to_stay_in_the_index(tmp_path: Path) -> None:
    path = put_witness_case(tmp_path, "case.db")
    redact = ("redact", NEWS, "text", "--words", "Hama fell", "--reason", "a witness", "--yes")
    found = run(*redact, "--by", "Ada", "--into", path)
    assert found.exit_code == 0
    assert (
        "The full-text index keeps the single word hama, as 1 text still uses it." in found.stderr
    )
    assert "single word fell" not in found.stderr


@pytest.mark.parametrize("name", NAMES)
def test_what_is_redacted_and_not_yet_purged_is_said_with_its_exit_code(
    tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = put_witness_case(tmp_path, name)
    if name == NAMES[0]:
        Archive.open(path, writing=True).close()
        monkeypatch.setattr("store.document.case_storage.replace_file", _full_for(path))
    else:
        monkeypatch.setattr("store.database.purge._optimize_full_text", _full)
    said = refused(71, *REDACT, "--into", path)
    assert f"{path}: redacted, but not yet purged: " in said
    assert "open the case for writing" in said
    monkeypatch.undo()
    assert is_redacted(path)
    assert places_with_name(tmp_path)
    found = run("verify", path)
    assert found.exit_code == 65
    assert "is not finished" in found.stdout
    found = run("doctor", path)
    assert (found.exit_code, "is not finished" in found.stdout) == (65, True)
    found = run("pack", path, "--into", tmp_path / "case.zip")
    assert (found.exit_code, "is not finished" in found.stderr) == (71, True)
    assert "a redaction was not finished, and now is" in run("undo", "--into", path).stderr
    assert places_with_name(tmp_path) == []
    assert ": intact; " in done("verify", path)


def _full(*_: object) -> None:
    raise UnwritableCase("cannot be written (No space left on device)", "")


def _full_for(case: Path) -> Callable[..., None]:
    """The replacement of a file on a disk that has no room for the case file alone."""

    def replace(path: Path, pieces: Iterable[bytes], *, keep: bool, **more: Any) -> None:
        if path == case:
            raise OSError(errno.ENOSPC, "No space left on device")
        replace_file(path, pieces, keep=keep, **more)

    return replace


@pytest.mark.parametrize("name", NAMES)
def test_without_room_nothing_is_redacted_and_that_is_said(
    tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = put_witness_case(tmp_path, name)
    monkeypatch.setattr("store.database.disk.free_bytes", lambda folder: 10)
    said = refused(71, *REDACT, "--into", path)
    assert "10 bytes are free in" in said
    assert "; nothing was redacted" in said
    assert not is_redacted(path)


def test_a_repaired_case_has_no_words_that_were_redacted_in_the_log_alone(tmp_path: Path) -> None:
    path = put_witness_case(tmp_path, "case.json")
    for at in range(1, 200):
        killed = exit_code_of(lambda at=at: redact_witness(path, failing(Killed(at))))  # type: ignore[misc]
        assert killed == 9
        if is_redacted(path):
            break
    assert "case.json" in places_with_name(tmp_path)
    (tmp_path / "new").mkdir()
    repair(path, tmp_path / "new" / "saved.json")
    assert places_with_name(tmp_path / "new") == []
    assert is_redacted(tmp_path / "new" / "saved.json")
