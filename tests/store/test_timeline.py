"""The timeline: its order, its headings and its histogram, from the dates that are claimed."""

from collections.abc import Iterator
from itertools import pairwise

import pytest

from store.archive import Archive
from store.model.vocabulary import EventType
from store.queries import histogram, timeline
from store.queries.event_sort import Sort
from store.queries.filters import FilterKind, Filters, read_filter
from store.queries.histogram import Bin
from tests.small import SmallCase

TEXT = "One two three four five six seven eight nine ten."

DATED = {
    "uprising": "1982-02",
    "since 2022": "2022-02-24/..",
    "until 2020": "../2020-03-01",
    "start": "2024-11-27",
    "about the same day": "2024-11-27~",
    "days": "2024-11-28/2024-11-30",
    "new year": "2024-12-31/2025-01-02",
    "next year": "2025",
    "unknown": "",
}


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    case = SmallCase()
    articles = [case.article(f"a{number}", TEXT + str(number)) for number in range(3)]
    for title, edtf in DATED.items():
        event = case.event(title, background=title == "uprising", type=EventType.CLASH)
        if edtf:
            case.dated(event, articles[0], "two", edtf)
    for article in articles:
        case.claim("evt_days", article, "three")
    opened = Archive.open(case.write(tmp_path_factory.mktemp("case") / "case.json"))
    yield opened
    opened.close()


def titles(archive: Archive, sort: Sort, asked: Filters = Filters()) -> list[str]:  # noqa: B008
    return [
        row.title for row in archive.ask(timeline.rows, archive.ask(timeline.order, asked, sort))
    ]


def test_by_date_what_ended_stands_at_its_end_and_the_undated_last(archive: Archive) -> None:
    assert titles(archive, Sort.DATE) == [
        "uprising",
        "until 2020",
        "since 2022",
        "start",
        "about the same day",
        "days",
        "new year",
        "next year",
        "unknown",
    ]


def test_each_heading_stands_before_the_first_event_of_its_year(archive: Archive) -> None:
    in_order = titles(archive, Sort.DATE)
    headed = [
        (section.label, in_order[section.index])
        for section in archive.ask(timeline.sections, Filters())
    ]
    assert headed == [
        ("1982", "uprising"),
        ("2020", "until 2020"),
        ("2022", "since 2022"),
        ("2024", "start"),
        ("2025", "next year"),
        ("undated", "unknown"),
    ]


def test_by_support_the_best_supported_comes_first(archive: Archive) -> None:
    assert titles(archive, Sort.SUPPORT)[0] == "days"


def test_by_title_case_does_not_matter(archive: Archive) -> None:
    assert titles(archive, Sort.TITLE) == sorted(DATED, key=str.lower)


@pytest.mark.parametrize("sort", Sort)
def test_every_order_holds_every_event_once(archive: Archive, sort: Sort) -> None:
    assert sorted(titles(archive, sort)) == sorted(DATED)


def test_the_first_event_is_none_of_the_background(archive: Archive) -> None:
    numbers = archive.ask(timeline.order, Filters(), Sort.DATE)
    first = archive.ask(timeline.first_of_case, numbers)
    assert first is not None
    assert [row.title for row in archive.ask(timeline.rows, [first])] == ["until 2020"]
    assert archive.ask(timeline.first_of_case, numbers[:1]) == numbers[0], "there is no other"
    assert archive.ask(timeline.first_of_case, []) is None


def test_the_histogram_leaves_no_gap_and_leaves_out_what_has_no_place_in_time(
    archive: Archive,
) -> None:
    asked = Filters((read_filter(FilterKind.DATE, "2024-11-27..2024-12-31"),))
    bins = archive.ask(histogram.histogram, asked, 48)
    assert bins[0] == Bin("2024-11-27", 2)
    assert bins[-1] == Bin("2024-12-31", 1)
    assert len(bins) == 35
    assert sum(one.count for one in bins) == 4, "since 2022 is open, and is left out"


@pytest.mark.parametrize(
    ("most", "unit"), [(48, "day"), (34, "week"), (4, "month"), (2, "month"), (1, "year")]
)
def test_the_histogram_takes_days_then_weeks_months_and_years(
    archive: Archive, most: int, unit: str
) -> None:
    asked = Filters((read_filter(FilterKind.DATE, "2024-11-27..2024-12-31"),))
    bins = archive.ask(histogram.histogram, asked, most)
    assert {one.unit for one in bins} == {unit}
    assert len(bins) <= most
    assert all(first.start < second.start for first, second in pairwise(bins))


def test_no_dated_event_no_histogram(archive: Archive) -> None:
    assert (
        archive.ask(histogram.histogram, Filters((read_filter(FilterKind.DATE, "1950"),)), 48) == ()
    )


def test_rows_come_in_the_order_in_which_they_are_asked_for(archive: Archive) -> None:
    numbers = list(archive.ask(timeline.order, Filters(), Sort.DATE))
    asked = [numbers[3], numbers[0], numbers[5]]
    assert [row.n for row in archive.ask(timeline.rows, asked)] == asked
    assert archive.ask(timeline.rows, []) == []


def test_finding_in_smart_case(archive: Archive) -> None:
    assert len(archive.ask(timeline.find, "same day")) == 1
    assert list(archive.ask(timeline.find, "Same day")) == []
    assert list(archive.ask(timeline.find, "")) == []
