"""Editing of records: each field as text that can be typed again, and one change."""

from typing import Any

import msgspec
import pytest

from store.coding.editing import EDITABLE, edit_change, edited, field_text, field_value
from store.errors import UsageError
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
from store.model.vocabulary import ActorKind, EventType, FieldBasis, PlaceKind, SourceKind, TextKind

RECORDS: list[AnyRecord] = [
    Event(id="evt_1", title="Rebels take Zed", type=EventType.CAPTURE, planned=True),
    Actor(id="act_1", name="Blue Front", kind=ActorKind.ARMED_GROUP, aliases=("BF", "Blues")),
    Place(
        id="plc_1",
        name="Zed",
        kind=PlaceKind.TOWN,
        precision=2,
        latitude=1.5,
        longitude=-2.25,
        within="plc_2",
    ),
    Source(id="src_1", name="Zed Press", kind=SourceKind.WIRE, speaks_for="act_1"),
    Article(
        id="art_1",
        title="Zed falls",
        publisher="src_1",
        text_kind=TextKind.HEADLINE,
        published=Stamp(at="2024-11-29T14:30+02:00"),
        url="https://example.org/zed",
    ),
]


@pytest.mark.parametrize("record", RECORDS, ids=[type(one).__name__ for one in RECORDS])
def test_a_field_is_read_as_it_is_written(record: AnyRecord) -> None:
    for one in EDITABLE[type(record)]:
        if one.of is not None:
            continue
        value = field_value(record, one)
        text = field_text(value, one, {})
        chosen = dict(one.choices)
        again: Any = chosen[text] if one.choices else one.read(text)
        assert field_text(again, one, {}) == text
        assert edited(record, {one.key: value}).id == record.id


@pytest.mark.parametrize(
    ("words", "at"),
    [
        ("2024-12-10", "2024-12-10"),
        ("10 December 2024", "2024-12-10"),
        ("2024-12-10 14:05", "2024-12-10T14:05"),
        ("Published: Tuesday, 10 December 2024 14:05 GMT", "2024-12-10T14:05+00:00"),
        ("", None),
    ],
)
def test_a_time_is_typed_as_texts_print_it(words: str, at: str | None) -> None:
    published = next(one for one in EDITABLE[Article] if one.key == "published")
    found = published.read(words)
    assert (found and found.at) == at
    with pytest.raises(UsageError, match="is no time"):
        published.read("soon")


def test_an_edit_is_one_change_and_none_where_nothing_is_different() -> None:
    place = RECORDS[2]
    moved = edited(place, {"at": (3.0, 4.0), "aliases": ("Z",)})
    assert isinstance(moved, Place)
    assert (moved.latitude, moved.basis, moved.aliases) == (3.0, "typed", ("Z",))
    assert len(tuple(edit_change("places", place, moved, "Zed", "Ana", "").edits)) == 1
    assert not tuple(edit_change("places", place, place, "Zed", "Ana", "").edits)


def test_a_field_that_a_person_corrects_has_a_person_as_its_basis() -> None:
    read = (
        FieldReading(field="title", basis=FieldBasis.META),
        FieldReading(field="published", basis=FieldBasis.ASSUMED, note="the file's time"),
    )
    capture = Capture(
        file="zed.html", imported="2026-01-01T00:00:00Z", by="Ana", tool="it", fields=read
    )
    before = msgspec.structs.replace(RECORDS[4], capture=capture)
    after = edited(before, {"published": Stamp(at="2024-12-06"), "note": "see the print"})
    assert isinstance(after, Article)
    assert after.capture is not None
    assert after.capture.fields == (
        read[0],
        FieldReading(field="published", basis=FieldBasis.PERSON),
    )
    assert edited(before, {"title": "Zed falls"}) == before, "what stays has its old basis"


@pytest.mark.parametrize(
    ("record", "values"),
    [
        (RECORDS[4], {"title": ""}),  # a headline without a text needs its title
        (RECORDS[2], {"precision": 9}),
    ],
)
def test_what_no_record_can_be_is_refused(record: AnyRecord, values: dict[str, Any]) -> None:
    with pytest.raises(UsageError):
        edited(record, values)


@pytest.mark.parametrize(("key", "text"), [("at", "135 2"), ("at", "here")])
def test_degrees_that_are_none_say_how_they_are_typed(key: str, text: str) -> None:
    (one,) = [field for field in EDITABLE[Place] if field.key == key]
    with pytest.raises(UsageError) as told:
        one.read(text)
    assert told.value.hint
