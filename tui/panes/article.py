"""The text of an article, with the passages that support events."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual import events
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.content import Content
from textual.geometry import Region, Size
from textual.widget import Widget

from store.model.labels import count_text
from store.model.vocabulary import TextKind
from store.queries.article import ArticleView, Mark
from tui.draw.article import article_facts, article_label, article_note
from tui.draw.passage_pair import BoxPart, box
from tui.draw.styles import cell, in_line, said, styled
from tui.messages import PassageChosen, TextMissed
from tui.session.steps import mark_at
from tui.session.trail import Apart
from tui.widgets.frame import label
from tui.widgets.marks import Marking
from tui.widgets.theme_styles import styles_of

if TYPE_CHECKING:  # imported when it is needed: it is large
    from tui.widgets.text_view import ArticleText

HEAD_FROM = 14
"""Lines that the pane must have for the facts of publication to be shown above the text."""

NOTED = 3
"""Lines that the note above a text has at most."""


class ArticleHead(Widget):
    """The facts of publication in one line."""

    def __init__(self) -> None:
        super().__init__()
        self.view: ArticleView | None = None

    def render(self) -> Content:
        """The facts, fitted."""
        if self.view is None:
            return Content("")
        return cell(article_facts(self.view, styles_of(self.app)), self.size.width)


class ArticleNote(Widget):
    """The note on an article without a text, in as many lines as it needs, up to `NOTED`."""

    def __init__(self) -> None:
        super().__init__()
        self._words = ""

    def show(self, words: str) -> None:
        """Show other words; an empty note takes no room."""
        self._words = words
        self.display = bool(words)
        self.refresh(layout=True)

    def render(self) -> Content:
        """The words, fitted."""
        styles = styles_of(self.app)
        return box((BoxPart(styled(self._words, styles.muted)),), *self.size, styles)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """The number of lines that the words take; at most one if the pane is low."""
        most = NOTED if container.height >= HEAD_FROM else 1
        return min(most, len(said(self._words).wrap(max(1, width))))


class ArticlePane(Vertical):
    """The article: facts of publication above the text, the current passage in the middle."""

    def __init__(self) -> None:
        super().__init__(id="article", classes="pane")
        self.view: ArticleView | None = None
        self.event: int | None = None
        self.passage: int | None = None
        self.apart: Apart | None = None
        self._awaited: tuple[int, list[int], int] | None = None
        self.matches: list[int] = []
        self.needle_length = 0
        self.match = -1
        self._head = ArticleHead()
        self._note = ArticleNote()
        self._text: ArticleText | None = None

    def compose(self) -> ComposeResult:
        """The head and the note; the text comes with `prepare`."""
        yield self._head
        yield self._note

    def on_mount(self) -> None:
        """Show the name from the first frame on."""
        self.border_title = said("4 Article")

    async def prepare(self) -> None:
        """Add the text area after the first frame, because it takes a tenth of a second."""
        from tui.widgets.text_view import ArticleText

        self._text = ArticleText()
        await self.mount(self._text)

    @property
    def text(self) -> "ArticleText":
        """The text area, once it is prepared."""
        assert self._text is not None
        return self._text

    # what it shows

    def show(self, view: ArticleView | None, event: int | None, passage: int | None) -> None:
        """Show an article (None: the one already there) with its passages as seen from an event."""
        was = self.view.n if self.view else None
        if view is not None:
            if view.n != was:
                self.forget_matches()
                self._take_matches(view.n)
            self.view = view
            self._head.view = view
            self._head.refresh()
            self._note.show(article_note(view))
            self.text.hold(self._body(view))
        self.event, self.passage = event, passage
        self.apart = None
        self._mark()
        mark = self.current
        if self.selecting and (view is None or view.n == was):
            pass  # what is selected stays so while claims are added to it
        elif mark is not None:
            self.text.centre(self._position(mark))
        elif view is not None:
            self.text.centre(0)
            if len(self.text.text) > self.title_length:
                self.text.move_cursor(self.text.location(self.title_length))
        self.relabel()

    def show_apart(self, view: ArticleView | None, event: int | None, apart: Apart) -> None:
        """Show an article that is read apart from an event, where it is to be read from."""
        if view is None and apart == self.apart:
            return
        self.show(view, event, apart.passage)
        self.apart = apart
        if apart.passage is None and apart.offset:
            self.at_offset(apart.offset)

    @property
    def selecting(self) -> bool:
        """True if words of the text are selected."""
        start, end = self.text.selected
        return start < end

    def clear(self, text: str = "") -> None:
        """Show a state instead of an article."""
        self.view = self.event = self.passage = None
        self._head.view = None
        self._head.refresh()
        self._note.show("")
        self.forget_matches()
        self.text.hold(text)
        self.text.mark([], [])
        self.relabel()

    def show_window(self, view: ArticleView, around: int) -> None:
        """Show another window of the same article, the cursor at a code point."""
        self.view = view
        self.text.hold(self._body(view))
        self._mark()
        self.text.centre(self._in_text(around))
        self.relabel()

    @property
    def current(self) -> Mark | None:
        """The passage that is shown as the current one."""
        marks = self.view.marks if self.view else ()
        return next((mark for mark in marks if mark.n == self.passage), None)

    def drawn_text(self) -> str:
        """The marks beside the text that are in view, and the head."""
        lines = (self.text.render_line(y).text[:1] for y in range(self.text.size.height))
        return "\n".join((self._head.render().plain, *lines))

    def passage_regions(self) -> tuple[Region, ...]:
        """The lines of the current passage on the screen; empty while none is in view."""
        mark = self.current
        if mark is None or not self.text.is_on_screen:
            return ()
        start, end, _ = self._span(mark, Marking.CURRENT)
        lines = self.text.region_of(start, end)
        return (lines,) if lines.area else ()

    def selected_regions(self) -> tuple[Region, ...]:
        """The lines of the selection on the screen; empty while nothing in view is selected."""
        start, end = self.text.selected
        lines = self.text.region_of(start, end)
        return (lines,) if start < end and lines.area else ()

    def mark_here(self) -> Mark | None:
        """The passage under the cursor, else the current one.

        If several begin under the cursor, it is the current one, which is highlighted.
        """
        if self.view is None:
            return None
        if self.current is not None and self.text.position == self._position(self.current):
            return self.current
        title = self.title_length
        if title and self.text.position < title:
            in_title = [mark for mark in self.view.marks if mark.in_title]
            return in_title[0] if in_title else self.current
        return mark_at(self.view, self.offset_here) or self.current

    @property
    def offset_here(self) -> int:
        """The position of the cursor, in code points of the whole text."""
        start = self.view.start if self.view else 0
        return start + max(0, self.text.position - self.title_length)

    # finding

    def show_matches(self, found: list[int], length: int) -> None:
        """Mark what a search found, at code points of the whole text."""
        self.matches, self.needle_length, self.match = found, length, -1
        self._mark()

    def await_matches(self, article: int, found: Sequence[int], length: int) -> None:
        """Mark what a search found in an article as soon as it is shown."""
        self._awaited = (article, list(found), length)
        if self.view is not None and self.view.n == article:
            self._take_matches(article)
            self._mark()

    def _take_matches(self, article: int) -> None:
        if self._awaited is not None and self._awaited[0] == article:
            _, self.matches, self.needle_length = self._awaited
        self._awaited = None

    def forget_matches(self) -> None:
        """Remove the marks of a search that ended."""
        self.matches, self.needle_length, self.match = [], 0, -1

    def at_offset(self, offset: int) -> bool:
        """Put the cursor on a code point of the whole text; False if another window holds it."""
        if self.view is None or not self.view.start <= offset <= self.view.end:
            return False
        self.text.centre(self._in_text(offset))
        self.relabel()
        return True

    # moving

    def move(self, command: str) -> None:
        """Move the cursor as a `move.…` command says."""
        text = self.text
        before = text.position
        select = self.selecting
        match command.removeprefix("move."):
            case "down":
                text.action_cursor_down(select)
            case "up":
                text.action_cursor_up(select)
            case "left":
                text.action_cursor_left(select)
            case "right":
                text.action_cursor_right(select)
            case "page_down":
                text.action_cursor_page(1)
            case "page_up":
                text.action_cursor_page(-1)
            case "top":
                self._jump(0)
            case "end":
                self._jump(self.view.length if self.view else 0)
        if self.view is not None and text.position == before:
            self._at_edge(command)
        self.relabel()

    def _jump(self, offset: int) -> None:
        if self.view is None:
            return
        if self.view.start <= offset <= self.view.end:
            self.text.move_cursor(self.text.location(self._in_text(offset) if offset else 0))
        else:
            self.post_message(TextMissed(offset))

    def _at_edge(self, command: str) -> None:
        """Ask for the next window if the cursor cannot go on in this one."""
        assert self.view is not None
        if command in ("move.down", "move.page_down", "move.right") and (
            self.view.end < self.view.length
        ):
            self.post_message(TextMissed(self.view.end))
        elif command in ("move.up", "move.page_up", "move.left") and self.view.start > 0:
            self.post_message(TextMissed(self.view.start - 1))

    # how it is laid out

    def _body(self, view: ArticleView) -> str:
        title = in_line(view.title) if view.start == 0 else ""
        if view.text_kind is TextKind.HEADLINE:
            return title
        return f"{title}\n\n{view.text}" if title else view.text

    @property
    def title_length(self) -> int:
        """The code points that the title and the blank line below it take in the text area."""
        view = self.view
        if view is None or view.start or not view.title:
            return 0
        return len(in_line(view.title)) + (0 if view.text_kind is TextKind.HEADLINE else 2)

    def _in_text(self, offset: int) -> int:
        """The position in the text area of a code point of the whole text."""
        assert self.view is not None
        return offset - self.view.start + self.title_length

    def _position(self, mark: Mark) -> int:
        return mark.start if mark.in_title else self._in_text(mark.start)

    def _span(self, mark: Mark, style: Marking) -> tuple[int, int, Marking]:
        start = self._position(mark)
        end = start + mark.end - mark.start
        return start, min(end, self.title_length) if mark.in_title else end, style

    def _mark(self) -> None:
        view = self.view
        if view is None:
            return
        spans: list[tuple[int, int, Marking]] = []
        gutter: list[tuple[int, int, Marking]] = []
        if view.title and view.start == 0:
            spans.append((0, len(in_line(view.title)), Marking.TITLE))
        visible = [
            mark
            for mark in view.marks
            if (mark.in_title and view.start == 0)
            or (not mark.in_title and mark.start < view.end and mark.end > view.start)
        ]
        for mark in visible:
            if mark.n == self.passage:
                gutter.append(self._span(mark, Marking.CURRENT))
            elif self.event in mark.events:
                spans.append(self._span(mark, Marking.EVENT))
            else:
                gutter.append(self._span(mark, Marking.OTHER))
        if (current := self.current) in visible and current is not None:
            spans.append(self._span(current, Marking.CURRENT))
        for offset in self.matches:
            if view.start <= offset < view.end:
                start = self._in_text(offset)
                spans.append((start, start + self.needle_length, Marking.MATCH))
        self.text.mark(spans, gutter)

    def relabel(self) -> None:
        """Write the border anew: the article, the passage, how far the text is read."""
        if self.view is None:
            label(self, "4 Article", "")
            return
        own = [mark for mark in self.view.marks if self.event in mark.events]
        at = next((i for i, mark in enumerate(own, 1) if mark.n == self.passage), 0)
        parts = (
            [f"passage {at}/{len(own)}" if at else count_text(len(own), "passage")] if own else []
        )
        if self.view.length:
            parts.append(f"{100 * self.offset_here // self.view.length}%")
        if self.view.end - self.view.start < self.view.length:
            parts.append(
                f"code points {self.view.start:,}-{self.view.end:,} of {self.view.length:,}"
            )
        name = "4 Article" if self._head.display else f"4 {article_label(self.view)}"
        label(self, name, " · ".join(parts))

    def on_resize(self, event: events.Resize) -> None:
        """Fit the head, and keep the passage in the middle."""
        self._head.display = event.size.height >= HEAD_FROM
        if (mark := self.current) is not None:
            self.text.centre(self._position(mark))
        self.relabel()

    def on_descendant_focus(self) -> None:
        """Show the focus in the border."""
        self.relabel()

    def on_descendant_blur(self) -> None:
        """Show the focus in the border."""
        self.relabel()

    def on_click(self, event: events.Click) -> None:
        """Choose a passage on a second click."""
        if event.chain == 2 and (mark := self.mark_here()) is not None:
            self.post_message(PassageChosen(mark.n))
