"""Filters that every line passes before it reaches the terminal."""

import unicodedata

from rich.segment import Segment
from textual.color import Color
from textual.filter import LineFilter

from store.model.text import without_hostile

_ASCII = str.maketrans(
    {
        **dict.fromkeys("─━═╌┄", "-"),
        **dict.fromkeys("│┃║▏▎▌▐", "|"),
        **dict.fromkeys("╭╮╰╯┌┐└┘┏┓┗┛├┤┬┴┼", "+"),
        **dict.fromkeys("█▇▆▅", "#"),
        **dict.fromkeys("▄▃▂▁", "."),
        "●": "*",
        "◐": "?",
        "○": "o",
        "…": "~",
        "·": "-",
        "›": ">",
        "→": ">",
        "←": "<",
        "↑": "^",
        "↓": "v",
        "×": "x",
        "−": "-",
        "≠": "!",
        "◇": "%",
        "≈": "~",
        "◁": "<",
        "▷": ">",
        "⊂": "(",
        "⊃": ")",
        "″": '"',
        "¹": "1",
        "★": "*",
        "✓": "x",
        "✎": "+",
        "–": "-",
        "—": "-",
        "‘": "'",
        "’": "'",
        "“": '"',
        "”": '"',
    }
)


class SafetyNet(LineFilter):
    """Makes text showable that was not, and counts how often; it should never have to."""

    def __init__(self) -> None:
        super().__init__()
        self.caught = 0

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The segments, each of them showable."""
        for position, (text, style, control) in enumerate(segments):
            if control is None and not text.isprintable():
                shown = without_hostile(text)
                if shown != text:
                    self.caught += 1
                    segments = list(segments)
                    segments[position] = Segment(shown, style, control)
        return segments


class Ascii(LineFilter):
    """Replaces our glyphs by ASCII, and the rest by `?`, for a terminal without UTF-8."""

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """The segments in ASCII, of the same length."""
        return [
            segment if segment.text.isascii() else Segment(_ascii(segment.text), segment.style)
            for segment in segments
        ]


def _ascii(text: str) -> str:
    plain = (unicodedata.normalize("NFD", letter)[0] for letter in text.translate(_ASCII))
    return "".join(letter if letter.isascii() else "?" for letter in plain)
