"""Is a database what it was written as? It is read from one end to the other, a row at a time."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from store.custody.check_derived import DerivedCheck, words_indexed
from store.custody.check_log import LogCheck
from store.custody.check_records import RecordCheck
from store.custody.findings import Finding
from store.database import sqlite
from store.database.disk import real
from store.errors import DamagedCase, UnreadableCase, UnwritableCase

_MOST = 100
"""Findings of SQLite about its pages that are told."""


class CheckedCounts(NamedTuple):
    """How much there was to be looked at."""

    entries: int
    records: int
    passages: int
    texts: int


class DatabaseCheck:
    """The verifying of one database; `looked` is how much there was, after `findings`."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self.looked = CheckedCounts(0, 0, 0, 0)

    def findings(self) -> Iterator[Finding]:
        """Everything that is wrong: its pages, its log, each record, and all that follows.

        Nothing is written. Raises `UnreadableCase`, also where somebody is
        writing it all the time.
        """
        try:
            connection = sqlite.connect(real(self._path), writing=False)
        except DamagedCase as error:
            yield self._damage(error)
            return
        with closing(connection):
            try:
                with sqlite.errors_of(self._path):
                    connection.execute("BEGIN")
                    yield from self._all(connection)
            except DamagedCase as error:
                yield self._damage(error)
                return
        yield from self._words()

    def _all(self, connection: sqlite3.Connection) -> Iterator[Finding]:
        broken = False
        for (said,) in connection.execute(f"PRAGMA integrity_check({_MOST})"):
            if said != "ok":
                broken = True
                yield Finding(self._path, "pages", str(said))
        chain = LogCheck(self._path, connection)
        yield from chain.check()
        holding = RecordCheck(self._path, connection, chain)
        found = False
        for finding in holding.check():
            found = True
            yield finding
        self.looked = CheckedCounts(chain.entries, holding.records, holding.passages, holding.texts)
        if not (found or broken):
            # of records that are wrong it is not known what should follow
            yield from DerivedCheck(self._path, connection).check()

    def _words(self) -> Iterator[Finding]:
        try:
            connection = sqlite.connect_to_check(real(self._path))
        except (UnreadableCase, UnwritableCase):
            return  # it lies where nothing can be written, not even by SQLite for itself
        with closing(connection):
            try:
                with sqlite.errors_of(self._path):
                    yield from words_indexed(self._path, connection)
            except DamagedCase as error:
                yield self._damage(error)

    def _damage(self, error: DamagedCase) -> Finding:
        return Finding(self._path, "", error.message.removeprefix(f"{self._path}: "))
