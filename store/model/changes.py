"""Acts of a person, as changes: what each adds, alters or withdraws.

`at` is the time in ISO 8601, UTC, to the second. What a person said before on
the same matter is altered, so that each has one word on it; the log keeps the
older ones.
"""

from collections.abc import Iterable, Mapping

import msgspec

from store.model.change import Change, Edit
from store.model.judgements import (
    Assessment,
    Grade,
    Judgement,
    Kinship,
    KinshipKind,
    Mark,
    MarkKind,
    Note,
    Ruling,
    RulingKind,
    SavedCondition,
    SavedFilter,
    Tag,
    Verdict,
)
from store.model.record import make_id
from store.model.records import AnyRecord, Event
from store.model.vocabulary import DateRule

TABLE_OF_ADDED: Mapping[type, str] = {
    Note: "notes",
    Tag: "tags",
    Mark: "marks",
    Grade: "grades",
    Assessment: "assessments",
    Ruling: "rulings",
    Kinship: "kinships",
    SavedFilter: "filters",
    Event: "events",
}
"""The table of each kind of record that a person adds or alters here."""


def note(about: str, text: str, by: str, at: str) -> Note:
    """A new note on a record."""
    return Note(id=make_id("not", about, by, at, text), about=about, by=by, at=at, text=text)


def tag(about: str, name: str, by: str, at: str) -> Tag:
    """A tag on a record; everybody's tag of one name is the same."""
    return Tag(id=make_id("tag", about, name), about=about, by=by, at=at, name=name)


def mark(about: str, kind: MarkKind, by: str, at: str) -> Mark:
    """A mark of one person on a record."""
    return Mark(id=make_id("mrk", about, kind, by), about=about, by=by, at=at, kind=kind)


def grade(about: str, given: str, reason: str, by: str, at: str) -> Grade:
    """A person's grade of a source or a claim."""
    return Grade(
        id=make_id("grd", about, by), about=about, by=by, at=at, grade=given, reason=reason
    )


def assessment(about: str, verdict: Verdict, reason: str, by: str, at: str) -> Assessment:
    """A person's word on an event."""
    return Assessment(
        id=make_id("ass", about, by), about=about, by=by, at=at, verdict=verdict, reason=reason
    )


def ruling(one: str, other: str, verdict: RulingKind, reason: str, by: str, at: str) -> Ruling:
    """A person's word on two claims; the same for both orders of the two."""
    return Ruling(
        id=make_id("rul", *sorted((one, other)), by),
        about=one,
        other=other,
        by=by,
        at=at,
        verdict=verdict,
        reason=reason,
    )


def kinship(one: str, other: str, verdict: KinshipKind, reason: str, by: str, at: str) -> Kinship:
    """A person's finding on two articles; the same for both orders of the two."""
    return Kinship(
        id=make_id("kin", *sorted((one, other)), by),
        about=one,
        other=other,
        by=by,
        at=at,
        verdict=verdict,
        reason=reason,
    )


def saved_filter(name: str, chips: Iterable[SavedCondition], by: str, at: str) -> SavedFilter:
    """A filter under a name."""
    return SavedFilter(id=make_id("flt", name), name=name, by=by, at=at, chips=tuple(chips))


def put(before: AnyRecord | None, after: AnyRecord, why: str, by: str, at: str) -> Change:
    """The act that adds a record, or puts it in place of the one before."""
    edit = Edit(TABLE_OF_ADDED[type(after)], after.id, before, after)
    return Change(who=by, when=at, why=why, edits=(edit,))


def says_the_same(before: AnyRecord, after: AnyRecord) -> bool:
    """Tell whether a person says again what they said before, at whatever time.

    A finding is the same for both orders of its articles.
    """
    if isinstance(before, Kinship) and isinstance(after, Kinship):
        after = msgspec.structs.replace(after, about=before.about, other=before.other)
    if type(before) is not type(after) or not hasattr(before, "at"):
        return before == after
    return before == msgspec.structs.replace(after, at=before.at)


def withdrawn(records: Iterable[AnyRecord], why: str, by: str, at: str) -> Change:
    """The act that withdraws what persons said."""
    edits = tuple(Edit(TABLE_OF_ADDED[type(one)], one.id, one, None) for one in records)
    return Change(who=by, when=at, why=why, edits=edits)


def ruled_by(event: Event, rule: DateRule, by: str, at: str) -> Change:
    """The act by which the date of an event follows another rule."""
    after = msgspec.structs.replace(event, date_rule=rule)
    return put(event, after, f"date by {rule}", by, at)


def in_words(one: Judgement) -> str:
    """What a person said, in a line."""
    match one:
        case Note():
            return one.text
        case Tag():
            return f"#{one.name}"
        case Mark():
            return {MarkKind.STAR: "starred", MarkKind.READ: "read"}[one.kind]
        case Grade():
            return f"grade {one.grade}" + (f": {one.reason}" if one.reason else "")
        case Assessment() | Ruling() | Kinship():
            return f"{one.verdict}" + (f": {one.reason}" if one.reason else "")
        case _:
            return ""
