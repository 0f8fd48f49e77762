"""The counts of a filter's events, all in one question."""

from collections.abc import Collection
from enum import StrEnum

import msgspec

from store.model.vocabulary import Kind
from store.queries import actors, histogram, sources
from store.queries.actors import ActorRow
from store.queries.filters import Filters
from store.queries.histogram import Bin
from store.queries.selection import Selection
from store.queries.sources import SourceRow
from store.queries.toll_sums import TollSummary, summary_of
from store.queries.unplaced import too_wide, unit_of
from store.reader import Reader


class Facet(StrEnum):
    """The parts of the counts that can be asked for."""

    BINS = "bins"
    ACTORS = "actors"
    SOURCES = "sources"


class FacetCounts(msgspec.Struct, frozen=True):
    """The events of a filter over time, and by actor and source; None for a part not asked for.

    With the bins come the sums of the dead, and the number of events that are `too_wide`
    for a bin though a filter by date keeps them.
    """

    filter: Filters
    bins: tuple[Bin, ...] | None
    sums: TollSummary | None
    actors: tuple[ActorRow, ...] | None
    sources: tuple[SourceRow, ...] | None
    too_wide: int = 0


def counted(connection: Reader, asked: Filters, parts: Collection[Facet], most: int) -> FacetCounts:
    """Count these parts, with at most `most` bins of time."""
    choice = Selection(connection, asked)
    bins = histogram.histogram_of(choice, most) if Facet.BINS in parts else None
    return FacetCounts(
        asked,
        bins,
        summary_of(choice, Kind.FATALITIES) if Facet.BINS in parts else None,
        actors.of_choice(choice) if Facet.ACTORS in parts else None,
        sources.of_choice(choice) if Facet.SOURCES in parts else None,
        too_wide(choice, asked, unit_of(bins)) if bins is not None else 0,
    )
