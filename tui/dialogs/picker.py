"""The one window with rows to choose from and, if wanted, a line to narrow them."""

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import ClassVar

from rich.cells import cell_len
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Input, Static

from store.errors import ConflictError
from tui.commands.registry import OVERLAY_COMMANDS
from tui.dialogs.pick_list import PickerRow, PickList, exact_first
from tui.dialogs.window import Avoided, Part, Window
from tui.draw.passage_pair import BoxPart, box
from tui.draw.phrases import capital
from tui.draw.placement import Lines
from tui.draw.styles import in_line, joined, paragraphs, said, styled
from tui.messages import KeysAwaited, RowChosen, RowMoved
from tui.widgets.field import Field
from tui.widgets.theme_styles import styles_of

__all__ = ["LookUp", "Picker", "PickerRow", "Rows"]

Rows = Sequence[PickerRow]
LookUp = Callable[
    [Callable[[], Rows], Callable[[Rows], None], Callable[[ConflictError], None]], None
]
"""Finds rows in the background: given how to find them, what to do with them, or with an error."""

MEASURED = 60
"""Rows whose words decide the size of the window."""

READABLE = 72
"""Cells in which explanations are read with ease."""

LEAST_ROWS = 6
"""Rows that are shown before the blank lines between the parts are."""


class Picker(Window[PickerRow | None]):
    """A window over the screen; its answer is the chosen row, or None.

    `rows` gives the rows for the typed text. Without `ask` there is no line to
    type in. The lines of `told` come above the rows. If the typed text leaves
    nothing to choose, the window stays open with the text and says why, so that
    it can be corrected; it also stays open without a word if one is `needed`.
    The asides come first, in `aside_first` cells, unless that is 0.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(key, f"list('{command.id}')", command.label, show=False, priority=True)
        for command in OVERLAY_COMMANDS
        for key in command.keys
    ]

    def __init__(
        self,
        name: str,
        rows: Callable[[str], Sequence[PickerRow]],
        *,
        ask: str = "",
        typed: str = "",
        told: Sequence[str] = (),
        why: str = "",
        needed: bool = False,
        empty: str = "Nothing matches.",
        no_match: str = "",
        aside_first: int = 0,
        begin: int = 0,
        beside: Avoided | None = None,
        typing: Callable[[str], None] = lambda _: None,
        look_up: LookUp | None = None,
        first: Rows = (),
    ) -> None:
        """`no_match` replaces `empty` before the typed text: `No dispute matches`.

        `why` says why the typed text was not understood before. `begin` is the row that the
        cursor begins on. `typing` is told what is typed. With `look_up` the rows are found in the
        background, but for the `first`.
        """
        super().__init__(name, beside)
        self.typed = typed
        self._rows = rows
        self._ask = ask
        self._needed = needed
        self._empty = empty
        self._no_match = no_match
        self._begin = begin
        self._typing = typing
        self._look_up = look_up
        self._first = first
        self._looking_up = False
        self._waiting: list[str] = []
        self.why = why
        """The reason why the typed text was refused, shown below it."""
        self._told_lines = told
        self.list = PickList(aside_first)
        self._told = Static("", markup=False, id="told")
        self._field = Field(typed, placeholder=ask)
        self._why = Static("", markup=False, id="why")
        self._about = Static("", markup=False, id="about")

    def compose(self) -> ComposeResult:
        """The line to type in, the rows, and the explanation of the current one."""
        with self._box:
            yield self._told
            if self._ask:
                yield self._field
            yield self._why
            yield self.list
            yield self._about

    def on_mount(self) -> None:
        """Show all rows."""
        self._told.update(Content("\n").join(said(line) for line in self._told_lines))
        if self._look_up is None:
            self._fill(self.typed)
        else:
            self._show(self.typed, self._first)
        self.refuse(self.why)
        if self._begin:
            self.list.put_cursor(self._begin)
            self._explain()
        target = self.query_one(Input) if self._ask else self.list
        target.focus()

    # the size

    def wanted_width(self) -> int:
        """The cells that the rows and the lines above them want."""
        rows = [
            cell_len(in_line(pick.title)) + 2 + self.list.aside_width(pick)
            for pick in self.list.picks[:MEASURED]
        ]
        told = [cell_len(in_line(line)) for line in (*self._told_lines, self._ask, self._empty)]
        about = [min(cell_len(pick.about), READABLE) for pick in self.list.picks[:MEASURED]]
        return max((*rows, *told, *about, min(cell_len(self.why), READABLE)), default=0)

    def parts(self, width: int) -> Sequence[Part]:
        """The lines above, the field, the reason, the rows and the explanation."""
        told = sum(len(said(line).wrap(width)) for line in self._told_lines)
        why = len(said(self.why).wrap(width)) if self.why else 0
        about = max((self.lines_about(pick, width) for pick in self._measured), default=0)
        found = [
            Part(self._told, Lines(told + bool(told), told)),
            Part(self._field, Lines(1 if why else 2)),
            Part(self._why, Lines(why + bool(why), why)),
            Part(self.list, Lines(self.list.line_count, LEAST_ROWS)),
            Part(self._about, Lines(about + bool(about))),
        ]
        return [part for part in found if self._ask or part.widget is not self._field]

    def lines_about(self, pick: PickerRow, width: int) -> int:
        """The lines that the explanation of a row wants in so many cells."""
        return _lines_of(pick.about, width) if pick.about else 0

    @property
    def _measured(self) -> Rows:
        return self.list.picks[:MEASURED]

    # the rows

    def _fill(self, typed: str) -> None:
        """Show the rows for the typed text, at once or when they are found."""
        if self._look_up is None:
            self._show(typed, self._rows(typed))
            return
        self._looking_up = True
        self._waiting.clear()
        self._look_up(
            lambda: self._rows(typed),
            lambda rows: self._found(typed, rows),
            lambda error: self._found(typed, (), error.message),
        )

    def _found(self, typed: str, rows: Rows, error: str = "") -> None:
        """Show rows that were looked up, and do what was waiting for them."""
        if not self.is_attached or self.app.screen is not self:
            return
        self._looking_up = False
        self._show(typed, rows, error)
        waiting, self._waiting = self._waiting, []
        for command in waiting:
            self.action_list(command)
        if self.app.screen is self:
            self.entered = True
        # behind the answer of this window, if it was closed
        self.app.screen.call_later(self.app.post_message, KeysAwaited())

    def _show(self, typed: str, rows: Rows, error: str = "") -> None:
        wanted = typed.strip()
        empty = f"{self._no_match} “{wanted}”." if self._no_match and wanted else self._empty
        self.list.show(exact_first(rows, wanted), "" if error else empty)
        self._explain()
        if error:
            self.refuse(f"{capital(error)}.")
        else:
            self.fit()

    def _explain(self) -> None:
        """Explain the row under the cursor."""
        self._count_shown = f"{self.list.cursor + 1}/{self.list.count}" if self.list.picks else ""
        self.relabel()

    def relabel(self) -> None:
        """Write the border and the explanation anew, in the size that they have by now."""
        super().relabel()
        self._about.update(self._explanation())

    def _explanation(self) -> Content:
        told, size = self.explain(self.pick), self._about.content_size
        if not size.area:
            return told
        blank = Content("\n" if len(told.wrap(size.width)) < size.height else "")
        return joined(blank, box([BoxPart(told)], *size, styles_of(self.app)))

    @property
    def pick(self) -> PickerRow | None:
        """The row under the cursor; None without any."""
        return self.list.picks[self.list.cursor] if self.list.picks else None

    def explain(self, pick: PickerRow | None) -> Content:
        """The explanation of a row, shown below the rows."""
        return paragraphs(pick.about if pick else "")

    def refuse(self, why: str) -> None:
        """Say below the typed text why it is not understood; empty takes the reason away."""
        self.why = why
        self._why.update(styled(why, styles_of(self.app).denies))
        self.fit()

    def on_input_changed(self, event: Input.Changed) -> None:
        """Narrow the rows."""
        event.stop()
        if event.value == self.typed:
            return
        self.typed = event.value
        self._typing(event.value)
        if self.why:
            self.refuse("")
        self._fill(event.value)

    def on_row_moved(self, message: RowMoved) -> None:
        """Explain the row under the cursor."""
        message.stop()
        self._explain()

    def on_row_chosen(self, message: RowChosen) -> None:
        """Choose a row on a double click."""
        message.stop()
        self.action_list("list.choose")

    def action_list(self, command: str) -> None:
        """Do what a key of the window says; while rows are looked up, when they are there."""
        if self._looking_up and command != "list.close":
            self._waiting.append(command)
            if command == "list.choose":
                self.entered = False  # further keys are not for this window
            return
        match command:
            case "list.down":
                self.list.move(1)
            case "list.up":
                self.list.move(-1)
            case "list.page_down":
                self.list.move(self.list.page)
            case "list.page_up":
                self.list.move(-self.list.page)
            case "list.choose":
                self._choose()
            case "list.close":
                self.dismiss(None)
            case "list.suspend":
                self.app.action_suspend_process()

    def _choose(self) -> None:
        """Answer with the row under the cursor; if nothing is understood, stay and say why."""
        pick = self.pick
        if pick is None and (self.typed.strip() or self._needed):
            self.refuse(" ".join(self.list.state))
        elif pick is not None and pick.value is None and self._look_up is not None:
            self.list.show((), pick.about)
            self.refuse(pick.title)
        else:
            self.dismiss(pick)


@lru_cache(1024)
def _lines_of(about: str, width: int) -> int:
    """The lines of an explanation; with each letter that is typed most rows stay the same."""
    return len(paragraphs(about).wrap(width))
