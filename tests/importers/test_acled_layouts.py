"""ACLED as its files were since 2010: by event or by actor, whole or trimmed."""

from pathlib import Path

import pytest

from store.errors import UsageError
from store.model.records import Actor, Passage
from store.model.values import Participant
from store.model.vocabulary import Kind
from tests.importers.tables import acled, imported, table

OLD = (
    ("Battle-No change of territory", "clash"),
    ("Battle-Non-state actor overtakes territory", "capture"),
    ("Battle-Government regains territory", "capture"),
    ("Headquarters or base established", "other"),
    ("Non-violent transfer of territory", "withdrawal"),
    ("Remote violence", "other"),
    ("Riots/Protests", "protest"),
    ("Strategic development", "other"),
    ("Violence against civilians", "attack"),
    ("VIOLENCE AGAINST CIVILIANS", "attack"),
)


def old(number: int, event_type: str) -> dict[str, str]:
    """A row as ACLED had them from 2010 to 2017."""
    row = dict(acled(number, event_date="01-January-2015", year="2015", event_type=event_type))
    for name in ("disorder_type", "sub_event_type", "timestamp"):
        del row[name]
    renamed = {"assoc_actor_1": "ALLY_ACTOR_1", "assoc_actor_2": "ALLY_ACTOR_2"}
    return {"GWNO": "999", "EVENT_ID_NO_CNTY": str(number)} | {
        renamed.get(name, name.upper()): cell for name, cell in row.items()
    }


def test_a_file_of_before_2018_comes_in_with_its_types(tmp_path: Path) -> None:
    rows = [old(number, name) for number, (name, _) in enumerate(OLD, 1)]
    rows[0]["ALLY_ACTOR_1"] = "Red Guard"
    found = imported(tmp_path, table(rows))
    assert found.report.found == "ACLED of before 2018, 25 columns".replace("25", str(len(rows[0])))
    assert (found.report.accepted, found.report.flagged) == (len(OLD), 0)
    assert [found.events()[f"ZZZ{n}"].type.value for n in range(101, 101 + len(OLD))] == [
        type for _, type in OLD
    ]
    assert found.roles()["Red Guard"] == "party"
    assert found.report.remarks == ()


CUT = {
    "event_id_cnty": "EVENT_ID_C",
    "time_precision": "TIME_PRECI",
    "sub_event_type": "SUB_EVENT_",
    "assoc_actor_1": "ASSOC_ACTO",
    "assoc_actor_2": "ASSOC_AC_1",
    "interaction": "INTERACTIO",
    "geo_precision": "GEO_PRECIS",
}


def test_names_that_a_shapefile_cut_are_the_same_columns(tmp_path: Path) -> None:
    rows = [{CUT.get(name, name): cell for name, cell in acled(1, assoc_actor_2="Red").items()}]
    found = imported(tmp_path, table(rows))
    assert (found.report.remarks, found.date(), found.flags()) == ((), "2024-03-01", [])
    assert "Red" in found.roles()


def test_rows_may_be_known_by_another_id(tmp_path: Path) -> None:
    row = {"data_id": "7.0", **acled(1)}
    found = imported(tmp_path, table([row], without=("event_id_cnty",)))
    assert list(found.events()) == ["7"]
    assert found.report.remarks == ("rows are known by data_id, as the file lacks event_id_cnty",)


def test_a_file_of_before_2023_says_its_age(tmp_path: Path) -> None:
    row = {"data_id": "7", "iso": "999", "event_id_no_cnty": "101", **acled(1)}
    found = imported(tmp_path, table([row], without=("disorder_type",)))
    assert found.report.found.startswith("ACLED of before 2023, ")


@pytest.mark.parametrize(
    "lacking",
    [
        ("notes",),
        ("inter1", "inter2"),
        ("source",),
        ("latitude", "longitude"),
        ("fatalities",),
        ("sub_event_type",),
        ("event_type",),
        ("admin1", "location"),
        ("timestamp", "interaction", "year"),
    ],
)
def test_columns_that_an_export_lacks_are_told_and_the_rest_is_read(
    lacking: tuple[str, ...], tmp_path: Path
) -> None:
    found = imported(tmp_path, table([acled(1), acled(2)], without=lacking))
    assert (found.report.accepted, found.date()) == (2, "2024-03-01")
    assert found.events()["ZZZ101"].type.value == "clash"
    read = [name for name in lacking if name not in ("timestamp", "interaction", "year")]
    names = ", ".join(read)
    remarks = [f"ACLED without its column{'s' * (len(read) > 1)} {names}"] if read else []
    assert list(found.report.remarks) == remarks


@pytest.mark.parametrize(
    ("without", "lacks"),
    [
        (("event_id_cnty",), "event_id_cnty"),
        (("event_date",), "event_date"),
        (("event_type", "sub_event_type"), "event_type"),
    ],
)
def test_a_file_that_cannot_be_taken_is_told_what_it_lacks(
    without: tuple[str, ...], lacks: str, tmp_path: Path
) -> None:
    with pytest.raises(UsageError, match=f"looks like ACLED, but lacks the column {lacks}"):
        imported(tmp_path, table([acled(1)], without=without))


SECOND = {"actor1": "Military Forces of Zedland", "inter1": "1"}
ACTORS = ("actor2", "assoc_actor_2", "inter2")


@pytest.mark.parametrize("apart", [False, True])
def test_a_file_by_actor_gives_each_event_both_of_its_actors(apart: bool, tmp_path: Path) -> None:
    rows = [acled(1), acled(1, **SECOND), acled(2), acled(2, **SECOND)]
    if apart:
        rows.sort(key=lambda row: row["actor1"])
    found = imported(tmp_path, table(rows, without=ACTORS))
    assert found.report.found == "ACLED by actor, 21 columns"
    assert (found.report.rows, found.report.accepted, found.report.rejected) == (4, 4, 0)
    assert (found.report.added, found.report.joined, len(found.events())) == (2, 2, 2)
    assert found.roles() == {"Blue Front": "party", "Military Forces of Zedland": "party"}
    assert found.roles("ZZZ102") == found.roles()


def test_each_actor_of_a_file_by_actor_rests_on_its_own_cells(tmp_path: Path) -> None:
    rows = [acled(1), acled(1, **SECOND, assoc_actor_1="Red Guard")]
    found = imported(tmp_path, table(rows, without=ACTORS))
    passages = {one.id: one.exact for one in found.records if isinstance(one, Passage)}
    names = {one.id: one.name for one in found.records if isinstance(one, Actor)}
    resting = {
        names[claim.value.actor]: passages[claim.passage]
        for claim in found.claims("ZZZ101", Kind.PARTICIPANT)
        if isinstance(claim.value, Participant)
    }
    second = "actor1: Military Forces of Zedland\nassoc_actor_1: Red Guard\ninter1: 1"
    assert resting == {
        "Blue Front": "actor1: Blue Front\ninter1: 2\ninteraction: 12",
        "Military Forces of Zedland": second,
        "Red Guard": second,
    }


def test_a_file_by_actor_in_another_order_changes_nothing(tmp_path: Path) -> None:
    rows = [acled(1), acled(1, **SECOND)]
    contents = (table(one, without=ACTORS) for one in (rows, rows[::-1]))
    found = imported(tmp_path, *contents)
    assert (found.report.unchanged, found.report.joined, found.report.changed) == (1, 1, 0)


def test_columns_of_the_second_actor_may_be_there_and_empty_in_a_file_by_actor(
    tmp_path: Path,
) -> None:
    none = dict.fromkeys(ACTORS, "")
    found = imported(tmp_path, table([acled(1, **none), acled(1, **SECOND, **none)]))
    assert set(found.roles()) == {"Blue Front", "Military Forces of Zedland"}


def test_rows_that_differ_in_more_than_their_actors_are_no_file_by_actor(tmp_path: Path) -> None:
    rows = [acled(1, actor2=""), acled(1, actor2="", fatalities="9")]
    found = imported(tmp_path, table(rows))
    assert (found.report.accepted, found.report.rejected) == (1, 1)


@pytest.mark.parametrize("newest", [0, 1, 2])
def test_of_the_versions_of_a_row_the_newest_counts_and_all_are_told(
    newest: int, tmp_path: Path
) -> None:
    rows = [acled(1, fatalities=str(number), timestamp=f"17{number}0000000") for number in range(3)]
    rows.insert(newest, acled(1, fatalities="9", timestamp="1799999999"))
    found = imported(tmp_path, table([*rows, acled(2)]))
    assert (found.dead(), found.report.accepted, found.report.rejected) == (9, 2, 3)
    (remark,) = found.report.remarks
    assert "the newest timestamp counts" in remark
    assert "ZZZ101: fatalities 9, not 1" in remark


def test_rows_that_stand_twice_without_a_time_are_not_guessed_at(tmp_path: Path) -> None:
    rows = [acled(1), acled(1), acled(1, fatalities="9")]
    found = imported(tmp_path, table(rows, without=("timestamp",)))
    assert (found.dead(), found.report.rejected) == (1, 2)
    assert found.report.reasons == {
        "id: occurs twice": 1,
        "id: occurs twice with other cells, and nothing says which is newer": 1,
    }


def test_the_group_of_the_victims_is_no_party(tmp_path: Path) -> None:
    row = acled(
        1,
        event_type="Violence against civilians",
        sub_event_type="Attack",
        actor2="Civilians (Zedland)",
        inter2="7",
        assoc_actor_1="Red Guard",
        assoc_actor_2="Teachers (Zedland); Women (Zedland)",
    )
    assert imported(tmp_path, table([row])).roles() == {
        "Blue Front": "party",
        "Red Guard": "party",
        "Civilians (Zedland)": "victim",
        "Teachers (Zedland)": "victim",
        "Women (Zedland)": "victim",
    }
