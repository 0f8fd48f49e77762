"""Numbers on the screen: what an analyst asks of a data set, with the keys that it takes."""

import csv
from pathlib import Path

import pytest

from store.model.values import Count
from store.model.vocabulary import EventType, Kind
from tests.conftest import DATA
from tests.imports import imported, new_case
from tests.person import Person, seated
from tests.small import SmallCase
from tui.dialogs.figures import FrequencyWindow, TrendWindow
from tui.draw.histogram import Measure
from tui.session.columns import ColumnId

SYRIA = DATA / "ucdp" / "ged_syria_2016_2019.csv"
MONTH = "2016-11"
"""The month of which the rows are imported: the whole file takes ten seconds."""


@pytest.fixture(scope="module")
def syria(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The rows of UCDP GED that may be of November 2016, in a database."""
    if not SYRIA.exists():
        pytest.skip(f"{SYRIA.name} is not here")
    folder = tmp_path_factory.mktemp("syria")
    with SYRIA.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file)
        kept = [row for row in rows if row["date_start"][:7] <= MONTH <= row["date_end"][:7]]
        columns = rows.fieldnames or []
    path = folder / "rows.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns)
        writer.writeheader()
        writer.writerows(kept)
    case = new_case(folder / "syria.db")
    imported(case, path)
    return case


class Counting:
    """A user whose keys are counted."""

    def __init__(self, me: Person) -> None:
        self.me = me
        self.keys = 0

    async def press(self, *keys: str) -> None:
        self.keys += len(keys)
        await self.me.press(*keys)

    async def typed(self, text: str) -> None:
        """Type a command with `:` before it and Enter after it."""
        self.keys += len(text) + 2
        await self.me.command(text)


async def test_the_dead_of_aleppo_in_a_month_the_most_first(syria: Path) -> None:
    async with seated(size=(120, 40), case=syria) as me:
        user = Counting(me)
        await user.typed("aleppo g")
        await user.typed("2016-11")
        await user.typed(">20")
        await user.press("s", "k", "enter")
        assert user.keys <= 30
        assert me.filters == ["place=Aleppo Governorate", "date=Nov 2016", "killed>20"]
        rows = [me.explore.timeline.row(at) for at in range(me.explore.timeline.count)]
        best = [row.killed_best for row in rows if row]
        assert best == [459, 134, 105, 38, 32, 32, 28, 26, 25, 25, 24, 23]
        assert "killed 951" in str(me.explore.timeline.border_subtitle)
        await user.press("S")
        assert me.explore.timeline.row(0) == rows[-1]
        await me.press("F", "l")
        assert isinstance(me.app.screen, FrequencyWindow)
        places = me.app.screen.list.found
        assert places is not None
        assert [(row.label, row.events) for row in places.rows][:3] == [
            ("Syria", 12),
            ("Aleppo Governorate", 12),
            ("Aleppo", 11),
        ]
        await me.press("j", "j", "enter")
        assert me.filters[-1] == "place=Aleppo"


async def test_an_actor_at_a_place_on_two_days() -> None:
    async with seated(size=(120, 40)) as me:
        user = Counting(me)
        await user.typed("hts")
        await user.typed("aleppo")
        await user.typed("2024-11-29..30")
        assert user.keys <= 35
        assert me.filters == [
            "actor=Hayat Tahrir al-Sham",
            "place=Aleppo",
            "date=29 Nov to 30 Nov 2024",
        ]
        assert me.titles


async def test_the_trend_of_a_month_leads_to_its_days(syria: Path) -> None:
    async with seated(size=(120, 40), case=syria) as me:
        await me.command("2016-11")
        await me.press("P")
        window = me.app.screen
        assert isinstance(window, TrendWindow)
        assert "Trend · events a day" in me.screen
        await me.press("t", "tab", "j", "g", "space", "l", "l")
        assert "killed a day, by actors" in me.screen
        assert "1 Nov to 3 Nov 2016" in me.screen
        await me.press("enter")
        assert me.filters[0] == "date=1 Nov to 3 Nov 2016"
        assert me.filters[1].startswith("actor=")


async def test_dates_are_chosen_in_the_histogram_with_keys_and_with_the_mouse() -> None:
    async with seated(size=(120, 40)) as me:
        timeline = me.explore.timeline
        await me.press("H")
        assert timeline.measure is Measure.KILLED
        await me.press("H", "b", "l", "b", "l", "l", "enter")
        assert me.filters == ["date=28 Nov to 30 Nov 2024"]
        await me.press("b", "escape")
        assert timeline.brush is None
        assert len(me.filters) == 1
        await me.press("backspace")
        left, top = timeline.content_region.x, timeline.content_region.y
        await me.drag((left + 3, top), (left + 12, top + 1))
        assert me.filters == ["date=27 Nov to 28 Nov 2024"]


async def test_columns_are_chosen_resized_kept_and_sorted_by(tmp_path: Path) -> None:
    async with seated(size=(120, 40)) as me:
        await me.command("columns type")
        await me.press("h", "h", "shift+right")
        assert " type " not in me.screen
        width = dict(me.explore.timeline.placed(100))[ColumnId.PLACE]
    async with seated(size=(120, 40)) as me:
        shown = [one.id for one in me.explore.timeline.placed(me.explore.timeline.room)]
        assert "type" not in shown
        assert dict(me.explore.timeline.placed(100))[ColumnId.PLACE] == width
        await me.command("columns by-width")
        assert "type" in [one.id for one in me.explore.timeline.placed(116)]
        await me.press("h", "h", "h", "s", "enter")
        assert me.location.sort == "date"
        head = len(me.explore.timeline.draw_head(116, me.explore.timeline.theme_styles)) - 1
        await me.click(me.explore.timeline, (16, head + 1))
        assert me.location.sort == "place"
        await me.click(me.explore.timeline, (20, head + 1))
        assert me.location.turned


async def test_a_filter_by_date_counts_what_it_hides_and_what_no_bar_has(tmp_path: Path) -> None:
    case = SmallCase()
    article = case.article("a", "Raid Year War", publisher=case.source("Paper"))
    for title, date in (("Raid", "2024-12-01"), ("Year", "2024")):
        event = case.event(title, type=EventType.CLASH)
        case.dated(event, article, title, date)
        case.claim(event, article, title, value=Count(min=9, max=9), kind=Kind.FATALITIES)
    path = case.write(tmp_path / "dated.json")
    async with seated(size=(120, 40), case=path) as me:
        await me.command("2024-12")
        assert "killed 18, median 9 · 1 longer than a month" in me.screen
        assert "hidden" not in me.screen
    async with seated(size=(40, 24), case=path) as me:
        await me.command("2024-12")
        assert "longer" not in me.screen
    case.claim(case.event("War"), article, "War")
    async with seated(size=(120, 40), case=case.write(tmp_path / "undated.json")) as me:
        await me.command("2024-12")
        assert "1 event without a date is hidden." in me.screen
