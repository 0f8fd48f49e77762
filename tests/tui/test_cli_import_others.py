"""ACLED and GDELT are imported by someone with a shell; all rows here are made up."""

import csv
import io
import zipfile
from pathlib import Path

import pytest

from store.importers.acled_columns import COLUMNS
from store.importers.gdelt import EVENTS, EVENTS_1, MENTIONS
from store.importing import import_files
from store.model.records import Actor, Article, Claim, DataSet, Event, Passage, Place, Source
from store.model.values import Count, Participant, When, Where
from store.model.vocabulary import ActorKind, EventType, Flag, Kind, PlaceKind, ReadBy, SourceKind
from tests.conftest import DATA
from tests.imports import claims, held, imported, new_case, run, written

Cells = dict[str, str]

ACLED: Cells = {
    "event_id_cnty": "NOR101",
    "event_date": "27 November 2024",
    "year": "2024",
    "time_precision": "1",
    "disorder_type": "Political violence",
    "event_type": "Battles",
    "sub_event_type": "Armed clash",
    "actor1": "Military Forces of Norland (2011-)",
    "assoc_actor_1": "Upper Guard; Lower Guard",
    "inter1": "1",
    "actor2": "Southern Front",
    "inter2": "2",
    "country": "Norland",
    "admin1": "Upper",
    "location": "Anton",
    "latitude": "35.1",
    "longitude": "36.7",
    "geo_precision": "1",
    "source": "SOHR; Anton Herald; Undisclosed Source",
    "source_scale": "Other-National",
    "notes": "On 27 November 2024, the army and the Front fought at Anton; 3 fighters were killed.",
    "fatalities": "3",
    "timestamp": "1733000000",
}
OLDER = tuple(
    name for name in COLUMNS if name not in ("disorder_type", "civilian_targeting", "tags")
)

EVENT: Cells = {
    "globaleventid": "900000001",
    "sqldate": "20241119",
    "actor1code": "NORMIL",
    "actor1name": "ARMY",
    "actor1countrycode": "NOR",
    "actor1type1code": "MIL",
    "actor2code": "REB",
    "actor2name": "REBELS",
    "actor2type1code": "REB",
    "eventcode": "190",
    "eventrootcode": "19",
    "actiongeo_type": "4",
    "actiongeo_fullname": "Anton, Upper, Norland",
    "actiongeo_lat": "35.1",
    "actiongeo_long": "36.7",
    "actiongeo_featureid": "-1",
    "dateadded": "20241119170000",
    "sourceurl": "https://www.anton-herald.example/fighting",
}
MENTION: Cells = {
    "globaleventid": "900000001",
    "eventtimedate": "20241119164500",
    "mentiontimedate": "20241119170000",
    "mentiontype": "1",
    "mentionsourcename": "anton-herald.example",
    "mentionidentifier": "https://www.anton-herald.example/fighting",
    "sentenceid": "9",
    "actor1charoffset": "2312",
    "actor2charoffset": "-1",
    "actioncharoffset": "2333",
    "inrawtext": "0",
    "confidence": "40",
}


def sheet(rows: list[Cells], columns: tuple[str, ...], *, upper: bool = False) -> str:
    """Rows with commas and a header."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow([name.upper() if upper else name for name in columns])
    writer.writerows([[cells.get(name, "") for name in columns] for cells in rows])
    return stream.getvalue()


def raw(rows: list[Cells], columns: tuple[str, ...]) -> str:
    """Rows as GDELT writes them: tabs, no header."""
    return "".join("\t".join(cells.get(name, "") for name in columns) + "\n" for cells in rows)


@pytest.fixture
def case(tmp_path: Path) -> Path:
    return new_case(tmp_path / "war.json")


def test_a_row_of_acled_rests_on_its_note_and_names_its_sources(case: Path, tmp_path: Path) -> None:
    (came_to,) = imported(case, written(tmp_path, sheet([ACLED], COLUMNS)))
    assert (came_to["found"], came_to["added"]) == ("ACLED, 31 columns", 1)
    (event,) = held(case, Event)
    assert event.title == "Norland military – Southern Front, Anton"
    assert (event.type, event.flags) == (EventType.CLASH, ())
    passages = {one.id: one.exact for one in held(case, Passage)}
    told = claims(case, Kind.OCCURRENCE, ReadBy.DATA_SET)
    assert {passages[one.passage] for one in told} == {f"notes: {ACLED['notes']}"}
    sources = {one.id: one for one in held(case, Source)}
    origins = {sources[one.chain[-1]].name: sources[one.chain[-1]].kind for one in told}
    assert origins == {
        "SOHR": SourceKind.MONITOR,
        "Anton Herald": SourceKind.OUTLET,
        "Undisclosed Source": SourceKind.UNNAMED,
    }
    (dead,) = claims(case, Kind.FATALITIES, ReadBy.DATA_SET)
    assert dead.value == Count(min=3, best=3, max=3)
    kinds = {one.name: one.kind for one in held(case, Actor)}
    assert kinds["Southern Front"] is ActorKind.ARMED_GROUP
    assert {"Upper Guard", "Lower Guard"} < set(kinds)
    assert "1/3?" in run("events", "--case", case).stdout


def test_rows_of_acled_may_not_be_passed_on_and_the_case_says_so(
    case: Path, tmp_path: Path
) -> None:
    imported(case, written(tmp_path, sheet([ACLED], COLUMNS)))
    (data_set,) = held(case, DataSet)
    assert (data_set.name, data_set.redistributable) == ("ACLED", False)
    assert {one.dataset for one in held(case, Article)} == {data_set.id}


@pytest.mark.parametrize(
    ("columns", "upper", "extra"),
    [
        (OLDER, False, ()),
        (OLDER, True, ("data_id", "event_id_no_cnty", "iso3")),
        (COLUMNS, True, ("population_best",)),
    ],
)
def test_older_layouts_of_acled_are_the_same_rows(
    columns: tuple[str, ...], upper: bool, extra: tuple[str, ...], case: Path, tmp_path: Path
) -> None:
    content = sheet([ACLED], (*extra, *columns), upper=upper)
    (came_to,) = imported(case, written(tmp_path, content))
    assert (came_to["added"], came_to["rejected"]) == (1, 0)
    assert [one.row.row for one in held(case, Event)] == ["NOR101"]


@pytest.mark.parametrize("printed", ["2024-11-27", "27-11-2024", "27 November 2024"])
def test_the_three_forms_of_a_date(printed: str, case: Path, tmp_path: Path) -> None:
    precisions = {"1": "2024-11-27", "2": "2024-11-24/2024-11-30", "3": "2024-11"}
    rows = [
        {**ACLED, "event_id_cnty": f"NOR{one}", "event_date": printed, "time_precision": one}
        for one in precisions
    ]
    imported(case, written(tmp_path, sheet(rows, COLUMNS)))
    told = claims(case, Kind.DATE, ReadBy.DATA_SET)
    dates = {one.value.edtf for one in told if isinstance(one.value, When)}
    assert dates == set(precisions.values())


def test_codes_in_words_and_unknown_ones(case: Path, tmp_path: Path) -> None:
    in_words = {**ACLED, "inter1": "State forces", "inter2": "Rebel group"}
    unknown = {**ACLED, "event_id_cnty": "NOR102", "inter1": "99", "sub_event_type": "Duel"}
    imported(case, written(tmp_path, sheet([in_words, unknown], COLUMNS)))
    found = {one.row.row: (one.type, one.flags) for one in held(case, Event)}
    assert found == {
        "NOR101": (EventType.CLASH, ()),
        "NOR102": (EventType.OTHER, (Flag.UNKNOWN_CODE,)),
    }


def test_civilians_are_victims_and_nobody_is_the_attacker(case: Path, tmp_path: Path) -> None:
    cells = {
        **ACLED,
        "sub_event_type": "Attack",
        "assoc_actor_1": "",
        "actor2": "Civilians (Norland)",
        "inter2": "7",
    }
    imported(case, written(tmp_path, sheet([cells], COLUMNS)))
    told = claims(case, Kind.PARTICIPANT, ReadBy.DATA_SET)
    assert sorted(one.value.role for one in told if isinstance(one.value, Participant)) == [
        "party",
        "victim",
    ]


def test_an_event_of_gdelt_is_made_by_a_machine(case: Path, tmp_path: Path) -> None:
    (came_to,) = imported(case, written(tmp_path, raw([EVENT], EVENTS), "a.export.CSV"))
    assert came_to["found"] == "GDELT events, 61 columns without a header"
    (event,) = held(case, Event)
    assert (event.title, event.machine) == ("ARMY – REBELS: fighting, Anton", True)
    assert event.type is EventType.CLASH
    assert {one.read_by for one in held(case, Claim)} == {ReadBy.MACHINE}
    (document,) = [one for one in held(case, Article) if one.text is None]
    assert document.title == document.url == EVENT["sourceurl"]
    assert document.note == "no headline is known: its address stands for it"
    assert {one.name for one in held(case, Place)} == {"Anton", "Norland"}


def test_a_location_of_acled_is_one_place_however_exactly_it_is_given(
    case: Path, tmp_path: Path
) -> None:
    rows = [ACLED | {"event_id_cnty": f"NOR{given}", "geo_precision": given} for given in "321"]
    imported(case, written(tmp_path, sheet(rows, COLUMNS)))
    (anton,) = [one for one in held(case, Place) if one.name == "Anton"]
    assert (anton.kind, anton.precision) == (PlaceKind.TOWN, 1)
    told = [one.value for one in claims(case, Kind.PLACE, ReadBy.DATA_SET)]
    assert [one.precision for one in told if isinstance(one, Where)] == [4, 2, 1]


def test_a_year_too_early_is_flagged_and_swapped_rows_are_kept(case: Path, tmp_path: Path) -> None:
    early = {**EVENT, "sqldate": "20231119"}
    swapped = {
        **EVENT,
        "globaleventid": "900000002",
        "actor1code": "REB",
        "actor1name": "REBELS",
        "actor2code": "NORMIL",
        "actor2name": "ARMY",
    }
    imported(case, written(tmp_path, raw([early, swapped], EVENTS_1)))
    found = {one.row.row: one.flags for one in held(case, Event)}
    assert found == {"900000001": (Flag.YEAR_BEFORE_REPORT,), "900000002": ()}


@pytest.mark.parametrize("packed", [False, True])
def test_mentions_add_the_documents_and_how_sure_the_machine_was(
    packed: bool, case: Path, tmp_path: Path
) -> None:
    other = {
        **MENTION,
        "mentionidentifier": "https://other.example/copy",
        "mentionsourcename": "other.example",
        "confidence": "20",
    }
    nowhere = {**MENTION, "globaleventid": "1"}
    files = {
        "a.mentions.CSV": raw([MENTION, other, nowhere], MENTIONS),
        "a.export.CSV": raw([EVENT], EVENTS),
    }
    if packed:
        with zipfile.ZipFile(tmp_path / "pair.zip", "w") as pair:
            for name, content in files.items():
                pair.writestr(name, content)
        came_to = imported(case, tmp_path / "pair.zip")
    else:
        paths = [written(tmp_path, content, name) for name, content in files.items()]
        came_to = imported(case, *paths)
    assert [(one["added"], one["rejected"]) for one in came_to] == [(1, 0), (2, 1)]
    (why,) = came_to[1]["reasons"]
    assert why.endswith("nor in the case: import the events file too")
    told = claims(case, Kind.OCCURRENCE, ReadBy.MACHINE)
    assert sorted(one.confidence or 0 for one in told) == [20, 40]
    assert all("2312, -1, 2333" in one.note and "not checked" in one.note for one in told)
    assert "2/2" in run("events", "--case", case).stdout


def test_a_document_that_mentions_an_event_twice_is_one_article(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(import_files, "BATCH", 2)
    case = new_case(tmp_path / "war.db")
    mentions = [{**MENTION, "sentenceid": str(number)} for number in range(5)]
    events = written(tmp_path, raw([EVENT], EVENTS), "events.tsv")
    (_, came_to) = imported(case, events, written(tmp_path, raw(mentions, MENTIONS), "m.tsv"))
    assert (came_to["added"], came_to["unchanged"]) == (1, 4)
    (told,) = claims(case, Kind.OCCURRENCE, ReadBy.MACHINE)
    assert told.confidence == 40


def test_an_event_that_has_changed_keeps_what_mentions_added(case: Path, tmp_path: Path) -> None:
    other = {**MENTION, "mentionidentifier": "https://other.example/copy"}
    mentions = written(tmp_path, raw([MENTION, other], MENTIONS), "mentions.tsv")
    imported(case, written(tmp_path, raw([EVENT], EVENTS), "events.tsv"), mentions)
    changed = {**EVENT, "nummentions": "2", "eventrootcode": "18"}
    (came_to,) = imported(case, written(tmp_path, raw([changed], EVENTS), "events.tsv"))
    assert (came_to["changed"], came_to["gone"]) == (1, 0)
    assert held(case, Event)[0].title == "ARMY – REBELS: assault, Anton"
    told = claims(case, Kind.OCCURRENCE, ReadBy.MACHINE)
    assert [one.confidence for one in told] == [40, 40]


def test_mentions_that_were_saved_with_commas_and_a_header(case: Path, tmp_path: Path) -> None:
    events = written(tmp_path, raw([EVENT], EVENTS), "events.tsv")
    mentions = written(tmp_path, sheet([MENTION], MENTIONS), "mentions.csv")
    first, second = imported(case, events, mentions)
    assert (first["added"], second["added"]) == (1, 1)
    again = imported(case, events, mentions)
    assert [one["unchanged"] for one in again] == [1, 1]


def test_the_samples_of_gdelt(case: Path) -> None:
    folder = DATA / "gdelt"
    if not folder.exists():
        pytest.skip("the rows of GDELT are not part of the project (see CONFLICT_DATA)")
    (events,) = imported(case, folder / "export_sample_5rows.tsv")
    assert (events["added"], events["rejected"]) == (5, 0)
    assert events["flags"] == {"year-before-report": 3}
    (mentions,) = imported(case, folder / "mentions_sample_with_header.csv", code=65)
    assert (mentions["rows"], mentions["accepted"] + mentions["rejected"]) == (1635, 1635)
