"""Values of claims as a person types them; a name after `+` makes a record that is new."""

import re
from collections.abc import Callable, Mapping
from typing import NamedTuple

from store.errors import UnknownRecord, UsageError
from store.model.dates import bounds
from store.model.record import make_id
from store.model.records import Actor, AnyRecord, Place, Source, Stamp
from store.model.typed_text import one_typed_line
from store.model.values import (
    VALUE_OF_KIND,
    AnyValue,
    Coded,
    Control,
    Count,
    Distance,
    Participant,
    When,
    Where,
)
from store.model.vocabulary import ActorKind, ControlState, Kind, PlaceKind, Role, SourceKind
from store.queries.search import NamedKind, called, the_named
from store.reader import Reader

FORMS: Mapping[type, str] = {
    Count: "27, at least 27, 25-30, about 300, dozens",
    When: "29 Nov 2024, Thursday, last week, 2024-11-29/2024-12-01, 2024-11-29~",
    Distance: "10 km, 5-10 km",
    Where: "a place of the case, or + and a new one: +Qorville, +Qorville @ 35.13 36.75 p2 (its"
    " precision, 1 to 7); :gazetteer says where coordinates are offered from",
    Participant: f"an actor of the case (+ a new one), and a role: {', '.join(Role)}",
    Control: f"an actor of the case (+ a new one), and a state: {', '.join(ControlState)}",
    Coded: "a few words",
}
"""How a value of each type is typed."""

_DISTANCE = re.compile(
    r"(?P<low>\d+(?:\.\d+)?)(?:\s*(?:-|–|to)\s*(?P<high>\d+(?:\.\d+)?))?\s*(?:km|kilomet\w+)?",
    re.IGNORECASE,
)
_INTERVAL = re.compile(r"\d{4}\S*/")
"""The beginning of two dates of EDTF, of which one alone would be something else."""
_SLUG = re.compile(r"[^\w]+")


FARTHEST = 20_040
"""Half the length of a meridian's circle, in kilometres."""

NEW_MARK = "+"
"""The sign before a name that makes a new actor or place."""

_AT = re.compile(
    r"(?P<name>.+?)\s*@\s*(?P<lat>-?\d+(?:\.\d+)?)[\s,]+(?P<lon>-?\d+(?:\.\d+)?)"
    r"(?:[\s,]+p(?:recision)?\s*(?P<precision>\d+))?"
)


class TypedValue(NamedTuple):
    """A value, and the records that it names and the case has not, each with its table.

    An `aggregate` was offered as the number of several events.
    """

    value: AnyValue
    made: tuple[tuple[str, AnyRecord], ...] = ()
    aggregate: bool = False


def typed_value(
    connection: Reader, kind: Kind, text: str, published: Stamp | None = None
) -> TypedValue:
    """Read a typed value of a kind of claim; words for a date are resolved from `published`.

    Raises `UsageError`, which says how it is typed, and `UnknownRecord` for a name that the
    case has not or has twice.
    """
    wanted = VALUE_OF_KIND[kind]
    words = one_typed_line(text, "value")
    reader = _READERS.get(wanted)
    if reader is None and wanted is not When:
        if words:
            raise UsageError(f"a claim of kind {kind} takes no value", "leave it empty")
        return TypedValue(None)
    if not words:
        raise UsageError("a value is missing", f"type {FORMS[wanted]}")
    if wanted is When:
        return TypedValue(typed_when(words, published))
    assert reader is not None
    return reader(connection, kind, words)


def typed_when(words: str, published: Stamp | None = None) -> When:
    """Read a typed date: in EDTF, or in words. Raises `UsageError` where it is none."""
    from store.extraction.dates import date_of  # its patterns, when a date is typed

    try:
        bounds(words)
    except ValueError as error:
        found = None if _INTERVAL.match(words) else date_of(words, published)
        if found is None:
            raise UsageError(f"{words!r} is no date", f"type {FORMS[When]}") from error
        if not found.edtf:
            why = found.note or "it is not said from when to count"
            raise UsageError(f"{words!r} is no date by itself: {why}", "type the day") from error
        return found
    return When(edtf=words)


def _count(_: Reader, __: Kind, words: str) -> TypedValue:
    from store.importers.numbers import numbers_in  # its patterns, when a number is typed

    found = list(numbers_in(words))
    if len(found) != 1:
        raise UsageError(f"{words!r} is no number of people", f"type {FORMS[Count]}")
    return TypedValue(found[0].dead)


def _distance(_: Reader, __: Kind, words: str) -> TypedValue:
    found = _DISTANCE.fullmatch(words)
    if found is None:
        raise UsageError(f"{words!r} is no distance", f"type {FORMS[Distance]}")
    low, high = float(found["low"]), float(found["high"] or found["low"])
    if max(low, high) > FARTHEST:
        raise UsageError(f"nothing is farther away than {FARTHEST:,} km", f"type {FORMS[Distance]}")
    return TypedValue(Distance(min=min(low, high), max=max(low, high), printed=words))


def _where(connection: Reader, _: Kind, words: str) -> TypedValue:
    id_, made = _record(connection, words, NamedKind.PLACE)
    return TypedValue(Where(place=id_), made)


def _participant(connection: Reader, _: Kind, words: str) -> TypedValue:
    name, role = _with_word(words, Role, Role.PARTY, "role", Participant)
    id_, made = _record(connection, name, NamedKind.ACTOR)
    return TypedValue(Participant(actor=id_, role=Role(role)), made)


def _control(connection: Reader, _: Kind, words: str) -> TypedValue:
    name, state = _with_word(words, ControlState, None, "state", Control)
    id_, made = _record(connection, name, NamedKind.ACTOR)
    return TypedValue(Control(holder=id_, state=ControlState(state)), made)


def _record(
    connection: Reader, words: str, kind: NamedKind
) -> tuple[str, tuple[tuple[str, AnyRecord], ...]]:
    """The id of an actor or place of the case, or of the new one that `+` makes."""
    name = words.removeprefix(NEW_MARK).strip()
    if words.startswith(NEW_MARK) and name and not called(connection, name, kind):
        made = new_place(name) if kind is NamedKind.PLACE else new_actor(name)
        table = "places" if kind is NamedKind.PLACE else "actors"
        return made.id, ((table, made),)
    try:
        return the_named(connection, name, kind).id, ()
    except UnknownRecord as error:
        if name and not called(connection, name, kind):
            error.hint = f"{NEW_MARK}{name} makes a new one"
        raise


def new_actor(name: str) -> Actor:
    """Make a new actor, of the kind of any group until a person says more."""
    return Actor(id=make_id("act", "made", name.casefold()), name=name, kind=ActorKind.GROUP)


def new_source(words: str) -> Source:
    """Make a new source from its name, perhaps with its kind: `SOHR, monitor`.

    Without a kind it is that of a known office, such as Reuters, else unknown. Raises
    `UsageError` where a word in small letters after a comma is no kind.
    """
    from store.importers.outlets import known_kind  # its list, when a source is typed

    name, comma, kind = (part.strip() for part in words.rpartition(","))
    if comma and kind.isalpha() and kind.islower() and kind not in list(SourceKind):
        kinds = ", ".join(one for one in SourceKind if one is not SourceKind.DATA_SET)
        raise UsageError(f"{kind!r} is no kind of source: {kinds}", "name one, or none")
    if not comma or kind.lower() not in list(SourceKind):
        name, kind = words.strip(), known_kind(words) or SourceKind.UNKNOWN
    return Source(
        id=make_id("src", "made", name.casefold()), name=name, kind=SourceKind(kind.lower())
    )


def new_place(words: str) -> Place:
    """Make a new place from its name, perhaps with degrees: `Qorville @ 35.13 36.75`.

    A precision may follow: `p2`; without one it is 1. Raises `UsageError` where the degrees
    or the precision are none.
    """
    found = _AT.fullmatch(words)
    name = found["name"] if found else words
    try:
        at = (_degrees(found["lat"], 90), _degrees(found["lon"], 180)) if found else ()
        return Place(
            id=make_id("plc", "made", name.casefold(), *map(str, at)),
            name=name,
            kind=PlaceKind.TOWN,
            precision=_precision(found["precision"] if found else None),
            latitude=at[0] if at else None,
            longitude=at[1] if at else None,
            basis="typed" if found else "",
        )
    except ValueError as error:
        raise UsageError(str(error), "type +NAME @ LATITUDE LONGITUDE p1 to p7") from error


def _precision(digits: str | None) -> int:
    if digits is not None and digits not in tuple("1234567"):
        raise ValueError(f"{digits} is no precision from 1 to 7")
    return int(digits or 1)


def _degrees(digits: str, most: int) -> float:
    if abs(float(digits)) > most:
        raise ValueError(f"{digits} is more than {most} degrees")
    return float(digits)


def _with_word(
    words: str, known: type[Role] | type[ControlState], default: str | None, what: str, of: type
) -> tuple[str, str]:
    """A name and the word after it, parted by a comma or a blank."""
    name, comma, last = words.rpartition(",")
    if not comma:
        name, _, last = words.rpartition(" ")
    last = last.strip().lower()
    if last in list(known) and name.strip(f" {NEW_MARK}"):
        return name.strip(), last
    if default is not None and not comma:
        return words, default
    raise UsageError(f"{words!r} names no {what}", f"type {FORMS[of]}")


def _coded(_: Reader, kind: Kind, words: str) -> TypedValue:
    code = _SLUG.sub("-", words.casefold()).strip("-")
    if not code:
        raise UsageError(f"{words!r} says nothing", f"type {FORMS[Coded]}")
    return TypedValue(Coded(scheme=kind.value, code=code, label=words))


_READERS: Mapping[type, Callable[[Reader, Kind, str], TypedValue]] = {
    Count: _count,
    Distance: _distance,
    Where: _where,
    Participant: _participant,
    Control: _control,
    Coded: _coded,
}
