"""All claims about one subject, lined up: which of them stand against each other.

An event is looked at together with its parts: how they went is compared across
them, too. Claims that say the same for the same root in the same text are one voice. What
voices say is compared value by value, as many voices often say the same.
"""

from collections.abc import Container, Iterable, Iterator, Sequence
from itertools import chain, combinations
from typing import NamedTuple

from store.analysis.compare_values import related
from store.analysis.publication_order import DAY
from store.analysis.read_pair import (
    PairReading,
    by_convention,
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
from store.analysis.scopes import Scopes, group_of, scopes_related
from store.analysis.sourced_claim import Slot, Statement
from store.analysis.supersession import current
from store.analysis.toll_context import surrounded
from store.model.values import COUNTED, TOLLS

_Key = tuple[str, str, str, str, str, bool, bool]


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


class _Value:
    """The voices that say the same: by root, and of each root by text.

    They are alike in all that matters to how they are read but for the root and
    its text. `at` is its place in the line, `related` how it compares with those
    at other places, as far as it was asked. `plain` is the same for values that
    only differ in who says them and when, or what else is said along with them.
    """

    def __init__(self, at: int, plain: int, sample: Statement) -> None:
        self.at = at
        self.plain = plain
        self.sample = sample
        self.voices: list[Statement] = []
        # of figures that were replaced, who is in no other text is at odds with nobody any more
        self.is_past = bool(sample.superseded_by) and sample.slot.kind in COUNTED
        self.roots: dict[str, dict[str, list[Statement]]] = {}
        self.related: dict[int, Related | NotComparable] = {}

    def add(self, voice: Statement) -> None:
        self.voices.append(voice)
        self.roots.setdefault(voice.root, {}).setdefault(voice.copy, []).append(voice)

    def others(self, voice: Statement) -> Iterator[Statement]:
        """One of another root, one of its root in another text, one of its own text.

        All others stand to the voice as one of these does, where time plays no part.
        """
        for root, texts in self.roots.items():
            if root != voice.root:
                yield next(iter(texts.values()))[0]
                break
        own = self.roots.get(voice.root, {})
        for copy, voices in own.items():
            if copy != voice.copy:
                yield voices[0]
                break
        for other in own.get(voice.copy, ()):
            if other.claim != voice.claim:
                yield other
                break


class SlotLine:
    """What is claimed of one slot: its voices, and how they stand to each other.

    `spoken` holds the statements of each voice: what one root says in one
    article, be it in several passages.
    """

    def __init__(self, slot: Slot, spoken: Iterable[Sequence[Statement]], wholes: Wholes) -> None:
        self.slot = slot
        self._passages = {statements[0].claim: statements for statements in spoken}
        voices = [_voice(of) for of in self._passages.values()]
        self.voices = current(surrounded(voices) if slot.kind in TOLLS else voices, wholes)
        self._wholes = wholes
        self._values: dict[tuple[object, ...], _Value] = {}
        self._value_of: dict[str, _Value] = {}
        self._alike: dict[str, list[_Value]] = {}
        self._in_text: dict[tuple[str, str], dict[int, _Value]] = {}
        plain: dict[_Key, int] = {}
        for voice in self.voices:
            key = _likeness(voice)
            if key not in self._values:
                place = plain.setdefault(_key(voice), len(plain))
                self._values[key] = _Value(len(self._values), place, voice)
                self._alike.setdefault(voice.code, []).append(self._values[key])
            value = self._value_of[voice.claim] = self._values[key]
            value.add(voice)
            self._in_text.setdefault((voice.root, voice.copy), {})[value.at] = value

    def read(self, a: Statement, b: Statement) -> PairReading:
        """How two voices of the line stand to each other."""
        found = self._relation(self._value_of[a.claim], self._value_of[b.claim])
        voices = voices_of(a, b)
        if isinstance(found, NotComparable) or voices is Voices.ONE_TEXT:
            return read(a, b, self._wholes)
        return read_values(a, b, found, voices)

    def _relation(self, one: _Value, other: _Value) -> Related | NotComparable:
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
        for value in chain(own.values(), self._alike[voice.code], self._values.values()):
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

    def _is_timed(self, one: _Value, other: _Value) -> bool:
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
        found: dict[tuple[int, int, Reading], _Sides] = {}
        settled: dict[tuple[int, int, bool], bool] = {}
        for one, other in combinations(self._values.values(), 2):
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
        for sides in found.values():
            a, b = next(iter(sides.one.values())), next(iter(sides.other.values()))
            yield Dispute(
                self.slot, self.read(a, b), self._spoken(sides.one), self._spoken(sides.other)
            )

    def _cannot_be_at_odds(self, one: _Value, other: _Value) -> bool:
        """Whether two numbers can both be true, whoever says them and when, and are not far apart.

        Of other kinds, and of people who cannot be the same, it is not known without that.
        """
        a, b = one.sample, other.sample
        if self.slot.kind not in COUNTED or a.subject != b.subject:
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
        self, one: _Value, other: _Value, shown: Container[Reading]
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


_Side = dict[str, Statement]


class _Sides(NamedTuple):
    """The voices of two values that are at odds, by their claims."""

    one: _Side
    other: _Side

    def join(self, more: "_Sides") -> None:
        for mine, theirs in zip(self, more, strict=True):
            for claim, voice in theirs.items():
                mine.setdefault(claim, voice)


def _key(voice: Statement) -> _Key:
    """The same for those that say the same."""
    return (
        voice.subject,
        voice.code,
        voice.stance,
        group_of(voice.scope),
        voice.as_of,
        voice.aggregate,
        voice.compiled,
    )


def _likeness(voice: Statement) -> tuple[object, ...]:
    """The same for those that are read alike, but for who they are and in which text.

    Of a control the time of publication matters, too: see `_is_timed`.
    """
    replaced = bool(voice.superseded_by)
    may_grow = voice.slot.kind in TOLLS and not replaced
    told_on: tuple[object, ...] = ()
    if may_grow:
        days = (voice.first_said, voice.held_until, voice.happened, voice.first_report)
        told_on = (voice.published if voice.rises else voice.published[:DAY], voice.rises, voice.rose_from, *days)
    around = (voice.incident, voice.bombers, voice.first_told, voice.at_least, voice.whole_told)
    known_by = voice.nameless, by_convention(voice)
    return *_key(voice), voice.also, voice.speaker, *known_by, *around, *told_on, replaced


def _voice(statements: Sequence[Statement]) -> Statement:
    """What one root says in one article, be it in several passages."""
    ways = {one.incident for one in statements} - {""}
    return statements[0]._replace(
        replaces=any(one.replaces for one in statements),
        incident=ways.pop() if len(ways) == 1 else "",
    )


_PAST = RANK[Reading.SUPERSEDED], 0.0
"""The most urgent that the reading of a figure that was replaced can be, but for its own text."""


def _urgency(read: PairReading) -> tuple[float, float]:
    """How much a reading asks for a person, the most urgent first; of numbers the farthest."""
    return RANK[read.reading], -read.times if read.reading is Reading.FAR_APART else 0


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
        voice = (statement.article, statement.root, *_key(statement), statement.also)
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
