"""JSON: an array with one row a line, or one object."""

import json
from collections.abc import Iterable
from typing import TextIO

import msgspec

from store.exporters.listing import Listing, Terminal, fields_of
from store.model.text import HOSTILE, IN_PLACE

_ESCAPED = {code: json.dumps(chr(code))[1:-1] for code in HOSTILE | IN_PLACE if code >= 0x7F}


def write(
    stream: TextIO, _listing: Listing, rows: Iterable[msgspec.Struct], _terminal: Terminal
) -> int:
    """Write an array of objects, one a line, and return their number.

    Nothing is lost: what controls a terminal or is unseen is escaped (`\\u202e`).
    """
    count = 0
    stream.write("[")
    for count, row in enumerate(rows, 1):
        stream.write((",\n" if count > 1 else "\n") + text_of(row, ascii=_ascii(stream)))
    stream.write("\n]\n" if count else "]\n")
    return count


def write_lines(stream: TextIO, rows: Iterable[object]) -> None:
    """Write an object a line, without an array around them."""
    for row in rows:
        stream.write(text_of(row, ascii=_ascii(stream)) + "\n")


def write_one(stream: TextIO, whole: object) -> None:
    """Write one object, indented."""
    stream.write(text_of(whole, ascii=_ascii(stream), indent=2) + "\n")


def _ascii(stream: TextIO) -> bool:
    """Tell if the output must be ASCII, as the stream's encoding lacks some characters."""
    return not (stream.encoding or "utf-8").lower().startswith("utf")


def text_of(value: object, *, ascii: bool = False, indent: int | None = None) -> str:
    """Encode a value as JSON that is safe for a terminal, with controls escaped.

    Other letters are not escaped, so that `grep` finds them, unless `ascii` is set.
    """
    text = json.dumps(_plain(value), ensure_ascii=ascii, indent=indent)
    return text if text.isascii() and "\x7f" not in text else text.translate(_ESCAPED)


def _plain(value: object) -> object:
    """Convert a value to dictionaries and lists, with all fields of records, also defaults."""
    match value:
        case msgspec.Struct():
            config = value.__struct_config__
            tag = {config.tag_field: config.tag} if config.tag_field else {}
            return tag | {name: _plain(getattr(value, name)) for name in fields_of(type(value))}
        case dict():
            return {name: _plain(held) for name, held in value.items()}
        case list() | tuple():
            return [_plain(held) for held in value]
        case _:
            return value
