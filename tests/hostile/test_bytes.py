"""The bytes that the program sends to its terminal for a hostile case."""

import sys
from pathlib import Path

import pytest

from seeds.bundled import BUNDLED
from tests.examples import SAMPLED, WHOLE, sample
from tests.hostile.attacks import ATTACKS, BIG, SENTINEL
from tests.hostile.corpus import hostile_case, indexed
from tests.hostile.stream import is_harmless, pieces
from tests.journeys.keys import QUITTING
from tests.terminal import SeenTerminal, key_bytes
from tui.commands.registry import COMMANDS, OVERLAY_COMMANDS, PANES
from tui.session.settings import remember_author

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="needs a pseudo terminal")

READY = "event "

OPENS = {
    ":": "a command, or a name",
    "?": "find a key",
    "D": "At odds in this case",
    "/": "find in the",
    "&": "words to include",
}
"""The keys that open something, and what then is seen: what is typed before it goes elsewhere."""

WINDOWS = ("note", "tag", "assess", "grade", "rule", "said", "log")
"""The commands of changes that open a window, in some panes."""

ESCAPE = b"\x1b[27u"
"""Esc as a terminal with kitty's protocol sends it: it cannot be the start of another key."""


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return indexed(hostile_case(tmp_path_factory.mktemp("case"), big=WHOLE))


def press(terminal: SeenTerminal, *keys: str) -> None:
    """Press keys, each when something was drawn for the one before."""
    for key in keys:
        if key in OPENS:  # what the keys before it lead to is shown first
            terminal.read_until_quiet()
            terminal.see_gone(OPENS[key])
        terminal.type(ESCAPE if key == "escape" else key_bytes(key))
        if key in OPENS:
            terminal.see(OPENS[key])
        else:
            terminal.read_a_frame(0.1)
        if key in OPENS or key == "escape":
            terminal.read_until_quiet()


def quit_harmlessly(terminal: SeenTerminal) -> None:
    """Assert that it still runs, quits normally, and wrote only what it should."""
    assert terminal.process.poll() is None
    terminal.type("q")
    assert terminal.ended() == 0
    is_harmless(terminal.written)


def test_a_harmless_case_needs_all_sequences_that_are_known(tmp_path: Path) -> None:
    """It needs no others, either; else the list would allow what nobody writes."""
    with SeenTerminal(BUNDLED) as terminal:
        terminal.see(READY)
        press(terminal, "j", ":", "escape", "/", "escape")
        quit_harmlessly(terminal)
        kinds = {part.content for part in pieces(terminal.written) if part.kind == "sequence"}
    for mode in (7, 25, 1000, 1003, 1004, 1006, 1015, 1016, 1049, 2004, 2026, 2048):
        assert b"\x1b[?%dh" % mode in kinds
        assert b"\x1b[?%dl" % mode in kinds
    assert {b"\x1b[?2026$p", b"\x1b[?2048$p", b"\x1b[>25u", b"\x1b[<u"} <= kinds


@pytest.mark.parametrize("pane", PANES)
def test_every_command_in_every_pane(case: Path, pane: str) -> None:
    remember_author(ATTACKS["clipboard"])
    with SeenTerminal(case, size=(100, 30)) as terminal:
        terminal.see(READY)
        for command in sample(COMMANDS, of=pane):
            if QUITTING & set(command.keys):
                continue
            press(terminal, str(PANES.index(pane) + 1), *command.keys[:1])
            if command.id in ("palette", "help", "disputes"):
                inner = [one.keys[0] for one in OVERLAY_COMMANDS if one.keys[0] not in QUITTING]
                press(terminal, "a", *inner, command.keys[0], *inner[:2])
            elif command.id in ("find", "filter.words"):
                press(terminal, "a", "enter", "escape", "-")
            elif command.id in WINDOWS:
                press(terminal, "a")
            press(terminal, "escape")
        quit_harmlessly(terminal)


@pytest.mark.parametrize(
    ("size", "events"),
    [((120, 40), (len(ATTACKS) + len(BIG)) // (1 if WHOLE else SAMPLED)), ((200, 60), 12)],
    ids=str,
)
def test_every_event(case: Path, size: tuple[int, int], events: int) -> None:
    with SeenTerminal(case, size=size) as terminal:
        terminal.see(READY)
        press(terminal, "g")
        for _ in range(events):
            press(terminal, "j")
            terminal.read_until_quiet()
        quit_harmlessly(terminal)
        assert SENTINEL.encode() in terminal.written


def test_typed_forms_and_what_is_pasted(case: Path) -> None:
    with SeenTerminal(case) as terminal:
        terminal.see(READY)
        for command in sample([one for one in COMMANDS if one.typed], of="typed"):
            attack = " ".join(ATTACKS[name] for name in ("C1 sequences", "closing tag", "bidi"))
            press(terminal, ":")
            terminal.type(f"\x1b[200~{command.typed} {attack}\x1b[201~")
            terminal.read_until_quiet()
            press(terminal, "enter", "escape")
        quit_harmlessly(terminal)


def test_a_terminal_without_utf8(case: Path) -> None:
    with SeenTerminal(case, environment={"PYTHONIOENCODING": "ascii", "LC_ALL": "C"}) as terminal:
        terminal.see(READY)
        press(terminal, "g", *["j"] * 12)
        quit_harmlessly(terminal)
        assert terminal.written.isascii()


def test_a_terminal_without_colours(case: Path) -> None:
    with SeenTerminal(case, environment={"NO_COLOR": "1", "TERM": "vt100"}) as terminal:
        terminal.see(READY)
        press(terminal, "g", *["j"] * 12)
        quit_harmlessly(terminal)


def test_nothing_is_written_beside_the_case(case: Path) -> None:
    before = sorted(case.parent.iterdir())
    with SeenTerminal(case) as terminal:
        terminal.see(READY)
        terminal.type("q")
        assert terminal.ended() == 0
    assert sorted(case.parent.iterdir()) == before
