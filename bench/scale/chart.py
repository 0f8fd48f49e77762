"""A text chart of measurements by case size."""

from collections.abc import Mapping, Sequence
from math import log10
from statistics import median

BARS = "▁▂▃▄▅▆▇█"
LOWEST = -4.0
"""The exponent of the lowest bar, 0.1 ms; each further bar is √10 times as much."""

DRAWN = {
    "frame": "first frame, from the command",
    "rows": "first rows after the frame",
    "start": "CPU time until it is at rest",
    "cursor": "a key in the timeline",
    "jump": "a jump to the other end",
    "preview": "the article has followed",
    "key": "CPU time of a key and its article",
    "window": "200 rows anywhere",
    "evidence": "evidence of an event",
    "article": "an article and its events",
    "search": "search",
    "filter": "a filter: first rows",
    "sorts": "a filter in another order",
    "histogram": "histogram",
    "facets": "actors or sources, counted",
    "find": "find in all titles",
    "sums": "victims of a filter, summed",
    "frequency": "values of a field, counted",
    "trend": "events or victims over time",
}
"""The measurements in the chart, with their labels."""


def chart(sizes: Sequence[int], found: Mapping[int, Mapping[str, Sequence[float]]]) -> list[str]:
    """Draw the median of each measurement by size, in ms, as bars and numbers, with its growth."""
    lines = [" " * 44 + "".join(f"{size:>13,}" for size in sizes) + "   ×10 events: time ×"]
    for name, what in DRAWN.items():
        medians = [median(of) if (of := found[size].get(name)) else None for size in sizes]
        known = [(size, value) for size, value in zip(sizes, medians, strict=True) if value]
        if not known:
            continue
        bars = "".join(" " if value is None else _bar(value) for value in medians)
        cells = "".join(
            "            –" if one is None else f"{one * 1000:>13.1f}" for one in medians
        )
        lines.append(f"  {what:<36}{bars:<6}{cells}   {_growth(known)}")
    if memory := [median(of) if (of := found[size].get("memory")) else None for size in sizes]:
        cells = "".join(f"{'–' if one is None else f'{one:.0f}':>13}" for one in memory)
        lines.append(f"  {'resident memory, MiB':<42}{cells}")
    return lines


def _bar(seconds: float) -> str:
    return BARS[max(0, min(len(BARS) - 1, round((log10(seconds) - LOWEST) * 2)))]


def _growth(known: Sequence[tuple[int, float]]) -> str:
    """Format the growth of the time for ten times as many events."""
    (small, first), (large, last) = known[0], known[-1]
    if small == large:
        return ""
    each = (last / first) ** (1 / log10(large / small))
    return f"{each:.1f}" + ("  flat" if each < 1.3 else "  linear" if each > 7 else "")
