"""The words of a record, by the fields in which they stand: `title`, `value.printed`."""

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

import msgspec

from store.model.records import AnyRecord, Article, Passage
from store.model.references import references


class FieldOfRecord(NamedTuple):
    """Where words stand: a record by its id, and one of its fields.

    `field` is dotted within a value; empty where they stand in no field of words.
    """

    id: str
    field: str


def texts(record: AnyRecord) -> Iterator[tuple[str, str]]:
    """Every text of a record that is not empty, with its field; a list gives one for each."""
    yield from _texts("", record)


def _texts(field: str, value: Any) -> Iterator[tuple[str, str]]:
    if type(value) is str and value:  # no member of a list of ours, such as a kind
        yield field, value
    elif isinstance(value, tuple):
        for one in value:
            yield from _texts(field, one)
    elif isinstance(value, msgspec.Struct):
        for name in value.__struct_fields__:
            yield from _texts(f"{field}.{name}".lstrip("."), getattr(value, name))


def worded(record: AnyRecord) -> tuple[str, ...]:
    """The fields of a record whose words can be replaced by others.

    None of them is an id, a hash, a date, a code or what follows from another text.
    """
    fields = dict.fromkeys(field for field, _ in texts(record))
    return tuple(
        field for field in fields if field not in _no_words(record) and _takes(record, field)
    )


def _no_words(record: AnyRecord) -> frozenset[str]:
    named = {field for field, _, _ in references(record)}
    # what a passage quotes follows from the article, a row that comes again is known by its id
    quoted = {"exact", "prefix", "suffix"} if isinstance(record, Passage) else set()
    return frozenset({"id", "language", "row.row", "chips.kind", *_HASHES, *named, *quoted})


_HASHES = frozenset({"text_sha256", "raw_sha256", "origin.raw_sha256", "row.sha256"})


def _takes(record: AnyRecord, field: str) -> bool:
    """Whether any words can stand in the field."""
    if isinstance(record, Article) and field == "text":
        return True  # its hash goes with it
    try:
        reworded(record, field, lambda _: "[words]")
    except msgspec.ValidationError:
        return False
    return True


def reworded(
    record: AnyRecord, field: str, change: Callable[[str], str], **others: object
) -> AnyRecord:
    """The record with every text of a field changed, and `others` set.

    Raises `msgspec.ValidationError` where it would be no record of its table.
    """
    built = {**msgspec.to_builtins(record), **others}
    return msgspec.convert(_changed(built, field.split("."), change), type(record))


def _changed(built: Any, way: list[str], change: Callable[[str], str]) -> Any:
    if isinstance(built, (list, tuple)):
        return [_changed(one, way, change) for one in built]
    if not way:
        return change(built)
    return {**built, way[0]: _changed(built[way[0]], way[1:], change)}
