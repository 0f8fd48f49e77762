"""The values claimed on one line, each with the voices that are read alike."""

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
"""The greatest number of values of one line of which every pair is compared."""

ENDS = 2
"""The number of lowest, and of highest, values that are compared with all, if there are more."""


class Value:
    """The voices that say the same: by origin, and for each origin by text.

    They differ in nothing that matters to their reading except the origin and the
    text. `at` is the place of the value in the line, `related` its relation to the
    values at other places, as far as worked out. `plain` is the same for values that
    differ only in who says them and when, or what else is said along with them.
    """

    def __init__(self, at: int, plain: int, sample: Statement) -> None:
        self.at = at
        self.plain = plain
        self.sample = sample
        self.voices: list[Statement] = []
        # a replaced figure of an origin without other texts is no longer in dispute with any
        self.is_past = bool(sample.superseded_by) and sample.slot.kind in COUNT_KINDS
        self.origins: dict[str, dict[str, list[Statement]]] = {}
        self.related: dict[int, Related | NotComparable] = {}

    def add(self, voice: Statement) -> None:
        """Add one more voice that says the same."""
        self.voices.append(voice)
        self.origins.setdefault(voice.origin, {}).setdefault(voice.text, []).append(voice)

    def others(self, voice: Statement) -> Iterator[Statement]:
        """A voice of another origin, one of the same in another text, one of the same text.

        If time does not matter, every other voice is read with this one as one of these is.
        """
        for origin, texts in self.origins.items():
            if origin != voice.origin:
                yield next(iter(texts.values()))[0]
                break
        own = self.origins.get(voice.origin, {})
        for text, voices in own.items():
            if text != voice.text:
                yield voices[0]
                break
        for other in own.get(voice.text, ()):
            if other.claim != voice.claim:
                yield other
                break


def key_of(voice: Statement) -> Key:
    """A key that is equal for voices that say the same."""
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
    """A key that is equal for voices that are read alike, apart from their origin and text.

    For control the time of publication matters, too: see `SlotLine`. The `clocks` of
    two tolls matter if a text of that line says that a toll rose.
    """
    replaced = bool(voice.superseded_by)
    may_grow = voice.slot.kind in TOLLS and not replaced
    told_on: tuple[object, ...] = ()
    if may_grow:
        at = (voice.published, voice.zone_stated) if clocks else (voice.published[:DAY],)
        days = (voice.first_said, voice.held_until, voice.happened, voice.first_report)
        told_on = (voice.rises, voice.rose_from, *at, *days)
    around = (voice.incident, voice.bombers, voice.first_told, voice.at_least, voice.given_before)
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
    """The voice of one origin in one article, from its statements in one passage or several."""
    ways = {one.incident for one in statements} - {""}
    return statements[0]._replace(
        replaces=any(one.replaces for one in statements),
        rises=any(one.rises for one in statements),
        incident=ways.pop() if len(ways) == 1 else "",
    )


def ends_of(values: Iterable[Value]) -> dict[int, Value]:
    """The lowest and the highest of very many values, by their places; empty if they are few.

    They do not depend on the order of the values. Current values go before replaced ones.
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
