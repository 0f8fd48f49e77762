"""The log of the case: one row an act, its effects below, and the whole act in its own window."""

from collections.abc import Sequence
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import ModalScreen
from textual.widgets import Static

from store.model.log_line import Entry
from store.model.text import one_line
from tui.dialogs.picker import Picker, PickerRow
from tui.draw.entry import account, act_words, signature, signature_width
from tui.draw.styles import fitted, in_line, said
from tui.messages import KeysAwaited
from tui.widgets.frame import label


class LogWindow(Picker):
    """The acts with their authors; Enter shows a whole act; the answer is an act to go to."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        """`entries` are the acts, the newest first."""
        found = [
            (_searched(one), PickerRow(act_words(one), signature(one), "", one)) for one in entries
        ]

        def rows(typed: str) -> Sequence[PickerRow]:
            words = typed.lower().split()
            return [pick for searched, pick in found if all(word in searched for word in words)]

        super().__init__(
            "Log",
            rows,
            ask="type to filter",
            empty="Nothing has been changed yet.",
            aside_first=signature_width(entries),
        )

    def explain(self, pick: PickerRow | None) -> Content:
        """The changes of the act, one line a field, as many as fit."""
        width, height = self._about.content_size
        if pick is None or not isinstance(pick.value, Entry):
            return Content("")
        lines = list(account(pick.value, height))
        cut = len(lines) > height
        shown = [fitted(in_line(line), width).rstrip() for line in lines[: height - cut]]
        return Content("\n").join(map(said, [*shown, *(["… Enter shows all of it"] * cut)]))

    def action_list(self, command: str) -> None:
        """Show the whole act on Enter; else do as other windows do."""
        picks = self.list.picks
        entry = picks[self.list.cursor].value if picks else None
        if command != "list.choose" or not isinstance(entry, Entry):
            super().action_list(command)
            return

        def closed(going: bool | None) -> None:
            if going:
                self.dismiss(picks[self.list.cursor])

        self.app.push_screen(WholeAct(entry), closed)


class WholeAct(ModalScreen[bool]):
    """One whole act, to be scrolled; the answer is True to go to its record."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,ctrl+c,q", "leave(False)", "Back to the log", show=False, priority=True),
        Binding("enter", "leave(True)", "Go to the record", show=False, priority=True),
        Binding("j", "scroll(1)", "Down", show=False),
        Binding("k", "scroll(-1)", "Up", show=False),
    ]

    def __init__(self, entry: Entry) -> None:
        super().__init__()
        self.entered = False
        lines = [one_line(line) for told in account(entry) for line in told.split("\n")]
        self._text = VerticalScroll(Static(Content("\n".join(lines)), markup=False), id="whole")
        self._box = Vertical(id="window")

    def compose(self) -> ComposeResult:
        """The lines, and the keys to leave."""
        with self._box:
            yield self._text
            yield Static(
                Content("↑ ↓ scroll · Enter goes to the record · Esc back to the log"),
                markup=False,
                id="editor-keys",
            )

    def on_mount(self) -> None:
        """Let the user scroll at once."""
        self._text.focus()
        self.call_after_refresh(lambda: label(self._box, "Act", ""))

    def on_descendant_focus(self) -> None:
        """Note that the window has the focus."""
        self.entered = True
        self.post_message(KeysAwaited())

    def on_resize(self, event: events.Resize) -> None:
        """Fit the border."""
        self.call_after_refresh(lambda: label(self._box, "Act", ""))

    def action_scroll(self, by: int) -> None:
        """Scroll one line on, or back."""
        self._text.scroll_relative(y=by, animate=False)

    def action_leave(self, going: bool) -> None:
        """Go back to the log, or to the record."""
        self.dismiss(going)


def _searched(entry: Entry) -> str:
    """The text searched for an act: who, why, the ids of its records and of their subjects."""
    ids = [edit.id for edit in entry.edits]
    for edit in entry.edits:
        for side in (edit.before, edit.after):
            ids += [getattr(side, field, "") for field in ("about", "other")]
    return " ".join((entry.who, entry.why, *dict.fromkeys(ids))).lower()
