"""The base works without the libraries of `[articles]`: a file that needs one ends in a line."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.articles import pages
from tests.imports import new_case

_WITHOUT = """
import sys

class Missing:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {
            "lxml", "lxml_html_clean", "trafilatura", "feedparser", "mammoth", "warcio",
            "pypdfium2", "dateparser", "justext", "courlan", "htmldate", "babel",
        }:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)

sys.meta_path.insert(0, Missing())
from tui.cli.main import main
sys.argv = ["conflict-tui", *sys.argv[1:]]
sys.exit(main())
"""


def without_extras(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """Run a command in a Python that has the base alone."""
    return subprocess.run(
        [sys.executable, "-c", _WITHOUT, *map(str, arguments)],
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_the_base_shows_its_help_and_reads_plain_text(tmp_path: Path) -> None:
    assert without_extras("--help").returncode == 0
    case = new_case(tmp_path / "war.json")
    file = tmp_path / "a.txt"
    file.write_text(pages.PLAIN, "utf-8")
    found = without_extras("import", file, "--into", case, "--by", "Ada")
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
    content: bytes, what: str, tmp_path: Path
) -> None:
    case, file = new_case(tmp_path / "war.json"), tmp_path / "a.bin"
    file.write_bytes(content)
    found = without_extras("import", file, "--into", case, "--by", "Ada")
    assert found.returncode == 69, found.stderr
    (line,) = found.stderr.splitlines()
    assert line.startswith(f"conflict-tui: {file}: {what} needs the extra [articles] (")
    assert line.endswith("is not installed); install it with: pipx install '.[articles]'")
    assert not case.with_name("war.json.originals").exists()
