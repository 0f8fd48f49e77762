"""The comparison of two numbers of people: whose they are, and whether one grew into the other."""

from collections.abc import Sequence
from datetime import date, timedelta
from functools import lru_cache
from itertools import combinations

from store.analysis.incidents import no_one_incident
from store.analysis.publication_order import DAY, Order, order_of
from store.analysis.readings import FAR
from store.analysis.relations import BESIDE, Related, Relation, days_earlier
from store.analysis.scopes import Scopes, group_of, scopes_related
from store.analysis.sourced_claim import Statement, code_of
from store.model.dates import bounds
from store.model.records import Claim
from store.model.values import TOLLS, Count
from store.model.vocabulary import Qualifier, Stance

ABOUT = 0.1
"""The most that "about" a number may differ from it, as a share: our own convention."""

ROUGHLY = 0.2
"""The share by which a number may differ and still be "about" so many: our own convention."""

LATE = timedelta(days=14)
"""The time after an event in which the press reports it as news: our own convention."""

BEYOND = 10.0
"""The ratio of a part to its whole above which they are hardly of one incident."""

GROWS = timedelta(days=7)
"""The time after an event in which its toll may still grow: our own convention."""


def counts_related(a: Statement, b: Statement) -> Related:
    """The relation of two numbers, given whose they are, of which incident, and when."""
    found = _people_counted(a, b)
    far = found.relation is Relation.OPEN and found.times > FAR
    if found.relation is Relation.GREW and found.times > FAR and _counted_late(a, b):
        return Related(Relation.LATE, times=found.times)
    if not far and found.relation not in (Relation.DISJOINT, Relation.GREW):
        return found
    if no_one_incident(a.incident, b.incident):
        return Related(Relation.INCIDENT, times=found.times)
    if _is_late(a) is not _is_late(b):
        return Related(Relation.LATE, times=found.times)
    return found


def _is_late(one: Statement) -> bool:
    """True if a press report came so long after the event that it may be of another one."""
    return one.speaker.press and _long_after(one.published[:DAY], one)


def _counted_late(a: Statement, b: Statement) -> bool:
    """True if the higher of two tolls was first reported more than `LATE` after the event.

    Record keepers find some more dead later, but hardly more than as many again.
    """
    higher = a if _low(a) > _low(b) else b
    return _long_after(bounds(_since(higher)).earliest or "", higher)


def _long_after(day: str, one: Statement) -> bool:
    happened = one.happened
    return bool(day and happened) and date.fromisoformat(day) - date.fromisoformat(happened) > LATE


def hardly_one_incident(a: Statement, b: Statement) -> bool:
    """True if one toll is over twice the other, and one has an origin that is not known."""
    unknown = a.speaker.unnamed or b.speaker.unnamed
    return unknown and _numbers_related(a, b).times > FAR


def only_a_word(a: Statement, b: Statement) -> bool:
    """True if one toll is a word such as dozens, and the other a number."""
    assert isinstance(a.value, Count)
    assert isinstance(b.value, Count)
    return (a.value.qualifier in _WORDS) is not (b.value.qualifier in _WORDS)


def perhaps_later(a: Statement, b: Statement) -> bool:
    """True if the higher toll is from a record keeper without a day, and they are not opposed."""
    lower, higher = (a, b) if _low(a) < _low(b) else (b, a)
    undated = not higher.speaker.press and not _told_on(higher)
    return undated and not opposed(lower, higher)


def before_the_end(a: Statement, b: Statement) -> bool:
    """True if one toll was published before the event was over, and the other on a later day."""
    days = sorted((a.published[:DAY], b.published[:DAY]))
    return bool(days[0]) and days[0] < min(days[1], a.happened)


def perhaps_before_it_rose(a: Statement, b: Statement) -> bool:
    """True if the publisher of the higher toll gave the lower number first, and it is no later."""
    lower, higher = sorted((a, b), key=_low)
    if lower.publisher == higher.publisher:
        return False
    days = lower.published[:DAY], higher.published[:DAY]
    return _low(lower) in higher.given_before and "" < days[0] <= days[1]


def whole_is_compared(a: Statement, b: Statement) -> bool:
    """True if one toll counts some people, and its origin also gives a number of all.

    Then that number is compared with the other's whole. Within one origin a part is
    compared with the whole, as there is nothing else to compare.
    """
    if a.origin == b.origin:
        return False
    scopes = scopes_related(a.scope, b.scope)
    return (scopes is Scopes.PART and a.whole_told) or (scopes is Scopes.WHOLE and b.whole_told)


def bombers_may_differ(a: Statement, b: Statement) -> bool:
    """True if two tolls differ by just the bombers, whom one of them may count."""
    bombers = max(a.bombers, b.bombers)
    return bombers > 0 and abs(_low(a) - _low(b)) == bombers


def perhaps_rounded(a: Statement, b: Statement) -> bool:
    """True if one toll is "about" so many, and the other is near enough to have been rounded."""
    return any(_near(one, other) for one, other in ((a, b), (b, a)))


def _near(about: Statement, other: Statement) -> bool:
    assert isinstance(about.value, Count)
    assert isinstance(other.value, Count)
    if about.value.qualifier is not Qualifier.ABOUT:
        return False
    number, (low, high) = printed_number(about.value), count_range(other.value)
    high = low if high is None else high
    return low <= number * (1 + ROUGHLY) and number * (1 - ROUGHLY) <= high


def _people_counted(a: Statement, b: Statement) -> Related:
    scopes = scopes_related(a.scope, b.scope)
    if scopes is Scopes.PART:
        return _part_counted(a, b)
    if scopes is Scopes.WHOLE:
        return _part_counted(b, a).reversed()
    found = _numbers_related(a, b)
    if scopes is Scopes.DISJOINT:
        return _people_differ(a, b, found)
    if found.relation is Relation.DISJOINT and (later := _grew(a, b)) is not None:
        return Related(Relation.GREW, first=later, times=found.times)
    return found


def _part_counted(part: Statement, whole: Statement) -> Related:
    """The relation of the number of some to that of all: a part does not exceed its whole."""
    found = _numbers_related(part, whole)
    if found.relation is Relation.EQUAL:
        return Related(Relation.INSIDE, first=True)
    exceeds = found.relation is Relation.DISJOINT and _low(part) > _low(whole)
    if exceeds and found.times > BEYOND:
        return Related(Relation.INCIDENT, times=found.times)
    if exceeds and (later := _grew(part, whole)) is not None:
        return Related(Relation.GREW, first=later, times=found.times)
    return found if exceeds else BESIDE


def _people_differ(a: Statement, b: Statement, numbers: Related) -> Related:
    """The relation for two groups with nobody in common: of one toll, who the dead were differs.

    It is not one toll if one of them is a part of more, or of less, than the other.
    """
    told_both = group_of(b.scope) in a.also or group_of(a.scope) in b.also
    alike = numbers.relation in (Relation.EQUAL, Relation.INSIDE, Relation.OVERLAPPING) or (
        numbers.relation is Relation.OPEN and numbers.times == 1
    )
    some_died = _low(a) > 0 and _low(b) > 0
    if (a.in_all or _low(a)) - _low(a) != (b.in_all or _low(b)) - _low(b):
        return BESIDE
    return Related(Relation.PEOPLE) if alike and some_died and not told_both else BESIDE


def _low(one: Statement) -> float:
    assert isinstance(one.value, Count)
    return count_range(one.value)[0]


def numbers_disjoint(a: Statement, b: Statement) -> bool:
    """True if two numbers of the same people cannot both be true of one time."""
    if scopes_related(a.scope, b.scope) is not Scopes.EQUAL:
        return False
    return _numbers_related(a, b).relation is Relation.DISJOINT


def takes_the_place(new: Statement, old: Statement) -> bool:
    """True if a number would replace an older one of the same people, were both of one origin.

    Both cannot be true of one time, or the new one is more than the "at least" of the old; or
    it counts only some of them, is of the same day, and is more. A word, such as dozens,
    does not replace a number that it includes.
    """
    assert isinstance(new.value, Count)
    assert isinstance(old.value, Count)
    scopes = scopes_related(new.scope, old.scope)
    (least, most), (low, high) = count_range(new.value), _told_range(old)
    if scopes is Scopes.PART and high is not None:  # a part above the old whole raises it
        one_day = new.published[:DAY] == old.published[:DAY]
        return one_day and high < least and _times(new.value, old.value) <= BEYOND
    if scopes is not Scopes.EQUAL:
        return False
    if (most is not None and most < low) or (high is not None and high < least):
        return True
    return high is None and least > low and new.value.qualifier not in _WORDS


def tolls_fit(told: Sequence[Claim]) -> bool:
    """True if it is plain that the numbers of people in one text can all be true."""
    for one, other in combinations(told, 2):
        scopes = scopes_related(one.scope, other.scope)
        if scopes is Scopes.UNKNOWN or scopes is Scopes.DISJOINT:
            continue
        asserted = one.stance is other.stance is Stance.ASSERTS
        if scopes is Scopes.EQUAL:
            fit = code_of(one.value) == code_of(other.value)
        else:
            part, whole = (one, other) if scopes is Scopes.PART else (other, one)
            assert isinstance(part.value, Count)
            assert isinstance(whole.value, Count)
            most = count_range(whole.value)[1]
            fit = most is None or count_range(part.value)[0] <= most
        if not (asserted and fit):
            return False
    return True


def _numbers_related(a: Statement, b: Statement) -> Related:
    """The relation of two numbers, whoever they count."""
    assert isinstance(a.value, Count)
    assert isinstance(b.value, Count)
    low, high = _told_range(a), _told_range(b)
    if low == high and (low[1] is not None or a.code == b.code):
        return Related(Relation.EQUAL)
    times = _times(a.value, b.value)
    if low[1] is None or high[1] is None:
        meet = (low[1] is None or low[1] >= high[0]) and (high[1] is None or high[1] >= low[0])
        relation = Relation.OPEN
    else:
        if high[0] <= low[0] and low[1] <= high[1]:
            return Related(Relation.INSIDE, first=True)
        if low[0] <= high[0] and high[1] <= low[1]:
            return Related(Relation.INSIDE)
        meet = low[0] <= high[1] and high[0] <= low[1]
        relation = Relation.OVERLAPPING
    return Related(relation if meet else Relation.DISJOINT, times=times)


def _told_range(one: Statement) -> tuple[float, float | None]:
    """The least and the most that the number can be, given what else its publisher says."""
    assert isinstance(one.value, Count)
    low, high = count_range(one.value)
    return low, None if one.at_least else high


def _grew(a: Statement, b: Statement) -> bool | None:
    """True if one toll grew into the other and the first is the later, False if it is the earlier.

    The higher is of a later day, within a week of the event, or of the same day if its
    text says that the toll rose; the origin of the lower does not keep to it, and the
    higher is not a belligerent's own word against somebody else's. Record keepers may
    count later deaths at any time. None if it did not grow.
    """
    if a.slot.kind not in TOLLS:
        return None
    lower, higher = (a, b) if _low(a) < _low(b) else (b, a)
    if higher.speaker.fights and higher.speaker.party != lower.speaker.party:
        return None
    if opposed(lower, higher):
        return None
    before, after = _since(lower), _since(higher)
    first = higher.first_told
    if (
        (before and first and days_earlier(before, first))
        and (higher.speaker.press or not after)
        and (not after or days_earlier(first, after))
    ):
        after = first  # somebody reported it before this one did
    if not before or not after:
        return None
    later = days_earlier(before, after)
    if later is not True:
        return higher is a if _rose_that_day(lower, higher) else None
    if not higher.speaker.press:
        return higher is a
    if _until(lower) >= (bounds(after).earliest or after):
        return None
    return higher is a if _days_between(_began(lower, before), after) <= _may_grow(lower) else None


def _rose_that_day(lower: Statement, higher: Statement) -> bool:
    """True if a text reports that the toll rose, on the day on which another gave the lower one.

    It did not rise from that one if its own origin had given more before.
    """
    day = higher.published[:DAY]
    if not higher.rises or not day or day != lower.published[:DAY] or _until(lower) > day:
        return False
    if higher.rose_from > _low(lower) or _numbers_related(lower, higher).times > BEYOND:
        return False
    times = higher.published, higher.zone_stated, lower.published, lower.zone_stated
    return order_of(*times) is not Order.BEFORE and not (lower.as_of or higher.as_of)


def _may_grow(lower: Statement) -> timedelta:
    """The time after its event in which a toll may still grow; longer if it was only feared."""
    return LATE if lower.stance is Stance.HEDGES else GROWS


def _began(lower: Statement, before: str) -> str:
    """The day from which a toll grows: that of the event, or of the first report if it is late.

    If every report is a week or more after the date of a row, it is hardly the event's date.
    """
    happened = bounds(lower.happened or before).latest or before
    first = lower.first_report
    return first if first and _days_between(happened, first) >= GROWS else happened


def _days_between(one: str, other: str) -> timedelta:
    """The time from the end of one day (EDTF) to the start of another; the maximum if unknown."""
    since, until = bounds(one).latest, bounds(other).earliest
    if not since or not until:
        return timedelta.max
    return date.fromisoformat(until) - date.fromisoformat(since)


def _told_on(one: Statement) -> str:
    """The day for which a number is stated: when it was true, else when it was published."""
    return one.as_of or one.published[:DAY]


def _since(one: Statement) -> str:
    """The first day for which its origin, or anybody if it has no name, gave the number."""
    if one.as_of:
        return one.as_of
    first = one.first_said or one.published[:DAY]
    return min(filter(None, (first, one.first_told if one.nameless else "")), default="")


def _until(one: Statement) -> str:
    """The last day on which its origin kept to a number; a nameless one only repeats others."""
    repeats = one.nameless and not one.as_of and one.first_told and one.first_told < one.held_until
    return one.first_told if repeats else one.held_until


def opposed(a: Statement, b: Statement) -> bool:
    """True if two different parties give the tolls, each in its own word."""
    one, other = a.speaker.party, b.speaker.party
    return bool(one and other and one != other)


@lru_cache(4096)
def count_range(count: Count) -> tuple[float, float | None]:
    """The least and the most that the number can be; a most of None is open upwards."""
    known = [number for number in (count.min, count.max, count.best) if number is not None]
    low, high = min(known), max(known)
    if count.qualifier is Qualifier.ABOUT:
        return low * (1 - ABOUT), high * (1 + ABOUT)
    is_open = count.max is None and (count.best is None or count.qualifier in _OPEN)
    return low, None if is_open else high


_WORDS = frozenset((Qualifier.DOZENS, Qualifier.HUNDREDS, Qualifier.THOUSANDS))
_OPEN = (Qualifier.AT_LEAST, Qualifier.SOME, *_WORDS)


def printed_number(count: Count) -> int:
    """The printed number, or the lowest of several; for a data set, its own estimate."""
    if count.best is not None:
        return count.best
    at_most = count.max if count.qualifier is Qualifier.AT_MOST else None
    return count.min if at_most is None else at_most


def _times(a: Count, b: Count) -> float:
    """The ratio of the greater number to the smaller; 0 if one is only a word, such as dozens."""
    one, other = printed_number(a), printed_number(b)
    if not one or not other or {a.qualifier, b.qualifier} & _WORDS:
        return 0
    return max(one, other) / min(one, other)
