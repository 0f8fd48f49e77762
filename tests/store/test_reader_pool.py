"""Queries read a case side by side, and cannot change it."""

import sqlite3
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from store.database.reader_pool import MAX_IDLE, ReaderPool
from store.errors import UnwritableCase
from store.queries import timeline
from store.reader import Reader
from tests.store.kept import NAMES, KeptCase, entitle

WAIT = 10
"""Seconds after which a thread is taken to be stuck."""


@pytest.fixture
def database(tmp_path: Path) -> KeptCase:
    """A case in a database."""
    return KeptCase(tmp_path, "case.db")


@pytest.mark.parametrize("name", NAMES)
def test_a_query_cannot_change_the_case(tmp_path: Path, name: str) -> None:
    archive = KeptCase(tmp_path, name).write()
    with pytest.raises((UnwritableCase, sqlite3.OperationalError), match="readonly database"):
        archive.ask(lambda reader: reader.execute("DELETE FROM events"))
    assert archive.ask(timeline.count) == 1
    entitle(archive, "still open for writing")
    archive.close()


def test_a_query_waits_for_no_other_query_and_for_no_change(database: KeptCase) -> None:
    archive = database.write()
    begun, over = threading.Event(), threading.Event()

    def slow(reader: Reader) -> int:
        before = timeline.count(reader)
        begun.set()
        assert over.wait(WAIT)
        assert timeline.count(reader) == before, "it sees one state of the case"
        return before

    with ThreadPoolExecutor() as pool:
        answer = pool.submit(archive.ask, slow)
        assert begun.wait(WAIT)
        assert archive.ask(timeline.count) == 1
        entitle(archive, "changed meanwhile")
        with archive._engine.query_lock:  # somebody changes the case at length
            assert pool.submit(archive.ask, timeline.count).result(WAIT) == 1
        over.set()
        assert answer.result(WAIT) == 1
    archive.close()


def test_a_pause_waits_for_the_readers_and_keeps_others_out(database: KeptCase) -> None:
    readers = ReaderPool(database.path)
    reading, read = threading.Event(), threading.Event()
    order: list[str] = []

    def read_long() -> None:
        with readers.reader() as connection:
            reading.set()
            assert read.wait(WAIT)
            timeline.count(connection)
            order.append("reader")

    def read_again() -> None:
        with readers.reader():
            order.append("later reader")

    with ThreadPoolExecutor() as pool:
        first = pool.submit(read_long)
        assert reading.wait(WAIT)
        threading.Timer(0.05, read.set).start()
        with readers.paused():
            later = pool.submit(read_again)
            order.append("pause")
        first.result(WAIT)
        later.result(WAIT)
    assert order == ["reader", "pause", "later reader"]
    readers.close()


def test_only_some_idle_connections_are_kept_open(database: KeptCase) -> None:
    readers = ReaderPool(database.path)
    ready = threading.Barrier(MAX_IDLE + 2)

    def read() -> None:
        with readers.reader():
            ready.wait(WAIT)

    with ThreadPoolExecutor(MAX_IDLE + 2) as pool:
        for one in [pool.submit(read) for _ in range(MAX_IDLE + 2)]:
            one.result(WAIT)
    assert len(readers._idle) == MAX_IDLE
    readers.close()
    assert not readers._idle
    assert Path(database.path).exists()
