"""The same terminal, clock, zone and folders for every test."""

import gc
import os
import shutil
import tempfile
from collections import Counter
from collections.abc import Awaitable, Callable
from itertools import count
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

from tests.examples import WHOLE, examples  # noqa: E402
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

# files of tests lie in memory where there is room: no power fails in a test, and thousands of
# fsyncs would be waited for; `make whole` writes to the disk
MEMORY = Path("/dev/shm")
if not WHOLE and os.access(MEMORY, os.W_OK) and shutil.disk_usage(MEMORY).free > 2 * 2**30:
    os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", str(MEMORY))
    tempfile.tempdir = str(MEMORY)

pytest_plugins = ["tests.indexes", "tests.kept_starts"]

DATA = Path(os.environ.get("CONFLICT_DATA", Path(__file__).parents[2] / "shared" / "data"))
"""Real files; the tests that need them skip where they are absent."""

_USERS = count(1)

Snap = Callable[[ConflictApp, str], None]


def pytest_xdist_auto_num_workers() -> int:
    """One worker more than processors, as some tests wait for a process, a lock or a server."""
    return (os.cpu_count() or 1) + 1


def pytest_collection_finish() -> None:
    """Spare the garbage collector what stays until the end: all modules and all tests."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Write why tests were skipped, one line for each reason."""
    skipped = terminalreporter.getreports("skipped")
    reasons = Counter(str(report.longrepr[2]).removeprefix("Skipped: ") for report in skipped)
    for reason, tests in reasons.most_common():
        terminalreporter.write_line(f"skipped {tests}: {reason}")


@pytest.fixture(autouse=True)
def _own_folders(
    request: pytest.FixtureRequest,
    tmp_path_factory: pytest.TempPathFactory,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """No test reads or writes the folders of the user; its own are made when it writes there."""
    if "tmp_path" in request.fixturenames:
        folder: Path = request.getfixturevalue("tmp_path")
    else:
        folder = tmp_path_factory.getbasetemp() / f"user-{next(_USERS)}"
    for name in ("CONFIG", "DATA", "STATE", "CACHE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(folder / "xdg" / name.lower()))


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
