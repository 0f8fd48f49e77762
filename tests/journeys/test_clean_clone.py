"""A clone of the repository is enough: the program runs, and pivots."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from seeds.bundled import BUNDLED
from tests.hostile.pty import ROOT
from tests.journeys import coded
from tests.sight import words
from tests.terminal import SeenTerminal

TITLE = "Rebels take Hama"

RUN = """
import os, sys
os.chdir(sys.argv[1])
os.execv(sys.executable, [sys.executable, "-m", "tui"])
"""


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    """A clone of the last commit, without anything that is not committed."""
    git = shutil.which("git")
    if git is None or not (ROOT / ".git").exists():
        pytest.skip("no git, or no git checkout to clone")
    folder = tmp_path / "clone"
    subprocess.run(
        [git, "clone", "--quiet", "--shared", str(ROOT), str(folder)],
        check=True,
        timeout=60,
        capture_output=True,
    )
    return folder


def article(screen: str) -> str:
    """The words of the pane at the right, without its border and the marks beside the text."""
    lines = re.findall(r"┃([^┃]*)┃$", screen, re.MULTILINE)
    return words(" ".join(line.strip(" ▌▏") for line in lines))


def test_a_clean_clone_starts_and_pivots(clone: Path) -> None:
    case = clone / "seeds" / BUNDLED.name
    command = (sys.executable, "-c", RUN, str(clone))
    with SeenTerminal(command=command, environment={"PYTHONPATH": str(clone)}) as terminal:
        terminal.see("1 Timeline", "source 1/")
        terminal.press("/")
        terminal.see("find in the timeline")
        terminal.press(*TITLE, "enter")
        terminal.see(f"› {TITLE}", "match 1/")
        terminal.press("enter")
        behind = coded.behind(coded.called(TITLE, case), case)
        assert words(behind[0].exact) in article(terminal.see("┏━ 4 Article", "source 1/"))
        terminal.press("]")
        assert words(behind[1].exact) in article(terminal.see(f"source 2/{len(behind)}"))
        terminal.press("q")
        assert terminal.ended() == 0
    changed = subprocess.run(
        ["git", "-C", str(clone), "status", "--porcelain", "--ignored"],
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    assert not [line for line in changed.splitlines() if "__pycache__" not in line]
