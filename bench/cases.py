"""The cases for measurements, and the text by which their first screens are recognised."""

import os
import re
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from typing import NamedTuple, ParamSpec, TypeVar

P = ParamSpec("P")
T = TypeVar("T")

FRAME = "1 Timeline"
"""Text in the first frame of both the program and the empty app."""


class Measured(NamedTuple):
    """A case with its label, the arguments that open it, and its first rows and passage.

    `rows` matches the beginnings of the titles around the event that is shown
    first, `passages` pairs of words of this event's first passage.
    """

    label: str
    path: Path
    events: int
    arguments: tuple[str, ...]
    rows: str
    passages: str


def environment(home: Path) -> dict[str, str]:
    """The environment of a measured program: a modern terminal, no animation, its own folders."""
    folders = {
        f"XDG_{name}_HOME": str(home / name.lower())
        for name in ("CONFIG", "DATA", "STATE", "CACHE")
    }
    return {
        **folders,
        "HOME": str(home),
        "PATH": os.environ.get("PATH", os.defpath),
        "LANG": "C.UTF-8",
        "TZ": "UTC",
        "TERM": "xterm-256color",
        "COLORTERM": "truecolor",
        "TEXTUAL_ANIMATIONS": "none",
    }


def in_subprocess(work: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Run `work` in a separate process and return its result.

    This process stays small that way: a large one forks slowly, and the memory of
    one measurement would affect the next.
    """
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(work, *args, **kwargs).result()


def write_synthetic(events: int, path: Path) -> None:
    """Write a synthetic case of `events` events."""
    from seeds.synthetic import synthetic_case
    from store.custody.new_case import write_case

    write_case(path, synthetic_case(events))


def describe(label: str, path: Path, arguments: tuple[str, ...]) -> Measured:
    """Describe the case at `path`, with the text that its first screen must show."""
    from store.archive import Archive
    from store.queries import evidence, timeline
    from store.queries.article import article
    from store.queries.event_sort import Sort
    from store.queries.filters import Filters

    archive = Archive.open(path)
    numbers = archive.ask(timeline.order, Filters(), Sort.DATE)
    first = archive.ask(timeline.first_of_case, numbers)
    if first is None:
        raise RuntimeError(f"{path} has no events")
    at = numbers.index(first)
    titles = [row.title for row in archive.ask(timeline.rows, numbers[max(0, at - 3) : at + 3])]
    source = archive.ask(evidence.evidence, first)[0]
    read = archive.ask(article, source.n)
    pairs = [
        pair
        for passage in source.passages[:1]
        if read is not None
        for pair in re.findall(
            r"(?=\b(\w{3,} \w{3,})\b)",
            (read.title if passage.in_title else read.text)[passage.start : passage.end],
        )
    ]
    archive.close()
    return Measured(
        label,
        path,
        len(numbers),
        arguments,
        "|".join(re.escape(title[:12]) for title in titles),
        "|".join(map(re.escape, dict.fromkeys(pairs))),
    )
