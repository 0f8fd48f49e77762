"""A strict parser of terminal output into known sequences and text."""

import re
from typing import NamedTuple

from tests.hostile.attacks import NEVER, SENTINEL

_MODES = rb"7|25|1000|1003|1004|1006|1015|1016|1049|2004|2026|2048"

KNOWN = re.compile(
    rb"\x1b\[[0-9;]*m"  # colours and weights
    rb"|\x1b\[[0-9]+;[0-9]+H|\x1b\[[0-9]+C"  # the cursor's place, and over some cells
    rb"|\x1b\[(?:[0-9]+;[0-9]+)?r|\x1bM"  # lines that the terminal moves itself
    rb"|\x1b\[\?(?:" + _MODES + rb")[hl]"
    rb"|\x1b\[\?(?:2026|2048)\$p"  # does the terminal know this mode?
    rb"|\x1b\[>25u|\x1b\[<u"  # keys in the way of kitty, and back
    rb"|\x1b\]22;(?:default|pointer|text)\x07"  # the shape of the mouse pointer
)
"""Every sequence that this program and Textual 8.2 write, and no other."""

_PLAIN = re.compile(rb"[^\x00-\x1f\x7f]+|\r\n")


class Piece(NamedTuple):
    """A part of the output: a known sequence, text, or one byte that is neither."""

    kind: str
    content: bytes


def pieces(written: bytes, *, text: re.Pattern[bytes] = _PLAIN) -> list[Piece]:
    """Split output into its parts, in order."""
    found: list[Piece] = []
    at = 0
    while at < len(written):
        for kind, pattern in (("sequence", KNOWN), ("text", text)):
            if match := pattern.match(written, at):
                found.append(Piece(kind, match.group()))
                at = match.end()
                break
        else:
            found.append(Piece("unknown", written[at : at + 40]))
            at += 1
    return found


def is_harmless(written: bytes, *, text: re.Pattern[bytes] = _PLAIN) -> None:
    """Assert that output contains only text and sequences that the program intends."""
    parts = pieces(written, text=text)
    assert not [part.content for part in parts if part.kind == "unknown"][:3]
    assert not [part for part in parts if part.kind == "sequence" and SENTINEL.encode() in part[1]]
    shown = b"".join(part.content for part in parts if part.kind == "text").decode("utf-8")
    assert not (NEVER - set("\r")) & set(shown)
