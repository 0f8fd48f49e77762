"""The disagreements of the five reports as a reader lists them: the disputes shown for each.

The list was read by hand, the reports beside it; decision 028 tells what each says.
A disagreement is shown where the program lists its values.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from seeds.bundled import BUNDLED
from store.analysis.readings import Reading
from store.archive import Archive
from tests.seeds.at_odds import Odds, at_odds

PAGE = (
    Path(__file__).parents[2] / "docs/decisions/028-what-the-five-reports-disagree-on.md"
).read_text("utf-8")

OFFENSIVE = "Rebel offensive of November 2024"
DIFFERS, PARTLY = Reading.DIFFERS, Reading.PARTLY


class Shown(NamedTuple):
    """A disagreement by its number in the list, with the place and the reading that show it."""

    number: int
    subject: str
    label: str
    reading: Reading
    values: frozenset[str]


def shown(number: int, subject: str, label: str, reading: Reading, *values: str) -> Shown:
    return Shown(number, subject, label, reading, frozenset(values))


SHOWN = [
    shown(
        1,
        "Rebels take Aleppo",
        "when",
        Reading.PERHAPS_CONTRADICTS,
        "29 Nov 2024",
        "30 Nov to 1 Dec 2024",
    ),
    shown(
        2,
        OFFENSIVE,
        "manner, direction",
        DIFFERS,
        "eastward, to Aleppo",
        "southward, by way of Aleppo",
    ),
    shown(2, "Rebels push south", "when", Reading.ORDER, "29 Nov 2024", "Dec 2024"),
    shown(
        4,
        "Hama",
        "control",
        Reading.STALE,
        "encircled by Syrian rebels",
        "held by Syrian rebels",
    ),
    shown(
        6,
        "Rebels advance on Hama",
        "manner, result",
        DIFFERS,
        "opposition fighters repelled",
        "both sides gain in turn",
    ),
    shown(
        8,
        "Rebels or HTS listed as a terrorist organisation",
        "designation, listed by",
        PARTLY,
        "listed by the UN",
        "listed by Russia",
    ),
    shown(
        9,
        OFFENSIVE,
        "aim",
        PARTLY,
        "to remove the Assad regime",
        "to stop air strikes on civilians",
    ),
    shown(
        9,
        OFFENSIVE,
        "aim",
        DIFFERS,
        "to push back fire from the people",
        "to remove the Assad regime",
    ),
    shown(
        11, "Turkish involvement in the offensive (alleged)", "it happened", Reading.CONTRADICTS, ""
    ),
    shown(12, "Ukrainian instructors aid HTS (alleged)", "it happened", DIFFERS, ""),
    shown(
        13,
        "Air strikes by Syria and Russia",
        "manner, target",
        DIFFERS,
        "weapon depots of the rebels",
        "civilian infrastructure",
    ),
    shown(
        14,
        "People flee the fighting",
        "displaced",
        Reading.FAR_APART,
        "at least 50,000",
        "about 280,000",
    ),
    shown(
        15,
        "Russia",
        "support, degree of support",
        Reading.ONE_PARTY,
        "unconditional support for Assad",
        "as far as its assessment allows",
    ),
    shown(
        16,
        "Iran",
        "support, degree of support",
        DIFFERS,
        "Iran is deploying fighters",
        "Iran is looking to deploy forces",
    ),
    shown(
        17,
        "Assad vows to defend Syria's integrity",
        "words, vow",
        DIFFERS,
        '"its stability and its territorial integrity"',
        '"stability and territorial integrity"',
    ),
    shown(
        19,
        "Idlib province",
        "designation, extent of rebel control",
        DIFFERS,
        "the rebels had control of Idlib",
        "the rebels mainly had a small part of it",
    ),
    shown(
        20,
        "Rebels take Hama",
        "manner, how it was lost",
        DIFFERS,
        "left by the army, to preserve civilian lives",
        "overrun, which the troops could not prevent",
    ),
    shown(
        21,
        "Hama",
        "designation, political leaning",
        DIFFERS,
        "a key government stronghold",
        "a stronghold of the armed Islamist movement against the Baath party",
    ),
    shown(
        22,
        "Syrian army withdraws from Aleppo",
        "cause",
        DIFFERS,
        "the capture of Aleppo",
        "the rebels' entry",
    ),
]

NOT_SHOWN = {
    3: "if the first day counts, entry and capture are both the 29th: excludes nothing",
    5: "the palace, the prison and the city are three places: one may be left and one fought for",
    7: "who is at the edge is within 10 km, too, and no other report prints a distance",
    10: "backers do not exclude each other, and no report says that another does not back them",
    18: "a sequence: Homs is next, and Damascus if the offensive goes on",
}
"""The disagreements that are not shown, and why not."""

OF_THEM = 22


@pytest.fixture(scope="module")
def listed() -> Iterator[list[Odds]]:
    archive = Archive.open(BUNDLED)
    yield list(at_odds(archive))
    archive.close()


@pytest.mark.parametrize("one", SHOWN, ids=lambda one: f"{one.number}-{one.label}")
def test_a_disagreement_is_shown(one: Shown, listed: list[Odds]) -> None:
    found = [
        odds.reading
        for odds in listed
        if (odds.subject, odds.label, odds.values) == (one.subject, one.label, one.values)
    ]
    assert one.reading in found


def test_every_disagreement_is_shown_or_explained() -> None:
    numbers = {one.number for one in SHOWN}
    assert not numbers & set(NOT_SHOWN)
    assert numbers | set(NOT_SHOWN) == set(range(1, OF_THEM + 1))
    assert len(numbers) * 4 >= OF_THEM * 3


def test_nothing_is_listed_that_is_no_disagreement(listed: list[Odds]) -> None:
    known = {(one.subject, one.label) for one in SHOWN}
    assert {(odds.subject, odds.label) for odds in listed} <= known


def test_the_page_tells_the_same() -> None:
    rows = {int(number): row for number, row in re.findall(r"^\| (\d+) \| (.+)$", PAGE, re.M)}
    assert set(rows) == set(range(1, OF_THEM + 1))
    for one in SHOWN:
        assert one.reading in rows[one.number], one
    for number in NOT_SHOWN:
        assert "not shown" in rows[number]
    assert f"{OF_THEM - len(NOT_SHOWN)} of {OF_THEM}" in PAGE


APART = [
    ("Civilians killed in three days of attacks", "Rebels shell university dormitories in Aleppo"),
    ("Civilians killed in three days of attacks", "Russian air strikes on displacement camps"),
    ("Rebels shell university dormitories in Aleppo", "Russian air strikes on displacement camps"),
    ("Syrian soldiers killed in the fighting", "Civilians killed in three days of attacks"),
    ("Syrian soldiers killed in the fighting", "Syrian civil war"),
    ("UN official Carden counts the civilian dead", "UN envoy urges a political resolution"),
    ("David Carden", "Geir Pedersen"),
    ("Hama", "Aleppo"),
    ("Rebels take the governor's palace in Hama", "Rebels take Hama's central prison"),
    ("Army leaves the governor's palace without a fight", "Rebels enter Hama"),
    (
        "Syrian air strikes on rebel strongholds and depots",
        "Russian air strikes on displacement camps",
    ),
    ("Syrian rebels", "Hayat Tahrir al-Sham"),
    ("Syrian army withdraws from Aleppo", "Syrian army withdraws from Hama"),
    ("Syrian civil war", "Insurgency becomes a civil war"),
    (OFFENSIVE, "Turkish-backed offensive on an SDF pocket"),
    (OFFENSIVE, "Last major offensive before 2024"),
]
"""False friends: two subjects that never stand on the two sides of one pair."""

QUIET = ["dead", "injured", "population", "missing"]
"""What is claimed of people in several events and places, and is at odds in none."""

NEVER = {
    "Syrian civil war",
    "Insurgency becomes a civil war",
    "Protests across Syria in 2011",
    "Civilians killed in three days of attacks",
    "Rebels shell university dormitories in Aleppo",
    "Russian air strikes on displacement camps",
    "Syrian military reinforces Hama",
    "Aleppo",
    "Northern Hama",
    "Syrian government",
    "Syrian rebels",
    "Hayat Tahrir al-Sham",
}
"""Subjects about which nothing is at odds."""


def test_no_false_friend_is_flagged(listed: list[Odds]) -> None:
    for odds in listed:
        assert not any({one, other} <= odds.about for one, other in APART), odds
        assert not any(word in odds.label for word in QUIET), odds
        assert odds.subject not in NEVER, odds
        assert not {"David Carden", "Geir Pedersen"} & odds.origins, odds


def test_the_causes_of_flight_nest_and_the_aims_of_one_voice_agree(listed: list[Odds]) -> None:
    labels = {(odds.subject, odds.label) for odds in listed}
    assert ("People flee the fighting", "cause") not in labels
    both = {"to stop air strikes on civilians", "to push back fire from the people"}
    assert not any(both <= odds.values for odds in listed)
