"""A TOML file of a case as text, with the line of each of its tables."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from store.errors import DamagedCase

MAX_BYTES = 64 * 1024 * 1024
"""The size limit of a file of a case as text, in bytes."""

_TOKEN = re.compile(
    r'"""(?:\\.|[^\\])*?"{3,5}'
    r"|'''.*?'{3,5}"
    r'|"(?:\\.|[^"\\\n])*"'
    r"|'[^'\n]*'"
    r"|#[^\n]*"
    r"|\n|[\[\]{}]",
    re.DOTALL,
)
"""What can hold a bracket or ends a line: strings, comments, line ends, and brackets."""


_HEADER = re.compile(r"\[\[?[ \t]*(\"(?:\\.|[^\"\\\n])*\"|'[^'\n]*'|[^\]'\"\n]*?)[ \t]*\]\]?")


class TableLine(NamedTuple):
    """A table of a TOML file: its header, its line, and those of the tables in its arrays."""

    header: str
    line: int
    inner: tuple[int, ...]


class TomlFile:
    """A TOML file that was read: its tables, and where they stand."""

    def __init__(self, path: Path) -> None:
        """Raises `DamagedCase`, with the line where the file is no TOML."""
        self.path = path
        self.text = read_text(path)
        try:
            self.tables: dict[str, Any] = tomllib.loads(self.text)
        except tomllib.TOMLDecodeError as error:
            raise DamagedCase(f"{path}: {error}", "correct this line; it must be TOML") from error
        except RecursionError as error:
            raise DamagedCase(f"{path}: is nested too deeply", "use fewer brackets") from error
        self._lines: tuple[TableLine, ...] | None = None

    def line(self, name: str, number: int = 0, inner: int | None = None) -> int:
        """The line of a table by its name, the `number`-th of an array, or a table within it.

        It is 1, that of the file's beginning, where the table has no header of its own.
        """
        if self._lines is None:
            self._lines = tuple(_table_lines(self.text))
        found = [one for one in self._lines if one.header == name]
        if number >= len(found):
            return 1
        one = found[number]
        return one.line if inner is None or inner >= len(one.inner) else one.inner[inner]

    def error(
        self, words: str, hint: str, name: str = "", number: int = 0, inner: int | None = None
    ) -> DamagedCase:
        """An error about a table, with its file and line."""
        return DamagedCase(f"{self.path}, line {self.line(name, number, inner)}: {words}", hint)

    def array(self, name: str) -> list[dict[str, Any]]:
        """The tables of an array, `[[name]]`; none where there is no such array."""
        found = self.tables.get(name, [])
        if not isinstance(found, list) or not all(isinstance(one, dict) for one in found):
            raise self.error(f"{name}: is not a list of tables", f"begin each with [[{name}]]")
        return found


def read_text(path: Path, *, exact: bool = False) -> str:
    """The text of a file in UTF-8; unless `exact`, without the byte order mark before it.

    Raises `DamagedCase`.
    """
    try:
        if path.is_symlink() or not path.is_file():
            raise DamagedCase(f"{path}: is not a regular file", "put the file itself there")
        with path.open("rb") as stream:
            content = stream.read(MAX_BYTES + 1)
    except OSError as error:
        raise DamagedCase(
            f"{path}: cannot be read ({error.strerror})", "check the file and its permissions"
        ) from error
    if len(content) > MAX_BYTES:
        raise DamagedCase(f"{path}: is larger than {MAX_BYTES:,} bytes", "divide it")
    try:
        return content.decode("utf-8" if exact else "utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise DamagedCase(f"{path}, line {line}: is not UTF-8", "save it as UTF-8") from error


def _table_lines(text: str) -> Iterator[TableLine]:
    """The tables of a TOML text, in order, the first being what stands before any header."""
    header, at, inner = "", 1, list[int]()
    line, begins, position = 1, 0, 0
    depth: list[str] = []
    while token := _TOKEN.search(text, position):
        position, sign = token.end(), token[0]
        if sign == "\n":
            line, begins = line + 1, position
        elif sign == "[" and not depth and not text[begins : token.start()].strip():
            head = _HEADER.match(text, token.start())
            yield TableLine(header, at, tuple(inner))
            header, at, inner = _name(head[1]) if head else "", line, []
            position = head.end() if head else position
        elif sign in "[{":
            if sign == "{" and depth == ["["]:
                inner.append(line)
            depth.append(sign)
        elif sign in "]}":
            depth = depth[:-1]
        else:
            line += sign.count("\n")
    yield TableLine(header, at, tuple(inner))


def _name(printed: str) -> str:
    """The name in a table header, without its quotes."""
    return str(tomllib.loads(f"name = {printed}")["name"]) if printed[:1] in "\"'" else printed
