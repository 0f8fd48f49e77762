"""The list of rows: it draws what is visible, whatever the number of rows."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager

import pytest
from textual.app import App, ComposeResult
from textual.content import Content
from textual.pilot import Pilot

from store.queries.timeline import Section
from tui.draw.styles import Styles
from tui.messages import RowMoved
from tui.styles.themes import DARK
from tui.widgets.row_list import RowList

ROWS = 100_000
LINES = 20


class CountingList(RowList):
    """Counts the rows that it draws."""

    def __init__(self) -> None:
        super().__init__()
        self.drawn: list[int] = []

    def draw_row(self, index: int, width: int, styles: Styles) -> Sequence[Content]:
        self.drawn.append(index)
        return (Content(f"row {index}"),)


class TwoLines(CountingList):
    """Rows of two lines."""

    row_height = 2

    def draw_row(self, index: int, width: int, styles: Styles) -> Sequence[Content]:
        return (*super().draw_row(index, width, styles), Content(f"more of {index}"))


class ListApp(App[None]):
    CSS = "RowList { height: 100%; }"

    def __init__(self, rows: CountingList) -> None:
        super().__init__()
        self.rows = rows
        self.moves: list[int] = []
        self.register_theme(DARK)
        self.theme = DARK.name

    def compose(self) -> ComposeResult:
        yield self.rows

    def on_row_moved(self, message: RowMoved) -> None:
        self.moves.append(message.index)


@asynccontextmanager
async def listed(rows: CountingList) -> AsyncIterator[Pilot[None]]:
    app = ListApp(rows)
    async with app.run_test(size=(40, LINES)) as pilot:
        rows.set_rows(ROWS)
        await pilot.pause()
        yield pilot


def lines(rows: RowList) -> list[str]:
    return [rows.render_line(y).text.rstrip() for y in range(rows.size.height)]


async def test_no_more_rows_are_drawn_than_are_visible() -> None:
    rows = CountingList()
    async with listed(rows) as pilot:
        for place in (0, ROWS // 2, ROWS - 1):
            rows.drawn.clear()
            rows.set_rows(ROWS, cursor=place)
            await pilot.pause()
            assert rows.drawn
            assert len(set(rows.drawn)) <= LINES
            assert place in rows.drawn


async def test_a_move_of_the_cursor_draws_two_rows() -> None:
    rows = CountingList()
    async with listed(rows) as pilot:
        rows.drawn.clear()
        rows.move(1)
        await pilot.pause()
        assert set(rows.drawn) == {0, 1}
        assert len(rows.drawn) <= 4


async def test_the_cursor_is_always_in_sight_and_stops_at_the_ends() -> None:
    rows = TwoLines()
    async with listed(rows) as pilot:
        for by in (1, 15, -3, 10**6, -5, -(10**6)):
            rows.move(by)
            await pilot.pause()
            assert 0 <= rows.cursor < ROWS
            assert f"row {rows.cursor}" in lines(rows)
            assert f"more of {rows.cursor}" in lines(rows)
        assert rows.cursor == 0
        before = len(pilot.app.moves)  # type: ignore[attr-defined]
        rows.move(-1)
        await pilot.pause()
        assert len(pilot.app.moves) == before, "no move, no message"  # type: ignore[attr-defined]


@pytest.mark.parametrize("make", [CountingList, TwoLines])
async def test_each_line_is_a_heading_or_a_line_of_its_row(make: type[CountingList]) -> None:
    rows = make()
    sections = (Section(0, "2011"), Section(1, "2012"), Section(7, "2024"), Section(9, "undated"))
    async with listed(rows) as pilot:
        rows.set_rows(10, sections=sections)
        await pilot.pause()
        seen = [rows._row_at(line) for line in range(10 * rows.row_height + len(sections))]
        expected = []
        for row in range(10):
            if row in {section.index for section in sections}:
                expected.append((row, -1))
            expected += [(row, part) for part in range(rows.row_height)]
        assert seen == expected
        for row in range(10):
            assert rows._row_at(rows._line_of(row)) == (row, 0)


async def test_a_heading_above_the_row_of_the_cursor_is_in_sight_too() -> None:
    rows = CountingList()
    async with listed(rows) as pilot:
        rows.set_rows(ROWS, cursor=500, sections=(Section(0, "2011"), Section(200, "2024")))
        await pilot.pause()
        rows.move_to(200)
        await pilot.pause()
        assert lines(rows)[0].startswith("── 2024")
        assert lines(rows)[1] == "row 200"


async def test_an_asked_for_scroll_is_kept_where_the_cursor_is_in_it() -> None:
    rows = CountingList()
    async with listed(rows) as pilot:
        rows.set_rows(ROWS, cursor=5_005, scroll=5_000)
        await pilot.pause()
        assert rows.view == (rows.view.__class__)(5_005, 5_000)
        rows.set_rows(ROWS, cursor=7, scroll=2)
        await pilot.pause()
        assert (rows.view.cursor, rows.view.scroll) == (7, 2)


async def test_without_one_the_cursor_stands_a_third_down() -> None:
    rows = CountingList()
    async with listed(rows) as pilot:
        for cursor in (5_000, 300, 90_000):
            rows.set_rows(ROWS, cursor=cursor)
            await pilot.pause()
            assert lines(rows).index(f"row {cursor}") in (LINES // 3 - 1, LINES // 3)


async def test_a_list_without_rows_says_why() -> None:
    rows = CountingList()
    async with listed(rows) as pilot:
        rows.set_rows(0)
        rows.show_state("No event matches.", "- drops the newest.")
        await pilot.pause()
        assert lines(rows)[:3] == ["No event matches.", "- drops the newest.", ""]
        rows.move(1)
        rows.move_to(5)
        await pilot.pause()
        assert rows.cursor == 0
        assert pilot.app.moves == []  # type: ignore[attr-defined]
