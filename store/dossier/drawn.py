"""The data of the pictures: events and articles over time, the life of figures, places."""

from collections.abc import Sequence

import msgspec

from store.dossier.gathered import Gathered
from store.dossier.phrases import label_of
from store.model.dates import FIRST_DAY, LAST_DAY, bounds
from store.model.records import Place
from store.model.values import COUNT_KINDS, Count, Where
from store.model.vocabulary import Kind, Stance
from store.queries.judgements import held_all
from store.queries.timeline import rows
from store.reader import Reader

COUNTRY = 6
"""The precision, as UCDP GED codes it, from which a place is no point on a map."""

FIGURES = 12
"""The most figures whose life is drawn."""


class Bar(msgspec.Struct, frozen=True):
    """An event on the timeline; its days are ISO 8601."""

    title: str
    first: str
    last: str


class Report(msgspec.Struct, frozen=True):
    """An article on the timeline: when it was published, and by whom."""

    publisher: str
    day: str


class Point(msgspec.Struct, frozen=True):
    """A figure as one article gives it; `high` is None where it is open upwards."""

    day: str
    low: int
    best: int | None
    high: int | None
    who: str
    passage: str
    denied: bool


class Life(msgspec.Struct, frozen=True):
    """The values of one figure over the time of publication; `undated` have no time."""

    label: str
    points: tuple[Point, ...]
    undated: int


class Spot(msgspec.Struct, frozen=True):
    """A place on the map in WGS84 degrees, with its precision as UCDP GED codes it."""

    name: str
    latitude: float
    longitude: float
    precision: int
    statements: int


class Drawn(msgspec.Struct, frozen=True):
    """The data of all pictures; `undated` events and `unplaced` places, such as countries, are
    in none."""

    bars: tuple[Bar, ...]
    reports: tuple[Report, ...]
    lives: tuple[Life, ...]
    spots: tuple[Spot, ...]
    undated: int = 0
    unplaced: tuple[str, ...] = ()


def drawn(connection: Reader, of: Gathered) -> Drawn:
    """The data of the pictures of a dossier."""
    bars, undated = _bars(connection, of)
    spots, unplaced = _spots(connection, of)
    articles = {of.voice(place).article for place in of.places}
    reports = [of.comparison.articles[one] for one in articles]
    return Drawn(
        bars=bars,
        reports=tuple(
            Report(one.publisher, one.published[:10])
            for one in sorted(reports, key=lambda one: one.published)
            if one.published
        ),
        lives=_lives(of),
        spots=spots,
        undated=undated,
        unplaced=unplaced,
    )


def _bars(connection: Reader, of: Gathered) -> tuple[tuple[Bar, ...], int]:
    used = {of.comparison.lines[of.voice(place).line].group for place in of.places}
    ids = [group.id for at, group in enumerate(of.comparison.groups) if at in used]
    events = [id_ for id_ in ids if id_.startswith("evt_")]
    listed = msgspec.json.encode(events).decode()
    numbers = [
        n
        for (n,) in connection.execute(
            "SELECT n FROM events WHERE id IN (SELECT value FROM json_each(?))", (listed,)
        )
    ]
    bars, undated = [], 0
    for row in rows(connection, numbers):
        spanned = bounds(row.edtf)
        days = {spanned.earliest, spanned.latest}
        if spanned.earliest and spanned.latest and not days & {FIRST_DAY, LAST_DAY}:
            bars.append(Bar(row.title, spanned.earliest, spanned.latest))
        else:
            undated += 1
    return tuple(sorted(bars, key=lambda bar: (bar.first, bar.last, bar.title))), undated


def _lives(of: Gathered) -> tuple[Life, ...]:
    kept = set(of.places)
    found = []
    for line in of.comparison.lines:
        if line.kind not in COUNT_KINDS:
            continue
        places = [one for one in line.voices if one in kept]
        points = [_point(of, one) for one in places]
        dated = sorted((one for one in points if one.day), key=lambda one: one.day)
        if len(dated) > 1 and len({(one.low, one.best, one.high) for one in dated}) > 1:
            found.append(Life(label_of(of, places[0]), tuple(dated), len(points) - len(dated)))
    found.sort(key=lambda life: -len(life.points))
    return tuple(found[:FIGURES])


def _point(of: Gathered, place: int) -> Point:
    voice, value = of.voice(place), of.claims[place].value
    assert isinstance(value, Count)
    return Point(
        day=of.comparison.articles[voice.article].published[:10],
        low=value.min,
        best=value.best,
        high=value.max,
        who=voice.origin,
        passage=voice.passage_id,
        denied=voice.stance is Stance.DENIES,
    )


def _spots(connection: Reader, of: Gathered) -> tuple[tuple[Spot, ...], tuple[str, ...]]:
    counts: dict[str, int] = {}
    for place in of.places:
        value = of.claims[place].value
        if of.claims[place].kind is Kind.PLACE and isinstance(value, Where):
            counts[value.place] = counts.get(value.place, 0) + 1
    spots, unplaced = [], []
    for id_, one in held_all(connection, "places", counts).items():
        if not isinstance(one, Place):
            continue
        if one.latitude is None or one.longitude is None or one.precision >= COUNTRY:
            unplaced.append(one.name)
        else:
            spots.append(Spot(one.name, one.latitude, one.longitude, one.precision, counts[id_]))
    return tuple(sorted(spots, key=lambda spot: -spot.statements)), tuple(unplaced)


def span_of(drawn: Drawn) -> tuple[str, str]:
    """The first and the last day (ISO 8601) on the timeline; empty without any."""
    days: Sequence[str] = [
        *(day for bar in drawn.bars for day in (bar.first, bar.last)),
        *(one.day for one in drawn.reports),
    ]
    return (min(days), max(days)) if days else ("", "")
