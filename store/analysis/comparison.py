"""All claims about one subject, lined up: which of them stand against each other.

An event is looked at together with its parts: how they went is compared across
them, too. Claims that say the same for the same root in the same text are one voice. What
voices say is compared value by value, as many voices often say the same.
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
    """Two values of a slot that a person should look at, and who says the one and the other.

    `read` is that of the first of `one` to the first of `other`. The sides hold
    the statements of which each stands so to at least one of the other side, a
    voice that says so in several passages with all of them.
    """

    slot: Slot
    read: PairReading
    one: tuple[Statement, ...]
    other: tuple[Statement, ...]


class SlotLine:
    """What is claimed of one slot: its voices, and how they stand to each other.

    `spoken` holds the statements of each voice: what one root says in one
    article, be it in several passages.
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
            self._in_text.setdefault((voice.root, voice.copy), {})[value.at] = value
        self._ends = ends_of(self._values.values())

    @property
    def uncompared(self) -> int:
        """Pairs of values that were not compared, as there are very many."""
        if not self._ends:
            return 0
        number, ends = len(self._values), len(self._ends)
        return (number - ends) * (number - ends - 1) // 2

    def _pairs(self) -> Iterator[tuple[Value, Value]]:
        """Every two values; of very many the lowest and the highest with each."""
        if not self._ends:
            yield from combinations(self._values.values(), 2)
            return
        yield from combinations(self._ends.values(), 2)
        inner = [one for one in self._values.values() if one.at not in self._ends]
        yield from product(self._ends.values(), inner)

    def _others(self, value: Value) -> Iterable[Value]:
        """The values that one is compared with."""
        if self._ends and value.at not in self._ends:
            return self._ends.values()
        return self._values.values()

    def read(self, a: Statement, b: Statement) -> PairReading:
        """How two voices of the line stand to each other."""
        found = self._relation(self._value_of[a.claim], self._value_of[b.claim])
        voices = voices_of(a, b)
        if isinstance(found, NotComparable) or voices is Voices.ONE_TEXT:
            return read(a, b, self._wholes)
        return read_values(a, b, found, voices)

    def _relation(self, one: Value, other: Value) -> Related | NotComparable:
        """How two values compare, or why not; worked out once for all that say them."""
        found = one.related.get(other.at)
        if found is None:
            a, b = one.sample, other.sample
            if a.subject != b.subject:
                found = NotComparable.SUBJECT  # it depends on who says so: looked at one by one
            else:
                found = comparable(a, b, self._wholes) or related(a, b, self._wholes)
            one.related[other.at] = found
            other.related[one.at] = found if isinstance(found, NotComparable) else found.reversed()
        return found

    def against(self, voice: Statement) -> list[tuple[Statement, PairReading]]:
        """All other voices with how they stand to this one, the most urgent first."""
        others = [
            (other, self.read(voice, other)) for other in self.voices if other.claim != voice.claim
        ]
        return sorted(others, key=lambda pair: _urgency(pair[1]))

    def foremost(self, voice: Statement) -> tuple[Statement, PairReading] | None:
        """The most urgent of `against`, None where nobody else speaks.

        Values of the same words are looked at first: a denial of them is there.
        """
        mine = self._value_of[voice.claim]
        most = MOST_URGENT_OF[voice.stance]
        best: tuple[Statement, PairReading] | None = None
        urgency: tuple[float, float] = len(RANK), 0
        own = self._in_text[voice.root, voice.copy]
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
        """Whether it matters which of two who say these values was published first."""
        found = self._relation(one, other)
        return (
            isinstance(found, Related)
            and found.relation.depends_on_time
            and not known_in_time(one.sample, other.sample)
        )

    def disputes(self, subject: str = "", *, past: bool = True) -> Iterator[Dispute]:
        """The pairs of values that a person should look at, those of all subjects or of one.

        Of one subject means in what is said of itself, or across its parts. `past`
        says whether those are among them that would be if one were not superseded.
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
        """Whether two numbers can both be true, whoever says them and when, and are not far apart.

        Of other kinds, and of people who cannot be the same, it is not known without that.
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
        """By each reading that a person should look at, the voices of two values that stand so."""
        apart = one.roots.keys().isdisjoint(other.roots)
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
"""Two values by their `plain` places, and how they are read."""

_Side = dict[str, Statement]


class _Sides(NamedTuple):
    """The voices of two values that are at odds, by their claims."""

    one: _Side
    other: _Side

    def join(self, more: "_Sides") -> None:
        for mine, theirs in zip(self, more, strict=True):
            for claim, voice in theirs.items():
                mine.setdefault(claim, voice)


def _is_explained(pair: _Pair, found: Container[_Pair]) -> bool:
    """Whether two values are read more urgently as well, by somebody whom no time explains."""
    one, other, reading = pair
    if reading not in _EXPLAINED:
        return False
    return any((one, other, worse) in found for worse in _EXPLAINED[reading])


_AT_ODDS = (Reading.CONTRADICTS, Reading.PERHAPS_CONTRADICTS)
_EXPLAINED: Mapping[Reading, tuple[Reading, ...]] = {
    Reading.GROWN: _AT_ODDS,
    Reading.ANOTHER_EVENT: (*_AT_ODDS, Reading.GROWN),
}
"""The readings by which time or words explain two figures, with those that go before them."""

_PAST = RANK[Reading.SUPERSEDED], 0.0
"""The most urgent that the reading of a figure that was replaced can be, but for its own text."""


def _urgency(read: PairReading) -> tuple[float, float]:
    """How much a reading asks for a person, the most urgent first; of numbers the farthest."""
    if read.why is not None:
        return RANK[read.reading], _REASONS.index(read.why)
    return RANK[read.reading], -read.times if read.reading is Reading.FAR_APART else 0


_REASONS = list(NotComparable)
"""Why two are not compared, what says most of one of them first."""


def _least(related: Related) -> tuple[float, float]:
    """The most urgent that the reading of such a relation can be."""
    rank = MOST_URGENT[related.relation]
    return rank, -related.times if rank == RANK[Reading.FAR_APART] else 0


def lined_up(statements: Iterable[Statement], wholes: Wholes) -> list[SlotLine]:
    """The claims about a subject and its parts, a line a slot, in the order of their first.

    Each part has lines of its own, but for the kinds that are compared across the parts.
    """
    slots: dict[tuple[str, Slot], dict[tuple[object, ...], list[Statement]]] = {}
    for statement in statements:
        voice = (statement.article, statement.root, *key_of(statement), statement.also)
        of = "" if statement.slot.kind in ACROSS_PARTS else statement.subject
        slots.setdefault((of, statement.slot), {}).setdefault(voice, []).append(statement)
    return [SlotLine(slot, spoken.values(), wholes) for (_, slot), spoken in slots.items()]


class Disputed(NamedTuple):
    """How many pairs of values of a subject contradict, differ, are stale, or are apart."""

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
