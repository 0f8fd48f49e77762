"""Measurements as an aligned text, each beside its budget."""

from collections.abc import Iterable, Sequence
from statistics import median
from typing import NamedTuple


class Row(NamedTuple):
    """One measurement: what, how much (in words), the budget (in words), and whether it holds.

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
    """The value that 95 % of them do not exceed."""
    ordered = sorted(values)
    return ordered[-(-len(ordered) * 95 // 100) - 1]


def milliseconds(
    what: str,
    seconds: Sequence[float],
    typical: float | None = None,
    worst: float | None = None,
    note: str = "",
) -> Row:
    """A row of times: median and 95th percentile, with budgets in ms for either."""
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


def lines(sections: Iterable[Section]) -> list[str]:
    """The report as lines of text: what, median / p95, budget, ok or OVER."""
    shown = list(sections)
    columns = zip(*(row[:3] for section in shown for row in section.rows), strict=True)
    widths = [max(map(len, column)) for column in columns]
    found: list[str] = []
    for section in shown:
        found += ["", section.heading]
        for row in section.rows:
            verdict = {True: "ok", False: "OVER", None: ""}[row.within]
            cells = (f"{cell:<{width}}" for cell, width in zip(row[:3], widths, strict=True))
            found.append(("  " + "  ".join(cells) + "  " + verdict).rstrip())
    return found
