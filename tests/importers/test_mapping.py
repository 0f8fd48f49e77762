"""Any table comes in: a draft of its mapping imports it unedited, and every row is kept."""

import csv
import json
from pathlib import Path

import pytest

from store.importers.table import TableHead
from store.importing.mapping_draft import draft_of
from store.importing.table_sample import best_head, sample_of
from store.model.records import Article, Claim, Event, Passage, Place, Source
from store.model.values import Count, Participant, When
from store.model.vocabulary import EventType, Flag, Kind, Qualifier, Role, Stance, TextKind
from tests.imports import held, imported, new_case, run, written

LISTS = Path(__file__).parent / "lists"
"""Tables in the shapes in which the field keeps its lists; every value in them is invented."""
NAMES = sorted(one.stem for one in LISTS.glob("*.csv"))


@pytest.fixture
def case(tmp_path: Path) -> Path:
    return new_case(tmp_path / "war.json")


def drafted(folder: Path, table: str, name: str = "list.csv") -> tuple[Path, Path]:
    """A file with this table, and the mapping that is drafted of it."""
    file, mapping = written(folder, table, name), folder / f"{name}.toml"
    found = run("mapping", file, "--into", mapping)
    assert found.exit_code == 0, found.stderr
    return file, mapping


@pytest.mark.parametrize("name", NAMES)
def test_a_draft_imports_its_table_unedited(name: str, case: Path, tmp_path: Path) -> None:
    table = (LISTS / f"{name}.csv").read_text("utf-8")
    file, mapping = drafted(tmp_path, table)
    (came_to,) = imported(case, file, "--mapping", mapping)
    rows = len(table.splitlines()) - 1
    assert (came_to["rows"], came_to["added"], came_to["rejected"]) == (rows, rows, 0)
    kept = {one.text for one in held(case, Article) if one.text_kind is TextKind.ROW}
    delimiter = ";" if table.count(";") > table.count(",") else ","
    for row in csv.DictReader(table.splitlines(), delimiter=delimiter):
        lines = {f"{name}: {cell}" for name, cell in row.items() if cell}
        assert any(lines == {*text.splitlines()} for text in kept), "every cell is kept"
    (again,) = imported(case, file, "--mapping", mapping)
    assert (again["unchanged"], again["added"], again["changed"]) == (rows, 0, 0)
    assert run("verify", case).exit_code == 0


def test_each_column_is_in_its_field() -> None:
    """The drafts of each list; what changes here is to be looked at, column by column."""
    found = []
    for name in NAMES:
        for part in draft_of(sample_of(LISTS / f"{name}.csv")).sections:
            if part.heading in ("[data_set]", "[constants]"):
                continue
            words = {line.key: line.value for line in part.lines if not line.quoted}
            about = [str(words.pop(key)) for key in ("kind", "scope", "role") if key in words]
            for key, value in words.items():
                shown = value if isinstance(value, str) else " | ".join(map(str, value))  # type: ignore[arg-type]
                of = f" ({' '.join(about)})" if about else ""
                found.append(f"{name}\t{part.heading.strip('[]')}.{key}{of}\t{shown}\n")
    assert "".join(found) == (LISTS / "placed.tsv").read_text("utf-8")


def test_the_head_of_a_sheet_is_the_row_of_names_and_not_the_widest_row_of_values() -> None:
    above = ("Attacks", "version 3")
    names = ("Nr", "Date", "Place", "Killed", "Notes")
    first = ("1", "2024-03-01", "Qorville", "3")
    second = ("2", "2024-03-02", "Zed City", "x", "y")
    heads = [
        TableHead(above, (names, first, second), after=1),
        TableHead(names, (first, second), after=2),
        TableHead(first, (second,), after=3),
        TableHead(second, (), after=4),
    ]
    found = best_head(heads)
    assert found is not None
    assert found.first == names
    assert best_head([]) is None


def test_a_list_of_strikes_keeps_the_least_and_the_most_dead(case: Path, tmp_path: Path) -> None:
    imported(case, *_by_draft(tmp_path, "strikes"))
    first = _event(case, "A house in Qorville was hit. Residents named five dead.")
    assert first.type is EventType.AIR_STRIKE
    dead = _claim(case, first, Kind.FATALITIES)
    assert dead.scope == "civilians"
    assert dead.value == Count(min=3, max=5, qualifier=Qualifier.BETWEEN)
    injured = _claim(case, first, Kind.INJURIES).value
    assert injured is not None
    assert injured.printed == "2–4"
    contested = _event(case, "Contradicting reports of a strike.")
    assert contested.flags == (Flag.NO_COORDINATES,)
    assert {Stance.DOUBTS, Stance.ASSERTS} == {
        one.stance for one in _claims(case, contested, Kind.OCCURRENCE)
    }
    values = [one.value for one in held(case, Claim)]
    roles = [one.role for one in values if isinstance(one, Participant)]
    assert roles == 4 * [Role.PARTY]
    assert {one.name: one.precision for one in held(case, Place)} == {
        "Zedland": 6,
        "North": 4,
        "East": 4,
        "Qorville": 1,
        "East Zed": 2,
        "Zed City": 2,
    }


def test_a_number_is_as_it_is_printed(case: Path, tmp_path: Path) -> None:
    imported(case, *_by_draft(tmp_path, "sheet"))
    told = {
        one.value.printed: (one.value.min, one.value.max, one.value.qualifier.value)
        for one in held(case, Claim)
        if isinstance(one.value, Count)
    }
    assert told["at least 12"] == (12, None, "at least")
    assert told["dozens"] == (24, None, "dozens")
    assert told["3 (including 1 woman)"] == (3, 3, "exact")
    assert (1200, 1200, "exact") in told.values()
    dates = {one.title: _claim(case, one, Kind.DATE).value for one in held(case, Event)}
    assert {title: one.edtf for title, one in dates.items() if isinstance(one, When)} == {
        "An air strike hit the market": "2024-03-03",
        "Shelling of a camp": "2024-03-05/2024-03-07",
        "A car bomb exploded": "2024-03",
        "Mass grave found": "2024-03-12~",
    }


def test_rows_may_lack_cells_at_their_end_and_a_date_alone_is_no_event(
    case: Path, tmp_path: Path
) -> None:
    table = "Date,Place,Summary,Killed\n2024-03-01,Qorville,Shells fell,3\n"
    table += "2024-03-02,Zed City,A raid\n2024-03-03,,,\n2024-03-04,East Zed,A raid,\n"
    file, mapping = drafted(tmp_path, table)
    (came_to,) = imported(case, file, "--mapping", mapping)
    assert (came_to["added"], came_to["rejected"]) == (3, 1)
    assert came_to["reasons"] == {"says nothing in the columns that the mapping names": 1}


def _table(form: str, folder: Path) -> Path:
    """The list of footage as GeoJSON, JSON Lines, or a workbook."""
    header, *rows = csv.reader((LISTS / "footage.csv").read_text("utf-8").splitlines())
    file = folder / f"footage.{form}"
    objects = [dict(zip(header, row, strict=True)) for row in rows]
    if form == "geojson":
        features = []
        for one in objects:
            east, north = one.pop("geometry").removeprefix("POINT (").removesuffix(")").split()
            point = {"type": "Point", "coordinates": [float(east), float(north)]}
            features.append({"type": "Feature", "geometry": point, "properties": one})
        file.write_text(json.dumps({"type": "FeatureCollection", "features": features}), "utf-8")
    else:
        file.write_text("".join(f"{json.dumps(one)}\n" for one in objects), "utf-8")
    return file


@pytest.mark.parametrize("form", ["geojson", "jsonl"])
def test_a_table_comes_in_the_same_however_it_is_wrapped(
    form: str, case: Path, tmp_path: Path
) -> None:
    file, mapping = _table(form, tmp_path), tmp_path / "my.toml"
    assert run("mapping", file, "--into", mapping).exit_code == 0
    (came_to,) = imported(case, file, "--mapping", mapping)
    assert (came_to["added"], came_to["rejected"], came_to["flagged"]) == (3, 0, 0)
    points = {(one.latitude, one.longitude) for one in held(case, Place)}
    assert points == {(12.51, 33.21), (12.6, 33.4), (12.7, 33.5)}
    publishers = {one.name for one in held(case, Source)}
    assert publishers >= {"@abc (X)", "@geo (X)", "@zed (Telegram)"}


def _by_draft(folder: Path, name: str) -> tuple[str | Path, ...]:
    file, mapping = drafted(folder, (LISTS / f"{name}.csv").read_text("utf-8"))
    return file, "--mapping", mapping


def _event(case: Path, title: str) -> Event:
    found: Event = next(one for one in held(case, Event) if one.title == title)
    return found


def _claims(case: Path, event: Event, kind: Kind) -> list[Claim]:
    return [one for one in held(case, Claim) if one.subject == event.id and one.kind is kind]


def _claim(case: Path, event: Event, kind: Kind) -> Claim:
    return next(iter(_claims(case, event, kind)))


def test_what_a_row_says_rests_on_the_cells_that_say_it(case: Path, tmp_path: Path) -> None:
    imported(case, *_by_draft(tmp_path, "strikes"))
    first = _event(case, "A house in Qorville was hit. Residents named five dead.")
    passages = {one.id: one.exact for one in held(case, Passage)}
    dead = passages[_claim(case, first, Kind.FATALITIES).passage]
    assert dead == "Civilian Deaths Min: 3\nCivilian Deaths Max: 5\nCivilians Injured: 2–4"
    assert passages[_claim(case, first, Kind.DATE).passage].startswith("Incident Date: 2024-03-01")
