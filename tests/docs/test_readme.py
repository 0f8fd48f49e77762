"""Every block of commands in the README and the user pages, run in empty folders."""

import os
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest

from docs.made import ROOT
from tests import ged
from tests.articles import pages
from tests.conftest import DATA
from tests.hostile.pty import PATIENCE, PROGRAM
from tests.terminal import SeenTerminal
from tui.output import NAME

NOT_RUN = {
    "make test": "it is what runs this",
    "pipx install '.[all]'": "it needs a package index",
}
"""Commands of the README that no test can run, and why."""

SHOWN = ("csv", "toml")
"""The languages of blocks that are files: another test compares them with what the program does."""

PAGES = (
    "README.md",
    *(
        f"docs/{page}.md"
        for page in ("articles", "commands", "custody", "export", "import", "keys")
    ),
)
"""The pages for users."""


def blocks() -> list[list[str]]:
    """The commands of each block of shell, without their comments."""
    text = "".join((ROOT / page).read_text("utf-8") for page in PAGES)
    found = re.findall(r"^```sh\n(.*?)^```", text, re.MULTILINE | re.DOTALL)
    return [[re.sub(r"\s+#.*", "", line) for line in block.splitlines()] for block in found]


@pytest.fixture
def session(tmp_path: Path) -> Path:
    """A folder with the files that the pages name."""
    folder = tmp_path / "desk"
    (folder / "originals").mkdir(parents=True)
    with zipfile.ZipFile(folder / "ged231.zip", "w") as archive:
        archive.writestr("ged231.csv", ged.text([ged.row()], ged.COLUMNS_49))
    page = (ROOT / "docs/import.md").read_text("utf-8")
    (table,) = re.findall(r"^```csv\n(.*?)^```", page, re.MULTILINE | re.DOTALL)
    (folder / "attacks.csv").write_text(table, "utf-8")
    (folder / "pages").mkdir()
    (folder / "report.html").write_text(pages.PAGE, "utf-8")
    (folder / "pages" / "note.txt").write_text(pages.PLAIN, "utf-8")
    for original in sorted((DATA / "articles").glob("*.txt")):
        shutil.copy(original, folder / "originals")
    return folder


@pytest.mark.parametrize("commands", blocks(), ids=" ".join)
def test_a_block_does_what_it_says(
    commands: list[str], session: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    if any("originals/" in line for line in commands) and not any(
        (session / "originals").iterdir()
    ):
        pytest.skip("the five reports are not part of the project (see CONFLICT_DATA)")
    monkeypatch.chdir(session)
    for line in commands:
        if line not in NOT_RUN:
            run(line)


def run(line: str) -> None:
    """Run one command, and leave the screen again where it opens one."""
    if line == "make run":
        opened((which("make"), "-C", str(ROOT), "run"))
    elif re.fullmatch(rf"{NAME}( [\w.]+\.(db|json))?", line):
        opened((*PROGRAM, *map(os.path.abspath, line.split()[1:])))
    else:
        in_shell(line)


def which(name: str) -> str:
    found = shutil.which(name)
    assert found is not None
    return found


def opened(command: tuple[str, ...]) -> None:
    with SeenTerminal(command=command) as terminal:
        terminal.see("1 Timeline", "4 Article")
        terminal.press("q")
        assert terminal.ended() == 0


def in_shell(line: str) -> None:
    found = subprocess.run(
        ["sh", "-c", line],
        env={**os.environ, "PATH": f"{Path(PROGRAM[0]).parent}:{os.environ['PATH']}"},
        capture_output=True,
        text=True,
        timeout=PATIENCE,
        check=False,
    )
    assert found.returncode == 0, f"{line}: {found.stderr}"


def test_every_block_of_a_page_is_run_or_made() -> None:
    for page in PAGES:
        text = (ROOT / page).read_text("utf-8")
        kinds = re.findall(r"^```(\w*)\n(\S+)", text, re.MULTILINE)
        assert text.count("```") == 2 * len(kinds), page
        assert all(
            kind in ("sh", *SHOWN) or (kind, first) == ("console", "$") for kind, first in kinds
        ), page


def test_the_readme_is_short() -> None:
    assert len((ROOT / "README.md").read_text("utf-8").splitlines()) <= 150


def test_what_is_not_run_is_in_the_readme() -> None:
    lines = [line for block in blocks() for line in block]
    assert [line for line in NOT_RUN if line not in lines] == []
