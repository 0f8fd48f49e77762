"""Whole numbers as tables write them: `1.0`, `1,0` and ` 1 ` are 1; "1,200" is 1200 people."""

import re
from collections import Counter

_WHOLE = re.compile(r"[+-]?\d+", re.ASCII)
_FLOAT = re.compile(r"([+-]?\d+)([.,])(0+)", re.ASCII)
_GROUPED = re.compile(
    r"[+-]?\d{1,3}(?:(?P<mark>[., '’\u00a0\u202f])\d{3})(?:(?P=mark)\d{3})*", re.ASCII
)
_EITHER = re.compile(r"[1-9]\d{0,2}([.,])000", re.ASCII)
"""A thousand or more, or a number with three decimals: the cell alone does not say which.

Only other cells of the column, or a mark that is not the file's decimal mark, do.
"""


class WholeNumbers:
    """The whole numbers of one column, in which "1.000" is decided by the other cells.

    A column of codes has no thousands; `thousands` is true for a column that may.
    """

    def __init__(self, *, thousands: bool) -> None:
        self._thousands = thousands
        self._marks: Counter[tuple[str, str]] = Counter()
        self._decimal_mark = ""

    def count(self, cell: str) -> None:
        """Take note of a cell that is no plain number."""
        text = cell.strip()
        if _EITHER.fullmatch(text):
            return
        if found := _FLOAT.fullmatch(text):
            self._marks["decimal", found[2]] += 1
        elif found := _GROUPED.fullmatch(text):
            self._marks["thousands", found["mark"]] += 1

    def counted(self, decimal_mark: str) -> None:
        """End the counting; `decimal_mark` is that of the file's other numbers, or ""."""
        self._decimal_mark = decimal_mark

    def plain(self, cell: str) -> str:
        """A cell as plain digits; as it is if it is no whole number, or may be two."""
        text = cell.strip()
        if _WHOLE.fullmatch(text):
            return text.removeprefix("+")
        if found := _EITHER.fullmatch(text):
            return self._either(text, found[1])
        if found := _FLOAT.fullmatch(text):
            return found[1]
        if self._thousands and (found := _GROUPED.fullmatch(text)):
            mark = found["mark"]
            fraction = text.count(mark) == 1 and self._marks["decimal", mark]
            return text if fraction else text.replace(mark, "")
        return text

    def _either(self, text: str, mark: str) -> str:
        whole, thousand = text[: text.index(mark)], text.replace(mark, "")
        if not self._thousands:
            return whole
        decimal, thousands = self._marks["decimal", mark], self._marks["thousands", mark]
        if decimal and thousands:
            return text
        if decimal or thousands:
            return whole if decimal else thousand
        return thousand if self._decimal_mark and mark != self._decimal_mark else text
