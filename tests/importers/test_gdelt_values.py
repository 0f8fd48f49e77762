"""GDELT saved anew by a spreadsheet or by pandas: its codes, dates and missing values."""

from pathlib import Path

import pytest

from store.model.records import Actor, Place
from tests.importers.tables import imported, table

EVENT = {
    "GLOBALEVENTID": "900000001",
    "SQLDATE": "20241109",
    "Year": "2024",
    "Actor1Code": "NORMIL",
    "Actor1Name": "ARMY",
    "Actor2Code": "REB",
    "Actor2Name": "REBELS",
    "EventCode": "010",
    "EventRootCode": "01",
    "ActionGeo_Type": "4",
    "ActionGeo_FullName": "Anton, Upper, Norland",
    "ActionGeo_Lat": "35.1",
    "ActionGeo_Long": "36.7",
    "ActionGeo_FeatureID": "-1",
    "DATEADDED": "20241109170000",
    "SOURCEURL": "https://a.example/1",
}
ID = EVENT["GLOBALEVENTID"]


@pytest.mark.parametrize(
    "cells",
    [
        {},
        {"GLOBALEVENTID": "900000001.0", "ActionGeo_Type": "4.0", "DATEADDED": "20241109170000.0"},
        {"EventRootCode": "1"},
        {"EventRootCode": "1.0"},
        {"SQLDATE": "20241109.0"},
        {"SQLDATE": "2024-11-09"},
        {"SQLDATE": "9-Nov-24"},
        {"ActionGeo_Lat": "35,1", "ActionGeo_Long": "36,7"},
    ],
)
def test_an_event_is_the_same_whatever_saved_it(cells: dict[str, str], tmp_path: Path) -> None:
    found = imported(tmp_path, table([{**EVENT, **cells}]))
    assert found.events()[ID].title == "ARMY – REBELS: statement, Anton"
    assert (found.date(ID), found.flags(ID), found.report.rejected) == ("2024-11-09", [], 0)
    (place,) = [one for one in found.records if isinstance(one, Place) and one.name == "Anton"]
    assert (place.latitude, place.longitude) == (35.1, 36.7)


def test_the_order_of_dates_is_that_of_the_column(tmp_path: Path) -> None:
    rows = [
        {**EVENT, "SQLDATE": "11/09/2024"},
        {**EVENT, "GLOBALEVENTID": "900000002", "SQLDATE": "11/19/2024"},
    ]
    assert imported(tmp_path, table(rows)).date(ID) == "2024-11-09"


def test_missing_actors_are_none(tmp_path: Path) -> None:
    found = imported(tmp_path, table([{**EVENT, "Actor2Code": "NA", "Actor2Name": "nan"}]))
    assert found.names(Actor) == {"ARMY"}


@pytest.mark.parametrize(
    ("cells", "date", "flags"),
    [
        ({"SQLDATE": "20231109"}, "2023-11-09", ["year-before-report", "year-differs"]),
        ({"SQLDATE": "19700101"}, "2024", ["no-date"]),
        ({"SQLDATE": "NULL"}, "2024", ["no-date"]),
    ],
)
def test_odd_dates_are_flagged(
    cells: dict[str, str], date: str, flags: list[str], tmp_path: Path
) -> None:
    found = imported(tmp_path, table([{**EVENT, **cells}]))
    assert (found.date(ID), sorted(found.flags(ID))) == (date, flags)
