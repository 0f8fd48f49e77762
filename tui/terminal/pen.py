"""The attributes and colours in which a terminal writes, and how one pen becomes another.

A pen is the text between `ESC [` and `m` that sets it after a reset (ECMA-48,
SGR), as Rich and Textual make it; the empty one is the terminal's own.
"""

from functools import lru_cache
from typing import NamedTuple

_OFF = {
    **dict.fromkeys(("1", "2"), "22"),
    "3": "23",
    **dict.fromkeys(("4", "21"), "24"),
    **dict.fromkeys(("5", "6"), "25"),
    "7": "27",
    "8": "28",
    "9": "29",
    **dict.fromkeys(("51", "52"), "54"),
    "53": "55",
}
"""By attribute, what takes it away; two of them share one."""

_ON_LETTERS = frozenset({"1", "2", "3"})
"""Bold, dim and italic, which a blank does not show."""

_REVERSE = "7"
RESET = "\x1b[m"


class _Parts(NamedTuple):
    attributes: frozenset[str]
    ink: str
    ground: str


@lru_cache(4096)
def turn(before: str, after: str) -> str:
    """The shortest sequence that changes one pen into another; empty where they look alike."""
    old, new = _parts(before), _parts(after)
    if old == new:
        return ""
    off = {_OFF[one] for one in old.attributes - new.attributes}
    on = {one for one in new.attributes if one not in old.attributes or _OFF[one] in off}
    codes = sorted(off) + sorted(on)
    codes += [new.ink or "39"] if new.ink != old.ink else []
    codes += [new.ground or "49"] if new.ground != old.ground else []
    return min(f"\x1b[{';'.join(codes)}m", f"\x1b[0;{after}m" if after else RESET, key=len)


@lru_cache(4096)
def of_blank(pen: str) -> str:
    """The part of a pen that shows in a blank."""
    found = _parts(pen)
    if _REVERSE in found.attributes:
        return pen
    attributes = sorted(found.attributes - _ON_LETTERS)
    ink = found.ink if attributes else ""
    return ";".join(filter(None, (*attributes, ink, found.ground)))


@lru_cache(4096)
def for_blank(before: str, blank: str) -> str:
    """The pen for a blank that takes the least change; `blank` is what `of_blank` gives."""
    if of_blank(before) == blank:
        return before
    old, new = _parts(before), _parts(blank)
    if new.attributes:
        return blank
    attributes = sorted(old.attributes & _ON_LETTERS)
    return ";".join(filter(None, (*attributes, old.ink, new.ground)))


@lru_cache(4096)
def _parts(pen: str) -> _Parts:
    """Take a pen apart. Raises `KeyError` for a code that is neither attribute nor colour."""
    attributes, ink, ground = set(), "", ""
    codes = pen.split(";") if pen else []
    while codes:
        first = codes[0]
        length = 1
        if first in ("38", "48"):
            length = 5 if codes[1] == "2" else 3
        colour = ";".join(codes[:length])
        if first == "38" or (len(first) == 2 and first[0] in "39"):
            ink = "" if first == "39" else colour
        elif first == "48" or (first[0] == "4" and len(first) == 2) or len(first) == 3:
            ground = "" if first == "49" else colour
        else:
            attributes.add(first)
        codes = codes[length:]
    return _Parts(frozenset(attributes), ink, ground)
