"""A data set is imported from the screen while a person goes on reading."""

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

import store.database.import_work as engine
from store.errors import RefusedChange
from store.importing import import_files
from tests import ged
from tests.imports import new_case, run, written
from tests.person import Person, seated
from tests.small import SmallCase
from tui.handlers.import_files import ImportTask
from tui.session.settings import remember_author

ROWS = 7


def rows_file(folder: Path) -> Path:
    """A made-up file: seven rows, of which one is flagged and one cannot be taken."""
    rows = [ged.row(id=str(n), date_start="2016-03-01", year="2016") for n in range(1, ROWS)]
    rows[1]["low"] = "9"
    return written(folder, ged.text([*rows, ged.row(id="99", latitude="north")]), "valley.csv")


@pytest.fixture(autouse=True)
def _signed() -> None:
    remember_author("Ada")


@pytest.fixture
def case(tmp_path: Path) -> Path:
    small = SmallCase()
    text = "The army took the hill. It left on Friday."
    article = small.article("a", text, title="The hill", publisher=small.source("Daily"))
    for title, words in (("Hill taken", "The army took the hill"), ("Hill left", "It left")):
        small.claim(small.event(title), article, words)
    return small.write(tmp_path / "case.json")


class Gate:
    """Holds an import before its next batch until it is opened."""

    def __init__(self) -> None:
        self.reached = threading.Event()
        self.opened = threading.Event()


@pytest.fixture
def gate(monkeypatch: pytest.MonkeyPatch) -> Iterator[Gate]:
    found = Gate()
    tell = ImportTask._tell

    def held(self: ImportTask, progress: import_files.Progress) -> None:
        tell(self, progress)
        if progress.step is import_files.ImportStep.READING:
            found.reached.set()
            found.opened.wait(30)

    monkeypatch.setattr(ImportTask, "_tell", held)
    yield found
    found.opened.set()


async def until(me: Person, so: Callable[[], bool]) -> None:
    """Wait until something is so, while an import goes on: nothing is still then."""
    for _ in range(2000):
        if so():
            return
        await me.pilot.pause(0.02)
    raise AssertionError("it never was so")


async def type_import(me: Person, file: Path) -> None:
    """Type the command; the import then goes on by itself."""
    for key in (":", *f"import {file}", "enter"):
        me.send("space" if key == " " else key)


async def test_rows_are_imported_told_of_and_taken_back_in_one_act(
    case: Path, tmp_path: Path
) -> None:
    async with seated((120, 40), case) as me:
        await me.command(f"import {rows_file(tmp_path)}")
        told = {(pick.group, pick.title): pick for pick in me.window.list.picks}
        assert told["accepted", "6 rows"].aside == "6 added, 0 changed, 0 unchanged"
        odd = "the low estimate of the dead is above the best one"
        assert told["flagged", odd].aside == "1"
        (rejected,) = [pick for (group, _), pick in told.items() if group == "rejected rows"]
        assert "latitude" in rejected.title
        assert rejected.aside == "row 7, line 8"
        await me.press("enter")
        assert me.explore.timeline.count == 2 + 6
        assert me.said == "6 rows were imported."
        await me.command("flag any")
        assert len(me.titles) == 1
        await me.press("u")
        assert me.said.startswith("Undone: ")
        await me.command("all")
        assert me.explore.timeline.count == 2
        await me.press("ctrl+r")
        assert me.explore.timeline.count == 2 + 6


async def test_a_file_that_brings_nothing_new_is_said_to(case: Path, tmp_path: Path) -> None:
    rows = rows_file(tmp_path)
    other = written(tmp_path, ged.text([ged.row(id="20"), ged.row(id="20")]), "other.csv")
    header = written(tmp_path, ged.text([]), "header.csv")
    bad = written(tmp_path, ged.text([ged.row(latitude="north")]), "bad.csv")
    async with seated((120, 40), case) as me:
        for file, said in (
            (rows, "6 rows were imported."),
            (rows, "Nothing was imported: the case already has its 6 rows."),
            (other, "1 row was imported."),
            (header, "The file has no rows: nothing was imported."),
            (bad, "No row was accepted: 1 row rejected."),
        ):
            await me.command(f"import {file}")
            titles = [pick.title for pick in me.window.list.picks]
            await me.press("escape")
            assert me.said == said
            if file == other:
                assert "6 rows of this data set in the case but not in this file" in titles
                assert "id: occurs twice" in titles, "counted by kind"


async def test_two_villages_of_one_name_are_told_apart_before_one_is_chosen(
    case: Path, tmp_path: Path
) -> None:
    villages = [
        ged.row(id="1", where_coordinates="Berton village"),
        ged.row(id="2", where_coordinates="Berton village", where_prec="2"),
        ged.row(id="3", where_coordinates="Berton village", latitude="33.0", adm_1="Lower"),
    ]
    async with seated((120, 40), case) as me:
        await me.command(f"import {written(tmp_path, ged.text(villages), 'b.csv')}")
        await me.press("escape", ":")
        await me.type("place Berton")
        assert sorted((pick.title, pick.aside) for pick in me.window.list.picks) == [
            ("Berton", "village in Lower, 1 event, at 33.00 36.70"),
            ("Berton", "village in Upper province, 2 events, at 34.80 36.70"),
        ]
        assert ": plc_" in me.window.list.picks[0].about


async def test_one_goes_on_reading_while_the_import_has_its_bar(
    case: Path, tmp_path: Path, gate: Gate
) -> None:
    async with seated((120, 40), case) as me:
        await type_import(me, rows_file(tmp_path))
        await until(me, gate.reached.is_set)
        before = me.event_id
        me.send("j")
        await until(me, lambda: me.event_id != before)
        assert me.explore.article.view is not None
        await until(me, lambda: "import ███" in me.screen)
        me.send("u")
        await until(me, lambda: "until the import of valley.csv is finished" in me.said)
        me.send("*")
        await until(me, lambda: "waits until the import of valley.csv is finished" in me.said)
        gate.opened.set()
        await me.settle()
        assert me.explore.timeline.count == 2 + 6
        assert "import █" not in me.screen
        await me.press("escape", "L")
        whys = [pick.title for pick in me.window.list.picks]
        assert "star" in whys[0], "what waited was done after it"
        assert "import" in whys[1]


@pytest.mark.parametrize("way", ["escape", "typed"])
async def test_a_stopped_import_leaves_nothing(
    case: Path, tmp_path: Path, gate: Gate, way: str
) -> None:
    async with seated((120, 40), case) as me:
        await type_import(me, rows_file(tmp_path))
        await until(me, gate.reached.is_set)
        if way == "typed":
            await type_import(me, Path("stop"))
        else:
            me.send("escape")
            await until(me, lambda: "Esc again stops it" in me.said)
            me.send("j")
            me.send("escape")
            await until(me, lambda: "Esc again stops it" in me.said)
            me.send("escape")
        await until(me, lambda: "nothing of valley.csv will be in the case" in me.said)
        gate.opened.set()
        await me.settle()
        assert me.explore.timeline.count == 2
        first = me.window.list.picks[0]
        assert first.title == "Nothing of valley.csv is in the case.", "said before all else"
        await me.press("escape")
        assert me.said == "The import was stopped."
    assert not case.with_name("case.json.log").exists()


async def test_quitting_is_asked_twice_and_says_what_is_not_in_the_case(
    case: Path, tmp_path: Path, gate: Gate
) -> None:
    async with seated((120, 40), case) as me:
        await type_import(me, rows_file(tmp_path))
        await until(me, gate.reached.is_set)
        me.send("q")
        await until(me, lambda: "q again stops it and quits" in me.said)
        assert not me.ended
        me.send("q")
        await until(me, lambda: me.ended)
        gate.opened.set()
        app = me.app
    (left,) = app.unkept
    assert isinstance(left, RefusedChange)
    assert "valley.csv: the import was stopped, so nothing of it is in the case" in left.message


async def test_a_window_of_ones_own_is_not_covered_by_the_report(
    case: Path, tmp_path: Path, gate: Gate
) -> None:
    async with seated((120, 40), case) as me:
        await type_import(me, rows_file(tmp_path))
        await until(me, gate.reached.is_set)
        me.send("/")
        await until(me, lambda: me.explore.dispatcher.finder.prompting)
        gate.opened.set()
        await me.settle()
        await me.type("hill")
        await me.press("enter")
        assert me.explore.timeline.count == 2 + 6
        await me.command("import")
        assert any(pick.title == "6 rows" for pick in me.window.list.picks)


async def test_what_cannot_be_imported_is_said_in_a_line(case: Path, tmp_path: Path) -> None:
    async with seated((120, 40), case) as me:
        await me.command("import")
        assert me.said == "Name a file: :import FILE"
        await me.command("import stop")
        assert me.said == "Nothing is being imported."
        await me.command(f"import {tmp_path / 'none.csv'}")
        assert "No such file can be read" in me.screen, "and the window stays"
        await me.press("escape")
        other = written(tmp_path, "a,b\n1,2\n", "other.csv")
        await me.command(f"import {other}")
        assert "other.csv" in me.said
        assert me.explore.timeline.count == 2
        await me.command(f"import {rows_file(tmp_path)}")
        await me.press("escape")
        assert me.explore.timeline.count == 2 + 6, "and the next one is imported all the same"


async def test_into_a_database_too(tmp_path: Path) -> None:
    case = new_case(tmp_path / "war.db")
    async with seated((120, 40), case) as me:
        assert "Enter imports reports or a data set." in me.screen
        await me.command(f"import {rows_file(tmp_path)}")
        await me.press("escape")
        assert me.explore.timeline.count == 6
        assert "⚑" in me.screen
    assert "6" in run("datasets", "--case", case).stdout


@pytest.mark.parametrize("way", ["undo", "redo"])
async def test_an_import_that_is_taken_back_or_done_again_is_told_of_and_nothing_else_is_meanwhile(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, way: str
) -> None:
    reached, opened = threading.Event(), threading.Event()

    def held(turn: Callable[..., None]) -> Callable[..., None]:
        def wait(*args: object) -> None:
            reached.set()
            opened.wait(30)
            turn(*args)

        return wait

    database = new_case(tmp_path / "case.db")
    run("import", rows_file(tmp_path), "--into", database)
    async with seated((120, 40), database) as me:
        if way == "redo":
            await me.press("u")
        name = "undo_import" if way == "undo" else "redo_import"
        monkeypatch.setattr(engine, name, held(getattr(engine, name)))
        me.send("u" if way == "undo" else "ctrl+r")
        await until(me, reached.is_set)
        going = "Undoing" if way == "undo" else "Redoing"
        await until(me, lambda: me.said.startswith(f"{going}: import of valley.csv"))
        count = me.explore.timeline.count
        refused = f"Undo and redo wait until the {way} is finished."
        for key in ("u", "ctrl+r"):
            me.send(key)
            await until(me, lambda: me.said == refused)
            me.send("escape")
            await until(me, lambda: me.said != refused)
        if way == "undo":
            before = me.event_id
            me.send("j")
            await until(me, lambda: me.event_id != before)
        assert f"{going.lower()} …" in me.screen
        opened.set()
        await me.settle()
        assert f"{going.lower()} …" not in me.screen
        assert (me.explore.timeline.count, count) == ((0, 6) if way == "undo" else (6, 0))


async def test_the_names_of_files_are_completed_folder_by_folder(
    case: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "rows"
    folder.mkdir()
    rows_file(folder)
    for name in ("other.csv", ".hidden.csv", "va\x1b[2Jl.csv", "val\u202egpj.csv"):
        (folder / name).touch()
    (tmp_path / "stopped.csv").touch()
    monkeypatch.chdir(tmp_path)
    async with seated((120, 40), case) as me:

        def offered() -> list[str]:
            return [pick.title for pick in me.window.list.picks]

        await me.press(":")
        await me.type("import ro")
        assert offered() == ["rows/"]
        await me.press("enter")
        assert offered()[:-1] == ["rows/other.csv", "rows/valley.csv"]
        await me.type("VA")
        assert offered() == ["rows/valley.csv"]
        await me.press("enter")
        assert me.explore.timeline.count == 2 + 6
        await me.press("escape")
        await me.command("import stop")
        assert me.said == "Nothing is being imported."
        await me.command("import nowhere/x")
        assert me.window.why == "No such file can be read: nowhere/x"
        assert me.window.typed == "import nowhere/x", "to be corrected"


async def test_of_very_many_names_the_first_are_offered(
    case: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(80):
        (tmp_path / f"part-{number:02}.csv").touch()
    monkeypatch.chdir(tmp_path)
    async with seated((120, 40), case) as me:
        await me.press(":")
        await me.type("attach part")
        titles = [pick.title for pick in me.window.list.picks]
        assert titles == [f"part-{number:02}.csv" for number in range(50)]
