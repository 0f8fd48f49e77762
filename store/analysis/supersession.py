"""Which claims their own origin replaced: only its current one is a voice.

Of an origin's figures, the current one is that of the later day; of one day the
one whose text says that it replaces another, else the later by the clock, else
the higher, which is assumed to be the later. A figure replaces only what cannot
be true beside it. Of other kinds what is said on a later day replaces. Within one
text nothing does.
"""

from collections.abc import Iterable, Sequence

from store.analysis.comparing import related
from store.analysis.moments import DAY, Order, order_of
from store.analysis.relation import Relation, Wholes
from store.analysis.statement import Statement, code_of, is_one
from store.analysis.tolls import count_range, numbers_disjoint
from store.model.values import COUNTED, Count
from store.model.vocabulary import Kind, Stance

_OPPOSED = (Relation.DISJOINT, Relation.ANOTHER, Relation.DENIED, Relation.DOUBTED)


def current(voices: Sequence[Statement], wholes: Wholes) -> list[Statement]:
    """The voices of one slot, in their order, with what each origin did to its own."""
    houses: dict[tuple[str, str], list[int]] = {}
    for at, voice in enumerate(voices):
        house = _house(voice)
        if house and voice.slot.kind is not Kind.CONTROL:
            houses.setdefault((voice.subject, house), []).append(at)
    found = list(voices)
    for places in houses.values():
        if len(places) < 2:
            continue
        own = [voices[at] for at in places]
        for at in places:
            found[at] = _among_its_own(voices[at], own, wholes)
    return found


def _house(voice: Statement) -> str:
    """Whose figures replace each other; empty where nobody knows.

    A publisher's own figure also replaces what it had from those without a name,
    and a house may be known to be one though its name is not.
    """
    if is_one(voice.root):
        return voice.root
    return voice.publisher if voice.slot.kind in COUNTED and voice.speaker.unnamed else ""


def _among_its_own(voice: Statement, own: Iterable[Statement], wholes: Wholes) -> Statement:
    """The voice with what replaced it, and with the last day on which its number was said."""
    until = [
        other.held_until
        for other in own
        if code_of(other.value) == code_of(voice.value) and other.scope == voice.scope
    ]
    voice = voice._replace(held_until=max(until, default=voice.held_until))
    for other in own:
        if _may_replace(other, voice, wholes):
            how = _replaces(other, voice)
            if how is not None:
                return voice._replace(superseded_by=other.claim, order_assumed=how)
    return voice


def _may_replace(new: Statement, old: Statement, wholes: Wholes) -> bool:
    """Whether two claims of one origin cannot both stand, but for which is the later."""
    if new.copy == old.copy or new.aggregate or old.aggregate or new.compiled or old.compiled:
        return False
    if isinstance(new.value, Count):
        asserted = Stance.DENIES not in (new.stance, old.stance)
        return asserted and numbers_disjoint(new, old)
    if not new.published or not old.published or new.published[:DAY] == old.published[:DAY]:
        return False
    if new.slot.kind is Kind.DATE and not (code_of(new.value) and code_of(old.value)):
        return False
    return related(new, old, wholes).relation in _OPPOSED


def _replaces(new: Statement, old: Statement) -> bool | None:
    """Whether the first is the later of the two only by assumption; None where it is not later."""
    order = order_of(new.published, new.zone_stated, old.published, old.zone_stated)
    same_day = new.published[:DAY] == old.published[:DAY] != ""
    if not isinstance(new.value, Count):
        return False if order is Order.AFTER else None
    if not same_day:
        return False if order in (Order.AFTER, Order.PERHAPS_AFTER) else None
    if new.replaces is not old.replaces:
        return False if new.replaces else None
    if order in (Order.AFTER, Order.BEFORE):
        return False if order is Order.AFTER else None
    assert isinstance(old.value, Count)
    return True if count_range(new.value)[0] > count_range(old.value)[0] else None
