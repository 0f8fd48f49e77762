"""The screen of a hostile case, seen from inside: the second net catches nothing."""

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
from msgspec import inspect
from rich.segment import Segment
from textual.color import Color
from textual.events import Paste
from textual.screen import ModalScreen
from textual.style import Style
from textual.widgets import Input

from store.errors import ConflictError
from store.model.judgements import JUDGEMENTS
from store.model.records import RECORD_TYPES
from store.model.text import HOSTILE, one_line, without_hostile
from tests.examples import WHOLE, sample, share
from tests.hostile.attacks import ALL, ATTACKS, BIG, NEVER
from tests.hostile.corpus import hostile_case, hostile_records
from tests.person import Person, seated
from tests.sight import shown
from tui.commands.registry import COMMANDS, OVERLAY_COMMANDS, PANES, VIEWS
from tui.dialogs.editor import Editor
from tui.dialogs.picker import Picker
from tui.draw.styles import Cell, columns, ends, said, styled
from tui.session.settings import remember_author
from tui.widgets.output_filters import SafetyNet

QUIT = "quit"
LINES = frozenset("\n\t")
STORIES = len(ATTACKS) + len(BIG) * WHOLE

TYPED = [
    ALL,
    "h",
    *(ATTACKS[name] for name in ("NUL", "clipboard", "FTS", "SQL", "closing tag", "pile", "word")),
]
"""What is pasted where something can be typed."""

NEEDLES = ("[", "\\", "%s", "␛", "a")
"""Words to find that a pattern or a format could take for its own."""


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return hostile_case(tmp_path_factory.mktemp("case"), big=WHOLE)


@pytest.fixture(scope="module")
def big(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return hostile_case(tmp_path_factory.mktemp("big"))


# the corpus


def texts_in(kind: inspect.Type, way: str = "") -> Iterator[str]:
    """The paths of the fields that hold text; words from a closed list do not count."""
    match kind:
        case inspect.StrType():
            yield way
        case inspect.StructType(fields=fields):
            for field in fields:
                yield from texts_in(field.type, f"{way}.{field.name}")
        case inspect.UnionType(types=kinds):
            for one in kinds:
                yield from texts_in(one, way)
        case inspect.VarTupleType(item_type=item):
            yield from texts_in(item, way)


def texts_of(value: Any, way: str = "") -> Iterator[tuple[str, str]]:
    """Every text in a record, with its path."""
    match value:
        case str():
            yield way, value
        case dict():
            for name, held in value.items():
                yield from texts_of(held, f"{way}.{name}")
        case list() | tuple():
            for held in value:
                yield from texts_of(held, way)


def test_every_text_of_every_record_is_hostile() -> None:
    hostile: dict[str, set[str]] = {table: set() for table in RECORD_TYPES}
    for table, record in hostile_records():
        for way, text in texts_of(msgspec.to_builtins(record)):
            if NEVER & set(text):
                hostile[table].add(way)
    for table, kind in RECORD_TYPES.items():
        missing = set(texts_in(inspect.type_info(kind))) - hostile[table]
        assert missing == CHECKED.get(table, set()), table


CHECKED = {
    "articles": {".published.at", ".updated.at", ".text_sha256"},
    "events": {".row.sha256", ".merged_rows.sha256"},
    "grades": {".at", ".grade"},
    **{key: {".at"} for key in (*JUDGEMENTS, "filters") if key != "grades"},
}
"""The texts that are checked when a case is read, so that nothing hostile can stand there."""


# what is drawn


@pytest.mark.parametrize("pane", PANES)
async def test_every_command_in_every_pane(case: Path, pane: str) -> None:
    remember_author(ALL)
    async with seated((80, 24), case, painting=True) as person:
        theme = person.app.theme
        for command in share(COMMANDS, PANES.index(pane), of=4):
            keys = command.keys if pane == PANES[0] else command.keys[:1]
            for key in keys if command.id != QUIT else ():
                await person.press(f"{PANES.index(pane) + 1}", key)
                if isinstance(person.app.screen, Picker):
                    inner = [one for one in OVERLAY_COMMANDS if one.id != "list.choose"]
                    await person.press("a", *(key for one in inner for key in one.keys))
                if isinstance(person.app.focused, Input):
                    await person.press("a", "escape")
                if isinstance(person.app.screen, Editor):
                    await paste(person, ALL)
                    await person.press("escape", "i", "escape", "u")
                elif isinstance(person.app.screen, ModalScreen):
                    await person.press("escape")
                assert person.app.screen is person.explore
                assert not person.ended, f"{command.id} was run by something else"
            if command.id == "theme":
                await person.press(*keys)
        assert person.app.theme == theme


async def test_every_event_with_its_articles(case: Path) -> None:
    async with seated((80, 24), case, painting=True) as person:
        await person.press("g")
        rows, seen = sample(range(STORIES), of="articles"), set()
        for row in rows:
            person.explore.timeline.move_to(row)
            await person.settle()
            seen.add(person.event_id)
            await person.press(*["]"] * (row % 4 == 0), "j")
        assert len(seen) == len(rows)
        assert not person.ended


@pytest.mark.parametrize("pane", ["actors", "sources"])
async def test_names_as_rows_and_as_filters(case: Path, pane: str) -> None:
    async with seated((80, 24), case, painting=True) as person:
        await person.press(f"{PANES.index(pane) + 1}", ".")
        rows = person.explore.list_of(pane)
        assert rows is not None
        assert rows.count == STORIES
        for row in sample(range(0, STORIES, 3), of=pane):
            rows.move_to(row)
            await person.press("space")
            assert person.filters, f"row {row} is no filter"
            await person.press("-")


async def test_publishers_as_filters(case: Path) -> None:
    """A filter by a name that no search could find says so."""
    async with seated((80, 24), case, painting=True) as person:
        await person.press("g", "3")
        for row in sample(range(0, STORIES, 3), of="publishers"):
            person.explore.timeline.move_to(row)
            await person.press("space")
            assert person.filters or person.said
            await person.press(*["-"] * bool(person.filters))


async def test_big_texts_read_to_their_end(big: Path) -> None:
    async with seated((80, 24), big, painting=True) as person:
        for title in sample(list(BIG.values()), of="read"):
            row = person.titles.index(title)
            person.explore.timeline.move_to(row)
            await person.press("4", "pagedown", "down", "G", "up", "g", "]", "G", "]")
            assert person.explore.event is not None
            assert person.explore.event.row.title == title


@pytest.mark.parametrize("text", BIG.values(), ids=BIG)
def test_a_row_costs_no_more_for_a_big_text(text: str) -> None:
    """Text beyond the line is not measured: a screen has 60 lines, and a key 150 ms."""
    style = Style()
    begun = time.process_time()
    for _ in range(60):
        columns(Cell(text, style, 40), Cell(text, style, 40, right=True))
        ends(said(text), styled(text, style), 80)
    assert time.process_time() - begun < 0.5


async def test_brackets_are_shown_as_they_are(case: Path) -> None:
    """Markup would delete them, and with them evidence."""
    wanted = [
        one_line(attack).strip()
        for attack in ATTACKS.values()
        if set(attack) & set("[]") and 3 < len(attack) < 60
    ]
    assert len(wanted) > 15
    async with seated((200, 60), case, painting=True) as person:
        await person.press("z", "g")
        shown = ""
        for _ in range(6):
            shown += person.screen
            await person.press("pagedown")
    assert not [words for words in wanted if words not in shown]


@pytest.mark.parametrize("view", VIEWS)
async def test_every_command_in_every_view(case: Path, view: str) -> None:
    async with seated((80, 24), case, painting=True) as person:
        for command in share(COMMANDS, VIEWS.index(view), of=4):
            for key in command.keys if command.id not in (QUIT, "theme") else ():
                if person.pane != view:
                    await person.press("1", *KEYS_OF_VIEW[view])
                assert person.pane == view
                await person.press(key)
                if isinstance(person.app.screen, Picker) or isinstance(person.app.focused, Input):
                    await person.press("a", "escape")
                assert not isinstance(person.app.screen, Picker)
                assert not person.ended, f"{command.id} was run by something else"


@pytest.mark.parametrize("size", [(80, 24), (200, 60)], ids=str)
async def test_every_event_side_by_side(case: Path, size: tuple[int, int]) -> None:
    async with seated(size, case, painting=True) as person:
        seen = set()
        rows = sample(range(0, STORIES, 2 if size[0] < 100 else 5), of=str(size))
        for row in rows:
            await person.press("1")
            person.explore.timeline.move_to(row)
            await person.press("c")
            seen.add(person.location.subject)
            grid = person.explore.comparing.grid
            for line in range(0, grid.count, 4 if WHOLE else 12):
                grid.move_to(line)
                await person.press("n", "l")
            await person.press("r", "x", ".", "w", "j", "G")
            if "\0" not in person.location.subject:  # JSON in SQLite ends there, and names no claim
                await person.press("enter")
                assert person.pane == "article"
                await person.press("backspace")
            assert person.pane == "who"
        assert len(seen) > len(rows) // 2


async def test_actors_and_places_side_by_side(case: Path) -> None:
    async with seated((120, 40), case, painting=True) as person:
        for row in sample(range(0, STORIES, 3), of="actors"):
            await person.press("2", *["."] * (not person.explore.actors.wide))
            person.explore.actors.move_to(row)
            await person.press("c", "w")
            assert person.location.subject.startswith("act_")
        for _ in range(12 if WHOLE else 6):
            await person.press("X")
            assert person.pane == "compare"


@pytest.mark.parametrize("view", VIEWS)
async def test_words_that_are_found_in_a_view(case: Path, view: str) -> None:
    async with seated((120, 40), case, painting=True) as person:
        for row in sample(range(0, STORIES, 9), of=view):
            await person.press("1")
            person.explore.timeline.move_to(row)
            await person.press(*KEYS_OF_VIEW[view])
            for needle in share(NEEDLES, row, of=2):
                await person.press("/")
                await paste(person, needle)
                await person.press("enter", "n", "N", "escape")


async def test_brackets_are_shown_as_they_are_side_by_side(case: Path) -> None:
    wanted = {
        row: one_line(attack).strip()
        for row, attack in enumerate(ATTACKS.values())
        if set(attack) & set("[]") and 3 < len(attack) < 40
    }
    assert len(wanted) > 10
    async with seated((200, 60), case, painting=True) as person:
        titles = [one_line(title).strip() for title in person.titles]
        for attack in sample(list(wanted.values()), of="brackets"):
            await person.press("1")
            person.explore.timeline.move_to(titles.index(attack))
            await person.press("c")
            boxes = person.explore.comparing.this, person.explore.comparing.other
            grid = person.explore.comparing.grid
            for part in (grid, *boxes):
                drawn = " ".join(shown(person.app, part.content_region).split())
                assert " ".join(attack.split())[:20] in drawn
            await person.press("w")
            drawn = " ".join(shown(person.app, boxes[0].content_region).split())
            assert " ".join(attack.split())[:20] in drawn


KEYS_OF_VIEW = dict(zip(VIEWS, (("c",), ("w",), ("2", "p")), strict=True))


async def test_the_choice_between_events(case: Path) -> None:
    async with seated((80, 24), case, painting=True) as person:
        for _ in range(8 if WHOLE else 4):
            await person.press("1", "j", "]", "4", "enter")
            if isinstance(person.app.screen, Picker):
                await person.press("down", "up", "enter")


# what is typed or pasted


async def paste(person: Person, text: str) -> None:
    assert person.app.focused is not None
    person.app.focused.post_message(Paste(text))
    await person.settle()


async def test_pasted_text(case: Path) -> None:
    async with seated((80, 24), case, painting=True) as person:
        for number, key in enumerate("/&:?"):
            for attack in share(TYPED, number, of=2):
                await person.press(key)
                assert isinstance(person.app.focused, Input)
                await paste(person, f"a{attack}")
                assert not HOSTILE & set(map(ord, person.app.focused.value))
                await person.press("escape")
                assert not isinstance(person.app.screen, Picker)


LEAVING = ("new", "open")
"""The commands that leave the case for the one that is named."""


@pytest.mark.parametrize("command", LEAVING)
async def test_another_case(
    case: Path, command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for attack in sample(TYPED, of=command):
        async with seated((80, 24), case, painting=True) as person:
            await person.press(":")
            await paste(person, f"{command} {one_line(attack)}")
            await person.press("enter")
            assert not person.app.return_code, attack
            while not person.ended and person.app.screen is not person.explore:
                await person.press("escape")


async def test_typed_forms(case: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each does what it says or says why not; nothing that is typed ends the program."""
    monkeypatch.chdir(tmp_path)  # some write what is typed as a file or folder
    async with seated((80, 24), case, painting=True) as person:
        typed = [one for one in COMMANDS if one.typed and one.id not in (QUIT, *LEAVING)]
        for command in share(typed, 0, of=2):
            for attack in sample(TYPED, of=command.id) if command.argument else [""]:
                await person.press(":")
                words = f"{command.typed} {attack}".replace("\n", " ").replace("\r", " ")
                await paste(person, words)
                await person.press("enter")
                assert not person.ended, words
                while person.app.screen is not person.explore:
                    await person.press("escape")
            person.explore.dispatcher.run("filter.clear")
            await person.settle()


async def test_words_that_are_found(case: Path) -> None:
    async with seated((80, 24), case, painting=True) as person:
        for number in range(1, len(PANES) + 1):
            for needle in share(NEEDLES[:4], number, of=2):
                await person.press(f"{number}", "/")
                await paste(person, needle)
                await person.press("enter", "n", "N", "escape")


async def test_messages(case: Path) -> None:
    async with seated((80, 24), case, painting=True) as person:
        for attack in ATTACKS.values():
            person.explore.say(attack)
            await person.settle()
        person.explore.fail(ConflictError(ALL, ALL))
        await person.settle()


# the second net


@pytest.mark.parametrize("attack", [ALL, *ATTACKS.values()], ids=["all", *ATTACKS])
def test_the_second_net_lets_nothing_through(attack: str) -> None:
    net = SafetyNet()
    (shown,) = net.apply([Segment(attack)], Color(0, 0, 0))
    assert shown.text == without_hostile(attack)
    assert not (NEVER | LINES) & set(shown.text)
    assert net.caught == bool((LINES | set(map(chr, HOSTILE))) & set(attack))


def test_the_second_net_leaves_alone_what_is_clean() -> None:
    net = SafetyNet()
    segments = [Segment("Hama حماة 哈馬 [sic] ▌●"), Segment("\x1b[2J", control=[])]
    assert net.apply(segments, Color(0, 0, 0)) == segments
    assert net.caught == 0
