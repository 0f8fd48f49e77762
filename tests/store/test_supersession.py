"""The current figure of an origin, and figures that are not superseded."""

import pytest
from hypothesis import given

from store.analysis.readings import Doubt, Reading
from store.analysis.sourced_claim import (
    Statement,
    code_of,
    happened_of,
    statements,
)
from store.analysis.supersession import current
from store.analysis.toll_words import tells_of_change
from store.model.records import Claim
from store.model.values import Coded, Count, When
from store.model.vocabulary import DateBasis, Kind, Stance
from tests.examples import examples
from tests.store.claims import WHOLES, cases, statement, told
from tests.store.figures import (
    ARMY,
    DOZENS,
    POLICE,
    WITNESSES,
    at_least,
    dead,
    exactly,
    read_in,
    reading,
    standing,
    the_line,
)

MON, TUE, WED = "2024-12-02", "2024-12-03", "2024-12-04"
CONTRADICTS, SUPERSEDED, DIFFERS = Reading.CONTRADICTS, Reading.SUPERSEDED, Reading.DIFFERS
GROWN = Reading.GROWN


# an origin's later figure


def test_the_monitors_14_of_monday_is_no_voice_against_the_papers_40_once_it_says_57() -> None:
    first, second = dead(14, "monitor", MON), dead(57, "monitor", TUE)
    paper = dead(40, "paper", MON)
    assert reading(first, second, paper) is SUPERSEDED
    found = read_in(first, paper, second)
    assert (found.reading, found.first, found.assumed) == (SUPERSEDED, True, False)


def test_the_monitors_last_word_still_contradicts_the_paper_that_says_less() -> None:
    first, second = dead(14, "monitor", MON), dead(57, "monitor", TUE)
    assert reading(second, dead(40, "paper", WED), first) is CONTRADICTS


def test_without_a_later_word_14_contradicts_what_another_said_before() -> None:
    assert reading(dead(14, "monitor", TUE), dead(40, "paper", MON)) is CONTRADICTS


@pytest.mark.parametrize(
    ("counts", "stands"),
    [
        ([exactly(11), at_least(13)], "monitor 13"),
        ([exactly(48), at_least(72)], "monitor 72"),
        ([exactly(30), exactly(42), exactly(80)], "monitor 80"),
        ([at_least(14), exactly(57)], "monitor 57"),
        ([at_least(48), at_least(72)], "monitor 72"),
        ([exactly(57), exactly(14)], "monitor 14"),
    ],
)
def test_of_an_origin_the_figure_of_the_last_day_stands(counts: list[Count], stands: str) -> None:
    days = (MON, TUE, WED)
    assert standing(
        *(dead(one, "monitor", day) for one, day in zip(counts, days, strict=False))
    ) == {stands}


@pytest.mark.parametrize("later", [DOZENS, at_least(40)])
def test_a_later_word_that_says_less_exactly_replaces_nothing(later: Count) -> None:
    assert len(standing(dead(57, "monitor", MON), dead(later, "monitor", TUE))) == 2
    assert len(standing(dead(at_least(14), "monitor", MON), dead(DOZENS, "monitor", TUE))) == 2


def test_one_whom_dozens_exclude_is_replaced_by_them() -> None:
    assert standing(dead(14, "monitor", MON), dead(DOZENS, "monitor", TUE)) == {"monitor 24"}


def test_of_several_that_replaced_it_the_last_is_named() -> None:
    first, *_, last = told_30_42_80 = [
        dead(n, "monitor", d) for n, d in zip((30, 42, 80), (MON, TUE, WED), strict=True)
    ]
    line = the_line(*told_30_42_80)
    by = {one.claim: one.superseded_by for one in line.voices}
    assert by[first.claim] == last.claim
    assert by[last.claim] == ""


def test_what_another_origin_says_later_replaces_nothing() -> None:
    assert len(standing(dead(14, "monitor", MON), dead(57, "paper", TUE))) == 2


def test_of_two_days_of_counting_the_later_stands_whenever_it_was_printed() -> None:
    later = dead(57, "monitor", TUE, as_of="2024-12-01")
    assert standing(later, dead(14, "monitor", WED, as_of="2024-11-30")) == {"monitor 57"}


# one day


def test_of_one_day_the_clock_says_which_is_the_later() -> None:
    morning, evening = dead(30, "monitor", f"{MON}T09:00Z"), dead(12, "monitor", f"{MON}T19:00Z")
    assert standing(morning, evening) == {"monitor 12"}
    assert not read_in(morning, evening).assumed


def test_of_one_day_without_a_clock_the_highest_is_taken_for_the_later_and_that_is_said() -> None:
    eight, nine = dead(8, "monitor", MON), dead(9, "monitor", MON)
    found = read_in(eight, nine, dead(9, "paper", MON))
    assert (found.reading, found.first, found.assumed) == (SUPERSEDED, True, True)
    assert reading(nine, dead(10, "paper", MON), eight) is CONTRADICTS


def test_who_lowers_the_toll_in_so_many_words_is_the_later_though_it_is_the_lower() -> None:
    lowered = dead(20, "monitor", MON, replaces=True)
    higher = dead(33, "monitor", MON)
    assert standing(higher, lowered) == {"monitor 20"}
    assert not read_in(higher, lowered).assumed
    assert reading(lowered, dead(33, "paper", MON), higher) is CONTRADICTS


def test_nobody_replaces_what_he_says_after_it() -> None:
    raised = dead(20, "monitor", f"{MON}T09:00Z", replaces=True)
    assert standing(raised, dead(33, "monitor", f"{MON}T19:00Z")) == {"monitor 33"}


def test_of_figures_with_and_without_a_clock_one_always_stands() -> None:
    found = [
        dead(50, "monitor", f"{MON}T09:00Z"),
        dead(10, "monitor", f"{MON}T12:00Z"),
        dead(30, "monitor", MON),
    ]
    assert standing(*found) == {"monitor 30"}


@pytest.mark.parametrize(
    ("words", "replaces"),
    [
        ("Death toll in Arden blast rises to 57", True),
        ("Monitor lowers toll of the market strike to 20", True),
        ("UPDATE 2-Strike on Arden kills nine", True),
        ("Number of dead now at 30", True),
        ("Strike hits market in Arden, 14 killed", False),
        ("Rebels reached Arden: five killed", False),
        ("Arden blast deaths mount to 45", True),
        ("15 more die, bringing toll to 45", True),
        ("Army brings aid to 30 villages", False),
        ("Smoke rises over Arden, 14 dead", False),
        ("Capital raises concerns over 30 dead", False),
        ("Bombs dropped from two planes kill 3", False),
    ],
)
def test_which_words_tell_of_a_figure_that_was_changed(words: str, replaces: bool) -> None:
    assert tells_of_change(words) is replaces


# one text


def test_one_text_that_says_4_and_9_is_at_odds_with_itself_and_neither_replaces() -> None:
    four, nine = dead(4, "paper", text="report"), dead(9, "paper", text="report")
    assert reading(four, nine) is Reading.ITSELF
    assert len(standing(four, nine)) == 2
    assert reading(four, dead(9, "agency"), nine) is CONTRADICTS


def test_at_least_four_and_nine_in_one_text_are_not_at_odds() -> None:
    told_ = dead(at_least(5), "paper", text="report"), dead(9, "paper", text="report")
    assert reading(*told_) is Reading.COMPATIBLE


# those without a name


def test_a_papers_own_figure_replaces_what_it_had_from_witnesses_that_day() -> None:
    had = dead(4, "?witnesses", MON, speaker=WITNESSES, publisher="paper")
    assert standing(had, dead(9, "paper", MON)) == {"paper 9"}


def test_another_papers_figure_does_not() -> None:
    had = dead(4, "?witnesses", MON, speaker=WITNESSES, publisher="paper")
    assert len(standing(had, dead(9, "herald", MON))) == 2
    assert reading(had, dead(9, "herald", MON)) is Reading.PERHAPS_CONTRADICTS


def test_what_witnesses_say_later_does_not_replace_the_papers_own_figure() -> None:
    own = dead(9, "paper", MON)
    heard = dead(14, "?witnesses", TUE, speaker=WITNESSES, publisher="paper")
    assert len(standing(own, heard)) == 2


def test_police_of_whom_one_paper_writes_twice_are_the_same_and_medics_are_not() -> None:
    first = dead(4, "?police", MON, speaker=POLICE, publisher="paper")
    again = dead(9, "?police", TUE, speaker=POLICE, publisher="paper")
    medics = dead(7, "?medics", MON, speaker=POLICE, publisher="paper")
    assert standing(first, again) == {"police 9"}
    assert reading(first, medics) is CONTRADICTS


# a toll that its text calls changed


REACHES = {"publisher": "paper", "replaces": True, "rises": True}
"""The paper writes that the toll reaches so many."""


@pytest.mark.parametrize("origin", ["?medics", "agency"])
def test_a_toll_that_reaches_45_by_somebody_replaces_the_30_of_its_publisher(origin: str) -> None:
    own, herald = dead(30, "paper", MON), dead(56, "herald", MON)
    reaches = dead(45, origin, MON, speaker=POLICE, **REACHES)
    assert standing(own, reaches) == {f"{origin.removeprefix('?')} 45"}
    assert reading(own, reaches) is SUPERSEDED
    assert reading(own, herald, reaches) is SUPERSEDED
    assert reading(reaches, herald, own) is CONTRADICTS


def test_without_such_words_and_of_another_publisher_both_figures_stand() -> None:
    own = dead(30, "paper", MON)
    medics = dead(45, "?medics", MON, speaker=POLICE, publisher="paper")
    assert reading(own, medics) is CONTRADICTS
    elsewhere = dead(45, "?medics", MON, speaker=POLICE, publisher="herald", rises=True)
    assert reading(own, elsewhere) is GROWN
    # nor does the paper give up its own figure for a side's, or for one that is only another
    assert reading(own, dead(45, "army", MON, speaker=ARMY, **REACHES)) is CONTRADICTS
    corrected = dead(20, "?medics", MON, speaker=POLICE, publisher="paper", replaces=True)
    assert reading(own, corrected) is CONTRADICTS


def test_a_toll_that_reaches_45_replaces_what_anybody_told_its_publisher_and_no_police() -> None:
    reaches = dead(45, "?medics", MON, speaker=POLICE, **REACHES)
    anybody = dead(15, "?witnesses", MON, speaker=WITNESSES, publisher="paper")
    police = dead(15, "?police", MON, speaker=POLICE, publisher="paper")
    assert reading(anybody, dead(63, "herald", MON), reaches) is SUPERSEDED
    assert len(standing(police, reaches)) == 2


def test_a_toll_of_several_attacks_that_reaches_45_replaces_that_days_30_and_no_other() -> None:
    thirty, herald = dead(30, "paper", MON), dead(56, "herald", MON)
    attacks = dead(45, "paper", MON, aggregate=True, **REACHES)
    assert reading(thirty, herald, attacks) is SUPERSEDED
    for other in (
        dead(45, "paper", TUE, aggregate=True, **REACHES),
        dead(900, "paper", MON, aggregate=True, **REACHES),  # of a month, rather
        dead(45, "paper", MON, aggregate=True, publisher="paper"),
    ):
        assert reading(thirty, herald, other) is CONTRADICTS


# what else stands in the way


def test_a_toll_of_a_battle_does_not_replace_one_of_a_blast() -> None:
    blast = dead(4, "monitor", MON, incident="explosion")
    battle = dead(40, "monitor", TUE, incident="clash")
    assert len(standing(blast, battle)) == 2
    assert reading(blast, battle) is Reading.ANOTHER_EVENT


def test_a_number_of_children_does_not_replace_one_of_soldiers_nor_one_of_all() -> None:
    children = dead(4, "monitor", MON, scope="children")
    for scope in ("soldiers", ""):
        assert len(standing(children, dead(9, "monitor", TUE, scope=scope))) == 2


def test_a_toll_of_a_whole_month_and_a_denial_replace_nothing() -> None:
    four = dead(4, "monitor", MON)
    assert len(standing(four, dead(900, "monitor", TUE, aggregate=True))) == 2
    assert len(standing(four, dead(9, "monitor", TUE, stance=Stance.DENIES))) == 2


def test_a_number_of_some_that_exceeds_that_of_all_replaces_it_the_same_day() -> None:
    fifteen = dead(15, "monitor", MON)
    civilians = dead(25, "monitor", MON, scope="civilians")
    assert standing(fifteen, civilians) == {"monitor 25"}
    assert len(standing(fifteen, dead(25, "monitor", TUE, scope="civilians"))) == 2
    assert len(standing(fifteen, dead(9, "monitor", MON, scope="civilians"))) == 2
    assert len(standing(fifteen, dead(900, "monitor", MON, scope="civilians"))) == 2


# other kinds


def test_a_date_that_rests_on_a_convention_only_perhaps_contradicts() -> None:
    friday = fell("2024-11-29", MON, "paper")
    weekend = fell("2024-11-30/2024-12-01", MON)
    read_so = When(edtf="2024-11-30/2024-12-01", basis=DateBasis.CONVENTION)
    assert reading(friday, weekend) is CONTRADICTS
    found = read_in(friday, weekend._replace(value=read_so))
    assert (found.reading, found.doubt) == (Reading.PERHAPS_CONTRADICTS, Doubt.CONVENTION)


def fell(day: str, at: str, origin: str = "monitor") -> Statement:
    return statement(Kind.DATE, When(edtf=day), origin=origin, at=at, text=f"{origin} {day} {at}")


def test_a_date_that_is_told_otherwise_on_a_later_day_is_replaced() -> None:
    friday, saturday = fell("2024-11-29", MON), fell("2024-11-30", TUE)
    paper = fell("2024-11-28", MON, "paper")
    assert reading(friday, paper, saturday) is SUPERSEDED
    assert reading(saturday, paper, friday) is CONTRADICTS


def test_two_dates_of_one_day_both_stand() -> None:
    friday, saturday = (
        fell(day, f"{MON}T{hour}:00Z") for day, hour in (("2024-11-29", "09"), ("2024-11-30", "19"))
    )
    assert reading(friday, saturday) is DIFFERS
    assert reading(friday, fell("2024-11-28", MON, "paper"), saturday) is CONTRADICTS


def test_a_finer_date_replaces_nothing() -> None:
    assert reading(fell("2024-11", MON), fell("2024-11-30", TUE)) is Reading.REFINES


def test_who_takes_back_on_a_later_day_that_it_happened_is_no_voice_for_it() -> None:
    said = statement(Kind.OCCURRENCE, origin="ministry", at=MON)
    denied = statement(Kind.OCCURRENCE, origin="ministry", at=TUE, stance=Stance.DENIES)
    paper = statement(Kind.OCCURRENCE, origin="paper", at=MON)
    assert reading(said, denied) is SUPERSEDED
    assert reading(paper, denied, said) is CONTRADICTS


def test_how_it_went_is_replaced_by_what_the_same_origin_says_later() -> None:
    def went(code: str, at: str, origin: str) -> Statement:
        return statement(
            Kind.MANNER, Coded(scheme="resistance", code=code, label=code), origin=origin, at=at
        )

    fierce, none = went("fierce", MON, "paper"), went("none", TUE, "paper")
    assert reading(fierce, none) is SUPERSEDED
    assert reading(fierce, went("none", TUE, "herald")) is DIFFERS


# any claims


@examples(300)
@given(cases())
def test_of_every_origin_somebody_stands_and_who_is_replaced_is_so_by_another_text(
    claims: list[Claim],
) -> None:
    spoken = told(claims)
    slots: dict[object, list[Statement]] = {}
    for one in statements(spoken, happened_of(spoken)):
        slots.setdefault((one.subject, one.slot), []).append(one)
    for together in slots.values():
        found = {one.claim: one for one in current(together, WHOLES)}
        for one in found.values():
            if not one.superseded_by:
                continue
            new = found[one.superseded_by]
            assert new.copy != one.copy
            assert (code_of(new.value), new.stance) != (code_of(one.value), one.stance)
            beside = {
                told_too.origin for told_too in found.values() if told_too.article == one.article
            }
            rose = new.rises and new.publisher in (one.origin, one.publisher)
            known = new.origin in (one.origin, one.publisher, *beside) or rose
            assert known or new.speaker.unnamed
        for origin in {one.origin for one in found.values()}:
            own = [one for one in found.values() if one.origin == origin]
            left = any(not one.superseded_by for one in own)
            assert left or all(one.speaker.unnamed for one in own)
