"""The reversal of one act of the log, however many came after it."""

from collections.abc import Callable, Iterator, Sequence

from store.database.engine import Engine
from store.errors import DamagedCase, RefusedChange, UsageError
from store.model.change import Change, Edit
from store.model.log_line import HIDING, Act, Line, as_change, as_entry, reason_of
from store.model.references import references
from store.model.undone_entries import undone_entries

NAMED = 5
"""The most acts that a refusal names."""


def taken_back(engine: Engine, sequence: int, apply: Callable[[Change], Change]) -> Change:
    """Take back an act by its number; `apply` makes the change. The caller holds the locks.

    Raises `UsageError` where there is no such entry, what `reversal` and `apply` do, and
    `RefusedChange` where later acts need what it added.
    """
    if not max(engine.first, 1) <= sequence <= engine.last:
        raise UsageError(f"the log has no entry {sequence}", "see: conflict-tui log")
    line, *later = (engine.entry(number) for number in range(sequence, engine.last + 1))
    change = reversal(line, later, engine.imports_of)
    try:
        return apply(change)
    except (RefusedChange, DamagedCase) as error:
        _refuse_for_references(line, later)
        raise _refused(line, error.message, error.hint) from error


def reversal(
    line: Line, later: Sequence[Line], imports_of: Callable[[str], frozenset[int]]
) -> Change:
    """Make the change after which an act was never done.

    `later` are the entries after it, `imports_of` the imports that altered a record without
    naming it. Raises `RefusedChange` where later acts, which it names, changed the same
    records, or where it cannot be taken back at all.
    """
    if line.undoes is not None or line.redoes is not None or line.act in HIDING:
        raise _refused(line, f"it is {_A[line.act]}", "choose the act itself")
    if line.imported is not None:
        raise _refused(line, "it is an import", "undo the acts after it, one by one, and then it")
    standing = list(_in_force([line, *later]))
    if line.sequence not in {one.sequence for one in standing}:
        raise _refused(line, "it is undone already", "")
    change = as_change(as_entry(line))
    if change is None or not line.edits:
        raise _refused(line, "it was redacted or holds no change", "")
    ids = {edit.id for edit in line.edits}
    brought = frozenset[int]()
    if any(one.imported for one in later):
        brought = frozenset().union(*map(imports_of, ids))
    _refuse(
        line,
        [
            one
            for one in standing
            if one is not line and (one.sequence in brought or not ids.isdisjoint(_touched(one)))
        ],
        "changed the same records since",
    )
    edits = tuple(Edit(table, id, after, before) for table, id, before, after in change.edits)
    return Change("", "", f"take back entry {line.sequence}: {change.why}", edits)


def _refuse_for_references(line: Line, later: Sequence[Line]) -> None:
    """Raise `RefusedChange`, naming them, where later acts need what an act added, or the reverse.

    Later acts may refer to what it added, or have altered or withdrawn what its records refer
    to as they were before.
    """
    change = as_change(as_entry(line))
    edits = tuple(change.edits) if change else ()
    added = {edit.id for edit in edits if edit.before is None}
    needed = {
        target
        for edit in edits
        if edit.before is not None
        for _, target, _ in references(edit.before)
    }
    standing = list(_in_force(later))
    _refuse(line, [one for one in standing if added & _referred(one)], "refer to what it added")
    _refuse(
        line,
        [one for one in standing if needed & _touched(one)],
        "changed what its records refer to",
    )


_A = {
    Act.UNDO: "an undo",
    Act.REDO: "a redo",
    Act.REDACTION: "a redaction",
    Act.LEFT_OUT: "what was left out",
}


def _in_force(lines: Sequence[Line]) -> Iterator[Line]:
    """The acts that are neither an undo or a redo, nor undone."""
    undone = undone_entries(lines)
    for one in lines:
        if one.undoes is None and one.redoes is None and one.sequence not in undone:
            yield one


def _touched(line: Line) -> set[str]:
    return {edit.id for edit in line.edits} | set(line.hidden)


def _referred(line: Line) -> set[str]:
    change = as_change(as_entry(line))
    return {
        target
        for edit in (change.edits if change else ())
        if edit.after is not None
        for _, target, _ in references(edit.after)
    }


def _refuse(line: Line, others: Sequence[Line], why: str) -> None:
    if not others:
        return
    named = "; ".join(f"{one.sequence} ({one.who}: {reason_of(one)})" for one in others[-NAMED:])
    more = f" and {len(others) - NAMED} before" if len(others) > NAMED else ""
    raise _refused(line, f"later acts {why}: {named}{more}", "take these back first")


def _refused(line: Line, why: str, hint: str) -> RefusedChange:
    return RefusedChange(f"entry {line.sequence} cannot be taken back: {why}", hint)
