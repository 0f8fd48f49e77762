"""TOML text: strings, keys, values and tables, quoted so that every string comes back."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from store.model.text import HOSTILE, IN_PLACE

_BARE = re.compile(r"[A-Za-z0-9_-]+", re.ASCII)
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}
_ESCAPED = str.maketrans(
    {code: f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}" for code in HOSTILE | IN_PLACE}
    | {ord(sign): escape for sign, escape in _ESCAPES.items()}
)
"""Quotes, backslashes and line ends, and all that an editor would not show."""


def quoted(text: str) -> str:
    """A basic string on one line; what nobody would see in it is escaped."""
    return f'"{text.translate(_ESCAPED)}"'


def key_text(key: str) -> str:
    """A key, in quotes where it needs them."""
    return key if _BARE.fullmatch(key) else quoted(key)


def value_text(value: Any) -> str:
    """A value of text, numbers, lists and tables, on one line."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return quoted(value)
    if isinstance(value, int | float):
        return repr(value)
    if isinstance(value, Mapping):
        return inline_table(value)
    return f"[{', '.join(map(value_text, value))}]"


def inline_table(fields: Mapping[str, Any]) -> str:
    """A table within its line: `{ a = 1, b = "x" }`."""
    inner = ", ".join(f"{key_text(key)} = {value_text(value)}" for key, value in fields.items())
    return f"{{ {inner} }}" if inner else "{}"


def list_of_lines(values: Iterable[Any]) -> str:
    """A list with a line for each of its values."""
    lines = "".join(f"  {value_text(value)},\n" for value in values)
    return f"[\n{lines}]" if lines else "[]"


def table_text(header: str, fields: Mapping[str, Any], lines: Iterable[str] = ()) -> str:
    """A table under its header; the fields named in `lines` are lists with a line a value."""
    many = frozenset(lines)
    body = "".join(
        f"{key_text(key)} = {(list_of_lines if key in many else value_text)(value)}\n"
        for key, value in fields.items()
    )
    return f"{header}\n{body}" if header else body
