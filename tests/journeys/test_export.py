"""An export on the screen: of what the filter leaves, in the background, and stopped by Esc."""

import asyncio
import json
import threading
from collections.abc import Sequence
from pathlib import Path

import pytest

from store.model.records import RowRef
from store.queries.export_events import EventExport, export_events
from store.reader import Reader
from tests.exports.case import exports_case
from tests.person import seated
from tests.small import SmallCase


async def test_what_the_filter_leaves_is_exported(tmp_path: Path) -> None:
    into = tmp_path / "map of Hama.geojson"
    async with seated(case=exports_case(tmp_path / "war.json")) as me:
        await me.command("type shelling")
        await me.command(f"export geojson {into}")
        assert me.said.startswith(f"{into} has 1 event")
        features = json.loads(into.read_text("utf-8"))["features"]
        assert [one["id"] for one in features] == ["evt_@market"]
        await me.command(f"export geojson {into}")
        assert "exists already" in me.said
        await me.command("export xls there")
        assert "the formats are csv, json" in me.screen


async def test_rows_left_out_are_told_with_the_command_that_writes_them(tmp_path: Path) -> None:
    small = SmallCase()
    shut = small.dataset("shut", free=False)
    small.event("Row", row=RowRef(dataset=shut, row="1", sha256="0" * 64))
    small.event("Open")
    async with seated(case=small.write(tmp_path / "war.json")) as me:
        await me.command(f"export csv {tmp_path / 'out.csv'}")
        assert "1 record is of shut; conflict-tui export --restricted writes them, too" in me.said


async def test_esc_stops_an_export_and_nothing_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def slow(reader: Reader, numbers: Sequence[int]) -> list[EventExport]:
        begun.set()
        assert go_on.wait(10)
        return export_events(reader, numbers)

    monkeypatch.setattr("store.exporting.export.export_events", slow)
    monkeypatch.setattr("store.exporting.export.PAGE", 1)
    into = tmp_path / "out.csv"
    async with seated(case=exports_case(tmp_path / "war.json")) as me:
        me.explore.dispatcher.run("export", f"csv {into}")
        while not begun.is_set():
            await asyncio.sleep(0.01)
        me.explore.dispatcher.run("export", f"csv {into}")
        me.explore.dispatcher.run("cancel")
        go_on.set()
        await me.settle()
        assert me.said == "The export was stopped; nothing was written."
        assert [one.name for one in tmp_path.iterdir() if "out" in one.name] == []
