"""The actors of one event with their roles, or of all events of a filter with counts."""

import msgspec

from store.database.checksums import checked
from store.model.vocabulary import ActorKind
from store.queries.filters import FilterKind, Filters
from store.queries.selection import Selection, counts_of
from store.reader import Reader


class ActorRow(msgspec.Struct, frozen=True):
    """An actor, its roles (in one event) and the number of events in which it, or a part, acts."""

    n: int
    id: str
    name: str
    kind: ActorKind
    roles: tuple[str, ...]
    events: int


def of_event(connection: Reader, event: int) -> tuple[ActorRow, ...]:
    """The actors of the event with this number; `events` counts those of the whole case."""
    acting = connection.execute(
        f"""SELECT actors.n, id, {checked("actors", "name")}, kind,
            group_concat({checked("event_actors", "role")}, ',')
        FROM event_actors JOIN actors ON actors.n = event_actors.actor WHERE event = ?
        GROUP BY actors.n ORDER BY min(role), name""",
        (event,),
    ).fetchall()
    whole = counts_of(connection, FilterKind.ACTOR, [n for n, *_ in acting])
    return tuple(_row(actor, whole[actor[0]]) for actor in acting)


def of_filter(connection: Reader, asked: Filters) -> tuple[ActorRow, ...]:
    """The actors of the events of a filter, those with most events first."""
    return of_choice(Selection(connection, asked))


def of_choice(choice: Selection) -> tuple[ActorRow, ...]:
    """The same as `of_filter`, for a selection."""
    found = choice.counts(FilterKind.ACTOR)
    name = checked("actors", "name")
    acting = choice.connection.execute(f"SELECT n, id, {name}, kind, '' FROM actors")
    rows = (_row(actor, found[actor[0]]) for actor in acting if actor[0] in found)
    return tuple(sorted(rows, key=lambda row: (-row.events, row.name, row.n)))


def _row(actor: tuple[int, str, str, str, str], events: int) -> ActorRow:
    n, id_, name, kind, roles = actor
    return ActorRow(
        n, id_, name, ActorKind(kind), tuple(filter(None, sorted(roles.split(",")))), events
    )
