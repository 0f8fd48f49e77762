"""The relation of two values, for each kind of claim."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from store.analysis.compare_values import related
from store.analysis.relations import Relation, days_earlier, days_related
from store.analysis.sourced_claim import Statement, code_of
from store.model.dates import bounds
from store.model.values import (
    AnyValue,
    Coded,
    Control,
    Count,
    Participant,
    When,
    Where,
)
from store.model.vocabulary import ControlState, Kind, Qualifier, Role, Stance
from tests.examples import examples
from tests.store.claims import WHOLES, counts, edtf, pairs, statement

EQUAL, INSIDE, OVERLAPPING, DISJOINT = (
    Relation.EQUAL,
    Relation.INSIDE,
    Relation.OVERLAPPING,
    Relation.DISJOINT,
)


def compared(kind: Kind, one: AnyValue, other: AnyValue) -> tuple[Relation, bool]:
    """The relation of two asserted values, and if the first is the inner or the weaker one."""
    found = related(statement(kind, one), statement(kind, other, origin="other"), WHOLES)
    return found.relation, found.first


@pytest.mark.parametrize(
    ("one", "other", "relation"),
    [
        ("2024-11-30", "2024-11-30/2024-12-01", INSIDE),  # Saturday, the weekend
        ("2024-11-29", "2024-11-30/2024-12-01", DISJOINT),  # Friday, the weekend
        ("2024-11-29", "2024-11", INSIDE),
        ("2024-11", "2024", INSIDE),
        ("2024-11-27/2024-11-29", "2024-11-29/2024-12-01", OVERLAPPING),
        ("2024-11-29", "[2024-11-29,2024-11-30]", INSIDE),
        ("2024-11-29", "[2024-11-28,2024-11-30]", DISJOINT),  # neither Thursday nor Saturday
        ("[2024-11-29,2024-11-30]", "2024-11-29/2024-11-30", INSIDE),
        ("[2024-11-29,2024-11-30]", "[2024-11-30,2024-12-01]", OVERLAPPING),
        ("[2024-11-30,2024-11-29]", "[2024-11-29,2024-11-30]", EQUAL),
        ("[2024-11,2024-11-29]", "2024-11", EQUAL),
        ("2024-11-29", "2024-11-29~", INSIDE),
        ("2024-11-30", "2024-11-29~", INSIDE),  # about the 29th may be the day after
        ("2024-12-01", "2024-11-29~", DISJOINT),
        ("2024-12", "2024-11~", OVERLAPPING),  # as wide again is 30 days
        ("2024-11-29", "2024-11-27/..", INSIDE),
        ("2024-11-26", "2024-11-27/..", DISJOINT),
        ("../2024-11-27", "2024-11-27/..", OVERLAPPING),
        ("2024-11-27/..", "2011/..", INSIDE),
    ],
)
def test_dates(one: str, other: str, relation: Relation) -> None:
    found = days_related(one, other)
    assert (found.relation, found.first) == (relation, relation is INSIDE)
    assert days_related(other, one) == found.reversed()


@pytest.mark.parametrize(
    ("one", "other", "earlier"),
    [
        ("2024-11-28", "2024-11-29", True),
        ("2024-11-29", "2024-11-28", False),
        ("2024-11-29", "2024-11", None),
        ("[2024-11-27,2024-11-29]", "2024-11-28", None),  # before it or after it
        ("[2024-11-27,2024-11-28]", "2024-11-29", True),
        ("2024-12-05~", "2024-12-06", None),  # about the 5th may be the 6th
        ("2024-12-05~", "2024-12-07", True),
        ("../2024-11-27", "2024-11-28", True),
        ("2024-11-27/..", "2024-11-26", False),
    ],
)
def test_which_of_two_dates_is_the_earlier(one: str, other: str, earlier: bool | None) -> None:
    assert days_earlier(one, other) is earlier
    assert days_earlier(other, one) is (None if earlier is None else not earlier)


@given(edtf, edtf)
def test_dates_that_share_no_day_are_disjoint_and_only_they_are_ordered(one: str, two: str) -> None:
    relation = days_related(one, two).relation
    if days_earlier(one, two) is not None:
        assert relation is DISJOINT
    first, second = bounds(one), bounds(two)
    if relation is DISJOINT and "[" not in one + two:
        early, late = sorted([first, second])
        assert (early.latest or "") < (late.earliest or "")


def exactly(number: int) -> Count:
    return Count(min=number, max=number)


def worded(number: int, qualifier: Qualifier) -> Count:
    return Count(min=number, qualifier=qualifier)


AT_LEAST_40 = worded(40, Qualifier.AT_LEAST)


@pytest.mark.parametrize(
    ("one", "other", "relation", "times"),
    [
        (worded(50_000, Qualifier.AT_LEAST), exactly(280_000), Relation.OPEN, 5.6),
        (worded(50_000, Qualifier.AT_LEAST), worded(280_000, Qualifier.ABOUT), Relation.OPEN, 5.6),
        (AT_LEAST_40, exactly(57), Relation.OPEN, 57 / 40),
        (AT_LEAST_40, exactly(40), Relation.OPEN, 1),
        (AT_LEAST_40, exactly(39), DISJOINT, 40 / 39),
        (worded(24, Qualifier.DOZENS), exactly(200), Relation.OPEN, 0),  # a word is no number
        (worded(24, Qualifier.DOZENS), exactly(14), DISJOINT, 0),
        (worded(24, Qualifier.SOME), exactly(96), Relation.OPEN, 4),
        (AT_LEAST_40, worded(57, Qualifier.AT_LEAST), Relation.OPEN, 57 / 40),
        (exactly(10), exactly(11), DISJOINT, 1.1),
        (exactly(18), worded(20, Qualifier.ABOUT), INSIDE, 0),
        (exactly(17), worded(20, Qualifier.ABOUT), DISJOINT, 20 / 17),  # 18 to 22
        (exactly(5), Count(min=3, max=8, qualifier=Qualifier.BETWEEN), INSIDE, 0),
        (exactly(5), Count(min=0, max=4, qualifier=Qualifier.AT_MOST), DISJOINT, 5 / 4),
        (exactly(5), Count(min=5, max=5, qualifier=Qualifier.BETWEEN), EQUAL, 0),
        (Count(min=3, max=6), Count(min=5, max=9), OVERLAPPING, 5 / 3),
        # a data set's row of low 9, best 5 and high 7 spans 5 to 9
        (exactly(6), Count(min=9, max=7, best=5), INSIDE, 0),
        (exactly(4), Count(min=9, max=7, best=5), DISJOINT, 5 / 4),
        (exactly(0), exactly(3), DISJOINT, 0),
    ],
)
def test_counts(one: Count, other: Count, relation: Relation, times: float) -> None:
    a, b = statement(Kind.FATALITIES, one), statement(Kind.FATALITIES, other, origin="other")
    found = related(a, b, {})
    assert found.relation is relation
    if relation not in (EQUAL, INSIDE):
        assert found.times == pytest.approx(times)
    assert related(b, a, {}) == found.reversed()


@given(st.integers(0, 10**6), st.integers(0, 10**6))
def test_at_least_a_number_never_excludes_a_greater_one(number: int, more: int) -> None:
    for kind in (Kind.FATALITIES, Kind.INJURIES, Kind.DISPLACED, Kind.POPULATION):
        relation, _ = compared(kind, worded(number, Qualifier.AT_LEAST), exactly(number + more))
        assert relation in (EQUAL, Relation.OPEN)


def counted(number: int, as_of: str, kind: Kind = Kind.FATALITIES) -> Statement:
    return statement(kind, exactly(number), as_of=as_of, origin=f"origin of {number}", at="")


@pytest.mark.parametrize(
    ("earlier", "later", "relation"),
    [
        ("2024-11-29", "2024-11-30", Relation.GREW),
        ("2024-11-29", "2024-11-29", DISJOINT),
        ("2024-11-29", "2024-11", DISJOINT),
        ("", "2024-11-30", DISJOINT),
        ("[2024-11-28,2024-12-01]", "2024-11-30", DISJOINT),
        ("2024-11-29~", "2024-11-30", DISJOINT),
    ],
)
def test_a_greater_number_of_a_later_time_grew(
    earlier: str, later: str, relation: Relation
) -> None:
    found = related(counted(14, earlier), counted(20, later), {})
    assert (found.relation, found.first) == (relation, False)


def test_a_smaller_number_of_a_later_time_did_not_grow() -> None:
    a, b = counted(20, "2024-11-29"), counted(14, "2024-11-30")
    assert related(a, b, {}).relation is DISJOINT


def test_a_population_does_not_only_grow() -> None:
    a = counted(14, "2024-11-29", Kind.POPULATION)
    b = counted(20, "2024-11-30", Kind.POPULATION)
    assert related(a, b, {}).relation is DISJOINT


def holds(holder: str, state: ControlState) -> Control:
    return Control(holder=holder, state=state)


@pytest.mark.parametrize(
    ("one", "other", "relation", "first"),
    [
        (("act_rebels", "encircled"), ("act_rebels", "held"), Relation.BEHIND, True),
        (("act_rebels", "held"), ("act_rebels", "approached"), Relation.BEHIND, False),
        (("act_rebels", "held"), ("act_rebels", "held"), EQUAL, False),
        (("act_hts", "held"), ("act_rebels", "held"), EQUAL, False),  # HTS is one of them
        (("act_hts", "entered"), ("act_rebels", "held"), Relation.BEHIND, True),
        (("act_army", "held"), ("act_rebels", "held"), DISJOINT, False),
        (("act_army", "held"), ("act_rebels", "entered"), Relation.ANOTHER, False),
        (("act_army", "held"), ("act_rebels", "contested"), Relation.ANOTHER, False),
        (("act_army", "held"), ("act_rebels", "encircled"), Relation.BESIDE, False),
        (("act_army", "contested"), ("act_rebels", "contested"), Relation.BESIDE, False),
    ],
)
def test_who_holds_a_place(
    one: tuple[str, str], other: tuple[str, str], relation: Relation, first: bool
) -> None:
    a, b = (holds(holder, ControlState(state)) for holder, state in (one, other))
    assert compared(Kind.CONTROL, a, b) == (relation, first)


def test_a_place_in_another_and_a_member_of_a_coalition_are_inside() -> None:
    palace, hama = Where(place="plc_palace"), Where(place="plc_hama")
    assert compared(Kind.PLACE, palace, hama) == (INSIDE, True)
    assert compared(Kind.PLACE, hama, palace) == (INSIDE, False)
    assert compared(Kind.PLACE, hama, Where(place="plc_homs")) == (Relation.ANOTHER, False)
    hts, rebels = (
        Participant(actor=actor, role=Role.ATTACKER) for actor in ("act_hts", "act_rebels")
    )
    assert compared(Kind.PARTICIPANT, hts, rebels) == (INSIDE, True)


def test_another_code_is_another() -> None:
    codes = [Coded(scheme="resistance", code=code, label=code) for code in ("none", "fierce")]
    assert compared(Kind.MANNER, *codes) == (Relation.ANOTHER, False)
    assert compared(Kind.MANNER, codes[0], codes[0]) == (EQUAL, False)


def test_who_names_several_leaves_nobody_out_whom_another_names_beside_one_of_them() -> None:
    def named(actor: str, *also: str, origin: str) -> Statement:
        value = Participant(actor=actor, role=Role.ATTACKER)
        return statement(Kind.PARTICIPANT, value, also=(actor, *also), origin=origin)

    both = named("act_army", "act_rebels", origin="agency")
    assert related(both, named("act_rebels", origin="ministry"), {}).relation is Relation.BESIDE
    # a member of a coalition is in common with the coalition
    assert related(both, named("act_hts", origin="ministry"), WHOLES).relation is Relation.BESIDE
    assert related(both, named("act_hts", origin="ministry"), {}).relation is Relation.ANOTHER


@pytest.mark.parametrize(
    ("kind", "asserted", "against", "opposed"),
    [
        (Kind.OCCURRENCE, None, None, True),
        (Kind.FATALITIES, exactly(57), AT_LEAST_40, True),
        (Kind.FATALITIES, worded(57, Qualifier.AT_LEAST), AT_LEAST_40, True),
        (Kind.FATALITIES, worded(30, Qualifier.AT_LEAST), AT_LEAST_40, False),
        (Kind.FATALITIES, exactly(30), AT_LEAST_40, False),
        (Kind.FATALITIES, AT_LEAST_40, exactly(57), False),
        (Kind.FATALITIES, Count(min=5, max=5, qualifier=Qualifier.BETWEEN), exactly(5), True),
        (Kind.DATE, When(edtf="2024-11-30"), When(edtf="2024-11-30/2024-12-01"), True),
        (Kind.DATE, When(edtf="2024-11-30/2024-12-01"), When(edtf="2024-11-30"), False),
        (Kind.PLACE, Where(place="plc_palace"), Where(place="plc_hama"), True),
        (Kind.PLACE, Where(place="plc_hama"), Where(place="plc_palace"), False),
        # where HTS holds the town the rebels do, but the rebels may hold it without HTS
        (
            Kind.CONTROL,
            holds("act_hts", ControlState.HELD),
            holds("act_rebels", ControlState.HELD),
            True,
        ),
        (
            Kind.CONTROL,
            holds("act_rebels", ControlState.HELD),
            holds("act_hts", ControlState.HELD),
            False,
        ),
    ],
)
def test_a_denial_is_opposed_to_every_case_of_what_it_denies(
    kind: Kind, asserted: AnyValue, against: AnyValue, opposed: bool
) -> None:
    said = statement(kind, asserted)
    for stance, relation in ((Stance.DENIES, Relation.DENIED), (Stance.DOUBTS, Relation.DOUBTED)):
        other = statement(kind, against, origin="other", stance=stance)
        found = related(said, other, WHOLES)
        assert found.relation is (relation if opposed else Relation.BESIDE)
        assert related(other, said, WHOLES) == found.reversed()


def test_to_doubt_and_to_deny_one_thing_are_not_at_odds() -> None:
    doubt, denial = (statement(Kind.OCCURRENCE, stance=s) for s in (Stance.DOUBTS, Stance.DENIES))
    assert related(doubt, denial, {}).relation is Relation.BESIDE
    assert related(denial, denial, {}).relation is EQUAL


def _known(one: Statement) -> bool:
    return not isinstance(one.value, When) or bool(one.value.edtf)


@examples(600)
@given(pairs())
def test_it_does_not_matter_which_value_is_named_first(two: tuple[Statement, Statement]) -> None:
    a, b = two
    assume(a.slot == b.slot and _known(a) and _known(b))
    assert related(a, b, WHOLES) == related(b, a, WHOLES).reversed()


@given(pairs())
def test_a_value_is_equal_to_itself(two: tuple[Statement, Statement]) -> None:
    a, _ = two
    assume(_known(a))
    assert related(a, a._replace(origin="other"), WHOLES).relation is EQUAL


@given(counts, counts)
def test_equal_counts_say_the_same_and_others_meet_or_do_not(one: Count, other: Count) -> None:
    relation, _ = compared(Kind.POPULATION, one, other)
    if code_of(one) == code_of(other):
        assert relation is EQUAL
    assert relation in (EQUAL, INSIDE, OVERLAPPING, Relation.OPEN, DISJOINT)
