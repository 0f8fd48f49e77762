"""A column of a table that nobody has described: its header in words, and its values."""

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence
from functools import cached_property
from itertools import islice

from store.importers.date_cells import Order
from store.importers.mapped_cells import is_not_known
from store.importers.mapped_dates import moment_in, needs_order
from store.importers.mapped_numbers import count_in
from store.importers.mapped_points import point_in
from store.importers.report_addresses import addresses_in
from store.model.labels import count_text
from store.model.text import without_hostile

_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_HASH = re.compile(r"^\s*(?:#|№|[nN][°º])\.?\s*$")
"""A header that is a sign for "number"."""
_NO_WORD = re.compile(r"[^a-z0-9]+")
_NUMBER = re.compile(r"[+-]?\d{1,12}(?:[.,]\d+)?", re.ASCII)
LOOKED_AT = 1000
"""The most different values of a column by which its kind is told."""
SHOWN = 3
"""The values of a column that are shown."""
LONGEST = 40
"""The most characters of a value that is shown."""


class ColumnProfile:
    """One column of a sample: its name, and the cells that say something."""

    def __init__(self, name: str, cells: Sequence[str]) -> None:
        self.name = name
        self.rows = len(cells)
        self.raw = cells
        self.every = [" ".join(cell.split()).casefold() for cell in cells]
        self.cells = [cell.strip() for cell in cells if not is_not_known(cell)]

    @cached_property
    def words(self) -> str:
        """The header in small letters without accents, its words parted by single blanks."""
        plain = without_accents(_CAMEL.sub(" ", _HASH.sub("no", self.name))).lower()
        return _NO_WORD.sub(" ", plain).strip()

    @cached_property
    def distinct(self) -> Counter[str]:
        """The different values, blanks not counted, with their numbers."""
        return Counter(" ".join(cell.split()) for cell in self.cells)

    def share(self, holds: Callable[[str], object]) -> float:
        """The part of the cells, 0 to 1, of which something holds, by the first values."""
        looked = list(islice(self.distinct.items(), LOOKED_AT))
        all_of_them = sum(times for _, times in looked)
        return sum(times for value, times in looked if holds(value)) / max(1, all_of_them)

    @cached_property
    def dates(self) -> float:
        """The part of the cells that are dates in some order."""
        return self.share(is_date)

    @cached_property
    def counts(self) -> float:
        """The part of the cells that are numbers of people."""
        return self.share(count_in)

    @cached_property
    def numbers(self) -> float:
        """The part of the cells that are plain numbers."""
        return self.share(_NUMBER.fullmatch)

    @cached_property
    def points(self) -> float:
        """The part of the cells that hold both degrees."""
        return self.share(point_in)

    @cached_property
    def addresses(self) -> float:
        """The part of the cells that hold a web address."""
        return self.share(addresses_in)

    @cached_property
    def length(self) -> float:
        """The mean number of characters of a cell."""
        return sum(map(len, self.cells)) / len(self.cells) if self.cells else 0.0

    @property
    def different(self) -> float:
        """The part of the cells that are the only ones of their value."""
        once = sum(times == 1 for times in self.distinct.values())
        return once / len(self.cells) if self.cells else 0.0

    def unlike(self, holds: Callable[[str], object]) -> str:
        """A sentence on the cells of which something does not hold; "" if there are none."""
        others = [(value, n) for value, n in self.distinct.items() if not holds(value)]
        if not others:
            return ""
        many = count_text(sum(n for _, n in others), "cell")
        return f'{many} cannot be read, such as "{shortened(others[0][0])}"'

    @property
    def unique(self) -> bool:
        """True if every row has a value, and none the same as another."""
        return len(self.distinct) == self.rows

    @property
    def examples(self) -> str:
        """The first few values, quoted."""
        shown = ", ".join(f'"{shortened(value)}"' for value in list(self.distinct)[:SHOWN])
        return shown or "no cell says anything"

    @property
    def filled(self) -> str:
        """The number of cells that say something."""
        return f"{len(self.cells):,} of {count_text(self.rows, 'cell')}"


def without_accents(text: str) -> str:
    """A text without the accents of its letters."""
    if text.isascii():
        return text
    letters = unicodedata.normalize("NFKD", text)
    return "".join(one for one in letters if not unicodedata.combining(one))


def shortened(value: str) -> str:
    """A value on one line, safe to show, with an ellipsis if it is long."""
    line = without_hostile(" ".join(value.split()))
    return line if len(line) <= LONGEST else f"{line[: LONGEST - 1]}…"


def is_date(cell: str) -> bool:
    """True if a cell is a date in some order, and no plain number."""
    if _NUMBER.fullmatch(cell) and len(cell) not in (4, 8):
        return False
    if not any(map(str.isdigit, cell)):
        return False
    orders = Order if needs_order(cell) else (Order.DMY,)
    return any(moment_in(cell, order) for order in orders)
