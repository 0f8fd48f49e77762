"""Times of the screens' queries on a case of any size, within one process."""

import random
from collections.abc import Callable, Sequence
from functools import partial
from itertools import pairwise
from pathlib import Path
from statistics import median

from bench.report import Row, Section, milliseconds, p95
from bench.scale.engines import PAGE, Round, Timed, timed
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
from store.reader import Reader

BINS = 48
BY = (Field.ACTORS, Field.PLACES, Field.SOURCES, Field.TYPES)
_FREQUENT = (0, 1, 9, 99)
"""The ranks, by events, of the actors, places and sources in filters."""


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


class _Asker:
    """An open case, and the questions of its screens that are timed."""

    def __init__(self, archive: Archive) -> None:
        self.archive = archive
        self.draw = random.Random(1)
        self.events = archive.ask(timeline.order, Filters(), Sort.DATE)

    def sample(self, numbers: Sequence[int], rounds: int) -> list[int]:
        """Draw 100 numbers for each round, as far as there are so many."""
        return self.draw.sample(list(numbers), min(100 * rounds, len(numbers)))

    def first_rows(self, one: Filters, sort: Sort = Sort.DATE) -> object:
        numbers, _ = self.archive.ask(timeline.listed, one, sort)
        self.archive.ask(timeline.count)
        return self.archive.ask(timeline.rows, numbers[:PAGE])

    def found(self, letters: str) -> object:
        numbers = self.archive.ask(timeline.find, letters)
        return self.archive.ask(timeline.rows, numbers[:PAGE])

    def count(self, one: Filters, *parts: Facet) -> object:
        return self.archive.ask(counted, one, parts, BINS)

    def frequency(self, one: Filters, field: Field, by_toll: bool) -> object:
        return self.archive.ask(frequency, one, field, Kind.FATALITIES, by_toll=by_toll)

    def trend(self, one: Filters, by: Field | None) -> object:
        return self.archive.ask(trend, one, BINS, Kind.FATALITIES, by)

    def window(self) -> object:
        start = self.draw.randrange(max(1, len(self.events) - PAGE))
        return self.archive.ask(timeline.rows, self.events[start : start + PAGE])


def questions(path: Path, label: str, rounds: int) -> tuple[Section, dict[str, list[float]]]:
    """Measure one case; return the report, and the times for the chart."""
    archive = Archive.open(path)
    asker = _Asker(archive)
    picked = asker.sample(asker.events, rounds)
    articles = archive.ask(
        lambda index: [n for (n,) in index.execute("SELECT n FROM articles").fetchall()]
    )
    read = asker.sample(articles, rounds)
    asked = filters(archive)
    found = {**_of_filters(asker, asked, rounds), **_of_rows(asker, picked, read)}
    archive.close()
    wall = {name: [one.wall for one in times] for name, times in found.items()}
    return Section(f"Questions, {label}", _rows(found, len(asked))), wall


def same_questions(path: Path, rounds: Sequence[Round]) -> dict[str, list[Timed]]:
    """Time what `bench.scale.engines` asks in SQL, as the program's screens ask it.

    A word in full text is one in titles, names and passages; a place has those within it.
    """
    archive = Archive.open(path)
    asker = _Asker(archive)
    found: dict[str, list[Timed]] = {}
    for one in rounds:
        place = archive.ask(_place_named, one.place)
        since = read_filter(FilterKind.DATE, f"{one.since}..")
        within = Filters((Filter(FilterKind.PLACE, place, place), since))
        words = Filters((read_filter(FilterKind.WORDS, one.word),))
        page = asker.events[one.at : one.at + PAGE]
        asked: dict[str, Callable[[], object]] = {
            "page": partial(archive.ask, timeline.rows, page),
            "months": partial(asker.frequency, Filters((since,)), Field.MONTHS, False),
            "places": partial(asker.frequency, Filters((since,)), Field.PLACES, False),
            "within": partial(asker.first_rows, within),
            "like": partial(asker.found, one.word),
            "text": partial(asker.first_rows, words),
        }
        for name, question in asked.items():
            found.setdefault(name, []).append(timed(question))
    archive.close()
    return found


def _place_named(connection: Reader, name: str) -> str:
    """The id of a place by its name, which is that of a row of the timeline."""
    found = connection.execute("SELECT id FROM places WHERE name = ? LIMIT 1", (name,)).fetchone()
    return str(found[0])


def _of_filters(asker: _Asker, asked: list[Filters], rounds: int) -> dict[str, list[Timed]]:
    """Time what is asked of all events that a filter leaves."""
    return {
        "filter": [timed(asker.first_rows, one) for _ in range(rounds) for one in asked],
        "sorts": [
            timed(asker.first_rows, one, sort)
            for one in asked[:8]
            for sort in Sort
            if sort is not Sort.DATE
        ],
        "histogram": [timed(asker.count, one, Facet.BINS) for _ in range(rounds) for one in asked],
        "facets": [
            timed(asker.count, one, part)
            for _ in range(rounds)
            for one in asked
            for part in (Facet.ACTORS, Facet.SOURCES)
        ],
        "sums": [timed(asker.archive.ask, toll_summary, one, Kind.FATALITIES) for one in asked],
        "frequency": [
            timed(asker.frequency, one, field, by_toll)
            for one in asked
            for field in Field
            for by_toll in (False, True)
        ],
        "trend": [timed(asker.trend, one, by) for one in asked for by in (None, *BY)],
    }


def _of_rows(asker: _Asker, picked: list[int], read: list[int]) -> dict[str, list[Timed]]:
    """Time what is asked of single events and articles, and of words."""
    ask, words = asker.archive.ask, _words(asker.archive, picked)
    return {
        "window": [timed(asker.window) for _ in picked],
        "evidence": [timed(ask, evidence.evidence, n) for n in picked],
        "article": [timed(ask, article, n) for n in read],
        "search": [timed(ask, search.search, one) for one in words],
        "find": [timed(ask, timeline.find, one) for one in ("bak", "army", "zzz")],
    }


def _rows(found: dict[str, list[Timed]], filters: int) -> list[Row]:
    both = (80, 160)
    return [
        timed_row(f"a filter of {filters}: order, count, rows", found["filter"], None, 100),
        timed_row("  in another order", found["sorts"], None, 100),
        timed_row("histogram of a filter", found["histogram"], *both),
        timed_row("actors, sources of a filter", found["facets"], *both),
        timed_row("sum and median of the dead of a filter", found["sums"], None, 100),
        timed_row(
            "frequency of actors, places, sources, types, months", found["frequency"], None, 150
        ),
        timed_row("trend, in one line or by actor, place, source, type", found["trend"], None, 150),
        timed_row(f"{PAGE} rows anywhere", found["window"], None, 10),
        timed_row("evidence of an event", found["evidence"], None, 10),
        timed_row("an article and its events", found["article"], None, 10),
        timed_row("search, first hits with snippets", found["search"], 20, 100),
        timed_row("find in all titles and places", found["find"]),
    ]


def _words(archive: Archive, picked: list[int]) -> list[str]:
    """Choose typical search terms: common and rare words, two words, the beginning of one."""
    titles = archive.ask(timeline.rows, picked[:40])
    names = [title.title.split()[-1] for title in titles]
    common = ["harvest", "the bridge", "bak", "denied anything", "army", "qasiran army"]
    return [*common, *names, *(name[:3] for name in names)]


def timed_row(
    what: str, times: Sequence[Timed], typical: float | None = None, worst: float | None = None
) -> Row:
    """Format the times of a question: elapsed, and of CPU time."""
    cpu = [one.cpu * 1000 for one in times]
    note = f"CPU {median(cpu):.1f} / {p95(cpu):.1f}"
    return milliseconds(what, [one.wall for one in times], typical, worst, note)
