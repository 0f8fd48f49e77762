"""Mappings read from TOML. An error is one line: the file, the key, and what to do."""

import re
import tomllib
import types
from collections.abc import Iterator
from difflib import get_close_matches
from enum import StrEnum
from hashlib import sha256
from pathlib import Path
from typing import Any, NamedTuple, Union, get_args, get_origin, get_type_hints

import msgspec

from store.errors import MissingCase, UsageError
from store.importers import acled, gdelt, ged_layout
from store.importers.mapped_dates import zone_of
from store.importers.mapping import MAX_NAME, Part, TableMapping, table_key
from store.model.typed_text import one_typed_line

MAX_BYTES = 512 * 1024
"""The most bytes of a mapping."""
MAX_DEPTH = 8
"""The most levels of a mapping; none of its keys needs more than four."""
_KNOWN = tuple(one.DATA_SET.name for one in (acled, ged_layout, gdelt))
_DRAFT = "conflict-tui mapping FILE writes a draft"


class MappingFile(NamedTuple):
    """A mapping with the name of its file, and the SHA-256 of its bytes."""

    name: str
    sha256: str
    mapping: TableMapping


def read_mapping(path: Path) -> MappingFile:
    """The mapping of a file. Raises `MissingCase` and `UsageError`."""
    content = _bytes_of(path)
    return MappingFile(path.name, sha256(content).hexdigest(), parsed(str(path), content))


def named(mapping: TableMapping, name: str) -> TableMapping:
    """The mapping with another name of its data set. Raises `UsageError` where it is no name."""
    part = msgspec.structs.replace(mapping.data_set, name=one_typed_line(name, "the name"))
    found = msgspec.structs.replace(mapping, data_set=part)
    if not 1 <= len(part.name) <= MAX_NAME:
        raise UsageError(f"the name has {len(part.name):,} letters", f"give 1 to {MAX_NAME}")
    for key, why, hint in _unfit(found):
        raise UsageError(f"{key}: {why}", hint)
    return found


def parsed(name: str, content: bytes) -> TableMapping:
    """The mapping of the bytes of a file with a name. Raises `UsageError`."""
    try:
        table = tomllib.loads(content.decode().removeprefix("\ufeff"))
    except UnicodeDecodeError as error:
        raise UsageError(f"{name}: is not UTF-8", "save it as UTF-8") from error
    except (ValueError, RecursionError) as error:
        why = "it is nested too deeply" if isinstance(error, RecursionError) else str(error)
        raise UsageError(f"{name}: is not TOML: {why}", f"correct it; {_DRAFT}") from error
    if _is_deep(table, MAX_DEPTH):
        raise UsageError(f"{name}: has more than {MAX_DEPTH} levels", _DRAFT)
    for key, known in _unknown_keys(table, TableMapping, ""):
        near = get_close_matches(key.rpartition(".")[2], known, 1)
        told = f"did you mean {near[0]!r}?" if near else f"its keys are {', '.join(known)}"
        raise UsageError(f"{name}: {key}: is no key of a mapping", told)
    try:
        mapping = msgspec.convert(table, TableMapping)
    except msgspec.ValidationError as error:
        words, hint = _in_words(str(error))
        raise UsageError(f"{name}: {words}", hint) from error
    for key, why, hint in _unfit(mapping):
        raise UsageError(f"{name}: {key}: {why}", hint)
    return mapping


def _bytes_of(path: Path) -> bytes:
    try:
        if not path.is_file():
            if path.exists():
                raise UsageError(f"{path}: is not a file", "name a mapping in TOML")
            raise MissingCase(f"{path}: there is no such file", _DRAFT)
        with path.open("rb") as stream:
            content = stream.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or error
        raise UsageError(f"{path}: cannot be read ({why})", "check the name") from error
    if len(content) > MAX_BYTES:
        raise UsageError(f"{path}: has over {MAX_BYTES // 1024} KB", "no mapping needs as much")
    return content


def _is_deep(value: object, left: int) -> bool:
    if not isinstance(value, dict | list):
        return False
    inner = value.values() if isinstance(value, dict) else value
    return left == 0 or any(_is_deep(one, left - 1) for one in inner)


def _unknown_keys(table: Any, of: Any, where: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The keys that a mapping does not have, each with those that its place has."""
    if isinstance(table, list):
        for number, one in enumerate(table, 1):
            yield from _unknown_keys(one, of, f"{where} {number}")
        return
    part = next((one for one in _structs(of)), None)
    if part is None or not isinstance(table, dict):
        return
    hints = get_type_hints(part)
    names = tuple(field for field in part.__struct_fields__)
    for key, value in table.items():
        path = f"{where}.{key}" if where else key
        if key not in names:
            yield path, names
        else:
            yield from _unknown_keys(value, hints[key], path)


def _structs(of: Any) -> Iterator[type[Part]]:
    """The parts of a mapping in a type."""
    if isinstance(of, type) and issubclass(of, Part):
        yield of
    elif get_origin(of) in (tuple, Union, types.UnionType):
        for one in get_args(of):
            yield from _structs(one)


_AT = re.compile(r"\[(\d+)\]")


def _in_words(error: str) -> tuple[str, str]:
    """An error of msgspec with the key first, and what to do.

    Such as "Expected `str`, got `int` - at `$.date.start`".
    """
    what, _, where = error.partition(" - at ")
    where = where.strip("`").removeprefix("$").removeprefix(".")
    if what.startswith("Invalid enum value"):
        values = _values_at(where)
        near = get_close_matches(what.partition("'")[2].rstrip("'"), values, 1)
        told = f"did you mean {near[0]!r}?" if near else f"write one of {', '.join(values)}"
        what = f"{what.removeprefix('Invalid enum value ')} is no value of it"
    else:
        told = _DRAFT
        what = what.replace("`", "").replace("Object missing required field", "lacks the key")
        what = f"{what[:1].lower()}{what[1:]}"
    key = _AT.sub(lambda found: f" {int(found[1]) + 1}", where).replace("[...]", "")
    return f"{key or 'the mapping'}: {what}", told


def _values_at(where: str) -> list[str]:
    """The values that a key may have, by its path: `tolls[0].kind`."""
    of: Any = TableMapping
    for name in re.sub(r"\[[^]]*\]", "", where).split("."):
        part = next(_structs(of), None)
        of = get_type_hints(part)[name] if part else of
    return _values_of(of)


def _values_of(of: Any) -> list[str]:
    """The values that a type lists, alone, among others, or as those of a table."""
    if isinstance(of, type) and issubclass(of, StrEnum):
        return [one.value for one in of]
    return next(filter(None, map(_values_of, get_args(of))), [])


def _unfit(mapping: TableMapping) -> Iterator[tuple[str, str, str]]:
    """The keys whose values do not go together, each with the reason and what to do."""
    date, event, place = mapping.date, mapping.event, mapping.place
    if mapping.data_set.name in _KNOWN:
        name = mapping.data_set.name
        yield "data_set.name", f"{name} is imported without a mapping", f"say {name} (our copy)"
    if not (date.start or date.end or date.year):
        yield "date", "names no column with the date", "write start = COLUMN, or year = COLUMN"
    if not (event.title or event.note or event.type or mapping.tolls):
        hint = "write title, note or type = COLUMN, or a toll"
        yield "event", "names no column that says what happened", hint
    if bool(place.latitude) != bool(place.longitude):
        yield "place", "latitude and longitude go together", "name both columns"
    if mapping.row.id and mapping.row.id_from:
        yield "row", "id and id_from exclude each other", "keep one of them"
    if date.day and not date.month:
        yield "date.day", "a day needs its month", "write month = COLUMN"
    if mapping.constants.time_zone:
        try:
            zone_of(mapping.constants.time_zone)
        except ValueError as error:
            yield "constants.time_zone", str(error), "write +03:00, or Asia/Damascus"
    yield from _unfit_groups(mapping)


def _unfit_groups(mapping: TableMapping) -> Iterator[tuple[str, str, str]]:
    seen: set[tuple[StrEnum, str]] = set()
    for number, toll in enumerate(mapping.tolls, 1):
        key = f"tolls {number}"
        if not toll.columns:
            yield key, "names no column", "write number = COLUMN, or low, best and high"
        if toll.number and len(toll.columns) > 1:
            yield key, "number excludes low, best and high", "call the middle one best"
        if (toll.kind, table_key(toll.scope)) in seen:
            whose = f" {toll.scope}" if toll.scope else ""
            yield key, f"counts the {toll.kind.value}{whose} once more", "give another scope"
        seen.add((toll.kind, table_key(toll.scope)))
    for number, report in enumerate(mapping.reports, 1):
        if not (report.publisher or report.title or report.url):
            yield f"reports {number}", "names no report", "write url, title or publisher = COLUMN"
