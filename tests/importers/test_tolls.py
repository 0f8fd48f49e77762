"""The number and the group of the dead in made-up headlines, as the rule reads them or does not."""

import pytest

from store.importers.tolls import tolls_of
from store.model.vocabulary import Stance

Read = tuple[int, int | None, str]


def read(headline: str) -> list[Read]:
    """The tolls of a headline that would be compared: least, most and scope."""
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
    assert read("Not a single person killed in strike") == [(0, 0, "")]
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
    assert read(headline)[0] == dead


@pytest.mark.parametrize(
    ("headline", "dead"),
    [
        (
            "Raid kills 2 soldiers and 3 civilians",
            [(5, 5, ""), (2, 2, "soldiers"), (3, 3, "civilians")],
        ),
        (
            "Three women and six children killed in ambush",
            [(9, 9, ""), (3, 3, "women"), (6, 6, "children")],
        ),
        (
            "Shell kills 3 doctors and 2 patients in Qorville",
            [(5, 5, ""), (3, 3, "doctors"), (2, 2, "patients")],
        ),
        (
            "Clash kills 28 loyalists, 37 Northlanders near Qorville",
            [(65, 65, ""), (28, 28, "loyalists"), (37, 37, "Northlanders")],
        ),
    ],
)
def test_the_parts_of_a_list_are_tolls_of_their_own(headline: str, dead: list[Read]) -> None:
    assert read(headline) == dead


@pytest.mark.parametrize(
    ("headline", "dead"),
    [
        # children are civilians, so that neither number is all of its group
        ("Raid kills 3 civilians and 2 children", [(5, 5, "")]),
        # of one group, but not all of it
        (
            "Mine kills 9 Zedland troops, one Norland soldier",
            [(10, 10, "Zedland troops and Norland soldier")],
        ),
        ("5 soldiers, 3 soldiers killed in two-car ambush", [(8, 8, "soldiers")]),
    ],
)
def test_parts_that_may_hold_one_another_are_only_summed_up(
    headline: str, dead: list[Read]
) -> None:
    assert read(headline) == dead


def test_what_follows_a_list_and_is_no_people_is_no_part_of_it() -> None:
    assert read("Army kills 10 militants, destroys 3 hideouts") == [(10, 10, "militants")]
    assert read("Raid kills 10 rebels, 4 bases destroyed") == [(10, 10, "rebels")]
    assert read("Gunmen kill 12, 3 of them children, in Qorville") == [(12, 12, "")]
    assert read("Raid kills two women, a child and two men") == []
    assert read("30 soldiers and their allies killed in blast")[0][0] == 30


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
        "Woman, 70, killed in shelling of Qorville",
        "Girl, 8, killed",
        "Woman, 70 killed in Qorville",
        "Father, 40, and son, 12, killed",
        "Reporter Anna Zed, 34, killed covering battle",
        "Girl aged 6 killed in strike",
        "Farmer (58) killed by landmine",
        "Militants kill 000 in raid",
        "99999999999999999999999 killed in blast",
        "About 5000000000 killed in blast",
        "One in 200 children died in Qorville camp",
        "Killing of 3 soldiers avenged",
        "Man who killed 51 in Qorville jailed for life",
        "Death of 9 soldiers probed in Qorville",
        "Trial opens over killing of 28 protesters",
        "Front publishes 34 names of protesters killed by army",
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


@pytest.mark.parametrize(
    ("headline", "dead"),
    [
        ("Two teens, 16 and 17, killed", (2, 2, "teens")),
        ("Mayor, 52, and two bodyguards killed in ambush", (3, 3, "")),
        ("Four friends, all 19, killed in blast", (4, 4, "friends")),
        ("Mother, 29, and three children killed in raid", (4, 4, "")),
        ("Father, 50, killed; 12 dead in all in Qorville strike", (12, 12, "")),
        ("Policeman, 4 others killed in attack", (5, 5, "")),
        ("Suicide bombers, aged 15 and 16, kill 7", (7, 7, "")),
        ("Two (2) persons killed in Qorville", (2, 2, "")),
        ("12 Killed, 15,000 Displaced in Qorville Raid", (12, 12, "")),
        ("Blast in Qorville, 12 killed", (12, 12, "")),
    ],
)
def test_an_age_hides_no_number_of_dead(headline: str, dead: Read) -> None:
    assert read(headline) == [dead]


@pytest.mark.parametrize(
    ("headline", "dead"),
    [
        ("10 000 soldiers killed in Qorville", (10_000, 10_000, "soldiers")),
        ("Strike kills 1 200 in Qorville", (1200, 1200, "")),
        ("On March 5 100 killed in Qorville", (100, 100, "")),
        ("999,999 killed in blast", (999_999, 999_999, "")),
        ("Security officials confirm 'Over 100 People' killed in Qorville", (100, None, "")),
        ("Army 'kills 30 rebels' in clash", (30, 30, "rebels")),
        ("‘At least 60’ killed in attack", (60, None, "")),
        ("Gunmen attack mourners in Qorville, kill 4 — police", (4, 4, "")),
    ],
)
def test_numbers_in_groups_of_digits_and_in_quotes(headline: str, dead: Read) -> None:
    assert read(headline) == [dead]


@pytest.mark.parametrize(
    ("headline", "scope"),
    [
        ("Nine women and children killed", "women and children"),
        ("Raid kills 9 children and women in Qorville", "women and children"),
        ("12 children and young people killed", "children and young people"),
        ("Sect kills 9 teachers and pupils", "teachers and pupils"),
        ("20 fighters and civilians killed in strike", ""),
        ("16 pilgrims and policemen killed in blast", "pilgrims and policemen"),
        ("16 policemen and officers killed in blast", "armed men"),
        ("6 soldiers and policemen killed in ambush", "security forces"),
        ("27 VILLAGERS KILLED IN QORVILLE", "villagers"),
        ("TWO ZEDLAND SOLDIERS KILLED IN RAID", "Zedland soldiers"),
        ("41 Blue Front Fighters Killed in Raid", "Blue Front fighters"),
        ("4 ISIS Members Killed in Raid", "ISIS members"),
        ("Rebels ambush troops, kill 5", "troops"),
        ("Rebels attack village, kill 5", ""),
        ("Army foils attack on IDP camp, kills 26", ""),
    ],
)
def test_whose_dead_they_are(headline: str, scope: str) -> None:
    (found,) = read(headline)
    assert found[2] == scope


@pytest.mark.parametrize(
    ("headline", "dead"),
    [
        ("Seven civilians and an aid worker killed", (8, 8, "")),
        ("Six children and their teacher killed in blast", (7, 7, "")),
        ("Raid kills 3 rebels and a civilian", (4, 4, "")),
        ("Raid kills 3 rebels and a civilian is hurt", (3, 3, "rebels")),
    ],
)
def test_who_is_named_beside_a_number_is_counted(headline: str, dead: Read) -> None:
    assert read(headline) == [dead]


@pytest.mark.parametrize(
    ("headline", "dead"),
    [
        ("Death toll from missile on Qorville flats rises to 46", 46),
        ("Death toll in Qorville strike cut to 6", 6),
        ("Toll in Qorville strike hits 45", 45),
        ("Toll from Qorville strike rises from 23 to 25", 25),
        ("Death toll in Qorville strike rises by two to 25", 25),
        ("Rescuers pull two more bodies, toll now 44", 44),
        ("Suicide attacks toll reaches 45", 45),
    ],
)
def test_a_toll_of_one_attack_that_moves(headline: str, dead: int) -> None:
    assert read(headline) == [(dead, dead, "")]


def test_a_toll_that_is_of_no_dead_or_of_no_one_attack_is_not_compared() -> None:
    assert read("Toll of wounded in Qorville strike hits 45") == []
    assert read("Death toll from missile strikes rises to 300") == []
    assert read("Army advance raises to 11 the number of villages taken, death toll unknown") == []


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
        "Missiles kill 21 in Anton, Berton and Qorville",
        "Strikes on Anton, Berton and Qorville kill 14",
        "Bombers kill 39 in Anton, Berton markets",
        "Seven civilians killed in raids by air force on the eastern plain",
        "A week of clashes kills 170 in Qorville",
        "12 killed in overnight clashes in Chad",
        "Ethnic clashes kill 34 in Niger: police",
        "20 killed in Chad clashes",
        "Fighting kills 80 in Chad",
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
        "12 killed in Qorville town, and Northern Front takes hills",
        "Strike kills 11 in Qorville, Zedland",
        "Gunmen kill 8 in Anton, Northland and flee",
        "20 killed in Qorville clashes",
        "Clashes in Chad's Qorville kill 3",
        "Clashes in northern Chad kill 3",
        "Turkish military says 15 rebels killed in clashes in Chad",
        "One Sudanese soldier killed in fighting in Chad",
        "Gunmen kill 8 in Chad",
        "Police confirm 17 dead in three suicide attacks",
        "Four female suicide bombings kill 9 in Qorville",
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
