"""One record of two versions that came of a third: the fields of both, and where they conflict."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

import msgspec

from store.model.change import Edit
from store.model.judgements import JUDGEMENTS, Note, SavedFilter
from store.model.log_line import as_line_edit
from store.model.records import RECORD_TYPES, AnyRecord, Article, Claim, Event, Passage, Place

Fields = tuple[str, ...]
"""Fields that are only ever taken together."""

_TOGETHER: Mapping[type, tuple[Fields, ...]] = {
    Place: (("latitude", "longitude", "precision", "basis"),),
    Article: (("text", "text_kind", "text_sha256", "raw_sha256", "capture"),),
    Passage: (("article", "start", "end", "exact", "prefix", "suffix", "text_sha256", "in_title"),),
    Claim: (("kind", "value", "scope", "as_of"),),
    Event: (("planned", "background"),),
    SavedFilter: (("by", "at", "chips"),),
}
_SETS = frozenset(
    {
        "aliases",
        "part_of",
        "formerly",
        "merged",
        "merged_rows",
        "sources",
        "flags",
        "conventions",
    }
)
"""The fields that list things in an order that says nothing, if they are lists."""


_TABLES = {of: table for table, of in RECORD_TYPES.items()}


class Difference(NamedTuple):
    """Fields that two versions changed to different values; `mine` is true if mine is taken."""

    fields: Fields
    mine: bool


class Joined(NamedTuple):
    """A record of two versions, and the fields where only one of two values could be taken."""

    record: AnyRecord
    differences: tuple[Difference, ...]


Takes = Callable[[Fields], bool]
"""Tells of fields that both versions changed if mine are taken."""


def joined(before: AnyRecord | None, mine: AnyRecord, theirs: AnyRecord, takes: Takes) -> Joined:
    """Join two versions of a record, field by field; `before` is the one that both came of.

    Lists without an order have what either added, and lack what either took away. Where the
    joined record would be invalid one whole version is taken.
    """
    fields: dict[str, Any] = {}
    differences = []
    for group in groups(type(mine)):
        was, one, other = (_values(of, group) for of in (before, mine, theirs))
        if one == other or other == was:
            continue
        if one == was:
            taken = other
        elif len(group) == 1 and group[0] in _SETS and isinstance(one[0], tuple):
            taken = (_set_of(was[0] if was else (), one[0], other[0]),)
        else:
            kept = takes(group)
            if not _only_times_differ(group, one, other):
                differences.append(Difference(group, kept))
            taken = one if kept else other
        fields |= dict(zip(group, taken, strict=True))
    record = msgspec.structs.replace(mine, **fields)
    if not _is_valid(record):
        every = tuple(name for name in mine.__struct_fields__ if name != "id")
        kept = takes(every)
        return Joined(mine if kept else theirs, (Difference(every, kept),))
    return Joined(record, tuple(differences))


def groups(of: type) -> tuple[Fields, ...]:
    """The fields of a record but its id, those together that are taken together."""
    names = [name for name in of.__struct_fields__ if name != "id"]  # type: ignore[attr-defined]
    if of in JUDGEMENTS.values() and of is not Note:
        return (tuple(name for name in names if name != "note"), ("note",))
    together = _TOGETHER.get(of, ())
    grouped = {name for group in together for name in group}
    return (*together, *((name,) for name in names if name not in grouped))


def table_of(record: AnyRecord) -> str:
    """The table of a record."""
    return _TABLES[type(record)]


def _values(of: AnyRecord | None, group: Fields) -> tuple[Any, ...]:
    return () if of is None else tuple(getattr(of, name) for name in group)


def _only_times_differ(group: Fields, one: Sequence[Any], other: Sequence[Any]) -> bool:
    """Tell if a judgement is the same, made at another time."""
    return all(a == b for name, a, b in zip(group, one, other, strict=True) if name != "at")


def _set_of(was: tuple[Any, ...], one: tuple[Any, ...], other: tuple[Any, ...]) -> tuple[Any, ...]:
    stay = [value for value in was if value in one and value in other]
    added = {value for value in (*one, *other) if value not in was}
    return (*stay, *sorted(added, key=msgspec.json.encode))


def _is_valid(record: AnyRecord) -> bool:
    try:
        as_line_edit(Edit(table_of(record), record.id, None, record))
    except (msgspec.ValidationError, ValueError, TypeError):
        return False
    return True
