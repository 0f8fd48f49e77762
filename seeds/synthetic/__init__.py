"""Large synthetic cases: invented, seeded, and with the distributions of a real one.

The links between events and articles are spread as in the UCDP GED file of
Syria 2016-2019; actors, places and sources follow Zipf's law. The country, its
places and everybody in it are invented; the coordinates lie in 34-37° N,
36-42° E, so that a map has something to draw.

`python -m seeds.synthetic EVENTS CASE.json|CASE.db [--seed N] [--text N]` writes one.
"""

from collections import deque
from collections.abc import Iterator
from contextlib import ExitStack
from copy import copy
from itertools import chain
from random import Random
from tempfile import TemporaryFile

import msgspec

from seeds.synthetic.articles import TEXT_LENGTH, ArticleWriter
from seeds.synthetic.happenings import Happening, happenings
from seeds.synthetic.sharing import assign_events
from seeds.synthetic.world import invented_world
from store.model.record import make_id
from store.model.records import (
    RECORD_TYPES,
    SCHEMA,
    AnyRecord,
    Case,
)

_LATER = ("passages", "events", "claims")
"""The tables that follow the articles in a case file."""

_encode = msgspec.json.Encoder().encode


def generate_chapters(
    events: int, seed: int = 1, text: int = TEXT_LENGTH
) -> Iterator[list[tuple[str, AnyRecord]]]:
    """Generate the `(table, record)` pairs of an invented case in chronological chapters.

    There are `events` events, a fifth as many articles (at least six) and about
    four claims an event. A text has about `text` code points, but at least those
    of the sentences on its events (about 1,300). The same arguments give the same
    records.

    A chapter has about 10,000 events with all claims about them; the first one
    also has the actors, places and sources. Only one chapter is held in memory.
    Within a chapter, records follow those that they refer to.
    """
    rng = Random(seed)
    name = f"synthetic-{events}-{seed}"
    world = invented_world(rng, name, events)
    chapter: list[tuple[str, AnyRecord]] = [("case", _case(name, events, seed))]
    chapter += (("actors", actor) for actor in world.actors)
    chapter += (("places", place) for place in world.places)
    chapter += (("sources", source) for source in world.sources)
    # three generators use successive parts of one random sequence; to run them side by side,
    # each starts where the one before it ends, which is found by a dry run
    happening = copy(rng)
    deque(happenings(rng, world, events), maxlen=0)
    sharing = copy(rng)
    deque(assign_events(rng, range(events), events), maxlen=0)
    writer = ArticleWriter(rng, world, text)
    for one in assign_events(sharing, happenings(happening, world, events), events):
        if one is None:
            yield chapter
            chapter = []
        elif isinstance(one, Happening):
            chapter.append(("events", one.event))
        else:
            written = writer.write(one)
            chapter.append(("articles", written.article))
            chapter += (("passages", passage) for passage in written.passages)
            chapter += (("claims", claim) for claim in written.claims)
    yield chapter


def _case(name: str, events: int, seed: int) -> Case:
    return Case(
        id=make_id("case", name),
        schema=SCHEMA,
        name=name,
        title=f"Synthetic case of {events:,} events",
        about="Invented by a program for tests and measurements; nothing in it is true.",
        coded_by=f"seeds.synthetic, seed {seed}",
        licence="CC0-1.0",
    )


def synthetic_case(
    events: int, seed: int = 1, text: int = TEXT_LENGTH
) -> Iterator[tuple[str, AnyRecord]]:
    """Generate the records of `generate_chapters` sorted by `RECORD_TYPES`, as in a case file.

    The tables after the articles are held in temporary files meanwhile.
    """
    with ExitStack() as stack:
        waiting = {table: stack.enter_context(TemporaryFile()) for table in _LATER}
        for table, record in chain.from_iterable(generate_chapters(events, seed, text)):
            if table in waiting:
                waiting[table].write(_encode(record) + b"\n")
            else:
                yield table, record
        for table, held in waiting.items():
            held.seek(0)
            decode = msgspec.json.Decoder(RECORD_TYPES[table]).decode
            yield from ((table, decode(line)) for line in held)
