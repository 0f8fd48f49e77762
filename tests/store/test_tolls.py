"""Tolls that grew, tolls that are far apart, and tolls of another event."""

import pytest

from store.analysis.incidents import incident_of, no_one_incident
from store.analysis.readings import Doubt, Reading
from store.analysis.speakers import Speaker
from store.model.values import Count
from store.model.vocabulary import Kind, Qualifier, Stance
from tests.store.claims import statement
from tests.store.figures import (
    ARMY,
    DOZENS,
    POLICE,
    REBELS,
    SPOKESMAN,
    WITNESSES,
    at_least,
    dead,
    exactly,
    read_in,
    reading,
    the_line,
)

CONTRADICTS, PERHAPS, GROWN = (
    Reading.CONTRADICTS,
    Reading.PERHAPS_CONTRADICTS,
    Reading.GROWN,
)
COMPATIBLE = Reading.COMPATIBLE
FELL = "2024-12-01"
"""The day of the strike."""


# grown


@pytest.mark.parametrize(
    ("early", "late", "found"),
    [
        ("2024-12-02", "2024-12-03", GROWN),
        ("2024-12-01", "2024-12-08", GROWN),
        ("2024-12-01", "2024-12-09", CONTRADICTS),  # more than a week after it
        ("2024-12-02T09:00Z", "2024-12-02T19:00Z", CONTRADICTS),  # within one day
        ("2024-12-02", "", CONTRADICTS),
    ],
)
def test_a_higher_toll_of_a_later_day_grew_within_a_week_of_the_event(
    early: str, late: str, found: Reading
) -> None:
    nine, twelve = dead(9, "paper", early, happened=FELL), dead(12, "agency", late, happened=FELL)
    read = read_in(nine, twelve)
    assert read.reading is found
    if found is GROWN:
        assert not read.first, "the second is the later"


def test_a_lower_toll_of_a_later_day_contradicts() -> None:
    assert reading(dead(12, "paper", "2024-12-02"), dead(9, "agency", "2024-12-03")) is CONTRADICTS


def test_where_the_day_of_the_event_is_not_known_the_week_is_counted_from_the_earlier_toll() -> (
    None
):
    nine = dead(9, "paper", "2024-12-02")
    assert reading(nine, dead(12, "agency", "2024-12-09")) is GROWN
    assert reading(nine, dead(12, "agency", "2024-12-10")) is CONTRADICTS


def test_a_toll_that_its_origin_keeps_to_did_not_grow() -> None:
    nine, twelve = dead(9, "paper", "2024-12-02"), dead(12, "agency", "2024-12-03")
    assert reading(nine, twelve) is GROWN
    assert reading(nine, twelve, dead(9, "paper", "2024-12-03")) is CONTRADICTS
    # that another repeats it says nothing of the paper
    assert reading(nine, twelve, dead(9, "herald", "2024-12-04")) is GROWN


def test_what_a_side_claims_never_grows_out_of_what_another_counts() -> None:
    counted = dead(9, "paper", "2024-12-02")
    assert reading(counted, dead(40, "army", "2024-12-03", speaker=ARMY)) is CONTRADICTS
    # but what the paper counts later can be what the army's first figure grew into
    first = dead(9, "army", "2024-12-02", speaker=ARMY)
    assert reading(first, dead(12, "paper", "2024-12-03")) is GROWN


def test_between_two_parties_nothing_grows() -> None:
    one = dead(9, "army", "2024-12-02", speaker=SPOKESMAN)
    other = dead(40, "rebels", "2024-12-03", speaker=REBELS)
    assert reading(one, other) is CONTRADICTS


def test_people_of_a_town_do_not_become_more_in_a_week() -> None:
    lived = [
        statement(Kind.POPULATION, exactly(n), origin=origin, at=at)
        for n, origin, at in ((9, "paper", "2024-12-02"), (12, "agency", "2024-12-03"))
    ]
    assert reading(lived[0], lived[1]) is CONTRADICTS


# far apart


@pytest.mark.parametrize(
    ("one", "other", "found"),
    [
        (at_least(10), exactly(20), COMPATIBLE),
        (at_least(10), exactly(21), Reading.FAR_APART),
        (at_least(10), at_least(21), Reading.FAR_APART),
        (DOZENS, exactly(200), COMPATIBLE),  # a word is no number
        (exactly(10), exactly(21), CONTRADICTS),
        (at_least(21), exactly(10), CONTRADICTS),
        (Count(min=10, max=30), Count(min=20, max=70), COMPATIBLE),  # no open end
    ],
)
def test_only_numbers_with_an_open_end_are_far_apart_from_above_twice_as_many(
    one: Count, other: Count, found: Reading
) -> None:
    assert reading(dead(one, "paper"), dead(other, "agency")) is found


# another event


def test_a_blast_and_a_battle_with_other_tolls_are_perhaps_two_events() -> None:
    blast = dead(4, "paper", incident=incident_of("Car bomb kills four in Arden"))
    battle = dead(31, "agency", incident=incident_of("31 dead in clashes near Arden"))
    assert reading(blast, battle) is Reading.ANOTHER_EVENT


@pytest.mark.parametrize("words", ["Strike kills 31", "Air raid on Arden kills 31", "31 killed"])
def test_a_blast_and_a_strike_or_shelling_are_one_and_contradict(words: str) -> None:
    blast = dead(4, "paper", incident=incident_of("Explosion in Arden kills four"))
    assert reading(blast, dead(31, "agency", incident=incident_of(words))) is CONTRADICTS


@pytest.mark.parametrize(
    "words",
    ["Rebels kill three in another fierce battle", "Gunmen kill 3 in yet another attack on Arden"],
)
def test_a_report_of_another_attack_is_perhaps_of_another_event(words: str) -> None:
    other = dead(3, "agency", incident=incident_of(words))
    assert reading(dead(8, "paper"), other) is Reading.ANOTHER_EVENT
    assert reading(dead(8, "paper", incident="clash"), other) is Reading.ANOTHER_EVENT
    again = dead(8, "paper", incident=incident_of("Eight killed in another attack"))
    assert reading(again, other) is CONTRADICTS


@pytest.mark.parametrize(
    "words",
    ["Rebels kill three in attack on Arden", "Raid on Arden kills three, another 12 hurt"],
)
def test_a_report_of_the_attack_itself_contradicts(words: str) -> None:
    assert reading(dead(8, "paper"), dead(3, "agency", incident=incident_of(words))) is CONTRADICTS


def test_whom_gunmen_kill_and_gunmen_whom_an_army_kills_are_of_two_incidents() -> None:
    raid = dead(8, "paper", incident=incident_of("Herdsmen kill eight in Arden"))
    sortie = dead(10, "agency", incident=incident_of("Army forces kill 10 'armed herdsmen'"))
    assert reading(raid, sortie) is Reading.ANOTHER_EVENT
    army = dead(10, "agency", incident=incident_of("Army forces kill 10 villagers in Arden"))
    assert reading(raid, army) is CONTRADICTS


def test_the_same_toll_of_a_blast_and_a_battle_agrees() -> None:
    blast, battle = dead(4, "paper", incident="explosion"), dead(4, "agency", incident="clash")
    assert reading(blast, battle) is Reading.AGREES


def test_words_that_tell_two_ways_tell_none() -> None:
    assert incident_of("Shelling and clashes kill nine") == ""
    assert not no_one_incident("", "clash")


# who nobody knows


def test_witnesses_may_be_anybody_and_the_police_are_not() -> None:
    four = dead(4, "?witnesses", speaker=WITNESSES)
    assert reading(four, dead(9, "paper")) is PERHAPS
    assert reading(dead(4, "?police", speaker=POLICE), dead(8, "paper")) is CONTRADICTS
    assert reading(dead(4, "?police", speaker=POLICE), dead(9, "paper")) is PERHAPS, "over twice"


def test_hearsay_of_another_toll_perhaps_contradicts() -> None:
    assert reading(dead(4, "paper", stance=Stance.HEDGES), dead(9, "agency")) is PERHAPS


def test_hearsay_of_what_another_denies_differs() -> None:
    hearsay = dead(9, "paper", stance=Stance.HEDGES)
    denied = dead(9, "army", stance=Stance.DENIES, speaker=ARMY)
    assert reading(hearsay, denied) is Reading.DIFFERS
    assert reading(dead(9, "paper"), denied) is CONTRADICTS


# one day, one incident, one origin's first word


def test_a_text_that_says_that_the_toll_rose_tells_of_growth_the_same_day() -> None:
    nine = dead(9, "paper", FELL, happened=FELL)
    rose = dead(12, "agency", FELL, happened=FELL, rises=True)
    assert reading(nine, rose) is GROWN
    assert reading(nine, rose._replace(rises=False)) is CONTRADICTS
    # that it rose from its own eleven does not explain the nine
    assert reading(nine, rose, dead(11, "agency", FELL, happened=FELL)) is CONTRADICTS
    # and the paper that says nine the day after keeps to it
    assert reading(nine, rose, dead(9, "paper", "2024-12-02")) is CONTRADICTS


def test_a_toll_never_grows_back_in_time_nor_into_one_that_nobody_can_date() -> None:
    keeper = Speaker(press=False)
    nine = dead(9, "paper", "2024-12-03", happened=FELL)
    assert reading(nine, dead(12, "watch", "2024-12-04", speaker=keeper)) is GROWN
    assert reading(nine, dead(12, "watch", "2024-12-02", speaker=keeper)) is CONTRADICTS
    undated = read_in(nine, dead(12, "watch", "", speaker=keeper))
    assert (undated.reading, undated.doubt) == (PERHAPS, Doubt.UNDATED)


def test_a_reprint_is_of_the_day_on_which_its_origin_first_said_so() -> None:
    nine = dead(9, "group", "2024-12-01", happened=FELL)
    first, again = (dead(12, "monitor", day, happened=FELL) for day in (FELL, "2024-12-02"))
    assert reading(nine, again) is GROWN
    assert reading(nine, again, first) is CONTRADICTS


def test_a_paper_without_a_name_that_repeats_a_figure_does_not_keep_to_it() -> None:
    police = dead(11, "?police", FELL, speaker=POLICE, happened=FELL)
    repeats = dead(11, "?", "2024-12-02", happened=FELL)
    higher = dead(14, "agency", "2024-12-02", happened=FELL)
    assert reading(repeats, higher, police) is GROWN
    assert reading(repeats, higher) is CONTRADICTS
    assert reading(dead(11, "paper", "2024-12-02", happened=FELL), higher, police) is CONTRADICTS


def test_two_figures_that_somebody_holds_apart_are_not_also_said_to_have_grown() -> None:
    line = the_line(
        dead(11, "police", FELL, happened=FELL),
        dead(11, "paper", "2024-12-02", happened=FELL),
        dead(14, "agency", "2024-12-02", happened=FELL),
    )
    assert [one.read.reading for one in line.disputes()] == [CONTRADICTS]


def test_what_was_only_feared_may_grow_for_two_weeks() -> None:
    feared = dead(10, "paper", "2024-12-02", happened=FELL, stance=Stance.HEDGES)
    assert reading(feared, dead(46, "agency", "2024-12-13", happened=FELL)) is GROWN
    assert reading(feared, dead(46, "agency", "2024-12-25", happened=FELL)) is not GROWN
    sure = dead(10, "paper", "2024-12-02", happened=FELL)
    assert reading(sure, dead(46, "agency", "2024-12-13", happened=FELL)) is CONTRADICTS


def test_a_toll_grows_from_the_first_report_where_that_is_a_week_after_the_day_of_the_row() -> None:
    seven = dead(7, "paper", "2024-12-08", happened=FELL)
    ten = dead(10, "agency", "2024-12-09", happened=FELL)
    assert reading(seven, ten) is GROWN
    assert reading(seven, ten, dead(3, "herald", "2024-12-02", happened=FELL)) is CONTRADICTS


def test_of_an_event_of_several_days_an_early_report_may_count_other_days() -> None:
    ten = dead(10, "paper", "2024-12-01", happened="2024-12-02")
    six = dead(6, "agency", "2024-12-03", happened="2024-12-02")
    assert read_in(ten, six).doubt is Doubt.DAYS
    assert reading(dead(10, "paper", "2024-12-02", happened="2024-12-02"), six) is CONTRADICTS


def test_a_word_such_as_dozens_only_perhaps_contradicts_a_number() -> None:
    found = read_in(dead(DOZENS, "paper"), dead(20, "agency"))
    assert (found.reading, found.doubt) == (PERHAPS, Doubt.WORD)
    denied = dead(DOZENS, "army", stance=Stance.DENIES)
    assert reading(dead(DOZENS, "paper"), denied) is CONTRADICTS


@pytest.mark.parametrize(
    ("about", "other", "found"),
    [
        (20, exactly(17), PERHAPS),
        (20, exactly(24), PERHAPS),
        (20, at_least(23), PERHAPS),
        (20, exactly(15), CONTRADICTS),
        (15, exactly(11), CONTRADICTS),
        (20, exactly(10), CONTRADICTS),
        (20, exactly(19), COMPATIBLE),
    ],
)
def test_about_20_may_be_17_rounded_and_is_no_15(about: int, other: Count, found: Reading) -> None:
    rounded = Count(min=about, max=about, qualifier=Qualifier.ABOUT)
    read = read_in(dead(rounded, "monitor"), dead(other, "paper"))
    assert read.reading in ((found, Reading.REFINES) if found is COMPATIBLE else (found,))
    assert (read.doubt is Doubt.ROUNDED) is (found is PERHAPS)
    assert read_in(dead(17, "monitor"), dead(20, "paper")).reading is CONTRADICTS


def test_a_record_three_weeks_later_of_four_times_as_many_is_perhaps_of_another_event() -> None:
    keeper = Speaker(press=False)
    early = dead(14, "paper", "2024-12-02", happened=FELL)
    for number, day, found in (
        (60, "2024-12-22", Reading.ANOTHER_EVENT),
        (60, "2024-12-14", GROWN),
        (28, "2024-12-22", GROWN),  # later deaths, counted at leisure
    ):
        late = dead(at_least(number), "watch", day, speaker=keeper, happened=FELL)
        assert reading(early, late) is found
    # who records fewer, however late, holds against the first report
    fewer = dead(3, "watch", "2024-12-22", speaker=keeper, happened=FELL)
    assert reading(early, fewer) is CONTRADICTS


def test_a_late_report_is_perhaps_of_another_event_though_one_end_is_open() -> None:
    early = dead(86, "paper", "2024-12-02", happened=FELL)
    for day, found in (
        ("2024-12-14", Reading.FAR_APART),
        ("2024-12-20", Reading.ANOTHER_EVENT),
    ):
        assert reading(early, dead(at_least(31), "agency", day, happened=FELL)) is found
    assert reading(early, dead(at_least(50), "agency", "2024-12-20", happened=FELL)) is COMPATIBLE


def test_reports_of_one_figure_tell_of_one_incident() -> None:
    blast = dead(12, "paper", "2024-12-01", incident="explosion", happened=FELL)
    battle = dead(16, "herald", "2024-12-02", incident="clash", happened=FELL)
    silent = dead(16, "agency", "2024-12-02", happened=FELL)
    assert reading(blast, silent, battle) is Reading.ANOTHER_EVENT
    assert reading(blast, silent) is GROWN


def test_a_number_that_the_others_publisher_gave_first_may_be_from_before_it_rose() -> None:
    first = dead(2, "agency", "2024-12-05T08:00:00Z", publisher="agency")
    raised = dead(3, "agency", "2024-12-05T18:00:00Z", publisher="agency")
    army = dead(2, "army", "2024-12-05", publisher="paper")
    assert read_in(raised, army, first).doubt is Doubt.RAISED
    assert reading(raised, army) is CONTRADICTS, "nobody gave it first"
    other = dead(1, "agency", "2024-12-05T08:00:00Z", publisher="agency")
    assert reading(raised, army, other) is CONTRADICTS, "it gave another number first"


def test_a_number_that_is_kept_to_on_a_later_day_contradicts() -> None:
    first = dead(10, "agency", "2024-12-02", publisher="agency", happened=FELL)
    raised = dead(14, "agency", "2024-12-03", publisher="agency", happened=FELL)
    kept = dead(10, "army", "2024-12-04", publisher="paper", happened=FELL)
    assert reading(raised, kept, first) is CONTRADICTS
    part = dead(10, "agency", "2024-12-03", publisher="agency", happened=FELL, scope="civilian")
    army = dead(10, "army", "2024-12-03", publisher="paper", happened=FELL)
    assert reading(raised, army, part) is CONTRADICTS, "it gave that number of other people"
