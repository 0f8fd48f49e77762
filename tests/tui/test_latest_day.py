"""The latest day shown for an event without a date, and for a figure without a time."""

import json

from textual.content import Content
from textual.style import Style

from store.model.vocabulary import EventType
from store.queries.timeline_row import TimelineRow
from tests.tui.test_cli import answer
from tui.draw.styles import Styles
from tui.draw.timeline import RowLook, timeline_row
from tui.session.columns import COLUMNS, ColumnChoice, ColumnId

DIM = Style(dim=True)
INK = Styles(*(Style() for _ in Styles._fields))._replace(muted=DIM)
SHELLED = "evt_47f253axayyf"


def drawn(*, year: bool = False, at_latest: str = "2024-12-06") -> Content:
    row = TimelineRow(
        n=1,
        id="evt_1",
        title="Rebels shell a dormitory",
        type=EventType.SHELLING,
        edtf="" if at_latest else "2024-12-06",
        place="Aleppo",
        planned=False,
        background=False,
        articles=1,
        publishers=1,
        unknown_publishers=0,
        origins=1,
        unknown_origins=0,
        hedges=0,
        denials=0,
        contradicts=0,
        differs=0,
        stale=0,
        apart=0,
        at_latest=at_latest,
    )
    columns = ColumnChoice().fitted(80, tolls=False, year=year)
    return timeline_row(row, RowLook(columns, year=year), INK)


def test_the_timeline_shows_the_day_of_the_first_report_dim() -> None:
    dated, bound = drawn(at_latest=""), drawn()
    assert bound.plain.startswith("≤ 6 Dec ")
    assert (bound.spans[0].end, bound.spans[0].style) == (COLUMNS[ColumnId.DATE].width, DIM)
    assert dated.plain.startswith("6 Dec ")
    assert dated.spans[0].style != DIM


def test_where_no_heading_tells_the_year_the_column_has_room_for_it() -> None:
    assert drawn(year=True).plain.startswith("≤ 6 Dec 2024 ")


def test_the_list_shows_the_bound_and_json_keeps_it_apart_from_the_date() -> None:
    (line,) = [line for line in answer("events").splitlines() if line.startswith(SHELLED)]
    assert "  ≤ 6 Dec 2024  " in line
    listed = json.loads(answer("events", "--format", "json"))
    (event,) = [one for one in listed if one["id"] == SHELLED]
    assert (event["edtf"], event["at_latest"]) == ("", "2024-12-06")
    (header, *_) = answer("events", "--format", "csv").splitlines()
    assert "at_latest" in header.split(",")


def test_the_sheet_of_an_event_says_that_the_day_is_that_of_a_report() -> None:
    lines = answer("event", SHELLED).splitlines()
    assert "  date       date unknown" in lines
    assert "  by         6 Dec 2024 at the latest: the day of its first report" in lines


def test_a_figure_without_a_time_is_compared_as_of_the_day_of_its_report_at_the_latest() -> None:
    (line,) = [
        line for line in answer("compare", SHELLED).splitlines() if line.startswith("    ● 4 ")
    ]
    assert "  as of ≤ 6 Dec 2024" in line
