"""Imports of the program's parts: the core loads no terminal toolkit."""

import subprocess
import sys

import pytest

TOOLKIT = ("textual", "rich")

LATER = (
    *("store.archive", "store.document", "store.coding", "store.dossier", "store.exporting"),
    *("tui.dialogs", "tui.handlers.dispatcher", "tui.handlers.dossier", "tui.session.session"),
    *("textual.widgets._text_area", "tinydb"),
)
"""The beginnings of the names of modules that come after the first frame."""

OURS = ("store", "seeds", "tui")
MOST = 177
"""Modules of ours before the first frame; there were 375."""

LOADED = """
import sys
{act}
print(*sorted(name for name in {toolkit!r} if name in sys.modules))
"""


def loaded_by(act: str) -> list[str]:
    """The packages of the toolkit that are loaded after some lines of Python."""
    code = LOADED.format(act=act, toolkit=TOOLKIT)
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    return done.stdout.splitlines()[-1].split() if done.stdout.splitlines() else []


def test_the_check_itself_sees_the_toolkit() -> None:
    assert loaded_by("import tui.app") == ["rich", "textual"]


@pytest.mark.parametrize(
    "module", ["tui.session.session", "tui.session.trail", "tui.commands.registry"]
)
def test_the_session_knows_no_terminal(module: str) -> None:
    assert loaded_by(f"import {module}") == []


def test_a_start_loads_no_rules_of_reading() -> None:
    """Their patterns take longer to compile than the case takes to open."""
    read = "print(*(name for name in sys.modules if name.startswith(RULES)))"
    rules = ("store.importers", "store.extraction.date", "store.coding.read_sentence")
    code = f"import sys, tui.screens.explore, tui.app\nRULES = {rules!r}\n"
    for after, loaded in (("", False), ("import store.coding.read_sentence\n", True)):
        done = subprocess.run(
            [sys.executable, "-c", code + after + read],
            capture_output=True,
            text=True,
            check=True,
            timeout=60,
        )
        assert bool(done.stdout.split()) is loaded, done.stdout


def test_the_first_frame_waits_for_no_command() -> None:
    """What commands open is loaded after it, with the archive: 407 modules were, 186 are."""
    code = f"""
import sys, tui.run
from tui.screens.explore import ExploreScreen
print(*(name for name in sys.modules if name.startswith({LATER!r})))
print(sum(name.partition(".")[0] in {OURS!r} for name in sys.modules))
ExploreScreen().dispatcher
print(*(name for name in sys.modules if name.startswith({LATER!r})))
"""
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    early, number, late = done.stdout.splitlines()
    assert not early
    assert int(number) <= MOST
    assert "tui.handlers.dossier" in late


@pytest.mark.parametrize(
    ("act", "loaded"),
    [
        ("import tui.cli.import_files", []),
        ("import store.importers.acled", []),
        ("import store.importers.ged", ["store.importers.ged_articles"]),
        ("import store.articles.child", ["store.articles.formats", "store.extraction.dates"]),
    ],
)
def test_an_import_loads_only_the_rules_that_its_file_needs(act: str, loaded: list[str]) -> None:
    """Rules of reading headlines and articles are hundreds of patterns, which take long."""
    rules = ("store.importers.ged_articles", "store.articles.formats", "store.extraction.dates")
    code = f"import sys\n{act}\nprint(*(name for name in {rules!r} if name in sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.split() == loaded


@pytest.mark.parametrize("package", ["store", "seeds"])
def test_no_module_of_the_core_knows_a_terminal(package: str) -> None:
    act = f"""
import importlib, pkgutil, {package}
for found in pkgutil.walk_packages({package}.__path__, "{package}."):
    if not found.name.endswith("__main__"):
        importlib.import_module(found.name)
"""
    assert loaded_by(act) == []
