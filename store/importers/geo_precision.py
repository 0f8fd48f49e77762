"""The precision with which the rows of one file place events at each point that they name."""

from collections.abc import Hashable

AREA = 3
"""The precision (UCDP GED: a district) from which on a row names an area, and not a point."""


class GeoPrecision:
    """The precisions with which rows name each point, in any order: 1-7 as UCDP codes them.

    The precision of an event's place belongs to what its row says of it. The point
    itself is one, however many rows name it with different precisions.
    """

    def __init__(self) -> None:
        self._given: dict[Hashable, set[int]] = {}

    def count(self, point: Hashable, precision: int) -> None:
        """Take note of the precision with which a row names the point."""
        self._given.setdefault(point, set()).add(precision)

    def best(self, point: Hashable, row: int) -> int:
        """The most exact precision that any row gives; `row` if none was counted."""
        return min(self._given.get(point, (row,)))

    def of_area(self, point: Hashable, row: int) -> int:
        """The least exact precision if any row names an area, otherwise the most exact."""
        given = self._given.get(point, {row})
        return max(given) if max(given) >= AREA else min(given)
