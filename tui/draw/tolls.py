"""Numbers of victims: in figures, as bars, and their sums."""

from math import log10

from store.queries.toll_sums import TollSummary

BAR_WIDTH = 4
_EIGHTHS = tuple(" ▏▎▍▌▋▊▉")


def toll_figure(best: int | None, high: int | None) -> str:
    """`12`; `27+` if that is the least; nothing if it is unknown."""
    if best is None:
        return ""
    return f"{best:,}{'+' if high is None else ''}"


def toll_bar(number: int) -> str:
    """A bar with a cell for each power of ten: one for 9 dead, two for 99, three for 999."""
    eighths = min(8 * BAR_WIDTH, round(8 * log10(number + 1)))
    return "█" * (eighths // 8) + _EIGHTHS[eighths % 8].rstrip()


def part_bar(number: int, most: int, width: int) -> str:
    """A bar of so many cells for the greatest number, and of a part of them for this one."""
    if most <= 0 or number <= 0:
        return ""
    eighths = max(1, round(8 * width * number / most))
    return "█" * (eighths // 8) + _EIGHTHS[eighths % 8].rstrip()


def sum_text(sums: TollSummary, *, short: bool = False) -> str:
    """`killed 1,294 (1,208–1,301), median 2, unknown 3`."""
    if not sums.known:
        return "killed unknown"
    high = f"{sums.high:,}{'+' if sums.is_open else ''}"
    spread = "+" * sums.is_open if sums.low == sums.high else f" ({sums.low:,}–{high})"
    if short:
        return f"killed {sums.best:,}{spread}"
    median = f", median {sums.median:g}" if sums.median is not None and sums.known > 1 else ""
    unknown = f", unknown {sums.unknown:,}" if sums.unknown else ""
    return f"killed {sums.best:,}{spread}{median}{unknown}"
