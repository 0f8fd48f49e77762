"""One act of a person or an import, as a value.

The log is a list of these (`store.model.log_line`). `apply` of the index turns
them into rows; those of an import into a database `Bulk` does, many at a time.
Opening a case is one act whose edits have no `before`.
"""

from collections.abc import Iterable
from typing import NamedTuple

from store.model.records import AnyRecord


class Edit(NamedTuple):
    """One record as it was and as it is: no `before` adds it, no `after` withdraws it."""

    table: str
    id: str
    before: AnyRecord | None
    after: AnyRecord | None


class Change(NamedTuple):
    """Who did what, when (ISO 8601, UTC) and why: one log entry, one undo."""

    who: str
    when: str
    why: str
    edits: Iterable[Edit]
