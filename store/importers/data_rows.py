"""The rows of data of a table, apart from what people write around and between them.

Passed over, and counted by kind: blank rows, rows of HXL tags (hxlstandard.org), the
header where it stands again, as in files put one after another, and the lines of a
footer. Each says what it is by itself; all else that is no row of data is rejected.
"""

import re
from collections.abc import Iterable, Iterator, Sequence

from store.importers.draft import Rejected
from store.importers.rows import RawRow
from store.importers.table import AnyRow, Cells, ColumnLayout, PassedOver

BLANK, TAGS, AGAIN = "blank rows", "HXL tags", "repeated headers"
FOOTER, PREAMBLE = "footer lines", "lines above the header"
"""The kinds of rows that are passed over."""
_TAG = re.compile(r"\s*#\s*[A-Za-z]\w*(\s*\+\s*\w+)*\s*", re.ASCII)
_FOOTER = re.compile(
    r"\W*(sources?|notes?|totals?|sum|grand total|copyright|citation|cite|licen[cs]e|data|terms|"
    r"generated|downloaded|exported|accessed|retrieved|created|updated|last updated|as of|"
    r"disclaimer|end of|https?://|www\.|©|\(c\))(\W|$)",
    re.IGNORECASE,
)
_HELD = 50
"""The most rows of a footer."""
_WORDS = 200
"""The most characters of a row passed over that the report shows."""


class DataRows:
    """The rows of a table with this layout; `header` are its cells as printed, if it has one."""

    def __init__(self, header: Sequence[str], layout: ColumnLayout) -> None:
        self._header = tuple(map(_plain, header))
        self._names = {name for name in self._header if name}
        self._few = len(layout.columns) // 4
        self._needed = [at for at, name in enumerate(layout.columns) if name in layout.needed]
        self._number = 0

    def of(self, rows: Iterable[RawRow]) -> Iterator[AnyRow]:
        """Every row below the header as data, as passed over, or as rejected."""
        last: RawRow | None = None  # data, unless what follows is the rest of it
        held: list[RawRow] = []  # what may be a footer, if no data follow
        for row in rows:
            kind = None if self._is_plain(row) else self._kind(row)
            footer = kind is None and not (last and last.why) and self._may_be_footer(row)
            if len(held) < _HELD and (footer or (held and kind == BLANK)):
                held.append(row)
                continue
            if last is not None:
                yield self._data(_broken(last) if _is_rest(held) else last)
            if held:
                yield from map(self._told, held)
                held.clear()
            last = None if kind else row
            if kind:
                yield _passed(row, kind)
        if last is not None:
            yield self._data(last)
        for row in held:
            # a last row without a line end is cut, unless it says what it is
            cut = row.cut and not _FOOTER.match(_filled(row)[0])
            yield self._data(row) if cut else _passed(row, self._kind(row) or FOOTER)

    def above(self, rows: Iterable[RawRow]) -> Iterator[AnyRow]:
        """The rows above the header: titles and notes, and data that stand in the wrong place."""
        for row in rows:
            kind = self._kind(row) or PREAMBLE
            cells = _filled(row)
            numbers = any(cell.lstrip(" +-")[:1].isdigit() for cell in cells)
            if kind == PREAMBLE and numbers and 2 * len(cells) > len(self._names):
                self._number += 1
                yield Rejected(self._number, row.line, "", "stands above the header")
            else:
                yield _passed(row, kind)

    def _is_plain(self, row: RawRow) -> bool:
        """True if a row cannot be anything but data; quick, and right for nearly all rows."""
        cells = row.cells
        return (
            not row.why
            and bool(cells)
            and cells[0][:1] not in ("", "#", " ")
            and len(cells) - cells.count("") > self._few
            and _plain(cells[0]) not in self._names
        )

    def _has_needed(self, cells: Sequence[str]) -> bool:
        """True if a row has every cell that rows of data have."""
        many = len(cells)
        return all(at < many and cells[at].strip() for at in self._needed)

    def _told(self, row: RawRow) -> AnyRow:
        kind = self._kind(row)
        return _passed(row, kind) if kind else self._data(row)

    def _data(self, row: RawRow) -> Cells | Rejected:
        self._number += 1
        if row.why:
            return Rejected(self._number, row.line, "", row.why, row.kind, cut=row.cut)
        return Cells(self._number, row.line, row.cells)

    def _kind(self, row: RawRow) -> str | None:
        filled = _filled(row)
        if not filled:
            return None if row.why and not row.cells else BLANK
        # an index, a column without a name, may stand before the tags
        tags = filled[1:] if self._header[:1] == ("",) and row.cells[0].strip() else filled
        if tags and all(map(_TAG.fullmatch, tags)) and (len(tags) > 1 or "+" in tags[0]):
            return TAGS
        names = map(_plain, row.cells)
        own = sum(a == b for a, b in zip(names, self._header, strict=False) if a)
        return AGAIN if len(self._names) > 1 and 2 * own > len(self._names) else None

    def _may_be_footer(self, row: RawRow) -> bool:
        """True if a row lacks what rows of data have, and has little else, or says what it is."""
        cells = row.cells
        if self._needed and self._has_needed(cells):
            return False
        filled = _filled(row)
        if not filled or (row.why and not cells):
            return False
        if len(filled) <= (2 if self._needed else 1) < len(self._header):
            return True
        return len(filled) <= self._few and bool(_FOOTER.match(filled[0]))


def _is_rest(held: Sequence[RawRow]) -> bool:
    """True if rows among the data begin with a lone cell, which may be part of one above."""
    return bool(held) and bool(held[0].why) and len(held[0].cells) == 1


def _broken(row: RawRow) -> RawRow:
    why = "its last cell may go on in the next line, which has one cell"
    return row._replace(why=why)


def _plain(cell: str) -> str:
    return cell.strip().casefold()


def _filled(row: RawRow) -> list[str]:
    return [cell for cell in row.cells if cell.strip()]


def _passed(row: RawRow, kind: str) -> PassedOver:
    words = " ".join(" ".join(_filled(row)).split())
    return PassedOver(row.line, kind, words[:_WORDS])
