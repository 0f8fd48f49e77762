"""The marks of what could not be taken when two copies of a case were merged: notes and a tag."""

import re
from collections.abc import Iterable

import msgspec

from store.custody.branch import Touch
from store.custody.two_copies import Conflict
from store.model.changes import note, tag
from store.model.judgements import ANNOTATABLE_ID, AnyJudgement, Note, Tag
from store.model.merge_conflicts import MERGER, TAG
from store.model.records import AnyRecord

_TIME = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z")
_UNKNOWN_TIME = "1970-01-01T00:00:00Z"


def marks(conflicts: Iterable[Conflict]) -> dict[str, Note | Tag]:
    """The notes and tags that tell of conflicts, by id; the same for either order of the copies.

    A conflict about a note or a judgement is told of the record that it is about. One about
    the case, a data set or a saved filter has no record for a note: the log tells of it.
    """
    found: dict[str, Note | Tag] = {}
    for one in conflicts:
        about = marked_record(one.record)
        if not about:
            continue
        times = sorted(at.when for at in (one.holds, one.yields) if _TIME.fullmatch(at.when))
        at = times[-1] if times else _UNKNOWN_TIME
        private = any(isinstance(of, Note) and of.private for of in (one.taken, one.left))
        told = note(about, conflict_words(one), MERGER, at, private=private)
        marked = tag(about, TAG, MERGER, at)
        before = found.get(marked.id)
        found[told.id] = told
        found[marked.id] = marked if before is None or before.at < marked.at else before
    return found


def marked_record(record: AnyRecord) -> str:
    """The id of the record that a conflict is told of; empty where there is none."""
    if re.match(ANNOTATABLE_ID, record.id):
        return record.id
    return record.about if isinstance(record, AnyJudgement) else ""


def conflict_words(one: Conflict) -> str:
    """`Two copies differ: name "Hama" (Ana, …) was taken, and not name "Hamah" (Bo, …).`"""
    of = "" if re.match(ANNOTATABLE_ID, one.record.id) else f"{one.record.id} "
    if one.taken is not None and one.left is not None:
        taken, left = (_values(one, side) for side in (one.taken, one.left))
        return (
            f"Two copies differ: {of}{taken} ({_by(one.holds)}) was taken, and not {left}"
            f" ({_by(one.yields)})."
        )
    used = "edited it" if one.taken is None or one.taken.id == one.record.id else "used it"
    by = "" if used == "edited it" or one.taken is None else f" in {one.taken.id}"
    return (
        f"Two copies differ: {of}it stays, as it was {used.removesuffix(' it')}{by}"
        f" ({_by(one.holds)}), though it was withdrawn ({_by(one.yields)})."
    )


def _by(touch: Touch) -> str:
    when = touch.when.removesuffix("Z").replace("T", " ")
    return f"{touch.who or 'nobody'}, {when} UTC"


def _values(one: Conflict, side: AnyRecord) -> str:
    assert one.taken is not None
    assert one.left is not None
    differing = {
        name: getattr(side, name)
        for name in one.fields
        if getattr(one.taken, name) != getattr(one.left, name)
    }
    return ", ".join(
        f"{name} {msgspec.json.encode(value).decode()}" for name, value in differing.items()
    )
