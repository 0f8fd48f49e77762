"""Articles in lists of references: CSL-JSON, as Zotero exports it, and RIS."""

import re
from collections.abc import Iterator, Mapping
from typing import Any

from store.articles.read_article import TORN, PassedOver, Reading
from store.articles.rows import Columns, reading_of_rows
from store.articles.table import json_items
from store.articles.text_encoding import decoded_text
from store.errors import UnfitFile

_TAG = re.compile(r"(?P<tag>[A-Z][A-Z0-9])  - ?(?P<value>.*)")
_FIELD_OF_TAG = {
    **dict.fromkeys(("TI", "T1"), "title"),
    **dict.fromkeys(("UR", "L2"), "url"),
    **dict.fromkeys(("AU", "A1"), "author"),
    **dict.fromkeys(("DA", "Y1", "PY"), "published"),
    **dict.fromkeys(("T2", "JO", "JF", "PB"), "publisher"),
    **dict.fromkeys(("AB", "N2"), "summary"),
    "LA": "language",
}
_COLUMNS = ("title", "url", "author", "published", "publisher", "summary", "language")


def read_ris(content: bytes) -> Reading:
    """The articles of a RIS file. Raises `UsageError` if it has none."""
    lines = decoded_text(content).text.splitlines()
    rows: list[tuple[str, Mapping[str, str]]] = []
    broken: list[PassedOver] = []
    for number, (fields, whole) in enumerate(_references(lines), 1):
        part = f"reference {number}"
        if whole:
            rows.append((part, fields))
        else:
            broken.append(PassedOver(part, TORN))
    found = reading_of_rows(rows, Columns(_COLUMNS))
    return Reading(found.articles, (*found.passed_over, *broken))


def _references(lines: list[str]) -> Iterator[tuple[Mapping[str, str], bool]]:
    """The fields of each reference, and True if it ends, with `ER` or where another begins."""
    fields: dict[str, str] = {}
    last = ""
    for line in lines:
        found = _TAG.fullmatch(line.rstrip())
        if found is None:
            if last and line.strip():
                fields[last] = f"{fields.get(last, '')} {line.strip()}".strip()
            continue
        tag, value = found["tag"], found["value"].strip()
        if tag in ("ER", "TY"):
            if fields:
                yield fields, True
            fields, last = {}, ""
            continue
        last = _FIELD_OF_TAG.get(tag, "")
        if last == "published":
            value = _day(value)
            if len(value) > len(fields.get(last, "")):
                fields[last] = value
        elif last == "author" and "author" in fields:
            fields[last] += f"; {value}"
        elif last and value:
            fields.setdefault(last, value)
    if fields:
        yield fields, False


def _day(value: str) -> str:
    """A date of RIS, YYYY/MM/DD/other, as far as it is known."""
    parts = [part for part in value.split("/")[:3] if part.strip().isdigit()]
    return "-".join(part.strip().zfill(2) for part in parts) if parts else value


def is_csl(records: list[Mapping[str, Any]]) -> bool:
    """True if objects are references in CSL-JSON."""
    return bool(records) and any(
        "type" in one and ("issued" in one or "container-title" in one or "accessed" in one)
        for one in records[:20]
    )


def read_csl(content: bytes) -> Reading:
    """The articles of a CSL-JSON file. Raises `UsageError` if it has none."""
    records, broken = json_items(content)
    if not is_csl(records):
        raise UnfitFile("holds no references", "")
    rows = ((f"reference {n}", _of_csl(one)) for n, one in enumerate(records, 1))
    found = reading_of_rows(rows, Columns(_COLUMNS))
    return Reading(found.articles, (*found.passed_over, *broken))


def _of_csl(one: Mapping[str, Any]) -> Mapping[str, str]:
    def text(*names: str) -> str:
        return next((str(one[name]) for name in names if isinstance(one.get(name), str)), "")

    authors = one.get("author")
    return {
        "title": text("title"),
        "url": text("URL"),
        "publisher": text("container-title", "publisher"),
        "language": text("language"),
        "summary": text("abstract"),
        "published": _csl_date(one.get("issued")),
        "author": "; ".join(
            " ".join(str(who[key]) for key in ("given", "family", "literal") if who.get(key))
            for who in (authors if isinstance(authors, list) else [])
            if isinstance(who, dict)
        ),
    }


def _csl_date(value: Any) -> str:
    """The date of a reference, to the day, else empty: a month is no time of publication."""
    if not isinstance(value, dict):
        return ""
    parts = value.get("date-parts")
    if isinstance(parts, list) and parts and isinstance(parts[0], list):
        digits = [str(part).zfill(2) for part in parts[0][:3]]
        return "-".join(digits)
    return str(value.get("raw") or value.get("literal") or "")
