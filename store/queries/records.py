"""Records by their ids, and all of them, as they were put in."""

from collections.abc import Iterator

from store.database.read_records import record, records
from store.database.record_lookup import find_record
from store.model.records import AnyRecord
from store.reader import Reader


def record_of(connection: Reader, id: str) -> AnyRecord | None:
    """Return the record with an id, None where there is none."""
    place = find_record(connection, id)
    return record(connection, place[0], id) if place else None


def all_records(connection: Reader) -> Iterator[tuple[str, AnyRecord]]:
    """Return every record of the case but its own, each with its table."""
    return records(connection)
