"""Rows as JSON: an array of objects, an answer of an API, JSON Lines, features of GeoJSON.

An answer is an object with an array of objects in it, such as `data` of ACLED and
`Result` of UCDP. The keys of objects in objects are joined by points; a list of words
becomes one text, parted by "; ". The coordinates of a point become the columns
`latitude` and `longitude`, unless the feature has such properties.
"""

import json
from collections.abc import Iterator, Sequence
from typing import IO, Any

from store.errors import UnfitFile
from store.importers.limits import MAX_COLUMNS, MAX_FIELD
from store.importers.readers.answers import ObjectRow, Objects
from store.importers.readers.containers import opened
from store.importers.readers.json_stream import (
    TOO_DEEP,
    BrokenValue,
    CutValue,
    JsonStream,
    TwiceError,
    refuse,
)

_SAMPLE = 60
_BATCH = 500
_ALIVE = 10_000
"""The number of objects between two signs of life."""
_DEPTH = 5
"""The most objects within one another whose keys become columns."""
_ROW = 6
"""The fewest keys of a row that is the only object of a file; an answer without rows has less."""
_DEEPEST = 64
"""The most lists and objects within one another in a cell."""
_COUNTS = ("totalcount", "total_count", "count", "total", "numbermatched", "totalresults")
_DEGREES = ("CRS84", "4326")
_CUT = "the file ends in the middle of this row"


def columns(file: IO[bytes], inside: Sequence[int]) -> Iterator[Objects | None]:
    """The content of a file of JSON, after signs of life (None). Raises `UsageError`."""
    names: dict[str, None] = {}
    first: list[dict[str, str]] = []
    document = _Document(opened(file, inside))
    count = shapes = 0
    for count, item in enumerate(document, 1):
        if isinstance(item, dict):
            flat = _flat(item)
            names.update(dict.fromkeys(flat))
            shapes += _is_shape(item)
            if len(first) < _SAMPLE:
                first.append(flat)
        if len(names) > MAX_COLUMNS:
            raise UnfitFile(f"has over {MAX_COLUMNS} different keys", "save the table alone as CSV")
        if count % _ALIVE == 0:
            yield None
    document.refuse_other_degrees()
    if not names:
        raise UnfitFile(f"is JSON without rows{document.said()}", "expected an array of objects")
    remarks = [*document.remarks(count)]
    if shapes:
        remarks.append(f"features that are no point, and so without coordinates: {shapes:,}")
    cells = [[row.get(name, "") for name in names] for row in first]
    yield Objects(list(names), cells, count, remarks)


def rows(
    file: IO[bytes], inside: Sequence[int], columns: Sequence[str]
) -> Iterator[list[ObjectRow]]:
    """The rows under these columns, many at a time. Raises `UsageError`."""
    batch: list[ObjectRow] = []
    for number, item in enumerate(_Document(opened(file, inside)), 1):
        if isinstance(item, ObjectRow):
            batch.append(item._replace(number=number))
        elif isinstance(item, dict):
            flat = _flat(item)
            batch.append(ObjectRow(number, [flat.get(name, "") for name in columns]))
        else:
            batch.append(ObjectRow(number, [], "is not an object"))
        if len(batch) == _BATCH:
            yield batch
            batch = []
    yield batch


class _Document:
    """A JSON text: its objects in order, and what else it says of itself.

    An object that cannot be read is given as an `ObjectRow` without a number.
    """

    def __init__(self, stream: IO[bytes]) -> None:
        self._json = JsonStream(stream)
        self._said: dict[str, str] = {}
        self._left: list[str] = []
        self._found = False

    def __iter__(self) -> Iterator[Any]:
        start = self._json.peek()
        try:
            if start == "[":
                yield from self._array()
            elif self._json.is_followed(MAX_FIELD):
                yield from self._lines()
                return
            elif (alone := self._json.alone(MAX_FIELD)) and _is_row(alone):
                yield alone
                return
            else:
                yield from self._members("", 1)
        except CutValue:
            yield ObjectRow(0, [], _CUT, cut=True)
            return
        except BrokenValue as error:
            raise refuse(error) from error
        if self._json.peek():
            raise refuse(BrokenValue(f"more text at character {self._json.place:,}"))

    def _lines(self) -> Iterator[Any]:
        """The objects of JSON Lines; one that is broken costs its line."""
        while self._json.peek():
            try:
                yield self._json.value()
            except TwiceError as error:
                yield ObjectRow(0, [], str(error))
            except BrokenValue as error:
                if not self._json.skip_line() and isinstance(error, CutValue):
                    yield ObjectRow(0, [], _CUT, cut=True)
                else:
                    yield ObjectRow(0, [], f"is not JSON ({error})")

    def _array(self) -> Iterator[Any]:
        self._json.expect("[")
        if self._json.take("]"):
            return
        while True:
            try:
                yield self._json.value()
            except TwiceError as error:
                yield ObjectRow(0, [], str(error))
            if self._json.take("]"):
                return
            self._json.expect(",")

    def _members(self, path: str, depth: int) -> Iterator[Any]:
        """The objects of the first array of objects within an object."""
        self._json.expect("{")
        if self._json.take("}"):
            return
        while True:
            name = f"{path}{self._json.value()}"
            self._json.expect(":")
            start = self._json.peek()
            if start == "{" and depth < _DEPTH:
                yield from self._members(f"{name}.", depth + 1)
            elif start == "[" and not self._found and self._json.holds_objects():
                self._found = True
                yield from self._array()
            else:
                self._note(name)
            if self._json.take("}"):
                return
            self._json.expect(",")

    def _note(self, name: str) -> None:
        """Take a value beside the rows, and keep it if it is short."""
        try:
            value = self._json.value()
        except TwiceError:
            return
        if isinstance(value, list):
            if value and isinstance(value[0], dict):
                self._left.append(name)
        elif value is not None and len(self._said) < 100:
            self._said[name] = str(value)[:200]

    def said(self) -> str:
        """The message of an answer without rows, as the end of a sentence."""
        words = [f"{name} {value}" for name, value in self._said.items()]
        return f" ({', '.join(words)[:200]})" if words else ""

    def refuse_other_degrees(self) -> None:
        """Raise `UsageError` if the coordinates are said not to be degrees."""
        crs = self._said.get("crs.properties.name") or self._said.get("spatialReference.wkid")
        if crs and not crs.endswith(_DEGREES):
            raise UnfitFile(
                f"its coordinates are in {crs}, and not in degrees",
                "save it in WGS 84 (EPSG:4326)",
            )

    def remarks(self, count: int) -> Iterator[str]:
        """Remarks on what was read other than as it stands, and on what is not in this file."""
        yield from self._json.remarks
        for name in self._left:
            yield f"its array {name!r} was left out"
        for name, value in self._said.items():
            whole = int(value) if value.isdecimal() and len(value) < 12 else 0
            if name.lower() in _COUNTS and whole > count:
                yield f"one page of an answer: {count:,} of {whole:,} rows"


def _is_row(item: Any) -> bool:
    """True if an object that is alone is a row, and not an answer with or without rows."""
    if not isinstance(item, dict) or len(item) < _ROW:
        return False
    lists = (value for value in item.values() if isinstance(value, list))
    return not any(isinstance(one, dict) for values in lists for one in values)


def _flat(item: dict[str, Any]) -> dict[str, str]:
    """The cells of an object by their columns."""
    found: dict[str, str] = {}
    held = item.get("properties", item.get("attributes"))
    if not (isinstance(held, dict) and "geometry" in item):
        _add(found, "", item, 1)
        return found
    _add(found, "", held, 1)
    if "id" in item and "id" not in found:
        found["id"] = _words(item["id"])
    point = _point(item["geometry"])
    if point and not {"latitude", "longitude"} <= {name.lower() for name in found}:
        found.update(latitude=point[0], longitude=point[1])
    return found


def _point(geometry: Any) -> tuple[str, str] | None:
    """The degrees north and east of a point, as they are printed."""
    if not isinstance(geometry, dict):
        return None
    if isinstance(geometry.get("x"), str) and isinstance(geometry.get("y"), str):
        return geometry["y"], geometry["x"]
    at = geometry.get("coordinates")
    if geometry.get("type") != "Point" or not isinstance(at, list) or len(at) < 2:
        return None
    return _words(at[1]), _words(at[0])


def _is_shape(item: dict[str, Any]) -> bool:
    return isinstance(item.get("geometry"), dict) and _point(item["geometry"]) is None


def _add(found: dict[str, str], path: str, held: dict[str, Any], depth: int) -> None:
    for name, value in held.items():
        if isinstance(value, dict) and depth < _DEPTH:
            _add(found, f"{path}{name}.", value, depth + 1)
        else:
            found[_text(f"{path}{name}")] = _words(value)


def _words(value: Any) -> str:
    if isinstance(value, str):
        return _text(value)
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, list) and not any(isinstance(one, dict | list) for one in value):
        return "; ".join(filter(None, map(_words, value)))
    if _is_deep(value, _DEEPEST):
        raise refuse(BrokenValue(TOO_DEEP))
    return _text(json.dumps(value, ensure_ascii=False))


def _is_deep(value: Any, left: int) -> bool:
    if not isinstance(value, dict | list):
        return False
    inner = value.values() if isinstance(value, dict) else value
    return left == 0 or any(_is_deep(one, left - 1) for one in inner)


def _text(words: str) -> str:
    """A text without halves of characters, which JSON can have."""
    return words if words.isascii() else words.encode("utf-8", "replace").decode()
