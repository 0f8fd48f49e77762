"""The columns of the timeline: what they are, which of them a width has room for, and a user's own.

The choice of a user is kept in a file of the folder for state. It holds no words of a case.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import NamedTuple

import msgspec

from store.model.dates import WITH_YEAR
from store.queries.event_sort import Sort
from store.queries.frequency import Field
from tui.session.settings import state_folder

FILE = "columns.json"

BY_WIDTH = "by-width"
"""What is typed to let the width decide which columns are shown."""

ABOUT_BY_WIDTH = "Show the columns for which there is room, each as wide as is usual."


class ColumnId(StrEnum):
    """A column of the timeline, in the order in which they stand."""

    DATE = "date"
    PLACE = "place"
    SIDES = "sides"
    TYPE = "type"
    TITLE = "title"
    KILLED = "killed"
    INJURED = "injured"
    MISSING = "missing"
    DISPLACED = "displaced"
    SUPPORT = "support"
    MARKS = "marks"


class ColumnRow(NamedTuple):
    """All about a column.

    It has `width` cells, and `wide` ones where the list has `wide_from`. It is shown
    from `shown_from` cells on, and never by itself where that is None. `sort` is the order by
    it, None where there is none, and `field` what `F` counts by.
    """

    about: str
    width: int
    shown_from: int | None
    sort: Sort | None
    field: Field
    wide: int = 0
    wide_from: int = 0


MOST = 10_000
"""More cells than any list has."""

COLUMNS: Mapping[ColumnId, ColumnRow] = {
    ColumnId.DATE: ColumnRow("The day, as exactly as it is known.", 11, 0, Sort.DATE, Field.MONTHS),
    ColumnId.PLACE: ColumnRow("The place.", 14, 80, Sort.PLACE, Field.PLACES, 18, 150),
    ColumnId.SIDES: ColumnRow(
        "Who attacks, or the parties, and whom it strikes.", 36, 150, None, Field.ACTORS
    ),
    ColumnId.TYPE: ColumnRow(
        "The type as a sign; with more room in words.", 1, 30, Sort.TYPE, Field.TYPES, 15, 110
    ),
    ColumnId.TITLE: ColumnRow(
        "The title; it gets the room that is left.", 12, 0, Sort.TITLE, Field.ACTORS
    ),
    ColumnId.KILLED: ColumnRow(
        "How many were killed: the best figure, + where it is the least.",
        8,
        36,
        Sort.KILLED,
        Field.PLACES,
        13,
        64,
    ),
    ColumnId.INJURED: ColumnRow("How many were injured.", 7, None, Sort.INJURED, Field.PLACES),
    ColumnId.MISSING: ColumnRow("How many are missing.", 7, None, Sort.MISSING, Field.PLACES),
    ColumnId.DISPLACED: ColumnRow("How many fled.", 9, None, Sort.DISPLACED, Field.PLACES),
    ColumnId.SUPPORT: ColumnRow(
        "Articles and independent origins that say so.", 6, 0, Sort.SUPPORT, Field.SOURCES, 8, 84
    ),
    ColumnId.MARKS: ColumnRow(
        "Stars and notes, odd rows, and what is at odds.", 3, 0, Sort.DISPUTED, Field.SOURCES
    ),
}

_GIVES_WAY = (
    *(ColumnId.SIDES, ColumnId.DISPLACED, ColumnId.MISSING, ColumnId.INJURED),
    *(ColumnId.PLACE, ColumnId.KILLED, ColumnId.TYPE, ColumnId.MARKS, ColumnId.SUPPORT),
    ColumnId.DATE,
)
"""The columns in the order in which they are left out where there is no room."""

TITLE_LEAST = 12
"""The cells that the title is to have, before another column is left out for it."""

LEAST, WIDEST = 1, 80
"""The fewest and the most cells that a user can give a column."""


class Placed(NamedTuple):
    """A column with its cells."""

    id: ColumnId
    width: int


@dataclass(frozen=True, slots=True)
class ColumnChoice:
    """The choice of a user: the columns, None for those that the width has room for, and widths."""

    shown: frozenset[ColumnId] | None = None
    widths: Mapping[ColumnId, int] = field(default_factory=dict)

    def fitted(self, room: int, *, tolls: bool, year: bool = False) -> tuple[Placed, ...]:
        """The columns for a list of so many cells, a blank between two of them.

        Without `tolls` no event of the case has a number of victims. With the `year` the
        dates are longer.
        """
        wanted = [one for one in ColumnId if self._is_wanted(one, room, tolls=tolls)]
        widths = {one: self._width(one, room) for one in wanted}
        if year and ColumnId.DATE in widths and ColumnId.DATE not in self.widths:
            widths[ColumnId.DATE] = WITH_YEAR
        for one in _GIVES_WAY:
            left = room - sum(widths.values()) - len(widths) + 1
            if left >= 0 or len(widths) == 1:
                break
            widths.pop(one, None)
        left = room - sum(widths.values()) - len(widths) + 1
        return tuple(
            Placed(one, max(0, width + (left if one is ColumnId.TITLE else 0)))
            for one, width in widths.items()
        )

    def _is_wanted(self, column: ColumnId, room: int, *, tolls: bool) -> bool:
        if column is ColumnId.TITLE:
            return True
        if self.shown is not None:
            return column in self.shown
        shown_from = COLUMNS[column].shown_from
        if column is ColumnId.KILLED and not tolls:
            return False
        return shown_from is not None and room >= shown_from

    def _width(self, column: ColumnId, room: int) -> int:
        row = COLUMNS[column]
        if column is ColumnId.TITLE:
            return TITLE_LEAST
        own = row.wide if row.wide and room >= row.wide_from else row.width
        return self.widths.get(column, own)

    def toggled(self, column: ColumnId, room: int, *, tolls: bool) -> "ColumnChoice":
        """The choice with a column more, or without it."""
        shown = self.shown
        if shown is None:
            shown = frozenset(one.id for one in self.fitted(room, tolls=tolls))
        return replace(self, shown=shown ^ {column})

    def resized(self, column: ColumnId, width: int) -> "ColumnChoice":
        """The choice with another width of a column."""
        return replace(self, widths={**self.widths, column: max(LEAST, min(WIDEST, width))})


class _Kept(msgspec.Struct, frozen=True, omit_defaults=True):
    """The choice as the file has it."""

    shown: tuple[str, ...] | None = None
    widths: dict[str, int] = {}


def read_choice() -> ColumnChoice:
    """The choice that was kept; the default where there is none, or it cannot be understood."""
    try:
        kept = msgspec.json.decode((state_folder() / FILE).read_bytes(), type=_Kept)
        shown = None if kept.shown is None else frozenset(map(ColumnId, kept.shown))
        widths = {ColumnId(name): width for name, width in kept.widths.items()}
    except (OSError, ValueError):
        return ColumnChoice()
    return ColumnChoice(shown, {one: max(LEAST, min(WIDEST, at)) for one, at in widths.items()})


def keep_choice(choice: ColumnChoice) -> bool:
    """Keep a choice for the next time; False where the file cannot be written."""
    shown = None if choice.shown is None else tuple(sorted(choice.shown))
    kept = _Kept(shown, {one.value: width for one, width in choice.widths.items()})
    folder = state_folder()
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        new = folder / f"{FILE}.new"
        descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "wb") as file:
            file.write(msgspec.json.encode(kept))
        new.replace(folder / FILE)
    except OSError:
        return False
    return True
