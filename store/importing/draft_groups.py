"""The columns of actors, tolls and reports in a table that nobody has described."""

import re
from collections import Counter
from collections.abc import Iterable

from store.importers.mapped_numbers import count_in
from store.importers.mapped_reports import parts_of
from store.importing.column_profile import ColumnProfile
from store.importing.draft_parts import (
    FreeColumns,
    Line,
    Section,
    is_name,
    is_words,
    line,
)
from store.importing.header_words import REPORTS, ROLES, TollHeader, toll_of
from store.model.vocabulary import Role

_SURE = (";", "|", "\n")
"""Separators that stand in no name."""
_LIKELY = (", ", " / ", "/", " and ", " & ", " et ", " y ")
"""Separators that may stand in a name: it takes parts that occur elsewhere to tell."""
_NUMBER = re.compile(r"\s*\b(\d{1,2})\b\s*|(?<=[a-z])(\d{1,2})$")


def actors_of(free: FreeColumns) -> list[Section]:
    """A section for each column of actors."""
    sections = []
    headers = {column.words for column in free}
    for column in free:
        if f"{column.words} name" in headers:  # the other holds the names, this one their kind
            continue
        role = next((role for words, role in ROLES if words.fullmatch(column.words)), None)
        if role is None or not is_name(column) or toll_of(column.words):
            continue
        free.place(column)
        lines = [*line("column", column), *_role(role), *_split(column)]
        sections.append(Section("[[actors]]", lines))
    return sections


def _role(role: Role) -> list[Line]:
    return [Line("role", role.value, "by the header; or attacker, defender, target, victim, party")]


def _split(*columns: ColumnProfile) -> list[Line]:
    """The separators of the cells of columns, if they have any."""
    found = dict.fromkeys(one for column in columns for one in separators_of(column))
    if not found:
        return []
    return [Line("split", tuple(found), "cells list several")]


def separators_of(column: ColumnProfile) -> list[str]:
    """The separators at which cells are lists; a likely one needs parts that occur elsewhere."""
    found = [one for one in _SURE if any(one in cell for cell in column.cells)]
    parts = Counter(part for cell in column.cells for part in parts_of(cell, tuple(found)))
    for separator in _LIKELY:
        lists = [part for part in parts if separator in part]
        inner = {part for one in lists for part in parts_of(one, separator)}
        if lists and len(inner & parts.keys()) >= max(1, len(inner) // 2):
            found.append(separator)
    return found


def tolls_of(free: FreeColumns) -> list[Section]:
    """A section for each number of people, with its estimates."""
    found: dict[tuple[str, str], dict[str, ColumnProfile]] = {}
    headers: dict[tuple[str, str], TollHeader] = {}
    for column in free:
        header = toll_of(column.words)
        if header and (not column.cells or column.counts >= 0.5) and column.addresses == 0:
            key = header.kind.value, header.scope
            headers[key] = header
            bounds = found.setdefault(key, {})
            if header.bound not in bounds:
                bounds[header.bound] = free.place(column)
    return [_toll(headers[key], found[key]) for key in found]


def _toll(header: TollHeader, bounds: dict[str, ColumnProfile]) -> Section:
    why = "" if header.sure else "CHECK THIS: the headers do not say whom they count"
    lines = [Line("kind", header.kind.value, why)]
    if header.scope:
        lines.append(Line("scope", header.scope, "whom it counts"))
    if len(bounds) > 1 and "number" in bounds:
        bounds = {"best" if name == "number" else name: one for name, one in bounds.items()}
    if [*bounds] == ["best"]:
        bounds = {"number": bounds["best"]}
    for name in ("number", "low", "best", "high"):
        lines += line(name, bounds.get(name), "", count_in)
    return Section("[[tolls]]", lines)


def reports_of(free: FreeColumns) -> list[Section]:
    """A section for each report or list of reports: columns with one number belong together."""
    groups: dict[str, dict[str, ColumnProfile]] = {}
    for column in free:
        number = "".join(part or "" for found in _NUMBER.findall(column.words) for part in found)
        words = " ".join(_NUMBER.sub(" ", column.words).split())
        fields = [field for field, of in REPORTS.items() if of.fullmatch(words)]
        if "publisher" in fields and "url" not in fields:
            fields.insert(0, "url")
        field = next((one for one in fields if _fits(one, column)), None)
        if field and field not in groups.get(number, {}):
            groups.setdefault(number, {})[field] = column
    sections = []
    for group in groups.values():
        if not group.keys() & {"url", "title", "publisher"}:
            continue
        for column in group.values():
            free.place(column)
        lines = [one for field in REPORTS for one in line(field, group.get(field))]
        sections.append(Section("[[reports]]", [*lines, *_split_of_reports(group)]))
    return sections


def _split_of_reports(group: dict[str, ColumnProfile]) -> list[Line]:
    """The separators of the lists of a group: names of sources, or titles with as many dates.

    A headline may hold any of them, so it takes another list to tell.
    """
    title, beside = group.get("title"), group.get("date") or group.get("publisher")
    if title is None:
        return _split(group["publisher"]) if "publisher" in group else []
    if beside is None:
        return []
    for separator in _SURE:
        lists = [
            (parts_of(one, separator), parts_of(other, separator))
            for one, other in zip(title.raw, beside.raw, strict=True)
            if separator in one and separator in other
        ]
        if lists and sum(len(a) == len(b) for a, b in lists) >= 0.9 * len(lists):
            return [Line("split", (separator,), "cells list several")]
    return []


def linked_in(event: Iterable[Section], columns: Iterable[ColumnProfile]) -> list[Section]:
    """The section of reports whose addresses stand in the words of the event."""
    words = {one.value for part in event if part.heading == "[event]" for one in part.lines}
    for column in columns:
        if column.name in words and column.addresses >= 0.3:
            return [Section("[[reports]]", line("url", column, "the addresses in these words"))]
    return []


def _fits(field: str, column: ColumnProfile) -> bool:
    if field == "url":
        return column.addresses >= 0.3
    if field == "date":
        return column.dates >= 0.5
    return column.addresses < 0.3 and (
        is_name(column) if field == "publisher" else is_words(column)
    )
