"""The fields of a record that a person may edit, each as text that can be typed again."""

import re
from collections.abc import Callable, Collection, Mapping, Sequence
from enum import StrEnum
from typing import Any, NamedTuple

import msgspec

from store.errors import UsageError
from store.model.change import Change, Edit
from store.model.records import (
    Actor,
    AnyRecord,
    Article,
    Capture,
    Event,
    FieldReading,
    Place,
    Source,
    Stamp,
)
from store.model.stamps import TYPED
from store.model.vocabulary import (
    EVENT_TYPES,
    ActorKind,
    DateRule,
    FieldBasis,
    PlaceKind,
    SourceKind,
)
from store.queries.search import NamedKind


class EditableField(NamedTuple):
    """A field that can be edited: its label, its help, and how its value is read.

    `of` names the records that it refers to; `choices` are its values where they are
    few, each with its words. `many` is true for a list. `read` turns words into a value.
    """

    key: str
    label: str
    help: str
    read: Callable[[str], Any] = lambda words: words
    of: NamedKind | None = None
    choices: Sequence[tuple[str, Any]] = ()
    many: bool = False
    needed: bool = False


def _aliases(words: str) -> tuple[str, ...]:
    names = [" ".join(name.split()) for name in words.split(";")]
    return tuple(dict.fromkeys(filter(None, names)))


_DEGREES = re.compile(r"(-?\d+(?:\.\d+)?)[\s,]+(-?\d+(?:\.\d+)?)")


def _degrees(words: str) -> tuple[float, float] | None:
    if not words:
        return None
    found = _DEGREES.fullmatch(words)
    if found is None or abs(float(found[1])) > 90 or abs(float(found[2])) > 180:
        raise UsageError(f"{words!r} is not in degrees", "type latitude and longitude: 35.13 36.75")
    return float(found[1]), float(found[2])


def _stamp(words: str) -> Stamp | None:
    """A time in ISO 8601, or in any words in which the time of a text is read."""
    if not words:
        return None
    try:
        return Stamp(at=words, note=TYPED)
    except ValueError as error:
        from store.articles.stamps import stamp_of

        if found := stamp_of(words):
            return Stamp(at=found.at, note=TYPED)
        raise UsageError(
            f"{words!r} is no time", "type a day, with clock and zone: 29 Nov 2024 14:30 GMT"
        ) from error


def _kinds(of: type[StrEnum]) -> Sequence[tuple[str, Any]]:
    return tuple((kind.value, kind) for kind in of)


_YES_NO = (("no", False), ("yes", True))
_PRECISION = tuple(
    (f"{number} {words}", number)
    for number, words in enumerate(
        ("exact", "within 25 km", "district", "province", "line or area", "country", "abroad"), 1
    )
)
_NAME = EditableField("name", "name", "the name that is shown", needed=True)
_ALIASES = EditableField("aliases", "also", "other names, parted by semicolons", _aliases)
_NOTE = EditableField("note", "note", "a note that stays with the record")

EDITABLE: Mapping[type, tuple[EditableField, ...]] = {
    Event: (
        EditableField("title", "title", "what happened, in a few words", needed=True),
        EditableField(
            "type",
            "type",
            "the type of event",
            choices=tuple((row.label, type) for type, row in EVENT_TYPES.items()),
        ),
        EditableField("planned", "planned", "planned, not yet happened", choices=_YES_NO),
        EditableField("background", "background", "only background to the case", choices=_YES_NO),
        EditableField(
            "date_rule",
            "date by",
            "how its date follows from the claims",
            choices=_kinds(DateRule),
        ),
        _NOTE,
    ),
    Actor: (
        _NAME,
        EditableField("kind", "kind", "the kind of actor", choices=_kinds(ActorKind)),
        _ALIASES,
        EditableField(
            "part_of", "part of", "the actors of which it is a part", of=NamedKind.ACTOR, many=True
        ),
        EditableField(
            "formerly", "formerly", "the actors that it was before", of=NamedKind.ACTOR, many=True
        ),
        EditableField("position", "office", "the office that a person holds"),
        _NOTE,
    ),
    Place: (
        _NAME,
        EditableField("kind", "kind", "the kind of place", choices=_kinds(PlaceKind)),
        _ALIASES,
        EditableField("within", "within", "the place in which it lies", of=NamedKind.PLACE),
        EditableField("at", "degrees", "latitude and longitude, WGS84: 35.13 36.75", _degrees),
        EditableField("precision", "exact to", "how exactly it is a point", choices=_PRECISION),
        _NOTE,
    ),
    Source: (
        _NAME,
        EditableField("kind", "kind", "the kind of source", choices=_kinds(SourceKind)),
        _ALIASES,
        EditableField("actor", "is", "the actor that it is, if it is one", of=NamedKind.ACTOR),
        EditableField(
            "speaks_for", "speaks for", "the party whose word it gives", of=NamedKind.ACTOR
        ),
        _NOTE,
    ),
    Article: (
        EditableField("title", "title", "the headline"),
        EditableField("publisher", "publisher", "who published it", of=NamedKind.SOURCE),
        EditableField("author", "author", "who wrote it"),
        EditableField(
            "published",
            "published",
            "the day or time, with its zone: 29 Nov 2024 14:30 GMT",
            _stamp,
        ),
        EditableField("updated", "updated", "the day or time of its update", _stamp),
        EditableField("dateline", "dateline", "the place with which its text begins"),
        EditableField("language", "language", "a code such as en, ar, fr"),
        EditableField("url", "address", "where it stands on the web"),
        _NOTE,
    ),
}
"""The fields of each type of record that can be edited, in the order of its form."""


def field_value(record: AnyRecord, field: EditableField) -> Any:
    """The value of a field now; of the degrees of a place both, None where there are none."""
    if isinstance(record, Place) and field.key == "at":
        return None if record.latitude is None else (record.latitude, record.longitude)
    return getattr(record, field.key)


def field_text(value: Any, field: EditableField, names: Mapping[str, str]) -> str:
    """A value in words, as they can be typed again; `names` are those of records by id."""
    if field.choices:
        return next((words for words, one in field.choices if one == value), str(value))
    if field.of is not None:
        ids = value if field.many else (value,) if value else ()
        return "; ".join(names.get(id, id) for id in ids)
    if field.key == "at":
        return f"{value[0]} {value[1]}" if value else ""
    if isinstance(value, Stamp):
        return value.at
    return "; ".join(value) if isinstance(value, tuple) else str(value or "")


def edited(record: AnyRecord, values: Mapping[str, Any]) -> AnyRecord:
    """The record with other values of some fields. Raises `UsageError` where they do not fit."""
    changed = dict(values)
    if "at" in changed:
        changed["latitude"], changed["longitude"] = changed.pop("at") or (None, None)
        if changed["latitude"] is not None:
            changed["basis"] = "typed"
    for key, value in changed.items():
        if value == "" and key in ("url", "title") and isinstance(record, Article):
            changed[key] = None
    if isinstance(record, Article) and record.capture is not None:
        corrected = [key for key, value in changed.items() if getattr(record, key) != value]
        changed["capture"] = _read_by_person(record.capture, corrected)
    try:
        after = msgspec.structs.replace(record, **changed)
        return msgspec.convert(msgspec.to_builtins(after), type(record))
    except (ValueError, msgspec.ValidationError) as error:
        raise UsageError(str(error), "check the fields") from error


def _read_by_person(capture: Capture, corrected: Collection[str]) -> Capture:
    """The provenance of an article of which a person corrected fields: their basis is a person."""
    kept = [one for one in capture.fields if one.field not in corrected]
    typed = [FieldReading(field=key, basis=FieldBasis.PERSON) for key in corrected if key != "note"]
    return msgspec.structs.replace(capture, fields=(*kept, *typed))


def edit_change(
    table: str, before: AnyRecord, after: AnyRecord, what: str, by: str, at: str
) -> Change:
    """Make the change that edits a record; without edits where nothing is different."""
    if before == after:
        return Change(by, at, f"nothing is different: {what}", ())
    return Change(by, at, f"edit {what}", (Edit(table, before.id, before, after),))
