"""The session: an open case, the user's location in it, and the data to show there.

It knows no terminal. Questions (`look`, `window`, `find_…`) may run in any
thread and return frozen answers; intents (`preview`, `go`, `back`) change the
trail and belong to one thread.
"""

from array import array
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from store.analysis.readings import RANK, Reading
from store.model.date_words import in_year
from store.model.dates import bounds
from store.model.vocabulary import Kind
from store.queries import (
    actors,
    article,
    compare,
    datasets,
    disputes,
    judgements,
    passage,
    provenance,
    search,
    sources,
    timeline,
    timeline_row,
)
from store.queries.article import ArticleView
from store.queries.article_list import count_articles
from store.queries.datasets import SetRow
from store.queries.disputes import Subject
from store.queries.entities import standing_id
from store.queries.entity_page import entity_page
from store.queries.event import event_record
from store.queries.facets import Facet, FacetCounts, counted
from store.queries.filter_row import Suggestion
from store.queries.filters import Filter, FilterKind, Filters, find_filter, read_filter
from store.queries.frequency import Field, Frequency, frequency
from store.queries.passage import Excerpt
from store.queries.search import NamedKind, NamedRecord
from store.queries.suggestions import suggestions
from store.queries.timeline_row import TimelineRow
from store.queries.toll_columns import has_tolls
from store.queries.trend import Trend, trend
from tui.commands.panes import PANE_ROWS, PANES, VIEWS
from tui.session.case_session import CaseSession
from tui.session.steps import passage_at
from tui.session.trail import Apart, Location, Trail
from tui.session.views import AlreadyShown, DisputeSummary, EventAnswer, ScreenData, TimelineAnswer

if TYPE_CHECKING:  # with TinyDB: imported after the first frame
    from store.archive import Archive

PAGE = 200
"""Rows of the timeline that are fetched at once."""

BRIEFED = 200
"""Pairs of values, and subjects, of which it is told in words what is at odds about them."""

COUNTED_AT_ONCE = 5_000
"""Events of a case of which everything is counted at once; of more, when the rows are there."""

BINS = 48
"""Bins of the histogram at most."""

TREND_BINS = 60
"""Bins of a trend at most."""


class Session(CaseSession):
    """The session over one open case."""

    def __init__(
        self,
        archive: "Archive",
        case: Path,
        *,
        bundled: bool,
        author: str = "",
        why: str = "",
        told: tuple[str, ...] = (),
        waits: bool = False,
    ) -> None:
        """As `CaseSession`."""
        super().__init__(
            archive, case, bundled=bundled, author=author, why=why, told=told, waits=waits
        )
        self.trail = Trail(Location())

    @property
    def location(self) -> Location:
        """The current location."""
        return self.trail.location

    # questions

    def look(self, location: Location, seen: AlreadyShown) -> ScreenData:
        """The data to show at a location, without what is shown already."""
        ask = self.archive.ask
        asked, location = location, self._standing(location)
        comparison = rulings = grades = None
        if location.pane == "compare" and location.subject != seen.compared:
            comparison = ask(compare.compare, location.subject)
            rulings = ask(judgements.rulings, [voice.claim for voice in comparison.voices])
            graded = {id for voice in comparison.voices for id in (voice.claim, voice.origin_id)}
            grades = ask(judgements.grades, graded)
        listed: TimelineAnswer | None = None
        event = location.event
        new = location.wide if location.filter != seen.filter else location.wide - seen.wide
        gone = event is not None and not self.window([event])
        order, seen_order = ((one.filter, one.sort, one.turned) for one in (location, seen))
        if gone or order != seen_order:
            listed = self._listed(location)
            if listed.at is None:
                event = self.archive.ask(timeline.first_of_case, listed.numbers)
                location = replace(location, event=event, article=None, passage=None)
                listed = replace(listed, at=timeline.row_of(listed.numbers, event))
        found: EventAnswer | None = None
        view: ArticleView | None = None
        if event is not None:
            found = self._event(event)
            location = _settled(location, found)
        if location.apart is not None:
            view = self._read_apart(location.apart, seen)
        elif found is not None and location.article is not None:
            view = self._article(location, found, seen)
        large = bool(new or listed) and ask(timeline.count) > COUNTED_AT_ONCE
        later = {part for part in Facet if large and part in new}
        if listed and listed.bins is None:
            later.add(Facet.BINS)
        if location.filter != seen.filter and location.filter.filters:
            later.add(Facet.ACTORS)
        return ScreenData(
            asked=asked,
            location=location,
            timeline=listed,
            event=found,
            article=view,
            all_actors=ask(actors.of_filter, location.filter)
            if "actors" in new and not large
            else None,
            all_sources=ask(sources.of_filter, location.filter)
            if "sources" in new and not large
            else None,
            comparison=comparison,
            rulings=rulings or (),
            grades=grades or {},
            who=ask(provenance.who, location.subject)
            if location.pane == "who" and location.subject != seen.whose
            else None,
            page=ask(entity_page, location.subject)
            if location.pane == "page" and location.subject != seen.paged
            else None,
            counting=frozenset(later),
        )

    def _standing(self, location: Location) -> Location:
        """The location without a passage and a subject that are gone; a merged one is the other."""
        ask = self.archive.ask
        if location.pane in VIEWS:
            subject = ask(standing_id, location.subject)
            pane = location.pane if subject else PANES[0]
            location = replace(location, pane=pane, subject=subject)
        if location.passage is not None and ask(passage.place_of, location.passage) is None:
            location = replace(location, passage=None)
        if location.apart is not None and not ask(article.is_there, location.apart.article):
            location = replace(location, apart=None)
        return location

    def window(self, numbers: Sequence[int]) -> tuple[TimelineRow, ...]:
        """The timeline rows of these events."""
        return tuple(self.archive.ask(timeline.rows, numbers))

    def _listed(self, location: Location) -> TimelineAnswer:
        ask = self.archive.ask
        numbers, sections = ask(
            timeline.listed, location.filter, location.sort, turned=location.turned
        )
        at = timeline.row_of(numbers, location.event)
        first = max(0, (at or 0) - PAGE // 2)
        total = ask(timeline.count)
        parts = frozenset((Facet.BINS,))
        found = None if total > COUNTED_AT_ONCE else self.count(location.filter, parts)
        return TimelineAnswer(
            numbers=numbers,
            at=at,
            sections=sections,
            bins=found.bins if found else None,
            sums=found.sums if found else None,
            too_wide=found.too_wide if found else 0,
            rows=self.window(numbers[first : first + PAGE]),
            total=total,
            tolls=ask(has_tolls),
            articles=None if total else ask(count_articles),
        )

    def frequency(self, asked: Filters, field: Field, *, by_toll: bool) -> Frequency:
        """The events of a filter by the values of a field, with their dead."""
        return self.archive.ask(frequency, asked, field, Kind.FATALITIES, by_toll=by_toll)

    def trend(self, asked: Filters, by: Field | None, *, by_toll: bool) -> Trend:
        """The events and the dead of a filter over time, in one line or by a field."""
        return self.archive.ask(trend, asked, TREND_BINS, Kind.FATALITIES, by, by_toll=by_toll)

    def count(self, asked: Filters, parts: frozenset[Facet]) -> FacetCounts:
        """The counts that `look` left for later."""
        return self.archive.ask(counted, asked, parts, BINS)

    def _event(self, number: int) -> EventAnswer:
        (row,) = self.window([number])
        ask = self.archive.ask
        lists = {
            pane.id: ask(pane.of_event, number) for pane in PANE_ROWS if pane.of_event is not None
        }
        return EventAnswer(
            row=row,
            record=ask(event_record, number),
            lists=lists,
            said=ask(judgements.about, [row.id, *(one.id for one in lists["sources"])]),
            dispute=self._dispute(row),
        )

    def _dispute(self, row: TimelineRow) -> str:
        """The disputes about an event, in a line."""
        if not row.disputed:
            return ""
        return self._at_odds(row.id, (row.contradicts, row.stale, row.differs, row.apart))

    def _at_odds(self, subject: str, figures: tuple[int, ...]) -> str:
        """The disputes about a subject, in a line; only their counts if there are very many."""
        if sum(figures) > BRIEFED:
            return _counted(figures)
        return self.archive.ask(compare.compare, subject).brief()

    def _article(
        self, location: Location, event: EventAnswer, seen: AlreadyShown
    ) -> ArticleView | None:
        start = self._start(event, location)
        if location.article == seen.article and seen.window[0] <= start <= seen.window[1]:
            return None
        assert location.article is not None
        return self.archive.ask(article.article, location.article, start)

    def _read_apart(self, apart: Apart, seen: AlreadyShown) -> ArticleView | None:
        """The article that is read apart from the event; None if it is shown already."""
        place = self.archive.ask(passage.place_of, apart.passage) if apart.passage else None
        start = apart.offset if place is None else 0 if place[2] else place[1]
        if apart.article == seen.article and seen.window[0] <= start <= seen.window[1]:
            return None
        return self.archive.ask(article.article, apart.article, start)

    def _start(self, event: EventAnswer, location: Location) -> int:
        """The start of the location's passage in the text of the article, in code points."""
        found = passage_at(event, location)
        if found is not None:
            return 0 if found.in_title else found.start
        if location.passage is None:
            return 0
        place = self.archive.ask(passage.place_of, location.passage)
        return 0 if place is None or place[2] else place[1]

    def excerpts(self, passages: Sequence[int]) -> tuple[Excerpt, ...]:
        """Passages in their surroundings."""
        return tuple(self.archive.ask(passage.excerpt, n) for n in passages)

    def event_behind(self, subject: str, number: int) -> int | None:
        """The event that is this subject, else one that the passage with this number supports."""
        return self.archive.ask(timeline.number_of, subject) or self.archive.ask(
            passage.event_of, number
        )

    def next_disputed(self, subject: str) -> str | None:
        """The id of the next disputed event, place or actor after this one.

        They come in order of time, then by name; after the last comes the first. None if
        nothing is disputed.
        """
        return self.archive.ask(disputes.after, subject)

    def disputes(self) -> tuple[DisputeSummary, ...]:
        """Every disputed event, place and actor, with its disputes in a line.

        Contradictions come first, then what is stale, differs, and is far apart or grew. The
        line has words for the first `BRIEFED`; for others, or for very many disputes, only counts.
        """
        figures = self.archive.ask(disputes.figures)
        found = sorted(
            self.archive.ask(disputes.disputed, Filters()),
            key=lambda one: timeline_row.head_of(figures[one.id]),
        )
        return tuple(
            self._summary(one, figures[one.id], only_counted=at >= BRIEFED)
            for at, one in enumerate(found)
        )

    def _summary(
        self, one: Subject, figures: tuple[int, ...], *, only_counted: bool
    ) -> DisputeSummary:
        if only_counted or sum(figures) > BRIEFED:
            worst = _OF_HEAD[timeline_row.head_of(figures)]
            return DisputeSummary(one, worst, _counted(figures))
        found = self.archive.ask(compare.compare, one.id)
        pairs = found.disputes()
        readings = [pair.reading for pair in pairs if pair.own] or [pair.reading for pair in pairs]
        worst = min(readings, key=RANK.__getitem__, default=_OF_HEAD[timeline_row.head_of(figures)])
        return DisputeSummary(one, worst, found.brief())

    def subject(self, words: str) -> str:
        """The id of the event, actor or place with a name or an id."""
        return self.archive.ask(disputes.the_subject, words).id

    def find_rows(self, needle: str, numbers: "array[int]") -> "array[int]":
        """The rows of those of these events that have the text in title or place; smart case."""
        return timeline.rows_with(numbers, self.archive.ask(timeline.find, needle))

    def find_in_article(self, number: int, needle: str) -> list[int]:
        """The positions of the text in the article, in code points; smart case."""
        return self.archive.ask(article.find, number, needle)

    def read_article(self, number: int, around: int) -> ArticleView | None:
        """The article with its window around a code point."""
        return self.archive.ask(article.article, number, around)

    def datasets(self) -> tuple[SetRow, ...]:
        """The data sets of the case."""
        return self.archive.ask(datasets.datasets)

    def named(self, words: str, kind: NamedKind | None = None) -> tuple[NamedRecord, ...]:
        """The actors, places and sources that a name may mean."""
        return self.archive.ask(search.named, words, kind)

    def read_filter(self, kind: FilterKind, text: str) -> Filter:
        """The filter that a typed argument means; raises `ConflictError` where it means none.

        A date without its year is one of the year of the current event.
        """
        if kind is FilterKind.DATE:
            text = in_year(text, self._year())
        if kind.row.find is None:
            return read_filter(kind, text)
        return self.archive.ask(find_filter, kind, text)

    def _year(self) -> str:
        event = self.location.event
        rows = self.window([event]) if event is not None else ()
        return next(((bounds(row.edtf).earliest or row.at_latest)[:4] for row in rows), "")

    def suggestions(self, kind: FilterKind, begun: str) -> tuple[Suggestion, ...]:
        """The arguments of a filter that begin with the typed text."""
        return self.archive.ask(suggestions, kind, begun)

    # intents

    def preview(self, **changes: object) -> None:
        """Move within the current location, without a step of the trail."""
        self.trail.settle(_moved(self.location, changes))

    def go(self, **changes: object) -> None:
        """Go somewhere, with a step of the trail."""
        self.trail.go(_moved(self.location, changes))


_OF_HEAD = (Reading.CONTRADICTS, Reading.STALE, Reading.DIFFERS, Reading.FAR_APART)
"""The reading that stands for each of `AT_ODDS` where pairs are only counted."""


_ENDS_APART = frozenset(("event", "article", "passage", "filter", "subject"))
"""Changes of a location after which an article is no longer read apart."""


def _moved(location: Location, changes: dict[str, object]) -> Location:
    """The location with changes; one to an event or its article ends reading apart."""
    if not _ENDS_APART.isdisjoint(changes):
        changes = {"apart": None, **changes}
    return replace(location, **changes)  # type: ignore[arg-type]


def _counted(figures: tuple[int, ...]) -> str:
    """`2 contradict, 1 stale`."""
    told = zip(figures, ("contradict", "stale", "differ", "apart"), strict=True)
    return ", ".join(f"{number:,} {word}" for number, word in told if number)


def _settled(location: Location, event: EventAnswer) -> Location:
    """The location, with the first article and passage if it names none of the event's."""
    if not event.evidence:
        return replace(location, article=None, passage=None)
    row = next((row for row in event.evidence if row.n == location.article), None)
    if row is None:
        row = event.evidence[0]
        return replace(location, article=row.n, passage=row.passages[0].n)
    if location.passage is None:
        return replace(location, passage=row.passages[0].n)
    return location
