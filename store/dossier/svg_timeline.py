"""The timeline: when events happened, and when articles about them were published."""

from collections import Counter
from collections.abc import Iterator

from store.dossier.drawn import Bar, Drawn
from store.dossier.svg import LETTER, WIDTH, Days, circle, line, ordinal, rect, shortened, svg, text
from store.model.dates import long
from store.model.labels import count_text

NAMED = 30
"""The most events that have a bar with a name each; more are counted."""

COLUMNS = 60
ROW = 30
TALL = 120
MARGIN = 12


def timeline(of: Drawn) -> str:
    """The picture; empty without any day."""
    days = [day for bar in of.bars for day in (bar.first, bar.last)]
    days += [report.day for report in of.reports]
    if not days:
        return ""
    scale = Days(days, MARGIN, WIDTH - MARGIN)
    height = ROW * len(of.bars) if len(of.bars) <= NAMED else TALL
    top = 46
    bottom = top + height + 6
    drawn = [*scale.axis(22, bottom), text("Articles published", MARGIN, 16, of="soft")]
    for day, number in sorted(Counter(report.day for report in of.reports).items()):
        told = f"{long(day)}: {count_text(number, 'article')}"
        drawn.append(circle("dot", scale.x(day), 32, min(9, 3 + number**0.5), told))
    drawn.append(line("axis", MARGIN, 44, WIDTH - MARGIN, 44))
    drawn += _named(of, scale, top) if len(of.bars) <= NAMED else _counted(of, scale, top)
    label = (
        f"Timeline of {count_text(len(of.bars), 'event')} and"
        f" {count_text(len(of.reports), 'article')}"
    )
    return svg(bottom + 24, label, drawn)


def _named(of: Drawn, scale: Days, top: float) -> Iterator[str]:
    """A bar with its name above it for each event."""
    for at, bar in enumerate(of.bars):
        x, end = scale.x(bar.first), scale.x(bar.last)
        width = max(4, end - x)
        x = min(x, WIDTH - MARGIN - width)
        y = top + at * ROW
        room = max(WIDTH - MARGIN - x, x + width - MARGIN)
        words = shortened(bar.title, int(room / LETTER))
        if x < WIDTH / 2:
            yield text(words, x, y + 12)
        else:
            yield text(words, x + width, y + 12, anchor="end")
        yield rect(x, y + 17, width, 7, _told(bar))


def _told(bar: Bar) -> str:
    last = f" to {long(bar.last)}" if bar.last != bar.first else ""
    return f"{bar.title}: {long(bar.first)}{last}"


def _counted(of: Drawn, scale: Days, top: float) -> Iterator[str]:
    """Columns with the number of events that begin in each stretch of days."""
    length = max(1, -(-(scale.last - scale.first + 1) // COLUMNS))
    counts = Counter((ordinal(bar.first) - scale.first) // length for bar in of.bars)
    most = max(counts.values())
    for column, number in sorted(counts.items()):
        first = scale.first + column * length
        x, end = scale.at(first), scale.at(min(first + length, scale.last + 1))
        tall = number / most * (TALL - 16)
        told = count_text(number, "event")
        yield rect(min(x, WIDTH - MARGIN - 3), top + TALL - tall, max(2, end - x - 1), tall, told)
    yield text(f"at most {count_text(most, 'event')} in a column", MARGIN, top + 12, of="soft")
