"""The end of the program: on request, without its terminal, and after a crash."""

import contextlib
import os
import re
import signal
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from seeds.bundled import BUNDLED
from tests.examples import WHOLE, share
from tests.hostile.pty import ROOT, SEQUENCE, Terminal
from tests.hostile.small import HARM, hostile_case
from tests.terminal import SeenTerminal

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo terminal")

SOON = 5.0
"""Seconds within which the program must have ended."""

ENTERED, LEFT = b"\x1b[?1049h", b"\x1b[?1049l"

TAKEN_BACK = {
    b"?1049": b"l",  # the alternate screen
    b"?25": b"h",  # the cursor
    b"?7": b"h",  # line wrap
    b"?1000": b"l",  # the mouse, in every form
    b"?1003": b"l",
    b"?1006": b"l",
    b"?1015": b"l",
    b"?1016": b"l",
    b"?1004": b"l",  # the focus
    b"?2004": b"l",  # brackets around what is pasted
    b"?2026": b"l",  # synchronised output
    b"?2048": b"l",  # resizing in band
}
"""What every mode that the program sets must be at its end."""

ESCAPE = b"\x1b[27u"
"""Esc as a terminal with kitty's protocol sends it: it cannot be the start of another key."""

READY = "source "
"""A word of the status line once a case is open."""


def is_restored(terminal: Terminal) -> None:
    """Assert that every mode of the terminal is as it was before the program."""
    last = dict(re.findall(rb"\x1b\[(\?\d+)([hl])", terminal.written))
    assert last == {mode: TAKEN_BACK[mode] for mode in last}
    assert terminal.written.count(b"\x1b[>") == terminal.written.count(b"\x1b[<")
    assert terminal.modes == terminal.modes_before


def outside(terminal: Terminal) -> str:
    """The output before and after the alternate screen, without sequences."""
    before, _, inside = terminal.written.rpartition(ENTERED)
    return SEQUENCE.sub(b"", before + inside.rpartition(LEFT)[2]).decode()


@pytest.fixture
def case(tmp_path: Path) -> Path:
    return hostile_case(tmp_path / "case.json")


# told to end


def test_quitting_is_0_and_leaves_the_terminal_as_it_was() -> None:
    with SeenTerminal(BUNDLED) as terminal:
        terminal.see(READY)
        terminal.type("q")
        assert terminal.ended() == 0
        is_restored(terminal)
        assert outside(terminal) == ""


@pytest.mark.parametrize(
    ("number", "keys"),
    [
        (signal.SIGTERM, ""),
        (signal.SIGHUP, "/"),
        (signal.SIGINT, ":"),
        *((signal.SIGTERM, keys) for keys in (":", "/", "z") if WHOLE),
    ],
)
def test_a_signal_ends_it(number: signal.Signals, keys: str) -> None:
    with SeenTerminal(BUNDLED) as terminal:
        terminal.see(READY)
        if keys:
            terminal.type(keys)
            terminal.read_a_frame(SOON)
        terminal.signal(number)
        assert terminal.ended(SOON) == 128 + number
        is_restored(terminal)
        assert outside(terminal) == ""


@pytest.mark.parametrize("wanted", [ENTERED, b"\x1b[?7l", b"\x1b[m"], ids=repr)
def test_a_signal_ends_it_while_it_starts(wanted: bytes, case: Path) -> None:
    """It is ended after its first byte; before that there is nothing to restore."""
    with SeenTerminal(case) as terminal:
        terminal.read_until(lambda found: wanted in found)
        terminal.signal(signal.SIGTERM)
        assert terminal.ended(SOON) == 128 + signal.SIGTERM
        is_restored(terminal)


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("large") / "large.json"
    subprocess.run(
        [sys.executable, "-m", "seeds.synthetic", "3000", path],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    return path


@pytest.mark.parametrize("how", ["TERM", "quit", "hang up"])
def test_it_ends_while_a_large_case_is_read(large: Path, how: str) -> None:
    with SeenTerminal(large) as terminal:
        terminal.see("Reading the case")
        if how == "TERM":
            terminal.signal(signal.SIGTERM)
        elif how == "quit":
            terminal.type("q")
        else:
            terminal.hang_up()
        status = {"TERM": 143, "quit": 0, "hang up": 129}[how]
        assert terminal.ended(SOON) == status
        if how != "hang up":
            is_restored(terminal)
            assert outside(terminal) == ""


def test_a_question_without_an_answer_does_not_hold_it_up(case: Path) -> None:
    with crashing(
        "import threading; Session.look = lambda *_: threading.Event().wait()", case
    ) as it:
        it.see("Reading the case")
        it.signal(signal.SIGTERM)
        assert it.ended(SOON) == 143
        is_restored(it)


# the terminal goes away


@pytest.mark.parametrize("keys", ["", "/", ":"] if WHOLE else ["/"], ids=repr)
def test_a_dropped_connection_ends_it(keys: str, tmp_path: Path) -> None:
    with SeenTerminal(BUNDLED) as terminal:
        terminal.see(READY)
        terminal.type(keys)
        terminal.read_a_frame(0.5)
        terminal.hang_up()
        assert terminal.ended(SOON) == 128 + signal.SIGHUP
    assert not list(tmp_path.rglob("crash-*"))


def test_a_dropped_connection_ends_it_without_a_signal(tmp_path: Path) -> None:
    with SeenTerminal(BUNDLED, controlling=False) as terminal:
        terminal.see(READY)
        terminal.hang_up()
        assert terminal.ended(SOON) == 128 + signal.SIGHUP
    assert not list(tmp_path.rglob("crash-*"))


def test_a_terminal_that_takes_nothing_any_more_does_not_hold_it_up() -> None:
    with SeenTerminal(BUNDLED) as terminal:
        terminal.see(READY)
        deadline, still = time.monotonic() + SOON, 0
        before = cpu_seconds(terminal.process.pid)
        while time.monotonic() < deadline and still < 20:
            terminal.type("T")
            with contextlib.suppress(subprocess.TimeoutExpired):
                terminal.process.wait(0.02)
            used = cpu_seconds(terminal.process.pid)
            still, before = still + 1 if used == before else 0, used
        assert terminal.waiting() > 1_000
        terminal.signal(signal.SIGTERM)
        assert terminal.process.wait(SOON) == 128 + signal.SIGTERM


def test_letters_that_are_no_utf8_do_no_harm() -> None:
    with SeenTerminal(BUNDLED) as terminal:
        terminal.see(READY)
        terminal.type(b"/")
        terminal.see("find in the timeline")
        terminal.type(b"\xff\xfe\xc3(")
        terminal.read_a_frame(SOON)
        terminal.type(ESCAPE)
        terminal.see("keys")
        terminal.type("q")
        assert terminal.ended() == 0
        is_restored(terminal)


def test_continuing_what_was_not_stopped_changes_nothing() -> None:
    with SeenTerminal(BUNDLED) as terminal:
        terminal.see(READY)
        terminal.signal(signal.SIGCONT)
        terminal.type("q")
        assert terminal.ended() == 0
        assert terminal.written.count(ENTERED) == 1
        is_restored(terminal)


# crashes

SECRET = "the witness lives behind the mosque"

PATCHES = """
from store.archive import Archive
from textual.css.stylesheet import Stylesheet
from tui import driver
from tui.app import ConflictApp
from tui.session.session import Session
from tui.panes.timeline import TimelinePane
from tui.panes.layout import PaneLayout
from tui.handlers.dispatcher import Dispatcher
from tui.screens.explore import ExploreScreen
from tui.widgets.status import Breadcrumb
secret = " ".join(["the witness", "lives", "behind the mosque"])
def fail(*arguments, **named):
    held = [secret] * 3
    try:
        {}[secret]
    except KeyError as error:
        raise ValueError(f"no {secret} in {held}") from error
async def fail_later(*arguments):
    fail()
"""
"""Where a crash may come from; `fail` raises an error that holds words of the case."""

CRASHES = {
    "drawing a row": "TimelinePane.draw_row = fail",
    "drawing a line": "Breadcrumb.render = fail",
    "reading the case": "Archive.open = fail",
    "a question": "Session.look = fail",
    "an answer": "ExploreScreen._apply = fail",
    "a key": "Dispatcher.run = fail",
    "composing the screen": "ExploreScreen.compose = fail",
    "composing the program": "ConflictApp.compose = fail",
    "mounting the screen": "ExploreScreen.on_mount = fail",
    "mounting the program": "ConflictApp.on_mount = fail",
    "loading the program": "ConflictApp.on_load = fail",
    "after a refresh": "PaneLayout.apply = fail",
    "a timer": "ConflictApp.on_mount = lambda app: app.set_timer(0.01, fail) and None",
    "a task": "ConflictApp.on_mount = lambda app: app.run_worker(fail_later()) and None",
    "the styles": "Stylesheet.read_all = fail",
    "an error that Textual draws": "Stylesheet.read_all = drawn",
    "what is typed": "driver.XTermParser.feed = fail",
    "ending": "ConflictApp.on_unmount = fail",
    "the program itself": "ConflictApp.__init__ = fail",
}

TYPED = {"a key": "j", "ending": "q"}
"""The crashes that come after a key only."""

DRAWN = """
class Drawn(Exception):
    def __rich__(self):
        return secret
def drawn(*_):
    raise Drawn(secret)
"""


def crashing(patch: str, *arguments: str | Path) -> SeenTerminal:
    """The program with a fault in it."""
    script = f"{PATCHES}{DRAWN}{patch}\nfrom tui.cli.main import main; main()"
    return SeenTerminal(*arguments, command=(sys.executable, "-c", script))


@pytest.mark.parametrize("name", share(list(CRASHES), 2, of=3))
def test_a_crash_shows_nothing_of_the_case(name: str, case: Path, tmp_path: Path) -> None:
    with crashing(CRASHES[name], case) as terminal:
        if name in TYPED:
            terminal.see(READY)
            terminal.type(TYPED[name])
        assert terminal.ended() == 1
        is_restored(terminal)
        said = outside(terminal)
    told_of_a_crash(said, tmp_path)
    assert SECRET.encode() not in terminal.written


@pytest.mark.parametrize("arguments", [["events"], ["event", "evt_a"], ["search", "hama"]])
def test_a_crash_of_a_command_shows_nothing_of_the_case(
    arguments: list[str], case: Path, tmp_path: Path
) -> None:
    with crashing("Archive.ask = fail", *arguments, "--case", case) as terminal:
        assert terminal.ended() == 1
        is_restored(terminal)
        told_of_a_crash(terminal.written.decode(), tmp_path)


def told_of_a_crash(said: str, folder: Path) -> None:
    """Assert that one line says where the report is, and that neither has words of the case."""
    (report,) = folder.rglob("crash-*")
    assert said == (
        "conflict-tui: something unexpected happened; a report, without any text of the"
        f" case, is in {report}\r\n"
    )
    assert stat.S_IMODE(report.stat().st_mode) == 0o600
    written = report.read_text("utf-8")
    assert SECRET not in written
    assert HARM[-40:] not in written
    assert "Traceback" in written or "line" in written


def cpu_seconds(process: int) -> float:
    """The seconds of computing that a process has used; 0 where the system does not say."""
    try:
        fields = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@pytest.mark.parametrize("size", [(0, 0), (1, 1), *([(0, 40), (120, 0)] if WHOLE else [])], ids=str)
def test_a_terminal_without_a_size_or_of_one_cell_is_no_reason_to_fail(
    size: tuple[int, int],
) -> None:
    with SeenTerminal(BUNDLED, size=size) as terminal:
        terminal.read_until(lambda written: ENTERED in written)
        terminal.type("jq")
        assert terminal.ended() == 0
        is_restored(terminal)
    assert len(terminal.written) < 200_000, "it is drawn without end"
    assert outside(terminal).strip() == ""
