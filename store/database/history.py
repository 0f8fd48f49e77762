"""The entries of the log of an open case, as questions ask for them."""

from typing import NamedTuple

from store.database.engine import Engine
from store.errors import DamagedCase
from store.model.change import Edit
from store.model.log_line import Entry, EntryEdit, Line, as_change, as_entry, is_about


class WholeLog(NamedTuple):
    """All entries of a log in order, and the hash that its first one follows or would follow."""

    begins: str
    lines: tuple[Line, ...]


def entries(engine: Engine, record: str, who: str, most: int | None) -> list[Entry]:
    """The newest entries first, of a record by its id, of a person, and at most so many."""
    found: list[Entry] = []
    imports = engine.imports_of(record) if record else frozenset()
    for sequence in range(engine.last, max(engine.first, 1) - 1, -1):
        if len(found) == most:
            break
        line = engine.entry(sequence)
        if who not in ("", line.who):
            continue
        if record and not is_about(record, line, imports):
            continue
        found.append(as_entry(line))
    return found


def whole_log(engine: Engine) -> WholeLog:
    """Every entry as it stands in the log. Raises `DamagedCase` where the last ones are lost."""
    numbers = range(max(engine.first, 1), engine.last + 1)
    lines = tuple(map(engine.entry, numbers))
    if lines and lines[-1].hash != engine.end[1]:
        raise DamagedCase(
            f"{engine.path}: its log should go on after entry {lines[-1].sequence}",
            "check it with verify",
        )
    return WholeLog(lines[0].prev if lines else engine.end[1], lines)


def edits_of(engine: Engine, line: Line) -> tuple[EntryEdit, ...]:
    """The edits of an entry, also where they are stored beside the log.

    Of what an import stored there, added records are as they are now; one that is
    withdrawn has neither side.
    """
    if line.imported and not line.edits:
        return tuple(EntryEdit(*one) for one in engine.import_edits(line))
    return as_entry(line).edits


def turned_edits(line: Line, *, back: bool) -> tuple[Edit, ...]:
    """The edits of an entry that can be undone, or with `back` those that undo it."""
    change = as_change(as_entry(line))
    assert change is not None  # an entry with redacted content can never be undone
    if not back:
        return tuple(change.edits)
    return tuple(Edit(table, id, after, before) for table, id, before, after in change.edits)
