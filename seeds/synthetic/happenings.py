"""The events of a synthetic case, and their dates."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from random import Random
from typing import NamedTuple

from seeds.synthetic.words import OFFENSIVE, PATTERNS, Pattern
from seeds.synthetic.world import World, Zipf
from store.model.record import make_id
from store.model.records import (
    Actor,
    Event,
    Place,
)
from store.model.values import When
from store.model.vocabulary import DateBasis, DateRule, PlaceKind

FIRST_YEAR, LAST_YEAR = 2011, 2024


class Happening(NamedTuple):
    """An event with the facts that its articles will report."""

    event: Event
    pattern: Pattern
    day: date
    when: When
    place: Place
    actors: tuple[Actor, ...]
    killed: int

    def told(self) -> str:
        """Describe the event in a clause that begins in lower case or with a name."""
        a, b = self.actors[0].name, self.actors[-1].name
        return self.pattern.told.format(a=a, b=b, p=self.place.name)


def happenings(rng: Random, world: World, count: int) -> Iterator[Happening]:
    """Generate the events in chronological order; only their days are held in memory."""
    start = date(FIRST_YEAR, 1, 1)
    span = (date(LAST_YEAR, 12, 31) - start).days
    # the intensity of a war varies: half of the days cluster around a few peaks
    peaks = [rng.randrange(span) for _ in range(6)]
    days = Counter(
        round(rng.gauss(rng.choice(peaks), 90)) % span
        if rng.random() < 0.5
        else rng.randrange(span)
        for _ in range(count)
    )
    towns = Zipf(rng, _ranked(world))
    actors = Zipf(rng, world.actors)
    whole: str | None = None
    in_order = (day for day in sorted(days) for _ in range(days[day]))
    for number, day in enumerate(in_order):
        pattern = rng.choices(PATTERNS, [one.weight for one in PATTERNS])[0]
        large = number % 60 == 20
        happening = _happening(
            rng,
            world.case,
            number,
            start + timedelta(day),
            OFFENSIVE if large else pattern,
            towns.draw(),
            _two(actors),
            None if large else whole,
        )
        if large:
            whole = happening.event.id
        elif rng.random() < 0.05:
            whole = None
        yield happening


def _ranked(world: World) -> list[Place]:
    """Rank the places of events: mostly towns, some known only by province."""
    towns = [place for place in world.places if place.kind is not PlaceKind.COUNTRY]
    provinces = [place for place in towns if place.kind is PlaceKind.PROVINCE]
    towns = [place for place in towns if place.kind is not PlaceKind.PROVINCE]
    return towns[:20] + provinces + towns[20:]


def _two(actors: Zipf[Actor]) -> tuple[Actor, Actor]:
    """Draw two different actors."""
    first = second = actors.draw()
    while second == first:
        second = actors.draw()
    return first, second


def _happening(
    rng: Random,
    case: str,
    number: int,
    day: date,
    pattern: Pattern,
    place: Place,
    actors: tuple[Actor, Actor],
    whole: str | None,
) -> Happening:
    background = rng.random() < 0.03
    when = draw_date(rng, day)
    if background:
        when = When(edtf=str(day.year), printed=f"in {day.year}")
    event = Event(
        id=make_id("evt", case, str(number)),
        title=pattern.title.format(a=actors[0].name, b=actors[1].name, p=place.name),
        type=pattern.type,
        planned=not background and rng.random() < 0.02,
        background=background,
        part_of=whole if rng.random() < 0.3 else None,
        date_rule=DateRule.RANGE if rng.random() < 0.05 else DateRule.MAJORITY,
    )
    killed = min(400, 1 + round(rng.paretovariate(1.1))) if rng.random() < pattern.deadly else 0
    return Happening(event, pattern, day, when, place, actors, killed)


def draw_date(rng: Random, day: date) -> When:
    """Draw a date as reports give it: usually a day, sometimes less precise."""
    in_words, drawn = f"{day.day} {day:%B %Y}", rng.random()
    if drawn < 0.35:
        return When(edtf=f"{day}", printed=f"on {in_words}")
    if drawn < 0.68:
        basis = DateBasis.RELATIVE_TO_PUBLICATION
        return When(edtf=f"{day}", printed=f"on {day:%A}", basis=basis)
    end = day + timedelta(rng.randint(1, 5))
    if drawn < 0.80:
        return When(
            edtf=f"{day}/{end}", printed=f"between {day.day} {day:%B} and {end.day} {end:%B}"
        )
    if drawn < 0.83:
        return When(edtf=f"[{day},{end}]", printed=f"on {day.day} {day:%B} or {end.day} {end:%B}")
    if drawn < 0.90:
        return When(edtf=f"{day:%Y-%m}", printed=f"in {day:%B %Y}")
    if drawn < 0.96:
        return When(edtf=f"{day}~", printed=f"around {in_words}")
    return When(edtf="", printed="recently", basis=DateBasis.UNRESOLVED)
