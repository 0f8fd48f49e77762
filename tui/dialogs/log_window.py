"""The log of the case: one row an act, its effects below, and the whole act in its own window."""

from collections.abc import Callable, Sequence, Set
from enum import StrEnum, auto
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from store.model.log_line import Entry
from tui.dialogs.picker import Picker, PickerRow
from tui.dialogs.window import Part, Window
from tui.draw.entry import Names, account, act_words, ids_in, signature, signature_width
from tui.draw.phrases import TIME_STAMP_KEPT
from tui.draw.placement import Lines
from tui.draw.styles import fitted, in_line, paragraphs, said

AskNames = Callable[[Sequence[str], Callable[[Names], None]], None]
"""Asks for the names of some records, and tells them later."""

PREVIEWED = 16
"""Lines of an act in the window at most, before the rows have all that they want."""


class LogWindow(Picker):
    """The acts with their authors; Enter shows a whole act.

    The answer is an act to go to, or the number of one to take back.
    """

    most_width = 140

    def __init__(
        self, entries: Sequence[Entry], time_stamped: Set[int], ask_names: AskNames
    ) -> None:
        """`entries` are the acts, the newest first; of some a time stamp is kept."""

        def marked(one: Entry, words: str) -> str:
            return f"[{TIME_STAMP_KEPT}] {words}" if one.sequence in time_stamped else words

        found = [
            (
                marked(one, _searched(one)),
                PickerRow(marked(one, act_words(one)), signature(one), "", one),
            )
            for one in entries
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
        self._ask_names = ask_names
        self._names: dict[str, str] = {}

    def wanted_width(self) -> int:
        """The cells of the widest window: an act may have long fields."""
        return self.most_width

    def lines_about(self, pick: PickerRow, width: int) -> int:
        """The lines of an act that are shown below the rows."""
        assert isinstance(pick.value, Entry)
        return len(list(account(pick.value, PREVIEWED))[:PREVIEWED])

    def explain(self, pick: PickerRow | None) -> Content:
        """The changes of the act, one line a field, as many as fit."""
        width, height = self._about.content_size
        if pick is None or not isinstance(pick.value, Entry):
            return Content("")
        self._look_up_names(pick.value)
        lines = list(account(pick.value, height, self._names, ids=False))
        cut = len(lines) > height
        shown = [fitted(in_line(line), width).rstrip() for line in lines[: height - cut]]
        return Content("\n").join(map(said, [*shown, *(["… Enter shows all of it"] * cut)]))

    def _look_up_names(self, entry: Entry) -> None:
        """Ask for the names of the records of an act, unless they are known."""
        wanted = [id_ for id_ in ids_in(entry, PREVIEWED) if id_ not in self._names]
        self._names |= dict.fromkeys(wanted, "")  # asked once

        def named(names: Names) -> None:
            self._names |= names
            if self.is_attached:
                self.relabel()

        if wanted:
            self._ask_names(wanted, named)

    def action_list(self, command: str) -> None:
        """Show the whole act on Enter; else do as other windows do."""
        entry = self.pick.value if self.pick else None
        if command != "list.choose" or not isinstance(entry, Entry):
            super().action_list(command)
            return

        def closed(answer: Answer | None) -> None:
            if answer is Answer.GO:
                self.dismiss(self.pick)
            elif answer is Answer.TAKE_BACK and self.pick is not None:
                self.dismiss(self.pick._replace(value=entry.sequence))

        self.app.push_screen(WholeAct(entry, self._names), closed)


class Answer(StrEnum):
    """The answers to a whole act."""

    LEAVE = auto()
    GO = auto()
    TAKE_BACK = auto()


class WholeAct(Window[Answer]):
    """One whole act, to be scrolled; the answer is what to do with it."""

    most_width = 140

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,ctrl+c,q", "leave('leave')", "Back to the log", show=False, priority=True),
        Binding("enter", "leave('go')", "Go to the record", show=False, priority=True),
        Binding("t", "leave('take_back')", "Take it back", show=False, priority=True),
        Binding("j", "scroll(1)", "Down", show=False),
        Binding("k", "scroll(-1)", "Up", show=False),
    ]

    def __init__(self, entry: Entry, names: Names) -> None:
        super().__init__("Act")
        told = "\n".join(account(entry, names=names))
        self._words = paragraphs(told)
        self._text = VerticalScroll(Static(self._words, markup=False), id="whole")
        self._keys = Static(
            Content(
                "↑ ↓ scroll · Enter goes to the record · t takes it back · Esc back to the log"
            ),
            markup=False,
            id="editor-keys",
        )

    def compose(self) -> ComposeResult:
        """The lines, and the keys to leave."""
        with self._box:
            yield self._text
            yield self._keys

    def parts(self, width: int) -> Sequence[Part]:
        """The lines, and the keys."""
        return (
            Part(self._text, Lines(len(self._words.wrap(width)), 3)),
            Part(self._keys, Lines(2)),
        )

    def on_mount(self) -> None:
        """Let the user scroll at once."""
        self.fit()
        self._text.focus()

    def action_scroll(self, by: int) -> None:
        """Scroll one line on, or back."""
        self._text.scroll_relative(y=by, animate=False)

    def action_leave(self, answer: str) -> None:
        """Go back to the log, or to the record, or take the act back."""
        self.dismiss(Answer(answer))


def _searched(entry: Entry) -> str:
    """The text searched for an act: who, why, the ids of its records and of their subjects."""
    ids = [edit.id for edit in entry.edits]
    for edit in entry.edits:
        for side in (edit.before, edit.after):
            ids += [getattr(side, field, "") for field in ("about", "other")]
    return " ".join((entry.who, entry.why, *dict.fromkeys(ids))).lower()
