"""The disputes of the bundled case, as the program reads it; they show changes of the coding."""

from collections.abc import Iterator

import pytest

from seeds.bundled import BUNDLED
from store.analysis.readings import AS_CONTRADICTIONS, Reading
from store.archive import Archive
from store.queries.compare import Comparison, DisputeRow, PairInWords, compare
from tests.seeds.at_odds import at_odds

CONTRADICTS, DIFFERS = Reading.CONTRADICTS, Reading.DIFFERS
STALE, PERHAPS = Reading.STALE, Reading.PERHAPS_STALE
PARTLY = Reading.PARTLY
MAYBE = Reading.PERHAPS_CONTRADICTS
_DIFFER = (DIFFERS, PARTLY, MAYBE)

ALL: list[tuple[str, str, Reading, set[str]]] = [
    (
        "Air strikes by Syria and Russia",
        "manner, target",
        DIFFERS,
        {"civilian infrastructure", "rebel strongholds"},
    ),
    (
        "Air strikes by Syria and Russia",
        "manner, target",
        DIFFERS,
        {"civilian infrastructure", "weapon depots of the rebels"},
    ),
    (
        "Assad vows to defend Syria's integrity",
        "words, vow",
        DIFFERS,
        {'"its stability and its territorial integrity"', '"stability and territorial integrity"'},
    ),
    ("Hama", "control", PERHAPS, {"encircled by Syrian rebels", "held by Syrian rebels"}),
    ("Hama", "control", STALE, {"encircled by Syrian rebels", "entered by Syrian rebels"}),
    ("Hama", "control", STALE, {"encircled by Syrian rebels", "held by Syrian rebels"}),
    (
        "Hama",
        "designation, political leaning",
        DIFFERS,
        {
            "a key government stronghold",
            "a stronghold of the armed Islamist movement against the Baath party",
        },
    ),
    (
        "Idlib province",
        "designation, extent of rebel control",
        DIFFERS,
        {"the rebels had control of Idlib", "the rebels mainly had a small part of it"},
    ),
    (
        "Iran",
        "support, degree of support",
        DIFFERS,
        {"Iran is deploying fighters", "Iran is looking to deploy forces"},
    ),
    (
        "People flee the fighting",
        "displaced",
        Reading.FAR_APART,
        {"about 280,000", "at least 50,000"},
    ),
    (
        "Rebel offensive of November 2024",
        "aim",
        DIFFERS,
        {"to push back fire from the people", "to remove the Assad regime"},
    ),
    (
        "Rebel offensive of November 2024",
        "aim",
        DIFFERS,
        {"to push back fire from the people", "to win back areas under government control"},
    ),
    (
        "Rebel offensive of November 2024",
        "aim",
        PARTLY,
        {"to cut the government's supply lines", "to remove the Assad regime"},
    ),
    (
        "Rebel offensive of November 2024",
        "aim",
        PARTLY,
        {"to remove the Assad regime", "to stop air strikes on civilians"},
    ),
    (
        "Rebel offensive of November 2024",
        "manner, direction",
        DIFFERS,
        {"eastward, to Aleppo", "southward, by way of Aleppo"},
    ),
    (
        "Rebels advance on Hama",
        "manner, result",
        DIFFERS,
        {"both sides gain in turn", "opposition fighters repelled"},
    ),
    (
        "Rebels or HTS listed as a terrorist organisation",
        "designation, listed by",
        PARTLY,
        {"listed by Russia", "listed by the UN"},
    ),
    (
        "Rebels or HTS listed as a terrorist organisation",
        "designation, listed by",
        PARTLY,
        {"listed by Syria", "listed by the UN"},
    ),
    ("Rebels push south", "when", Reading.ORDER, {"27 Nov to 29 Nov 2024", "Dec 2024"}),
    ("Rebels push south", "when", Reading.ORDER, {"29 Nov 2024", "Dec 2024"}),
    ("Rebels take Aleppo", "when", MAYBE, {"27 Nov to 29 Nov 2024", "30 Nov to 1 Dec 2024"}),
    ("Rebels take Aleppo", "when", MAYBE, {"29 Nov 2024", "30 Nov to 1 Dec 2024"}),
    (
        "Rebels take Hama",
        "manner, how it was lost",
        DIFFERS,
        {
            "left by the army, to preserve civilian lives",
            "overrun, which the troops could not prevent",
        },
    ),
    (
        "Russia",
        "support, degree of support",
        Reading.ONE_PARTY,
        {"as far as its assessment allows", "unconditional support for Assad"},
    ),
    (
        "Syrian army withdraws from Aleppo",
        "cause",
        DIFFERS,
        {"the capture of Aleppo", "the rebels' entry"},
    ),
    ("Turkish involvement in the offensive (alleged)", "it happened", CONTRADICTS, {""}),
    ("Ukrainian instructors aid HTS (alleged)", "it happened", DIFFERS, {""}),
]
"""All that is at odds: the subject, what is claimed of it, the reading, and the two values."""


@pytest.fixture(scope="module")
def archive() -> Iterator[Archive]:
    opened = Archive.open(BUNDLED)
    yield opened
    opened.close()


def about(archive: Archive, title: str) -> Comparison:
    """The comparison of the subject of that title or name."""
    (id_,) = archive.ask(
        lambda connection: connection.execute(
            """SELECT id FROM events WHERE title = :title UNION ALL
            SELECT id FROM actors WHERE name = :title UNION ALL
            SELECT id FROM places WHERE name = :title""",
            {"title": title},
        ).fetchone()
    )
    return archive.ask(compare, id_)


def values(found: Comparison, row: DisputeRow) -> set[str]:
    return {found.voices[place].value for place in (*row.one, *row.other)}


def origins(found: Comparison, places: tuple[int, ...]) -> set[str]:
    return {found.voices[place].origin for place in places}


def test_the_whole_list(archive: Archive) -> None:
    listed = [(one.subject, one.label, one.reading, set(one.values)) for one in at_odds(archive)]
    key = lambda one: (one[0], one[1], one[2], sorted(one[3]))  # noqa: E731 - said once
    assert sorted(listed, key=key) == sorted(ALL, key=key)


def test_the_figures_of_the_events_are_those_of_the_list(archive: Archive) -> None:
    figures = archive.ask(
        lambda connection: connection.execute(
            "SELECT title, contradicts, differs FROM events WHERE contradicts + differs > 0"
        ).fetchall()
    )
    places_and_actors = {
        *("Hama", "Idlib province", "Russia", "Iran"),
    }
    assert {title: tuple(counts) for title, *counts in figures} == {
        title: tuple(
            sum(one[0] == title and one[2] in readings for one in ALL)
            for readings in (AS_CONTRADICTIONS, _DIFFER)
        )
        for title, _, reading, _ in ALL
        if title not in places_and_actors and reading in (*AS_CONTRADICTIONS, *_DIFFER)
    }


def test_when_aleppo_fell_is_disputed(archive: Archive) -> None:
    found = about(archive, "Rebels take Aleppo")
    rows = [row for row in found.disputes() if row.own]
    assert {found.lines[row.line].label for row in rows} == {"when"}
    assert {row.reading for row in rows} == {MAYBE}
    friday = next(row for row in rows if "29 Nov 2024" in values(found, row))
    assert sorted(map(len, (friday.one, friday.other))) == [1, 2]  # two reports against one
    assert found.brief() == (
        "perhaps contradicts: when (29 Nov 2024 / 30 Nov to 1 Dec 2024 / 27 Nov to 29 Nov 2024)"
    )


def held_and_encircled(archive: Archive) -> list[PairInWords]:
    """The readings of the report of Hama encircled against those of Hama held by the rebels."""
    found = about(archive, "Hama")
    (encircled,) = (
        place
        for place, voice in enumerate(found.voices)
        if voice.value == "encircled by Syrian rebels" and voice.origin == "The Guardian"
    )
    return [
        one
        for one in found.stands(encircled)
        if found.voices[one.other].value == "held by Syrian rebels"
    ]


def test_hama_encircled_is_stale_against_held_and_no_contradiction(archive: Archive) -> None:
    stands = held_and_encircled(archive)
    late = [one for one in stands if one.reading is not Reading.COMPATIBLE]
    assert {one.reading for one in late} == {STALE, PERHAPS}
    assert all(one.first for one in late)  # it is the encircled that is told too late
    perhaps = next(one for one in late if one.reading is PERHAPS)
    assert "not both time zones are stated" in perhaps.rule
    assert CONTRADICTS not in {row.reading for row in about(archive, "Hama").disputes()}


def test_the_event_that_a_stale_passage_supports_is_stale(archive: Archive) -> None:
    stale = archive.ask(
        lambda connection: connection.execute("SELECT title FROM events WHERE stale > 0").fetchall()
    )
    assert stale == [("Rebels encircle Hama from three sides",)]


def test_hama_left_by_the_army_differs_from_hama_overrun(archive: Archive) -> None:
    found = about(archive, "Rebels take Hama")
    (row,) = (row for row in found.disputes() if row.own)
    assert (found.lines[row.line].kind, row.reading) == ("manner", DIFFERS)
    sides = [origins(found, side) for side in (row.one, row.other)]
    assert {"Syrian army"} in sides, "it is the army's word against that of the report"


def test_the_palace_the_prison_and_the_city_are_not_compared(archive: Archive) -> None:
    found = about(archive, "Rebels take Hama")
    fought = {line.label for line in found.lines if "resistance" in line.label}
    assert len(fought) == 3
    assert not any("resistance" in found.lines[row.line].label for row in found.disputes())


def test_how_many_fled_is_far_apart_and_no_contradiction(archive: Archive) -> None:
    found = about(archive, "People flee the fighting")
    (line,) = (line for line in found.lines if line.kind == "displaced" and not line.of)
    by_value = {found.voices[place].value: place for place in line.voices}
    stands = next(
        one
        for one in found.stands(by_value["at least 50,000"])
        if one.other == by_value["about 280,000"]
    )
    assert stands.reading is Reading.FAR_APART
    assert "5.6 times the other" in stands.rule
    apart = {
        value: (found.voices[at].apart, found.voices[at].at_odds) for value, at in by_value.items()
    }
    assert apart == {
        "at least 50,000": (pytest.approx(5.6), True),
        "about 280,000": (pytest.approx(5.6), True),
        "thousands": (0, False),
    }, "a person should look at the numbers; a word is none"


def test_sana_has_the_rebels_repelled_where_villages_change_hands(archive: Archive) -> None:
    found = about(archive, "Rebels advance on Hama")
    (row,) = [one for one in found.disputes() if found.lines[one.line].kind == "manner"]
    assert (row.reading, row.own) == (DIFFERS, True)
    sides = [origins(found, side) for side in (row.one, row.other)]
    assert sorted(sides, key=min) == [{"SANA"}, {"Times of Oman"}]
    assert about(archive, "Northern Hama").disputes() == (), "that SANA has it held is not said"


def test_turkey_denies_and_the_ukrainian_instructors_are_doubted(archive: Archive) -> None:
    turkey = about(archive, "Turkish involvement in the offensive (alleged)")
    (denied,) = turkey.disputes()
    assert {"Turkish government"} in [origins(turkey, side) for side in (denied.one, denied.other)]
    assert "One asserts what the other denies" in denied.rule
    ukraine = about(archive, "Ukrainian instructors aid HTS (alleged)")
    (doubted,) = ukraine.disputes()
    assert {"Russian government"} in [
        origins(ukraine, side) for side in (doubted.one, doubted.other)
    ]
    assert "One asserts what the other doubts" in doubted.rule
