"""UCDP GED as its files were from 5.0 on: names, codes and values of columns."""

from pathlib import Path

import pytest

from store.errors import UsageError
from store.model.records import Place
from store.model.values import Count
from store.model.vocabulary import Kind
from tests.ged import row
from tests.importers.tables import imported, table

OLDER = {
    "best": "best_est",
    "low": "low_est",
    "high": "high_est",
    "side_a_new_id": "side_a_id",
    "side_b_new_id": "side_b_id",
    "id": "ID",
    "adm_1": "adm1",
}


def renamed(cells: dict[str, str], names: dict[str, str]) -> dict[str, str]:
    return {names.get(name, name): cell for name, cell in cells.items()}


def test_older_names_of_columns_are_the_same_columns(tmp_path: Path) -> None:
    found = imported(tmp_path, table([renamed(row(), OLDER)]))
    assert (found.date("1"), found.dead("1"), found.report.remarks) == ("2016-03-01", 4, ())


@pytest.mark.parametrize(
    ("start", "end", "precision", "date"),
    [
        ("2016-03-01 00:00:00.000", "2016-03-01 00:00:00.000", "1.0", "2016-03-01"),
        ("3/1/2016", "3/25/2016", "2", "2016-03-01/2016-03-25"),
        ("1-Mar-16", "4-Mar-16", "2", "2016-03-01/2016-03-04"),
        ("42430", "42430", "1", "2016-03-01"),
        ("NA", "2016-03-04", "2", "2016-03-04~"),
        ("", "", "1", "2016"),
        ("0001-01-01", "0001-01-01", "1", "2016"),
    ],
)
def test_dates_of_any_program(
    start: str, end: str, precision: str, date: str, tmp_path: Path
) -> None:
    cells = row(date_start=start, date_end=end, date_prec=precision)
    found = imported(tmp_path, table([cells]))
    assert found.date("1") == date
    assert ("no-date" in found.flags("1")) == (start in ("NA", "", "0001-01-01"))


@pytest.mark.parametrize(
    ("cells", "dead"),
    [
        ({"best": "NA", "low": "NA", "high": "NA"}, None),
        ({"best": "", "low": "3", "high": "5"}, (3, None, 5)),
        ({"best": "4", "low": "NA", "high": "NaN"}, (4, 4, 4)),
        ({"best": "1,200", "low": "1,000", "high": "1,500"}, (1200, 1200, 1500)),
        ({"best": "4.0", "low": "4,0", "high": " 5 "}, (4, 4, 5)),
    ],
)
def test_the_dead_of_a_row_are_as_many_as_it_says(
    cells: dict[str, str], dead: tuple[int, int | None, int] | None, tmp_path: Path
) -> None:
    found = imported(tmp_path, table([row(**cells, deaths_a="NA", deaths_b="NA")]))
    values = [
        (one.value.min, one.value.best, one.value.max)
        for one in found.claims("1", Kind.FATALITIES)
        if isinstance(one.value, Count)
    ]
    expected = (1000, *dead[1:]) if dead and dead[1] == 1200 else dead
    assert values == ([expected] if dead else [])
    assert found.report.rejected == 0
    if dead is None:
        assert found.events()["1"].title == "Norland gov. – Southern Front, Anton"


def test_violence_in_words_is_its_code(tmp_path: Path) -> None:
    words = ("state-based conflict", "Non-state conflict", "one-side violence", "2.0", "other")
    rows = [row(id=str(number), type_of_violence=word) for number, word in enumerate(words)]
    found = imported(tmp_path, table(rows))
    types = [found.events()[str(number)].type.value for number in range(len(words))]
    assert types == ["clash", "clash", "attack", "clash", "other"]
    assert found.report.flags == {"unknown-code": 1}


def test_columns_that_a_file_lacks_are_told_and_the_rest_is_read(tmp_path: Path) -> None:
    lacking = ("latitude", "longitude", "deaths_unknown", "low", "high")
    found = imported(tmp_path, table([row()], without=lacking))
    assert found.report.remarks == (
        "UCDP GED without its columns latitude, longitude, deaths_unknown, low, high",
    )
    assert (found.dead("1"), found.flags("1")) == (4, ["no-coordinates"])


def test_a_file_that_says_not_how_exactly_is_told_so(tmp_path: Path) -> None:
    without = ("source_article", "where_prec")
    with pytest.raises(UsageError, match="UCDP GED, but lacks the columns source_article, where"):
        imported(tmp_path, table([row()], without=without))


def test_of_the_releases_of_a_row_the_newest_counts(tmp_path: Path) -> None:
    rows = [
        {**row(best="4"), "version": "24.0.2"},
        {**row(best="9", high="9"), "version": "24.0.10"},
        {**row(best="5"), "version": "24.0.9"},
    ]
    found = imported(tmp_path, table(rows))
    assert (found.dead("1"), found.report.accepted, found.report.rejected) == (9, 1, 2)
    (remark,) = found.report.remarks
    assert remark.startswith("of rows with one id the newest version counts; 2 rows older")
    assert "1: best 9, not 4" in remark


def test_degrees_with_commas_make_the_same_place(tmp_path: Path) -> None:
    found = imported(
        tmp_path,
        table([row(id="1"), row(id="2", latitude="34,8", longitude="36,7", where_prec="2")]),
    )
    towns = [one for one in found.records if isinstance(one, Place) and one.name == "Anton"]
    assert [(one.latitude, one.longitude) for one in towns] == [(34.8, 36.7)]
