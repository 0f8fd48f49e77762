"""Acts are undone and done again by someone with a shell."""

import json
import shlex
from pathlib import Path
from typing import Any

import pytest

from seeds.bundled import BUNDLED
from store.archive import Archive
from store.custody.own_copy import own_copy_path
from tests.small import SmallCase
from tests.store.kept import NAMES, put_case
from tests.tui.test_cli_custody import done, refused, run, tag


@pytest.fixture(params=NAMES)
def case(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    """A case file or a database, with an event that two persons tagged."""
    small = SmallCase()
    small.event("Fall")
    path = tmp_path / str(request.param)
    put_case(path, small.records())
    tag(path, "evt_Fall", "ambush", "Ada")
    tag(path, "evt_Fall", "night", "Ben")
    return path


def test_each_undo_takes_one_act_back_and_redo_does_it_again(case: Path) -> None:
    by = ("--into", case, "--by", "Ada")
    assert run("undo", *by).stderr == "Undone: #night (1 record)\n"
    assert run("undo", *by).stderr == "Undone: #ambush (1 record)\n"
    assert "there is nothing to undo" in refused(75, "undo", *by)
    assert run("redo", *by).stderr == "Redone: #ambush (1 record)\n"
    assert "Fall" in done("events", "--tag", "ambush", "--case", case)
    run("redo", *by)
    assert "there is nothing to redo" in refused(75, "redo", *by)
    log = json.loads(done("log", "--case", case, "--format", "json"))
    assert [(one["act"], one["who"]) for one in log[:3]] == [
        ("redo", "Ada"),
        ("redo", "Ada"),
        ("undo", "Ada"),
    ]
    assert ": intact; 6 entries, " in done("verify", case)


def test_a_redaction_is_not_taken_back(case: Path) -> None:
    by = ("--into", case, "--by", "Ada")
    redacted = run("redact", "evt_F", "title", "--reason", "a witness", "--yes", *by)
    assert redacted.exit_code == 0, redacted.stderr
    assert run("undo", *by).stderr == "Undone: #night (1 record)\n"
    run("undo", *by)
    assert "redactions are final" in refused(75, "undo", *by)
    assert "[redacted sha256:" in done("events", "--case", case)


def test_no_copy_of_the_bundled_case_is_made_where_nothing_was_changed() -> None:
    assert "there is nothing to undo" in refused(75, "undo", "--by", "Ada")
    assert not own_copy_path(BUNDLED).exists()
    assert "bundled case itself" in refused(77, "--bundled", "undo", "--by", "Ada")


def test_what_is_said_of_a_packed_case_is_a_command_that_gets_it_out(
    case: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    said = run("pack", case.name, "--into", "case.zip").stderr.strip()
    command = shlex.split(said.partition("to extract them: ")[2])
    assert command[:3] == ["conflict-tui", "unpack", "case.zip"]
    done(*command[1:])
    assert done("verify", command[-1]) == done("verify", case).replace(str(case), command[-1])


def test_a_case_that_is_replaced_before_the_act_is_left_alone(
    case: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    undo = Archive.undo
    newcomer = case.with_name("newcomer")
    newcomer.write_bytes(case.read_bytes().replace(b"Fall", b"Fell"))
    content = newcomer.read_bytes()

    def late(archive: Archive, *args: Any) -> object:
        newcomer.replace(case)
        return undo(archive, *args)

    monkeypatch.setattr(Archive, "undo", late)
    said = refused(72, "undo", "--into", case, "--by", "Ada")
    assert "was replaced by another file while it was open" in said
    assert said.count("\n") == 1
    assert case.read_bytes() == content
    monkeypatch.undo()
    copy = case.with_name(f"{case.name}.unsaved")
    assert run("undo", "--into", copy, "--by", "Ada").stderr == "Undone: #night (1 record)\n"


def test_an_entry_is_taken_back_after_others_or_these_are_named(case: Path) -> None:
    by = ("--into", case, "--by", "Ada")
    assert (
        run("undo", "--entry", "1", *by).stderr == "Done: take back entry 1: #ambush (1 record)\n"
    )
    why = "entry 1 cannot be taken back: later acts changed the same records since: 3 (Ada: take"
    assert why in refused(75, "undo", "--entry", "1", *by)
    assert "the log has no entry 9" in refused(64, "undo", "--entry", "9", *by)
    assert "Fall" in done("events", "--tag", "night", "--case", case)
    assert ": intact; 3 entries, " in done("verify", case)
