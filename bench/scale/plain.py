"""A naive program for comparison: all rows of stock TinyDB in Textual's DataTable."""

import sys
import time
from collections.abc import Callable
from pathlib import Path

from textual.app import App, ComposeResult
from textual.widgets import DataTable
from tinydb import TinyDB, where

from bench.report import Row, Section


class PlainApp(App[None]):
    """A table of the events, programmed as in the tutorials of both libraries."""

    def compose(self) -> ComposeResult:
        """The table."""
        yield DataTable[str](cursor_type="row")

    def on_mount(self) -> None:
        """Read the file, and put every event into the table."""
        table = self.query_one(DataTable)
        table.add_columns("title", "type")
        for event in TinyDB(sys.argv[1], access_mode="r").table("events").all():
            table.add_row(event["title"], event["type"])


def plain_questions(path: Path, events: int) -> Section:
    """Measure a filter, a search and an event's articles in stock TinyDB."""
    case = TinyDB(path, access_mode="r")

    def filtered() -> object:
        return case.table("events").search(where("type") == "shelling")

    def found() -> object:
        return case.table("articles").search(
            where("text").test(lambda text: bool(text) and "harvest" in text)
        )

    def behind() -> object:
        return case.table("claims").search(where("subject") == "evt_aaaaaaaaaaaa")

    rows = [
        _once("events of a type", filtered),
        _once("articles that hold a word", found),
        _once("claims about an event", behind),
    ]
    case.close()
    return Section(f"Questions of stock TinyDB, {events:,} events", rows)


def _once(what: str, question: Callable[[], object]) -> Row:
    start = time.perf_counter()
    question()
    return Row(f"{what}, once", f"{(time.perf_counter() - start) * 1000:,.0f} ms")


if __name__ == "__main__":
    PlainApp().run()
