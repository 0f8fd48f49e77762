"""All claims about one subject, lined up: which of them stand against each other.

An event is looked at together with its parts: how they went is compared across
them, too. Claims that say the same for the same root in the same text are one voice. What
voices say is compared value by value, as many voices often say the same.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from store.analysis.reading import (
    ACROSS_PARTS,
    DISPUTES,
    RANK,
    Read,
    Reading,
    Why,
    comparable,
    read,
    read_values,
    voices_of,
)
from store.analysis.relation import Related, Wholes, related
from store.analysis.statement import Slot, Statement, code_of

_Key = tuple[str, str, str, str, frozenset[str], bool]


class Dispute(NamedTuple):
    """Two values of a slot that a person should look at, and who says the one and the other.

    `read` is that of the first of `one` to the first of `other`. The sides hold
    the statements of which each stands so to at least one of the other side.
    """

    slot: Slot
    read: Read
    one: tuple[Statement, ...]
    other: tuple[Statement, ...]


class Line:
    """What is claimed of one slot: its voices, and how they stand to each other."""

    def __init__(self, slot: Slot, voices: Sequence[Statement], wholes: Wholes) -> None:
        self.slot = slot
        self.voices = voices
        self._wholes = wholes
        self._values: dict[_Key, list[Statement]] = defaultdict(list)
        for voice in voices:
            self._values[_key(voice)].append(voice)
        self._related: dict[tuple[_Key, _Key], Related | Why] = {}

    def read(self, a: Statement, b: Statement) -> Read:
        """How two voices of the line stand to each other."""
        found = self._relation(_key(a), _key(b))
        if isinstance(found, Why):
            return read(a, b, self._wholes)
        return read_values(a, b, found, voices_of(a, b))

    def _relation(self, one: _Key, other: _Key) -> Related | Why:
        """How two values compare, or why not; worked out once for all that say them."""
        found = self._related.get((one, other))
        if found is None:
            a, b = self._values[one][0], self._values[other][0]
            if a.subject != b.subject:
                found = Why.SUBJECT  # it depends on who says so: looked at one by one
            else:
                found = comparable(a, b, self._wholes) or related(a, b, self._wholes)
            self._related[one, other] = found
            self._related[other, one] = found if isinstance(found, Why) else found.reversed()
        return found

    def against(self, voice: Statement) -> list[tuple[Statement, Read]]:
        """All other voices with how they stand to this one, the most urgent first."""
        others = [(other, self.read(voice, other)) for other in self.voices if other is not voice]
        return sorted(others, key=lambda pair: RANK[pair[1].reading])

    def foremost(self, voice: Statement) -> tuple[Statement, Read] | None:
        """The most urgent of `against`, None where nobody else speaks.

        One voice for each root and value is looked at: others of it stand alike,
        but for the time of publication, which matters to states only.
        """
        best: tuple[Statement, Read] | None = None
        for key, holders in self._values.items():
            found = self._relation(_key(voice), key)
            alike = not (isinstance(found, Related) and found.relation.depends_on_time)
            looked = 0
            for other in holders:
                if other is voice:
                    continue
                reading = self.read(voice, other)
                if best is None or RANK[reading.reading] < RANK[best[1].reading]:
                    best = (other, reading)
                looked += other.root != voice.root
                if alike and looked:
                    break
        return best

    def disputes(self, subject: str = "") -> Iterator[Dispute]:
        """The pairs of values that a person should look at, those of all subjects or of one.

        Of one subject means in what is said of itself, or across its parts.
        """
        keys = list(self._values)
        for position, one in enumerate(keys):
            for other in keys[position + 1 :]:
                if subject and one[0] == other[0] != subject:
                    continue
                yield from self._disputes_between(self._values[one], self._values[other])

    def _disputes_between(
        self, holders: Sequence[Statement], others: Sequence[Statement]
    ) -> Iterator[Dispute]:
        found = self._relation(_key(holders[0]), _key(others[0]))
        if isinstance(found, Related) and not found.relation.may_dispute:
            return
        by_reading: dict[Reading, tuple[list[Statement], list[Statement], Read]] = {}
        for a in holders:
            for b in others:
                stands = self.read(a, b)
                if stands.reading not in DISPUTES:
                    continue
                ones, twos, _ = by_reading.setdefault(stands.reading, ([], [], stands))
                if a not in ones:
                    ones.append(a)
                if b not in twos:
                    twos.append(b)
        for reading in sorted(by_reading, key=RANK.__getitem__):
            ones, twos, stands = by_reading[reading]
            yield Dispute(self.slot, stands, tuple(ones), tuple(twos))


def _key(voice: Statement) -> _Key:
    return (
        voice.subject,
        code_of(voice.value),
        voice.stance,
        voice.as_of,
        voice.also,
        voice.aggregate,
    )


def lined_up(statements: Iterable[Statement], wholes: Wholes) -> list[Line]:
    """The claims about a subject and its parts, a line a slot, in the order of their first.

    Each part has lines of its own, but for the kinds that are compared across the parts.
    """
    slots: dict[tuple[str, Slot], dict[tuple[object, ...], Statement]] = {}
    for statement in statements:
        voice = (statement.article, statement.root, *_key(statement))
        of = "" if statement.slot.kind in ACROSS_PARTS else statement.subject
        slots.setdefault((of, statement.slot), {}).setdefault(voice, statement)
    return [Line(slot, list(voices.values()), wholes) for (_, slot), voices in slots.items()]


class Disputed(NamedTuple):
    """How many pairs of values of a subject contradict each other, differ, or are stale."""

    contradicts: int = 0
    differs: int = 0
    stale: int = 0


def disputed(disputes: Iterable[Dispute]) -> Disputed:
    """The disputes of a subject, counted; those that are perhaps stale count as stale."""
    found = [dispute.read.reading for dispute in disputes]
    counts = {reading: found.count(reading) for reading in DISPUTES}
    return Disputed(
        contradicts=counts[Reading.CONTRADICTS],
        differs=counts[Reading.DIFFERS],
        stale=counts[Reading.STALE] + counts[Reading.PERHAPS_STALE],
    )
