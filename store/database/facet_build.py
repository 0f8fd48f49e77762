"""The building of a facet index: everything is made in memory, and written at once."""

import sqlite3
from array import array
from collections.abc import Iterable
from itertools import chain, compress

import msgspec

from store.database.facet_index import FORM, SIZE, TURNED, Key, drop, number_of_flags
from store.database.title_words import packed_words
from store.database.toll_planes import (
    BEST,
    BOUNDS,
    BYTE,
    HIGH,
    KNOWN,
    MOST,
    OPEN,
    VALUES,
    plane_flags,
)


class FacetBuild:
    """A facet index while it is built; nothing is written before `write`."""

    def __init__(self, by_date: "array[int]") -> None:
        self._made: list[tuple[str, Key, int, bytes]] = []
        self._size = len(by_date)
        self._by_date = by_date
        self.rank = array("i", [-1]) * (max(by_date, default=0) + 1)
        for at, n in enumerate(by_date):
            self.rank[n] = at
        self._put("form", "", FORM, b"")
        self._put("rank", "", len(self.rank), self.rank.tobytes())
        self._put("order", "date", self._size, by_date.tobytes())

    def order(self, name: str, numbers: "array[int]") -> None:
        """Add a sort order of all events."""
        self._put("order", name, len(numbers), numbers.tobytes())
        self._positions(name, map(self.rank.__getitem__, numbers))

    def _positions(self, name: str, ranks: Iterable[int]) -> None:
        """Add the position of each event in a sort order, by rank; `ranks` are in that order."""
        positions = array("i", bytes(SIZE * self._size))
        for position, rank in enumerate(ranks):
            positions[rank] = position
        self._put("positions", name, self._size, positions.tobytes())

    def words(self, texts: Iterable[tuple[Key, list[int]]]) -> None:
        """Add the sets of events of each word of these texts, given by the events' numbers."""
        of_word: dict[str, list[list[int]]] = {}
        for text, numbers in texts:
            for word in set(str(text).split(" ")) - {""}:
                of_word.setdefault(word, []).append(numbers)
        # the words that most events have come first: they may be all that is asked for
        words = sorted(of_word, key=lambda word: -sum(map(len, of_word[word])))
        self._put("words", "", len(words), packed_words(words))
        for at, word in enumerate(words):
            self.events("word", at, chain.from_iterable(of_word[word]))

    def events(self, kind: str, key: Key, numbers: Iterable[int]) -> None:
        """Add the set of events of an actor, a type, …, given by their numbers."""
        ranks = set(map(self.rank.__getitem__, numbers))
        if len(ranks) * SIZE < -(-self._size // 8):
            self._put(kind, key, len(ranks), array("i", sorted(ranks)).tobytes())
            return
        flags = bytearray(self._size)
        for at in ranks:
            flags[at] = 1
        self._flagged(kind, key, flags)

    def tolls(
        self, kind: str, order: str, tolls: Iterable[tuple[int, int, int, int | None]]
    ) -> None:
        """Add the numbers of a kind of victims: event, low, best and high of each known one.

        `order` is the name of the sort order by the best number, the greatest first.
        """
        known = bytearray(self._size)
        opened = bytearray(self._size)
        numbers = {bound: array("i", bytes(SIZE * self._size)) for bound in BOUNDS}
        for event, low, best, high in tolls:
            at = self.rank[event]
            known[at], opened[at] = 1, high is None
            for bound, number in zip(
                BOUNDS, (low, best, best if high is None else high), strict=True
            ):
                numbers[bound][at] = min(number, MOST)
        self._flagged(f"{kind} {BEST}", KNOWN, known)
        self._flagged(f"{kind} {HIGH}", OPEN, opened)
        as_bytes = bytes(min(number, BYTE) for number in numbers[BEST])
        self._put(f"{kind} {BEST}", VALUES, self._size, as_bytes)
        self._flagged("valued", order, known)
        self._by_toll(order, known, numbers[BEST])
        for bound, values in numbers.items():
            for digit, flags in enumerate(plane_flags(values)):
                self._flagged(f"{kind} {bound}", digit, flags)

    def _by_toll(self, order: str, known: bytearray, best: "array[int]") -> None:
        ranks = list(compress(range(self._size), known))
        ranks.sort(key=best.__getitem__, reverse=True)  # keeps the order of time
        ranks += compress(range(self._size), known.translate(TURNED))
        self._put(
            "order", order, self._size, array("i", map(self._by_date.__getitem__, ranks)).tobytes()
        )
        self._positions(order, ranks)

    def _flagged(self, kind: str, key: Key, flags: bytes | bytearray) -> None:
        """Add a set of events, given by a byte of 1 for each rank that is in it."""
        count = flags.count(1)
        if count * SIZE < -(-self._size // 8):
            self._put(kind, key, count, array("i", compress(range(self._size), flags)).tobytes())
        else:
            self._put(
                kind, key, count, number_of_flags(flags).to_bytes(-(-self._size // 8), "little")
            )

    def starts(self, kind: str, events: Iterable[tuple[Key, Iterable[int]]]) -> None:
        """Add the first rank of the events of each value, given by their numbers."""
        first = [(key, min(map(self.rank.__getitem__, numbers))) for key, numbers in events]
        first.sort(key=lambda start: start[1])
        self._put(kind, "", 0, msgspec.json.encode(first))

    def latest(self, events: Iterable[tuple[Key, Iterable[int]]]) -> None:
        """Add the events that end on each day, in date order, given by their numbers."""
        ranks = array("i")
        starts: list[tuple[Key, int]] = []
        for day, numbers in events:
            starts.append((day, len(ranks)))
            ranks.extend(map(self.rank.__getitem__, numbers))
        self._put("latest", "", len(ranks), ranks.tobytes())
        self._put("ended", "", 0, msgspec.json.encode(starts))

    def _put(self, kind: str, key: Key, count: int, body: bytes) -> None:
        self._made.append((kind, key, count, body))

    def write(self, connection: sqlite3.Connection) -> None:
        """Write the index, replacing an older one."""
        drop(connection)
        connection.executemany("INSERT INTO answers VALUES (?, ?, ?, ?)", self._made)
