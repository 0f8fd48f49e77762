"""The text fields of a record by their dotted names: `title`, `value.printed`."""

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import msgspec

from store.errors import UsageError
from store.model.records import AnyRecord, Article, Passage, RowRef
from store.model.references import references


class FieldOfRecord(NamedTuple):
    """A field of a record, given by its id.

    `field` is dotted within a value; empty where the words are in no text field.
    """

    id: str
    field: str


def texts(record: AnyRecord) -> Iterator[tuple[str, str]]:
    """List every non-empty text of a record with its field; a list field gives several."""
    yield from _texts("", record)


def _texts(field: str, value: Any) -> Iterator[tuple[str, str]]:
    if type(value) is str and value:  # not an enum member, such as a kind
        yield field, value
    elif isinstance(value, tuple):
        for one in value:
            yield from _texts(field, one)
    elif isinstance(value, msgspec.Struct):
        for name in value.__struct_fields__:
            yield from _texts(f"{field}.{name}".lstrip("."), getattr(value, name))


def editable_fields(record: AnyRecord) -> tuple[str, ...]:
    """The fields of a record whose text can be replaced.

    None of them is an id, a hash, a date, a code or derived from another text.
    """
    fields = dict.fromkeys(field for field, _ in texts(record))
    return tuple(
        field
        for field in fields
        if field not in _fixed_fields(record) and _accepts_text(record, field)
    )


def _fixed_fields(record: AnyRecord) -> frozenset[str]:
    named = {field for field, _, _ in references(record)}
    # a passage's words come from its article, and a row's id identifies it in a later import
    quoted = {"exact", "prefix", "suffix"} if isinstance(record, Passage) else set()
    return frozenset(
        {"id", "language", "chips.kind", *_OF_ROWS, *_HASHES, *_OF_CAPTURE, *named, *quoted}
    )


_HASHES = frozenset({"text_sha256", "raw_sha256", "origin.raw_sha256"})
_OF_ROWS = frozenset(
    {
        "merged",
        *(f"{of}.{one}" for of in ("row", "merged_rows") for one in RowRef.__struct_fields__),
    }
)
_OF_CAPTURE = frozenset({"capture.imported", "capture.at", "capture.tool", "capture.fields.field"})


def _accepts_text(record: AnyRecord, field: str) -> bool:
    """Tell if the field accepts any text."""
    if isinstance(record, Article) and field == "text":
        return True  # its hash goes with it
    try:
        with_text_changed(record, field, lambda _: "[words]")
    except msgspec.ValidationError:
        return False
    return True


def with_text_changed(
    record: AnyRecord, field: str, change: Callable[[str], str], **others: object
) -> AnyRecord:
    """Change every text of a field of a record, and set `others`.

    Raises `msgspec.ValidationError` where the record would be invalid.
    """
    built = {**msgspec.to_builtins(record), **others}
    return msgspec.convert(_changed(built, field.split("."), change), type(record))


def _changed(built: Any, way: list[str], change: Callable[[str], str]) -> Any:
    if isinstance(built, (list, tuple)):
        return [_changed(one, way, change) for one in built]
    if not way:
        return change(built)
    return {**built, way[0]: _changed(built[way[0]], way[1:], change)}


def fields_with(one: AnyRecord, words: str) -> tuple[str, ...]:
    """The fields of a record that contain the words and can be redacted."""
    holding = {field for field, text in texts(one) if words in text}
    return tuple(field for field in editable_fields(one) if field in holding)


def texts_in(one: AnyRecord, field: str) -> tuple[str, ...]:
    """The texts of a field that can be redacted; several where the field is a list.

    Raises `UsageError`, which names the fields that can, where this one cannot.
    """
    fields = editable_fields(one)
    if field in fields:
        return tuple(text for name, text in texts(one) if name == field)
    hint = f"it has text in: {', '.join(fields)}" if fields else "it has no text of its own"
    if isinstance(one, Passage):
        side = "title" if one.in_title else "text"
        hint = f"it quotes {one.article}: redact the words in the {side} of that"
    raise UsageError(f"{one.id}: has no text in its field {field!r}", hint)
