"""The documentation is true: its checks, and the README's walk as a newcomer takes it."""

import ast
import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from docs.check import PACKAGES, findings, undocumented, unwanted_words
from docs.made import ROOT, pages, up_to_date
from docs.picture import self_contained
from store import __version__
from store.errors import EXIT_CODES
from tests.person import seated
from tests.sight import highlighted, words
from tui.commands.registry import COMMANDS, OVERLAY_COMMANDS, shown_key

KEYS = {shown_key(key): key for one in (*COMMANDS, *OVERLAY_COMMANDS) for key in one.keys}
"""Every key as Textual names it, by the name that people read."""

CONNECTING = {"ftplib", "http", "requests", "smtplib", "socket", "ssl", "urllib.request", "httpx"}


def test_everything_that_the_documentation_says_is_so() -> None:
    assert list(findings()) == []


async def test_a_newcomer_can_walk_the_first_five_minutes() -> None:
    steps = list(walk((ROOT / "README.md").read_text("utf-8")))
    assert len(steps) > 8
    async with seated() as person:
        for pressed, seen in steps:
            for key in pressed:
                if key in KEYS:
                    await person.press(KEYS[key])
                else:
                    await person.type(key)
            shown = words(person.screen) + highlighted(person.app)
            for phrase in seen:
                assert phrase in shown, f"after {pressed} the screen does not show {phrase!r}"


def walk(readme: str) -> Iterator[tuple[list[str], list[str]]]:
    """The keys, and the words that they show, of each row of the README's walk."""
    _, _, section = readme.partition("## The first five minutes")
    section, _, _ = section.partition("\n## ")
    for row in re.findall(r"^\| (`.*?) \| (.*) \|$", section, re.MULTILINE):
        yield re.findall(r"`([^`]+)`", row[0]), re.findall(r"\*\*([^*]+)\*\*", row[1])


def test_every_exit_code_is_documented() -> None:
    page = (ROOT / "docs/commands.md").read_text("utf-8")
    assert [code for code, _ in EXIT_CODES if f"| `{code}` |" not in page] == []


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the project's words, to be spoilt."""
    for name in ("docs", "store", "seeds", "tui"):
        shutil.copytree(ROOT / name, tmp_path / name)
    for name in ("README.md", "CHANGELOG.md", "NOTICE", "LICENSE", "Makefile"):
        shutil.copy(ROOT / name, tmp_path / name)
    return tmp_path


def spoil_link(text: str) -> str:
    return text.replace("(docs/keys.md)", "(docs/key.md)")


def spoil_anchor(text: str) -> str:
    return text.replace("(data-model.md#a-case-as-text)", "(data-model.md#reports)")


def spoil_target(text: str) -> str:
    return text.replace("make run ", "make walk ")


def spoil_option(text: str) -> str:
    return text.replace("events --help", "events --halp")


def spoil_example(text: str) -> str:
    return text.replace("Turkey (supporter)", "Turkey (attacker)")


def spoil_table(text: str) -> str:
    return text.replace("| `64` |", "| `65` |")


def spoil_field(text: str) -> str:
    return text.replace("| `holder` | id", "| `owner` | id")


def spoil_marker(text: str) -> str:
    return text.replace("<!-- made: event types -->", "")


def spoil_docstring(text: str) -> str:
    return text.replace('"""Everything about a case that is true without a screen."""', "")


SPOILT: list[tuple[str, Callable[[str], str], str]] = [
    ("README.md", spoil_link, "README.md: links to docs/key.md, which does not exist"),
    ("docs/architecture.md", spoil_anchor, "which has no such heading"),
    ("README.md", spoil_target, "says `make walk`, which is no target"),
    ("docs/commands.md", spoil_option, "says `conflict-tui events --halp`"),
    ("docs/commands.md", spoil_example, "docs/commands.md: has a stale generated part"),
    ("docs/data-model.md", spoil_field, "Control has the fields holder, state"),
    ("docs/data-model.md", spoil_marker, "no page has the table of event types"),
    ("store/__init__.py", spoil_docstring, "store/__init__.py:1: the module has no docstring"),
]
"""What is no longer so, by its file, and the words of the finding."""


def test_what_is_no_longer_so_is_found(copy: Path) -> None:
    for name, spoil, _ in SPOILT:
        before = (copy / name).read_text("utf-8")
        after = spoil(before)
        assert after != before, spoil
        (copy / name).write_text(after, "utf-8")
    found = list(findings(copy))
    assert [said for _, _, said in SPOILT if not any(said in one for one in found)] == []


def test_a_table_that_is_no_longer_so_is_found() -> None:
    page = Path("docs/commands.md")
    text = (ROOT / page).read_text("utf-8")
    assert up_to_date(page, text) == text
    assert up_to_date(page, spoil_table(text)) == text != spoil_table(text)


@pytest.mark.parametrize(
    "text",
    [f"version {__version__}", "see /home/me/case.json", "from https://files.example/x.whl"],
)
def test_a_version_a_machines_path_and_a_strange_address_are_found(text: str) -> None:
    assert list(unwanted_words(text))


def test_the_picture_needs_nothing_from_elsewhere() -> None:
    stock = (
        '<style>@font-face { src: url("https://fonts.example/x.woff2") }</style> terminal-123-r1'
    )
    assert self_contained(stock) == "<style></style> terminal-r1"
    assert "url(http" not in (ROOT / "docs/explore.svg").read_text("utf-8")


def test_every_page_is_reached_from_the_readme() -> None:
    reached: set[Path] = set()
    waiting = [ROOT / "README.md"]
    while waiting:
        page = waiting.pop()
        if page in reached or page.suffix != ".md":
            continue
        reached.add(page)
        links = re.findall(r"\]\(([^)#\s:]+\.md)", page.read_text("utf-8"))
        waiting += [(page.parent / link).resolve() for link in links]
    assert [page for page in pages() if ROOT / page not in reached] == []


def test_the_program_imports_nothing_that_opens_a_connection() -> None:
    for package in ("store", "seeds", "tui"):
        for path in (ROOT / package).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text("utf-8"))):
                imported = [one.name for one in node.names] if isinstance(node, ast.Import) else []
                if isinstance(node, ast.ImportFrom):
                    imported = [node.module or ""]
                assert not CONNECTING & set(imported), f"{path} imports {imported}"


def test_a_docstring_that_begins_with_a_question_word_is_found(tmp_path: Path) -> None:
    for package in PACKAGES:
        (tmp_path / package).mkdir()
    code = '"""A module."""\n\n\ndef _found() -> int:\n    """How many were found."""\n'
    (tmp_path / PACKAGES[0] / "one.py").write_text(code)
    assert list(undocumented(tmp_path)) == [
        f"{PACKAGES[0]}/one.py:4: a docstring begins with How: name it"
    ]
