"""What the desk answers: frozen values, made in any thread and shown by the panes."""

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
from store.queries.compare import Comparison
from store.queries.disputes import Subject
from store.queries.evidence import EvidenceRow
from store.queries.facets import Facet
from store.queries.filters import Filters
from store.queries.judgements import JudgementRow
from store.queries.provenance import Provenance
from store.queries.sources import SourceRow
from store.queries.timeline import Bin, Section, Sort, TimelineRow
from tui.session.trail import Location


@dataclass(frozen=True, slots=True)
class TimelineAnswer:
    """The events of a filter: their numbers in order, headings, bins, and the rows around one.

    `at` is the row of the event that is looked at, None where it is not among
    them. `bins` is None where they are still to be counted: see `ScreenData.counting`.
    """

    numbers: "array[int]"
    at: int | None
    sections: tuple[Section, ...]
    bins: tuple[Bin, ...] | None
    rows: tuple[TimelineRow, ...]
    total: int


@dataclass(frozen=True, slots=True)
class DisputeSummary:
    """What is at odds about a subject, in a line, and the most urgent reading of it."""

    subject: Subject
    worst: Reading
    brief: str


@dataclass(frozen=True, slots=True)
class EventAnswer:
    """One event with its actors, the articles behind it, and in a line what is disputed.

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
        """Who acts in it."""
        return tuple(self.lists["actors"])

    @property
    def evidence(self) -> tuple[EvidenceRow, ...]:
        """The articles behind it."""
        return tuple(self.lists["sources"])

    def stances(self) -> dict[Stance, int]:
        """How many articles assert, doubt and deny it; a row that only counts them is none."""
        told = [row for row in self.evidence if row.counts]
        return {stance: sum(row.stance is stance for row in told) for stance in Stance}


@dataclass(frozen=True, slots=True)
class AlreadyShown:
    """What the screen shows already, and need not be asked for again."""

    filter: Filters | None = None
    sort: Sort | None = None
    event: int | None = None
    article: int | None = None
    window: tuple[int, int] = (0, 0)
    wide: frozenset[str] = frozenset()
    compared: str = ""
    whose: str = ""


@dataclass(frozen=True, slots=True)
class ScreenData:
    """What is to be seen at a spot; parts that the screen has already are None.

    `spot` is the asked one with event, article and passage settled; `asked` is
    the one that was asked for. `counting` names what of the panes is to be
    counted by a question of its own, because it takes longer than to show them.
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
    counting: frozenset[Facet] = frozenset()
