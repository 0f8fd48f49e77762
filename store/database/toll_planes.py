"""Numbers of victims in the facet index: a set of events for each binary digit of their numbers.

The set of digit k holds the events whose number has that digit (a bit-sliced index:
O'Neil and Quass, "Improved Query Performance with Variant Indexes", SIGMOD 1997). A
sum, a range and a median then are a few operations on large integers for each digit,
however many events there are.
"""

import sys
from array import array
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import NamedTuple, Protocol

KNOWN = "known"
"""The key of the set of events of which a number is known at all."""

VALUES = "values"
"""The key of the best number of every event, a byte for each rank; 0 where it is unknown."""

OPEN = "open"
"""The key of the set of events whose high number is open."""

LOW, BEST, HIGH = "low", "best", "high"
BOUNDS = (LOW, BEST, HIGH)

BYTE = 255
"""The largest number that is kept as a byte."""

MOST = (1 << 31) - 1
"""The largest number that is kept; a larger one is kept as this."""


Span = tuple[int, int]
"""Consecutive ranks: the first, and the one after the last."""


class EventSets(Protocol):
    """The sets of events that a facet index keeps."""

    def chosen(self, kind: str, key: int | str, /) -> int | None:
        """The set of events under a kind and a key, a bit for each rank; None without the kind."""

    def keys(self, kind: str, /) -> list[int | str]:
        """The keys of a kind."""

    def numbers_by_rank(self, kind: str, key: str, /) -> bytes:
        """A number of every event by its rank; nothing where the index has none."""


class Sums(NamedTuple):
    """The sums over some events whose number is known: how many these are, low, best and high.

    A high one that is open counts with its best, and then the sum `is_open`.
    """

    known: int = 0
    low: int = 0
    best: int = 0
    high: int = 0
    is_open: bool = False

    def plus(self, other: "Sums") -> "Sums":
        """The sums over the events of both."""
        return Sums(
            self.known + other.known,
            self.low + other.low,
            self.best + other.best,
            self.high + other.high,
            self.is_open or other.is_open,
        )


class TollPlanes:
    """The numbers of one kind of all events in the facet index."""

    def __init__(self, held: EventSets, kind: str) -> None:
        """`kind` is that of the claims, such as `fatalities`."""
        self._held = held
        self._kind = kind
        self._planes: dict[str, list[int]] = {}

    @cached_property
    def known(self) -> int | None:
        """The set of events of which a number is known; None where the index has no numbers."""
        return self._held.chosen(f"{self._kind} {BEST}", KNOWN)

    @cached_property
    def open(self) -> int:
        """The set of events whose high number is open."""
        return self._held.chosen(f"{self._kind} {HIGH}", OPEN) or 0

    def planes(self, bound: str) -> list[int]:
        """The set of events of each binary digit of one bound, the lowest digit first."""
        found = self._planes.get(bound)
        if found is None:
            kind = f"{self._kind} {bound}"
            digits = [key for key in self._held.keys(kind) if isinstance(key, int)]
            found = [
                self._held.chosen(kind, digit) or 0 for digit in range(max(digits, default=-1) + 1)
            ]
            self._planes[bound] = found
        return found

    def total(self, chosen: int, bound: str) -> int:
        """The sum of one bound over the chosen events."""
        planes = self.planes(bound)
        return sum((plane & chosen).bit_count() << digit for digit, plane in enumerate(planes))

    def sums(self, chosen: int) -> Sums:
        """The sums over the chosen events."""
        known = chosen & (self.known or 0)
        if not known:
            return Sums()
        low, best, high = (self.total(known, bound) for bound in BOUNDS)
        return Sums(known.bit_count(), low, best, high, is_open=bool(known & self.open))

    def best_within(self, chosen: int, spans: Sequence[Span]) -> list[tuple[int, int]]:
        """The chosen events of each span of ranks that have a number, counted, and their sum."""
        known = chosen & (self.known or 0)
        if not known:
            return [(0, 0)] * len(spans)
        totals = [0] * len(spans)
        for digit, plane in enumerate(self.planes(BEST)):
            for at, number in enumerate(counts_within(plane & known, spans)):
                totals[at] += number << digit
        return list(zip(counts_within(known, spans), totals, strict=True))

    @cached_property
    def large(self) -> int:
        """The set of events whose best number is too large for `best_of`."""
        return self._at_least(BEST, BYTE + 1)

    def best_of(self, flags: bytes) -> bytes:
        """The best number of every event by rank, for those with a flag of 1; 0 for all others.

        None of these may be `large`.
        """
        best = self._held.numbers_by_rank(f"{self._kind} {BEST}", VALUES)
        if len(best) != len(flags):
            return bytes(len(flags))
        mask = flags.translate(_MASK)
        masked = int.from_bytes(best, "little") & int.from_bytes(mask, "little")
        return masked.to_bytes(len(flags), "little")

    def between(self, bound: str, least: int, most: int) -> int:
        """The set of events of which this bound lies in a range, both ends included.

        An open high number is higher than any other.
        """
        found = self._at_least(bound, least) & ~self._at_least(bound, most + 1)
        if bound != HIGH:
            return found
        return found | self.open if most > MOST else found & ~self.open

    def _at_least(self, bound: str, number: int) -> int:
        """The set of events of which this bound is not less than a number."""
        if number <= 0:
            return self.known or 0
        planes = self.planes(bound)
        if number >> len(planes):
            return 0
        greater, equal = 0, self.known or 0
        for digit in reversed(range(len(planes))):
            if number >> digit & 1:
                equal &= planes[digit]
            else:
                greater |= equal & planes[digit]
                equal &= ~planes[digit]
        return greater | equal

    def number_up_to(self, chosen: int, number: int) -> int:
        """The number of the chosen events with a best number that is not above this one."""
        return (chosen & (self.known or 0) & ~self._at_least(BEST, number + 1)).bit_count()

    @property
    def highest(self) -> int:
        """A number that no best number is above."""
        return (1 << len(self.planes(BEST))) - 1


def counts_within(chosen: int, spans: Sequence[Span]) -> list[int]:
    """The number of the chosen events in each span of ranks."""
    content = chosen.to_bytes(-(-max(chosen.bit_length(), 1) // 8), "little")
    return [
        (
            int.from_bytes(content[start >> 3 : (end + 7) >> 3], "little") >> (start & 7)
            & ((1 << (end - start)) - 1)
        ).bit_count()
        for start, end in spans
    ]


def plane_flags(values: "array[int]") -> Iterator[bytes]:
    """For each binary digit of these numbers a byte for each: 1 where the number has the digit."""
    width = values.itemsize
    content = values.tobytes()
    digits = max(values, default=0).bit_length()
    for digit in range(digits):
        place = digit // 8 if sys.byteorder == "little" else width - 1 - digit // 8
        yield content[place::width].translate(_HAS_DIGIT[digit % 8])


_MASK = bytes.maketrans(b"\1", b"\xff")

_HAS_DIGIT = [bytes(byte >> digit & 1 for byte in range(256)) for digit in range(8)]
"""For each digit of a byte a table from each byte to 1 where it has that digit, and else 0."""
