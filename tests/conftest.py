"""The same terminal, clock, zone and folders for every test."""

import os
from collections import Counter
from collections.abc import Awaitable, Callable
from pathlib import Path

for _name in [name for name in os.environ if name.startswith("TEXTUAL")] + [
    "NO_COLOR",
    "COLORFGBG",
]:
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

from tests.examples import examples  # noqa: E402
from tests.person import Person  # noqa: E402
from tests.snapshots import (  # noqa: E402
    CellsExtension,
    StylesExtension,
    cells,
    keep_picture,
    styles,
)
from tui.app import ConflictApp  # noqa: E402

# the same examples in every run, and no limit of time that a busy machine could break
settings.register_profile("fixed", deadline=None, derandomize=True, database=None)
settings.load_profile("fixed")
settings.register_profile("project", examples(100))
settings.load_profile("project")

pytest_plugins = ["tests.indexes"]

DATA = Path(os.environ.get("CONFLICT_DATA", Path(__file__).parents[2] / "shared" / "data"))
"""Real files; the tests that need them skip where they are absent."""

Snap = Callable[[ConflictApp, str], None]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Write why tests were skipped, one line for each reason."""
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
def snap(snapshot: SnapshotAssertion, request: pytest.FixtureRequest) -> Snap:
    """Compare a screen with two files, its cells and its styles; keep a picture if it differs."""

    def compare(app: ConflictApp, name: str) -> None:
        same_cells = snapshot(name=name, extension_class=CellsExtension) == cells(app)
        same_styles = snapshot(name=name, extension_class=StylesExtension) == styles(app)
        if not (same_cells and same_styles):
            node = request.node.name.replace("/", "-")
            pytest.fail(f"the screen {name} differs: see {keep_picture(app, f'{node}-{name}')}")

    return compare


@pytest.fixture
def settled() -> Callable[[Pilot[int]], Awaitable[None]]:
    """Wait until every question is answered and everything is drawn."""

    async def settle(pilot: Pilot[int]) -> None:
        await Person(pilot).settle()

    return settle
