"""Formatting of measurements as aligned text, with their budgets."""

import os
import platform
import sqlite3
from collections.abc import Iterable, Sequence
from importlib.metadata import version
from statistics import median
from typing import NamedTuple


class Row(NamedTuple):
    """A measurement: its name, its value and budget as text, and if it is within the budget.

    `within` is None where there is no budget.
    """

    what: str
    measured: str
    budget: str = ""
    within: bool | None = None


class Section(NamedTuple):
    """Measurements that belong together, under a heading."""

    heading: str
    rows: Sequence[Row]


def p95(values: Sequence[float]) -> float:
    """Compute the 95th percentile."""
    ordered = sorted(values)
    return ordered[-(-len(ordered) * 95 // 100) - 1]


def milliseconds(
    what: str,
    seconds: Sequence[float],
    typical: float | None = None,
    worst: float | None = None,
    note: str = "",
) -> Row:
    """Format times: median and 95th percentile, with budgets in ms."""
    if not seconds:
        return Row(what, "nothing to measure" + (f" ({note})" if note else ""))
    found = median(seconds) * 1000, p95(seconds) * 1000
    limits = typical, worst
    words = [
        f"≤ {limit:g} {of}" for limit, of in zip(limits, ("median", "p95"), strict=True) if limit
    ]
    within = all(
        one <= limit for one, limit in zip(found, limits, strict=True) if limit is not None
    )
    return Row(
        what,
        f"{found[0]:.1f} / {found[1]:.1f} ms" + (f"  {note}" if note else ""),
        ", ".join(words) + " ms" if words else "",
        within if words else None,
    )


class Compared(NamedTuple):
    """A measurement of several subjects; the budget is that of the first."""

    what: str
    cells: Sequence[str]
    budget: str = ""
    within: bool | None = None


class Comparison(NamedTuple):
    """Related measurements of several subjects, under a heading."""

    heading: str
    rows: Sequence[Compared]


def machine() -> str:
    """Describe the machine and the versions."""
    return (
        f"Python {platform.python_version()}, Textual {version('textual')},"
        f" TinyDB {version('tinydb')},"
        f" SQLite {sqlite3.sqlite_version}, {platform.system()} {platform.machine()},"
        f" {os.cpu_count()} processors, load {os.getloadavg()[0]:.1f}"
    )


def lines(sections: Iterable[Section]) -> list[str]:
    """Format the report as lines: name, median / p95, budget, ok or OVER."""
    return _aligned(
        (section.heading, [(row[:3], row.within) for row in section.rows]) for section in sections
    )


def compared(subjects: Sequence[str], comparisons: Iterable[Comparison]) -> list[str]:
    """Format the report as lines: name, value of each subject, budget, ok or OVER."""
    heading: _Part = ("", [(("", *subjects, "budget"), None)])
    return _aligned(
        [
            heading,
            *(
                (
                    one.heading,
                    [((row.what, *row.cells, row.budget), row.within) for row in one.rows],
                )
                for one in comparisons
            ),
        ]
    )


_Part = tuple[str, Sequence[tuple[Sequence[str], bool | None]]]
"""A heading, and under it rows of cells, each with whether it is within its budget."""


def _aligned(parts: Iterable[_Part]) -> list[str]:
    shown = list(parts)
    columns = zip(*(cells for _, rows in shown for cells, _ in rows), strict=True)
    widths = [max(map(len, column)) for column in columns]
    found: list[str] = []
    for heading, rows in shown:
        found += ["", heading] if heading else []
        for row, within in rows:
            verdict = {True: "ok", False: "OVER", None: ""}[within]
            cells = (f"{cell:<{width}}" for cell, width in zip(row, widths, strict=True))
            found.append(("  " + "  ".join(cells) + "  " + verdict).rstrip())
    return found
