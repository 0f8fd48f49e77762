"""Missing values, codes and numbers as R, pandas, SQL and spreadsheets write them."""

from pathlib import Path

import pytest

from store.importers.missing import MissingWords
from store.importers.whole_numbers import WholeNumbers
from store.model.records import Actor, Place, Source
from tests.examples import sample
from tests.importers.tables import acled, imported, table

MISSING = ("NA", "nan", "NaN", "None", "NULL", "null", "<NA>", "N/A", "#N/A", "\\N", "NaT")


@pytest.mark.parametrize("word", sample(MISSING, of="words"))
def test_a_missing_value_is_no_actor_no_place_and_no_number(word: str, tmp_path: Path) -> None:
    rows = [
        acled(1),
        acled(2, actor2=word, assoc_actor_1=word, inter2=word, admin1=word, fatalities=word),
        acled(3, source=word, latitude=word, longitude=word, timestamp=word),
    ]
    found = imported(tmp_path, table(rows))
    assert found.report.rejected == 0
    assert word not in found.names(Actor) | found.names(Place)
    assert (found.dead(), found.dead("ZZZ102")) == (1, None)
    assert found.events()["ZZZ102"].title == "Blue Front: Armed clash, Qorville"
    assert found.flags("ZZZ103") == ["no-coordinates"]
    assert f"missing values: {word} in 9 cells" in found.report.remarks


@pytest.mark.parametrize(
    ("cells", "missing"),
    [
        (["Nan", "Phrae", ""], []),
        (["Nan", "Phrae", "Chiang Rai"], []),
        (["nan", "Phrae", "Nan"], ["nan"]),
        (["nan", "phrae", ""], []),
        (["nan", "phrae", "chiang rai"], ["nan"]),
        (["None", "Torino", ""], []),
        (["None", "Torino", "Asti"], ["None"]),
        (["None", "NA", "Torino", ""], ["NA", "None"]),
        (["NA", "Torino", ""], ["NA"]),
    ],
)
def test_a_place_may_have_such_a_name_where_its_column_says_so(
    cells: list[str], missing: list[str]
) -> None:
    words = MissingWords(places=True)
    for cell in cells:
        words.count(cell)
    words.counted()
    assert sorted(words.met) == sorted(missing)


def test_a_missing_value_in_a_list_of_names_is_none_of_them(tmp_path: Path) -> None:
    row = acled(1, source="NA; Zed Daily", assoc_actor_1="Red Guard; nan")
    found = imported(tmp_path, table([row]))
    assert found.names(Source) == {"ACLED", "Zed Daily"}
    assert "nan" not in found.names(Actor)


def test_a_row_whose_id_is_missing_is_rejected(tmp_path: Path) -> None:
    rows = [acled(1), acled(2, event_id_cnty="NA"), acled(3, event_id_cnty="NA")]
    found = imported(tmp_path, table(rows))
    assert found.report.reasons == {"event_id_cnty: not a row id": 2}


def test_a_real_name_is_an_actor(tmp_path: Path) -> None:
    found = imported(tmp_path, table([acled(1, actor2="Nan"), acled(2, actor2="")]))
    assert "Nan" in found.names(Actor)


ONES = ("1.0", "1,0", " 1 ", "1.00", "1,00", "01.0"[1:], "+1")


@pytest.mark.parametrize("one", sample(ONES, of="ones"))
def test_one_is_one_in_every_code_and_number(one: str, tmp_path: Path) -> None:
    cells = dict.fromkeys(("time_precision", "geo_precision", "inter2", "fatalities", "year"), one)
    row = acled(1, **{**cells, "year": "2024.0"})
    found = imported(tmp_path, table([row], delimiter=";"))
    assert (found.date(), found.dead(), found.flags()) == ("2024-03-01", 1, [])
    kinds = {one.name: one.kind.value for one in found.records if isinstance(one, Actor)}
    assert kinds["Military Forces of Zedland"] == "government-force"


@pytest.mark.parametrize(
    ("cells", "mark", "values"),
    [
        (["1,200", "3"], ".", ["1200", "3"]),
        (["1.200", "3"], ",", ["1200", "3"]),
        (["1 200", "12'000"], "", ["1200", "12000"]),
        (["1,234,567"], "", ["1234567"]),
        (["1,000", "2,500"], "", ["1000", "2500"]),
        (["1.000", "2.0"], "", ["1", "2"]),
        (["1.000"], ".", ["1.000"]),
        (["1.000"], ",", ["1000"]),
        (["1,000"], ".", ["1000"]),
        (["1.000"], "", ["1.000"]),
        (["1.000", "2.0", "1.500"], "", ["1.000", "2", "1.500"]),
        (["1.5"], "", ["1.5"]),
        (["-9"], "", ["-9"]),
    ],
)
def test_a_thousand_is_told_from_one_by_its_column(
    cells: list[str], mark: str, values: list[str]
) -> None:
    column = WholeNumbers(thousands=True)
    for cell in cells:
        column.count(cell)
    column.counted(mark)
    assert [column.plain(cell) for cell in cells] == values


@pytest.mark.parametrize(
    ("latitude", "longitude", "dead", "number"),
    [
        ("12,5", "-1,25", "1,0", 1),
        ("12.5", "\u22121.25", "1,200", 1200),
        ("12,5", "-1,25", "1.200", 1200),
    ],
)
def test_decimal_commas_are_degrees_and_thousands_are_people(
    latitude: str, longitude: str, dead: str, number: int, tmp_path: Path
) -> None:
    row = acled(1, latitude=latitude, longitude=longitude, fatalities=dead)
    found = imported(tmp_path, table([row], delimiter=";"))
    (place,) = [one for one in found.records if isinstance(one, Place) and one.name == "Qorville"]
    assert (place.latitude, place.longitude, found.dead()) == (12.5, -1.25, number)


def test_a_number_that_may_be_two_is_refused(tmp_path: Path) -> None:
    rows = [acled(1, latitude="", longitude="", fatalities="1.000"), acled(2)]
    found = imported(tmp_path, table([rows[0]]))
    assert found.report.reasons == {"fatalities: not a number of people": 1}
