"""The real command in a real terminal: it takes the terminal, and gives it back as it was."""

import os
import random
import re
import signal
import sys
import time
from pathlib import Path

import pytest

from tests.journeys import coded
from tests.journeys.keys import SAFE_KEYS
from tests.reports import reported
from tests.terminal import SeenTerminal
from tui.session.settings import state_folder

RESTORED = {
    b"\x1b[?1049l": "the alternate screen is left",
    b"\x1b[?25h": "the cursor is shown",
    b"\x1b[?1000l": "clicks are not reported",
    b"\x1b[?1003l": "movements of the mouse are not reported",
    b"\x1b[?1006l": "the mouse is not reported in SGR",
    b"\x1b[?2004l": "pasting is not bracketed",
}
"""The last word on each mode that the program may have set."""


def test_quitting_gives_the_terminal_back_as_it_was() -> None:
    with SeenTerminal() as terminal:
        terminal.see("1 Timeline", "source 1/")
        assert terminal.modes != terminal.modes_before, "else nothing is shown here"
        terminal.press("q")
        assert terminal.ended() == 0
        given_back(terminal)


def test_the_act_of_the_program_in_a_terminal() -> None:
    event = next(event for event in coded.event_ids() if len(coded.behind(event)) > 1)
    with SeenTerminal() as terminal:
        terminal.see("1 Timeline", "source 1/")
        terminal.press("/")
        terminal.see("find in the timeline")
        terminal.press(*coded.title(event), "enter")
        terminal.see("match 1/1", "source 1/")
        terminal.press("enter")
        terminal.see("┏━ 4 Article")
        behind = coded.behind(event)
        for number in range(2, len(behind) + 1):
            terminal.press("]")
            terminal.see(f"source {number}/{len(behind)}")
        terminal.press("]")
        terminal.see(f"This is the last of the {len(behind)} articles")
        terminal.press("q")
        assert terminal.ended() == 0


@pytest.mark.parametrize("seed", [5])
def test_random_keys_and_sizes_leave_the_program_running_and_the_terminal_whole(seed: int) -> None:
    dice = random.Random(seed)
    with SeenTerminal(size=(80, 24)) as terminal:
        terminal.see("1 Timeline")
        for _ in range(40):
            terminal.press(*dice.choices(SAFE_KEYS, k=7))
            if dice.random() < 0.3:
                terminal.resize(dice.randint(1, 150), dice.randint(1, 50))
        terminal.resize(100, 30)
        while terminal.process.poll() is None:  # a q that a window took for a letter does no harm
            terminal.press("escape", "escape", "escape", "q")
            terminal._read(0.1)
        assert terminal.ended() == 0
        given_back(terminal)


def given_back(terminal: SeenTerminal) -> None:
    """Assert that the terminal is as it was before the program."""
    written = terminal.written
    for sequence, meaning in RESTORED.items():
        opposite = sequence[:-1] + (b"h" if sequence.endswith(b"l") else b"l")
        assert written.rfind(sequence) > written.rfind(opposite), f"not: {meaning}"
    assert terminal.modes == terminal.modes_before


def test_it_starts_in_a_terminal_of_one_cell() -> None:
    with SeenTerminal(size=(1, 1)) as terminal:
        terminal.read_until(lambda found: b"\x1b[?1049h" in found)
        terminal.resize(120, 40)
        terminal.see("1 Timeline", "source 1/")
        terminal.press("q")
        assert terminal.ended() == 0


def test_frames_that_a_slow_terminal_misses_are_made_up_for() -> None:
    with SeenTerminal(size=(200, 60)) as terminal:
        terminal.see("1 Timeline", "event 15/")
        for _ in range(30):  # nobody reads meanwhile, as on a line that is full
            for key in (b"g", b"G"):
                terminal.type(key)
                time.sleep(0.04)
        written = len(terminal.written)
        terminal.see("event 124/")
        while terminal._read(0.3):
            pass
        assert len(terminal.written) - written < MOST_LATE, "frames between are left out"
        shown = terminal.text
        terminal.press("ctrl+l")
        while terminal._read(0.3):
            pass
        assert terminal.text == shown, "what was left out is there"
        terminal.press("q")
        assert terminal.ended() == 0


MOST_LATE = 50_000
"""The most bytes that wait in the terminal and its line, and are drawn at last."""


def test_ctrl_z_gives_the_terminal_to_the_shell_and_fg_brings_the_screen_back() -> None:
    with SeenTerminal() as terminal:
        terminal.see("1 Timeline", "source 1/")
        terminal.press("ctrl+z")
        os.waitid(os.P_PID, terminal.process.pid, os.WSTOPPED | os.WNOWAIT)
        while terminal._read(0.1):
            pass
        given_back(terminal)
        terminal.overwrite()
        terminal.signal(signal.SIGCONT)
        terminal.see("1 Timeline", "source 1/", "conflict-tui")
        terminal.press("j")
        terminal.see("event 16/")
        terminal.press("q")
        assert terminal.ended() == 0
        given_back(terminal)


def test_what_something_else_wrote_over_the_screen_is_drawn_over() -> None:
    with SeenTerminal() as terminal:
        terminal.see("1 Timeline", "source 1/")
        terminal.overwrite()
        terminal.press("ctrl+l")
        terminal.see("1 Timeline", "source 1/")
        terminal.overwrite()
        terminal.signal(signal.SIGWINCH)  # it was attached again, and is as large as before
        terminal.see("1 Timeline", "source 1/")
        terminal.press("?")
        terminal.see("find a key")
        terminal.overwrite()
        terminal.press("ctrl+l")
        terminal.see("find a key", "source 1/")
        terminal.press("ctrl+c", "q")
        assert terminal.ended() == 0


def test_after_many_keys_it_shows_what_it_shows_when_it_is_drawn_anew() -> None:
    last = "event {0}/{0}".format(len(coded.event_ids()))
    with SeenTerminal() as terminal:
        terminal.see("1 Timeline", "source 1/")
        terminal.press(*"jjjj", "enter", *"]]", "backspace", "?", "ctrl+c", *"3jjzjz1G")
        terminal.see(last)
        while terminal._read(0.3):
            pass
        shown = terminal.cells
        terminal.overwrite()
        terminal.press("ctrl+l")
        terminal.see(last)
        while terminal._read(0.3):
            pass
        assert terminal.cells == shown
        terminal.press("q")
        assert terminal.ended() == 0


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_at_rest_nothing_wakes_up() -> None:
    with SeenTerminal() as terminal:
        terminal.see("1 Timeline", "source 1/")
        counted, still = woken(terminal), False
        while not still:
            while terminal._read(STILL):
                pass
            before, counted = counted, woken(terminal)
            still = before == counted
        terminal.press("q")
        assert terminal.ended() == 0


STILL = 1.0
"""Seconds in which a program that looks for something now and then would wake up."""


def woken(terminal: SeenTerminal) -> int:
    """The number of times that the threads of a program have waited."""
    tasks = Path(f"/proc/{terminal.process.pid}/task").glob("*/status")
    named = re.compile(r"^voluntary_ctxt_switches:\s+(\d+)", re.MULTILINE)
    return sum(int(named.findall(one.read_text())[0]) for one in tasks)


def test_what_was_typed_is_there_again_after_a_kill(tmp_path: Path) -> None:
    case = reported(tmp_path / "case.json", 2)
    with SeenTerminal(case) as terminal:
        terminal.see("1 Timeline", "source 1/")
        terminal.press("e")
        terminal.see("Esc saves")
        terminal.press(*"the only copy")
        while not any(b"the only copy" in path.read_bytes() for path in drafts()):
            terminal._read(0.05)
        terminal.process.kill()
        terminal.process.wait()
    with SeenTerminal(case) as terminal:
        terminal.see("1 Timeline", "source 1/")
        terminal.press("e")
        terminal.see("the only copy", "Draft of ")
        terminal.press("escape")
        terminal.see("Who are you?")
        terminal.press(*"Ana", "enter")
        terminal.see("Note saved.")
        terminal.press("q")
        assert terminal.ended() == 0
    assert drafts() == []


def drafts() -> list[Path]:
    """The files of drafts."""
    return sorted(state_folder().glob("draft-*.txt"))
