"""The edits of a batch that add independent new records, for bulk insertion."""

from collections.abc import Sequence

from store.analysis.event_order import is_move
from store.database.record_cache import BEGINS
from store.model.change import Edit
from store.model.records import Article, Claim, Event
from store.model.references import references


def split_new(edits: Sequence[Edit]) -> tuple[Sequence[Edit], list[Edit]]:
    """Split a batch into edits for bulk insertion and edits for `amend`, which follow them.

    `amend` takes altered records, new records that refer to these, sub-events, moves, later
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
    for table, id, before, after in edits:
        if before is not None or after is None or id[:4] != BEGINS.get(table):
            return False
        if isinstance(after, Claim):
            if after.subject not in events:
                return False
        elif isinstance(after, Event):
            if after.part_of or is_move(after):
                return False
            events.add(id)
        elif isinstance(after, Article) and after.version_of:
            return False
    return True
