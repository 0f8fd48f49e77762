"""The actors of one event with their roles, or of all events of a filter with counts."""

from collections import Counter

import msgspec

from store.database.checksums import checked
from store.model.labels import NOT_ASSERTED, STANCE_GLYPHS, role_text
from store.model.vocabulary import ActorKind, Stance
from store.queries.filters import FilterKind, Filters
from store.queries.selection import Selection, counts_of
from store.reader import Reader


class ActorRow(msgspec.Struct, frozen=True):
    """An actor, its roles (in one event) and the number of events in which it, or a part, acts.

    `stances` holds for each role the strongest stance with which anybody says so. Of the
    `events`, counted are also those in which it is only denied to act; so many are `denied`.
    """

    n: int
    id: str
    name: str
    kind: ActorKind
    roles: tuple[str, ...]
    events: int
    stances: tuple[Stance, ...] = ()
    denied: int = 0

    @property
    def role_words(self) -> str:
        """`attacker`; `attacker: denied` of a role that is only denied."""
        return ", ".join(map(role_text, self.roles, self.stances))

    @property
    def doubt(self) -> str:
        """`○ denied` if its only role is denied, `○ 2 denied` of events; empty if nothing is."""
        if self.denied:
            return f"{STANCE_GLYPHS[Stance.DENIES]} {self.denied:,} denied"
        several = len(self.roles) > 1
        return ", ".join(
            f"{STANCE_GLYPHS[stance]} {f'{role} ' * several}{NOT_ASSERTED[stance]}"
            for role, stance in zip(self.roles, self.stances, strict=True)
            if stance in NOT_ASSERTED
        )


def of_event(connection: Reader, event: int) -> tuple[ActorRow, ...]:
    """The actors of the event with this number; `events` counts those of the whole case."""
    acting = connection.execute(
        f"""SELECT actors.n, id, {checked("actors", "name")}, kind,
            group_concat({checked("event_actors", "role")} || ':' || stance, ',')
        FROM event_actors JOIN actors ON actors.n = event_actors.actor WHERE event = ?
        GROUP BY actors.n ORDER BY min(stance = 'denies'), min(role), name""",
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
    denied = _denied(choice)
    rows = (_row(actor, found[actor[0]], denied[actor[0]]) for actor in acting if actor[0] in found)
    return tuple(sorted(rows, key=lambda row: (-row.events, row.name, row.n)))


_DENIED = """
    SELECT DISTINCT whole, event FROM event_actors JOIN actor_within ON member = actor
    WHERE stance = 'denies' AND NOT EXISTS (
        SELECT 1 FROM event_actors AS other JOIN actor_within AS its ON its.member = other.actor
        WHERE other.event = event_actors.event AND its.whole = actor_within.whole
        AND other.stance <> 'denies')"""
"""SQL for every actor with each event in which it and its parts are only denied to act."""


def _denied(choice: Selection) -> Counter[int]:
    """The number of events of the selection in which an actor is only denied to act."""
    pairs = choice.connection.execute(_DENIED).fetchall()
    chosen = choice.among({event for _, event in pairs}) if pairs else set()
    return Counter(actor for actor, event in pairs if event in chosen)


def _row(actor: tuple[int, str, str, str, str], events: int, denied: int = 0) -> ActorRow:
    n, id_, name, kind, roles = actor
    told = [one.split(":") for one in sorted(filter(None, roles.split(",")))]
    return ActorRow(
        n,
        id_,
        name,
        ActorKind(kind),
        tuple(role for role, _ in told),
        events,
        tuple(Stance(stance) for _, stance in told),
        denied,
    )
