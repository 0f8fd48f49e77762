"""The facet index of a large database: precomputed results for the start screen and for filters.

The events are sorted by date; the position of an event in that order is its
rank. For every actor, place, source, event type, kind of support and word of a title the
index stores a bit set of the ranks of its events. A filter is then a few operations
on large integers, however many events there are. The index also stores the
sort orders themselves, and the rank at which each day begins.

The index describes the events as they were when it was built. Events that were
changed since are listed in `answers_changed`: queries leave them out of the
index and look them up in the tables. It holds no data of its own, so it can be
dropped at any time and built again (`store.queries.build_facet_index`), and a
database may lack it. An inconsistent index is ignored.
"""

import re
import sqlite3
from array import array
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from functools import cached_property
from itertools import compress
from operator import itemgetter

import msgspec

from store.database.toll_planes import (
    BEST,
    TollPlanes,
)
from store.reader import Reader

FORM = 2
"""The form of the index. One of another form, of an older version, counts as none."""

CHANGED = 500
"""The number of changed events after which the index is dropped."""

_NUMBERS = msgspec.json.Decoder(list[int])
_STARTS = msgspec.json.Decoder(list[tuple[str, int]])
_DAY = re.compile(r"([0-9]{4}(-[0-9]{2}-[0-9]{2})?)?")
_BITS = bytes.maketrans(b"01", b"\0\1")
_DIGITS = bytes.maketrans(b"\0\1", b"01")
TURNED = bytes.maketrans(b"\0\1", b"\1\0")
"""The table that turns flags around."""

SIZE = array("i").itemsize
"""The bytes of a number in the index."""

Key = int | str


def drop(connection: sqlite3.Connection) -> None:
    """Delete the facet index, which would be out of date."""
    connection.execute("DELETE FROM answers")
    connection.execute("DELETE FROM answers_changed")


def mark_changed(connection: sqlite3.Connection, events: Iterable[int]) -> None:
    """List these events, by their numbers, as changed since the index was built."""
    if connection.execute("SELECT 1 FROM answers LIMIT 1").fetchone() is None:
        return
    connection.executemany(
        "INSERT OR IGNORE INTO answers_changed VALUES (?)", ((n,) for n in events)
    )
    (number,) = connection.execute("SELECT count(*) FROM answers_changed").fetchone()
    if number > CHANGED:
        drop(connection)


def numbers_in(text: str | None) -> list[int]:
    """Parse the numbers that `group_concat` has joined."""
    return _NUMBERS.decode(f"[{text or ''}]")


class FacetIndex:
    """The facet index of a database, as `read_facet_index` returns it.

    Sets of events are integers with a bit for each rank.
    """

    def __init__(self, connection: Reader, size: int, changed: Sequence[int]) -> None:
        self.size = size
        self.changed = changed
        self._connection = connection
        self._bytes = -(-size // 8)
        self._tolls: dict[str, TollPlanes] = {}
        self._known_starts: dict[str, list[tuple[str, int]]] = {}

    @cached_property
    def all_events(self) -> int:
        """The set of all events that were not changed since the index was built."""
        all_events = (1 << self.size) - 1
        return all_events & ~self.events_numbered(self.changed) if self.changed else all_events

    def numbers(self, chosen: int, order: str) -> "array[int] | None":
        """The numbers of the chosen events, sorted; None where the index lacks this order."""
        in_order = self._array("order", order)
        if in_order is None or len(in_order) != self.size:
            return None
        flags = self._flags(chosen)
        if 0 not in flags:
            return in_order
        in_place = flags if order == "date" else self._flags_in(order, flags)
        return None if in_place is None else array("i", compress(in_order, in_place))

    def _flags_in(self, order: str, flags: bytes) -> bytearray | None:
        """Flags by the position in another order; None where the index lacks this order."""
        positions = self._array("positions", order)
        if positions is None or len(positions) != self.size:
            return None
        few = flags.count(1) * 2 < self.size
        found = bytearray(self.size) if few else bytearray(b"\1") * self.size
        try:
            for at in compress(positions, flags if few else flags.translate(TURNED)):
                found[at] = few
        except IndexError:
            return None
        return found

    def events_numbered(self, numbers: Iterable[int]) -> int:
        """The set of the events with these numbers; unknown numbers are ignored."""
        rank = self._array("rank", "") or array("i")
        flags = bytearray(self.size)
        most = len(rank)
        for n in numbers:
            if 0 <= n < most and 0 <= (at := rank[n]) < self.size:
                flags[at] = 1
        return number_of_flags(flags)

    def chosen(self, kind: str, key: Key, /) -> int | None:
        """The set of the events of an actor, a type, …; None where the index lacks this kind."""
        row = self._connection.execute(
            "SELECT count, body FROM answers WHERE kind = ? AND key = ?", (kind, key)
        ).fetchone()
        if row is None:
            return 0 if self._has_kind(kind) else None
        return self._set(*row) & self.all_events

    def between(self, first: str, last: str) -> int | None:
        """The dated events that may fall on one of these days; None where the index lacks dates."""
        ending, opened = self._array("latest", ""), self.chosen("open", "")
        undated = self.chosen("undated", "")
        if ending is None or opened is None or undated is None:
            return None
        begun = next((at for day, at in self._starts("earliest") if day > last), None)
        dated = next((at for year, at in self._starts("sections") if not year), self.size)
        # undated events with a known latest day are sorted among the dated ones
        found = ((1 << (dated if begun is None else begun)) - 1 | opened) & ~undated
        ended = next((at for day, at in self._starts("ended") if day >= first), len(ending))
        few = ended * 2 < len(ending)
        flags = bytearray(self.size)
        with suppress(IndexError):
            for at in ending[:ended] if few else ending[ended:]:
                flags[at] = 1
        which = number_of_flags(flags)
        return found & (~which if few else which) & self.all_events

    def among(self, chosen: int, numbers: Iterable[int]) -> set[int]:
        """Those of these events, by their numbers, that are chosen."""
        rank, flags = self._array("rank", "") or array("i"), self._flags(chosen)
        return {n for n in numbers if 0 <= n < len(rank) and flags[rank[n] : rank[n] + 1] == b"\1"}

    def keys(self, kind: str, /) -> list[Key]:
        """The keys of a kind."""
        found = self._connection.execute("SELECT key FROM answers WHERE kind = ?", (kind,))
        return [key for (key,) in found]

    def any_of(self, kind: str, keys: Iterable[Key]) -> int:
        """The set of the events of any of these keys of a kind."""
        found, flags = 0, bytearray(self.size)
        for _, count, body in self._of_kind(kind, keys):
            if not self._is_sparse(count):
                found |= int.from_bytes(body, "little")
                continue
            with suppress(IndexError):
                for at in _ints(body):
                    flags[at] = 1
        return (found | number_of_flags(flags)) & self.all_events

    def numbers_by_rank(self, kind: str, key: str, /) -> bytes:
        """A number of every event by its rank; nothing where the index has none."""
        return self.packed(kind, key)

    def packed(self, kind: str, key: str) -> bytes:
        """The answer that is stored under a kind and a key; empty where the index has none."""
        row = self._connection.execute(
            "SELECT body FROM answers WHERE kind = ? AND key = ?", (kind, key)
        ).fetchone()
        return row[0] if row else b""

    def tolls(self, kind: str) -> TollPlanes:
        """The numbers of a kind of victims; the same for all questions about one filter."""
        if kind not in self._tolls:
            self._tolls[kind] = TollPlanes(self, kind)
        return self._tolls[kind]

    def _has_kind(self, kind: str) -> bool:
        return (
            self._connection.execute(
                "SELECT 1 FROM answers WHERE kind = ? LIMIT 1", (kind,)
            ).fetchone()
            is not None
        )

    def count(self, kind: str, key: Key) -> int:
        """Count the unchanged events of an actor, a source, …."""
        if self.changed:
            return (self.chosen(kind, key) or 0).bit_count()
        row = self._connection.execute(
            "SELECT count FROM answers WHERE kind = ? AND key = ?", (kind, key)
        ).fetchone()
        return row[0] if row else 0

    def counts(
        self, kind: str, chosen: int, keys: Iterable[Key] | None = None
    ) -> Iterator[tuple[Key, int]]:
        """Count the chosen events of each actor, source, … that has any; only these, if given."""
        chosen &= self.all_events
        if keys is None and chosen == (1 << self.size) - 1:
            yield from self._connection.execute(
                "SELECT key, count FROM answers WHERE kind = ? AND count > 0", (kind,)
            )
            return
        flags = self._flags(chosen)
        for key, count, body in self._of_kind(kind, keys):
            found = 0
            if not self._is_sparse(count):
                found = (int.from_bytes(body, "little") & chosen).bit_count()
            else:
                with suppress(IndexError):
                    found = _sum_at(flags, _ints(body))
            if found:
                yield key, found

    def best_tolls(
        self, kind: str, chosen: int, tolls: str, keys: Iterable[Key] | None = None
    ) -> Iterator[tuple[Key, int | None]]:
        """Sum the best numbers of the chosen events of each actor, source, ….

        `tolls` is the kind of victims; no number of theirs may be `large`. None is the sum
        where no number is known. Only these `keys`, if they are given.
        """
        planes = self.tolls(tolls)
        chosen &= planes.known or 0
        flags = self._flags(chosen)
        best = planes.best_of(flags)
        for key, count, body in self._of_kind(kind, keys):
            with suppress(IndexError):
                if not self._is_sparse(count):
                    of_key = int.from_bytes(body, "little") & chosen
                    yield key, planes.total(of_key, BEST) if of_key else None
                else:
                    ranks = _ints(body)
                    found = _sum_at(best, ranks)
                    yield key, found or (0 if any(map(flags.__getitem__, ranks)) else None)

    def _of_kind(self, kind: str, keys: Iterable[Key] | None) -> Iterator[tuple[Key, int, bytes]]:
        asked = "SELECT key, count, body FROM answers WHERE kind = ?"
        if keys is None:
            yield from self._connection.execute(asked, (kind,))
            return
        for key in keys:
            yield from self._connection.execute(f"{asked} AND key = ?", (kind, key))

    def days(self, chosen: int) -> Iterator[tuple[str, int]]:
        """Count the chosen events, all of which are dated, that begin on each day."""
        yield from self._between(self._flags(chosen), "days")

    def day_spans(self) -> list[tuple[str, int, int]]:
        """The ranks of the dated events of each day: the day, its first rank, that after its last.

        Events that are not dated may lie within.
        """
        starts = self._starts("days")
        ends = [start for _, start in starts[1:]] + [self.size]
        return [
            (day, start, end)
            for (day, start), end in zip(starts, ends, strict=False)
            if 0 <= start <= end <= self.size
        ]

    def sections(self, chosen: int) -> Iterator[tuple[str, int]]:
        """Count the chosen events of each year; undated ones under ''."""
        yield from self._between(self._flags(chosen & self.all_events), "sections")

    def _between(self, flags: bytes, kind: str) -> Iterator[tuple[str, int]]:
        starts = self._starts(kind)
        ends = [start for _, start in starts[1:]] + [self.size]
        for (label, start), end in zip(starts, ends, strict=False):
            found = flags.count(1, start, end)
            if found:
                yield label, found

    def _starts(self, kind: str) -> list[tuple[str, int]]:
        if kind not in self._known_starts:
            self._known_starts[kind] = self._read_starts(kind)
        return self._known_starts[kind]

    def _read_starts(self, kind: str) -> list[tuple[str, int]]:
        row = self._connection.execute(
            "SELECT body FROM answers WHERE kind = ?", (kind,)
        ).fetchone()
        starts: list[tuple[str, int]] = []
        with suppress(msgspec.DecodeError):
            starts = _STARTS.decode(row[0]) if row else []
        return starts if all(_DAY.fullmatch(day) for day, _ in starts) else []

    def _is_sparse(self, count: int) -> bool:
        return count * SIZE < self._bytes

    def _set(self, count: int, body: bytes) -> int:
        if not self._is_sparse(count):
            return int.from_bytes(body, "little")
        flags = bytearray(self._bytes)
        for at in _ints(body):
            if 0 <= at < self.size:
                flags[at >> 3] |= 1 << (at & 7)
        return int.from_bytes(flags, "little")

    def _flags(self, chosen: int) -> bytes:
        """Convert a set to one byte for each rank, 1 where the event is in it."""
        return f"{chosen:0{self.size}b}".encode()[::-1].translate(_BITS)

    def _array(self, kind: str, key: Key) -> "array[int] | None":
        row = self._connection.execute(
            "SELECT body FROM answers WHERE kind = ? AND key = ?", (kind, key)
        ).fetchone()
        return _ints(row[0]) if row else None


def read_facet_index(connection: Reader) -> FacetIndex | None:
    """Read the facet index; None where there is none, or where it is inconsistent."""
    row = connection.execute(
        "SELECT by_date.count, length(by_date.body) FROM answers AS by_date"
        " JOIN answers AS form ON form.kind = 'form' AND form.key = '' AND form.count = ?"
        " WHERE by_date.kind = 'order' AND by_date.key = 'date'",
        (FORM,),
    ).fetchone()
    if row is None or row[0] * SIZE != row[1]:
        return None
    found = connection.execute("SELECT event FROM answers_changed LIMIT ?", (CHANGED + 1,))
    return FacetIndex(connection, row[0], [n for (n,) in found])


def _sum_at(values: bytes, ranks: Sequence[int]) -> int:
    """The sum of the values at these places. Raises `IndexError` where there are fewer."""
    if len(ranks) < 2:
        return sum(values[at] for at in ranks)
    return sum(itemgetter(*ranks)(values))  # in one step: a third less time than one by one


def number_of_flags(flags: bytes | bytearray) -> int:
    """Convert bytes of 0 and 1 to an integer with these bits."""
    return int(flags[::-1].translate(_DIGITS) or b"0", 2)


def _ints(body: bytes) -> "array[int]":
    found = array("i")
    found.frombytes(body[: len(body) // SIZE * SIZE])
    return found
