"""Pieces of SVG that all pictures share. Colours come from classes of the style sheet."""

from collections.abc import Iterable, Iterator
from datetime import date

from store.dossier.safe import markup_text
from store.model.dates import long

WIDTH = 720
"""The units of the width of every picture."""

LETTER = 6.6
"""The units of a letter, about."""


def svg(height: float, label: str, content: Iterable[str]) -> str:
    """A picture with a label for those who cannot see it."""
    inside = "\n".join(content)
    return (
        f'<svg viewBox="0 0 {WIDTH} {height:.0f}" role="img" aria-label="{markup_text(label)}">\n'
        f"{inside}\n</svg>\n"
    )


def line(of: str, x1: float, y1: float, x2: float, y2: float) -> str:
    """A straight line of a class."""
    return f'<line class="{of}" x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}"/>'


def circle(of: str, x: float, y: float, radius: float, title: str = "") -> str:
    """A circle of a class, with words that a pointer shows."""
    told = f"<title>{markup_text(title)}</title>" if title else ""
    return f'<circle class="{of}" cx="{x:.1f}" cy="{y:.1f}" r="{radius:.1f}">{told}</circle>'


def rect(x: float, y: float, width: float, height: float, title: str = "") -> str:
    """A bar, with words that a pointer shows."""
    told = f"<title>{markup_text(title)}</title>" if title else ""
    return (
        f'<rect class="bar" x="{x:.1f}" y="{y:.1f}" width="{width:.1f}"'
        f' height="{height:.1f}">{told}</rect>'
    )


def text(words: str, x: float, y: float, *, anchor: str = "start", of: str = "word") -> str:
    """Words from anywhere, of a class, at a place."""
    return (
        f'<text class="{of}" x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}">'
        f"{markup_text(words)}</text>"
    )


def shortened(words: str, letters: int) -> str:
    """The words with at most so many letters, with … where they are cut."""
    return words if len(words) <= letters else f"{words[: letters - 1].rstrip()}…"


class Days:
    """A scale of days: from the first to the last day, between two places on the x axis."""

    def __init__(self, days: Iterable[str], left: float, right: float) -> None:
        ordinals = [ordinal(day) for day in days]
        self.first, self.last = min(ordinals), max(ordinals)
        self._left, self._right = left, right

    def x(self, day: str) -> float:
        """The place of a day."""
        return self.at(ordinal(day))

    def at(self, number: float) -> float:
        """The place of a day by its ordinal."""
        share = (number - self.first) / max(1, self.last - self.first)
        if self.first == self.last:
            share = 0.5
        return self._left + share * (self._right - self._left)

    def axis(self, top: float, bottom: float) -> Iterator[str]:
        """Lines at some days, with the days below."""
        steps = min(4, self.last - self.first)
        numbers = [
            self.first + round(step * (self.last - self.first) / max(1, steps))
            for step in range(steps + 1)
        ]
        for at, number in enumerate(numbers):
            x = self.at(number)
            anchor = "middle"
            if len(numbers) > 1 and at in (0, len(numbers) - 1):
                anchor = "end" if at else "start"
            yield line("axis", x, top, x, bottom)
            words = long(date.fromordinal(number).isoformat())
            yield text(words, x, bottom + 14, anchor=anchor, of="soft")


def ordinal(day: str) -> int:
    """The number of a day (ISO 8601)."""
    return date.fromisoformat(day).toordinal()
