"""Screens of the explore view in each of its states, at three sizes."""

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from seeds.bundled import BUNDLED
from store.archive import Archive
from store.model.vocabulary import EventType, Stance
from tests.conftest import Snap
from tests.journeys import coded
from tests.person import Person, seated
from tests.small import SmallCase
from tui.app import ConflictApp

SIZES = [(80, 24), (120, 40), (200, 60)]

every_size = pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")


@every_size
async def test_reading(size: tuple[int, int], snap: Snap) -> None:
    async with seated(size) as me:
        event = next(event for event in coded.event_ids() if len(coded.behind(event)) > 2)
        me.explore.timeline.move_to(me.row_of(event))
        await me.settle()
        await me.press("enter")
        assert me.pane == "article"
        snap(me.app, "article")
        await me.press("z")
        snap(me.app, "article-zoomed")
        await me.press("z", "3", "j")
        assert me.pane == "sources"
        snap(me.app, "sources")
        await me.press("2", ".")
        assert me.explore.actors.wide
        snap(me.app, "actors-all")


@every_size
async def test_filtering(size: tuple[int, int], snap: Snap) -> None:
    async with seated(size) as me:
        await me.command("actor HTS")
        await me.command("date 2024-12")
        assert len(me.filters) == 2
        snap(me.app, "chips")
        await me.command("words xyzzy")
        assert me.titles == []
        snap(me.app, "no-match")


@every_size
async def test_finding(size: tuple[int, int], snap: Snap) -> None:
    async with seated(size) as me:
        await me.press("/")
        await me.type("hama")
        assert me.explore.dispatcher.finder.found is not None
        snap(me.app, "timeline")
        await me.press("escape", "4", "/")
        await me.type("aleppo")
        snap(me.app, "article")


@every_size
async def test_windows(size: tuple[int, int], snap: Snap) -> None:
    async with seated(size) as me:
        await me.press(":")
        snap(me.app, "palette")
        await me.type("HTS")
        snap(me.app, "palette-typed")
        await me.press("escape", "?")
        snap(me.app, "help")
        await me.press("escape")
        await to_a_choice_of_events(me)
        snap(me.app, "choice-of-events")


async def to_a_choice_of_events(me: Person) -> None:
    event = next(
        event
        for event in coded.event_ids()
        if len(coded.supported_by(coded.behind(event)[0].passage)) > 2
    )
    me.explore.timeline.move_to(me.row_of(event))
    await me.settle()
    await me.press("enter", "enter")
    assert len(me.window.list.picks) > 2


@pytest.fixture
def disputed(tmp_path: Path) -> Path:
    """A case with a headline without a text, a denial, a doubt, and a copy."""
    case = SmallCase()
    paper, radio = case.source("The Daily Paper"), case.source("Radio Two")
    ministry, agency = case.source("Ministry of Defence"), case.source("State agency")
    rebels, army = case.actor("The rebels"), case.actor("The army")
    town = case.place("Northtown")
    text = (
        "The rebels took Northtown on Thursday, a resident said.\n\n"
        "The Ministry of Defence denies that its troops left the town."
    )
    first = case.article(
        "first", text, title="Northtown falls", publisher=paper, published="2024-12-05T10:00Z"
    )
    copy = case.article(
        "copy", text, title="Northtown falls", publisher=radio, published="2024-12-06"
    )
    headline = case.article(
        "Army says it regrouped outside Northtown",
        None,
        publisher=paper,
        published="2024-12-07T08:15+02:00",
    )
    falls = case.event("Rebels take Northtown", type=EventType.CAPTURE)
    leaves = case.event("The army leaves Northtown", type=EventType.WITHDRAWAL)
    for article in (first, copy):
        case.claim(falls, article, "The rebels took Northtown on Thursday")
        case.dated(falls, article, "on Thursday", "2024-12-05")
        case.placed(falls, article, "Northtown", town)
        case.acted(falls, article, "The rebels", rebels)
    denied = "The Ministry of Defence denies that its troops left the town"
    case.claim(leaves, first, denied, stance=Stance.DENIES, chain=(agency, ministry))
    case.claim(leaves, headline, "Army says it regrouped", stance=Stance.DOUBTS)
    case.dated(leaves, headline, "Army says it regrouped", "2024-12~")
    case.acted(leaves, headline, "Army", army)
    return case.write(tmp_path / "case.json")


@every_size
async def test_headline_and_denial(size: tuple[int, int], disputed: Path, snap: Snap) -> None:
    async with seated(size, disputed) as me:
        me.explore.timeline.move_to(me.row_of("evt_The army leaves Northtown"))
        await me.settle()
        snap(me.app, "denial")
        await me.press("enter", "]")
        assert me.article_id == "art_Army says it regrouped outside Northtown"
        snap(me.app, "headline-only")


@pytest.fixture
def slow_disk(monkeypatch: pytest.MonkeyPatch) -> Iterator[threading.Event]:
    """An event before which the case is not read."""
    found = threading.Event()
    at_once = Archive.open

    def open_late(path: Path, **asked: Any) -> Archive:
        found.wait(30)
        return at_once(path, **asked)

    monkeypatch.setattr(Archive, "open", open_late)
    yield found
    found.set()


@every_size
async def test_loading(size: tuple[int, int], slow_disk: threading.Event, snap: Snap) -> None:
    app = ConflictApp(BUNDLED, bundled=True)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        snap(app, "reading-the-case")
        await pilot.press("j", "enter", "]", ":", "/", "T", "T", "?", "escape")
        assert app.screen is app.explore, "what needs the case waits for it"
        slow_disk.set()
        await Person(pilot).settle()
        assert app.explore.timeline.count == len(coded.event_ids())


async def test_the_light_theme(snap: Snap) -> None:
    async with seated((120, 40)) as me:
        await me.press("T", "enter")
        snap(me.app, "light")


async def test_without_colours(monkeypatch: pytest.MonkeyPatch, snap: Snap) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    async with seated((120, 40)) as me:
        await me.press("enter")
        snap(me.app, "no-color")
