"""`python -m bench.postgres SERVER`: measure a case on a PostgreSQL server.

SERVER is an address without a case, such as `postgresql://me@/db?host=/run/postgresql`, of a
database in which you may make schemas. Several programs write one case at once, while another
follows them and reads pages; then a large case is put on the server and opened. The cases
stay on the server: their names begin with `bench-`.
"""

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from multiprocessing import get_context
from pathlib import Path
from statistics import median

from bench.report import machine, p95
from seeds.bundled import BUNDLED
from seeds.synthetic.filling import fill_database
from store.archive import Archive
from store.custody.server_cases import copy_of, put_on_server, read_address
from store.custody.verify import verify
from store.model import changes
from store.queries import timeline
from store.queries.event_sort import Sort
from store.queries.filters import Filters
from store.reader import Reader

PAGE = 50
"""The rows of a page of the timeline."""

WHEN = "2025-01-01T00:00:00Z"


def write(address: str, acts: int) -> list[float]:
    """Make acts one after the other; return the seconds that each took."""
    took = []
    with closing(Archive.open(copy_of(read_address(address)), writing=True)) as archive:
        (event, *_) = archive.ask(_events)
        for number in range(acts):
            note = changes.note(event, f"{os.getpid()} {number}", archive.author, WHEN)
            change = changes.add_or_replace(None, note, "note", archive.author, WHEN)
            begun = time.perf_counter()
            archive.change(change)
            took.append(time.perf_counter() - begun)
    return took


def read(address: str, entries: int) -> tuple[list[float], list[float]]:
    """Follow until there are so many entries; return the seconds of each look and of each page."""
    looks: list[float] = []
    pages: list[float] = []
    with closing(Archive.open(copy_of(read_address(address)))) as archive:
        numbers = archive.ask(timeline.order, Filters(), Sort("date"))
        while archive.last_entry < entries:
            begun = time.perf_counter()
            if archive.has_news:
                archive.follow()
                looks.append(time.perf_counter() - begun)
            begun = time.perf_counter()
            start = (len(pages) * PAGE) % max(1, len(numbers) - PAGE)
            archive.ask(timeline.rows, numbers[start : start + PAGE])
            pages.append(time.perf_counter() - begun)
            time.sleep(0.05)
    return looks, pages


def _events(reader: Reader) -> list[str]:
    rows = timeline.rows(reader, timeline.order(reader, Filters(), Sort("date"))[:1])
    return [row.id for row in rows]


def writers(server: str, number: int, acts: int) -> Iterator[str]:
    """Let several programs write the bundled case at once; yield what it took."""
    address = _new(server)
    put_on_server(BUNDLED, read_address(address))
    with ProcessPoolExecutor(number + 1, get_context("spawn")) as pool:
        begun = time.perf_counter()
        reading = pool.submit(read, address, number * acts)
        writing = [pool.submit(write, address, acts) for _ in range(number)]
        took = [seconds for one in writing for seconds in one.result()]
        whole = time.perf_counter() - begun
        looks, pages = reading.result()
    path = copy_of(read_address(address))
    with closing(Archive.open(path)) as archive:
        made, lost = archive.last_entry, number * acts - archive.ask(_notes)
    yield f"{number} writers x {acts:,} acts: {made:,} entries, {made / whole:,.0f} acts/s"
    yield f"  acts lost: {lost}; what verify finds: {len(list(verify(path)))}"
    yield f"  an act                     {_milliseconds(took)}"
    yield f"  a look that takes acts     {_milliseconds(looks)}"
    yield f"  a page of {PAGE} rows meanwhile {_milliseconds(pages)}"


def opening(server: str, database: Path) -> Iterator[str]:
    """Put a large case on the server, and open it on a new desk and again; yield what it took."""
    address = _new(server)
    yield f"a database of {database.stat().st_size / 2**20:,.0f} MiB"
    begun = time.perf_counter()
    put_on_server(database, read_address(address))
    yield f"  put on the server          {time.perf_counter() - begun:,.1f} s"
    for what in ("first opening, on a new desk", "opening again"):
        begun = time.perf_counter()
        with closing(Archive.open(copy_of(read_address(address)))) as archive:
            numbers = archive.ask(timeline.order, Filters(), Sort("date"))
            archive.ask(timeline.rows, numbers[:PAGE])
            yield f"  {what:<28} {time.perf_counter() - begun:,.2f} s to the first page"


def _notes(reader: Reader) -> int:
    ((number,),) = reader.execute("SELECT count(*) FROM notes").fetchall()
    return int(number)


def _new(server: str) -> str:
    mark = "&" if "?" in server else "?"
    return f"{server}{mark}case=bench-{os.getpid()}-{time.monotonic_ns()}"


def _milliseconds(seconds: list[float]) -> str:
    if not seconds:
        return "none"
    return f"{median(seconds) * 1000:,.1f} / {p95(seconds) * 1000:,.1f} ms (median, p95)"


def main(arguments: list[str]) -> int:
    """Measure, and print what it took."""
    parser = argparse.ArgumentParser("python -m bench.postgres", description=__doc__)
    parser.add_argument("server", help="an address without a case")
    parser.add_argument("--writers", type=int, default=8)
    parser.add_argument("--acts", type=int, default=1_000, help="of each writer")
    parser.add_argument("--events", type=int, default=100_000, help="of a large case that is made")
    parser.add_argument("--case", type=Path, help="a database, in place of one that is made")
    asked = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        os.environ["XDG_CACHE_HOME"] = folder
        print(machine())
        for line in writers(asked.server, asked.writers, asked.acts):
            print(line, flush=True)
        large = asked.case or Path(folder) / "large.db"
        if asked.case is None:
            fill_database(large, asked.events, 1, 0)
        for line in opening(asked.server, large):
            print(line, flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
