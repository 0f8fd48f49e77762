"""The grid and the boxes as widgets: the cursor stays on a voice, and what is shown fits."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from textual.content import Content

from tests.examples import sample
from tests.journeys.test_compare import compared, here, resized
from tests.person import Person, seated
from tests.reports import EVENT, Reports, reported
from tests.sight import shown
from tui.draw.styles import Styles
from tui.panes.compare import ComparePane


@asynccontextmanager
async def grid_of(
    case: Path, size: tuple[int, int] = (120, 40), *, painting: bool = False
) -> AsyncIterator[tuple[Person, ComparePane]]:
    """The grid of the event of a case."""
    async with seated(size, case, painting=painting) as me:
        await compared(me, EVENT)
        yield me, me.explore.comparing.grid


@pytest.fixture
def many(tmp_path: Path) -> Path:
    return reported(tmp_path / "case.json", 12)


async def test_the_column_of_the_cursor_is_always_visible(many: Path) -> None:
    async with grid_of(many) as (me, grid):
        for size in ((120, 40), (80, 24), (30, 20), (200, 60)):
            await resized(me, *size)
            for key in "llllllllllllrllllllllllllhhhhhhhhhhhhhr":
                await me.press(key)
                laid = grid._layout(grid.scrollable_content_region.width)
                assert grid.column in grid._shown(laid)
                assert len(grid._shown(laid)) == min(laid.visible, len(grid._heads))
                assert grid.voice is not None


async def test_the_row_of_the_cursor_is_always_visible(many: Path) -> None:
    async with grid_of(many, (80, 24)) as (me, grid):
        for key in (*"jjjjjjjjjj", "G", "g", "pagedown", "pageup", *"rjjjjjjjjjjjj", ".", "G"):
            await me.press(key)
            line = grid._line_of(grid.cursor) + len(grid._head()) - round(grid.scroll_y)
            assert len(grid._head()) <= line < grid.scrollable_content_region.height


async def test_down_and_up_keep_the_column_where_a_row_is_empty_there(many: Path) -> None:
    async with grid_of(many) as (me, grid):
        await me.press("g", "l", "l")
        column = grid.column
        way = []
        while grid.cursor < grid.count - 1:
            await me.press("j")
            way.append(grid.column)
        assert set(way) != {column}, "some row has nothing there"
        await me.press("g")
        assert grid.column == column


async def test_the_counts_give_way_where_the_name_needs_the_room(many: Path) -> None:
    async with grid_of(many, (120, 24)) as (me, _):
        assert "7 ≠ contradicts · 1 ≟ perhaps contradicts · 3 ◁ stale" in me.screen
        await resized(me, 80, 24)
        await me.press(".")
        assert "only what is at odds" in me.screen
        assert "7≠ 1≟ 3◁ 3◇" in me.screen


async def test_the_counts_are_never_cut_off(many: Path) -> None:
    async with grid_of(many) as (me, grid):
        for keys in ("", ".", "r"):
            await me.press(*keys)
            for width in sample(range(68, 121, 4), of=f"counts {keys}"):
                await resized(me, width, 30)
                name, counts = grid.label_text()
                assert f" {counts} " in me.screen.splitlines()[1]
                assert name in me.screen


async def test_the_first_rows_are_in_view_where_the_cursor_is_among_them(many: Path) -> None:
    async with grid_of(many) as (me, grid):
        assert "event: Rebels take Northtown" in shown(me.app, grid.region)
        assert grid.scroll_y == 0
        await me.command("compare Northtown")
        assert "place: Northtown" in shown(me.app, grid.region)


async def test_a_thousand_claims_are_drawn_at_once(tmp_path: Path) -> None:
    case = Reports()
    for number in range(1, 151):
        case.report(number)
    async with grid_of(case.write(tmp_path / "case.json")) as (me, grid):
        assert grid.comparison is not None
        assert len(grid.comparison.voices) >= 900
        drawn: list[int] = []
        draw = grid.draw_row

        def counted(index: int, width: int, styles: Styles):  # type: ignore[no-untyped-def]
            drawn.append(index)
            return draw(index, width, styles)

        grid.draw_row = counted  # type: ignore[method-assign]
        await me.press("j")
        assert len(drawn) <= 4 * grid.scrollable_content_region.height
        await me.press("G", "l", "r", "G", "x", "X", ".", "n")
        assert here(me)


async def test_a_box_is_drawn_for_its_size(many: Path) -> None:
    async with grid_of(many, painting=True) as (me, _):
        asked: list[tuple[tuple[int, int], bool | None]] = []

        def draw(styles: Styles, width: int, height: int, compact: bool | None = None) -> Content:
            asked.append(((width, height), compact))
            return Content("")

        box = me.explore.comparing.this
        box.show("name", draw, "1 of 2")
        await me.settle()
        await resized(me, 80, 24)
        await resized(me, 200, 60)
        drawn = [size for size, compact in asked if compact is None]
        assert len(set(drawn)) == 3
        assert drawn[-1] == box.size


async def test_a_row_that_no_column_in_view_speaks_in_takes_no_height(many: Path) -> None:
    async with grid_of(many, (80, 24)) as (me, grid):
        for key in ("g", "l", "j", "G", "l", "r", "j", "j"):
            await me.press(key)
            shown = set(grid._shown(grid._layout(grid.scrollable_content_region.width)))
            lines = [row for row, part in grid._places if part == 0]
            assert lines == [
                at for at, row in enumerate(grid._rows) if row.first or shown & row.cells.keys()
            ]
            assert grid.virtual_size.height == len(grid._places) + len(grid._head())
            assert grid.cursor in lines
        assert len(lines) < len(grid._rows), "some columns are out of sight"
