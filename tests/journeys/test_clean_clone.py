"""What somebody has who clones the repository: the program runs, and pivots."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.hostile.pty import ROOT
from tests.sight import words
from tests.terminal import SeenTerminal

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
        [git, "clone", "--quiet", "--no-hardlinks", str(ROOT), str(folder)],
        check=True,
        timeout=60,
        capture_output=True,
    )
    return folder


def test_a_clean_clone_starts_and_pivots(clone: Path) -> None:
    command = (sys.executable, "-c", RUN, str(clone))
    with SeenTerminal(command=command, environment={"PYTHONPATH": str(clone)}) as terminal:
        terminal.see("1 Timeline", "Rebels take Hama", "source 1/2")
        terminal.press("enter")
        seen = terminal.see("┏━ 4 Article", "passage 1/")
        assert "Syrian rebels, Islamist-led factions among them, have" in words(seen)
        terminal.press("]")
        terminal.see("source 2/2")
        assert "their latest victory since their charge began" in words(terminal.text)
        terminal.press("q")
        assert terminal.ended() == 0
    changed = subprocess.run(
        ["git", "-C", str(clone), "status", "--porcelain", "--ignored"],
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    assert not [line for line in changed.splitlines() if "__pycache__" not in line]
