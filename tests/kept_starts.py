"""Parts of a start of the program that come out the same each time, made once in each process.

To index a case and to parse the styles of every widget is half of a start, and to compare what is
said of the event that is shown first a third of the rest. The first start of a process does this;
the next ones with the same records take over the pages of its index, as from a kept index
(`store.document.kept_index`), the comparisons, as long as they change nothing, and the parsed
styles. The tests of directories in `ANEW`, which are about reading and indexing, do it each time,
as all do under `make whole`; else every index begins with the pages of an empty one.
"""

import hashlib
import sqlite3
from typing import Any

import msgspec
import pytest
from textual.css.model import RuleSet
from textual.css.stylesheet import Stylesheet

from store.database import apply as making
from store.database.apply import _is_unused, apply, new_index
from store.database.kept_while_unchanged import KeepingConnection
from store.database.sqlite import in_memory
from store.document import file_engine
from store.model.change import Change
from tests.examples import WHOLE

ANEW = ("articles", "bench", "seeds", "store")

MANY = 16
"""The most indexes that are kept; a few cases are opened very often."""

LARGE = 5_000
"""The number of records from which an index is not kept: there are few openings of such a case."""

_INDEXES: dict[bytes, tuple[bytes, dict[Any, object]]] = {}
"""The pages of an index by the records in it, and what was asked of it."""

_RULES: dict[tuple[tuple[str, str], ...], dict[Any, list[RuleSet]]] = {}


def _apply(connection: sqlite3.Connection, change: Change) -> None:
    """Apply a change, or take over the index that it led to from an empty one."""
    if not _is_unused(connection):
        apply(connection, change)
        return
    edits = tuple(change.edits)
    change = change._replace(edits=edits)
    if len(edits) >= LARGE:
        apply(connection, change)
        return
    records = [(one.table, one.before, one.after) for one in edits]
    key = hashlib.sha256(msgspec.json.encode(records)).digest()
    if key in _INDEXES:
        connection.deserialize(_INDEXES[key][0])
    else:
        apply(connection, change)
        while len(_INDEXES) >= MANY:
            del _INDEXES[next(iter(_INDEXES))]
        _INDEXES[key] = connection.serialize(), {}
    _share(connection, _INDEXES[key][1])


class _Answers(dict[Any, object]):
    """What a connection keeps, and all with the same records, until it changes its own."""

    def __init__(self, shared: dict[Any, object]) -> None:
        super().__init__(shared)
        self._shared = shared

    def __setitem__(self, question: Any, answer: object) -> None:
        super().__setitem__(question, answer)
        self._shared[question] = answer

    def clear(self) -> None:
        super().clear()
        self._shared = {}


def _share(connection: sqlite3.Connection, answers: dict[Any, object]) -> None:
    """Let a connection that has not changed its records begin with these answers."""
    assert isinstance(connection, KeepingConnection)
    (version,) = connection.execute("PRAGMA data_version").fetchone()
    connection._kept = _Answers(answers)
    connection._kept_at = connection.total_changes, version


def _keep_parsed_styles() -> None:
    """Give the style sheets with the same variables one cache of what they have parsed."""
    begin, change = Stylesheet.__init__, Stylesheet.set_variables

    def take_over(sheet: Stylesheet, variables: dict[str, str]) -> None:
        kept = _RULES.setdefault(tuple(sorted(variables.items())), {})
        sheet._parse_cache = kept  # type: ignore[assignment]

    def begun(sheet: Stylesheet, *, variables: dict[str, str] | None = None) -> None:
        begin(sheet, variables=variables)
        take_over(sheet, variables or {})

    def changed(sheet: Stylesheet, variables: dict[str, str]) -> None:
        sheet._parse_cache = {}  # type: ignore[assignment]
        change(sheet, variables)
        take_over(sheet, variables)

    Stylesheet.__init__ = begun  # type: ignore[assignment, method-assign]
    Stylesheet.set_variables = changed  # type: ignore[assignment, method-assign]


def _keep_empty_tables() -> None:
    """Begin every index in memory as a copy of an empty one, instead of making all its tables."""
    empty = new_index()
    pages = empty.serialize()
    empty.close()

    def copied() -> sqlite3.Connection:
        connection = in_memory()
        connection.deserialize(pages)
        return connection

    vars(making).update(in_memory=copied, TABLES="")


if not WHOLE:
    _keep_parsed_styles()
    _keep_empty_tables()


@pytest.fixture(autouse=True)
def _kept_index(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if not WHOLE and request.node.path.parent.name not in ANEW:
        monkeypatch.setattr(file_engine, "apply", _apply)
