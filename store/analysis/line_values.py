"""What is said on one line, value by value: the voices that are read alike, held together."""

from collections.abc import Iterable, Iterator, Sequence

from store.analysis.publication_order import DAY
from store.analysis.read_pair import by_convention
from store.analysis.readings import NotComparable
from store.analysis.relations import Related
from store.analysis.scopes import group_of
from store.analysis.sourced_claim import Statement
from store.analysis.tolls import count_range
from store.model.values import COUNT_KINDS, TOLLS, Count

Key = tuple[str, str, str, str, str, bool, bool]

MANY = 150
"""Values of one line from above which not every two of them are compared."""

ENDS = 2
"""Of so many values, how many of the lowest and of the highest are compared with all others."""


class Value:
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
        self.is_past = bool(sample.superseded_by) and sample.slot.kind in COUNT_KINDS
        self.roots: dict[str, dict[str, list[Statement]]] = {}
        self.related: dict[int, Related | NotComparable] = {}

    def add(self, voice: Statement) -> None:
        """Hold one more voice that says the same."""
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


def key_of(voice: Statement) -> Key:
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


def likeness(voice: Statement, *, clocks: bool = False) -> tuple[object, ...]:
    """The same for those that are read alike, but for who they are and in which text.

    Of a control the time of publication matters, too: see `SlotLine`. The `clocks` of
    two tolls matter where a text of that line says that one rose.
    """
    replaced = bool(voice.superseded_by)
    may_grow = voice.slot.kind in TOLLS and not replaced
    told_on: tuple[object, ...] = ()
    if may_grow:
        at = (voice.published, voice.zone_stated) if clocks else (voice.published[:DAY],)
        days = (voice.first_said, voice.held_until, voice.happened, voice.first_report)
        told_on = (voice.rises, voice.rose_from, *at, *days)
    around = (voice.incident, voice.bombers, voice.first_told, voice.at_least)
    all_told = voice.whole_told, voice.in_all
    known_by = voice.nameless, by_convention(voice)
    return (
        *key_of(voice),
        voice.also,
        voice.speaker,
        *known_by,
        *around,
        *all_told,
        *told_on,
        replaced,
    )


def one_voice(statements: Sequence[Statement]) -> Statement:
    """What one root says in one article, be it in several passages."""
    ways = {one.incident for one in statements} - {""}
    return statements[0]._replace(
        replaces=any(one.replaces for one in statements),
        rises=any(one.rises for one in statements),
        incident=ways.pop() if len(ways) == 1 else "",
    )


def ends_of(values: Iterable[Value]) -> dict[int, Value]:
    """The lowest and the highest of very many values, by their places; none where they are few.

    They are the same whatever came first. What stands goes before what was replaced.
    """
    found = list(values)
    if len({one.plain for one in found}) <= MANY:
        return {}
    ordered = sorted([one for one in found if not one.is_past] or found, key=_extent)
    return {one.at: one for one in (*ordered[:ENDS], *ordered[-ENDS:])}


def _extent(one: Value) -> tuple[object, ...]:
    value = one.sample.value
    low, high = count_range(value) if isinstance(value, Count) else (0, 0)
    rest = (str(part) for part in likeness(one.sample))
    return low, high is None, high or 0, one.sample.code, *rest
