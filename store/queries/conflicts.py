"""Pairs of values at odds, folded into conflicts: each conflict once, with its pairs."""

from collections.abc import Hashable, Iterable, Iterator, Sequence

import msgspec

from store.queries.compare import Comparison, DisputeRow

LISTED = 100
"""The most pairs of one conflict that are listed."""


class Conflict(msgspec.Struct, frozen=True):
    """One conflict: pairs on one thing, read alike, that share a value or both passages.

    `values` holds the places of the voices, a group for each value in words, in
    the order of the columns. Of many pairs only some are listed: `left_off` counts
    the others. `uncompared` counts the pairs of values of its line that were not
    compared, as there are very many.
    """

    line: int
    values: tuple[tuple[int, ...], ...]
    pairs: tuple[DisputeRow, ...]
    left_off: int = 0
    uncompared: int = 0


def folded(found: Comparison, pairs: Iterable[DisputeRow]) -> tuple[Conflict, ...]:
    """The conflicts of these pairs: pairs read alike that share a value or both passages.

    A value is shared within its line only. Two passages at odds with each other are one
    conflict across all lines of their kind and scope, scheme or role.
    """
    told = list(pairs)
    joined = _Joined(len(told))
    first: dict[Hashable, int] = {}
    for at, pair in enumerate(told):
        for key in _keys(found, pair):
            joined.join(first.setdefault(key, at), at)
    together: dict[int, list[DisputeRow]] = {}
    for at, pair in enumerate(told):
        together.setdefault(joined.first_of(at), []).append(pair)
    return tuple(_conflict(found, of) for of in together.values())


class _Joined:
    """Numbers joined into sets, each named by its lowest number."""

    def __init__(self, count: int) -> None:
        self._to = list(range(count))

    def first_of(self, at: int) -> int:
        while self._to[at] != at:
            self._to[at] = at = self._to[self._to[at]]
        return at

    def join(self, one: int, other: int) -> None:
        a, b = sorted((self.first_of(one), self.first_of(other)))
        self._to[b] = a


def _keys(found: Comparison, pair: DisputeRow) -> Iterator[Hashable]:
    """The keys of a pair; pairs with a key in common are of one conflict."""
    for place in {*pair.one, *pair.other}:
        yield pair.line, pair.reading, _value(found, place)
    line = found.lines[pair.line]
    one, other = (
        frozenset(found.voices[place].passage for place in side) for side in (pair.one, pair.other)
    )
    yield line.kind, line.of, pair.reading, frozenset((one, other))


def _conflict(found: Comparison, pairs: Sequence[DisputeRow]) -> Conflict:
    listed = pairs
    if len(pairs) > LISTED:
        listed = sorted(pairs, key=lambda pair: pair.rule)[:LISTED]
    return Conflict(
        pairs[0].line,
        _by_value(found, pairs),
        tuple(listed),
        len(pairs) - len(listed),
        found.uncompared(pairs[0].line),
    )


def _value(found: Comparison, place: int) -> str:
    voice = found.voices[place]
    return f"{voice.stance} {voice.value}"


def _by_value(found: Comparison, pairs: Sequence[DisputeRow]) -> tuple[tuple[int, ...], ...]:
    places = sorted({place for pair in pairs for place in (*pair.one, *pair.other)})
    values: dict[str, list[int]] = {}
    for place in places:
        values.setdefault(_value(found, place), []).append(place)
    return tuple(tuple(of) for of in values.values())
