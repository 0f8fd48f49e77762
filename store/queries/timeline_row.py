"""One event as the timeline shows it."""

from collections.abc import Sequence

import msgspec

from store.analysis.readings import Reading
from store.database.checksums import checked
from store.model.labels import support_text
from store.model.vocabulary import EventType, Flag
from store.queries.datasets import OF_ROW
from store.queries.order_figures import order_figures
from store.queries.sides import sides_of
from store.queries.toll_columns import ScopedToll, TollRange, Tolls, tolls_of
from store.reader import Reader


class TimelineRow(msgspec.Struct, frozen=True):
    """One event as the timeline shows it; `origins` counts its independent origins.

    `at_latest` is the day of the first report (ISO 8601) if it has no date, else empty.
    `machine` says that a machine made it and nobody has looked at it. A row of a data set
    has its `dataset` with the version, the licence, and its flags. `judged` says that a
    person noted, tagged or assessed the event, or ruled on a claim about it. `out_of_order`
    counts the contradictions whose dates exclude an order of events. Numbers of victims are
    None where they are unknown, and the high one also where it is open. `side_a` and `side_b`
    name who acts on the two sides: attackers, or parties; and whom it strikes.
    """

    n: int
    id: str
    title: str
    type: EventType
    edtf: str
    place: str
    planned: bool
    background: bool
    articles: int
    publishers: int
    unknown_publishers: int
    origins: int
    unknown_origins: int
    hedges: int
    denials: int
    contradicts: int
    differs: int
    stale: int
    apart: int
    at_latest: str = ""
    machine: bool = False
    flags: tuple[Flag, ...] = ()
    dataset: str = ""
    licence: str = ""
    starred: bool = False
    judged: bool = False
    out_of_order: int = 0
    killed_low: int | None = None
    killed_best: int | None = None
    killed_high: int | None = None
    injured_low: int | None = None
    injured_best: int | None = None
    injured_high: int | None = None
    missing_low: int | None = None
    missing_best: int | None = None
    missing_high: int | None = None
    displaced_low: int | None = None
    displaced_best: int | None = None
    displaced_high: int | None = None
    killed_by_scope: tuple[ScopedToll, ...] = ()
    side_a: str = ""
    side_b: str = ""

    @property
    def killed(self) -> TollRange | None:
        """The number of all killed; None where it is unknown."""
        if self.killed_low is None or self.killed_best is None:
            return None
        return TollRange(self.killed_low, self.killed_best, self.killed_high)

    @property
    def support(self) -> str:
        """`3/2`: articles and origins; `?` one is unknown; `~1` only hedges; `−1` denies it."""
        unknown = "?" if self.unknown_origins else ""
        hedged = f" ~{self.hedges}" if self.hedges else ""
        denied = f" −{self.denials}" if self.denials else ""
        return f"{self.articles}/{self.origins}{unknown}{hedged}{denied}"

    @property
    def disputed(self) -> str:
        """The most urgent state: a word of `AT_ODDS` or `Reading.ORDER`, empty for nothing."""
        head = head_of((self.contradicts, self.stale, self.differs, self.apart))
        return Reading.ORDER if self.only_out_of_order else (*AT_ODDS, "")[head]

    @property
    def only_out_of_order(self) -> bool:
        """True if there are contradictions, and all are of dates that exclude an order."""
        return 0 < self.contradicts <= self.out_of_order

    @property
    def support_words(self) -> str:
        """`2 articles · 2 publishers · origins: 1 known, 1 unknown · 1 denial`."""
        return support_text(self)


AT_ODDS = ("disputed", "stale", "differs", "apart")
"""The words for an event by its figures of what is at odds, the most urgent first."""


def head_of(figures: Sequence[int]) -> int:
    """The index in `AT_ODDS` of the first figure that is not 0; its length if there is none."""
    return next((at for at, number in enumerate(figures) if number), len(AT_ODDS))


_ROW = f"""
    SELECT events.n, events.id, {checked("events", "title")}, type, edtf, coalesce(by_latest, ''),
        coalesce({checked("places", "name")}, ''), planned, background, machine,
        coalesce(json_extract(events.body, '$.flags'), ''),
        {OF_ROW}, articles, publishers, unknown_publishers, origins, unknown_origins,
        hedges, denials, contradicts, differs, stale, apart,
        EXISTS (SELECT 1 FROM marks
            WHERE about = events.id
                AND json_extract({checked("marks", "body")}, '$.kind') = 'star'),
        EXISTS (SELECT 1 FROM notes WHERE about = events.id)
            OR EXISTS (SELECT 1 FROM tags WHERE about = events.id)
            OR EXISTS (SELECT 1 FROM assessments WHERE about = events.id)
            OR EXISTS (SELECT 1 FROM claims CROSS JOIN rulings ON about = claims.id
                WHERE claims.event = events.n)
    FROM events LEFT JOIN places ON places.n = events.place
    LEFT JOIN datasets ON datasets.n = events.dataset WHERE events.n IN """


def read_rows(connection: Reader, numbers: Sequence[int]) -> dict[int, TimelineRow]:
    """The rows of the events with these numbers, by number."""
    found = {
        row[0]: _timeline_row(*row)
        for row in connection.execute(f"{_ROW} ({', '.join('?' * len(numbers))})", tuple(numbers))
    }
    orders = order_figures(connection, [row.id for row in found.values() if row.contradicts])
    tolls, sides = tolls_of(connection, numbers), sides_of(connection, numbers)
    return {
        n: _with_figures(row, tolls.get(n), sides.get(n, ("", "")), orders.get(row.id, 0))
        for n, row in found.items()
    }


def _with_figures(
    row: TimelineRow, tolls: Tolls | None, sides: tuple[str, str], out_of_order: int
) -> TimelineRow:
    figures = tolls.columns() if tolls else {}
    side_a, side_b = sides
    return msgspec.structs.replace(
        row, out_of_order=out_of_order, side_a=side_a, side_b=side_b, **figures
    )


_flags = msgspec.json.Decoder(list[Flag]).decode


def _timeline_row(  # the columns of _ROW
    n: int,
    id_: str,
    title: str,
    type_: str,
    edtf: str,
    at_latest: str,
    place: str,
    planned: int,
    background: int,
    machine: int,
    flags: str,
    dataset: str,
    licence: str,
    *figures: int,
) -> TimelineRow:
    articles, publishers, unknown_publishers, origins, unknown_origins, hedges, denials = figures[
        :7
    ]
    contradicts, differs, stale, apart, starred, judged = figures[7:]
    return TimelineRow(
        n=n,
        id=id_,
        title=title,
        type=EventType(type_),
        edtf=edtf,
        at_latest=at_latest,
        place=place,
        planned=bool(planned),
        background=bool(background),
        articles=articles,
        publishers=publishers,
        unknown_publishers=unknown_publishers,
        origins=origins,
        unknown_origins=unknown_origins,
        hedges=hedges,
        denials=denials,
        contradicts=contradicts,
        differs=differs,
        stale=stale,
        apart=apart,
        machine=bool(machine),
        flags=tuple(sorted(_flags(flags), key=list(Flag).index)) if flags else (),
        dataset=dataset,
        licence=licence,
        starred=bool(starred),
        judged=bool(judged),
    )
