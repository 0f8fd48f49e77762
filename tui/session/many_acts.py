"""Changes of one record or of many, each one act: judgements, marks, types, withdrawal."""

from collections.abc import Sequence

import msgspec

from store.model import changes
from store.model.change import Change, Edit
from store.model.judgements import MarkKind, Tag
from store.model.records import AnyRecord, Event
from store.model.vocabulary import EventType
from tui.session.case_session import CaseSession

_MARKED = {MarkKind.STAR: "starred", MarkKind.READ: "read"}


def nothing(why: str) -> Change:
    """A change that changes nothing, with the reason."""
    return Change("", "", why, ())


def adding(
    session: CaseSession, made: Sequence[AnyRecord], why: str, already: str, by: str, at: str
) -> Change:
    """Make the change that adds judgements, or replaces a person's earlier ones.

    Those that say what is there already are left out; if all do, `already` is said.
    """
    if not made:
        return nothing("the case has none of these records now")
    table = changes.TABLE_OF_TYPE[type(made[0])]
    held = session.held_all(table, [one.id for one in made])

    def is_new(one: AnyRecord) -> bool:
        before = held.get(one.id)
        if before is None:
            return True
        return not isinstance(one, Tag) and not changes.says_the_same(before, one)

    edits = tuple(Edit(table, one.id, held.get(one.id), one) for one in made if is_new(one))
    return Change(by, at, why, edits) if edits else nothing(already)


def marking(
    session: CaseSession, about: Sequence[str], name: str, kind: MarkKind, by: str, at: str
) -> Change:
    """Make the change that stars records or marks them as read; if all are, takes it off."""
    made = [changes.mark(id, kind, by, at) for id in about]
    held = session.held_all("marks", [one.id for one in made])
    if made and len(held) == len(made):
        why = f"no longer {_MARKED[kind]}: {name}"
        return changes.withdraw_judgements(held.values(), why, by, at)
    return adding(session, made, f"{_MARKED[kind]}: {name}", "", by, at)


def typing(
    session: CaseSession, events: Sequence[str], name: str, given: EventType, by: str, at: str
) -> Change:
    """Make the change that gives events a type."""
    held = [one for one in session.held_all("events", events).values() if isinstance(one, Event)]
    edits = tuple(
        Edit("events", one.id, one, msgspec.structs.replace(one, type=given))
        for one in held
        if one.type is not given
    )
    return (
        Change(by, at, f"type of {name}: {given}", edits)
        if edits
        else nothing(f"{name} {'is' if len(held) == 1 else 'are'} of type {given} already")
    )
