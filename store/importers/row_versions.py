"""Rows of one file that have the same id: versions of one row, or parts of one event."""

import re
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from typing import NamedTuple

from store.importers.cells import code
from store.importers.draft import Joined, Rejected, Row
from store.model.labels import count_text

_NUMBERS = re.compile(r"\d{1,18}", re.ASCII)
_EXAMPLES = 3
"""Rows that stand twice, as the account tells them."""
MOST = 1000
"""The most rows of one id that are kept; more are rejected."""
_LONGEST = 2000
"""The most characters of a cell that is kept of a row."""


class _Version(NamedTuple):
    """The part of a row that is kept until the others of its id were read.

    `made` are the numbers of when it was made, `told` the cells that the account tells,
    `parts` those in which the rows of one event differ. `whole` and `shared` stand for all
    of its cells, and for all others than those.
    """

    made: tuple[int, ...]
    told: tuple[str, ...]
    parts: tuple[str, ...]
    whole: int
    shared: int

    @property
    def when(self) -> str:
        return ".".join(map(str, self.made)) or "empty"


class RowVersions:
    """The rows of one file by id; all rows are counted before the first is read.

    Of the versions of a row the newest counts, by the column that says when it was made; of
    equal rows the first. In a file by actor, rows that differ in their actors alone are one
    event, whose first row is read with the cells of the others.
    """

    def __init__(
        self,
        columns: Sequence[str],
        id: str,
        *,
        made: Iterable[str],
        told: Iterable[str],
        parts: Sequence[str] = (),
        other: str = "",
    ) -> None:
        """`made` are columns the first of which that is there says when a row was made.

        `told` are columns whose values the account tells. `parts` are those in which rows of
        one event may differ, if no row of the file has the `other` actor beside its first.
        """
        at = {name: number for number, name in enumerate(columns)}
        self._id = at[id]
        self._column = next((name for name in made if name in at), "")
        self._made = at.get(self._column)
        self._told = [(name, at[name]) for name in told if name in at]
        self._parts = [(name, at[name]) for name in parts if name in at]
        self._shared = [number for name, number in at.items() if name not in parts]
        self._joins = bool(parts)
        self._other = at.get(other)
        self._ids: set[int] = set()
        self._words: dict[str, str] = {}
        self._later: dict[str, list[_Version]] = {}
        self._groups: dict[str, list[_Version]] = {}
        self._met: dict[str, int] = {}
        self._examples: list[str] = []
        self._older = self._joined = 0

    def count(self, cells: Sequence[str]) -> None:
        """Take note of a row."""
        id = code(cells[self._id])
        number = hash(id)
        if number not in self._ids:
            self._ids.add(number)
        elif len(later := self._later.setdefault(id, [])) < MOST:
            later.append(self._version(cells))
        if self._other is not None and self._joins and cells[self._other].strip():
            self._joins = False

    def counted(self) -> None:
        """End the counting: only rows whose ids occur more than once are kept."""
        self._ids.clear()
        self._words.clear()

    def _version(self, cells: Sequence[str]) -> _Version:
        made = () if self._made is None else _NUMBERS.findall(code(cells[self._made])[:100])
        return _Version(
            made=tuple(map(int, made)),
            told=tuple(self._kept(cells[number]) for _, number in self._told),
            parts=tuple(self._kept(cells[number]) for _, number in self._parts),
            whole=hash(tuple(cells)),
            shared=hash(tuple(cells[number] for number in self._shared)),
        )

    def _kept(self, cell: str) -> str:
        """A cell to keep, once however often it occurs."""
        text = cell[:_LONGEST]
        return self._words.setdefault(text, text)

    def of(self, row: Row) -> Row | Rejected | Joined:
        """The row if it counts; otherwise the reason, or the event that it is a part of."""
        if row.id not in self._later:
            return row
        group = self._groups.get(row.id)
        if group is None:
            group = self._groups[row.id] = [self._version(row.cells), *self._later[row.id]]
        number = self._met[row.id] = self._met.get(row.id, -1) + 1
        if number >= len(group):
            kind = f"occurs more than {MOST:,} times"
            return Rejected(row.number, row.line, "id", f"{row.id!r} {kind}", kind)
        if self._is_one_event(group):
            return self._part(row, group, number)
        newest = max(group, key=lambda one: one.made)
        return row if group[number] is newest else self._rejected(row, group[number], newest)

    def _is_one_event(self, group: Sequence[_Version]) -> bool:
        first = group[0]
        same = all((one.made, one.shared) == (first.made, first.shared) for one in group)
        return self._joins and same and any(one.parts != first.parts for one in group)

    def _part(self, row: Row, group: Sequence[_Version], number: int) -> Row | Joined:
        if number:
            self._joined += 1
            return Joined(row.number, row.line, row.id)
        shared = (row.cells[number] for number in self._shared)
        parts = sorted("\x1f".join(one.parts) for one in group)
        content = "\x1e".join((*shared, *parts))
        return row._replace(sha256=sha256(content.encode()).hexdigest())

    def parts(self, id: str) -> list[Mapping[str, str]]:
        """The cells in which the other rows of an event differ from its first."""
        group = self._groups.get(id, [])
        if not group or not self._is_one_event(group):
            return []
        names = [name for name, _ in self._parts]
        return [dict(zip(names, one.parts, strict=True)) for one in group[1:]]

    def _rejected(self, row: Row, mine: _Version, newest: _Version) -> Rejected:
        twice = f"{row.id!r} occurs twice"
        if mine.made == newest.made:
            if mine.whole == newest.whole:
                return Rejected(row.number, row.line, "id", twice, "occurs twice")
            kind = "occurs twice with other cells, and nothing says which is newer"
            return Rejected(row.number, row.line, "id", f"{row.id!r} {kind}", kind)
        self._older += 1
        differing = "; ".join(
            f"{name} {new or 'empty'}, not {old or 'empty'}"
            for (name, _), new, old in zip(self._told, newest.told, mine.told, strict=True)
            if new != old
        )
        if len(self._examples) < _EXAMPLES:
            self._examples.append(f"{row.id}: {differing or 'the same figures'}")
        reason = f"{twice}: {self._column} {mine.when} is older than {newest.when}"
        reason += f" ({differing})" if differing else ""
        kind = f"occurs twice, with a newer {self._column}"
        return Rejected(row.number, row.line, "id", reason, kind, value=differing)

    @property
    def remarks(self) -> list[str]:
        """Sentences for the account of the import, complete when all rows were read."""
        found = []
        if self._older:
            more = ", …" if self._older > len(self._examples) else ""
            found.append(
                f"of rows with one id the newest {self._column} counts;"
                f" {count_text(self._older, 'row')} older ({', '.join(self._examples)}{more})"
            )
        if self._joined:
            found.append(
                f"a file by actor: {count_text(self._joined, 'row')} joined to the event of an"
                " earlier row, as its other actors"
            )
        return found
