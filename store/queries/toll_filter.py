"""Filters by a number of victims: what a typed condition means, and its SQL."""

import re
from collections.abc import Callable
from typing import NamedTuple

from store.analysis.scopes import GROUPS, group_of
from store.errors import UsageError
from store.model.vocabulary import Kind
from store.queries.filter_row import FilterValue

MOST = 1 << 40
"""More people than any number counts: the end of a range that is open."""

UNKNOWN, KNOWN = "unknown", "known"
BOUNDS = ("low", "best", "high")

_BEGINS = re.compile(r"[\d<>=≤≥.]|\bunknown$|\bknown$")
_RANGE = re.compile(r"(\d*)\s*(?:\.\.|-|–)\s*(\d*)")
_COMPARED = re.compile(r"(>=|≥|>|<=|≤|<|=|)\s*(\d+)(\+?)")
_FORMS = "for example >20, 5..10, <=3, 0, unknown, or civilians >5"


class TollCondition(NamedTuple):
    """A range of one bound of a toll, both ends included; `known` alone asks for any number.

    `scope` is empty for all people. `known` is False where the number must be unknown.
    """

    scope: str = ""
    bound: str = "best"
    least: int = 0
    most: int = MOST
    known: bool = True

    @property
    def value(self) -> str:
        """The condition as a filter keeps it: `civilians best 6..`, `unknown`."""
        if not self.known:
            words = UNKNOWN
        elif (self.least, self.most) == (0, MOST):
            words = KNOWN
        else:
            words = f"{self.bound} {self.least}..{'' if self.most >= MOST else self.most}"
        return f"{self.scope} {words}".strip()


class _Words(NamedTuple):
    """The parts of a typed condition: whose number, which bound of it, and the range."""

    scope: str
    bound: str
    range: str


def _parted(text: str) -> _Words:
    words = text.replace(",", "").strip().lower()
    found = _BEGINS.search(words)
    if found is None:
        raise UsageError(f"{text!r} is no number of people", _FORMS)
    before = words[: found.start()].split()
    bound = before.pop() if before and before[-1] in BOUNDS else "best"
    scope = group_of(" ".join(before))
    if scope and scope not in GROUPS:
        raise UsageError(
            f"{text!r}: {' '.join(before)!r} is no group of people",
            f"one of {', '.join(sorted(GROUPS))}",
        )
    return _Words(scope, bound, words[found.start() :])


def read_condition(text: str) -> TollCondition:
    """The condition that a text means. Raises `UsageError` for a text that means none."""
    scope, bound, asked = _parted(text)
    if asked in (UNKNOWN, KNOWN):
        return TollCondition(scope, known=asked == KNOWN)
    least, most = _ends(asked, text)
    if least > most:
        raise UsageError(f"{text!r} holds no number", f"give the lower one first, {_FORMS}")
    return TollCondition(scope, bound, least, most)


def parse_toll(text: str) -> FilterValue:
    """The meaning of a typed condition, as `FilterRow.parse` gives it."""
    value = read_condition(text).value
    scope, bound, asked = _parted(text)
    shown = asked.replace(" ", "").replace(">=", "≥").replace("<=", "≤").removeprefix("=")
    parts = (scope, "" if bound == "best" else bound, shown)
    return FilterValue(value, " ".join(part for part in parts if part))


def _ends(asked: str, text: str) -> tuple[int, int]:
    """The ends of a range, both included."""
    if (found := _RANGE.fullmatch(asked)) and any(found.groups()):
        return int(found[1] or 0), _at_most(found[2]) if found[2] else MOST
    found = _COMPARED.fullmatch(asked)
    if found is None:
        raise UsageError(f"{text!r} is no number of people", _FORMS)
    number = _at_most(found[2])
    match found[1]:
        case ">":
            return number + 1, MOST
        case ">=" | "≥":
            return number, MOST
        case "<":
            return 0, number - 1
        case "<=" | "≤":
            return 0, number
        case _:
            return number, MOST if found[3] else number


def _at_most(digits: str) -> int:
    return min(int(digits[:13]), MOST - 1)


def toll_condition(kind: Kind) -> Callable[[str], tuple[str, tuple[object, ...]]]:
    """The condition on `events` for a value of the filter by this kind, in SQL."""

    def condition(value: str) -> tuple[str, tuple[object, ...]]:
        asked = read_condition(value)
        of = "SELECT event FROM event_tolls WHERE kind = ? AND scope = ?"
        if not asked.known:
            return f"n NOT IN ({of})", (kind.value, asked.scope)
        # an open end may be any number
        bound = f"coalesce(high, {MOST})" if asked.bound == "high" else asked.bound
        return (
            f"n IN ({of} AND {bound} BETWEEN ? AND ?)",
            (kind.value, asked.scope, asked.least, asked.most),
        )

    return condition
