"""Values of claims as a person types them."""

import re
from collections.abc import Callable, Mapping

from store.errors import UsageError
from store.importers.numbers import numbers_in
from store.model.dates import bounds
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
from store.model.vocabulary import ControlState, Kind, Role
from store.queries.search import NamedKind, the_named
from store.reader import Reader

FORMS: Mapping[type, str] = {
    Count: "27, at least 27, 25-30, about 300, dozens",
    When: "2024-11-29, 2024-11, 2024-11-29/2024-12-01, 2024-11-29~",
    Distance: "10 km, 5-10 km",
    Where: "the name of a place of the case",
    Participant: f"an actor, and a role: {', '.join(Role)}",
    Control: f"an actor, and a state: {', '.join(ControlState)}",
    Coded: "a few words",
}
"""How a value of each type is typed."""

_DISTANCE = re.compile(
    r"(?P<low>\d+(?:\.\d+)?)(?:\s*(?:-|–|to)\s*(?P<high>\d+(?:\.\d+)?))?\s*(?:km|kilomet\w+)?",
    re.IGNORECASE,
)
_SLUG = re.compile(r"[^\w]+")


def typed_value(connection: Reader, kind: Kind, text: str) -> AnyValue:
    """Read a typed value of a kind of claim. Raises `UsageError`, which says how it is typed."""
    wanted = VALUE_OF_KIND[kind]
    words = " ".join(text.split())
    reader = _READERS.get(wanted)
    if reader is None:
        if words:
            raise UsageError(f"a claim of kind {kind} takes no value", "leave it empty")
        return None
    if not words:
        raise UsageError("a value is missing", f"type {FORMS[wanted]}")
    return reader(connection, kind, words)


def typed_when(words: str) -> When:
    """Read a typed date in EDTF. Raises `UsageError`."""
    try:
        bounds(words)
    except ValueError as error:
        raise UsageError(f"{words!r} is no date", f"type {FORMS[When]}") from error
    return When(edtf=words)


def _count(_: Reader, __: Kind, words: str) -> Count:
    found = list(numbers_in(words))
    if len(found) != 1:
        raise UsageError(f"{words!r} is no number of people", f"type {FORMS[Count]}")
    return found[0].dead


def _when(_: Reader, __: Kind, words: str) -> When:
    return typed_when(words)


def _distance(_: Reader, __: Kind, words: str) -> Distance:
    found = _DISTANCE.fullmatch(words)
    if found is None:
        raise UsageError(f"{words!r} is no distance", f"type {FORMS[Distance]}")
    low = float(found["low"])
    return Distance(min=low, max=float(found["high"] or low), printed=words)


def _where(connection: Reader, _: Kind, words: str) -> Where:
    return Where(place=the_named(connection, words, NamedKind.PLACE).id)


def _participant(connection: Reader, _: Kind, words: str) -> Participant:
    name, role = _with_word(words, Role, Role.PARTY, "role", Participant)
    return Participant(actor=the_named(connection, name, NamedKind.ACTOR).id, role=Role(role))


def _control(connection: Reader, _: Kind, words: str) -> Control:
    name, state = _with_word(words, ControlState, None, "state", Control)
    holder = the_named(connection, name, NamedKind.ACTOR).id
    return Control(holder=holder, state=ControlState(state))


def _with_word(
    words: str, known: type[Role] | type[ControlState], default: str | None, what: str, of: type
) -> tuple[str, str]:
    """A name and the word after it, parted by a comma or a blank."""
    name, comma, last = words.rpartition(",")
    if not comma:
        name, _, last = words.rpartition(" ")
    last = last.strip().lower()
    if last in list(known):
        return name.strip(), last
    if default is not None and not comma:
        return words, default
    raise UsageError(f"{words!r} names no {what}", f"type {FORMS[of]}")


def _coded(_: Reader, kind: Kind, words: str) -> Coded:
    code = _SLUG.sub("-", words.casefold()).strip("-")
    if not code:
        raise UsageError(f"{words!r} says nothing", f"type {FORMS[Coded]}")
    return Coded(scheme=kind.value, code=code, label=words)


_READERS: Mapping[type, Callable[[Reader, Kind, str], AnyValue]] = {
    Count: _count,
    When: _when,
    Distance: _distance,
    Where: _where,
    Participant: _participant,
    Control: _control,
    Coded: _coded,
}
