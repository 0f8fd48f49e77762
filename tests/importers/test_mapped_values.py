"""Cells as people write them: dates, numbers of people, degrees, addresses."""

import pytest

from store.importers.date_cells import Order
from store.importers.mapped_dates import moment_in, zone_of
from store.importers.mapped_numbers import count_in
from store.importers.mapped_points import degrees_in, point_in
from store.importers.mapped_reports import parts_of
from store.importers.mapping import DateNumbers
from store.importers.report_addresses import addresses_in, publisher_of

DATES = {
    "2024-03-01": "2024-03-01",
    "2024/3/1": "2024-03-01",
    "20240301": "2024-03-01",
    "2024-03-01T23:30:00Z": "2024-03-01",
    "2024-03-01 11:30 PM": "2024-03-01",
    "03/05/2024": "2024-05-03",
    "3.5.24": "2024-05-03",
    "1-Mar-24": "2024-03-01",
    "1st March 2024": "2024-03-01",
    "March 1, 2024": "2024-03-01",
    "Fri, 1 March 2024": "2024-03-01",
    "2024 March 1": "2024-03-01",
    "1er mars 2024": "2024-03-01",
    "1 de marzo de 2024": "2024-03-01",
    "15 août 2023": "2023-08-15",
    "March 2024": "2024-03",
    "early March 2024": "2024-03",
    "03/2024": "2024-03",
    "2024": "2024",
    "198X": "198X",
    "c. 5 March 2024": "2024-03-05~",
    "3–5 March 2024": "2024-03-03/2024-03-05",
    "March 3-5, 2024": "2024-03-03/2024-03-05",
    "between 5 and 7 March 2024": "2024-03-05/2024-03-07",
    "30 March – 2 April 2024": "2024-03-30/2024-04-02",
    "from 1 March 2024 to 4 April 2024": "2024-03-01/2024-04-04",
    "2024-03-01/2024-03-04": "2024-03-01/2024-03-04",
    "01/03/2024 - 04/03/2024": "2024-03-01/2024-03-04",
    "du 3 au 5 mars 2024": "2024-03-03/2024-03-05",
}
NO_DATES = (
    *(
        "",
        "unclear",
        "spring",
        "13/13/2024",
        "2024-02-30",
        "0000-00-00",
        "1900-01-01",
        "0025-03-01",
    ),
    *("9999-01-01", "5 March", "12", "45352", "2024-03-05/2024-03-01", "1/2/3/4", "x" * 5000),
)


@pytest.mark.parametrize("cell", DATES)
def test_a_date_is_read_as_far_as_it_goes(cell: str) -> None:
    found = moment_in(cell, Order.DMY)
    assert found is not None
    assert found.edtf == DATES[cell]


@pytest.mark.parametrize("cell", NO_DATES)
def test_what_is_no_date_is_none(cell: str) -> None:
    assert moment_in(cell, Order.DMY) is None


def test_numbers_are_dates_only_where_the_mapping_says_what_they_count() -> None:
    days = [
        moment_in("45352", None, DateNumbers.EXCEL),
        moment_in("1709251200", None, DateNumbers.UNIX),
        moment_in("1709251200000", None, DateNumbers.UNIX_MS),
    ]
    assert [one and one.edtf for one in days] == 3 * ["2024-03-01"]
    assert moment_in("99999999999999", None, DateNumbers.UNIX) is None


def test_a_time_with_a_zone_is_of_the_day_that_it_was_in_the_zone_of_the_mapping() -> None:
    zone = zone_of("+03:00")
    late = moment_in("2024-03-01T23:30:00Z", None, None, zone)
    assert late is not None
    assert tuple(late) == ("2024-03-02", "02:30", "+03:00")
    plain = moment_in("2024-03-01 23:30", None, None, zone)
    assert plain is not None
    assert tuple(plain) == ("2024-03-01", "23:30", "")


COUNTS = {
    "12": (12, 12, 12, "exact"),
    "12.0": (12, 12, 12, "exact"),
    "1,200": (1200, 1200, 1200, "exact"),
    "1 200": (1200, 1200, 1200, "exact"),
    "3 – 5": (3, 5, None, "between"),
    "3-5": (3, 5, None, "between"),
    "3 to 5": (3, 5, None, "between"),
    "at least 12": (12, None, None, "at least"),
    "12+": (12, None, None, "at least"),
    "≥ 12": (12, None, None, "at least"),
    ">12": (12, None, None, "at least"),
    "up to 12": (0, 12, None, "at most"),
    "~12": (12, 12, None, "about"),
    "about 12": (12, 12, None, "about"),
    "dozens": (24, None, None, "dozens"),
    "twelve": (12, 12, 12, "exact"),
    "3 (including 1 woman)": (3, 3, 3, "exact"),
    "12 (+1)[3]": (12, 12, 12, "exact"),
    "12 civilians": (12, 12, 12, "exact"),
    "au moins 12": (12, None, None, "at least"),
    "más de 12": (12, None, None, "at least"),
    "2 à 3": (2, 3, None, "between"),
}


@pytest.mark.parametrize("cell", COUNTS)
def test_a_number_of_people_keeps_what_it_leaves_open(cell: str) -> None:
    found = count_in(cell)
    assert found is not None
    assert (found.min, found.max, found.best, found.qualifier.value) == COUNTS[cell]
    assert found.printed in ("", cell)


@pytest.mark.parametrize(
    "cell",
    [
        *("", "several", "yes", "-3", "3.5", "1.000", "5 killed, 3 wounded", "2024-03-01"),
        *("plusieurs", "5 families", "12 days", "12 % of all", "page 3", "12 of the 30"),
        "9" * 5000,
    ],
)
def test_what_is_no_number_of_people_is_none(cell: str) -> None:
    assert count_in(cell) is None


def test_degrees_come_in_two_cells_or_in_one() -> None:
    here = (33.5, 36.25)
    assert degrees_in("33.5", "36.25") == here
    assert degrees_in("33,5", "36,25") == here
    assert degrees_in("33°30'00\"N", "36°15'E") == here
    assert degrees_in("33.5 S", "36.25 W") == (-33.5, -36.25)
    assert degrees_in("−33.5", "36.25") == (-33.5, 36.25)
    for cell in (
        "33.5, 36.25",
        "(33.5 36.25)",
        "POINT (36.25 33.5)",
        "33,5; 36,25",
        "33.5N 36.25E",
    ):
        assert point_in(cell) == here, cell
    assert point_in("36.25, 33.5", longitude_first=True) == here
    for north, east in (("0", "0"), ("91", "10"), ("10", "181"), ("", ""), ("x", "1")):
        assert degrees_in(north, east) is None
    assert point_in("33.5") is None
    assert point_in("33,5") is None, "a number with a decimal comma"
    assert point_in("33.5,36.25") == here
    assert point_in("POINT EMPTY") is None


def test_addresses_are_found_among_words() -> None:
    cell = (
        "Seen at https://zed.example/a; https://zed.example/b, and (http://t.me/zed/1)."
        " https://web.archive.org/web/2024/https://zed.example/c https://zed.example/a"
    )
    assert addresses_in(cell) == [
        "https://zed.example/a",
        "https://zed.example/b",
        "http://t.me/zed/1",
        "https://web.archive.org/web/2024/https://zed.example/c",
    ]
    assert addresses_in("no address, ftp://zed.example javascript:alert(1)") == []
    assert len(addresses_in("http://" + ";" * 900_000)) <= 1


@pytest.mark.parametrize(
    ("address", "publisher"),
    [
        ("https://www.zed.example/news/1", "zed.example"),
        ("https://x.com/zedwatch/status/1", "@zedwatch (X)"),
        ("https://twitter.com/i/web/status/1", ""),
        ("https://t.me/s/zednews", "@zednews (Telegram)"),
        ("https://www.youtube.com/watch?v=1", ""),
        ("https://www.youtube.com/@zed", "@zed (YouTube)"),
        ("https://web.archive.org/web/2024/https://zed.example/c", "zed.example"),
        ("https://archive.ph/Ab1", ""),
    ],
)
def test_an_account_is_a_publisher_and_a_site_of_many_is_none(address: str, publisher: str) -> None:
    assert publisher_of(address) == publisher


def test_a_cell_is_split_where_the_mapping_says() -> None:
    assert parts_of("Red Front; Blue Army ;", (";",)) == ["Red Front", "Blue Army"]
    assert parts_of("Red and Blue, Green", (", ", " and ")) == ["Red", "Blue", "Green"]
    assert parts_of("Ministry of Defence; Army", ()) == ["Ministry of Defence; Army"]
