"""Pairs that may be one: names that are alike, near places, and events of one day."""

from itertools import permutations
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from seeds.bundled import BUNDLED
from store.analysis.alike import Likeness, likeness, one_letter_apart
from store.archive import Archive
from store.model import changes
from store.model.judgements import KinshipKind
from store.model.records import Place
from store.model.vocabulary import EventType, PlaceKind
from store.queries.doubles import Double, distance, doubles
from store.queries.entities import others
from tests.examples import examples
from tests.small import SmallCase

ALIKE = [
    ("Hama", "hama", Likeness.SAME),
    ("Hay'at Tahrir al-Sham", "Hayat Tahrir ash-Sham", Likeness.ORDER),
    ("Front of the North", "North Front", Likeness.ORDER),
    ("Reuters", "Reuters News", Likeness.GENERIC),
    ("Hama", "Hamah", Likeness.SPELLING),
    ("Homs", "Hims", Likeness.SPELLING),
    ("Raqqa", "Rakka", Likeness.SPELLING),
    ("Kafr Nabl", "Kafranbel", Likeness.SPELLING),
    ("Deir ez-Zor", "Dayr al-Zawr", Likeness.SPELLING),
    ("حماة", "حماه", Likeness.SAME),
    ("HTS", "Hayat Tahrir al-Sham", Likeness.INITIALS),
    ("Agence France-Presse", "AFP", Likeness.INITIALS),
    ("Zabadani", "Zabadami", Likeness.LETTER),
]


@pytest.mark.parametrize(("one", "other", "wanted"), ALIKE, ids=[one for one, *_ in ALIKE])
def test_names_of_one_thing_are_alike(one: str, other: str, wanted: Likeness) -> None:
    assert likeness(one, other) is wanted
    assert likeness(other, one) is wanted


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Aleppo", "Idlib"),
        ("Brigade 12", "Brigade 13"),
        ("Division 1", "Division 2"),
        ("Maarrat", "Morek"),
        ("Al Husayniyah", "Al Hissan"),
        ("", "Hama"),
        ("UN", "US"),
        ("SDF", "SNA"),
    ],
)
def test_names_of_two_things_are_not(one: str, other: str) -> None:
    assert likeness(one, other) is None
    assert likeness(other, one) is None


@given(st.text("abc", max_size=5), st.text("abc", max_size=5))
@examples(300)
def test_one_letter_apart_is_one_step_of_an_edit(one: str, other: str) -> None:
    letters = "abc"
    places = range(len(one) + 1)
    near = {one[:n] + letter + one[n:] for n in places for letter in letters}
    near |= {one[:n] + one[n + 1 :] for n in range(len(one))}
    near |= {one[:n] + letter + one[n + 1 :] for n in range(len(one)) for letter in letters}
    near |= {one[:n] + one[n + 1] + one[n] + one[n + 2 :] for n in range(len(one) - 1)}
    assert one_letter_apart(one, other) == (other in near - {one})


def found(tmp_path: Path, small: SmallCase) -> tuple[Double, ...]:
    """The likely doubles of a case."""
    archive = Archive.open(small.write(tmp_path / "case.json"))
    try:
        return archive.ask(doubles)
    finally:
        archive.close()


def pairs(rows: tuple[Double, ...]) -> list[tuple[str, str]]:
    """The names of the pairs, each in order."""
    return [(min(one, other), max(one, other)) for one, other in
            ((row.one_name, row.other_name) for row in rows)]  # fmt: skip


def placed(small: SmallCase, name: str, north: float | None, kind: PlaceKind) -> str:
    """A place at a latitude."""
    id = small.place(name)
    one = small.tables["places"][id]
    assert isinstance(one, Place)
    east = None if north is None else 36.0
    small.tables["places"][id] = msgspec.structs.replace(
        one, kind=kind, latitude=north, longitude=east
    )
    return id


def test_places_are_doubles_only_where_they_are_near(tmp_path: Path) -> None:
    small = SmallCase()
    placed(small, "Saraqib", 35.0, PlaceKind.TOWN)
    placed(small, "Saraqeb", 35.1, PlaceKind.TOWN)
    placed(small, "Saraqibb", 37.0, PlaceKind.TOWN)
    placed(small, "Kadir", 40.0, PlaceKind.TOWN)
    placed(small, "Kadeer", None, PlaceKind.TOWN)
    rows = found(tmp_path, small)
    assert pairs(rows) == [("Saraqeb", "Saraqib"), ("Kadeer", "Kadir")]
    assert rows[0].why == "another spelling, 11 km apart"


def test_two_places_at_one_point_are_doubles_whatever_they_are_called(tmp_path: Path) -> None:
    small = SmallCase()
    placed(small, "Old Market", 35.0, PlaceKind.TOWN)
    placed(small, "The Souq", 35.0, PlaceKind.TOWN)
    assert [row.why for row in found(tmp_path, small)] == ["other names at one point"]


def test_the_distance_of_two_places_is_that_on_the_globe() -> None:
    def at(id: str, north: float, east: float) -> Place:
        return Place(
            id=id, name=id, kind=PlaceKind.CITY, precision=1, latitude=north, longitude=east
        )

    hama, aleppo = at("plc_1", 35.1318, 36.7578), at("plc_2", 36.2021, 37.1343)
    for one, other in permutations((hama, aleppo)):
        assert distance(one, other) == pytest.approx(123.8, abs=1)
    assert distance(hama, hama) == 0


def test_what_is_a_part_of_the_other_and_what_was_found_apart_is_left_out(tmp_path: Path) -> None:
    small = SmallCase()
    whole = small.actor("Ahrar al-Sham")
    small.actor("Ahrar ash-Sham", part_of=whole)
    two = small.actor("Blue Front"), small.actor("Front Blue")
    assert pairs(found(tmp_path, small)) == [("Blue Front", "Front Blue")]
    apart = changes.kinship(*two, KinshipKind.APART, "", "Ana", "2025-01-01T00:00:00Z")
    small.tables["kinships"] = {apart.id: apart}
    assert found(tmp_path, small) == ()


def test_events_of_a_day_at_a_place_are_doubles_by_title_or_actors(tmp_path: Path) -> None:
    small = SmallCase()
    zed, blue, red = small.place("Zed"), small.actor("Blue"), small.actor("Red")
    text = "On 29 November at Zed."
    for title, who in (
        ("Zed falls", blue),
        ("Zed taken", blue),
        ("Zed fells", red),
        ("Talks", red),
    ):
        event = small.event(title, type=EventType.CLASH if title == "Talks" else EventType.OTHER)
        article = small.article(title, text)
        small.dated(event, article, "29 November", "2024-11-29")
        small.placed(event, article, "at Zed", zed)
        small.acted(event, article, "On", who)
    rows = [row for row in found(tmp_path, small) if row.kind == "event"]
    assert {
        frozenset(pair): row.why for pair, row in zip(pairs(tuple(rows)), rows, strict=True)
    } == {
        frozenset(("Zed falls", "Zed fells")): "one day and place, another spelling",
        frozenset(("Zed falls", "Zed taken")): "one day, place and type, the same actors",
        frozenset(("Zed fells", "Talks")): "one day and place, actors in common",
    }


def test_the_bundled_case_is_coded_without_doubles_but_one_to_look_at() -> None:
    archive = Archive.open(BUNDLED)
    (only,) = archive.ask(doubles)
    assert only.kind == "event"
    assert "5 Dec 2024" in only.one_aside
    assert [one.id for one in archive.ask(others, only.one, "")] == [only.other]
    assert archive.ask(others, only.one, "Aleppo")
    archive.close()
