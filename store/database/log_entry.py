"""A change as an entry of the log, before it has a place there."""

from collections.abc import Iterable

import msgspec

from store.errors import RefusedChange
from store.model.change import Change, Edit
from store.model.log_line import FORM, Act, Imported, Line, as_line_edit
from store.model.records import RECORD_TYPES, SCHEMA

LOOK = "look at the case as it is now"
"""What to do where a change does not fit."""


def entry_of(
    change: Change,
    *,
    act: Act = Act.CHANGE,
    undoes: int | None = None,
    redoes: int | None = None,
    content: str = "",
    imported: Imported | None = None,
) -> Line:
    """A change as an entry that has no place in a log yet.

    Raises `msgspec.ValidationError` where a record could not be read again as
    it is, and `UnicodeEncodeError` where a text is no Unicode.
    """
    return Line(
        sequence=1,
        prev="",
        who=change.who,
        when=change.when,
        why=change.why,
        form=FORM,
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
    """The change as the log will have it. Raises `RefusedChange` where it could not be read."""
    check_tables(change.edits)
    try:
        return entry_of(change, act=act, undoes=undoes, redoes=redoes, imported=imported)
    except (msgspec.ValidationError, TypeError) as error:
        raise RefusedChange(f"a record of this change is not as it should be: {error}", "") from (
            error
        )


def check_tables(edits: Iterable[Edit]) -> None:
    """Raise `RefusedChange` where a record is none of its table."""
    for table, id, before, after in edits:
        of = RECORD_TYPES.get(table)
        if (after is not None and type(after) is not of) or (
            before is not None and type(before) is not of
        ):
            raise RefusedChange(f"{table} {id}: it is no record of this table", LOOK)
