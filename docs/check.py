"""`python -m docs.check [--write]`: check the documentation against the code.

Each finding is a line on stdout, and the exit status is 1 if there are any.
`--write` first generates the parts that come from the code again.
"""

import ast
import re
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urlsplit

import click
import msgspec

from docs.made import ROOT, TABLES, pages, up_to_date
from docs.picture import picture
from store import __version__
from store.model.records import RECORD_TYPES, OriginalSpan, RowRef, Stamp
from store.model.values import VALUE_OF_KIND
from tui.cli.main import cli

PICTURE = Path("docs/explore.svg")
PACKAGES = ("store", "seeds", "tui", "docs")

HOSTS = frozenset(
    {
        "b.example",
        "creativecommons.org",
        "doi.org",
        "no-color.org",
        "ucdp.uu.se",
        "www.apache.org",
        "www.geonames.org",
        "www.naturalearthdata.com",
        "www.w3.org",
        "zed.example",
    }
)
"""The hosts that the documentation may name: licences, standards, credits, and two of examples."""

_LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
_ADDRESS = re.compile(r"https?://[^\s)>\"'`]+")
_MACHINE_PATH = re.compile(r"(?<![\w.~-])/(?:home|root|work|Users|mnt|opt|srv)/\w[\w/.-]*")
_CODE = re.compile(r"`([^`\n]+)`")
_BLOCK = re.compile(r"```.*?```", re.DOTALL)
_DECISION = ("## What", "## Why", "## Measured")


def findings(root: Path = ROOT) -> Iterator[str]:
    """Find all errors of the documentation, one line each."""
    texts = {page: (root / page).read_text("utf-8") for page in pages(root)}
    for page, text in texts.items():
        yield from (f"{page}: {one}" for one in _of_page(root, page, text))
    for name in TABLES:
        if not any(f"<!-- made: {name} -->" in text for text in texts.values()):
            yield f"no page has the table of {name}"
    yield from (f"{PICTURE}: {one}" for one in _of_picture(root))
    yield from _of_words(root)
    yield from _of_records((root / "docs/data-model.md").read_text("utf-8"))
    yield from undocumented(root)


def _of_page(root: Path, page: Path, text: str) -> Iterator[str]:
    if up_to_date(page, text) != text:
        yield "has a stale generated part; run `make docs`"
    yield from dead_links(root, page, text)
    yield from unknown_commands(root, text)
    if page.parent.name == "decisions" and page.name != "README.md":
        yield from (f"has no heading {one[3:]!r}" for one in _DECISION if one not in text)


def dead_links(root: Path, page: Path, text: str) -> Iterator[str]:
    """Find links of a page to missing files and headings."""
    for target in _LINK.findall(_BLOCK.sub("", text)):
        if urlsplit(target).scheme:
            continue
        name, _, anchor = unquote(target).partition("#")
        path = (root / page).parent / name if name else root / page
        if not path.exists():
            yield f"links to {target}, which does not exist"
        elif anchor and anchor not in _anchors(path.read_text("utf-8")):
            yield f"links to {target}, which has no such heading"


def _anchors(text: str) -> set[str]:
    headings = re.findall(r"^#+ (.+)$", _BLOCK.sub("", text), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


def unknown_commands(root: Path, text: str) -> Iterator[str]:
    """Find commands in a page that do not exist."""
    targets = re.findall(r"^(\w+):", (root / "Makefile").read_text("utf-8"), re.MULTILINE)
    typed = _CODE.findall(_BLOCK.sub("", text))
    for block in _BLOCK.findall(text):
        typed += [line.removeprefix("$ ") for line in block.splitlines()]
    for line in typed:
        match line.split():
            case ["make", target, *_] if target not in targets:
                yield f"says `make {target}`, which is no target of the Makefile"
            case ["conflict-tui", first, *rest] if first in cli.commands:
                yield from _unknown_options(cli.commands[first], first, rest)
            case _:
                pass


def _unknown_options(command: click.Command, name: str, words: Iterable[str]) -> Iterator[str]:
    known = {option for param in command.params for option in param.opts} | {"--help"}
    for word in words:
        if word.startswith("--") and word.partition("=")[0] not in known:
            yield f"says `conflict-tui {name} {word}`, which is no option of it"


@cache
def _picture() -> str:
    return picture()


def _of_picture(root: Path) -> Iterator[str]:
    path = root / PICTURE
    if not path.exists() or path.read_text("utf-8") != _picture():
        yield "differs from the screen; run `make docs` and look at it"


def _of_words(root: Path) -> Iterator[str]:
    """Find versions, local paths and foreign addresses in all pages."""
    for path in (*pages(root), Path("NOTICE"), Path("LICENSE"), PICTURE):
        text = (root / path).read_text("utf-8") if (root / path).exists() else ""
        yield from (f"{path}: {one}" for one in unwanted_words(text))


def unwanted_words(text: str) -> Iterator[str]:
    """Find texts that no page may contain: the version, a local path, a foreign address."""
    if re.search(rf"(?<![\d.]){re.escape(__version__)}(?![\d.])", text):
        yield f"repeats the version {__version__}"
    for path in _MACHINE_PATH.findall(text):
        yield f"names {path}, a path of one machine"
    for address in _ADDRESS.findall(text):
        if urlsplit(address).hostname not in HOSTS:
            yield f"names {address}, whose host is not permitted"


def _of_records(page: str) -> Iterator[str]:
    """Find records and values with other fields than in their table in docs/data-model.md."""
    values = [value for value in VALUE_OF_KIND.values() if issubclass(value, msgspec.Struct)]
    for record in dict.fromkeys([*RECORD_TYPES.values(), Stamp, OriginalSpan, RowRef, *values]):
        told = _fields_in_table(page, record.__name__)
        common = {"id", "note", "printed"} - set(told)
        fields = [field for field in record.__struct_fields__ if field not in common]
        if sorted(told) != sorted(fields):
            yield (
                f"docs/data-model.md: {record.__name__} has the fields {', '.join(fields)},"
                f" and its table tells {', '.join(told) or 'none'}"
            )


def _fields_in_table(page: str, record: str) -> list[str]:
    section = re.search(rf"^### {record}$(.*?)(?=^##|\Z)", page, re.MULTILINE | re.DOTALL)
    return re.findall(r"^\| `(\w+)` \|", section[1], re.MULTILINE) if section else []


def undocumented(root: Path) -> Iterator[str]:
    """Find public modules, classes, functions and methods without a docstring, and unnamed ones.

    A docstring that begins with a question word tells what its object lacks a name for.
    """
    for package in PACKAGES:
        for path in sorted((root / package).rglob("*.py")):
            module = ast.parse(path.read_text("utf-8"))
            for line, name in _without_docstring(module, ""):
                yield f"{path.relative_to(root)}:{line}: {name or 'the module'} has no docstring"
            for line, word in _questions(module):
                yield f"{path.relative_to(root)}:{line}: a docstring begins with {word}: name it"


_QUESTION = re.compile(r"(?:What|Whether|Where|Who|How|Which)\b")


def _questions(module: ast.Module) -> Iterator[tuple[int, str]]:
    """The docstrings that begin with a question word, each with its line and the word."""
    for node in ast.walk(module):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            found = _QUESTION.match(ast.get_docstring(node) or "")
            if found:
                yield getattr(node, "lineno", 1), found[0]


def _without_docstring(node: ast.Module | ast.ClassDef, within: str) -> Iterator[tuple[int, str]]:
    if not ast.get_docstring(node):
        yield getattr(node, "lineno", 1), within
    for child in node.body:
        if not isinstance(child, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        if child.name.startswith("_"):
            continue
        name = f"{within}.{child.name}".lstrip(".")
        if isinstance(child, ast.ClassDef):
            yield from _without_docstring(child, name)
        elif not ast.get_docstring(child):
            yield child.lineno, name


def write(root: Path = ROOT) -> None:
    """Write all generated parts."""
    for page in pages(root):
        text = (root / page).read_text("utf-8")
        (root / page).write_text(up_to_date(page, text), "utf-8")
    (root / PICTURE).write_text(_picture(), "utf-8")


def main(arguments: list[str]) -> int:
    """Check, after writing with `--write`, and return the exit status."""
    if arguments not in ([], ["--write"]):
        sys.stderr.write(f"{__doc__}\n")
        return 64
    if arguments:
        write()
    found = list(findings())
    sys.stdout.writelines(f"{one}\n" for one in found)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
