"""The pairs of values that are at odds, folded: one conflict once, its pairs under it."""

from collections.abc import Iterable, Sequence

import msgspec

from store.queries.compare import Comparison, DisputeRow


class Conflict(msgspec.Struct, frozen=True):
    """What is at odds on one line in one way: the pairs that share a voice or a value.

    `values` holds the places of the voices, a group for each value in words, in
    the order of the columns.
    """

    line: int
    values: tuple[tuple[int, ...], ...]
    pairs: tuple[DisputeRow, ...]


def folded(found: Comparison, pairs: Iterable[DisputeRow]) -> tuple[Conflict, ...]:
    """The pairs, those of one line and reading that have a value in common in one conflict."""
    conflicts: list[tuple[set[str], list[DisputeRow]]] = []
    heads: list[tuple[int, str]] = []
    for pair in pairs:
        head = pair.line, pair.reading.value
        values = {_value(found, place) for place in (*pair.one, *pair.other)}
        same = [at for at, (held, _) in enumerate(conflicts) if heads[at] == head and held & values]
        if not same:
            conflicts.append((values, [pair]))
            heads.append(head)
            continue
        first, *others = same
        conflicts[first][0].update(values)
        conflicts[first][1].append(pair)
        for at in reversed(others):  # this pair joins what stood apart
            held, joined = conflicts.pop(at)
            heads.pop(at)
            conflicts[first][0].update(held)
            conflicts[first][1].extend(joined)
    return tuple(
        Conflict(together[0].line, _by_value(found, together), tuple(together))
        for _, together in conflicts
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
