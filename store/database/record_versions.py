"""The versions of records that the log has, and those that are stored with imports beside it."""

import sqlite3
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

import msgspec

from store.database.import_parts import ALTERED, unpack_edits, unpack_records
from store.model.log_line import LineEdit, is_null, is_redacted, record_of_side
from store.model.records import AnyRecord


class Version(NamedTuple):
    """A version of a record with its table and id; no `record` where it cannot be read."""

    table: str
    id: str
    record: AnyRecord | None


def versions_of(edits: Iterable[LineEdit]) -> Iterator[Version]:
    """The versions before and after edits, without those of which only the hash is known."""
    for edit in edits:
        for side in (edit.before, edit.after):
            if is_null(side) or is_redacted(side):
                continue
            try:
                yield Version(edit.table, edit.id, record_of_side(edit, side))
            except msgspec.ValidationError:
                yield Version(edit.table, edit.id, None)


def stored_versions(connection: sqlite3.Connection) -> Iterator[list[Version]]:
    """The versions stored with each import: its edits, and what an undone one had added.

    A part that cannot be read is one version without a record and an id.
    """
    found = connection.execute(
        "SELECT act, of, content FROM brought WHERE content IS NOT NULL ORDER BY act, part"
    )
    for _, parts in groupby(found, itemgetter(0)):
        yield [one for _, of, content in parts for one in _versions_in(of, content)]


def _versions_in(of: str, content: bytes) -> Iterable[Version]:
    """The versions in a part with edits, or with records of the table `of`."""
    try:
        if of == ALTERED:
            return list(versions_of(unpack_edits(content)))
        return [Version(of, one.id, one) for one in unpack_records(of, content)]
    except ValueError:
        return [Version(of, "", None)]
