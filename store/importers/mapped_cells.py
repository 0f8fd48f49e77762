"""The cells of a mapped table by the names of its columns, and what of them could not be read."""

from collections.abc import Sequence

from store.importers.cells import one_line_of
from store.importers.draft import Row
from store.importers.mapping import table_key
from store.importers.missing import is_missing
from store.importers.record_factory import words_of
from store.model.labels import count_text
from store.model.vocabulary import Flag

_NOT_KNOWN = frozenset(
    (
        *("–", "—", "?", "n.a.", "nd", "n.d.", "n/d", "s/d", "unk", "unknown", "not known", "tbd"),
        *("unspecified", "not specified", "not available", "not reported", "undetermined"),
        *("no information", "no info", "no data", "not applicable", "none reported", "n/k"),
        *("(blank)", "inconnu", "inconnue", "non précisé", "non renseigné", "desconocido"),
        *("desconocida", "sin datos", "sin información"),
    )
)
"""The cells, folded, in which a person says that a value is not known."""


def is_not_known(cell: str) -> bool:
    """True if a cell holds no value: it is empty, or says so in a person's or a program's words."""
    return is_missing(cell) or (len(cell) <= 20 and cell.strip().casefold() in _NOT_KNOWN)


class TableCells:
    """The columns of one table, and a tally of the cells that could not be read."""

    def __init__(self, columns: Sequence[str]) -> None:
        self.at = {table_key(name): number for number, name in enumerate(columns)}
        self._named: dict[str, int] = {}
        self._unread: dict[tuple[str, str], tuple[int, str]] = {}

    def number(self, column: str) -> int:
        """The place of a column in a row, by its name as a mapping writes it."""
        found = self._named.get(column)
        if found is None:
            found = self._named[column] = self.at[table_key(column)]
        return found

    def unread(self, column: str, what: str, cell: str, row: int) -> None:
        """Count a cell that is not what it should be; the first of a column is the example."""
        short = repr(cell if len(cell) <= 40 else f"{cell[:39]}…")
        count, example = self._unread.get((column, what), (0, f"{short} (row {row})"))
        self._unread[column, what] = count + 1, example

    @property
    def remarks(self) -> tuple[str, ...]:
        """A sentence on each column with cells that could not be read."""
        return tuple(
            f"{column}: {count_text(count, 'cell')} {what}, such as {example}"
            for (column, what), (count, example) in self._unread.items()
        )


class RowCells:
    """The cells of one row, and its flags."""

    def __init__(self, table: TableCells, row: Row) -> None:
        self._table = table
        self._row = row
        self._words: dict[str, str] = {}
        self.flags: set[Flag] = set()

    def words(self, column: str) -> str:
        """The cell of a column on one line; "" if the column is not named or the cell is empty."""
        if not column:
            return ""
        found = self._words.get(column)
        if found is None:
            cell = self._row.cells[self._table.number(column)]
            found = self._words[column] = words_of(one_line_of(cell))
        return found

    def known(self, column: str) -> str:
        """The cell of a column as `words` has it; "" also if it says that it is not known."""
        words = self.words(column)
        return "" if is_not_known(words) else words

    def raw(self, column: str) -> str:
        """The cell of a column with its line breaks; "" if the column is not named."""
        return words_of(self._row.cells[self._table.number(column)]) if column else ""

    def in_order(self) -> tuple[Flag, ...]:
        """The flags in the order of their table."""
        return tuple(flag for flag in Flag if flag in self.flags)

    def flag(self, flag: Flag) -> None:
        """Flag the row."""
        self.flags.add(flag)

    def unread(self, column: str, what: str, flag: Flag) -> None:
        """Flag the row as its cell in a column is not what it should be, and count the cell."""
        self.flags.add(flag)
        self._table.unread(column, what, self.words(column), self._row.number)
