"""The first and the last line of the screen."""

from collections.abc import Sequence

from rich.cells import cell_len
from textual.content import Content
from textual.widget import Widget

from tui.draw.styles import Styles, cell, ends, joined, said, styled
from tui.widgets.theme_styles import styles_of

MOST_LINES = 3
"""Lines of the status line at most, for a long message."""

ROWS_A_LINE = 8
"""Rows of the terminal for each line of the status line."""


class _Line(Widget):
    """One line, drawn with the ink of the theme."""

    @property
    def theme_styles(self) -> Styles:
        """The styles of the theme."""
        return styles_of(self.app)


class Breadcrumb(_Line):
    """The path to the current event: the case, and the event in it."""

    def __init__(self) -> None:
        super().__init__()
        self._path: tuple[str, ...] = ()
        self._facts = self._kept = ""
        self.stays = False
        """Whether it stays in view how the case is open, and the others are cut for it."""

    def show(self, *path: str, facts: str, kept: str) -> None:
        """Show the path, the facts of its last part, and how the case is open."""
        self._path, self._facts, self._kept = path, facts, kept
        self.refresh()

    def render(self) -> Content:
        """`conflict-tui  case › event  type · date · place`."""
        styles = self.theme_styles
        parts = [styled(" conflict-tui ", styles.strong)]
        for position, name in enumerate(self._path):
            parts.append(styled(" › " if position else " ", styles.muted))
            parts.append(said(name))
        if self._facts:
            parts.append(styled(f"  {self._facts}", styles.muted))
        kept = styled(f"{self._kept} ", styles.muted)
        left = joined(*parts)
        if not self.stays and left.cell_length + kept.cell_length + 2 > self.size.width:
            return cell(left, self.size.width)
        return ends(left, kept, self.size.width)


class StatusLine(_Line):
    """The status line: last message, position, filters, progress, and the next keys.

    The parts come in a fixed order, and those at the right are dropped first if
    there is no room. A message that does not fit the line gets up to `MOST_LINES`
    lines to itself while it is shown.
    """

    def __init__(self) -> None:
        super().__init__()
        self._message = ""
        self._parts: tuple[str, ...] = ()
        self._filters = ""
        self._hints: tuple[str, ...] = ()
        self._progress = ""

    @property
    def message(self) -> str:
        """The last message."""
        return self._message

    def say(self, message: str) -> None:
        """Show a message until the next one; an empty one removes it."""
        self._message = message
        self.fit()
        self.refresh()

    def fit(self) -> None:
        """Use as many lines as the message needs, and as a low terminal has room for."""
        lines = min(len(self._wrapped()), self._most)
        if self.size.height != lines:
            self.styles.height = lines

    @property
    def _most(self) -> int:
        return max(1, min(MOST_LINES, self.app.size.height // ROWS_A_LINE))

    def _wrapped(self) -> list[Content]:
        """The message in lines; one if it fits, or if there is no width yet."""
        room = self.size.width - 2
        message = said(self._message)
        if room <= 0 or message.cell_length <= room:
            return [message]
        return message.wrap(room)

    def _opened(self, lines: Sequence[Content]) -> Content:
        """The message in several lines, with any progress at the end of the last."""
        *before, last = lines[: self._most]
        if len(lines) > self._most:
            last = Content(" ").join((last, *lines[self._most :]))
        progress = styled(f"{self._progress} " if self._progress else "", self.theme_styles.accent)
        ended = ends(joined(Content(" "), last), progress, self.size.width)
        shown = [*(joined(Content(" "), line) for line in before), ended]
        return Content("\n").join(shown).stylize(self.theme_styles.strong)

    def progress(self, words: str) -> None:
        """Show the progress of something under way; empty if nothing is."""
        if words != self._progress:
            self._progress = words
            self.refresh()

    def show(self, *parts: str, filters: str, hints: Sequence[str]) -> None:
        """Show the position, the filters, and the next keys."""
        self._parts, self._filters, self._hints = parts, filters, tuple(hints)
        self.refresh()

    def render(self) -> Content:
        """The line, as much of it as fits; of the next keys, the last one is kept longest."""
        styles = self.theme_styles
        lines = self._wrapped()
        if len(lines) > 1 and self._most > 1:
            return self._opened(lines)
        pieces: list[Content] = []
        if self._message:
            pieces.append(styled(self._message, styles.strong))
        pieces += [styled(part, styles.muted) for part in self._parts if part]
        if self._filters:
            pieces.append(styled(self._filters, styles.accent))
        if self._progress:
            pieces.append(styled(self._progress, styles.accent))
        line = joined(Content(" "), styled(" · ", styles.muted).join(pieces))
        hints = self._hints
        while hints and line.cell_length + cell_len("  ".join(hints)) + 3 > self.size.width:
            hints = (*hints[:-2], hints[-1]) if len(hints) > 1 else ()
        return ends(line, styled("  ".join(hints) + " ", styles.muted), self.size.width)
