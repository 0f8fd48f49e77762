"""Indexes in memory, each closed when the test that opened it ends."""

import sqlite3
from collections.abc import Iterator

import pytest

from store.database.apply import apply, new_index
from store.model.change import Change

_OPEN: list[sqlite3.Connection] = []


def index_with(change: Change) -> sqlite3.Connection:
    """A new index that holds the records of a change, until the end of the test."""
    connection = new_index()
    _OPEN.append(connection)
    apply(connection, change)
    return connection


@pytest.fixture(autouse=True)
def _close_indexes() -> Iterator[None]:
    yield
    while _OPEN:
        _OPEN.pop().close()
