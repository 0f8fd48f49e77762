"""Large synthetic cases: all of it invented, seeded, and shaped like a real one.

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

from seeds.synthetic.articles import TEXT_LENGTH, Desk
from seeds.synthetic.happenings import Happening, happenings
from seeds.synthetic.sharing import shared_out
from seeds.synthetic.world import invented_world
from store.model.record import make_id
from store.model.records import (
    RECORD_TYPES,
    SCHEMA,
    AnyRecord,
    Case,
)

_LATER = ("passages", "events", "claims")
"""The tables that stand behind the articles in a case file."""

_encode = msgspec.json.Encoder().encode


def in_chapters(
    events: int, seed: int = 1, text: int = TEXT_LENGTH
) -> Iterator[list[tuple[str, AnyRecord]]]:
    """The `(table, record)` pairs of an invented case, as things happen and are reported.

    `events` events, a fifth as many articles (six at least) and about four
    claims an event; a text has about `text` code points, and never less than
    what there is to say of its events (about 1,300). The same arguments give
    the same records.

    A chapter has about 10,000 events with all that is said of them, and the
    first one what the others refer to, too; whatever their number, only one is
    held. In each, what is referred to comes first.
    """
    rng = Random(seed)
    name = f"synthetic-{events}-{seed}"
    world = invented_world(rng, name, events)
    chapter: list[tuple[str, AnyRecord]] = [("case", _case(name, events, seed))]
    chapter += (("actors", actor) for actor in world.actors)
    chapter += (("places", place) for place in world.places)
    chapter += (("sources", source) for source in world.sources)
    # three draw from one row of numbers, one behind the other: so that they can work side by
    # side, each begins where the one before it ends, which is found by drawing for nothing
    happening = copy(rng)
    deque(happenings(rng, world, events), maxlen=0)
    sharing = copy(rng)
    deque(shared_out(rng, range(events), events), maxlen=0)
    desk = Desk(rng, world, text)
    for one in shared_out(sharing, happenings(happening, world, events), events):
        if one is None:
            yield chapter
            chapter = []
        elif isinstance(one, Happening):
            chapter.append(("events", one.event))
        else:
            written = desk.write(one)
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
    """The records of `in_chapters` in the order of `RECORD_TYPES`, as a case file has them.

    What stands behind the articles waits in temporary files meanwhile.
    """
    with ExitStack() as stack:
        waiting = {table: stack.enter_context(TemporaryFile()) for table in _LATER}
        for table, record in chain.from_iterable(in_chapters(events, seed, text)):
            if table in waiting:
                waiting[table].write(_encode(record) + b"\n")
            else:
                yield table, record
        for table, held in waiting.items():
            held.seek(0)
            decode = msgspec.json.Decoder(RECORD_TYPES[table]).decode
            yield from ((table, decode(line)) for line in held)
