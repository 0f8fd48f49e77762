"""Who acts: in one event with roles, or in all events of a filter with counts."""

import sqlite3

import msgspec

from store.model.vocabulary import ActorKind
from store.queries.filters import Filter, where


class ActorRow(msgspec.Struct, frozen=True):
    """An actor, its roles (in one event) and the number of events in which it, or a part, acts."""

    n: int
    id: str
    name: str
    kind: ActorKind
    roles: tuple[str, ...]
    events: int


def of_event(connection: sqlite3.Connection, event: int) -> tuple[ActorRow, ...]:
    """The actors of the event with this number; `events` counts those of the whole case."""
    return _rows(
        connection.execute(
            """SELECT actors.n, id, name, kind, group_concat(role, ','),
                (SELECT count(DISTINCT other.event) FROM event_actors AS other
                 WHERE other.actor IN (SELECT member FROM actor_within WHERE whole = actors.n))
            FROM event_actors JOIN actors ON actors.n = event_actors.actor WHERE event = ?
            GROUP BY actors.n ORDER BY min(role), name""",
            (event,),
        )
    )


def of_filter(connection: sqlite3.Connection, asked: Filter) -> tuple[ActorRow, ...]:
    """The actors of the events of a filter, those with most events first."""
    condition = where(asked)
    return _rows(
        connection.execute(
            f"""SELECT actors.n, id, name, kind, '', count(DISTINCT event) AS events
            FROM event_actors JOIN actor_within ON member = event_actors.actor
            JOIN actors ON actors.n = whole
            WHERE event IN (SELECT n FROM events WHERE {condition.sql})
            GROUP BY actors.n ORDER BY events DESC, name""",
            condition.parameters,
        )
    )


def _rows(cursor: sqlite3.Cursor) -> tuple[ActorRow, ...]:
    return tuple(
        ActorRow(n, id_, name, ActorKind(kind), tuple(filter(None, roles.split(","))), events)
        for n, id_, name, kind, roles, events in cursor
    )
