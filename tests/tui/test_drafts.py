"""Drafts as files: for their owner only, for thirty days, each where it was begun."""

import os
import time
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest

from tui.handlers.drafts import DraftKeeper
from tui.session import drafts
from tui.session.drafts import DAYS, Drafts, drop_old
from tui.session.settings import state_folder

CASE = Path("war.json")


def test_a_draft_is_found_where_it_was_begun_and_nowhere_else() -> None:
    kept = Drafts(CASE)
    kept.write("note evt_1", "the only\ncopy ‮ é")
    found = kept.read("note evt_1")
    assert found is not None
    assert found.text == "the only\ncopy ‮ é"
    assert kept.read("note evt_2") is None
    assert Drafts(Path("other.json")).read("note evt_1") is None
    kept.write("note evt_1", " \n")
    assert kept.read("note evt_1") is None
    assert list(state_folder().iterdir()) == []


class _Screen:
    """A screen whose clock does not tick, and which asks at once, on a case of its own."""

    def __init__(self) -> None:
        self.screen, self.session = self, SimpleNamespace(own_case=CASE)
        self.questions = self
        self.timers = 0

    def ask(self, _: str, question: Callable[[], object], *__: object) -> None:
        """Ask at once."""
        question()

    def set_timer(self, *_: object) -> None:
        """Count the clocks, and start none."""
        self.timers += 1

    def fail(self, _: object) -> None:
        """Fail at nothing."""


def test_the_first_words_after_a_pause_are_on_the_disk_at_once() -> None:
    screen = _Screen()
    typed = DraftKeeper(screen).typing("claim a")  # type: ignore[arg-type]
    typed("first")
    found = Drafts(CASE).read("claim a")
    assert found is not None
    assert found.text == "first"
    typed("second")
    typed("third")
    found = Drafts(CASE).read("claim a")
    assert found is not None
    assert (found.text, screen.timers) == ("first", 1), "not a file for each letter"


def test_a_draft_that_is_being_saved_is_not_offered_unless_that_fails() -> None:
    keeper = DraftKeeper(_Screen())  # type: ignore[arg-type]
    Drafts(CASE).write("note evt_1", "a")
    keeper.saving("note evt_1")
    assert keeper.read("note evt_1") is None
    assert Drafts(CASE).read("note evt_1") is not None, "a kill takes nothing"
    keeper.typing("note evt_1")("a, not saved")
    found = keeper.read("note evt_1")
    assert found is not None
    assert found.text == "a, not saved"
    keeper.saving("note evt_1")
    keeper.dropping("note evt_1")()
    Drafts(CASE).write("note evt_1", "another")
    assert keeper.read("note evt_1") is not None


def test_it_is_its_owners_alone_and_its_name_tells_nothing() -> None:
    before = os.umask(0)
    try:
        Drafts(CASE).write("note evt_witness", "text")
    finally:
        os.umask(before)
    (file,) = state_folder().iterdir()
    assert file.stat().st_mode & 0o777 == 0o600
    assert state_folder().stat().st_mode & 0o777 == 0o700
    assert "witness" not in file.name


def test_it_is_dropped_after_its_days() -> None:
    kept = Drafts(CASE)
    for place, age in (("old", DAYS + 1), ("new", DAYS - 1)):
        kept.write(place, "text")
        then = time.time() - age * 24 * 60 * 60
        os.utime(kept.path(place), (then, then))
    assert kept.read("old") is None
    assert kept.read("new") is not None
    drop_old()
    assert [path.name for path in state_folder().iterdir()] == [kept.path("new").name]


def test_a_link_in_its_place_is_neither_read_nor_followed(tmp_path: Path) -> None:
    kept, other = Drafts(CASE), tmp_path / "other"
    other.write_text("theirs")
    path = kept.path("note evt_1")
    path.parent.mkdir(parents=True)
    path.symlink_to(other)
    assert kept.read("note evt_1") is None
    kept.write("note evt_1", "mine")
    assert other.read_text() == "theirs"
    found = kept.read("note evt_1")
    assert found is not None
    assert found.text == "mine"


def test_where_nothing_can_be_written_typing_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setattr(drafts, "state_folder", lambda: tmp_path / "file")
    Drafts(CASE).write("note evt_1", "text")
    assert Drafts(CASE).read("note evt_1") is None
    drop_old()
