"""Every question and every change of the case leaves the screen's thread free."""

import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from store.archive import Archive
from tests.examples import WHOLE, share
from tests.person import Person, seated
from tests.reports import reported
from tui.commands.registry import COMMANDS, LISTS, PANES, VIEWS, key_of
from tui.dialogs.picker import Picker
from tui.session.settings import remember_author

ASKING = (
    *("ask", "change", "undo", "redo", "import_batches", "build_facet_index"),
    *("history", "imports_of", "follow", "start_writing", "redact", "save_snapshot"),
    "take_back",
)
"""The methods of an archive that read or write its files, or wait for those that do."""

ARGUMENTS = {"NAME": "Rebels", "WORDS": "town", "TAG": "later", "DATE": "2024-11", "TYPE": "strike"}
"""What is typed for an argument; for others what the palette offers first."""

ENDS = ("quit", "interrupt", "new", "open")

ROWS = (*PANES, *VIEWS)


@pytest.fixture
def on_screen(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The calls that were made on the screen's thread, which is that of the test."""
    found: list[str] = []
    screen = threading.current_thread()

    def watched(name: str, method: Callable[..., Any]) -> Callable[..., Any]:
        def call(self: Archive, *args: Any, **kwargs: Any) -> Any:
            if threading.current_thread() is screen:
                asked = getattr(args[0], "__qualname__", "") if args else ""
                found.append(f"{name} {asked}".strip())
            return method(self, *args, **kwargs)

        return call

    for name in ASKING:
        monkeypatch.setattr(Archive, name, watched(name, getattr(Archive, name)))
    return found


@pytest.fixture
def case(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)  # a command may write the file that it is given
    remember_author("Ada")
    return reported(tmp_path / "case.json", 6)


async def back(me: Person, pane: str) -> None:
    """Close every window and prompt, show all events, and go to the pane."""
    for _ in range(8):
        if me.app.screen is me.explore and not me.explore.dispatcher.finder.prompting:
            break
        await me.press("escape")
    me.explore.dispatcher.run("filter.clear")
    await me.settle()
    if me.pane != pane:
        await me.press(key_of("pane.timeline"))  # a page of a source leads to no comparison
        await to(me, pane)
    assert me.pane == pane


async def to(me: Person, pane: str) -> None:
    """Go to a pane, or to a view; of the names of an event the first is chosen for its page."""
    shows = {"compare": "compare", "who": "who", "page": "entity.page"}
    await me.press(key_of(shows.get(pane, f"pane.{pane}")))
    if isinstance(me.app.screen, Picker):
        await me.press("enter")


async def answer(me: Person) -> None:
    """Type a word and Enter in every window that opens."""
    for _ in range(4):
        if not isinstance(me.app.screen, Picker):
            return
        if me.app.screen.query("Input"):
            await me.type("a")
        await me.press("enter")


@pytest.mark.parametrize("pane", ROWS)
async def test_no_command_reads_or_writes_the_case_on_the_screens_thread(
    case: Path, on_screen: list[str], pane: str
) -> None:
    async with seated(case=case) as me:
        if pane in VIEWS:
            await to(me, pane)
        for command in share(COMMANDS, ROWS.index(pane), of=len(ROWS)):
            if command.id in ENDS:
                continue
            for argument in ("", ARGUMENTS.get(command.argument, "a"))[
                : 1 + bool(command.argument)
            ]:
                await back(me, pane)
                me.explore.dispatcher.run(command.id, argument)
                await me.settle()
                await answer(me)
                assert on_screen == [], f"{command.id} {argument}"


async def test_no_mode_of_the_palette_asks_the_case_on_the_screens_thread(
    case: Path, on_screen: list[str]
) -> None:
    async with seated(case=case) as me:
        with_argument = [one for one in COMMANDS if one.argument and one.id not in ENDS]
        kinds = {one.argument: one for one in with_argument}
        for command in with_argument if WHOLE else kinds.values():
            await back(me, "timeline")
            await me.press(":")
            await me.type(f"{command.typed} a")
            assert isinstance(me.app.screen, Picker)
            await me.press("backspace", "down", "enter")
            await answer(me)
            assert on_screen == [], command.id


async def test_a_call_on_the_screens_thread_is_seen(case: Path, on_screen: list[str]) -> None:
    async with seated(case=case) as me:
        me.session.title(me.explore.event.row.id if me.explore.event else "")
        assert on_screen == ["ask title"]
        assert me.pane == LISTS[0]
