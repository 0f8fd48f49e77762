"""All claims about one subject, lined up slot by slot, and the disputes among them.

An event is compared together with its parts: how they went is compared across
them, too. Claims of one origin in one text that say the same are one voice. Voices are
compared value by value, as many voices often say the same.
"""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from itertools import chain, combinations, product
from typing import NamedTuple

from store.analysis.compare_values import related
from store.analysis.line_values import Key, Value, ends_of, key_of, likeness, one_voice
from store.analysis.read_pair import (
    PairReading,
    comparable,
    known_in_time,
    read,
    read_values,
    voices_of,
)
from store.analysis.readings import (
    ACROSS_PARTS,
    AS_CONTRADICTIONS,
    DISPUTES,
    FAR,
    MOST_URGENT,
    MOST_URGENT_OF,
    RANK,
    SHOWN,
    STALE,
    WEAKER,
    NotComparable,
    Reading,
    Voices,
)
from store.analysis.relations import Related, Relation, Wholes
from store.analysis.scopes import Scopes, scopes_related
from store.analysis.sourced_claim import Slot, Statement
from store.analysis.supersession import current
from store.analysis.toll_context import surrounded
from store.model.values import COUNT_KINDS, TOLLS


class Dispute(NamedTuple):
    """Two values of a slot that a person should look at, and who says each of them.

    `read` is the reading of the first of `one` and the first of `other`. Each side
    holds the statements that are read so with at least one of the other side. A
    voice that says so in several passages is there with all of them.
    """

    slot: Slot
    read: PairReading
    one: tuple[Statement, ...]
    other: tuple[Statement, ...]


class SlotLine:
    """The claims about one slot: its voices, and how each is read with the others.

    `spoken` holds the statements of each voice: what one origin says in one
    article, in one passage or several.
    """

    def __init__(self, slot: Slot, spoken: Iterable[Sequence[Statement]], wholes: Wholes) -> None:
        self.slot = slot
        self._passages = {statements[0].claim: tuple(statements) for statements in spoken}
        voices = [one_voice(of) for of in self._passages.values()]
        self.voices = current(surrounded(voices) if slot.kind in TOLLS else voices, wholes)
        for voice in self.voices:
            self._passages[voice.claim] = (voice, *self._passages[voice.claim][1:])
        self._wholes = wholes
        self._values: dict[tuple[object, ...], Value] = {}
        self._value_of: dict[str, Value] = {}
        self._alike: dict[str, list[Value]] = {}
        self._in_text: dict[tuple[str, str], dict[int, Value]] = {}
        plain: dict[Key, int] = {}
        clocks = any(voice.rises for voice in self.voices)
        for voice in self.voices:
            key = likeness(voice, clocks=clocks)
            if key not in self._values:
                place = plain.setdefault(key_of(voice), len(plain))
                self._values[key] = Value(len(self._values), place, voice)
                self._alike.setdefault(voice.code, []).append(self._values[key])
            value = self._value_of[voice.claim] = self._values[key]
            value.add(voice)
            self._in_text.setdefault((voice.origin, voice.text), {})[value.at] = value
        self._ends = ends_of(self._values.values())

    def spoken(self, voice: Statement) -> tuple[Statement, ...]:
        """The statements of a voice of the line: what it says, in each of its passages."""
        return self._passages[voice.claim]

    @property
    def uncompared(self) -> int:
        """The number of pairs of values that were not compared, because there are very many."""
        if not self._ends:
            return 0
        number, ends = len(self._values), len(self._ends)
        return (number - ends) * (number - ends - 1) // 2

    def _pairs(self) -> Iterator[tuple[Value, Value]]:
        """Every pair of values; of very many, only the lowest and the highest with each."""
        if not self._ends:
            yield from combinations(self._values.values(), 2)
            return
        yield from combinations(self._ends.values(), 2)
        inner = [one for one in self._values.values() if one.at not in self._ends]
        yield from product(self._ends.values(), inner)

    def _others(self, value: Value) -> Iterable[Value]:
        """The values with which this one is compared."""
        if self._ends and value.at not in self._ends:
            return self._ends.values()
        return self._values.values()

    def read(self, a: Statement, b: Statement) -> PairReading:
        """The reading of two voices of the line."""
        found = self._relation(self._value_of[a.claim], self._value_of[b.claim])
        voices = voices_of(a, b)
        if isinstance(found, NotComparable) or voices is Voices.ONE_TEXT:
            return read(a, b, self._wholes)
        return read_values(a, b, found, voices)

    def _relation(self, one: Value, other: Value) -> Related | NotComparable:
        """The relation of two values, or why they are not comparable; worked out once per pair."""
        found = one.related.get(other.at)
        if found is None:
            a, b = one.sample, other.sample
            if a.subject != b.subject:
                found = NotComparable.SUBJECT  # depends on who says so: voices are read one by one
            else:
                found = comparable(a, b, self._wholes) or related(a, b, self._wholes)
            one.related[other.at] = found
            other.related[one.at] = found if isinstance(found, NotComparable) else found.reversed()
        return found

    def against(self, voice: Statement) -> list[tuple[Statement, PairReading]]:
        """All other voices, each with its reading against this one, the most urgent first."""
        others = [
            (other, self.read(voice, other)) for other in self.voices if other.claim != voice.claim
        ]
        return sorted(others, key=lambda pair: _urgency(pair[1]))

    def foremost(self, voice: Statement) -> tuple[Statement, PairReading] | None:
        """The most urgent of `against`; None if there is no other voice.

        Values with the same words come first, as a denial of them is there.
        """
        mine = self._value_of[voice.claim]
        most = MOST_URGENT_OF[voice.stance]
        best: tuple[Statement, PairReading] | None = None
        urgency: tuple[float, float] = len(RANK), 0
        own = self._in_text[voice.origin, voice.text]
        for value in chain(own.values(), self._alike[voice.code], self._others(mine)):
            if (mine.is_past or value.is_past) and urgency <= _PAST and value.at not in own:
                if mine.is_past:
                    break
                continue
            found = self._relation(mine, value)
            if isinstance(found, Related) and _least(found) >= urgency:
                continue
            timed = self._is_timed(mine, value)
            for other in value.voices if timed else value.others(voice):
                if other.claim == voice.claim:
                    continue
                stands = self.read(voice, other)
                if _urgency(stands) < urgency:
                    best, urgency = (other, stands), _urgency(stands)
            if urgency[0] <= most:
                break
        return best

    def _is_timed(self, one: Value, other: Value) -> bool:
        """True if it matters which of two claims with these values was published first."""
        found = self._relation(one, other)
        return (
            isinstance(found, Related)
            and found.relation.depends_on_time
            and not known_in_time(one.sample, other.sample)
        )

    def disputes(self, subject: str = "", *, past: bool = True) -> Iterator[Dispute]:
        """The pairs of values that a person should look at, of all subjects or of one.

        Those of one subject are in claims about it, or across its parts. `past` adds
        the pairs that would be in dispute if one of the two were not superseded.
        """
        shown = SHOWN if past else DISPUTES
        found: dict[_Pair, _Sides] = {}
        settled: dict[tuple[int, int, bool], bool] = {}
        for one, other in self._pairs():
            if subject and one.sample.subject == other.sample.subject != subject:
                continue
            both = one.plain, other.plain, one.is_past or other.is_past
            if both not in settled:
                settled[both] = self._cannot_be_at_odds(one, other)
            if settled[both]:
                continue
            first, second = (one, other) if one.plain <= other.plain else (other, one)
            for reading, sides in self._at_odds(first, second, shown):
                pair = first.plain, second.plain, reading
                if pair in found:
                    found[pair].join(sides)
                else:
                    found[pair] = sides
        for pair_read, sides in found.items():
            if _is_explained(pair_read, found):
                continue
            a, b = next(iter(sides.one.values())), next(iter(sides.other.values()))
            yield Dispute(
                self.slot, self.read(a, b), self._spoken(sides.one), self._spoken(sides.other)
            )

    def _cannot_be_at_odds(self, one: Value, other: Value) -> bool:
        """True if two numbers can both be true, whoever says them and when, and are not far apart.

        False for other kinds, and for people who cannot be the same: there it depends on that.
        """
        a, b = one.sample, other.sample
        if self.slot.kind not in COUNT_KINDS or a.subject != b.subject:
            return False
        if scopes_related(a.scope, b.scope) is Scopes.DISJOINT:
            return False
        found = self._relation(one, other)
        if isinstance(found, NotComparable) or not found.relation.may_dispute:
            return True
        is_past = one.is_past or other.is_past
        return found.relation is Relation.OPEN and found.times <= FAR and not is_past

    def _spoken(self, side: "_Side") -> tuple[Statement, ...]:
        return tuple(one for claim in side for one in self._passages[claim])

    def _at_odds(
        self, one: Value, other: Value, shown: Container[Reading]
    ) -> Iterator[tuple[Reading, "_Sides"]]:
        """Each reading that a person should look at, with the voices of two values read so."""
        apart = one.origins.keys().isdisjoint(other.origins)
        if apart and (one.is_past or other.is_past) and Reading.SUPERSEDED not in shown:
            return
        found = self._relation(one, other)
        if isinstance(found, Related):
            if not found.relation.may_dispute:
                return
        elif found is not NotComparable.SUBJECT:
            return
        timed = self._is_timed(one, other)
        if isinstance(found, Related) and not found.relation.depends_on_time and apart:
            reading = self.read(one.sample, other.sample).reading
            if reading in shown:
                sides = ({voice.claim: voice for voice in value.voices} for value in (one, other))
                yield reading, _Sides(*sides)
            return
        by_reading: dict[Reading, _Sides] = {}
        for a in one.voices:
            for b in other.voices if timed else other.others(a):
                self._note(by_reading, shown, a, b)
        if not timed:
            for b in other.voices:
                for a in one.others(b):
                    self._note(by_reading, shown, a, b)
        yield from by_reading.items()

    def _note(
        self,
        by_reading: "dict[Reading, _Sides]",
        shown: Container[Reading],
        a: Statement,
        b: Statement,
    ) -> None:
        reading = self.read(a, b).reading
        if reading in shown:
            if reading not in by_reading:
                by_reading[reading] = _Sides({}, {})
            by_reading[reading].one.setdefault(a.claim, a)
            by_reading[reading].other.setdefault(b.claim, b)


_Pair = tuple[int, int, Reading]
"""Two values by their `plain` places, and their reading."""

_Side = dict[str, Statement]


class _Sides(NamedTuple):
    """The voices of two values that are in dispute, by their claims."""

    one: _Side
    other: _Side

    def join(self, more: "_Sides") -> None:
        for mine, theirs in zip(self, more, strict=True):
            for claim, voice in theirs.items():
                mine.setdefault(claim, voice)


def _is_explained(pair: _Pair, found: Container[_Pair]) -> bool:
    """True if other voices give the same two values a reading that outranks this explanation."""
    one, other, reading = pair
    if reading not in _EXPLAINED:
        return False
    return any((one, other, worse) in found for worse in _EXPLAINED[reading])


_AT_ODDS = (Reading.CONTRADICTS, Reading.PERHAPS_CONTRADICTS)
_EXPLAINED: Mapping[Reading, tuple[Reading, ...]] = {
    Reading.GROWN: _AT_ODDS,
    Reading.ANOTHER_EVENT: (*_AT_ODDS, Reading.GROWN),
}
"""The readings in which time or words explain two figures, with those that outrank them."""

_PAST = RANK[Reading.SUPERSEDED], 0.0
"""The highest urgency of the reading of a replaced figure, outside its own text."""


def _urgency(read: PairReading) -> tuple[float, float]:
    """Sort key of a reading by urgency, the most urgent first; of numbers, the farthest apart."""
    if read.why is not None:
        return RANK[read.reading], _REASONS.index(read.why)
    return RANK[read.reading], -read.times if read.reading is Reading.FAR_APART else 0


_REASONS = list(NotComparable)
"""The reasons why two claims are not compared, the most telling about one of them first."""


def _least(related: Related) -> tuple[float, float]:
    """The highest urgency that the reading of a relation can have."""
    rank = MOST_URGENT[related.relation]
    return rank, -related.times if rank == RANK[Reading.FAR_APART] else 0


def lined_up(statements: Iterable[Statement], wholes: Wholes) -> list[SlotLine]:
    """The claims about a subject and its parts, one line per slot, in order of first claim.

    Each part has its own lines, except for the kinds that are compared across parts.
    """
    slots: dict[tuple[str, Slot], dict[tuple[object, ...], list[Statement]]] = {}
    for statement in statements:
        voice = (statement.article, statement.origin, *key_of(statement), statement.also)
        of = "" if statement.slot.kind in ACROSS_PARTS else statement.subject
        slots.setdefault((of, statement.slot), {}).setdefault(voice, []).append(statement)
    return [SlotLine(slot, spoken.values(), wholes) for (_, slot), spoken in slots.items()]


class Disputed(NamedTuple):
    """Counts of pairs of values of a subject that contradict, differ, are stale, or are apart."""

    contradicts: int = 0
    differs: int = 0
    stale: int = 0
    apart: int = 0


HEADS: tuple[tuple[Reading, ...], ...] = (
    AS_CONTRADICTIONS,
    tuple(one for one in DISPUTES if one not in (*AS_CONTRADICTIONS, *STALE, *WEAKER)),
    STALE,
    WEAKER,
)
"""The readings that count under each head of `Disputed`, in its order."""


def disputed(disputes: Iterable[Dispute]) -> Disputed:
    """The disputes of a subject, counted under four heads: see `HEADS`."""
    found = [dispute.read.reading for dispute in disputes]
    return Disputed(*(sum(found.count(one) for one in readings) for readings in HEADS))
