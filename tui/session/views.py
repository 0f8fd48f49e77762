"""Answers of the session: frozen values, made in any thread and shown by the panes."""

from array import array
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from store.analysis.readings import Reading
from store.model.judgements import Ruling
from store.model.records import Event
from store.model.vocabulary import Stance
from store.queries.actors import ActorRow
from store.queries.article import ArticleView
from store.queries.article_list import ArticleCount
from store.queries.compare import Comparison
from store.queries.disputes import Subject
from store.queries.entity_page import EntityPage
from store.queries.event_sort import Sort
from store.queries.evidence import EvidenceRow
from store.queries.facets import Facet
from store.queries.filters import Filters
from store.queries.histogram import Bin
from store.queries.judgements import JudgementRow
from store.queries.provenance import Provenance
from store.queries.sources import SourceRow
from store.queries.timeline import Section
from store.queries.timeline_row import TimelineRow
from store.queries.toll_sums import TollSummary
from tui.session.trail import Location


@dataclass(frozen=True, slots=True)
class TimelineAnswer:
    """The events of a filter: their numbers in order, headings, bins, and the rows around one.

    `at` is the row of the current event, None if it is not among them. `bins` is
    None if they are still to be counted: see `ScreenData.counting`. `tolls` says that
    the number killed is known of any event of the case; `sums` are those of the filter's
    events, None as the bins are; `too_wide` events are in the sums and in no bin.
    `articles` are counted where the case has no event.
    """

    numbers: "array[int]"
    at: int | None
    sections: tuple[Section, ...]
    bins: tuple[Bin, ...] | None
    rows: tuple[TimelineRow, ...]
    total: int
    tolls: bool
    sums: TollSummary | None
    too_wide: int = 0
    articles: ArticleCount | None = None


@dataclass(frozen=True, slots=True)
class DisputeSummary:
    """The disputes about a subject, in a line, and their most urgent reading."""

    subject: Subject
    worst: Reading
    brief: str


@dataclass(frozen=True, slots=True)
class EventAnswer:
    """One event with its actors, the articles behind it, and its disputes in a line.

    `lists` holds the rows of each pane that lists something of the event, `said`
    what persons said about the event and these articles, `record` what the case
    holds of the event itself.
    """

    row: TimelineRow
    record: Event
    lists: Mapping[str, Sequence[Any]]
    dispute: str
    said: tuple[JudgementRow, ...]

    @property
    def actors(self) -> tuple[ActorRow, ...]:
        """The actors of the event, with their roles."""
        return tuple(self.lists["actors"])

    @property
    def evidence(self) -> tuple[EvidenceRow, ...]:
        """The articles behind it."""
        return tuple(self.lists["sources"])

    def stances(self) -> dict[Stance, int]:
        """The number of articles by stance; rows that only count reports are left out."""
        told = [row for row in self.evidence if row.counts]
        return {stance: sum(row.stance is stance for row in told) for stance in Stance}


@dataclass(frozen=True, slots=True)
class AlreadyShown:
    """The parts that the screen shows already, and that need not be asked for again."""

    filter: Filters | None = None
    sort: Sort | None = None
    turned: bool = False
    event: int | None = None
    article: int | None = None
    window: tuple[int, int] = (0, 0)
    wide: frozenset[str] = frozenset()
    compared: str = ""
    whose: str = ""
    paged: str = ""


@dataclass(frozen=True, slots=True)
class ScreenData:
    """The data to show at a location; parts that the screen has already are None.

    `asked` is the location that was asked for, `location` the same with event,
    article and passage settled. `counting` names the parts of the panes that
    a separate question counts, because that takes longer than showing them.
    """

    asked: Location
    location: Location
    timeline: TimelineAnswer | None
    event: EventAnswer | None
    article: ArticleView | None
    all_actors: tuple[ActorRow, ...] | None
    all_sources: tuple[SourceRow, ...] | None
    comparison: Comparison | None
    rulings: tuple[Ruling, ...]
    grades: Mapping[str, str]
    who: Provenance | None
    page: EntityPage | None
    counting: frozenset[Facet] = frozenset()
