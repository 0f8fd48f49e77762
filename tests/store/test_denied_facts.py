"""A part, place, date or move that is only denied is nowhere shown as a fact."""

import json
import sqlite3
from contextlib import closing
from pathlib import Path

import msgspec
import pytest

from store.custody.salvage_database import repair_database
from store.database.apply import apply
from store.database.order_rows import pairs_of
from store.errors import DamagedCase
from store.model.change import Edit
from store.model.records import Claim
from store.model.values import AnyValue, Participant, When, Where
from store.model.vocabulary import EventType, Kind, Role, Stance
from store.queries import actors
from store.queries.entity_page import entity_page
from store.queries.filters import Filters
from store.queries.sides import sides_of
from tests.exports.case import exported, lines
from tests.small import SmallCase
from tests.store.dumps import assert_as_made_anew, changed, indexed
from tests.store.kept import KeptCase
from tests.tui.test_cli import answer, run

TEXT = (
    "Shells fell on the market of Orvan. The Northern Front, a rebel group that has held the hills"
    " around Orvan since the beginning of November, denied responsibility. The army was hit."
)
SHELLING = "evt_Shelling"


class Orvan(SmallCase):
    """A shelling of which a group denies that it was the attacker, and an army was the target."""

    def __init__(self) -> None:
        super().__init__()
        self.front, self.army = self.actor("Northern Front"), self.actor("Army")
        self.voice = self.source("Front")
        paper = self.source("Paper")
        self.news = self.article("news", TEXT, publisher=paper, published="2025-11-06")
        self.shelling = self.event("Shelling", type=EventType.SHELLING)
        self.claim(self.shelling, self.news, "Shells fell on the market of Orvan")
        self.told(self.shelling, self.front, stance=Stance.DENIES)
        self.told(self.shelling, self.army, Role.TARGET, words="The army was hit")

    def told(
        self,
        event: str,
        actor: str,
        role: Role = Role.ATTACKER,
        *,
        stance: Stance = Stance.ASSERTS,
        words: str = "denied responsibility",
    ) -> str:
        """A participation, denied on the word of the group."""
        value = Participant(actor=actor, role=role)
        return self.about(event, Kind.PARTICIPANT, value, stance, words)

    def about(
        self, event: str, kind: Kind, value: AnyValue, stance: Stance, words: str = "denied"
    ) -> str:
        """A claim with a stance."""
        chain = (self.voice,) if stance is Stance.DENIES else ()
        return self.claim(
            event, self.news, words, kind=kind, value=value, stance=stance, chain=chain
        )

    def index(self) -> sqlite3.Connection:
        """Its records, indexed."""
        return indexed((table, one) for table, one in self.records() if table != "case")

    def acting(self) -> dict[str, str]:
        """The part of each actor of the shelling in words."""
        connection = self.index()
        (n,) = connection.execute("SELECT n FROM events WHERE id = ?", (SHELLING,)).fetchone()
        return {one.name: one.role_words for one in actors.of_event(connection, n)}


@pytest.fixture
def orvan() -> Orvan:
    """The case of the shelling."""
    return Orvan()


@pytest.fixture
def case(orvan: Orvan, tmp_path: Path) -> Path:
    """The case as a file."""
    return orvan.write(tmp_path / "orvan.json")


@pytest.mark.parametrize(
    ("others", "said"),
    [
        ((), "attacker: denied"),
        ((Stance.DOUBTS,), "attacker: doubted"),
        ((Stance.DOUBTS, Stance.HEDGES), "attacker: as hearsay"),
        ((Stance.DENIES, Stance.ASSERTS, Stance.HEDGES), "attacker"),
    ],
)
def test_the_strongest_stance_of_all_claims_is_that_of_a_part(
    orvan: Orvan, others: tuple[Stance, ...], said: str
) -> None:
    for stance in others:
        orvan.told(SHELLING, orvan.front, stance=stance, words="The Northern Front")
    assert orvan.acting() == {"Army": "target", "Northern Front": said}


def test_a_denied_part_that_becomes_another_actors_is_derived_as_anew(orvan: Orvan) -> None:
    union = orvan.actor("Union")
    (denied,) = (
        one
        for one in orvan.tables["claims"].values()
        if isinstance(one, Claim) and one.stance is Stance.DENIES
    )
    orvan.told(SHELLING, union, stance=Stance.DOUBTS, words="The Northern Front")
    connection = orvan.index()
    value = Participant(actor=union, role=Role.ATTACKER)
    moved = msgspec.structs.replace(denied, value=value)
    apply(connection, changed(Edit("claims", denied.id, denied, moved)))
    assert_as_made_anew(connection)
    rows = connection.execute("SELECT stance FROM event_actors WHERE role = 'attacker'").fetchall()
    assert rows == [("doubts",)]
    asserted = msgspec.structs.replace(moved, stance=Stance.ASSERTS)
    apply(connection, changed(Edit("claims", moved.id, moved, asserted)))
    assert_as_made_anew(connection)
    rows = connection.execute("SELECT stance FROM event_actors WHERE role = 'attacker'").fetchall()
    assert rows == [("asserts",)]


def test_who_is_only_denied_comes_after_those_who_took_part(orvan: Orvan) -> None:
    assert list(orvan.acting()) == ["Army", "Northern Front"]


def test_the_event_says_so(case: Path) -> None:
    shown = " ".join(answer("event", SHELLING, "--case", case).split())
    assert "actors Army (target) Northern Front (attacker: denied) support" in shown
    found = json.loads(answer("event", SHELLING, "--case", case, "--format", "json"))
    assert [(one["roles"], one["stances"]) for one in found["actors"]] == [
        (["target"], ["asserts"]),
        (["attacker"], ["denies"]),
    ]


def test_the_list_of_actors_counts_it_and_says_in_how_many_events_it_is_denied(
    orvan: Orvan, tmp_path: Path
) -> None:
    union = orvan.actor("Union")
    part = orvan.actor("Part", part_of=union)
    other = orvan.actor("Other part", part_of=union)
    orvan.told(SHELLING, part, Role.PARTY, stance=Stance.DENIES)
    orvan.told(SHELLING, other, Role.PARTY)
    found = {
        one.name: (one.events, one.denied) for one in actors.of_filter(orvan.index(), Filters())
    }
    assert found == {
        "Army": (1, 0),
        "Northern Front": (1, 1),
        "Other part": (1, 0),
        "Part": (1, 1),
        "Union": (1, 0),
    }
    shown = answer("actors", "--case", orvan.write(tmp_path / "list.json"))
    assert "DENIED" in shown.splitlines()[0]


def test_a_filter_finds_it_and_no_event_of_other_filters_is_counted_as_denied(
    orvan: Orvan, tmp_path: Path
) -> None:
    clash = orvan.event("Clash", type=EventType.CLASH)
    orvan.told(clash, orvan.front)
    case = orvan.write(tmp_path / "filter.json")
    shown = answer("events", "--actor", "Northern Front", "--case", case)
    assert "Shelling" in shown
    connection = orvan.index()
    (front,) = (one for one in actors.of_filter(connection, Filters()) if one.id == orvan.front)
    assert (front.events, front.denied) == (2, 1)
    found = json.loads(answer("actors", "--type", "clash", "--case", case, "--format", "json"))
    assert [(one["name"], one["denied"]) for one in found] == [("Northern Front", 0)]


def test_it_is_of_no_side(orvan: Orvan) -> None:
    connection = orvan.index()
    (n,) = connection.execute("SELECT n FROM events WHERE id = ?", (SHELLING,)).fetchone()
    assert sides_of(connection, [n]) == {n: ("", "Army")}


def test_its_page_says_so_beside_the_event(orvan: Orvan) -> None:
    asides = [one.aside for one in entity_page(orvan.index(), orvan.front).lines]
    assert any(aside.startswith("attacker: denied") for aside in asides)


def test_exports_say_so(case: Path) -> None:
    for form in ("csv", "kml"):
        content = exported(case, form)
        assert "Northern Front (attacker: denied)" in content
        assert "Northern Front (attacker)" not in content
    for content in (exported(case, "geojson"), exported(case, "jsonl")):
        assert '"stance": "denies"' in content or '"stance":"denies"' in content
    (event,) = lines(case, "events")
    assert [(one["name"], one["stance"]) for one in event["actors"]] == [
        ("Northern Front", "denies"),
        ("Army", "asserts"),
    ]


def test_follow_the_money_names_it_in_the_summary_alone(case: Path) -> None:
    found = [json.loads(line) for line in exported(case, "ftm").splitlines()]
    (event,) = (one["properties"] for one in found if one["schema"] == "Event")
    names = {one["id"]: one["properties"]["name"] for one in found if "name" in one["properties"]}
    assert [names[one] for one in event["involved"]] == [["Army"]]
    assert "Northern Front (attacker: denied)" in event["summary"][0]


def test_a_dossier_says_that_it_is_denied(case: Path, tmp_path: Path) -> None:
    into = tmp_path / "dossier.md"
    assert run("dossier", SHELLING, "--case", case, "--into", into).exit_code == 0
    shown = into.read_text()
    about = [line for line in shown.splitlines() if "attacker: Northern Front" in line]
    assert about
    assert all("attacker: Northern Front (denied)" in line for line in about)


def test_a_denied_date_and_place_are_none_of_the_event(orvan: Orvan) -> None:
    place = orvan.place("Orvan")
    orvan.about(SHELLING, Kind.DATE, When(edtf="2025-11-05"), Stance.DENIES)
    orvan.about(SHELLING, Kind.PLACE, Where(place=place, precision=1), Stance.DENIES)
    connection = orvan.index()
    assert connection.execute("SELECT edtf, place FROM events").fetchall() == [("", None)]
    assert connection.execute("SELECT * FROM event_places").fetchall() == []


def test_a_denied_precision_is_none_of_the_place(orvan: Orvan, tmp_path: Path) -> None:
    place = orvan.place("Orvan")
    asserted = Where(place=place, precision=4)
    orvan.about(SHELLING, Kind.PLACE, asserted, Stance.ASSERTS)
    orvan.about(SHELLING, Kind.PLACE, Where(place=place, precision=2), Stance.DENIES)
    (event,) = lines(orvan.write(tmp_path / "precision.json"), "events")
    assert event["place_precision"] == 4


def _moves(*, attacks: Stance, second: Stance) -> list[tuple[str, str]]:
    """The pairs in order of an advance and a capture of a town by a group."""
    of = Orvan()
    town = of.place("Town")
    advance = of.event("Advance", type=EventType.ADVANCE)
    capture = of.event("Capture", type=EventType.CAPTURE)
    for event, day in ((advance, "2025-11-02"), (capture, "2025-11-03")):
        of.about(event, Kind.PLACE, Where(place=town), Stance.ASSERTS)
        of.about(event, Kind.DATE, When(edtf=day), Stance.ASSERTS)
    of.about(advance, Kind.DATE, When(edtf="2025-11-20"), second)
    of.told(advance, of.front)
    of.told(capture, of.front, stance=attacks)
    connection = of.index()
    days = connection.execute("SELECT DISTINCT last FROM event_moves ORDER BY 1").fetchall()
    assert ("2025-11-20",) in days or second is Stance.DENIES
    assert ("2025-11-20",) not in days or second is Stance.ASSERTS
    return [(one.subject, one.other) for one in pairs_of(connection, [advance])]


def test_who_is_denied_to_have_taken_a_place_is_in_no_order_with_who_entered_it() -> None:
    assert _moves(attacks=Stance.ASSERTS, second=Stance.ASSERTS) == [("evt_Advance", "evt_Capture")]
    assert _moves(attacks=Stance.DENIES, second=Stance.ASSERTS) == []
    assert _moves(attacks=Stance.ASSERTS, second=Stance.DENIES) == []


def test_a_database_without_stances_is_refused_in_one_line_and_can_be_made_anew(
    tmp_path: Path,
) -> None:
    of = KeptCase(tmp_path, "old.db")
    of.titles("one")
    of.write().close()
    with closing(sqlite3.connect(of.path)) as old:
        old.executescript(
            """DROP TABLE event_actors;
            CREATE TABLE event_actors (
                event INTEGER NOT NULL, actor INTEGER NOT NULL, role TEXT NOT NULL,
                checksum INTEGER NOT NULL, PRIMARY KEY (event, actor, role)) STRICT, WITHOUT ROWID;
            """
        )
    found = run("events", "--case", of.path)
    assert found.exit_code == DamagedCase.exit_code
    assert "event_actors" in found.stderr
    assert "does not match schema" in found.stderr
    anew = tmp_path / "new.db"
    assert repair_database(of.path, anew).number["events"] == 1
    assert run("events", "--case", anew).exit_code == 0
