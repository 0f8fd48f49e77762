"""Counts of how often a file lists each article, and the places of the rows that list it."""

from collections.abc import Hashable, Iterable, Mapping
from typing import NamedTuple

from store.importers.headline_places import provinces_of, words_in, words_of_place


class RowPlace(NamedTuple):
    """The place of a row as it is printed: the point, the district and the province."""

    where: str
    district: str
    province: str

    @property
    def words(self) -> frozenset[str]:
        """The words by which a headline can name it."""
        found = words_of_place(self.where) | words_of_place(self.district)
        return found | words_of_place(self.province)


class ArticleListings:
    """The articles of a file that several of its rows list; all rows are counted first."""

    def __init__(self) -> None:
        self.provinces: frozenset[str] = frozenset()
        self._numbers: dict[RowPlace, tuple[int, ...]] = {}
        self._at: dict[Hashable, tuple[int, ...]] = {}
        self._places: Mapping[int, RowPlace] = {}

    def count(self, listed: Iterable[Hashable], place: RowPlace) -> None:
        """Take note of the articles of a row, each once, and of its place."""
        at = self._numbers.get(place)
        if at is None:
            at = self._numbers[place] = (len(self._numbers),)
        for item in set(listed):
            earlier = self._at.get(item)
            self._at[item] = at if earlier is None else earlier + at

    def counted(self) -> None:
        """End the counting of rows; articles that only one row lists are forgotten."""
        self.provinces = provinces_of(place.province for place in self._numbers)
        self._at = {item: at for item, at in self._at.items() if len(at) > 1}
        self._places = {at[0]: place for place, at in self._numbers.items()}

    def times(self, item: Hashable) -> int:
        """The number of rows that list an article."""
        return len(self._at.get(item, "1"))

    def names_only(self, item: Hashable, place: RowPlace, title: str) -> bool:
        """True if a title names the place of a row, and not that of any other row that lists it."""
        number = self._numbers[place][0]
        rows = self._at.get(item, (number,))
        if rows.count(number) > 1:
            return False
        printed, mine = words_in(title), place.words
        others: frozenset[str] = frozenset()
        for other in rows:
            if other != number:
                others |= self._places[other].words
        return bool((mine - others) & printed) and not (others - mine) & printed
