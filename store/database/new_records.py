"""Which edits of a batch are of new records that nothing was known of: those made in bulk."""

from collections.abc import Sequence
from itertools import groupby
from operator import itemgetter

from store.database.record_cache import BEGINS
from store.model.change import Edit
from store.model.records import Claim
from store.model.references import references


def divided(edits: Sequence[Edit]) -> tuple[Sequence[Edit], list[Edit]]:
    """The edits of a batch that can be made here, and those that are for `amend`, after them.

    What is altered is for `amend`, and so is all that is new and refers to it;
    parts of events, and what is claimed of anything but a new event, are, too.
    """
    if _all_new(edits):
        return edits, []
    events = {edit.id for edit in edits if edit.table == "events" and _all_new([edit])}
    other = {edit.id for edit in edits if not (_all_new([edit]) or _is_of(edit, events))}
    number = 0
    while number < len(other):
        number = len(other)
        other |= {
            edit.id
            for edit in edits
            if edit.after is not None and edit.id not in other
            if any(target in other for _, target, _ in references(edit.after))
        }
    here = [edit for edit in edits if edit.id not in other]
    return here, [edit for edit in edits if edit.id in other]


def _is_of(edit: Edit, events: set[str]) -> bool:
    """Whether it adds a claim about one of these events."""
    return (
        isinstance(edit.after, Claim)
        and edit.before is None
        and edit.id[:4] == BEGINS["claims"]
        and edit.after.subject in events
    )


def _all_new(edits: Sequence[Edit]) -> bool:
    """Whether all can be made here, and nothing is claimed but of events among them."""
    events: set[str] = set()
    for table, group in groupby(edits, itemgetter(0)):
        ids = [(id, before, after) for _, id, before, after in group]
        begins = BEGINS.get(table)
        if any(b is not None or a is None or id[:4] != begins for id, b, a in ids):
            return False
        if table == "events":
            if any(getattr(after, "part_of", None) for _, _, after in ids):
                return False
            events.update(id for id, _, _ in ids)
        elif table == "claims" and any(
            getattr(after, "subject", "") not in events for _, _, after in ids
        ):
            return False
    return True
