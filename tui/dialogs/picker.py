"""The one window with rows to choose from and, if wanted, a line to narrow them."""

from collections.abc import Callable, Sequence
from typing import ClassVar, NamedTuple

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Input, Static

from store.errors import ConflictError
from store.queries.timeline import Section
from tui.commands.registry import OVERLAY_COMMANDS
from tui.draw.passage_pair import BoxPart, box
from tui.draw.styles import Styles, cell, joined, said, styled
from tui.messages import KeysAwaited, RowChosen, RowMoved
from tui.widgets.field import Field
from tui.widgets.frame import label
from tui.widgets.row_list import RowList
from tui.widgets.theme_styles import styles_of


class PickerRow(NamedTuple):
    """One row: its title, its keys or place, an explanation, its value, its heading."""

    title: str
    aside: str
    about: str
    value: object
    group: str = ""


def exact_first(picks: Sequence[PickerRow], name: str) -> Sequence[PickerRow]:
    """Put the rows with exactly this name first; rows under headings stay where they are."""
    if not name or any(pick.group for pick in picks):
        return picks
    return sorted(picks, key=lambda pick: pick.title.casefold() != name.casefold())


class PickList(RowList):
    """The rows of a window."""

    always_lit = True

    def __init__(self, aside_first: int) -> None:
        super().__init__(id="picks")
        self.picks: Sequence[PickerRow] = ()
        self._aside_first = aside_first

    def show(self, picks: Sequence[PickerRow], empty: str) -> None:
        """Show other rows, or the reason why there are none."""
        self.picks = picks
        self.show_state(*(() if picks else (empty,)))
        sections = tuple(
            Section(index, pick.group)
            for index, pick in enumerate(picks)
            if pick.group and (not index or picks[index - 1].group != pick.group)
        )
        self.set_rows(len(picks), sections=sections, scroll=0)

    def draw_row(self, index: int, width: int, styles: Styles) -> Sequence[Content]:
        """The title and the aside in two columns."""
        pick = self.picks[index]
        if self._aside_first:
            aside_width = min(self._aside_first, width // 2)
            return (
                joined(
                    cell(styled(pick.aside, styles.accent), aside_width),
                    Content(" "),
                    cell(said(pick.title), width - aside_width - 1),
                ),
            )
        aside = styled(f" {pick.aside}", styles.muted)
        aside_width = min(aside.cell_length, width // 2)
        return (
            joined(
                cell(said(pick.title), width - aside_width),
                cell(aside, aside_width, right=True),
            ),
        )


Rows = Sequence[PickerRow]
LookUp = Callable[
    [Callable[[], Rows], Callable[[Rows], None], Callable[[ConflictError], None]], None
]
"""Finds rows in the background: given how to find them, what to do with them, or with an error."""


class Picker(ModalScreen[PickerRow | None]):
    """A window over the screen; its answer is the chosen row, or None.

    `rows` gives the rows for the typed text. Without `ask` there is no line to
    type in. The lines of `told` come above the rows. If the typed text leaves
    nothing to choose, the window stays open, so that the next word is not taken
    for a command; it also stays open without a word if one is `needed`. The
    asides come first, in `aside_first` cells, unless that is 0.
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
        needed: bool = False,
        empty: str = "Nothing matches.",
        no_match: str = "",
        aside_first: int = 0,
        look_up: LookUp | None = None,
        first: Rows = (),
    ) -> None:
        """`no_match` replaces `empty` before the typed text: `No dispute matches`.

        With `look_up` the rows are found in the background, but for the `first`.
        """
        super().__init__()
        self.entered = False
        self._name_shown = name
        self._rows = rows
        self._ask = ask
        self._typed = typed
        self._told = told
        self._needed = needed
        self._empty = empty
        self._no_match = no_match
        self._look_up = look_up
        self._first = first
        self._looking_up = False
        self._waiting: list[str] = []
        self.list = PickList(aside_first)
        self._about = Static("", markup=False, id="about")
        self._box = Vertical(id="window")

    def compose(self) -> ComposeResult:
        """The line to type in, the rows, and the explanation of the current one."""
        with self._box:
            if self._told:
                lines = Content("\n").join(said(line) for line in self._told)
                yield Static(lines, markup=False, id="told")
            if self._ask:
                yield Field(self._typed, placeholder=self._ask)
            yield self.list
            yield self._about

    def on_mount(self) -> None:
        """Show all rows."""
        if self._look_up is None:
            self._fill(self._typed)
        else:
            self._show(self._typed, self._first)
        target = self.query_one(Input) if self._ask else self.list
        target.focus()

    def on_descendant_focus(self) -> None:
        """Note that the window has the focus."""
        self.entered = True
        self.post_message(KeysAwaited())

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
        self.list.show(exact_first(rows, wanted), error or empty)
        self._explain()

    def _explain(self) -> None:
        pick = self.list.picks[self.list.cursor] if self.list.picks else None
        told, size = self.explain(pick), self._about.content_size
        if size.area:
            told = box([BoxPart(told)], *size, styles_of(self.app))
        self._about.update(told)
        count = f"{self.list.cursor + 1}/{self.list.count}" if pick else ""
        label(self._box, self._name_shown, count)

    def explain(self, pick: PickerRow | None) -> Content:
        """The explanation of a row, shown below the rows."""
        return said(pick.about if pick else "")

    def on_input_changed(self, event: Input.Changed) -> None:
        """Narrow the rows."""
        event.stop()
        self._fill(event.value)

    def on_row_moved(self, message: RowMoved) -> None:
        """Explain the row under the cursor."""
        message.stop()
        self._explain()

    def on_row_chosen(self, message: RowChosen) -> None:
        """Choose a row on a double click."""
        message.stop()
        self.action_list("list.choose")

    def on_resize(self, event: events.Resize) -> None:
        """Fit the border."""
        self.call_after_refresh(self._explain)

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
                picks = self.list.picks
                typed = self.query_one(Input).value.strip() if self._ask else ""
                if picks or not (typed or self._needed):
                    self.dismiss(picks[self.list.cursor] if picks else None)
            case "list.close":
                self.dismiss(None)
