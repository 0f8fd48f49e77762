"""The same terminal, clock, zone and folders for every test."""

import os
from collections import Counter
from collections.abc import Awaitable, Callable
from pathlib import Path

for _name in [name for name in os.environ if name.startswith("TEXTUAL")] + ["NO_COLOR"]:
    os.environ.pop(_name, None)
os.environ |= {
    "TEXTUAL_ANIMATIONS": "none",
    "TEXTUAL_SMOOTH_SCROLL": "0",
    "TZ": "UTC",
    "LANG": "C.UTF-8",
    "TERM": "xterm-256color",
    "COLORTERM": "truecolor",
}

import pytest  # noqa: E402 - the environment stands before anything reads it
from hypothesis import settings  # noqa: E402
from syrupy.assertion import SnapshotAssertion  # noqa: E402
from textual.pilot import Pilot  # noqa: E402

from tests.person import Person  # noqa: E402
from tests.snapshots import CellsExtension, PictureExtension, cells, picture  # noqa: E402
from tui.app import ConflictApp  # noqa: E402

# the same examples in every run, and no limit of time that a busy machine could break
settings.register_profile("project", deadline=None, derandomize=True, database=None)
settings.load_profile("project")

pytest_plugins = ["tests.indexes"]

DATA = Path(os.environ.get("CONFLICT_DATA", Path(__file__).parents[2] / "shared" / "data"))
"""Real files; the tests that need them skip where they are absent."""

Snap = Callable[[ConflictApp, str], None]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Tell what was skipped, a line a reason."""
    skipped = terminalreporter.getreports("skipped")
    reasons = Counter(str(report.longrepr[2]).removeprefix("Skipped: ") for report in skipped)
    for reason, tests in reasons.most_common():
        terminalreporter.write_line(f"skipped {tests}: {reason}")


@pytest.fixture(autouse=True)
def _own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test reads or writes the folders of the user."""
    for name in ("CONFIG", "DATA", "STATE", "CACHE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(tmp_path / "xdg" / name.lower()))


@pytest.fixture
def snap(snapshot: SnapshotAssertion) -> Snap:
    """Compare the screen with two files: its cells, for the reader of a diff, and its looks."""

    def compare(app: ConflictApp, name: str) -> None:
        assert cells(app) == snapshot(name=name, extension_class=CellsExtension)
        assert picture(app) == snapshot(name=name, extension_class=PictureExtension)

    return compare


@pytest.fixture
def settled() -> Callable[[Pilot[int]], Awaitable[None]]:
    """Wait until every question is answered and everything is drawn."""

    async def settle(pilot: Pilot[int]) -> None:
        await Person(pilot).settle()

    return settle
