"""Articles in tables: CSV, JSON and JSON Lines, answers of the GDELT DOC API among them."""

import csv
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from io import StringIO
from itertools import islice
from typing import Any

from store.articles.csv_rows import csv_rows
from store.articles.limits import MAX_ARTICLES, MAX_DEPTH
from store.articles.read_article import TORN, PassedOver, Reading
from store.articles.rows import Columns, order_of_dates, reading_of_rows
from store.articles.text_encoding import decoded_text
from store.errors import UnfitFile, UsageError

_DELIMITERS = (",", "\t", ";", "|")
_SAMPLE = 64 * 1024
_LINES = 20
"""The lines among which an object is looked for."""
MAX_COLUMNS = 500


def columns_of_csv(text: str) -> tuple[Columns, str] | None:
    """The columns of a table of articles and its delimiter, None if it is none."""
    csv.field_size_limit(2**31 - 1)
    for delimiter in _DELIMITERS:
        try:
            header = next(
                csv.reader(StringIO(text[:_SAMPLE]), delimiter=delimiter, strict=True), []
            )
        except csv.Error:
            continue
        if 2 <= len(header) <= MAX_COLUMNS:
            columns = Columns(header)
            if columns.of_articles:
                return columns, delimiter
    return None


def read_csv(content: bytes) -> Reading:
    """The articles of a CSV file, a row each. Raises `UsageError` if it is none."""
    text = decoded_text(content).text
    known = columns_of_csv(text)
    if known is None:
        raise UnfitFile("is no table of articles", "it needs columns such as title, url, text")
    columns, delimiter = known
    records: list[tuple[str, Mapping[str, str]]] = []
    broken: list[PassedOver] = []
    header = next(csv.reader(StringIO(text), delimiter=delimiter))
    for row in csv_rows(text, delimiter):
        part = f"row {row.number}"
        if row.fault:
            broken.append(PassedOver(part, row.fault))
        elif len(records) <= MAX_ARTICLES:
            records.append((part, dict(zip(header, row.cells, strict=False))))
    return _read(records, columns, broken)


def read_json(content: bytes) -> Reading:
    """The articles of a JSON file, those before a damaged place. Raises `UsageError` if none."""
    records, broken = json_items(content)
    return _of_records([(f"item {n}", one) for n, one in enumerate(records, 1)], broken)


def read_json_lines(content: bytes) -> Reading:
    """The articles of a file of JSON objects, one a line. Raises `UsageError` if it holds none."""
    found: list[tuple[str, Mapping[str, Any]]] = []
    broken: list[PassedOver] = []
    lines = decoded_text(content).text.rstrip().split("\n")
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            value = _decoded(line)
        except UsageError as error:
            cut = number == len(lines) and not line.rstrip().endswith("}")
            broken.append(PassedOver(f"line {number}", TORN if cut else error.message))
            continue
        if isinstance(value, dict):
            found.append((f"line {number}", value))
        else:
            broken.append(PassedOver(f"line {number}", "is no object"))
    return _of_records(found, broken)


def has_json_lines(text: str) -> bool:
    """True if one of the first lines is an object, and they have the keys of articles."""
    objects = []
    for line in islice(text.split("\n"), _LINES):
        try:
            value = _decoded(line) if line.startswith("{") else None
        except UsageError:
            continue
        if isinstance(value, dict):
            objects.append(value)
    return bool(objects) and columns_of_records(objects).of_articles


def records_of_json(content: bytes) -> list[Mapping[str, Any]]:
    """The objects of the first list of objects in a JSON file. Raises `UsageError`."""
    return json_items(content)[0]


def json_items(content: bytes) -> tuple[list[Mapping[str, Any]], list[PassedOver]]:
    """The objects of the first list of objects in a JSON file; of a damaged one those before.

    Raises `UsageError` if there is none.
    """
    try:
        return whole_records(content), []
    except UsageError as error:
        text = decoded_text(content).text.rstrip()
        found, at = _before_damage(text)
        if not found:
            raise
        why = TORN if _is_cut(text, at) else f"{error.message}; nothing after it is read"
        return found, [PassedOver(f"item {len(found) + 1}", why)]


def whole_records(content: bytes) -> list[Mapping[str, Any]]:
    """The objects of the first list of objects in a JSON file. Raises `UsageError` on damage."""
    value = _decoded(decoded_text(content).text)
    found = _first_list(value, 4)
    return found or ([value] if isinstance(value, dict) else [])


def _is_cut(text: str, at: int) -> bool:
    """True if a JSON text is damaged from a place on because it ends there."""
    try:
        json.JSONDecoder().raw_decode(text, at)
    except json.JSONDecodeError as error:
        return error.msg.startswith("Unterminated") or error.pos >= len(text) - 1
    except RecursionError:
        return False
    return True


def _before_damage(text: str) -> tuple[list[Mapping[str, Any]], int]:
    """The whole objects that begin a list in a damaged JSON text, and the place after them."""
    start = _LIST.match(text[:_SAMPLE])
    found: list[Mapping[str, Any]] = []
    decoder, at = json.JSONDecoder(), start.end() if start else -1
    while at >= 0:
        try:
            value, end = decoder.raw_decode(text, at)
        except (ValueError, RecursionError):
            break
        if not isinstance(value, dict) or _deeper_than(value, MAX_DEPTH):
            break
        found.append(value)
        comma = _COMMA.match(text, end)
        if comma is None:
            return found, end
        at = comma.end()
    return found, at


_LIST = re.compile(r'\s*(?:\{[^\[\]{}]*"\w+"\s*:\s*)?\[\s*(?=\{)')
_COMMA = re.compile(r"\s*,\s*")


def _decoded(text: str) -> Any:
    try:
        value = json.loads(text)
    except json.JSONDecodeError as error:
        line = f"line {error.lineno}, " if error.lineno > 1 else ""
        where = f"{error.msg} at {line}column {error.colno}"
        raise UnfitFile(f"is damaged JSON ({where})", "download it again") from error
    except ValueError as error:  # a number of too many digits
        raise UnfitFile(f"is damaged JSON ({error})", "download it again") from error
    except RecursionError as error:
        raise UnfitFile("is nested too deeply", "") from error
    if _deeper_than(value, MAX_DEPTH):
        raise UnfitFile(f"is nested more than {MAX_DEPTH} levels", "")
    return value


def _deeper_than(value: Any, most: int) -> bool:
    level = [value]
    for _ in range(most):
        level = (
            [
                one
                for outer in level
                for one in (outer.values() if isinstance(outer, dict) else outer)
                if isinstance(one, dict | list)
            ]
            if level and all(isinstance(one, dict | list) for one in level)
            else []
        )
        if not level:
            return False
    return True


def _first_list(value: Any, depth: int) -> list[Mapping[str, Any]]:
    """The objects of a list, or of the first list within an object that holds some."""
    if isinstance(value, list):
        return [one for one in value if isinstance(one, dict)]
    if isinstance(value, dict) and depth:
        for one in value.values():
            if isinstance(one, dict | list) and (found := _first_list(one, depth - 1)):
                return found
    return []


def columns_of_records(records: Sequence[Mapping[str, Any]]) -> Columns:
    """The columns of objects: their keys, in the order in which they come."""
    return Columns(dict.fromkeys(key for one in records[:200] for key in one))


def _of_records(
    records: Sequence[tuple[str, Mapping[str, Any]]], broken: Sequence[PassedOver]
) -> Reading:
    columns = columns_of_records([one for _, one in records])
    if not columns.of_articles:
        raise UnfitFile("holds no articles", "objects need keys such as title, url, text")
    read = [(part, _words(one)) for part, one in records[: MAX_ARTICLES + 1]]
    return _read(read, columns, broken)


def _read(
    records: Sequence[tuple[str, Mapping[str, str]]],
    columns: Columns,
    broken: Sequence[PassedOver],
) -> Reading:
    if len(records) > MAX_ARTICLES:
        raise UnfitFile(f"has more than {MAX_ARTICLES:,} articles", "split it")
    if not records and broken:
        return Reading((), tuple(broken))
    name = columns.fields.get("published", "")
    order = order_of_dates(one.get(name, "") for _, one in records)
    found = reading_of_rows(records, columns, day_first=order)
    return Reading(found.articles, tuple(sorted((*found.passed_over, *broken), key=_number)))


def _number(one: PassedOver) -> int:
    """The number of a row, line or item: 4 of `line 4`."""
    return int(one.part.rpartition(" ")[2])


def _words(one: Mapping[str, Any]) -> Mapping[str, str]:
    """The values of an object as words: of objects their names, of lists their items."""
    return {str(key): ", ".join(_flat(value)) for key, value in one.items()}


def _flat(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value.encode("utf-8", "replace").decode()  # JSON may hold half a character
    elif isinstance(value, bool | int | float):
        yield str(value)
    elif isinstance(value, dict):
        yield from _flat(value.get("name") or value.get("title") or value.get("$date"))
    elif isinstance(value, list):
        for item in value:
            yield from _flat(item)
