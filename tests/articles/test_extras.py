"""The base works without the libraries of `[articles]`: a file that needs one ends in a line."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.articles import pages
from tests.imports import new_case

_LIBRARIES = ("lxml", "trafilatura", "feedparser", "mammoth", "warcio", "pypdfium2")
_PROGRAM = """
import sys
sys.path.insert(0, sys.argv.pop(1))
from tui.cli.main import main
sys.exit(main())
"""


@pytest.fixture
def without(tmp_path: Path) -> Path:
    """A folder that stands before the libraries, so that none of them can be imported."""
    folder = tmp_path / "without"
    folder.mkdir()
    for name in _LIBRARIES:
        (folder / f"{name}.py").write_text(f"raise ModuleNotFoundError({name!r}, name={name!r})")
    return folder


def run_without(without: Path, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Run a command in a Python that has the base alone."""
    return subprocess.run(
        [sys.executable, "-c", _PROGRAM, *map(str, (without, *arguments))],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_the_base_shows_its_help_and_reads_plain_text(tmp_path: Path, without: Path) -> None:
    assert run_without(without, "--help").returncode == 0
    case = new_case(tmp_path / "war.json")
    file = tmp_path / "a.txt"
    file.write_text(pages.PLAIN, "utf-8")
    found = run_without(without, "import", file, "--into", case, "--by", "Ada")
    assert (found.returncode, found.stderr) == (0, "")
    assert pages.TITLE in found.stdout


@pytest.mark.parametrize(
    ("content", "what"),
    [
        (pages.PAGE.encode(), "a saved page"),
        (pages.pdf(), "a PDF"),
        (pages.warc(), "a web archive"),
    ],
    ids=["page", "pdf", "warc"],
)
def test_a_file_that_needs_the_extra_says_so_in_a_line(
    content: bytes, what: str, tmp_path: Path, without: Path
) -> None:
    case, file = new_case(tmp_path / "war.json"), tmp_path / "a.bin"
    file.write_bytes(content)
    found = run_without(without, "import", file, "--into", case, "--by", "Ada")
    assert found.returncode == 69, found.stderr
    (line,) = found.stderr.splitlines()
    assert line.startswith(f"conflict-tui: {file}: {what} needs the extra [articles] (")
    assert line.endswith("is not installed); install it with: pipx install '.[articles]'")
    assert not case.with_name("war.json.originals").exists()
