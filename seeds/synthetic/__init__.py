"""Large synthetic cases: all of it invented, seeded, and shaped like a real one.

The links between events and articles are spread as in the UCDP GED file of
Syria 2016-2019; actors, places and sources follow Zipf's law. The country, its
places and everybody in it are invented; the coordinates lie in 34-37° N,
36-42° E, so that a map has something to draw.

`python -m seeds.synthetic EVENTS CASE.json [--seed N]` writes one.
"""

from collections.abc import Iterator
from random import Random

from seeds.synthetic.articles import written
from seeds.synthetic.happenings import happenings
from seeds.synthetic.world import invented_world
from store.model.record import make_id
from store.model.records import (
    SCHEMA,
    AnyRecord,
    Case,
)


def synthetic_case(events: int, seed: int = 1) -> Iterator[tuple[str, AnyRecord]]:
    """The `(table, record)` pairs of an invented case, in the order of `RECORD_TYPES`.

    `events` events, a fifth as many articles (six at least) and about four
    claims an event. The same arguments give the same records.
    """
    rng = Random(seed)
    name = f"synthetic-{events}-{seed}"
    yield (
        "case",
        Case(
            id=make_id("case", name),
            schema=SCHEMA,
            name=name,
            title=f"Synthetic case of {events:,} events",
            about="Invented by a program for tests and measurements; nothing in it is true.",
            coded_by=f"seeds.synthetic, seed {seed}",
            licence="CC0-1.0",
        ),
    )
    world = invented_world(rng, name, events)
    yield from (("actors", actor) for actor in world.actors)
    yield from (("places", place) for place in world.places)
    yield from (("sources", source) for source in world.sources)
    happened = happenings(rng, world, events)
    articles = written(rng, world, happened)
    yield from (("articles", one.article) for one in articles)
    yield from (("passages", passage) for one in articles for passage in one.passages)
    yield from (("events", one.event) for one in happened)
    yield from (("claims", claim) for one in articles for claim in one.claims)
