"""A draft of a mapping: which column of a table gives which field, by its header and its values.

A column is placed where both fit. What is placed says why, with values of the sample;
what is not is named. The text of the draft is made by `mapping_text`.
"""

import re
from collections.abc import Iterable, Sequence
from pathlib import PurePath
from typing import NamedTuple

from store.importers.mapped import LONGEST_TITLE
from store.importers.record_factory import words_of
from store.importing.column_profile import ColumnProfile
from store.importing.draft_dates import dates_of, lacks_year
from store.importing.draft_groups import actors_of, linked_in, reports_of, tolls_of
from store.importing.draft_parts import (
    FreeColumns,
    Line,
    Section,
    is_words,
    line,
    section,
)
from store.importing.draft_places import places_of, point_lines
from store.importing.draft_tables import MOST, STANCES, TYPES, table_of
from store.importing.header_words import CODES, HEADERS
from store.importing.table_sample import TableSample
from store.model.labels import count_text
from store.model.vocabulary import EventType

NO_DATE = "a date (start or year under [date])"
NO_YEAR = "the year of the dates, which have none (year under [constants])"
NOT_SAID = "what happened (title, note or type under [event], or a toll)"
_ID = re.compile(r"[A-Za-z]{1,12}[-_/. ]?\d[\w./-]*", re.ASCII)
_TYPE = re.compile(r"(?:(?:event|incident|attack) )?type")
"""A header that is sure to be one of types, whatever its values are."""
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)", re.ASCII)
_STABLE = ("date.start", "date.year", "date.month", "date.day", "place.name", "event.title")
_OTHERS = (
    *("event.note", "event.type", "place.point", "place.latitude", "place.longitude"),
    *("date.end", "place.admin1", "place.country"),
)
"""The fields from which an id is made: corrections of a row rarely change them."""


class MappingDraft(NamedTuple):
    """A draft: its parts, the columns that have no place in it, and what a mapping must have."""

    sections: Sequence[Section]
    unplaced: Sequence[ColumnProfile]
    missing: Sequence[str]


def draft_of(sample: TableSample) -> MappingDraft:
    """The draft of a mapping of a table."""
    columns = [
        ColumnProfile(name, [row[number] for row in sample.rows])
        for number, name in enumerate(sample.columns)
    ]
    free = FreeColumns(columns)
    point = point_lines(free)
    id = _id(free)
    tolls = tolls_of(free)
    dates = dates_of(free)
    reports = reports_of(free)
    type = _type(free)
    confidence = free.take("event.confidence", _is_confidence)
    places = places_of(free, point)
    actors = actors_of(free)
    event = _event(free, type, confidence)
    reports = reports or linked_in(event, columns)
    sections = [*dates, *event, *places, *actors, *tolls, *reports]
    year = _year(sample.name, dates, columns)
    missing = [] if dates else [NO_DATE]
    if year is None:
        missing.append(NO_YEAR)
    if not tolls and not any(one.heading == "[event]" and _says_what(one) for one in event):
        missing.append(NOT_SAID)
    sections = [
        _data_set(sample.name),
        *_row(id, sections, columns),
        *sections,
        *_constants(year or [], type, places),
    ]
    return MappingDraft(sections, list(free), missing)


def _says_what(event: Section) -> bool:
    return any(one.key in ("title", "note", "type") for one in event.lines)


def _data_set(name: str) -> Section:
    stem = words_of(PurePath(name.rpartition(": ")[2]).stem).strip()[:100] or "Incidents"
    return Section(
        "[data_set]",
        [
            Line(
                "name",
                stem,
                "a name of its own, kept for later copies: rows under one name are one data set",
            ),
            Line("licence", "", "not known"),
            Line("redistributable", False, "true if the rows may be passed on"),
            Line("citation", ""),
            Line("complete", True, "false if a file holds only the newest rows"),
        ],
    )


def _id(free: FreeColumns) -> ColumnProfile | None:
    """The column of ids: almost each row has one of its own."""
    found = free.take("row.id", lambda one: one.length <= 60 and one.dates < 0.5 and _is_id(one))
    return found or free.first(lambda one: one.unique and one.share(_ID.fullmatch) >= 0.9)


def _is_id(column: ColumnProfile) -> bool:
    return column.unique or (column.rows >= 100 and len(column.distinct) >= column.rows * 0.98)


def _row(
    id: ColumnProfile | None, sections: Iterable[Section], columns: Iterable[ColumnProfile]
) -> list[Section]:
    if id:
        why = "no two rows have the same"
        if not id.unique:
            twice = count_text(id.rows - len(id.distinct), "row")
            why = f"CHECK THIS: {twice} without an id of its own will not come in"
        return [Section("[row]", line("id", id, why))]
    cells = {one.name: one for one in columns}
    chosen: list[ColumnProfile] = []
    needed, others = _stable(sections)
    for column in (*needed, *others):
        chosen.append(cells[column])
        if len(chosen) >= len(needed) and _tell_rows_apart(chosen):
            why = "no column holds ids: they are made from these cells, which tell the rows apart"
            return [Section("[row]", [Line("id_from", tuple(one.name for one in chosen), why)])]
    why = "no column holds ids, and no few cells tell the rows apart: ids are made from all cells"
    return [Section("[row]", [], f"{why}, so that a corrected row is a new one")]


def _stable(sections: Iterable[Section]) -> tuple[list[str], list[str]]:
    """The columns from which ids are made, and those to add where they are not enough."""
    found = {
        f"{one.heading.strip('[]')}.{line.key}": str(line.value)
        for one in sections
        for line in one.lines
        if not line.quoted
    }
    needed, others = ([found[key] for key in keys if key in found] for keys in (_STABLE, _OTHERS))
    return needed, others


def _tell_rows_apart(columns: Sequence[ColumnProfile]) -> bool:
    rows = list(zip(*(one.every for one in columns), strict=True))
    return len(set(rows)) == len(rows)


def _type(free: FreeColumns) -> ColumnProfile | None:
    """The column of types of which most values are known, else the first that is called so."""
    found = [
        (TYPES.share(column), -rank, column)
        for rank, pattern in enumerate(HEADERS["event.type"])
        for column in free
        if pattern.fullmatch(column.words) and _is_of_types(column)
    ]
    best = max(found, key=lambda one: one[:2], default=None)
    if best is None or (best[0] == 0 and not _TYPE.fullmatch(best[2].words)):
        return None
    return free.place(best[2])


def _is_of_types(column: ColumnProfile) -> bool:
    return _is_of_few(column) and (is_words(column) or column.words in CODES)


def _is_of_few(column: ColumnProfile) -> bool:
    return len(column.distinct) <= MOST and column.length <= 60


def _is_confidence(column: ColumnProfile) -> bool:
    return _is_of_few(column) and STANCES.share(column) >= 0.5


def _event(
    free: FreeColumns, type: ColumnProfile | None, confidence: ColumnProfile | None
) -> list[Section]:
    title, how = free.take("event.title", _is_title), ""
    note = free.take("event.note", _is_note)
    if title is None and note is None:
        note, how = _described(free), "by its values: "
    lines = [
        *line("title", title),
        *line("note", note, "" if title else f"{how}the title is its beginning"),
        *line("type", type),
        *line("confidence", confidence, "of the row itself, not of its reports"),
    ]
    return [
        *section("[event]", lines),
        *table_of("[event.types]", type, TYPES),
        *table_of("[event.stances]", confidence, STANCES),
    ]


def _described(free: FreeColumns) -> ColumnProfile | None:
    """The column with the longest words, most of them different."""
    found = [one for one in free if is_words(one) and one.length >= 15 and one.different >= 0.5]
    longest = max(found, key=lambda one: one.length, default=None)
    return longest and free.place(longest)


def _is_note(column: ColumnProfile) -> bool:
    return is_words(column) or (column.length >= 30 and max(column.numbers, column.dates) < 0.5)


def _year(
    name: str, dates: Iterable[Section], columns: Iterable[ColumnProfile]
) -> list[Line] | None:
    """The year of dates that have none, from the name of the file; None if that has none."""
    keys = {line.key: line.value for one in dates if one.heading == "[date]" for line in one.lines}
    start = next((one for one in columns if one.name == keys.get("start")), None)
    if start is None or "year" in keys or not lacks_year(start):
        return []
    found = set(_YEAR.findall(name))
    why = f"{start.name} has no years: CHECK THIS, it is from the name of the file"
    return [Line("year", int(found.pop()), why)] if len(found) == 1 else None


def _is_title(column: ColumnProfile) -> bool:
    return is_words(column) and 4 <= column.length <= LONGEST_TITLE


def _constants(
    year: list[Line], type: ColumnProfile | None, places: Iterable[Section]
) -> list[Section]:
    keys = {line.key for one in places if one.heading == "[place]" for line in one.lines}
    lines = [*year]
    if type is None:
        lines.append(Line("type", EventType.OTHER.value, f"one of {', '.join(EventType)}"))
    if keys & {"name", "latitude", "point"} and "precision" not in keys:
        why = "how exactly rows name their point: 1 exact, 2 within 25 km, 3 district, 4 province"
        lines.append(Line("place_precision", 2, why))
    return section("[constants]", lines)
