"""Articles in tables: CSV, JSON and JSON Lines, answers of the GDELT DOC API among them."""

import csv
import json
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from io import StringIO
from typing import Any

from store.articles.limits import MAX_ARTICLES, MAX_DEPTH
from store.articles.read_article import PassedOver, Reading
from store.articles.rows import Columns, order_of_dates, reading_of_rows
from store.articles.text_encoding import decoded_text
from store.errors import UsageError

_DELIMITERS = (",", "\t", ";", "|")
_SAMPLE = 64 * 1024
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
        raise UsageError("is no table of articles", "it needs columns such as title, url, text")
    columns, delimiter = known
    try:
        header, *rows = csv.reader(StringIO(text), delimiter=delimiter)
    except csv.Error as error:
        raise UsageError(f"is a damaged table ({error})", "") from error
    torn: tuple[PassedOver, ...] = ()
    if rows and _ends_within_cell(text, delimiter):
        torn = (PassedOver(f"row {len(rows)}", "is torn: the file ends within it"),)
        del rows[-1]
    records = [dict(zip(header, row, strict=False)) for row in rows[: MAX_ARTICLES + 1]]
    if not records and torn:
        return Reading((), torn)
    found = _read(records, columns, "row")
    return Reading(found.articles, (*found.passed_over, *torn))


def _ends_within_cell(text: str, delimiter: str) -> bool:
    """True if a quote is open at the end of a table."""
    try:
        deque(csv.reader(StringIO(text), delimiter=delimiter, strict=True), maxlen=0)
    except csv.Error as error:
        return "unexpected end" in str(error)
    return False


def read_json(content: bytes) -> Reading:
    """The articles of a JSON file. Raises `UsageError` if it holds none."""
    return _of_records(records_of_json(content), "item")


def read_json_lines(content: bytes) -> Reading:
    """The articles of a file of JSON objects, one a line. Raises `UsageError` if it holds none."""
    found: list[Any] = []
    for number, line in enumerate(decoded_text(content).text.splitlines(), 1):
        if line.strip():
            try:
                found.append(_decoded(line))
            except UsageError as error:
                raise UsageError(f"line {number}: {error.message}", error.hint) from error
    return _of_records([one for one in found if isinstance(one, dict)], "line")


def records_of_json(content: bytes) -> list[Mapping[str, Any]]:
    """The objects of the first list of objects in a JSON file. Raises `UsageError`."""
    value = _decoded(decoded_text(content).text)
    found = _first_list(value, 4)
    if not found and isinstance(value, dict):
        found = [value]
    return found


def _decoded(text: str) -> Any:
    try:
        value = json.loads(text)
    except ValueError as error:
        raise UsageError(f"is damaged JSON ({error})", "download it again") from error
    except RecursionError as error:
        raise UsageError("is nested too deeply", "") from error
    if _deeper_than(value, MAX_DEPTH):
        raise UsageError(f"is nested more than {MAX_DEPTH} levels", "")
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


def _of_records(records: Sequence[Mapping[str, Any]], word: str) -> Reading:
    columns = columns_of_records(records)
    if not columns.of_articles:
        raise UsageError("holds no articles", "objects need keys such as title, url, text")
    return _read([_words(one) for one in records[: MAX_ARTICLES + 1]], columns, word)


def _read(records: Sequence[Mapping[str, str]], columns: Columns, word: str) -> Reading:
    if len(records) > MAX_ARTICLES:
        raise UsageError(f"has more than {MAX_ARTICLES:,} articles", "split it")
    name = columns.fields.get("published", "")
    order = order_of_dates(one.get(name, "") for one in records)
    numbered = ((f"{word} {number}", one) for number, one in enumerate(records, 1))
    return reading_of_rows(numbered, columns, day_first=order)


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
