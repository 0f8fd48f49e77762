"""Two records of one actor, place, source or event made one, as a change."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import msgspec

from store.coding.editing import EDITABLE, EditableField, edited, field_value
from store.errors import UsageError
from store.model.change import Change, Edit
from store.model.changes import TABLE_OF_TYPE, moved_judgement
from store.model.judgements import AnyJudgement, Mark, Tag
from store.model.records import AnyRecord, Claim, Entity, Event
from store.model.references import TABLE_OF, with_references
from store.queries.referring import Referring, entity, referring, whole_way
from store.reader import Reader


class Difference(NamedTuple):
    """A field in which two records differ, with the value of each; `taken` is the other's.

    A value that the kept record lacks is taken unless a person says otherwise.
    """

    field: EditableField
    kept: Any
    gone: Any
    taken: bool


def differences(kept: Entity, gone: Entity) -> tuple[Difference, ...]:
    """The fields in which two records of one kind differ, but for aliases and notes."""
    found = []
    ids = {gone.id: kept.id}
    other = with_references(gone, ids)
    for field in EDITABLE[type(kept)]:
        if field.key in ("aliases", "note"):
            continue
        mine, theirs = field_value(with_references(kept, ids), field), field_value(other, field)
        if field.of is not None:
            theirs = _not_itself(theirs, kept.id)
        if mine != theirs:
            found.append(Difference(field, mine, theirs, taken=mine in (None, "", ())))
    return tuple(found)


def _not_itself(value: Any, id: str) -> Any:
    if isinstance(value, tuple):
        return tuple(one for one in value if one != id)
    return None if value == id else value


def merged_record(kept: Entity, gone: Entity, taken: Collection[str]) -> Entity:
    """The record that stays, with names and notes of both.

    `taken` are the keys of the fields that are the other's.
    """
    values = {one.field.key: one.gone for one in differences(kept, gone) if one.field.key in taken}
    after = edited(with_references(kept, {gone.id: kept.id}), values)
    assert isinstance(after, Entity)
    changed: dict[str, Any] = {
        "merged": tuple(dict.fromkeys((*kept.merged, gone.id, *gone.merged))),
        "note": "\n\n".join(dict.fromkeys(filter(None, (kept.note, gone.note)))),
    }
    if isinstance(after, Event) and isinstance(gone, Event) and isinstance(kept, Event):
        rows = [*kept.merged_rows, *filter(None, (gone.row,)), *gone.merged_rows]
        changed |= {
            "merged_rows": tuple(rows),
            "flags": tuple(dict.fromkeys((*kept.flags, *gone.flags))),
            "hint": kept.hint or gone.hint,
            "machine": kept.machine and gone.machine,
        }
    elif not isinstance(after, Event) and not isinstance(gone, Event):
        assert not isinstance(kept, Event)
        names = (*kept.aliases, kept.name, gone.name, *gone.aliases)
        changed["aliases"] = tuple(dict.fromkeys(one for one in names if one != after.name))
        if "at" in values:
            changed["basis"] = getattr(gone, "basis", "")
    return msgspec.structs.replace(after, **changed)


def merge_change(
    kept: Referring, gone: Referring, taken: Collection[str], by: str, at: str
) -> Change:
    """Make the change after which all that referred to one record refers to another."""
    one, other = kept.entity, gone.entity
    after = merged_record(one, other, taken)
    table = TABLE_OF[one.id[:3]]
    to = {other.id: one.id}
    edits = [Edit(table, one.id, one, after), Edit(table, other.id, other, None)]
    edits += moved_records(gone.records, to, skip=one.id)
    repeated = repeated_claims(gone.claims, gone.beside, to)
    edits = [_without_repeated(edit, repeated) for edit in edits]
    edited_ids = {edit.id for edit in edits}
    edits += [
        Edit("claims", claim.id, claim, None)
        for claim in gone.beside
        if claim.id in repeated and claim.id not in edited_ids
    ]
    judgements = [*gone.judgements, *(said for said in gone.said if _is_on(said, repeated))]
    there = [*kept.judgements, *gone.said]
    edits += moved_judgements(judgements, there, {**to, **repeated})
    return Change(by, at, f"merge {name_of(other)} into {name_of(after)}", tuple(edits))


class Merge(NamedTuple):
    """Two records that may be merged: the one that stays, the one that goes, how they differ."""

    kept: Referring
    gone: Referring
    differences: tuple[Difference, ...]

    @property
    def taken(self) -> frozenset[str]:
        """The fields that are the other's unless a person says otherwise."""
        return frozenset(one.field.key for one in self.differences if one.taken)


def merge(connection: Reader, kept: str, gone: str) -> Merge:
    """Two records by their ids, to be merged. Raises `UsageError` where they cannot be."""
    one, other = referring(connection, kept), referring(connection, gone)
    if type(one.entity) is not type(other.entity) or kept == gone:
        raise UsageError("only two records of one kind can be merged", "choose another")
    return Merge(one, other, differences(one.entity, other.entity))


def merge_by_id(
    connection: Reader, kept: str, gone: str, taken: Collection[str] | None, by: str, at: str
) -> Change:
    """The change that merges two records as they are now; `taken` is None for what is usual.

    Raises `UsageError` where they cannot be merged, or something would be a part of itself.
    """
    found = merge(connection, kept, gone)
    chosen = found.taken if taken is None else taken
    after = merged_record(found.kept.entity, found.gone.entity, chosen)
    way = whole_way(connection, after, frozenset((kept, gone)))
    if way:
        raise UsageError(
            f"{name_of(after)} would be a part of itself, by way of"
            f" {name_of(entity(connection, way[0]))}",
            "edit what it is a part of, or choose that of the other",
        )
    return merge_change(found.kept, found.gone, chosen, by, at)


def moved_records(
    records: Sequence[tuple[str, AnyRecord]], to: Mapping[str, str], skip: str = ""
) -> Iterator[Edit]:
    """The edits by which records that are no judgements refer to others."""
    for table, one in records:
        if not isinstance(one, AnyJudgement) and one.id != skip:
            after = with_references(one, to)
            yield Edit(table, one.id, one, after)


def moved_judgements(
    moved: Sequence[AnyJudgement], there: Sequence[AnyJudgement], to: Mapping[str, str]
) -> Iterator[Edit]:
    """The edits by which judgements are about others; of a person's two the newer stays.

    `there` are those on the records that they come to.
    """
    gone = {one.id for one in moved}
    standing: dict[str, AnyJudgement] = {one.id: one for one in there if one.id not in gone}
    before = dict(standing)
    for one in dict.fromkeys(moved):
        after = moved_judgement(one, to)
        if after is None:
            yield Edit(TABLE_OF_TYPE[type(one)], one.id, one, None)
            continue
        if after.id == one.id:
            yield Edit(TABLE_OF_TYPE[type(one)], one.id, one, after)
            continue
        yield Edit(TABLE_OF_TYPE[type(one)], one.id, one, None)
        held = standing.get(after.id)
        if held is None or (held.at < after.at and not isinstance(after, Tag | Mark)):
            standing[after.id] = after
    for id, after in standing.items():
        if after != before.get(id):
            yield Edit(TABLE_OF_TYPE[type(after)], id, before.get(id), after)


def repeated_claims(
    claims: Sequence[Claim], beside: Sequence[Claim], to: Mapping[str, str]
) -> dict[str, str]:
    """The claims that say the same by the same words once they have moved, each with the one kept.

    Of several the one with the smallest id stays, so that an import finds the same.
    """
    moved = {claim.id for claim in claims}
    groups: dict[Claim, list[str]] = {}
    for claim in {one.id: one for one in (*claims, *beside)}.values():
        said = msgspec.structs.replace(with_references(claim, to), id="")
        groups.setdefault(said, []).append(claim.id)
    return {
        id: min(ids)
        for ids in groups.values()
        if len(ids) > 1 and moved.intersection(ids)
        for id in ids
        if id != min(ids)
    }


def _without_repeated(edit: Edit, repeated: Mapping[str, str]) -> Edit:
    return edit._replace(after=None) if edit.id in repeated else edit


def _is_on(said: AnyJudgement, ids: Mapping[str, str]) -> bool:
    return said.about in ids or getattr(said, "other", "") in ids


def name_of(one: Entity) -> str:
    """The name of an entity, which for an event is its title."""
    return one.title if isinstance(one, Event) else one.name
