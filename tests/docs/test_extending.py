"""docs/extending.md: its examples, added to a copy of the program, work there."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from docs.made import ROOT

PAGE = ROOT / "docs/extending.md"
COPIED = ("store", "seeds", "tui", "docs", "tests")
LEFT_OUT = shutil.ignore_patterns("__snapshots__")

_BLOCK = re.compile(r"^(New file|In) `([^`]+)`:\n\n```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def blocks() -> list[tuple[bool, str, str]]:
    """Each block of the page: whether it is a new file, of which file it is, and its text."""
    page = PAGE.read_text("utf-8")
    found = _BLOCK.findall(page)
    assert len(found) == page.count("```") // 2, "a block without the name of its file"
    return [(how == "New file", name, text) for how, name, _, text in found]


def changed(text: str, change: str) -> str:
    """The text with a change: what the block takes for there must be there, once."""
    lines = change.splitlines(keepends=True)
    before = "".join(line[1:] for line in lines if line[0] in " -")
    after = "".join(line[1:] for line in lines if line[0] in " +")
    assert text.count(before) == 1, f"stands there {text.count(before)} times:\n{before}"
    return text.replace(before, after)


@pytest.fixture(scope="module")
def extended(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the program with all examples of the page."""
    copy = tmp_path_factory.mktemp("extended")
    for name in COPIED:
        shutil.copytree(ROOT / name, copy / name, ignore=LEFT_OUT)
    for name in ("pyproject.toml", "README.md", "CHANGELOG.md", "Makefile"):
        shutil.copy(ROOT / name, copy)
    for new, name, text in blocks():
        path = copy / name
        if new:
            assert not path.exists(), f"{name} is there already"
            path.write_text(text, "utf-8")
        else:
            path.write_text(changed(path.read_text("utf-8"), text), "utf-8")
    return copy


def python(copy: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    """Run Python in the copy."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST_")}
    return subprocess.run(
        [sys.executable, "-m", *arguments],
        cwd=copy,
        env={**kept, "PYTHONPATH": str(copy)},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )


def test_the_examples_work(extended: Path, tmp_path: Path) -> None:
    options = ("-q", "-p", "no:cacheprovider", "--basetemp", str(tmp_path / "copy"))
    tests = ("tests/docs/extended.py", "tests/tui/test_commands.py")
    done = python(extended, "pytest", *options, *tests)
    assert done.returncode == 0, done.stdout[-6000:] + done.stderr[-2000:]


@pytest.mark.parametrize("check", [("check",), ("format", "--check")], ids=" ".join)
def test_the_examples_are_written_as_the_program_is(extended: Path, check: tuple[str, ...]) -> None:
    files = sorted({name for _, name, _ in blocks() if name.endswith(".py")})
    done = python(extended, "ruff", *check, "--no-cache", *files)
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_change_that_does_not_fit_is_told() -> None:
    assert changed("a\nb\n", " a\n+c\n") == "a\nc\nb\n"
    assert changed("a\nb\n", "-a\n+c\n") == "c\nb\n"
    with pytest.raises(AssertionError, match="0 times"):
        changed("a\nb\n", " x\n+c\n")
    with pytest.raises(AssertionError, match="2 times"):
        changed("a\na\n", " a\n+c\n")
