"""A complete check of a database, row by row."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from store.custody.check_derived import DerivedCheck, check_full_text
from store.custody.check_log import LogCheck
from store.custody.check_records import RecordCheck
from store.custody.findings import Finding
from store.database import sqlite
from store.database.disk import resolve_link
from store.database.purge import unpurged_message
from store.database.read_records import INDEXED
from store.errors import DamagedCase, UnreadableCase, UnwritableCase

_MAX_PAGE_FINDINGS = 100
"""The number of SQLite's findings about pages that are reported."""


class CheckedCounts(NamedTuple):
    """The numbers of entries, records, passages and texts that were checked."""

    entries: int
    records: int
    passages: int
    texts: int


class CheckStep(StrEnum):
    """A step of the check of a database, in order."""

    PAGES = "pages"
    LOG = "log"
    RECORDS = "records"
    DERIVED = "events"
    FULL_TEXT = "full text"


class CheckProgress(NamedTuple):
    """The progress of a check: `done` records or events `of` all, both 0 in the other steps."""

    step: CheckStep
    done: int = 0
    of: int = 0


class DatabaseCheck:
    """A check of one database; `findings` fills in `counts`, and calls `told` meanwhile.

    All but the full text is checked in one read transaction, so that others may
    go on writing; full text is checked in a short transaction for each index.
    """

    def __init__(self, path: Path, told: Callable[[CheckProgress], None] = lambda _: None) -> None:
        self._path = path
        self._told = told
        self.counts = CheckedCounts(0, 0, 0, 0)

    def findings(self) -> Iterator[Finding]:
        """Find all errors: of its pages, its log, each record, and all derived rows.

        Nothing is written. Raises `UnreadableCase`, also where another program
        keeps writing it.
        """
        try:
            connection = sqlite.connect(resolve_link(self._path), writing=False)
        except DamagedCase as error:
            yield self._damage(error)
            return
        with closing(connection):
            try:
                with sqlite.translating_errors(self._path):
                    connection.execute("BEGIN")
                    yield from self._all(connection)
            except DamagedCase as error:
                yield self._damage(error)
                return
        yield from self._full_text()

    def _all(self, connection: sqlite3.Connection) -> Iterator[Finding]:
        broken = False
        self._told(CheckProgress(CheckStep.PAGES))
        for (message,) in connection.execute(f"PRAGMA integrity_check({_MAX_PAGE_FINDINGS})"):
            if message != "ok":
                broken = True
                yield Finding(self._path, "pages", str(message))
        if unpurged := unpurged_message(connection):
            yield Finding(self._path, "", unpurged)
        self._told(CheckProgress(CheckStep.LOG))
        log_check = LogCheck(self._path, connection)
        yield from log_check.check()
        records = self._counter(connection, CheckStep.RECORDS, ("cases", *INDEXED))
        record_check = RecordCheck(self._path, connection, log_check, records)
        found = False
        for finding in record_check.check():
            found = True
            yield finding
        self.counts = CheckedCounts(
            log_check.entries, record_check.records, record_check.passages, record_check.texts
        )
        if not (found or broken):
            # the derived rows of damaged records cannot be checked
            events = self._counter(connection, CheckStep.DERIVED, ("events",))
            yield from DerivedCheck(self._path, connection, events).check()

    def _counter(
        self, connection: sqlite3.Connection, step: CheckStep, tables: Iterable[str]
    ) -> Callable[[int], None]:
        """A function that tells how many of the records of these tables were checked."""
        counts = (connection.execute(f"SELECT count(*) FROM {table}") for table in tables)
        of = sum(count for counted in counts for (count,) in counted)
        return lambda done: self._told(CheckProgress(step, done, of))

    def _full_text(self) -> Iterator[Finding]:
        self._told(CheckProgress(CheckStep.FULL_TEXT))
        try:
            connection = sqlite.connect_to_check(resolve_link(self._path))
        except (UnreadableCase, UnwritableCase):
            return  # the folder is read-only, even for SQLite's own files
        with closing(connection):
            try:
                with sqlite.translating_errors(self._path):
                    yield from check_full_text(self._path, connection)
            except DamagedCase as error:
                yield self._damage(error)

    def _damage(self, error: DamagedCase) -> Finding:
        return Finding(self._path, "", error.message.removeprefix(f"{self._path}: "))
