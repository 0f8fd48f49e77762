"""The dead of a row of UCDP GED: the estimates of all, and the best one of each side."""

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from store.importers.cells import people
from store.importers.ged_columns import SIDES
from store.importers.row_article import RowArticle
from store.model.values import Count
from store.model.vocabulary import Flag, Kind


class GedToll(NamedTuple):
    """The dead of a row; None where the row does not say."""

    low: int | None
    best: int | None
    high: int | None
    sides: tuple[int | None, ...]

    def says(self, told: RowArticle, sides: Sequence[str]) -> None:
        """Add the number of all dead, and of each side that has any.

        For a side there is only a best estimate, and for most sides none: a zero only
        says that no dead are known to be of that side. A bound that is missing is the best one.
        """
        low = self.best if self.low is None else self.low
        high = self.best if self.high is None else self.high
        if low is not None and (self.best is not None or high is None or low <= high):
            told.says("deaths", Kind.FATALITIES, _count(low, self.best, high))
        scopes = (*sides, "civilians", "side not known")
        for column, scope, dead in zip(SIDES, scopes, self.sides, strict=True):
            if dead:
                value = _count(dead, dead, dead)
                told.says("deaths", Kind.FATALITIES, value, scope=scope, as_slot=column)

    def flags(self) -> Iterator[Flag]:
        """The flags of estimates that do not fit each other."""
        if self.best is None:
            return
        if self.low is not None and self.low > self.best:
            yield Flag.LOW_ABOVE_BEST
        if self.high is not None and self.best > self.high:
            yield Flag.BEST_ABOVE_HIGH
        known = [dead for dead in self.sides if dead is not None]
        if len(known) == len(self.sides) and sum(known) != self.best:
            yield Flag.SUM_DIFFERS


def toll_of(cells: Mapping[str, str]) -> GedToll:
    """The dead of a row. Raises `BadCell`."""
    low, best, high, *sides = (
        people(field, cells[field]) if cells[field] else None
        for field in ("low", "best", "high", *SIDES)
    )
    return GedToll(low, best, high, tuple(sides))


@lru_cache(65536)
def _count(low: int, best: int | None, high: int | None) -> Count:
    return Count(min=low, best=best, max=high)
