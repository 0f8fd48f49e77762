"""Times of the screens' queries on a case of any size, within one process."""

import random
import time
from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import NamedTuple

from bench.report import Row, Section, milliseconds, p95
from store.archive import Archive
from store.model.vocabulary import Kind
from store.queries import evidence, search, timeline
from store.queries.article import article
from store.queries.event_sort import Sort
from store.queries.facets import Facet, counted
from store.queries.filters import Filter, FilterKind, Filters, read_filter
from store.queries.frequency import Field, frequency
from store.queries.toll_sums import toll_summary
from store.queries.trend import trend

ROWS = 200
BINS = 48
BY = (Field.ACTORS, Field.PLACES, Field.SOURCES, Field.TYPES)
_FREQUENT = (0, 1, 9, 99)
"""The ranks, by events, of the actors, places and sources in filters."""


class Timed(NamedTuple):
    """The seconds of a query, elapsed and of CPU time."""

    wall: float
    cpu: float


def filters(archive: Archive) -> list[Filters]:
    """Make typical filters: by frequent and rare values, alone and combined."""

    def frequent(kind: FilterKind) -> list[Filter]:
        ids = archive.ask(lambda index: index.execute(_MOST[kind]).fetchall())
        return [Filter(kind, ids[at][0], ids[at][0]) for at in _FREQUENT if at < len(ids)]

    shelling = read_filter(FilterKind.TYPE, "shelling")
    single = [
        *frequent(FilterKind.ACTOR),
        *frequent(FilterKind.PLACE),
        *frequent(FilterKind.SOURCE),
        shelling,
        read_filter(FilterKind.TYPE, "capture"),
        read_filter(FilterKind.DATE, "2016"),
        read_filter(FilterKind.DATE, "2014.."),
        read_filter(FilterKind.DATE, "2019-03-07"),
        read_filter(FilterKind.WORDS, "army"),
        read_filter(FilterKind.WORDS, "front brigade"),
        read_filter(FilterKind.WORDS, "!army"),
        read_filter(FilterKind.SUPPORT, "disputed"),
        read_filter(FilterKind.SUPPORT, "2+"),
        read_filter(FilterKind.KILLED, ">20"),
        read_filter(FilterKind.KILLED, "unknown"),
        read_filter(FilterKind.KILLED, "high 5..10"),
    ]
    together = [Filters(pair) for pair in pairwise(single[::2])]
    return [
        Filters(),
        *(Filters((filter_,)) for filter_ in single),
        *together,
        Filters(
            (
                single[0],
                shelling,
                read_filter(FilterKind.DATE, "2012..2020"),
                read_filter(FilterKind.WORDS, "army"),
            )
        ),
        Filters((Filter(FilterKind.ACTOR, single[0].value, "", negated=True),)),
    ]


_MOST = {
    FilterKind.ACTOR: "SELECT id FROM actors JOIN event_actors ON actor = n"
    " GROUP BY n ORDER BY count(*) DESC LIMIT 100",
    FilterKind.PLACE: "SELECT id FROM places JOIN event_places ON place = n"
    " GROUP BY n ORDER BY count(*) DESC LIMIT 100",
    FilterKind.SOURCE: "SELECT id FROM sources JOIN event_sources ON source = n"
    " GROUP BY n ORDER BY count(*) DESC LIMIT 100",
}


def questions(path: Path, label: str, rounds: int) -> tuple[Section, dict[str, list[float]]]:
    """Measure one case; return the report, and the times for the chart."""
    archive = Archive.open(path)
    draw = random.Random(1)
    everything = archive.ask(timeline.order, Filters(), Sort.DATE)
    picked = draw.sample(list(everything), min(100 * rounds, len(everything)))
    articles = archive.ask(
        lambda index: [n for (n,) in index.execute("SELECT n FROM articles").fetchall()]
    )
    read = draw.sample(articles, min(100 * rounds, len(articles)))
    asked = filters(archive)

    def first_rows(one: Filters, sort: Sort = Sort.DATE) -> object:
        numbers, _ = archive.ask(timeline.listed, one, sort)
        archive.ask(timeline.count)
        return archive.ask(timeline.rows, numbers[:ROWS])

    def count(one: Filters, *parts: Facet) -> object:
        return archive.ask(counted, one, parts, BINS)

    def frequency_by(one: Filters, field: Field, by_toll: bool) -> object:
        return archive.ask(frequency, one, field, Kind.FATALITIES, by_toll=by_toll)

    def trend_by(one: Filters, by: Field | None) -> object:
        return archive.ask(trend, one, BINS, Kind.FATALITIES, by)

    def window(_: int) -> object:
        start = draw.randrange(max(1, len(everything) - ROWS))
        return archive.ask(timeline.rows, everything[start : start + ROWS])

    found = {
        "filter": [_timed(first_rows, one) for _ in range(rounds) for one in asked],
        "sorts": [
            _timed(first_rows, one, sort)
            for one in asked[:8]
            for sort in Sort
            if sort is not Sort.DATE
        ],
        "histogram": [_timed(count, one, Facet.BINS) for _ in range(rounds) for one in asked],
        "facets": [
            _timed(count, one, part)
            for _ in range(rounds)
            for one in asked
            for part in (Facet.ACTORS, Facet.SOURCES)
        ],
        "sums": [_timed(archive.ask, toll_summary, one, Kind.FATALITIES) for one in asked],
        "frequency": [
            _timed(frequency_by, one, field, by_toll)
            for one in asked
            for field in Field
            for by_toll in (False, True)
        ],
        "trend": [_timed(trend_by, one, by) for one in asked for by in (None, *BY)],
        "window": [_timed(window, 0) for _ in picked],
        "evidence": [_timed(archive.ask, evidence.evidence, n) for n in picked],
        "article": [_timed(archive.ask, article, n) for n in read],
        "search": [_timed(archive.ask, search.search, words) for words in _words(archive, picked)],
        "find": [_timed(archive.ask, timeline.find, words) for words in ("bak", "army", "zzz")],
    }
    archive.close()
    wall = {name: [one.wall for one in times] for name, times in found.items()}
    return Section(f"Questions, {label}", _rows(found, len(asked))), wall


def _rows(found: dict[str, list[Timed]], filters: int) -> list[Row]:
    both = (80, 160)
    return [
        _row(f"a filter of {filters}: order, count, rows", found["filter"], None, 100),
        _row("  in another order", found["sorts"], None, 100),
        _row("histogram of a filter", found["histogram"], *both),
        _row("actors, sources of a filter", found["facets"], *both),
        _row("sum and median of the dead of a filter", found["sums"], None, 100),
        _row("frequency of actors, places, sources, types, months", found["frequency"], None, 150),
        _row("trend, in one line or by actor, place, source, type", found["trend"], None, 150),
        _row(f"{ROWS} rows anywhere", found["window"], None, 10),
        _row("evidence of an event", found["evidence"], None, 10),
        _row("an article and its events", found["article"], None, 10),
        _row("search, first hits with snippets", found["search"], 20, 100),
        _row("find in all titles and places", found["find"]),
    ]


def _words(archive: Archive, picked: list[int]) -> list[str]:
    """Choose typical search terms: common and rare words, two words, the beginning of one."""
    titles = archive.ask(timeline.rows, picked[:40])
    names = [title.title.split()[-1] for title in titles]
    common = ["harvest", "the bridge", "bak", "denied anything", "army", "qasiran army"]
    return [*common, *names, *(name[:3] for name in names)]


def _timed(question: Callable[..., object], *args: object) -> Timed:
    start, began = time.perf_counter(), time.process_time()
    question(*args)
    return Timed(time.perf_counter() - start, time.process_time() - began)


def _row(
    what: str, times: Sequence[Timed], typical: float | None = None, worst: float | None = None
) -> Row:
    cpu = [one.cpu * 1000 for one in times]
    note = f"CPU {median(cpu):.1f} / {p95(cpu):.1f}"
    return milliseconds(what, [one.wall for one in times], typical, worst, note)
