"""Records of a filter, written in a format for other programs, row by row."""

from array import array
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple, TextIO, TypeVar

from store.archive import Archive
from store.errors import UsageError
from store.exporters.exports import EXPORTS, ROW_OF, What
from store.model.records import DataSet
from store.queries import articles, timeline
from store.queries.datasets import closed
from store.queries.event_sort import Sort
from store.queries.export_articles import ArticleExport, export_articles
from store.queries.export_claims import (
    ClaimExport,
    claim_numbers,
    export_claims,
    other_claim_numbers,
)
from store.queries.export_events import EventExport, export_events
from store.queries.export_links import LinkExport, export_links
from store.queries.filters import Filters
from store.reader import Reader

PAGE = 200
"""The most rows that are in memory at once."""

Told = Callable[[int, int], None]
"""A callback that is given how many of the filter's records are done, and how many there are.

An exception that it raises ends the export."""

Row = EventExport | ClaimExport | ArticleExport | LinkExport
R = TypeVar("R", EventExport, ClaimExport, ArticleExport, Row)
T = TypeVar("T")


class Export(NamedTuple):
    """An export that is asked for: the format by its name in `EXPORTS`, the records, the filter.

    With `restricted`, rows of data sets that may not be passed on are written, too.
    """

    form: str
    what: What
    asked: Filters
    restricted: bool = False


class Exported(NamedTuple):
    """The number of rows written; of the events, how many have no point on the map.

    `restricted` counts the rows of each data set that may not be passed on, by its name and
    version with the licence: they were left out, unless they were asked for.
    """

    rows: int
    coarse: int
    unplaced: int
    restricted: dict[tuple[str, str], int]


def export_of(form: str, what: str | None, asked: Filters, *, restricted: bool) -> Export:
    """The export of what the format holds usually, or of `what`.

    Raises `UsageError` where there is no such format, or where it does not hold that.
    """
    found = EXPORTS.get(form)
    if found is None:
        raise UsageError(f"there is no format {form!r}", f"the formats are {', '.join(EXPORTS)}")
    if what and what not in found.holds:
        other = ", ".join(name for name, one in EXPORTS.items() if what in one.holds)
        raise UsageError(
            f"{form} holds {' or '.join(found.holds)}, not {what}",
            f"for {what}: {other}" if other else f"it is one of {', '.join(What)}",
        )
    return Export(form, What(what) if what else found.holds[0], asked, restricted)


def write_export(archive: Archive, stream: TextIO, export: Export, told: Told) -> Exported:
    """Write the records as they are read, a page at a time, and count them."""
    counted = _Counted(archive, export)
    if EXPORTS[export.form].linked:
        rows = _linked(archive, export.asked, counted, told)
    else:
        rows = counted.noted(_rows(archive, export.what, export.asked, told))
    EXPORTS[export.form].write(stream, rows, export.what, archive.case)
    return counted.exported()


class _Counted:
    """The rows that may be written, counted as they pass."""

    def __init__(self, archive: Archive, export: Export) -> None:
        self._closed = archive.ask(closed)
        self._keep, self._counted = export.restricted, ROW_OF[export.what]
        self._rows = self._coarse = self._unplaced = 0
        self._restricted: Counter[tuple[str, str]] = Counter()

    def noted(self, rows: Iterable[R]) -> Iterator[R]:
        """Pass on the rows that may be written, and count all."""
        for row in rows:
            of = self._closed_set(row)
            if of is not None:
                self._restricted[f"{of.name} {of.version}".strip(), of.licence] += 1
            if of is None or self._keep:
                self._note(row)
                yield row

    def may_have(self, row: Row) -> bool:
        """True if a row may be written, which is not counted."""
        return self._keep or self._closed_set(row) is None

    def _closed_set(self, row: Row) -> DataSet | None:
        return next((self._closed[one] for one in row.known_from if one in self._closed), None)

    def _note(self, row: Row) -> None:
        self._rows += isinstance(row, self._counted)
        if isinstance(row, EventExport) and row.point is None:
            located = row.latitude is not None
            self._coarse += located
            self._unplaced += not located

    def exported(self) -> Exported:
        return Exported(self._rows, self._coarse, self._unplaced, dict(self._restricted))


def _rows(archive: Archive, what: What, asked: Filters, told: Told) -> Iterator[Row]:
    match what:
        case What.EVENTS:
            numbers = archive.ask(timeline.order, asked, Sort.DATE)
            yield from _paged(archive, export_events, numbers, told)
        case What.CLAIMS:
            yield from _claims(archive, asked, told)
        case What.ARTICLES:
            numbers = archive.ask(articles.numbers_of_filter, asked)
            yield from _paged(archive, export_articles, numbers, told)


def _linked(archive: Archive, asked: Filters, counted: _Counted, told: Told) -> Iterator[Row]:
    """The articles behind the events of a filter, the events, and what ties them."""
    numbers = archive.ask(articles.numbers_of_filter, asked)
    yield from counted.noted(_paged(archive, export_articles, numbers))
    events = archive.ask(timeline.order, asked, Sort.DATE)
    for page, done in _pages(events):
        told(done, len(events))
        kept = [*counted.noted(archive.ask(export_events, page))]
        yield from kept
        ids = {event.id for event in kept}
        for link in archive.ask(export_links, page):
            if link.event in ids and counted.may_have(link):
                yield link


def _claims(archive: Archive, asked: Filters, told: Told) -> Iterator[ClaimExport]:
    """The claims about the events of a filter; without one, also those about actors and places."""
    events = archive.ask(timeline.order, asked, Sort.DATE)
    for page, done in _pages(events):
        told(done, len(events))
        yield from _paged(archive, export_claims, archive.ask(claim_numbers, page))
    if not asked.filters:
        yield from _paged(archive, export_claims, archive.ask(other_claim_numbers))


def _paged(
    archive: Archive,
    question: Callable[[Reader, Sequence[int]], Sequence[T]],
    numbers: "array[int]",
    told: Told = lambda _done, _all: None,
) -> Iterator[T]:
    for page, done in _pages(numbers):
        told(done, len(numbers))
        yield from archive.ask(question, page)


def _pages(numbers: "array[int]") -> Iterator[tuple[Sequence[int], int]]:
    """The numbers page by page, each with how many came before."""
    for start in range(0, len(numbers), PAGE):
        yield numbers[start : start + PAGE], start
