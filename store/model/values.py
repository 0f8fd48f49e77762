"""The values of claims, and the type of value of each kind of claim."""

from collections.abc import Mapping
from types import NoneType

import msgspec

from store.model.dates import bounds
from store.model.vocabulary import ControlState, DateBasis, Kind, Qualifier, Role


class Value(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, tag_field="is"):
    """The base of all values, with the words as printed."""

    printed: str = ""


class When(Value, frozen=True, kw_only=True, tag="when"):
    """A date as EDTF text, with the basis on which it follows from the printed words.

    An empty `edtf` is an unknown date, which is never filled in. The `note`
    names the anchor of a relative date.
    """

    edtf: str
    basis: DateBasis = DateBasis.STATED
    note: str = ""

    def __post_init__(self) -> None:
        bounds(self.edtf)


class Count(Value, frozen=True, kw_only=True, tag="count"):
    """A number of people. `max` None is open upwards; `best` is a data set's own estimate."""

    min: int
    max: int | None = None
    best: int | None = None
    qualifier: Qualifier = Qualifier.EXACT

    def __post_init__(self) -> None:
        if self.min < 0:
            raise ValueError(f"min is {self.min}: a count cannot be negative")
        # a data set may hold low > best > high; such rows are kept and flagged, so max is not
        # compared with best here
        if self.max is not None and self.max < self.min and self.best is None:
            raise ValueError(f"max {self.max} is below min {self.min}")


class Distance(Value, frozen=True, kw_only=True, tag="distance"):
    """A distance from a place in kilometres; `max` None is open upwards."""

    min: float
    max: float | None = None

    def __post_init__(self) -> None:
        if self.min < 0:
            raise ValueError(f"min is {self.min}: a distance cannot be negative")
        if self.max is not None and self.max < self.min:
            raise ValueError(f"max {self.max} is below min {self.min}")


class Control(Value, frozen=True, kw_only=True, tag="control"):
    """The holder of a place, an actor's id, and the state of its control."""

    holder: str
    state: ControlState


class Coded(Value, frozen=True, kw_only=True, tag="coded"):
    """A verbal value with a code of a scheme, so that two of them can be compared."""

    scheme: str
    code: str
    label: str


class Where(Value, frozen=True, kw_only=True, tag="where"):
    """A place by its id; `precision` 1-7 as UCDP GED codes it, None for the place's own."""

    place: str
    precision: int | None = None


class Participant(Value, frozen=True, kw_only=True, tag="participant"):
    """An actor by its id, in a role."""

    actor: str
    role: Role


AnyValue = When | Count | Distance | Control | Coded | Where | Participant | None

VALUE_OF_KIND: Mapping[Kind, type] = {
    Kind.OCCURRENCE: NoneType,
    Kind.DATE: When,
    Kind.PLACE: Where,
    Kind.PARTICIPANT: Participant,
    Kind.FATALITIES: Count,
    Kind.INJURIES: Count,
    Kind.MISSING: Count,
    Kind.DISPLACED: Count,
    Kind.POPULATION: Count,
    Kind.CONTROL: Control,
    Kind.MANNER: Coded,
    Kind.CAUSE: Coded,
    Kind.AIM: Coded,
    Kind.SUPPORT: Coded,
    Kind.DESIGNATION: Coded,
    Kind.NAME: Coded,
    Kind.DISTANCE: Distance,
    Kind.WORDS: Coded,
}
"""The type of value of each kind of claim."""

TAG_OF_KIND: Mapping[Kind, str] = {
    kind: str(value.__struct_config__.tag)
    for kind, value in VALUE_OF_KIND.items()
    if issubclass(value, Value)
}
"""The `is` tag of the value of each kind of claim; kinds without a value are left out."""

TOLLS = frozenset((Kind.FATALITIES, Kind.INJURIES, Kind.MISSING, Kind.DISPLACED))
"""The kinds that count victims; such a number can only grow over time."""

COUNT_KINDS = frozenset(kind for kind, value in VALUE_OF_KIND.items() if value is Count)
"""The kinds whose values are numbers of people, which may have a scope."""
