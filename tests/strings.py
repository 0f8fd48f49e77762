"""The strings that a user can see: `python -m tests.strings` lists them for reading."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

HOUSE = Path(__file__).parents[1]

_SHOWN = ("tui", "store")
_SQL = re.compile(
    r"\b(?:SELECT|INSERT|UPDATE|DELETE|WITH|CREATE|PRAGMA|VALUES|FROM|WHERE|WHEN)\b|json_|n IN \("
)
_CODE = re.compile(r"\\[bwsd]|\(\?|^[#.\-\w]+$|^\W*$|^[\w/.{}%:-]+$")


class Shown(NamedTuple):
    """A string with its file and line; inserted values are `…`."""

    file: str
    line: int
    text: str


def strings(folders: tuple[str, ...] = _SHOWN) -> Iterator[Shown]:
    """The strings of more than one word that are not a docstring, SQL or a pattern."""
    for folder in folders:
        for path in sorted((HOUSE / folder).rglob("*.py")):
            tree = ast.parse(path.read_text("utf-8"))
            apart = _apart(tree)
            for node in ast.walk(tree):
                if id(node) in apart:
                    continue
                text = _text(node)
                if (
                    text
                    and " " in text.strip()
                    and not _SQL.search(text)
                    and not _CODE.search(text)
                ):
                    assert isinstance(node, ast.expr)
                    yield Shown(str(path.relative_to(HOUSE)), node.lineno, text)


def _text(node: ast.AST) -> str:
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return node.value
    if isinstance(node, ast.JoinedStr):
        return "".join(
            str(part.value) if isinstance(part, ast.Constant) else "…" for part in node.values
        )
    return ""


def _apart(tree: ast.Module) -> set[int]:
    """The nodes that are docstrings, or parts of an f-string that is listed as a whole."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            found.add(id(node.value))
        if isinstance(node, ast.JoinedStr):
            found |= {id(part) for one in node.values for part in ast.walk(one)}
    # click makes the help of a command from its docstring
    return found - {id(one) for one in _helps(tree)}


def _helps(tree: ast.Module) -> Iterator[ast.Constant]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and any(
            "command" in ast.unparse(one) for one in node.decorator_list
        ):
            first = node.body[0]
            if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant):
                yield first.value


if __name__ == "__main__":
    for one in strings():
        print(f"{one.file}:{one.line}: {one.text!r}")  # noqa: T201
