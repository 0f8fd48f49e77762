"""Times of opening a case and of a screen's queries, within one process."""

import random
import time
from array import array
from collections.abc import Callable
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from bench import subjects
from bench.report import Row, Section, milliseconds
from store.archive import Archive
from store.custody.new_case import write_case
from store.queries import actors, evidence, histogram, places, search, sources, timeline
from store.queries.article import article
from store.queries.compare import compare
from store.queries.event_sort import Sort
from store.queries.filters import Filter, FilterKind, Filters
from store.queries.provenance import who

ROWS = 200
"""Rows that the timeline asks for at once."""
BINS = 60


def loading(path: Path, events: str, rounds: int) -> Section:
    """Measure the opening of a case file: parse and check it, index it, and replay its log."""
    opened: list[float] = []
    for _ in range(rounds):
        start = time.perf_counter()
        archive = Archive.open(path)
        opened.append(time.perf_counter() - start)
        (claims,) = archive.ask(lambda case: case.execute("SELECT count(*) FROM claims").fetchone())
        archive.close()
    megabytes = path.stat().st_size / 1e6
    return Section(
        f"Opening {events} events in-process ({claims:,} claims, {megabytes:.0f} MB)",
        [
            milliseconds("Archive.open: parse, check, index", opened),
            Row(
                "  a second of this opens",
                f"{int(int(events.replace(',', '')) / median(opened)):,} events",
            ),
        ],
    )


def queries(path: Path, events: str, rounds: int) -> Section:
    """Measure the queries of a screen, with the budgets for 1,000,000 events."""
    archive = Archive.open(path)
    everything = Filters()
    order = archive.ask(timeline.order, everything, Sort.DATE)
    draw = random.Random(1)
    picked = draw.sample(list(order), min(rounds * 10, len(order)))
    articles = sorted({one.n for event in picked for one in archive.ask(evidence.evidence, event)})
    acting = archive.ask(actors.of_filter, everything)
    chosen = Filters((Filter(FilterKind.ACTOR, acting[len(acting) // 10].id, ""),))

    def page(asked: Filters) -> object:
        numbers = archive.ask(timeline.order, asked, Sort.DATE)
        return archive.ask(timeline.rows, numbers[:ROWS])

    def window(_: int) -> object:
        start = draw.randrange(max(1, len(order) - ROWS))
        return archive.ask(timeline.rows, order[start : start + ROWS])

    def repeat(question: Callable[[], object]) -> list[float]:
        return [_timed(question) for _ in range(rounds)]

    whole: dict[str, Callable[[], object]] = {
        "timeline.histogram": lambda: archive.ask(histogram.histogram, everything, BINS),
        "timeline.sections": lambda: archive.ask(timeline.sections, everything),
        "actors.of_filter, all": lambda: archive.ask(actors.of_filter, everything),
        "places.of_filter, all": lambda: archive.ask(places.of_filter, everything),
        "sources.of_filter, all": lambda: archive.ask(sources.of_filter, everything),
    }
    rows = [
        milliseconds(
            "timeline.order, all",
            repeat(lambda: archive.ask(timeline.order, everything, Sort.DATE)),
        ),
        milliseconds(f"timeline.rows, {ROWS} anywhere", [_timed(window, 0) for _ in picked]),
        milliseconds("filter by an actor: order and rows", repeat(lambda: page(chosen)), None, 100),
        *(milliseconds(name, repeat(question), 80, 160) for name, question in whole.items()),
        milliseconds(
            "actors.of_event",
            [_timed(archive.ask, actors.of_event, event) for event in picked],
            None,
            10,
        ),
        milliseconds(
            "evidence",
            [_timed(archive.ask, evidence.evidence, event) for event in picked],
            None,
            10,
        ),
        milliseconds("article", [_timed(archive.ask, article, one) for one in articles], None, 10),
        milliseconds(
            "search",
            [_timed(archive.ask, search.search, words) for words in _words(archive, order, draw)],
            20,
            100,
        ),
    ]
    archive.close()
    return Section(f"Queries, {events} events (budgets of 1,000,000 where there are any)", rows)


def thousand_claims(rounds: int) -> Section:
    """Measure queries about a subject with 1,000 claims."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "subjects.json"
        write_case(path, subjects.records())
        start = time.perf_counter()
        archive = Archive.open(path)
        loaded = time.perf_counter() - start
    rows: list[Row] = []
    for subject, what in subjects.SUBJECTS.items():
        budget = None if subject == subjects.TOWN else 200
        compared = [_timed(archive.ask, compare, subject) for _ in range(rounds)]
        told = [_timed(archive.ask, who, subject) for _ in range(rounds)]
        odds = archive.ask(compare, subject)
        listed = _timed(odds.disputes)
        rows += [
            milliseconds(f"compare, {what}", compared, None, budget),
            milliseconds("  who", told, None, 200),
            Row("  all that is at odds, listed once", f"{listed * 1000:,.0f} ms"),
            Row("    pairs of values", f"{len(odds.disputes()):,}"),
        ]
    archive.close()
    rows.append(Row("Archive.open: all three subjects", f"{loaded * 1000:,.0f} ms"))
    return Section(f"A subject of {subjects.CLAIMS:,} claims", rows)


def _words(archive: Archive, order: "array[int]", draw: random.Random) -> list[str]:
    """Choose typical search terms: common and rare words, two words, the beginning of one."""
    titles = archive.ask(timeline.rows, draw.sample(list(order), min(50, len(order))))
    names = [title.title.split()[-1] for title in titles]
    return [
        "harvest",
        "the bridge",
        "bak",
        "denied anything",
        *names,
        *(name[:3] for name in names),
    ]


def _timed(question: Callable[..., object], *args: object) -> float:
    """Return the seconds that a query takes."""
    start = time.perf_counter()
    question(*args)
    return time.perf_counter() - start
