"""The form in which a record is edited."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from store.coding.editing import (
    EDITABLE,
    EditableField,
    field_text,
    field_value,
)
from store.coding.typed_values import NEW_MARK, new_actor, new_place, new_source
from store.model.records import Actor, AnyRecord, Place, Source
from store.model.typed_text import one_typed_line
from store.queries.search import NamedKind
from tui.session.form import Choice, Field, Form, Way

NOTHING = "none"
"""The words for a reference to nothing."""


def record_form(record: AnyRecord, names: Mapping[str, str]) -> Form:
    """A form with the fields of a record as they are; `names` are those of what it refers to."""
    fields = []
    for one in EDITABLE[type(record)]:
        chosen = one.choices or one.of is not None
        field = Field(
            one.key,
            one.label,
            one.help,
            way=Way.CHOSEN if chosen else Way.TYPED,
            needed=one.needed or bool(one.choices),
        )
        value = field_value(record, one)
        text = field_text(value, one, names)
        field.put(Choice(text, value) if text else None)
        fields.append(field)
    return Form(fields, lambda form, field: None)


def field_of(record: AnyRecord, key: str) -> EditableField:
    """The editable field of a record with a key."""
    return next(one for one in EDITABLE[type(record)] if one.key == key)


def read_edited(record: AnyRecord, field: Field, text: str) -> Choice:
    """Read what was typed in a field. Raises an error of `store.errors`."""
    one = field_of(record, field.key)
    words = " ".join(text.split())
    value = one.read(words if one.key == "note" else one_typed_line(text, one.label))
    return Choice(field_text(value, one, {}), value)


def new_choice(one: EditableField, name: str) -> Choice:
    """The new record of a name, as the value of a field that refers to such records.

    Raises `UsageError` where degrees after the name are none.
    """
    assert one.of is not None
    made = _MAKES[one.of](name)
    kind = f", {made.kind}" if isinstance(made, Source) else ""
    name = made.name if kind else " ".join(name.split())
    return Choice(f"{NEW_MARK}{name}{kind}", made)


_MAKES: Mapping[NamedKind, Callable[[str], Actor | Place | Source]] = {
    NamedKind.ACTOR: new_actor,
    NamedKind.PLACE: new_place,
    NamedKind.SOURCE: new_source,
}


def changed_values(record: AnyRecord, form: Form) -> dict[str, Any]:
    """The fields of a form that differ from the record, with their new values."""
    found: dict[str, Any] = {}
    for one in EDITABLE[type(record)]:
        before, taken = field_value(record, one), form[one.key].taken
        after = _referred(taken.value) if taken else _empty(one)
        if after != before and (after or before):
            found[one.key] = after
    return found


def made_records(form: Form) -> Iterator[AnyRecord]:
    """The new records that the values of a form refer to."""
    for field in form.fields:
        value = field.value
        for one in value if isinstance(value, tuple) else (value,):
            if isinstance(one, NEW):
                yield one


def _referred(value: Any) -> Any:
    """A value with the ids of new records in their place."""
    if isinstance(value, tuple):
        return tuple(map(_referred, value))
    return value.id if isinstance(value, NEW) else value


NEW = (Actor, Place, Source)
"""The types of records that are made on the spot."""


def _empty(one: EditableField) -> Any:
    """The value of a field that was emptied."""
    if one.many or one.key == "aliases":
        return ()
    if one.of is not None or one.key in ("at", "published", "updated"):
        return None
    return ""
