"""Log entries made from changes, before the log gives them their place."""

from collections.abc import Iterable

import msgspec

from store.errors import RefusedChange
from store.model.change import Change, Edit
from store.model.log_line import Act, Imported, Line, as_line_edit
from store.model.records import RECORD_TYPES, SCHEMA

RELOAD_HINT = "look at the current state of the case"
"""The hint for a change that does not fit."""


def entry_of(
    change: Change,
    *,
    act: Act = Act.CHANGE,
    undoes: int | None = None,
    redoes: int | None = None,
    content: str = "",
    imported: Imported | None = None,
) -> Line:
    """Make an entry of a change, without its place in the log.

    Raises `msgspec.ValidationError` where a record would not be read back
    unchanged, and `UnicodeEncodeError` where a text is not valid Unicode.
    """
    return Line(
        sequence=1,
        prev="",
        who=change.who,
        when=change.when,
        why=change.why,
        act=act,
        undoes=undoes,
        redoes=redoes,
        content=content,
        imported=imported,
        schema=SCHEMA,
        edits=tuple(map(as_line_edit, change.edits)),
    )


def checked_entry(
    change: Change,
    act: Act,
    *,
    undoes: int | None = None,
    redoes: int | None = None,
    imported: Imported | None = None,
) -> Line:
    """Make an entry as `entry_of` does. Raises `RefusedChange` where it would not be readable."""
    check_tables(change.edits)
    try:
        return entry_of(change, act=act, undoes=undoes, redoes=redoes, imported=imported)
    except (msgspec.ValidationError, TypeError) as error:
        raise RefusedChange(f"this change has an invalid record: {error}", "") from (error)


def check_tables(edits: Iterable[Edit]) -> None:
    """Raise `RefusedChange` where a record has the wrong type for its table."""
    for table, id, before, after in edits:
        of = RECORD_TYPES.get(table)
        if (after is not None and type(after) is not of) or (
            before is not None and type(before) is not of
        ):
            raise RefusedChange(f"{table} {id}: is not a record of this table", RELOAD_HINT)
