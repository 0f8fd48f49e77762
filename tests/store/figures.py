"""Statements of fatalities for tests, and their readings."""

from typing import Any

from store.analysis.comparison import SlotLine, lined_up
from store.analysis.read_pair import PairReading
from store.analysis.readings import Reading
from store.analysis.sourced_claim import Statement
from store.analysis.speakers import Speaker
from store.model.values import Count
from store.model.vocabulary import Kind, Qualifier
from tests.store.claims import WHOLES, statement

WITNESSES = Speaker(unnamed=True, vague=True)
POLICE = Speaker(unnamed=True)
ARMY = Speaker(party="act_army", fights=True)
SPOKESMAN = Speaker(party="act_army")
REBELS = Speaker(party="act_rebels", fights=True)


def exactly(number: int) -> Count:
    """A count of exactly so many."""
    return Count(min=number, max=number)


def at_least(number: int) -> Count:
    """A count of so many or more."""
    return Count(min=number, qualifier=Qualifier.AT_LEAST)


DOZENS = Count(min=24, qualifier=Qualifier.DOZENS)


def dead(count: Count | int, origin: str, at: str = "2024-12-05", **more: Any) -> Statement:
    """A statement by an origin that so many were killed, in its own text without `text`."""
    value = exactly(count) if isinstance(count, int) else count
    more.setdefault("text", f"{origin} {value.min} {value.qualifier} {at} {more.get('scope', '')}")
    return statement(Kind.FATALITIES, value, origin=origin, at=at, **more)


def the_line(*told: Statement) -> SlotLine:
    """The one line of these statements."""
    (line,) = lined_up(told, WHOLES)
    return line


def read_in(a: Statement, b: Statement, *others: Statement) -> PairReading:
    """Read the first against the second, given the others, and check both directions."""
    line = the_line(a, b, *others)
    of = {one.claim: one for one in line.voices}
    found = line.read(of[a.claim], of[b.claim])
    assert line.read(of[b.claim], of[a.claim]) == found.reversed()
    return found


def reading(a: Statement, b: Statement, *others: Statement) -> Reading:
    """The reading of the first against the second, given the others."""
    return read_in(a, b, *others).reading


def standing(*told: Statement) -> set[str]:
    """The origins and least numbers of those that nothing replaced: `sohr 57`."""
    return {
        f"{one.origin.rpartition(':')[2]} {one.value.min}"
        for one in the_line(*told).voices
        if not one.superseded_by and isinstance(one.value, Count)
    }
