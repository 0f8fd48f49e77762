"""Claims that their own origin replaced: only its current claim is a voice.

Of an origin's figures the current one is the later, by the times at which they
were true, else by the day and clock of publication. If the order within a day is not
known, it is the one whose text says that it replaces another, else the higher, which
is assumed to be the later. A figure replaces one that cannot be true beside it, and an
"at least" that it exceeds. Of other kinds, a claim of a later day replaces. Within
one text nothing does; of the versions of one article the later one replaces the earlier.
"""

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from enum import IntEnum
from functools import lru_cache
from itertools import permutations

from store.analysis.compare_values import related
from store.analysis.incidents import no_one_incident
from store.analysis.publication_order import DAY, Order, order_of
from store.analysis.relations import Relation, Wholes, days_earlier
from store.analysis.scopes import group_of
from store.analysis.sourced_claim import UNKNOWN, Statement, is_one
from store.analysis.tolls import BEYOND, count_range, takes_the_place
from store.model.values import COUNT_KINDS, Count
from store.model.vocabulary import Kind, Stance

_OPPOSED = (Relation.DISJOINT, Relation.ANOTHER, Relation.DENIED, Relation.DOUBTED)


MANY = 150
"""The most figures of one house of which any, and not only the `LATEST`, replace others."""

LATEST = 20

_Alike = list[Statement]


class _By(IntEnum):
    """The ground on which one of two figures counts as the later, the surest first."""

    OWN_TIMES = 0
    PUBLICATION = 1
    WORDS = 2
    ASSUMPTION = 3


def current(voices: Sequence[Statement], wholes: Wholes) -> list[Statement]:
    """The voices of one slot, in their order, marked if their own origin replaced them."""
    houses: dict[tuple[str, str], list[int]] = {}
    for at, voice in enumerate(voices):
        if voice.slot.kind is not Kind.CONTROL:
            for house in _houses(voice):
                houses.setdefault((voice.subject, house), []).append(at)
    found = list(voices)
    for places in houses.values():
        if len(places) < 2:
            continue
        own = [voices[at] for at in places]
        alike: dict[tuple[str, str, Stance], list[Statement]] = {}
        for voice in own:
            alike.setdefault(_number(voice), []).append(voice)
        for at, voice in zip(places, _replaced(own, wholes), strict=True):
            days = _days_held(voices[at], alike[_number(voice)])
            until = max([found[at].held_until, *days])
            since = min(filter(None, (found[at].first_said, *days)), default="")
            if voice.superseded_by and not found[at].superseded_by:
                found[at] = voice
            before = max(found[at].rose_from, _rose_from(voices[at], own))
            found[at] = found[at]._replace(held_until=until, first_said=since, rose_from=before)
    return _with_those_beside(found)


def _houses(voice: Statement) -> Iterator[str]:
    """The keys of the groups whose claims may replace this one; none if not known.

    An origin without a name is in the group of its publisher and, as there is one police,
    of everybody with that name; but not if vague, as witnesses may be others. A toll that
    rose is also in the group of its publisher, whoever gave it.
    """
    if is_one(voice.origin):
        yield voice.origin
        if voice.rises and voice.publisher not in ("", voice.origin):
            yield voice.publisher
    elif voice.slot.kind in COUNT_KINDS and voice.speaker.unnamed:
        if voice.publisher:
            yield voice.publisher
        if not voice.speaker.vague:
            yield _name(voice)


def _with_those_beside(voices: Sequence[Statement]) -> list[Statement]:
    """The voices, with those without a name replaced along with a known origin beside them.

    It is one that says the same in the same article.
    """
    gone = {
        (one.article, one.subject, one.code, one.scope): one
        for one in voices
        if one.superseded_by and not one.origin.startswith(UNKNOWN)
    }
    found = []
    for one in voices:
        with_it = gone.get((one.article, one.subject, one.code, one.scope))
        if with_it and one.speaker.unnamed and not one.superseded_by:
            one = one._replace(
                superseded_by=with_it.superseded_by, order_assumed=with_it.order_assumed
            )
        found.append(one)
    return found


def _may_speak_for(new: Statement, old: Statement) -> bool:
    """True if both are of one origin, or the old is what a publisher had from one without a name.

    Also if a publisher reports, from whomever, that the toll rose: then it no longer keeps
    to its own figure, nor to one of an origin that may be anybody. Two origins without a
    name are the same if the same publisher gives them the same name, or if anybody does
    and the name is not a vague one, such as witnesses.
    """
    if new.origin == old.origin or _tells_that_it_rose(new, old):
        return True
    if not old.origin.startswith(UNKNOWN):
        return False
    if new.origin == old.publisher:
        return True
    one_name = _name(new) == _name(old) and new.origin.startswith(UNKNOWN)
    return one_name and (new.publisher == old.publisher or not old.speaker.vague)


def _tells_that_it_rose(new: Statement, old: Statement) -> bool:
    """True if a publisher reports that the toll rose from its own figure, or from a vague origin's.

    If a belligerent says so, it is only its own word.
    """
    if not new.rises or not new.publisher or new.speaker.fights:
        return False
    return new.publisher == old.origin or (old.speaker.vague and new.publisher == old.publisher)


def _name(voice: Statement) -> str:
    """The id of an origin without a name, from the `origin` that `origin_of` makes in each text."""
    return voice.origin.removeprefix(UNKNOWN + voice.copy)


def _number(voice: Statement) -> tuple[str, str, Stance]:
    """A key that is equal for claims of one number of the same people."""
    return voice.code, group_of(voice.scope), voice.stance


def _days_held(voice: Statement, alike: Iterable[Statement]) -> list[str]:
    """The days for which the origin gave this number, from the claims that are `alike`."""
    return [other.held_until for other in alike if _may_speak_for(other, voice)]


def _rose_from(voice: Statement, own: Iterable[Statement]) -> float:
    """For a toll that rose, the highest of its origin's lower figures; else 0."""
    if not voice.rises:
        return 0
    least, group = _least(voice), group_of(voice.scope)
    figures = (
        _least(one)
        for one in own
        if group_of(one.scope) == group and not one.aggregate and _may_speak_for(voice, one)
    )
    return max((low for low in figures if low < least), default=0)


def _least(voice: Statement) -> float:
    return count_range(voice.value)[0] if isinstance(voice.value, Count) else 0


def _replaced(own: Sequence[Statement], wholes: Wholes) -> list[Statement]:
    """The claims of one house, each with the claim that replaced it, if there is one.

    A claim that was replaced by a surer rule replaces nothing by a weaker one: so one
    claim of a house is always current.
    """
    by_rule = _candidates(own, wholes)
    found: dict[str, tuple[_By, list[Statement]]] = {}
    for how, of in by_rule.items():
        gone = frozenset(found)
        for claim, all_new in of.items():
            new = [one for one in all_new if one.claim not in gone]
            if new and claim not in found:
                found[claim] = how, new
    return [_with(one, *found[one.claim], found) if one.claim in found else one for one in own]


def _with(old: Statement, how: _By, new: Iterable[Statement], gone: Container[str]) -> Statement:
    by = max(new, key=lambda one: (one.claim not in gone, *_precedence(one)))
    return old._replace(superseded_by=by.claim, order_assumed=how is _By.ASSUMPTION)


def _precedence(one: Statement) -> tuple[object, ...]:
    """The sort key by which one of several replacements is named: the latest, then the highest."""
    return one.published, one.replaces, _least(one), one.code, one.claim


def _candidates(
    own: Sequence[Statement], wholes: Wholes
) -> Mapping[_By, Mapping[str, list[Statement]]]:
    """The claims that may replace each claim, by rule, the surest first; alike ones tested once."""
    alike: dict[tuple[object, ...], list[Statement]] = {}
    for one in own:
        alike.setdefault(_likeness(one), []).append(one)
    found: dict[_By, dict[str, list[Statement]]] = {how: {} for how in _By}
    for some_old, some_new in _old_and_new(list(alike.values())):
        how = _replaces(some_new[0], some_old[0], wholes)
        if how is None:
            continue
        for old in some_old:
            new = [one for one in some_new if one.text != old.text]
            if new:
                first = min(new, key=lambda one: one.claim)
                found[how].setdefault(old.claim, []).append(first)
    return found


def _old_and_new(alike: list[_Alike]) -> Iterator[tuple[_Alike, _Alike]]:
    """Every pair of claims of one house; of very many, only the latest may replace others."""
    if len(alike) <= MANY:
        yield from permutations(alike, 2)
        return
    latest = sorted(alike, key=lambda of: _precedence(of[0]))[-LATEST:]
    yield from ((old, new) for old in alike for new in latest if new is not old)


def _likeness(one: Statement) -> tuple[object, ...]:
    """A key that is equal for claims that replace and are replaced alike, whatever their texts."""
    speaker = (
        (one.origin, "") if not one.origin.startswith(UNKNOWN) else (_name(one), one.publisher)
    )
    said = (one.code, one.scope, one.stance, one.as_of, one.also, one.incident)
    marked = (one.aggregate, one.compiled, one.replaces, one.rises, one.sums)
    versions = (one.copy, one.version) if one.version else None
    return *speaker, *said, *marked, one.at_least, one.published, one.zone_stated, versions


def _replaces(new: Statement, old: Statement, wholes: Wholes) -> _By | None:
    """The ground on which the first claim replaces the second; None if it does not."""
    if not _may_speak_for(new, old):
        return None
    if new.version and new.copy == old.copy:
        newer = new.version > old.version
        return _By.PUBLICATION if newer and _takes_the_place(new, old, wholes) else None
    order = _order(new.published, new.zone_stated, old.published, old.zone_stated)
    if order is Order.BEFORE and not (new.as_of and old.as_of):
        return None
    if not _takes_the_place(new, old, wholes):
        return None
    same_day = new.published[:DAY] == old.published[:DAY] != ""
    if not isinstance(old.value, Count):
        return _By.PUBLICATION if order is Order.AFTER and not same_day else None
    if new.as_of and old.as_of and (later := days_earlier(old.as_of, new.as_of)) is not None:
        return _By.OWN_TIMES if later else None
    if order is Order.AFTER or (order is Order.PERHAPS_AFTER and not same_day):
        return _By.PUBLICATION
    if order is Order.BEFORE or not same_day:
        return None
    if new.replaces is not old.replaces:
        return _By.WORDS if new.replaces else None
    assert isinstance(new.value, Count)
    return _By.ASSUMPTION if count_range(new.value)[0] > count_range(old.value)[0] else None


_order = lru_cache(8192)(order_of)


def _is_that_days(new: Statement, old: Statement) -> bool:
    """True if a toll of several attacks of a day includes, or raises, another of that day."""
    if not new.published or new.published[:DAY] != old.published[:DAY]:
        return False
    return new.sums or (new.rises and _least(new) <= BEYOND * _least(old))


def _takes_the_place(new: Statement, old: Statement, wholes: Wholes) -> bool:
    """True if a claim would replace an older one, provided that both are of one incident."""
    if old.aggregate or new.compiled or old.compiled:
        return False
    if new.aggregate and not _is_that_days(new, old):
        return False
    if isinstance(new.value, Count):
        said = Stance.DENIES not in (new.stance, old.stance)
        return (
            said and takes_the_place(new, old) and not no_one_incident(new.incident, old.incident)
        )
    if new.slot.kind is Kind.DATE and not (new.code and old.code):
        return False
    return related(new, old, wholes).relation in _OPPOSED
