"""The conflicts that merges of two copies left in a case, and nobody has ruled on."""

import msgspec

from store.database.read_records import numbered
from store.model.judgements import Note
from store.model.merge_conflicts import MERGER, TAG
from store.queries.judgements import title
from store.reader import Reader


class MergeConflict(msgspec.Struct, frozen=True):
    """A conflict: the record that it is about, and both values in words; `note` is its note.

    `at` is the time of the later of the two acts, UTC.
    """

    id: str
    title: str
    at: str
    conflict: str
    note: str


def merge_conflicts(connection: Reader) -> list[MergeConflict]:
    """The conflicts on records that still have the tag of conflicts, by record and time."""
    notes = numbered(
        connection,
        "notes",
        "about IN (SELECT about FROM tags WHERE json_extract(body, '$.name') = ?)"
        " AND json_extract(body, '$.by') = ?",
        TAG,
        MERGER,
    )
    found = [
        MergeConflict(one.about, title(connection, one.about), one.at, one.text, one.id)
        for _, one in list(notes)
        if isinstance(one, Note)
    ]
    return sorted(found, key=lambda one: (one.id, one.at, one.note))
