"""Notes and judgements of persons, and the changes that add, alter or withdraw them.

`at` is the time in ISO 8601, UTC, to the second. A new judgement of a person on
the same record replaces the earlier one, which the log keeps.
"""

from collections.abc import Iterable, Mapping

import msgspec

from store.model.change import Change, Edit
from store.model.judgements import (
    AnyJudgement,
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

TABLE_OF_TYPE: Mapping[type, str] = {
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
"""The table of each type of record that a person adds or alters here."""


def note(about: str, text: str, by: str, at: str, *, private: bool = False) -> Note:
    """Make a new note on a record."""
    id = make_id("not", about, by, at, text)
    return Note(id=id, about=about, by=by, at=at, text=text, private=private)


def tag(about: str, name: str, by: str, at: str) -> Tag:
    """Make a tag on a record; the tag of one name is the same for everybody."""
    return Tag(id=make_id("tag", about, name), about=about, by=by, at=at, name=name)


def mark(about: str, kind: MarkKind, by: str, at: str) -> Mark:
    """Make a person's mark on a record."""
    return Mark(id=make_id("mrk", about, kind, by), about=about, by=by, at=at, kind=kind)


def grade(about: str, given: str, reason: str, by: str, at: str) -> Grade:
    """Make a person's grade of a source or a claim."""
    return Grade(
        id=make_id("grd", about, by), about=about, by=by, at=at, grade=given, reason=reason
    )


def assessment(about: str, verdict: Verdict, reason: str, by: str, at: str) -> Assessment:
    """Make a person's assessment of an event."""
    return Assessment(
        id=make_id("ass", about, by), about=about, by=by, at=at, verdict=verdict, reason=reason
    )


def ruling(one: str, other: str, verdict: RulingKind, reason: str, by: str, at: str) -> Ruling:
    """Make a person's ruling on two claims, whose order does not affect its id."""
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
    """Make a person's finding on two articles, whose order does not affect its id."""
    return Kinship(
        id=make_id("kin", *sorted((one, other)), by),
        about=one,
        other=other,
        by=by,
        at=at,
        verdict=verdict,
        reason=reason,
    )


def moved_judgement(one: AnyJudgement, ids: Mapping[str, str]) -> AnyJudgement | None:
    """Make a judgement again about other records, given by those that it is about.

    It has the id of a person's judgement on these; a note keeps its own. None where it
    would be on a record and itself.
    """
    about = ids.get(one.about, one.about)
    other = ids.get(getattr(one, "other", ""), getattr(one, "other", ""))
    if about == other:
        return None
    match one:
        case Tag():
            made: AnyJudgement = tag(about, one.name, one.by, one.at)
        case Mark():
            made = mark(about, one.kind, one.by, one.at)
        case Grade():
            made = grade(about, one.grade, one.reason, one.by, one.at)
        case Assessment():
            made = assessment(about, one.verdict, one.reason, one.by, one.at)
        case Ruling():
            made = ruling(about, other, one.verdict, one.reason, one.by, one.at)
        case Kinship():
            made = kinship(about, other, one.verdict, one.reason, one.by, one.at)
        case _:
            return msgspec.structs.replace(one, about=about)
    return msgspec.structs.replace(made, note=one.note)


def saved_filter(name: str, chips: Iterable[SavedCondition], by: str, at: str) -> SavedFilter:
    """Make a saved filter."""
    return SavedFilter(id=make_id("flt", name), name=name, by=by, at=at, chips=tuple(chips))


def add_or_replace(
    before: AnyRecord | None, after: AnyRecord, why: str, by: str, at: str
) -> Change:
    """Make the change that adds a record, or replaces an earlier version."""
    edit = Edit(TABLE_OF_TYPE[type(after)], after.id, before, after)
    return Change(who=by, when=at, why=why, edits=(edit,))


def says_the_same(before: AnyRecord, after: AnyRecord) -> bool:
    """Tell if a judgement has the same content as an earlier one, apart from its time.

    The order of the two articles of a kinship does not matter.
    """
    if isinstance(before, Kinship) and isinstance(after, Kinship):
        after = msgspec.structs.replace(after, about=before.about, other=before.other)
    if type(before) is not type(after) or not hasattr(before, "at"):
        return before == after
    return before == msgspec.structs.replace(after, at=before.at)


def withdraw_judgements(records: Iterable[AnyRecord], why: str, by: str, at: str) -> Change:
    """Make the change that withdraws notes or judgements."""
    edits = tuple(Edit(TABLE_OF_TYPE[type(one)], one.id, one, None) for one in records)
    return Change(who=by, when=at, why=why, edits=edits)


def set_date_rule(event: Event, rule: DateRule, by: str, at: str) -> Change:
    """Make the change that gives the date of an event another rule."""
    after = msgspec.structs.replace(event, date_rule=rule)
    return add_or_replace(event, after, f"date by {rule}", by, at)


def judgement_text(one: Judgement) -> str:
    """Express a note or judgement as text."""
    match one:
        case Note():
            return f"private: {one.text}" if one.private else one.text
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
