"""How exactly the rows of one file place what happened at each point that they name."""

from collections.abc import Hashable

AREA = 3
"""From this precision on (UCDP GED: a district) a row names an area, and not a point."""


class GeoPrecision:
    """The precisions with which rows name each point, whatever their order: 1-7 as UCDP codes them.

    How exactly an event is placed belongs to what its row says of it. The point
    itself is one, however many rows name it, and each in its way.
    """

    def __init__(self) -> None:
        self._given: dict[Hashable, set[int]] = {}

    def count(self, point: Hashable, precision: int) -> None:
        """A row names the point so exactly."""
        self._given.setdefault(point, set()).add(precision)

    def best(self, point: Hashable, row: int) -> int:
        """The most exact that any row gives; `row` where none was counted."""
        return min(self._given.get(point, (row,)))

    def of_area(self, point: Hashable, row: int) -> int:
        """The least exact where any row names an area; otherwise the most exact."""
        given = self._given.get(point, {row})
        return max(given) if max(given) >= AREA else min(given)
