"""Several filters in one typed line: `actor HTS place Aleppo date 29-30 Nov 2024`."""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from store.queries.filters import Filter, FilterKind

_TOKEN = re.compile(r'"[^"]*"|\S+')

KIND_OF_WORD = {
    word: kind for kind in FilterKind for word in (kind.row.name, kind.row.typed) if word
}
"""The kinds by the words that begin their filters."""


class Clause(NamedTuple):
    """One filter of a line: its kind, its argument, and where that stands in the line."""

    kind: FilterKind
    argument: str
    start: int
    end: int


def clauses(kind: FilterKind, line: str) -> tuple[Clause, ...]:
    """The filters of a line that begins with the argument of one of this kind.

    A word for a kind begins the next filter, but not within quotes. Words to filter by go on to
    the end of the line, unless they are quoted.
    """
    return tuple(_clauses(kind, line))


def _clauses(kind: FilterKind, line: str) -> Iterator[Clause]:
    start, last = 0, ""
    for token in _TOKEN.finditer(line):
        following = KIND_OF_WORD.get(token[0].lower())
        ended = kind is not FilterKind.WORDS or last.endswith('"')
        if following is not None and last and ended:
            yield _clause(kind, line, start, token.start())
            kind, start, last = following, token.end(), ""
        else:
            last = token[0]
    yield _clause(kind, line, start, len(line))


def _clause(kind: FilterKind, line: str, start: int, end: int) -> Clause:
    argument = line[start:end].strip()
    if kind is not FilterKind.WORDS:  # where quotes mean a phrase
        argument = argument.removeprefix('"').removesuffix('"')
    return Clause(kind, argument, start, end)


def read_line(
    read: Callable[[FilterKind, str], Filter], kind: FilterKind, line: str
) -> tuple[Filter, ...]:
    """The filters of a line, each understood by `read`, which raises where it means none."""
    return tuple(read(clause.kind, clause.argument) for clause in clauses(kind, line))


def replaced(line: str, clause: Clause, argument: str) -> str:
    """The line with another argument for one of its filters."""
    before, after = line[: clause.start].rstrip(), line[clause.end :].lstrip()
    return " ".join(filter(None, (before, _quoted(clause.kind, argument), after)))


def typed(filter_: Filter) -> str:
    """The line that is typed for a filter."""
    row = filter_.kind.row
    argument = filter_.value if filter_.kind is FilterKind.WORDS else filter_.label
    return f"{row.typed or row.name} {'!' * filter_.negated}{_quoted(filter_.kind, argument)}"


def _quoted(kind: FilterKind, argument: str) -> str:
    """The argument, in quotes where a word of it would begin another filter."""
    words = argument.lower().split()
    if kind is FilterKind.WORDS or not any(word in KIND_OF_WORD for word in words[1:]):
        return argument
    return f'"{argument}"'
