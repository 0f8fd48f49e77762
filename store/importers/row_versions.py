"""Rows of one file that have the same id: versions of one row, or parts of one event."""

import re
from collections.abc import Iterable, Sequence
from hashlib import sha256
from typing import NamedTuple

from store.importers.cells import code
from store.importers.draft import Joined, Rejected, Row
from store.model.labels import count_text

_NUMBERS = re.compile(r"\d{1,18}", re.ASCII)


class _Version(NamedTuple):
    """One row of an id: when it was made, its cells, and a digest of those that a part shares."""

    made: tuple[int, ...]
    cells: list[str]
    shared: bytes

    @property
    def words(self) -> str:
        return ".".join(map(str, self.made))


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
        parts: Iterable[str] = (),
        other: str = "",
    ) -> None:
        """`made` are columns the first of which that is there says when a row was made.

        `told` are columns whose values the account tells. `parts` are those in which rows of
        one event may differ, if no row of the file has the `other` actor beside its first.
        """
        at = {name: number for number, name in enumerate(columns)}
        self._id = at[id]
        self._made = next(((name, at[name]) for name in made if name in at), None)
        self._told = [(name, at[name]) for name in told if name in at]
        parts = frozenset(parts)
        self._shared = [number for name, number in at.items() if name not in parts]
        self._joins = bool(parts)
        self._other = at.get(other)
        self._ids: set[int] = set()
        self._later: dict[str, list[_Version]] = {}
        self._groups: dict[str, list[_Version]] = {}
        self._met: dict[str, int] = {}
        self._examples: list[str] = []
        self._older = self._joined = 0

    def count(self, cells: Sequence[str]) -> None:
        """Take note of a row."""
        id = code(cells[self._id])
        number = hash(id)
        if number in self._ids:
            self._later.setdefault(id, []).append(self._version(cells))
        else:
            self._ids.add(number)
        if self._other is not None and self._joins and cells[self._other].strip():
            self._joins = False

    def counted(self) -> None:
        """End the counting: only ids that occur more than once are kept."""
        self._ids.clear()

    def _version(self, cells: Sequence[str]) -> _Version:
        made = _NUMBERS.findall(code(cells[self._made[1]])) if self._made else ()
        shared = "\x1f".join(cells[number] for number in self._shared)
        return _Version(tuple(map(int, made)), list(cells), sha256(shared.encode()).digest())

    def of(self, row: Row) -> Row | Rejected | Joined:
        """The row if it counts; otherwise the reason, or the event that it is a part of."""
        if row.id not in self._later:
            return row
        group = self._groups.get(row.id)
        if group is None:
            group = self._groups[row.id] = [self._version(row.cells), *self._later[row.id]]
        number = self._met[row.id] = self._met.get(row.id, -1) + 1
        if self._is_one_event(group):
            return self._part(row, group, number)
        newest = max(group, key=lambda one: one.made)
        if number == group.index(newest):
            return row
        return self._rejected(row, group[min(number, len(group) - 1)], newest)

    def _is_one_event(self, group: Sequence[_Version]) -> bool:
        first = group[0]
        same = all((one.made, one.shared) == (first.made, first.shared) for one in group)
        return self._joins and same and any(one.cells != first.cells for one in group)

    def _part(self, row: Row, group: Sequence[_Version], number: int) -> Row | Joined:
        if number:
            self._joined += 1
            return Joined(row.number, row.line, row.id)
        cells = sorted("\x1f".join(one.cells) for one in group)
        return row._replace(sha256=sha256("\x1e".join(cells).encode()).hexdigest())

    def parts(self, id: str) -> list[list[str]]:
        """The cells of the other rows of an event."""
        group = self._groups.get(id, [])
        return [one.cells for one in group[1:]] if group and self._is_one_event(group) else []

    def _rejected(self, row: Row, mine: _Version, newest: _Version) -> Rejected:
        twice = f"{row.id!r} occurs twice"
        if mine.made == newest.made:
            if mine.cells == newest.cells:
                return Rejected(row.number, row.line, "id", twice, "occurs twice")
            kind = "occurs twice with other cells, and nothing says which is newer"
            return Rejected(row.number, row.line, "id", f"{row.id!r} {kind}", kind)
        self._older += 1
        column = self._made[0] if self._made else ""
        differing = [
            f"{name} {newest.cells[at] or 'empty'}, not {mine.cells[at] or 'empty'}"
            for name, at in self._told
            if newest.cells[at] != mine.cells[at]
        ]
        if len(self._examples) < _TOLD:
            self._examples.append(f"{row.id}: {'; '.join(differing) or 'the same figures'}")
        reason = f"{twice}: {column} {mine.words or 'empty'} is older than {newest.words}"
        reason += f" ({'; '.join(differing)})" if differing else ""
        return Rejected(row.number, row.line, "id", reason, f"occurs twice, with a newer {column}")

    @property
    def remarks(self) -> list[str]:
        """Sentences for the account of the import, complete when all rows were read."""
        found = []
        if self._older:
            more = ", …" if self._older > len(self._examples) else ""
            column = self._made[0] if self._made else ""
            found.append(
                f"of rows with one id the newest {column} counts; {count_text(self._older, 'row')}"
                f" older ({', '.join(self._examples)}{more})"
            )
        if self._joined:
            found.append(
                f"a file by actor: {count_text(self._joined, 'row')} joined to the event of an"
                " earlier row, as its other actors"
            )
        return found


_TOLD = 3
"""Rows that stand twice, as the account tells them."""
