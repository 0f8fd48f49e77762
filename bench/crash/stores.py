"""The three stores of the trials: an archive, and TinyDB with its own storages.

Each holds the same invented case, in which four events are given the same new
number in one change, repeatedly. The numbers show which change was saved last,
and if one was saved only in part.
"""

import io
import json
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple, Protocol

import msgspec
from tinydb import TinyDB
from tinydb.middlewares import CachingMiddleware
from tinydb.storages import JSONStorage
from tinydb.table import Document

from bench.crash.disk import RawFile
from seeds.synthetic import synthetic_case
from store.archive import Archive
from store.custody.new_case import write_case
from store.errors import ConflictError
from store.model.change import Change, Edit
from store.queries.records import record_of

EVENTS = 10
"""The number of events of the case, which has some 45 kB."""

REFUSED = (ConflictError, OSError, ValueError, KeyError)
"""The errors of a refusal; TinyDB raises various ones."""

_FILLED = 101


class Found(NamedTuple):
    """The contents of an opened case: the number of each event, and messages about its files.

    The number is -1 where an event has a value that was never written.
    """

    numbers: tuple[int, ...]
    messages: tuple[str, ...]


class Writing(Protocol):
    """A case that is open for writing."""

    def give(self, number: int, events: Sequence[str]) -> None:
        """Set the number of these events in one change, acknowledged when this returns."""

    def ask(self, event: str) -> object:
        """Look an event up."""

    def save_snapshot(self) -> None:
        """Write a snapshot."""

    def close(self) -> None:
        """Write a snapshot, and close the files."""


class Store(NamedTuple):
    """A store: functions that make a case, open it for writing, and read it."""

    name: str
    makes: Callable[[Path, int], None]
    write: Callable[[Path], Writing]
    read: Callable[[Path], Found]
    """Raises one of `REFUSED` where the case is unreadable."""

    def make(self, path: Path, events: int = EVENTS) -> None:
        """Make a case of `events` events without numbers."""
        self.makes(path, events)

    @property
    def is_archive(self) -> bool:
        """True for the archive, which must not lose anything."""
        return self.name == "archive"


@cache
def numbered_events() -> tuple[str, ...]:
    """The ids of the four events with numbers."""
    return tuple(one.id for table, one in synthetic_case(EVENTS) if table == "events")[:4]


def note(number: int) -> str:
    """The note of an event with a number, of varying length."""
    return f"{number} " + "x" * (number * 37 % _FILLED)


def number_of(said: str) -> int:
    """The number in a note, 0 for none yet, -1 for any other text."""
    first = said.partition(" ")[0]
    if not said:
        return 0
    return int(first) if first.isdecimal() and said == note(int(first)) else -1


class _Archived:
    """An archive opened for writing."""

    def __init__(self, path: Path) -> None:
        self._archive = Archive.open(path, author="writer", writing=True)

    def give(self, number: int, events: Sequence[str]) -> None:
        edits = []
        for id in events:
            before = self._archive.ask(record_of, id)
            assert before is not None
            edits.append(
                Edit("events", id, before, msgspec.structs.replace(before, note=note(number)))
            )
        self._archive.change(Change("", "", f"count to {number}", edits))

    def ask(self, event: str) -> object:
        return self._archive.ask(record_of, event)

    def save_snapshot(self) -> None:
        self._archive.save_snapshot()

    def close(self) -> None:
        self._archive.close()


def _make_archive(path: Path, events: int) -> None:
    write_case(path, synthetic_case(events))


def _read_archive(path: Path) -> Found:
    archive = Archive.open(path)
    try:
        events = [archive.ask(record_of, id) for id in numbered_events()]
        return Found(tuple(number_of(getattr(one, "note", "?")) for one in events), archive.notices)
    finally:
        archive.close()


class Stock(JSONStorage):
    """TinyDB's own storage, with system calls that can be made to fail."""

    def __init__(self, path: str, **options: Any) -> None:
        super().__init__(path, **options)
        self._handle.close()
        mode = "r" if options.get("access_mode") == "r" else "r+"
        raw = RawFile(path, mode)
        buffered = io.BufferedReader(raw) if mode == "r" else io.BufferedRandom(raw)
        self._handle = io.TextIOWrapper(buffered, encoding="utf-8")


class _Stored:
    """A TinyDB case opened for writing."""

    def __init__(self, path: Path, storage: Any) -> None:
        self._database = TinyDB(path, storage=storage)
        rows = self._database.table("events")
        self._ids = {row["id"]: row.doc_id for row in rows}

    def give(self, number: int, events: Sequence[str]) -> None:
        ids = [self._ids[id] for id in events]
        self._database.table("events").update({"note": note(number)}, doc_ids=ids)

    def ask(self, event: str) -> object:
        return self._database.table("events").get(doc_id=self._ids[event])

    def save_snapshot(self) -> None:
        if isinstance(self._database.storage, CachingMiddleware):
            self._database.storage.flush()  # type: ignore[no-untyped-call]

    def close(self) -> None:
        self._database.close()


def _caching() -> Any:
    return CachingMiddleware(Stock)  # type: ignore[no-untyped-call]


def _make_stored(path: Path, events: int) -> None:
    tables: dict[str, dict[str, Any]] = {}
    for table, one in synthetic_case(events):
        held = tables.setdefault(table, {})
        held[str(len(held) + 1)] = msgspec.to_builtins(one)
    path.write_text(json.dumps(tables), "utf-8")


def _read_stored(path: Path) -> Found:
    with TinyDB(path, access_mode="r") as database:
        rows: dict[str, Document] = {row["id"]: row for row in database.table("events")}
        return Found(tuple(number_of(rows[id].get("note", "")) for id in numbered_events()), ())


STORES = (
    Store("archive", _make_archive, _Archived, _read_archive),
    Store(
        "JSONStorage",
        _make_stored,
        lambda path: _Stored(path, Stock),
        _read_stored,
    ),
    Store(
        "CachingMiddleware",
        _make_stored,
        lambda path: _Stored(path, _caching()),
        _read_stored,
    ),
)
BY_NAME = {store.name: store for store in STORES}
