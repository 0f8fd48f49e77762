"""The columns of actors, tolls and reports in a table that nobody has described."""

import re
from collections import Counter
from collections.abc import Iterable

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
    for column in free:
        role = next((role for words, role in ROLES if words.fullmatch(column.words)), None)
        if role is None or not is_name(column) or toll_of(column.words):
            continue
        free.place(column)
        lines = [*line("column", column), *_role(role), *_split(column)]
        sections.append(Section("[[actors]]", lines))
    return sections


def _role(role: Role) -> list[Line]:
    return [Line("role", role.value, "by its header; else attacker, defender, target, victim")]


def _split(*columns: ColumnProfile) -> list[Line]:
    """The separators of the cells of columns, if they have any."""
    found = dict.fromkeys(one for column in columns for one in separators_of(column))
    if not found:
        return []
    return [Line("split", tuple(found), "cells hold several")]


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
    for column in free:
        header = toll_of(column.words)
        if header and (not column.cells or column.counts >= 0.5) and column.addresses == 0:
            bounds = found.setdefault((header.kind.value, header.scope), {})
            if header.bound not in bounds:
                bounds[header.bound] = free.place(column)
    return [_toll(TollHeader(kind, "", scope), found[kind, scope]) for kind, scope in found]  # type: ignore[arg-type]


def _toll(header: TollHeader, bounds: dict[str, ColumnProfile]) -> Section:
    lines = [Line("kind", str(header.kind))]
    if header.scope:
        lines.append(Line("scope", header.scope, "whom it counts"))
    if len(bounds) > 1 and "number" in bounds:
        bounds = {"best" if name == "number" else name: one for name, one in bounds.items()}
    if [*bounds] == ["best"]:
        bounds = {"number": bounds["best"]}
    for name in ("number", "low", "best", "high"):
        lines += line(name, bounds.get(name))
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
        split = [one for field, one in group.items() if field == "publisher"]
        if "title" in group and "url" not in group:
            split.append(group["title"])
        sections.append(Section("[[reports]]", [*lines, *_split(*split)]))
    return sections


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
