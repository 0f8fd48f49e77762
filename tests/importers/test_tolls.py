"""How many died and who they were, in made-up headlines: what is read, and what is rather not."""

import pytest

from store.importers.tolls import tolls_of
from store.model.vocabulary import Stance

Read = tuple[int, int | None, str]


def read(headline: str) -> list[Read]:
    """The tolls that would be compared."""
    tolls = (toll for toll in tolls_of(headline) if not toll.aggregate)
    return [(toll.dead.min, toll.dead.max, toll.scope) for toll in tolls]


@pytest.mark.parametrize(
    ("headline", "dead"),
    [
        ("Forty-nine soldiers killed as plane falls", (49, 49, "soldiers")),
        ("One hundred and two killed in blast", (102, 102, "")),
        ("Two dozen killed in market attack", (24, 24, "")),
        ("Raid kills 1,250 in Qorville", (1250, 1250, "")),
        ("20-25 killed in raid on Qorville", (20, 25, "")),
        ("Between 20 and 25 killed in blast", (20, 25, "")),
        ("No fewer than 20 persons killed in attack", (20, None, "")),
        ("Forty to fifty killed in blast", (40, 50, "")),
    ],
)
def test_numbers_in_words_and_ranges(headline: str, dead: Read) -> None:
    assert read(headline) == [dead]


def test_nobody_killed_is_a_zero_of_those_it_speaks_of() -> None:
    assert read("No one killed in Qorville strike") == [(0, 0, "")]
    assert read("No civilians killed in strike") == [(0, 0, "civilians")]
    assert read("No one claims attack that killed 5 in Qorville") == [(5, 5, "")]


@pytest.mark.parametrize(
    ("headline", "dead"),
    [
        ("2 soldiers, 3 civilians killed in Qorville", (5, 5, "")),
        ("Raid kills 2 soldiers and 3 civilians", (5, 5, "")),
        ("Hundreds of rebels, 9 soldiers killed in clash", (209, None, "")),
        ("Soldier, 12 others killed in ambush", (13, 13, "")),
        ("5 citizens and a child killed by a mine", (6, 6, "")),
        ("Gunmen kill seven soldiers, others in Qorville", (7, None, "")),
    ],
)
def test_a_complete_list_is_its_sum(headline: str, dead: Read) -> None:
    assert read(headline) == [dead]


def test_a_list_hides_no_contradiction_with_the_dead_of_one_group() -> None:
    assert read("2 soldiers killed in Qorville") == [(2, 2, "soldiers")]
    assert read("Raid kills 2 soldiers, 5 wounded") == [(2, 2, "soldiers")]
    assert read("Market blasts by two bombers, more than 10 dead") == [(10, None, "")]


def test_each_side_has_its_own_dead() -> None:
    found = read("5 soldiers killed, 30 rebels dead in battle of Qorville")
    assert found == [(5, 5, "soldiers"), (30, 30, "rebels")]


def test_parts_are_never_the_total() -> None:
    assert read("4 women among the 5 killed in shelling") == [(5, 5, "")]
    assert read("11 including three children killed in raid") == [(11, 11, "")]
    assert read("Blast kills 11, including three children") == [(11, 11, "")]


@pytest.mark.parametrize(
    "headline",
    [
        "One more fighter dies of wounds after clash",
        "Another 3 die in Qorville clash",
        "5 more bodies found in Qorville",
        "10 killed or missing in flood of Qorville",
        "3 dead and injured in blast",
        "After 12 killed yesterday, calm in Qorville",
        "A soldier killed in attack",
        "3 others killed in ambush",
        "Bomb kills two-year-old",
        "One of 5 injured dies",
    ],
)
def test_what_is_no_total_is_not_read(headline: str) -> None:
    assert tolls_of(headline) == ()


def test_the_true_total_beside_an_increment_is_read() -> None:
    assert read("Toll of market blast rises to 14 as two more die") == [(14, 14, "")]


@pytest.mark.parametrize(
    "headline",
    [
        "15 rebels killed in 48 hours",
        "Death toll rises to 255 since March",
        "Total of 30 killed in clashes",
        "Gunmen kill 20 in two villages",
        "Attacks leave 53 dead",
        "Five killed in mine blast, ambush",
        "150 killed in bombardment of Qorville",
        "9 killed in Qorville and in raid on Anton",
    ],
)
def test_what_sums_up_is_an_aggregate(headline: str) -> None:
    (toll,) = tolls_of(headline)
    assert toll.aggregate


@pytest.mark.parametrize(
    "headline",
    [
        "Twin blasts kill 10 in Qorville",
        "Rebels attack village, 5 killed",
        "Army battles rebels, 5 dead",
        "Death toll of blast rises to 14",
    ],
)
def test_one_attack_is_compared(headline: str) -> None:
    assert len(read(headline)) == 1


def test_two_provinces_of_the_file_are_two_places() -> None:
    provinces = frozenset(("northland", "southland"))
    (toll,) = tolls_of("Gunmen kill 30 in Northland, Southland", provinces=provinces)
    assert toll.aggregate
    (toll,) = tolls_of("Gunmen kill 30 in Anton, Southland", provinces=provinces)
    assert not toll.aggregate


@pytest.mark.parametrize(
    ("headline", "stance"),
    [
        ("Army denies 40 killed in Qorville", Stance.DENIES),
        ("Army admits strike that killed 46 but denies targeting a mosque", Stance.ASSERTS),
        ("Blast reportedly kills 5", Stance.HEDGES),
        ("5 feared dead in fresh attack", Stance.HEDGES),
        ("Suspected rebels kill 5 in Qorville", Stance.ASSERTS),
    ],
)
def test_what_is_done_to_the_number(headline: str, stance: Stance) -> None:
    (toll,) = tolls_of(headline)
    assert toll.stance is stance
