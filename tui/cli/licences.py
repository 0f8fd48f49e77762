"""Warnings about output from data sets that may not be passed on."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Protocol, TextIO, TypeVar

from store.archive import Archive
from store.model.records import Article, DataSet, Event, Passage, RowRef
from store.queries.datasets import restricted
from tui.draw.exported import restricted_words
from tui.output import say


class LicensedRow(Protocol):
    """A row that says which data set it is known from."""

    @property
    def dataset(self) -> str:
        """The data set with its version; empty if it is from none."""


K = TypeVar("K", bound=LicensedRow)


class LicenceCount:
    """Counts the records written out, by the data set that they are known from."""

    def __init__(self, licences: Mapping[str, str]) -> None:
        self._licences = licences
        self._counts: Counter[str] = Counter()

    def noted(self, rows: Iterable[K]) -> Iterator[K]:
        """Pass the rows on, counting each."""
        for row in rows:
            if row.dataset in self._licences:
                self._counts[row.dataset] += 1
            yield row

    def note(self, *rows: LicensedRow) -> None:
        """Count some rows."""
        for _ in self.noted(rows):
            pass

    def words(self) -> str:
        """The number of records of each data set, with its licence; empty if none is restricted."""
        return restricted_words(
            (dataset, self._licences[dataset], number) for dataset, number in self._counts.items()
        )


def closed_words(records: Sequence[object], closed: Mapping[str, DataSet]) -> str:
    """The number of records from closed data sets, in words; the sets are in `closed` or `records`.

    Counts the rows, the articles known from them, and the passages in these.
    """
    sets = {one.id: one for one in records if isinstance(one, DataSet)} | dict(closed)
    articles = {one.id: one.dataset for one in records if isinstance(one, Article)}
    counts: Counter[str] = Counter()
    for one in {getattr(one, "id", ""): one for one in records}.values():
        of: str | None = None
        match one:
            case Event(row=RowRef(dataset=of)) | Article(dataset=of):
                pass
            case Passage(article=article):
                of = articles.get(article)
        if of in sets and not sets[of].redistributable:
            counts[of] += 1
    return restricted_words(
        (f"{sets[of].name} {sets[of].version}".strip(), sets[of].licence, number)
        for of, number in counts.items()
    )


@contextmanager
def passing(archive: Archive, stream: TextIO) -> Iterator[LicenceCount]:
    """Count what is written to a file or pipe, and warn on a line of stderr at the end.

    On a terminal nothing is passed on, so there is no warning.
    """
    passed = LicenceCount(archive.ask(restricted) if not stream.isatty() else {})
    yield passed
    warn(passed.words())


def warn(words: str) -> None:
    """Say on a line of stderr what is not to be passed on, if there is anything."""
    if words:
        say(f"not redistributable: {words}")
