"""Events as they leave the program: each whole, in one row."""

from collections.abc import Iterable, Mapping, Sequence

import msgspec

from store.database.checksums import checked
from store.model.dates import FIRST_DAY, LAST_DAY, Precision, bounds
from store.model.labels import role_text
from store.model.records import Event, Place, RowRef
from store.model.values import Where
from store.model.vocabulary import ActorKind, EventType, Flag, Kind, PlaceKind, Role, Stance
from store.queries.timeline import rows
from store.queries.timeline_row import TimelineRow
from store.queries.toll_columns import COLUMN_OF, ScopedToll
from store.reader import Reader

COARSE = 4
"""From this precision on (UCDP GED: a province) a place is not shown as a point."""

_event = msgspec.json.Decoder(Event)
_place = msgspec.json.Decoder(Place)
_where = msgspec.json.Decoder(Where)


class ActorRole(msgspec.Struct, frozen=True):
    """An actor of an event, its role there, and the strongest stance with which that is said."""

    id: str
    name: str
    kind: ActorKind
    role: Role
    stance: Stance

    def __str__(self) -> str:
        """`HTS (attacker)`; `HTS (attacker: denied)` where nobody asserts it."""
        return f"{self.name} ({role_text(self.role, self.stance)})"


class OtherRow(msgspec.Struct, frozen=True):
    """A row of a data set whose event was merged into another."""

    dataset_id: str
    row: str

    def __str__(self) -> str:
        """`dst_3x 1234`."""
        return f"{self.dataset_id} {self.row}"


class EventExport(msgspec.Struct, frozen=True, kw_only=True):
    """An event with all that follows from its claims.

    `date` is EDTF; `start` and `end` are its first and last possible day, empty where it is open
    or unknown, and `date_latest` is the day of the first report of an event without a date.
    `place_precision` is 1-7 as in UCDP GED, the less exact of the place's own and of what the
    reports say; `within` names what the place is part of, the nearest first. A number of
    people is None where it is unknown, a high one also where it is open.
    """

    id: str
    title: str
    type: EventType
    planned: bool
    background: bool
    machine: bool
    part_of: str
    date: str
    start: str
    end: str
    date_precision: Precision
    date_approximate: bool
    date_latest: str
    place_id: str
    place: str
    latitude: float | None
    longitude: float | None
    place_precision: int | None
    coordinates_basis: str
    within: tuple[str, ...]
    country: str
    actors: tuple[ActorRole, ...]
    killed_low: int | None
    killed_best: int | None
    killed_high: int | None
    killed_by_scope: tuple[ScopedToll, ...]
    injured_low: int | None
    injured_best: int | None
    injured_high: int | None
    injured_by_scope: tuple[ScopedToll, ...]
    missing_low: int | None
    missing_best: int | None
    missing_high: int | None
    missing_by_scope: tuple[ScopedToll, ...]
    displaced_low: int | None
    displaced_best: int | None
    displaced_high: int | None
    displaced_by_scope: tuple[ScopedToll, ...]
    support: str
    articles: int
    publishers: int
    unknown_publishers: int
    origins: int
    unknown_origins: int
    hedges: int
    denials: int
    at_odds: str
    contradicts: int
    out_of_order: int
    stale: int
    differs: int
    apart: int
    flags: tuple[Flag, ...]
    dataset_id: str
    dataset: str
    licence: str
    row: str
    row_sha256: str
    other_rows: tuple[OtherRow, ...]
    note: str

    @property
    def known_from(self) -> tuple[str, ...]:
        """The ids of the data sets of which it is a row."""
        return (self.dataset_id, *(one.dataset_id for one in self.other_rows))

    @property
    def point(self) -> tuple[float, float] | None:
        """Longitude and latitude, None where unknown, or known only to the province or less."""
        exact = self.place_precision is not None and self.place_precision < COARSE
        if self.longitude is None or self.latitude is None or not exact:
            return None
        return self.longitude, self.latitude


def export_events(connection: Reader, numbers: Sequence[int]) -> list[EventExport]:
    """The events with these numbers, in their order; those that are gone are left out."""
    bodies: dict[int, tuple[Event, str, int | None]] = {
        n: (_event.decode(body), whole, place)
        for n, body, whole, place in connection.execute(
            f"""SELECT events.n, {checked("events", "body")}, coalesce(whole.id, ''), events.place
            FROM events LEFT JOIN events AS whole ON whole.n = events.part_of
            WHERE events.n IN ({_marks(numbers)})""",
            tuple(numbers),
        )
    }
    places = _places(connection, {place for _, _, place in bodies.values() if place is not None})
    stated = _stated_precisions(connection, numbers)
    acting, scoped = _actors(connection, numbers), _scoped(connection, numbers)
    found = []
    for row in rows(connection, numbers):
        event, whole, place = bodies[row.n]
        found.append(
            _export(
                row,
                event,
                whole,
                places.get(place) if place is not None else None,
                stated.get(row.n, {}),
                tuple(acting.get(row.n, ())),
                scoped.get(row.n, {}),
            )
        )
    return found


class _PlaceWithin(msgspec.Struct, frozen=True):
    """A place, the names of what it is part of, and its country."""

    record: Place
    within: tuple[str, ...]
    country: str


def _export(
    row: TimelineRow,
    event: Event,
    whole: str,
    place: _PlaceWithin | None,
    stated: Mapping[str, int],
    acting: tuple[ActorRole, ...],
    scoped: Mapping[str, tuple[ScopedToll, ...]],
) -> EventExport:
    days = bounds(row.edtf)
    where = place.record if place else None
    ref = event.row
    shared = {
        field: getattr(row, field)
        for field in EventExport.__struct_fields__
        if field in TimelineRow.__struct_fields__ and field not in ("place", "killed_by_scope")
    }
    return EventExport(
        **shared,
        part_of=whole,
        date=row.edtf,
        start="" if days.earliest in (None, FIRST_DAY) else days.earliest or "",
        end="" if days.latest in (None, LAST_DAY) else days.latest or "",
        date_precision=days.precision,
        date_approximate=days.approximate,
        date_latest=row.at_latest,
        place_id=where.id if where else "",
        place=where.name if where else "",
        latitude=where.latitude if where else None,
        longitude=where.longitude if where else None,
        place_precision=max(where.precision, stated.get(where.id, 1)) if where else None,
        coordinates_basis=where.basis if where else "",
        within=place.within if place else (),
        country=place.country if place else "",
        actors=acting,
        killed_by_scope=scoped.get(COLUMN_OF[Kind.FATALITIES], ()),
        injured_by_scope=scoped.get(COLUMN_OF[Kind.INJURIES], ()),
        missing_by_scope=scoped.get(COLUMN_OF[Kind.MISSING], ()),
        displaced_by_scope=scoped.get(COLUMN_OF[Kind.DISPLACED], ()),
        support=row.support,
        at_odds=row.disputed,
        dataset_id=ref.dataset if ref else "",
        row=ref.row if ref else "",
        row_sha256=ref.sha256 if ref else "",
        other_rows=_other_rows(event.merged_rows),
        note=event.note,
    )


def _other_rows(merged: Iterable[RowRef]) -> tuple[OtherRow, ...]:
    return tuple(OtherRow(one.dataset, one.row) for one in merged)


def _marks(numbers: Sequence[int]) -> str:
    return ", ".join("?" * len(numbers))


def _places(connection: Reader, numbers: Iterable[int]) -> dict[int, _PlaceWithin]:
    """These places with all that they are part of, by number."""
    wanted = msgspec.json.encode(list(numbers)).decode()
    held = {
        n: _place.decode(body)
        for n, body in connection.execute(
            f"""SELECT n, {checked("places", "body")} FROM places WHERE n IN (
                SELECT value FROM json_each(?) UNION SELECT whole FROM place_within
                WHERE member IN (SELECT value FROM json_each(?)))""",
            (wanted, wanted),
        )
    }
    by_id = {one.id: one for one in held.values()}
    return {n: _within(one, by_id) for n, one in held.items()}


def _within(place: Place, by_id: Mapping[str, Place]) -> _PlaceWithin:
    chain: list[Place] = [place]
    while (above := by_id.get(chain[-1].within or "")) is not None and above not in chain:
        chain.append(above)
    country = next((one.name for one in chain if one.kind is PlaceKind.COUNTRY), "")
    return _PlaceWithin(place, tuple(one.name for one in chain[1:]), country)


def _stated_precisions(connection: Reader, numbers: Sequence[int]) -> dict[int, dict[str, int]]:
    """The most exact precision with which the reports on an event name a place, by its id."""
    found: dict[int, dict[str, int]] = {}
    for event, value in connection.execute(
        f"""SELECT event, json_extract({checked("claims", "body")}, '$.value') FROM claims
        WHERE event IN ({_marks(numbers)}) AND kind = ? AND stance <> ?""",
        (*numbers, Kind.PLACE.value, Stance.DENIES.value),
    ):
        where = _where.decode(value)
        if where.precision is not None:
            of = found.setdefault(event, {})
            of[where.place] = min(where.precision, of.get(where.place, where.precision))
    return found


def _actors(connection: Reader, numbers: Sequence[int]) -> dict[int, list[ActorRole]]:
    found: dict[int, list[ActorRole]] = {}
    for event, role, stance, id_, name, kind in connection.execute(
        f"""SELECT event, {checked("event_actors", "role")}, stance, actors.id,
            {checked("actors", "name")}, actors.kind
        FROM event_actors JOIN actors ON actors.n = actor
        WHERE event IN ({_marks(numbers)}) ORDER BY event, role, actors.n""",
        tuple(numbers),
    ):
        acting = ActorRole(id_, name, ActorKind(kind), Role(role), Stance(stance))
        found.setdefault(event, []).append(acting)
    return found


def _scoped(
    connection: Reader, numbers: Sequence[int]
) -> dict[int, dict[str, tuple[ScopedToll, ...]]]:
    """The numbers of victims of single groups by event and by the name of their column."""
    found: dict[int, dict[str, tuple[ScopedToll, ...]]] = {}
    for event, kind, scope, low, best, high in connection.execute(
        f"""SELECT event, kind, scope, {checked("event_tolls", "low")}, best, high
        FROM event_tolls WHERE event IN ({_marks(numbers)}) AND scope <> ''
        ORDER BY event, kind, scope""",
        tuple(numbers),
    ):
        columns, name = found.setdefault(event, {}), COLUMN_OF[Kind(kind)]
        columns[name] = (*columns.get(name, ()), ScopedToll(scope, low, best, high))
    return found
