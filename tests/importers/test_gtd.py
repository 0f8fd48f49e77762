"""The Global Terrorism Database: an attack a row, with the reports that it cites; all made up."""

from pathlib import Path

import pytest

from store.errors import UsageError
from store.importers.gtd_citations import citation
from store.model.records import Article, DataSet, Place, Source
from store.model.values import Count
from store.model.vocabulary import Kind, Stance, TextKind
from tests.importers.tables import Imported, imported, table

ROW = {
    "eventid": "201403050001",
    "iyear": "2014",
    "imonth": "3",
    "iday": "5",
    "approxdate": "",
    "extended": "0",
    "resolution": "",
    "country_txt": "Zedland",
    "region_txt": "Nowhere",
    "provstate": "North Zed",
    "city": "Qorville",
    "latitude": "12.5",
    "longitude": "-1.25",
    "specificity": "1",
    "vicinity": "0",
    "summary": "03/05/2014: Assailants attacked a patrol in Qorville. Three people were killed.",
    "doubtterr": "0",
    "success": "1",
    "attacktype1": "2",
    "attacktype1_txt": "Armed Assault",
    "targtype1_txt": "Military",
    "target1": "Patrol",
    "natlty1_txt": "Zedland",
    "gname": "Blue Front",
    "gname2": "",
    "guncertain1": "0",
    "nperps": "-99",
    "claimed": "-9",
    "nkill": "3",
    "nkillter": "1",
    "nwound": "2",
    "scite1": '"Clash kills 3 in Qorville," Zed Wire, March 6, 2014.',
    "scite2": '"Five killed in Qorville," Qor Agency, March 7, 2014.',
    "scite3": "",
    "dbsource": "START Primary Collection",
    "INT_LOG": "-9",
}
ID = ROW["eventid"]


def attack(**cells: str) -> dict[str, str]:
    return {**ROW, **cells}


def one(folder: Path, **cells: str) -> Imported:
    return imported(folder, table([attack(**cells)]))


def test_an_attack_has_the_reports_that_it_cites(tmp_path: Path) -> None:
    found = one(tmp_path)
    assert (found.report.found, found.report.accepted) == (f"GTD, {len(ROW)} columns", 1)
    event = found.events()[ID]
    assert event.title == "Blue Front – Military (Zedland), Qorville"
    assert (event.type.value, event.flags, found.date(ID)) == ("clash", (), "2014-03-05")
    headlines = {
        (one.title, one.published.at if one.published else "")
        for one in found.records
        if isinstance(one, Article) and one.text_kind is TextKind.HEADLINE
    }
    assert headlines == {
        ("Clash kills 3 in Qorville", "2014-03-06"),
        ("Five killed in Qorville", "2014-03-07"),
    }
    assert {"Zed Wire", "Qor Agency"} <= found.names(Source)
    assert found.report.links == 2
    assert found.roles(ID) == {"Blue Front": "attacker", "Military (Zedland)": "target"}


def test_its_rows_may_not_be_passed_on(tmp_path: Path) -> None:
    (data_set,) = [r for r in one(tmp_path).records if isinstance(r, DataSet)]
    assert (data_set.name, data_set.redistributable) == ("GTD", False)


@pytest.mark.parametrize(
    ("cells", "date", "flags"),
    [
        ({"iday": "0"}, "2014-03", []),
        ({"imonth": "0", "iday": "0"}, "2014", []),
        ({"iday": "0", "approxdate": "March 3-9, 2014"}, "2014-03~", []),
        ({"approxdate": "About March 5"}, "2014-03-05~", []),
        ({"imonth": "3.0", "iday": "5,0"}, "2014-03-05", []),
        ({"iyear": "2013"}, "2013-03-05", ["year-differs"]),
        ({"iyear": "13"}, "", ["no-date"]),
        ({"eventid": "1", "iyear": "1970", "imonth": "1", "iday": "1"}, "1970-01-01", []),
    ],
)
def test_zero_is_a_month_or_day_that_is_not_known(
    cells: dict[str, str], date: str, flags: list[str], tmp_path: Path
) -> None:
    found = one(tmp_path, **cells)
    id = cells.get("eventid", ID)
    assert (found.date(id), found.flags(id)) == (date, flags)


def test_a_day_that_there_is_not_rejects_its_row(tmp_path: Path) -> None:
    found = one(tmp_path, imonth="2", iday="30")
    assert found.report.reasons == {"iday: no day of its year": 1}


@pytest.mark.parametrize(
    ("cells", "tolls"),
    [
        ({}, {("fatalities", "", 3), ("fatalities", "perpetrators", 1), ("injuries", "", 2)}),
        ({"nkill": "", "nkillter": "", "nwound": "-9"}, set()),
        ({"nkill": "-99", "nkillter": "0", "nwound": "1.0"}, {("injuries", "", 1)}),
        ({"nkill": "0", "nkillter": "", "nwound": ""}, {("fatalities", "", 0)}),
    ],
)
def test_what_the_codebook_calls_unknown_is_no_number(
    cells: dict[str, str], tolls: set[tuple[str, str, int]], tmp_path: Path
) -> None:
    found = one(tmp_path, **cells)
    claims = [*found.claims(ID, Kind.FATALITIES), *found.claims(ID, Kind.INJURIES)]
    assert {
        (one.kind.value, one.scope, one.value.min) for one in claims if isinstance(one.value, Count)
    } == tolls


def test_a_suspected_group_is_hedged_and_an_unknown_one_is_no_actor(tmp_path: Path) -> None:
    found = one(tmp_path, guncertain1="1", gname2="Unknown", city="Unknown")
    stances = [claim.stance for claim in found.claims(ID, Kind.PARTICIPANT)]
    assert stances == [Stance.HEDGES, Stance.ASSERTS]
    assert "North Zed" in found.names(Place)
    assert "Unknown" not in found.names(Place)


@pytest.mark.parametrize(
    ("specificity", "vicinity", "precision"),
    [("1", "0", 1), ("1", "1", 2), ("2", "0", 3), ("3", "0", 3), ("4", "0", 4), ("5", "0", 6)],
)
def test_a_centre_of_an_area_is_no_point(
    specificity: str, vicinity: str, precision: int, tmp_path: Path
) -> None:
    found = one(tmp_path, specificity=specificity, vicinity=vicinity)
    (place,) = [r for r in found.records if isinstance(r, Place) and r.name == "Qorville"]
    assert place.precision == precision


@pytest.mark.parametrize(
    ("attack_type", "target", "type"),
    [
        ("Armed Assault", "Private Citizens & Property", "attack"),
        ("Bombing/Explosion", "Police", "explosion"),
        ("Hostage Taking (Kidnapping)", "Business", "repression"),
        ("", "Police", "clash"),
        ("Something New", "Police", "other"),
    ],
)
def test_types_of_attack(attack_type: str, target: str, type: str, tmp_path: Path) -> None:
    found = one(tmp_path, attacktype1_txt=attack_type, targtype1_txt=target)
    assert found.events()[ID].type.value == type
    assert found.flags(ID) == (["unknown-code"] if attack_type == "Something New" else [])


@pytest.mark.parametrize(
    ("cell", "read"),
    [
        ('"Two die," Zed Wire, July 27, 2014.', ("Zed Wire", "2014-07-27", "Two die")),
        ('"Two die", Zed Wire, 27 July 2014', ("Zed Wire", "2014-07-27", "Two die")),
        ("“Two die,” Zed Wire, Jul 27, 2014", ("Zed Wire", "2014-07-27", "Two die")),
        (
            '"Zed: "Two" die in Qor," Qor Post, Zed Edition, July 7, 2014.',
            ("Qor Post, Zed Edition", "2014-07-07", 'Zed: "Two" die in Qor'),
        ),
        ('Able, B. C., "Qor Chronology," Zed Press, 2005.', ("Zed Press", "", "Qor Chronology")),
        ('"Qor," Zed Press, March 2005.', ("Zed Press", "", "Qor")),
        ("Zed Yearbook, page 5.", ("", "", "Zed Yearbook, page 5.")),
        ("Zed Wire, July 27, 2014", ("", "2014-07-27", "Zed Wire, July 27, 2014")),
        ('"Two die"', ("", "", "Two die")),
    ],
)
def test_a_citation_is_a_headline_an_office_and_a_day(
    cell: str, read: tuple[str, str, str]
) -> None:
    assert tuple(citation(cell) or ()) == read


def test_a_report_without_an_office_has_no_publisher(tmp_path: Path) -> None:
    found = one(tmp_path, scite1="Zed Yearbook, page 5.", scite2="NA")
    (article,) = [
        r for r in found.records if isinstance(r, Article) and r.text_kind is TextKind.HEADLINE
    ]
    assert (article.title, article.publisher) == ("Zed Yearbook, page 5.", None)


@pytest.mark.parametrize(
    ("cell", "ids", "reasons"),
    [
        ("2.01403050001E+11", [ID], {}),
        ("201403050001.0", [ID], {}),
        ("2.01403E+11", [], {"eventid: not a row id: a spreadsheet has rounded it": 1}),
    ],
)
def test_an_id_that_a_spreadsheet_rounded_is_none(
    cell: str, ids: list[str], reasons: dict[str, int], tmp_path: Path
) -> None:
    found = one(tmp_path, eventid=cell)
    assert (list(found.events()), dict(found.report.reasons)) == (ids, reasons)


def test_a_file_without_its_dates_is_told_so(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="Global Terrorism Database, but lacks the column iday"):
        imported(tmp_path, table([attack()], without=("iday",)))
