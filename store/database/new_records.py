"""The edits of a batch that add independent new records, for bulk insertion."""

from collections.abc import Sequence
from itertools import groupby
from operator import itemgetter

from store.database.record_cache import BEGINS
from store.model.change import Edit
from store.model.records import Claim
from store.model.references import references


def split_new(edits: Sequence[Edit]) -> tuple[Sequence[Edit], list[Edit]]:
    """Split a batch into edits for bulk insertion and edits for `amend`, which follow them.

    `amend` takes altered records, new records that refer to these, sub-events, later
    versions of articles, and claims about anything but a new event.
    """
    if _all_new(edits):
        return edits, []
    events = {edit.id for edit in edits if edit.table == "events" and _all_new([edit])}
    other = {edit.id for edit in edits if not (_all_new([edit]) or _adds_claim_about(edit, events))}
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


def _adds_claim_about(edit: Edit, events: set[str]) -> bool:
    """Tell if an edit adds a claim about one of these events."""
    return (
        isinstance(edit.after, Claim)
        and edit.before is None
        and edit.id[:4] == BEGINS["claims"]
        and edit.after.subject in events
    )


def _all_new(edits: Sequence[Edit]) -> bool:
    """Tell if all edits add records in bulk, with claims only about events among them."""
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
        elif table == "articles":
            if any(getattr(after, "version_of", None) for _, _, after in ids):
                return False
        elif table == "claims" and any(
            getattr(after, "subject", "") not in events for _, _, after in ids
        ):
            return False
    return True
