"""The first and the last line of the screen."""

from collections.abc import Sequence
from typing import NamedTuple

from rich.cells import cell_len
from textual import events
from textual.content import Content
from textual.widget import Widget

from tui.commands.registry import shown_key
from tui.draw.styles import Styles, cell, ends, joined, said, styled
from tui.messages import HintClicked
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
        if (path, facts, kept) != (self._path, self._facts, self._kept):
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


class Hint(NamedTuple):
    """One of the next keys: the command, its key by Textual's name, and what it does."""

    command: str
    key: str
    word: str

    @property
    def text(self) -> str:
        """`] next article`."""
        return f"{shown_key(self.key)} {self.word}"


class StatusLine(_Line):
    """The status line: last message, position, progress, and the next keys, which can be clicked.

    The parts come in a fixed order, and those at the right are dropped first if
    there is no room. A message that does not fit the line gets up to `MOST_LINES`
    lines while it is shown; the key of all keys stays beside it.
    """

    def __init__(self) -> None:
        super().__init__()
        self._message = ""
        self._parts: tuple[str, ...] = ()
        self._hints: tuple[Hint, ...] = ()
        self._shown: tuple[Hint, ...] = ()
        self._progress = ""
        self.auto_links = False

    @property
    def message(self) -> str:
        """The last message."""
        return self._message

    def say(self, message: str) -> None:
        """Show a message until the next one; an empty one removes it."""
        if message != self._message:
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
        """The message in lines, the last with room for a hint; one if there is no width yet."""
        room = self.size.width - 2
        message = said(self._message)
        last = room - _width(self._hints[-1:])
        if room <= 0 or message.cell_length <= last:
            return [message]
        lines = message.wrap(room)
        return lines if lines[-1].cell_length <= last else [*lines, Content("")]

    def progress(self, words: str) -> None:
        """Show the progress of something under way; empty if nothing is."""
        if words != self._progress:
            self._progress = words
            self.refresh()

    def show(self, *parts: str, hints: Sequence[Hint]) -> None:
        """Show the position and the next keys."""
        if (parts, tuple(hints)) != (self._parts, self._hints):
            self._parts, self._hints = parts, tuple(hints)
            self.fit()
            self.refresh()

    def render(self) -> Content:
        """The message and the position, then as many of the next keys as fit, the last always."""
        styles, lines = self.theme_styles, self._wrapped()
        *before, last = lines[: self._most]
        if len(lines) > self._most:
            last = Content(" ").join((last, *lines[self._most :]))
        last = last.stylize(styles.strong)
        progress = styled(self._progress, styles.accent)
        facts = [] if before else [styled(part, styles.muted) for part in self._parts if part]
        line = self._joined([piece for piece in (last, progress, *facts) if piece.plain])
        self._shown = self._fitting(line.cell_length)
        drawn = ends(line, self._keys(styles), self.size.width)
        above = [joined(Content(" "), one.stylize(styles.strong)) for one in before]
        return Content("\n").join([*above, drawn])

    def _joined(self, pieces: Sequence[Content]) -> Content:
        """The pieces in one line, but for the last ones that have no room beside the last hint."""
        room = self.size.width - _width(self._hints[-1:]) - APART
        line = joined(Content(" "), *pieces[:1])
        for piece in pieces[1:]:
            longer = joined(line, styled(" · ", self.theme_styles.muted), piece)
            if longer.cell_length > room:
                break
            line = longer
        return line

    def _keys(self, styles: Styles) -> Content:
        """The hints that are shown, each key before what it does."""
        keys = [
            joined(styled(shown_key(one.key), styles.plain), styled(f" {one.word}", styles.muted))
            for one in self._shown
        ]
        return joined(Content(HINT_GAP).join(keys), Content(" "))

    def _fitting(self, taken: int) -> tuple[Hint, ...]:
        """As many hints as fit beside so many cells, but the last always, if it fits alone."""
        *others, last = self._hints or (None,)
        if last is None or _width((last,)) + 4 > self.size.width:
            return ()
        while others and taken + _width((*others, last)) + APART > self.size.width:
            others.pop()
        return (*others, last)

    def on_click(self, event: events.Click) -> None:
        """Tell which hint was clicked."""
        event.stop()
        start = self.size.width - _width(self._shown)
        if event.y != self.size.height - 1:
            return
        for hint in self._shown:
            end = start + cell_len(hint.text)
            if start <= event.x < end:
                self.post_message(HintClicked(hint.command))
            start = end + len(HINT_GAP)


HINT_GAP = "  "

APART = 4
"""Blanks at least between the facts and the next keys, so that they are not read as one."""


def _width(hints: Sequence[Hint]) -> int:
    """The cells of some hints with the gaps between them, and of the blank after them."""
    return sum(cell_len(hint.text) + len(HINT_GAP) for hint in hints) - len(HINT_GAP) + 1
