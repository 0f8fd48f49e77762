"""A part of what refers to an actor, place, source or event, given to a new record."""

from collections.abc import Collection

import msgspec

from store.coding.merge import moved_judgements, moved_records, name_of
from store.errors import UsageError
from store.model.change import Change, Edit
from store.model.judgements import AnyJudgement
from store.model.record import make_id
from store.model.records import Actor, Entity, Event, Place, Source
from store.model.references import TABLE_OF
from store.queries.referring import Referring, referring
from store.reader import Reader


def split_record(one: Entity, name: str, by: str, at: str) -> Entity:
    """The new record: of the same kind, and within the same place or event. It says no more.

    Raises `UsageError` where it has no name.
    """
    name = " ".join(name.split())
    if not name:
        raise UsageError("the new record has no name", "type one")
    id = make_id(one.id[:3], "split", one.id, name, by, at)
    match one:
        case Actor():
            return Actor(id=id, name=name, kind=one.kind)
        case Source():
            return Source(id=id, name=name, kind=one.kind)
        case Place():
            precision = one.precision
            return Place(id=id, name=name, kind=one.kind, precision=precision, within=one.within)
        case Event():
            return Event(
                id=id,
                title=name,
                type=one.type,
                planned=one.planned,
                background=one.background,
                part_of=one.part_of,
                date_rule=one.date_rule,
            )


def split_change(found: Referring, ids: Collection[str], name: str, by: str, at: str) -> Change:
    """Make the change that gives the records with these ids to a new one with a name.

    A name that was an alias goes along. Raises `UsageError` where nothing would move.
    """
    one = found.entity
    new = split_record(one, name, by, at)
    moved = [(table, record) for table, record in found.records if record.id in ids]
    if not moved:
        raise UsageError("nothing would go to the new record", "choose what goes")
    to = {one.id: new.id}
    table = TABLE_OF[one.id[:3]]
    edits = [Edit(table, new.id, None, new)]
    if not isinstance(one, Event) and name_of(new) in one.aliases:
        left = tuple(alias for alias in one.aliases if alias != name_of(new))
        edits.append(Edit(table, one.id, one, msgspec.structs.replace(one, aliases=left)))
    edits += moved_records(moved, to)
    judgements = [record for _, record in moved if isinstance(record, AnyJudgement)]
    edits += moved_judgements(judgements, (), to)
    return Change(by, at, f"split {name_of(new)} off {name_of(one)}", tuple(edits))


def split_by_id(
    connection: Reader, id: str, ids: Collection[str], name: str, by: str, at: str
) -> Change:
    """The change that splits a record as it is now. Raises what `split_change` does."""
    return split_change(referring(connection, id), ids, name, by, at)
