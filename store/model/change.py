"""A change of a case by a person or an import, as a value.

The log is a list of changes (`store.model.log_line`). `store.database.apply`
turns them into rows of the index, `store.database.bulk_insert` those of an
import into a database. Opening a case is a change whose edits have no `before`.
"""

from collections.abc import Iterable
from typing import NamedTuple

from store.model.records import AnyRecord


class Edit(NamedTuple):
    """A record before and after a change: no `before` adds it, no `after` withdraws it."""

    table: str
    id: str
    before: AnyRecord | None
    after: AnyRecord | None


class Change(NamedTuple):
    """Edits with their author, time (ISO 8601, UTC) and reason: one log entry, one undo."""

    who: str
    when: str
    why: str
    edits: Iterable[Edit]
