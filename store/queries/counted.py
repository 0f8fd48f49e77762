"""What is counted of a filter's events, all in one question."""

import sqlite3
from collections.abc import Collection
from enum import StrEnum

import msgspec

from store.queries import actors, sources, timeline
from store.queries.actors import ActorRow
from store.queries.choosing import Choice
from store.queries.filters import Filter
from store.queries.sources import SourceRow
from store.queries.timeline import Bin


class Part(StrEnum):
    """What can be counted."""

    BINS = "bins"
    ACTORS = "actors"
    SOURCES = "sources"


class Counted(msgspec.Struct, frozen=True):
    """The events of a filter over time, and by actor and source; None where it was not asked."""

    filter: Filter
    bins: tuple[Bin, ...] | None
    actors: tuple[ActorRow, ...] | None
    sources: tuple[SourceRow, ...] | None


def counted(
    connection: sqlite3.Connection, asked: Filter, parts: Collection[Part], most: int
) -> Counted:
    """Count these parts; in at most `most` bins."""
    choice = Choice(connection, asked)
    return Counted(
        asked,
        timeline.histogram_of(choice, most) if Part.BINS in parts else None,
        actors.of_choice(choice) if Part.ACTORS in parts else None,
        sources.of_choice(choice) if Part.SOURCES in parts else None,
    )
