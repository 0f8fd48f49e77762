"""Uses what docs/extending.md adds; run by `test_extending` in a copy of the program with it.

Named so that no other run collects it: the program as it is has none of this.
"""

import json
from pathlib import Path

import pytest

import store
from docs.made import keys_page
from seeds.bundled import BUNDLED
from store.archive import Archive
from tests.imports import imported, new_case, run
from tests.person import Person, seated
from tests.sight import shown
from tui.widgets.row_list import RowList

HERE = Path(__file__).parents[2]


def rows_of(*arguments: str | Path) -> list[dict[str, str]]:
    """The rows that a command lists."""
    found = run(*arguments, "--format", "json")
    assert found.exit_code == 0, found.stderr
    listed: list[dict[str, str]] = json.loads(found.stdout)
    return listed


def test_this_is_the_copy() -> None:
    assert Path(store.__file__).parents[1] == HERE
    assert not (HERE / ".git").exists()


async def test_the_command_is_there_by_its_key_and_in_the_palette() -> None:
    async with seated() as me:
        await me.press("Y")
        assert me.said == me.event_id
        await me.press("j", "Y")
        assert me.said == me.event_id
        await me.press("4", "Y")
        assert me.said == me.article_id
        await me.press(":")
        await me.type("id")
        assert me.window.list.picks[0].title == "Id"
        await me.press("enter")
        assert me.said == me.article_id
        await me.press("?")
        await me.type("the id of")
        assert me.app.screen is me.window
    assert "| `Y` | `:id` | Id |" in keys_page()


def test_the_filter_is_an_option() -> None:
    every = rows_of("events", "--bundled")
    left = rows_of("events", "--bundled", "--reports", "3")
    archive = Archive.open(BUNDLED)
    wanted = set(
        archive.ask(
            lambda connection: [
                id_
                for id_, number in connection.execute(
                    """SELECT id, (SELECT count(*) FROM evidence WHERE event = n) FROM events"""
                )
                if number >= 3
            ]
        )
    )
    archive.close()
    assert {row["id"] for row in left} == wanted
    assert 0 < len(left) < len(every)
    assert "--reports NUMBER" in run("places", "--help").stdout
    refused = run("events", "--bundled", "--reports", "many")
    assert (refused.exit_code, refused.stderr.count("\n")) == (64, 1)
    assert "'many' is no number of reports; for example 3" in refused.stderr


async def test_the_filter_is_typed() -> None:
    async with seated() as me:
        every = len(me.titles)
        await me.command("reports 3")
        assert me.filters == ["reports=3 or more"]
        assert 0 < len(me.titles) < every
        await me.command("reports 2")
        assert me.filters == ["reports=2 or more"], "one takes the place of the other"
        await me.press(":")
        await me.type("reports x")
        assert "no number of reports" in shown(me.app)
    assert "`:reports NUMBER`" in keys_page()


def places(me: Person) -> RowList:
    """The fifth pane."""
    rows = me.explore.list_of("places")
    assert rows is not None
    return rows


@pytest.mark.parametrize("size", [(80, 30), (120, 40), (180, 50)])
async def test_the_pane_shows_where_the_event_is(size: tuple[int, int]) -> None:
    async with seated(size) as me:
        await me.command("place Hama")
        await me.press("5")
        assert me.pane == "places"
        found = places(me).texts()
        assert any(one.startswith("Hama, ") for one in found)
        assert len(found) > 1
        assert "5 Places" in me.screen
        assert found[0] in me.screen
        await me.press("j")
        assert places(me).cursor == 1
        assert f"2/{len(found)}" in me.screen
        await me.press("enter")
        assert me.pane == "places"
        await me.press("tab")
        assert me.pane == "timeline"
        seen = {me.event_id: tuple(found)}
        for _ in range(6):
            await me.press("j")
            seen[me.event_id] = tuple(places(me).texts())
        assert len(set(seen.values())) > 1, "it follows the event"
        await me.press("5", "z")
        assert me.explore.query_one("#places").region
        assert not me.explore.query_one("#actors").region
        await me.press("/", "a", "enter")
        assert places(me).needle == "a"


def test_the_data_set_is_imported(tmp_path: Path) -> None:
    case = new_case(tmp_path / "case.json")
    (report,) = imported(case, HERE / "incidents.csv", code=0)
    assert (report["rows"], report["added"], report["rejected"]) == (3, 2, 1)
    (why,) = report["rejections"]
    assert (why[0], why[2]) == (3, "date"), why
    rows = rows_of("events", "--case", case)
    assert [row["title"] for row in rows] == ["Shells fell on the market", "The bridge was closed"]
    assert [row["place"] for row in rows] == ["Northfield", "Southbridge"]
    assert {row["dataset"] for row in rows} == {"Incidents"}
    (again,) = imported(case, HERE / "incidents.csv", code=0)
    assert (again["added"], len(rows_of("events", "--case", case))) == (0, 2)
    assert run("verify", case).exit_code == 0


def test_the_exporter_writes() -> None:
    found = run("places", "--bundled", "--format", "markdown")
    assert found.exit_code == 0, found.stderr
    heading, rule, *lines = found.stdout.splitlines()
    assert heading.startswith("| ID | KIND | EVENTS |")
    assert set(rule) == set("| -")
    assert len(lines) == len(rows_of("places", "--bundled"))
    assert any("| Hama |" in line for line in lines)
