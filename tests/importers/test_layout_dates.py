"""Dates as programs write them: one file has one order of day and month, and says which."""

from pathlib import Path

import pytest

from store.errors import UsageError
from store.importers.date_cells import date_cell
from store.importers.date_order import LAST_YEAR, DateOrder
from tests.importers.tables import acled, imported, table


def dates(*cells: str, **years: str) -> str:
    """A file of ACLED with these dates, of a year or without the column of years."""
    year = years.get("year", "2024")
    rows = [acled(number, event_date=cell, year=year) for number, cell in enumerate(cells, 1)]
    return table(rows, without=() if year else ("year",))


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("1-Mar-24", "2024-03-01"),
        ("01-March-2024", "2024-03-01"),
        ("1 March 2024", "2024-03-01"),
        ("March 1, 2024", "2024-03-01"),
        ("Mar 1st 2024", "2024-03-01"),
        ("Fri, 1 Mar 2024", "2024-03-01"),
        ("2024/03/01", "2024-03-01"),
        ("2024.3.1", "2024-03-01"),
        ("20240301", "2024-03-01"),
        ("20240301.0", "2024-03-01"),
        ("2024-03-01T23:59:00.000Z", "2024-03-01"),
        ("2024-03-01 00:00:00.000", "2024-03-01"),
        ("31-12-24", "2024-12-31"),
        ("31.12.2024", "2024-12-31"),
        ("12/31/2024 14:30", "2024-12-31"),
        ("12/31/24 2:30 PM", "2024-12-31"),
        ("24-12-31", "2024-12-31"),
        ("01-mars-24", "2024-03-01"),
        ("1. März 2024", "2024-03-01"),
        ("1 août 2024", "2024-08-01"),
        ("31-dez-24", "2024-12-31"),
        ("45356", "2024-03-05"),
        ("45356.5", "2024-03-05"),
    ],
)
def test_a_date_of_any_program_is_its_day(cell: str, day: str, tmp_path: Path) -> None:
    found = imported(tmp_path, dates(cell))
    assert (found.date(), found.flags(), found.report.rejected) == (day, [], 0)


@pytest.mark.parametrize(
    ("cells", "days", "remark"),
    [
        (
            ["03/05/2024", "03/25/2024", "04/06/2024"],
            ["2024-03-05", "2024-03-25", "2024-04-06"],
            "dates are read month first, as 03/25/2024 can only be",
        ),
        (
            ["05-03-24", "25-03-24", "31-12-24"],
            ["2024-03-05", "2024-03-25", "2024-12-31"],
            "dates are read day first, as 25-03-24 can only be",
        ),
        (
            ["24-03-05", "24-12-11"],
            ["2024-03-05", "2024-12-11"],
            "dates are read year first, as 24-03-05 can only be",
        ),
    ],
)
def test_one_cell_decides_for_its_whole_column(
    cells: list[str], days: list[str], remark: str, tmp_path: Path
) -> None:
    found = imported(tmp_path, dates(*cells))
    assert [found.date(f"ZZZ{100 + number}") for number in range(1, len(cells) + 1)] == days
    assert remark in found.report.remarks


@pytest.mark.parametrize(("order", "day"), [("", "2024-05-03"), ("mdy", "2024-03-05")])
def test_where_no_cell_decides_the_account_says_what_was_taken(
    order: str, day: str, tmp_path: Path
) -> None:
    found = imported(tmp_path, dates("03/05/2024", "03/03/2024"), dates=order)
    assert found.date() == day
    (remark,) = found.report.remarks
    assert remark == (
        "dates are read month first, as --dates says"
        if order
        else "no date says whether day or month comes first; read day first, as the codebook"
        " writes dates: 03/05/2024 as 2024-05-03; --dates mdy reads them month first"
    )


def test_a_file_in_two_orders_is_refused_until_the_user_says_which(tmp_path: Path) -> None:
    content = dates("25/03/2024", "03/26/2024", "03/05/2024")
    with pytest.raises(UsageError, match="two orders: 25/03/2024 can only be day first") as error:
        imported(tmp_path, content)
    assert "--dates dmy or --dates mdy" in error.value.hint
    (tmp_path / "again").mkdir()
    found = imported(tmp_path / "again", content, dates="mdy")
    assert (found.report.accepted, found.report.rejected) == (2, 1)
    assert found.date("ZZZ103") == "2024-03-05"
    assert found.report.reasons == {"event_date: not a date, month first": 1}


@pytest.mark.parametrize(
    ("cell", "year", "date", "flags"),
    [
        ("0025-03-01", "2025", "2025", ["no-date"]),
        ("0001-01-01", "2024", "2024", ["no-date"]),
        ("1753-01-01", "2024", "2024", ["no-date"]),
        ("1900-01-00", "2024", "2024", ["no-date"]),
        ("0000-00-00", "2024", "2024", ["no-date"]),
        ("00/00/0000", "2024", "2024", ["no-date"]),
        ("1970-01-01", "2024", "2024", ["no-date"]),
        ("1970-01-01", "", "", ["no-date"]),
        (f"{LAST_YEAR + 1}-03-01", "", "", ["no-date"]),
        ("9999-12-31", "2024", "2024", ["no-date"]),
        ("0", "2024", "2024", ["no-date"]),
        ("NaT", "2024", "2024", ["no-date"]),
        ("", "", "", ["no-date"]),
        ("2023-03-01", "2024", "2023-03-01", ["year-differs"]),
        ("31-12-23", "2024", "2023-12-31", ["year-differs"]),
        ("2024-03-01", "2024.0", "2024-03-01", []),
    ],
)
def test_what_cannot_be_a_date_is_unknown_and_flagged(
    cell: str, year: str, date: str, flags: list[str], tmp_path: Path
) -> None:
    found = imported(tmp_path, dates(cell, year=year))
    assert (found.date(), found.flags()) == (date, flags)


@pytest.mark.parametrize(
    "cell", ["2024-02-30", "31/04/2024", "yesterday", "2024", "12/2024", "1-jui-24"]
)
def test_a_cell_that_is_no_date_rejects_its_row_and_is_shown(cell: str, tmp_path: Path) -> None:
    found = imported(tmp_path, dates(cell, "2024-03-01"))
    (row,) = found.report.rejections
    assert row.field == "event_date"
    assert row.reason.startswith(f"{cell!r} is not a date")
    assert row.kind.startswith("not a date")


@pytest.mark.parametrize(
    ("cell", "year", "day"),
    [
        ("31-12-98", "", "1998-12-31"),
        ("31-12-24", "", "2024-12-31"),
        ("1-Mar-98", "", "1998-03-01"),
    ],
)
def test_years_of_two_digits_without_a_column_of_years_are_told(
    cell: str, year: str, day: str, tmp_path: Path
) -> None:
    found = imported(tmp_path, dates(cell, year=year))
    assert found.date() == day
    assert any("years of two digits" in remark for remark in found.report.remarks)


def test_day_numbers_of_either_date_system_are_known_by_the_years(tmp_path: Path) -> None:
    found = imported(tmp_path, dates("43894", "43895"))
    assert found.date() == "2024-03-05"
    assert "day numbers count from 1904, as the years of the rows say" in found.report.remarks


def test_day_numbers_among_written_dates_are_not_trusted(tmp_path: Path) -> None:
    found = imported(tmp_path, dates("25/03/2024", "45356"))
    assert found.report.reasons == {"event_date: not a date": 1}


SWAPPED = ["2024-05-03", "2024-06-03", "2024-07-03", "25/03/2024", "26/03/2024"]


def test_days_that_a_spreadsheet_may_have_swapped_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="a spreadsheet may have swapped day and month"):
        imported(tmp_path, dates(*SWAPPED))


@pytest.mark.parametrize(
    "cells",
    [SWAPPED[:2] + SWAPPED[3:], [*SWAPPED, "2024-07-13"], [*SWAPPED, "03/04/2024"], SWAPPED[:3]],
)
def test_dates_of_two_kinds_may_stand_in_one_file(cells: list[str], tmp_path: Path) -> None:
    found = imported(tmp_path, dates(*cells))
    assert (found.report.rejected, found.date()) == (0, "2024-05-03")


def test_the_user_may_take_them_as_they_are(tmp_path: Path) -> None:
    found = imported(tmp_path, dates(*SWAPPED), dates="dmy")
    assert (found.report.rejected, found.date()) == (0, "2024-05-03")


def test_no_cell_of_any_kind_is_read_by_itself() -> None:
    assert date_cell("03/05/2024") == (  # the order is the column's
        "",
        ("03", "05", "2024"),
        None,
        None,
        False,
    )
    order = DateOrder("", "as one says", 1997)
    order.count("03/25/2024", "2024")
    order.counted()
    assert order.read("25/03/2024", "2024") is None
