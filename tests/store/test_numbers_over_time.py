"""Sums, frequencies and trends of a small case, in figures that one can count by hand."""

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from store.archive import Archive
from store.model.values import Count
from store.model.vocabulary import EventType, Kind, Qualifier
from store.queries.facets import Facet, counted
from store.queries.filters import FilterKind, Filters, read_filter
from store.queries.frequency import Field, frequency
from store.queries.histogram import histogram
from store.queries.toll_sums import TollSummary, toll_summary
from store.queries.trend import trend
from tests.small import SmallCase

DEAD = Kind.FATALITIES


@pytest.fixture
def archive(tmp_path: Path) -> Iterator[Archive]:
    case = SmallCase()
    country = case.place("Syria")
    hama, idlib = case.place("Hama", within=country), case.place("Idlib", within=country)
    article = case.article("a", "Raid Siege Ambush Talks War Year", publisher=case.source("Paper"))

    def event(
        title: str, date: str, place: str, number: Count | None, *, background: bool = False
    ) -> None:
        made = case.event(title, type=EventType.CLASH, background=background)
        case.dated(made, article, title, date)
        case.placed(made, article, title, place)
        if number:
            case.claim(made, article, title, value=number, kind=DEAD)

    event("Raid", "2024-11-05", hama, Count(min=2, best=3, max=5))
    event("Siege", "2024-11-28/2024-12-02", hama, Count(min=20, qualifier=Qualifier.AT_LEAST))
    event("Ambush", "2024-12-01", idlib, Count(min=0, max=0))
    event("Talks", "2024-12-01", idlib, None)
    event("Year", "2024", idlib, Count(min=900, max=900))
    event("War", "2011", hama, Count(min=500_000, max=500_000), background=True)
    opened = Archive.open(case.write(tmp_path / "case.json"))
    yield opened
    opened.close()


def asked(date: str = "") -> Filters:
    return Filters((read_filter(FilterKind.DATE, date),)) if date else Filters()


def test_a_sum_says_what_is_unknown_and_leaves_the_background_out(archive: Archive) -> None:
    assert archive.ask(toll_summary, asked(), DEAD) == TollSummary(
        DEAD, known=4, unknown=1, low=922, best=923, high=925, is_open=True, median=11.5
    )
    assert archive.ask(toll_summary, asked(), Kind.INJURIES).median is None


def test_a_value_has_its_events_and_its_dead_and_unknown_is_not_zero(archive: Archive) -> None:
    found = archive.ask(frequency, asked("2024-12-01"), Field.PLACES, DEAD)
    assert [(one.label, one.events, one.best) for one in found.rows] == [
        ("Syria", 4, 920),
        ("Idlib", 3, 900),
        ("Hama", 1, 20),
    ]
    by_toll = archive.ask(frequency, asked("2024-11-05..2024-12-03"), Field.PLACES, DEAD)
    assert by_toll.rows[0].label == "Syria"
    types = archive.ask(frequency, asked("2024-12-01"), Field.TYPES, Kind.INJURIES)
    assert [(one.label, one.events, one.best) for one in types.rows] == [("clash", 4, None)]


def test_months_come_in_their_order_without_what_is_dated_more_widely(archive: Archive) -> None:
    found = archive.ask(frequency, asked(), Field.MONTHS, DEAD, by_toll=True)
    assert [(one.value, one.events, one.best) for one in found.rows] == [
        ("2024-11", 2, 23),
        ("2024-12", 2, 0),
    ]


def test_a_histogram_keeps_to_the_dates_of_the_filter(archive: Archive) -> None:
    bins = archive.ask(histogram, asked("2024-12"), 48)
    assert [(one.start, one.count, one.known, one.best) for one in bins] == [
        ("2024-12-01", 2, 1, 0)
    ]
    weeks = archive.ask(histogram, asked(), 6)
    assert [(one.edtf, one.count) for one in weeks][:2] == [
        ("2024-11-04/2024-11-10", 1),
        ("2024-11-11/2024-11-17", 0),
    ]


def test_a_trend_says_what_has_no_place_in_it(archive: Archive) -> None:
    found = archive.ask(trend, asked(), 48, DEAD, Field.PLACES)
    whole, *values = found.series
    assert sum(one.count for one in whole.bins) == 4
    assert (found.unplaced, found.unplaced_best) == (2, 900)
    labels = [(one.row.label, sum(bin.best for bin in one.bins)) for one in values if one.row]
    assert labels == [("Syria", 23), ("Hama", 23), ("Idlib", 0)]
    assert {len(one.bins) for one in found.series} == {27}
    assert archive.ask(trend, asked("1950"), 48, DEAD).series == ()


def test_a_part_of_a_part_is_summed_with_the_whole_that_has_a_number(tmp_path: Path) -> None:
    case = SmallCase()
    article = case.article("a", "Offensive Siege Raid", publisher=case.source("Paper"))
    whole, siege, raid = (case.event(title) for title in ("Offensive", "Siege", "Raid"))
    for part, of in ((siege, whole), (raid, siege)):
        one = case.tables["events"][part]
        case.tables["events"][part] = msgspec.structs.replace(one, part_of=of)
    for event, title, dead in ((whole, "Offensive", 50), (siege, "Siege", 0), (raid, "Raid", 7)):
        if dead:
            number = Count(min=dead, max=dead)
            case.claim(event, article, title, value=number, kind=DEAD)
    archive = Archive.open(case.write(tmp_path / "case.json"))
    found = archive.ask(toll_summary, asked(), DEAD)
    archive.close()
    assert (found.known, found.best) == (1, 50)


def test_what_is_dated_too_widely_for_a_bar_is_counted_under_a_filter_by_date(
    archive: Archive,
) -> None:
    def too_wide(date: str) -> int:
        return archive.ask(counted, asked(date), {Facet.BINS}, 48).too_wide

    assert [too_wide(date) for date in ("2024-12", "2024", "2011", "")] == [1, 1, 0, 0]
