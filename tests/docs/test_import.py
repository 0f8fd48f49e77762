"""docs/import.md: its table, its mapping and its commands work as the page says."""

import re
import shlex
from pathlib import Path

import msgspec
import pytest

from docs.made import ROOT
from store.importers.mapping import Part
from tests.imports import run

PAGE = (ROOT / "docs/import.md").read_text("utf-8")


def block(language: str, holding: str) -> str:
    """The one block of the page in a language that holds some words."""
    found = re.findall(rf"^```{language}\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    (one,) = (text for text in found if holding in text)
    return str(one)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with the table of the page."""
    monkeypatch.chdir(tmp_path)
    Path("attacks.csv").write_text(block("csv", "Ref,Date"), "utf-8")
    return tmp_path


def test_the_commands_draft_the_mapping_of_the_page_and_import_with_it(folder: Path) -> None:
    for line in block("sh", "--mapping").splitlines():
        found = run(*shlex.split(line)[1:])
        assert found.exit_code == 0, found.stderr
    assert (folder / "attacks.toml").read_text("utf-8") == block("toml", "[data_set]")
    assert "3 added" in found.stdout
    rows = run("events", "--case", "war.db", "--format", "csv").stdout
    for words in ("Bombs hit the market.", "air-strike", "Qorville"):
        assert words in rows
    assert "number-unread" in run("events", "--case", "war.db").stdout


def test_the_page_names_every_key_of_a_mapping() -> None:
    section = PAGE[PAGE.index("| key |") :]
    keys = {one.name for part in Part.__subclasses__() for one in msgspec.structs.fields(part)}
    named = set(re.findall(r"`\[*([a-z_0-9]+)\]*`", section))
    assert keys <= named
