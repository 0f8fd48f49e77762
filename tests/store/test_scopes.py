"""The scope of a number of dead, and its effect on the relation of two numbers."""

import pytest

from store.analysis.readings import NotComparable, Reading
from store.analysis.scopes import GROUPS, Scopes, group_of, scopes_related
from store.analysis.sourced_claim import Statement
from store.model.vocabulary import Stance
from tests.store.figures import at_least, dead, exactly, read_in, reading

CONTRADICTS, COMPATIBLE = Reading.CONTRADICTS, Reading.COMPATIBLE
REFINES, PEOPLE = Reading.REFINES, Reading.PEOPLE_DIFFER
INCOMPARABLE = Reading.INCOMPARABLE


@pytest.mark.parametrize(
    ("words", "group"),
    [
        ("", ""),
        ("people", ""),
        ("other victims", ""),
        ("Civilians", "civilians"),
        ("schoolgirls", "children"),
        ("regime forces", "soldiers"),
        ("boko haram members", "insurgents"),
        ("members of the choir", "members of the choir"),
        ("women and children", "women and children"),
        ("children and citizen women", "women and children"),
        ("soldiers and policemen", "security forces"),
        ("soldiers and rebels", "armed men"),
        ("doctors and patients", "doctors and patients"),
        ("children and young people", "children and young people"),
        ("Chadian troops and Niger soldiers", "chadian troops and niger soldiers"),
        ("priests", "clergy"),
    ],
)
def test_the_words_of_reports_name_a_group(words: str, group: str) -> None:
    assert group_of(words) == group


@pytest.mark.parametrize(
    ("one", "other", "related"),
    [
        ("children", "schoolgirls", Scopes.EQUAL),
        ("children", "civilians", Scopes.PART),
        ("choir members", "", Scopes.PART),
        ("", "women", Scopes.WHOLE),
        ("children", "soldiers", Scopes.DISJOINT),
        ("police", "rebels", Scopes.DISJOINT),
        ("women", "children", Scopes.UNKNOWN),
        ("women", "women and children", Scopes.PART),
        ("women and children", "civilians", Scopes.PART),
        ("women and children", "soldiers", Scopes.DISJOINT),
        ("women and children", "nine children and women", Scopes.EQUAL),
        ("priests", "parishioners", Scopes.UNKNOWN),
        ("fighters and citizens", "civilians", Scopes.UNKNOWN),
        ("soldiers", "fighters", Scopes.UNKNOWN),
        ("choir members", "civilians", Scopes.UNKNOWN),
    ],
)
def test_groups_are_equal_nested_disjoint_or_unknown(one: str, other: str, related: Scopes) -> None:
    back = {Scopes.PART: Scopes.WHOLE, Scopes.WHOLE: Scopes.PART}
    assert scopes_related(one, other) is related
    assert scopes_related(other, one) is back.get(related, related)


def test_no_group_is_a_part_of_two_that_have_nobody_in_common() -> None:
    for group in GROUPS:
        for a in GROUPS:
            for b in GROUPS:
                if scopes_related(a, b) is Scopes.DISJOINT:
                    inside = (scopes_related(group, whole) for whole in (a, b))
                    assert not all(one in (Scopes.PART, Scopes.EQUAL) for one in inside)


# a part and its whole


def test_more_children_than_people_killed_contradicts() -> None:
    assert reading(dead(12, "paper", scope="children"), dead(9, "agency")) is CONTRADICTS
    assert reading(dead(at_least(10), "paper", scope="children"), dead(9, "agency")) is CONTRADICTS


def test_fewer_children_than_people_killed_is_compatible() -> None:
    assert reading(dead(4, "paper", scope="children"), dead(9, "agency")) is COMPATIBLE
    assert reading(dead(4, "paper", scope="children"), dead(at_least(90), "agency")) is COMPATIBLE


def test_as_many_civilians_as_people_says_more_exactly_who_they_were() -> None:
    found = read_in(dead(9, "paper", scope="civilians"), dead(9, "agency"))
    assert (found.reading, found.first) == (REFINES, True)


def test_that_no_civilians_were_killed_contradicts_that_two_children_were() -> None:
    assert (
        reading(dead(0, "army", scope="civilians"), dead(2, "paper", scope="children"))
        is CONTRADICTS
    )


def test_more_children_than_people_in_one_text_is_at_odds_with_itself() -> None:
    children = dead(12, "paper", scope="children", text="report")
    assert reading(children, dead(9, "paper", text="report")) is Reading.ITSELF


# people who cannot be the same


def test_30_insurgents_here_and_30_civilians_there_differ_in_who_the_dead_were() -> None:
    insurgents = dead(30, "army", scope="insurgents")
    assert reading(insurgents, dead(30, "paper", scope="civilians")) is PEOPLE
    assert reading(insurgents, dead(at_least(30), "paper", scope="civilians")) is PEOPLE


def test_30_insurgents_and_4_civilians_are_not_compared_and_it_is_said_why() -> None:
    found = read_in(dead(30, "army", scope="insurgents"), dead(4, "paper", scope="civilians"))
    assert (found.reading, found.why) == (INCOMPARABLE, NotComparable.SCOPES)


def test_5_rebels_of_9_dead_are_not_the_5_civilians_that_another_counts() -> None:
    def told(*scopes_and_numbers: tuple[str, int]) -> list[Statement]:
        scopes = [scope for scope, _ in scopes_and_numbers]
        return [
            dead(number, "army", text="report", scope=scope, also=scopes)
            for scope, number in scopes_and_numbers
        ]

    civilians = dead(5, "paper", scope="civilians")
    rebels, *rest = told(("rebels", 5), ("soldiers", 4), ("", 9))
    assert reading(rebels, civilians, *rest) is INCOMPARABLE
    rebels, *rest = told(("rebels", 5), ("soldiers", 4))  # nobody adds them up
    assert reading(rebels, civilians, *rest) is INCOMPARABLE
    # five is all that the army tells: then it differs who they were
    rebels, *rest = told(("rebels", 5), ("", 5))
    assert reading(rebels, civilians, *rest) is PEOPLE


def test_where_both_tell_of_9_dead_it_differs_who_5_of_them_were() -> None:
    rebels = dead(5, "army", text="report", scope="rebels")
    civilians = dead(5, "paper", text="story", scope="civilians")
    rest = dead(9, "army", text="report"), dead(9, "paper", text="story")
    assert reading(rebels, civilians, *rest) is PEOPLE


def test_where_one_report_has_both_the_same_toll_says_nothing_of_who_they_were() -> None:
    one = dead(5, "paper", scope="soldiers", also=("soldiers", "civilians"))
    assert reading(one, dead(5, "agency", scope="civilians")) is INCOMPARABLE


def test_that_nobody_of_two_groups_died_is_no_dispute_of_who_the_dead_were() -> None:
    none = dead(0, "paper", scope="soldiers")
    assert reading(none, dead(0, "agency", scope="civilians")) is INCOMPARABLE


def test_of_one_group_another_number_contradicts_whatever_the_words_for_it() -> None:
    assert (
        reading(dead(4, "paper", scope="schoolgirls"), dead(9, "agency", scope="children"))
        is CONTRADICTS
    )


# people of whom it is not known


@pytest.mark.parametrize("other", ["civilians", "women", "farm hands"])
def test_whom_nobody_can_tell_apart_are_not_compared_and_it_is_said_why(other: str) -> None:
    found = read_in(dead(4, "paper", scope="choir members"), dead(9, "agency", scope=other))
    assert (found.reading, found.why) == (INCOMPARABLE, NotComparable.SCOPES)


def test_they_are_some_of_all_the_dead_all_the_same() -> None:
    choir = dead(9, "paper", scope="choir members")
    assert reading(choir, dead(4, "agency")) is CONTRADICTS
    assert reading(choir, dead(exactly(40), "agency")) is COMPATIBLE


def test_a_denial_is_of_the_people_it_names() -> None:
    denied = dead(9, "army", scope="civilians", stance=Stance.DENIES)
    assert reading(dead(9, "paper", scope="civilians"), denied) is CONTRADICTS
    assert reading(dead(9, "paper", scope="soldiers"), denied) is INCOMPARABLE
