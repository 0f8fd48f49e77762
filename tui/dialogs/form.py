"""The window of a form: its fields, what is offered for each, and the line to type in.

Enter takes the offer under the cursor; leaving a field takes nothing. The window is never
over the text that is being coded, and leaving it keeps what was filled in.
"""

from collections.abc import Callable, Sequence
from typing import ClassVar

from rich.cells import cell_len
from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Input, Static

from store.errors import ConflictError
from tui.commands.form_keys import FIELD_COMMANDS, FORM_COMMANDS
from tui.commands.registry import shown_keys
from tui.dialogs.form_help import form_help_window
from tui.dialogs.form_rows import LABEL_WIDTH, SAVES, FormRows
from tui.dialogs.picker import Picker, PickerRow
from tui.dialogs.window import Avoided, Part, Window
from tui.draw.phrases import capital
from tui.draw.placement import Lines
from tui.draw.styles import said
from tui.messages import KeysAwaited, RowChosen, RowMoved
from tui.session.form import Among, Choice, Field, Form, Way
from tui.widgets import field as line

LEAST_FIELDS = 3
LEAST_NAME = 8
_PLACE = 6
"""The cells of the place among the offers, after a value."""
_BORDER = 10
"""The cells of a border around its name and its count."""
HELP = 3
"""Lines of the help on a field, at least."""

_OF_FIELD = {key: command.id for command in FIELD_COMMANDS for key in command.keys}
"""The actions of keys while no line is typed in."""
HELP_KEY = next(shown_keys(one) for one in FIELD_COMMANDS if one.id == "help")

Read = Callable[[Field, str], Choice | Among]
"""Reads what was typed in a field; raises a `ConflictError`. Runs in the background."""

Rows = Callable[[Field, str], Sequence[PickerRow]]
"""The rows among which a field's value is chosen, for what was typed. Runs in the background."""


def _whole(one: Choice) -> str:
    """The first line of why a value is offered, else the value."""
    return one.why.partition("\n")[0] if "\n" in one.why else one.shown


Ask = Callable[
    [Callable[[], object], Callable[[object], None], Callable[[ConflictError], None]], None
]
"""Asks a question in the background: given it, what to do with the answer, or with an error."""


class FormWindow(Window[bool]):
    """A form over the lists; the answer is True to save, False if it was left.

    `read` reads what is typed, `rows` finds what can be chosen; both are asked in the
    background by `ask`.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(key, command.id, command.label, show=False, priority=True)
        for command in FORM_COMMANDS
        for key in command.keys
    ]

    def __init__(
        self,
        name: str,
        form: Form,
        *,
        tail: str = "",
        summary: Callable[[], str],
        read: Read,
        rows: Rows,
        ask: Ask,
        beside: Avoided | None = None,
        typing: Callable[[str], None] = lambda _: None,
    ) -> None:
        """`tail` follows the name, which is cut for it; `summary` says in a line what is saved.

        `beside` gives the regions that the window does not cover; `typing` is told the draft.
        """
        super().__init__(name + tail, beside)
        self._head, self._tail = name, tail
        self._told_draft = form.draft()
        self._tell_draft = typing
        self.form = form
        self._read = read
        self._found = rows
        self._ask = ask
        self._summary = summary
        self._list = FormRows(form, summary)
        self._about = Static("", markup=False, id="about")
        self._line = line.Field("", placeholder="", id="form-line")
        self._typing: Field | None = None
        self._unmoved = False
        """True after a key that needs a field, on the row that saves."""

    def compose(self) -> ComposeResult:
        """The fields, the line to type in, and the help on the current field."""
        with self._box:
            yield self._list
            yield self._line
            yield self._about

    def on_mount(self) -> None:
        """Show the fields."""
        self._refresh()
        self._list.focus()

    def on_descendant_focus(self) -> None:
        """Note that the window, or the line in it, has the focus."""
        self._release()

    def parts(self, width: int) -> Sequence[Part]:
        """The fields, the line and the help."""
        told = sum(len(said(words).wrap(width)) for words in self._told())
        return [
            Part(self._list, Lines(len(self.form.fields) + 1, LEAST_FIELDS)),
            Part(self._line, Lines(2 if self._typing else 0)),
            Part(self._about, Lines(max(HELP, told))),
        ]

    def relabel(self) -> None:
        """Write the border anew, the name cut before what follows it and the count."""
        around = len(self._tail) + len(self._count_shown) + _BORDER
        room = self._box.outer_size.width - around
        head = said(self._head)
        if LEAST_NAME <= room < head.cell_length:
            head = head.truncate(room, ellipsis=True)
        self._name_shown = head.plain + self._tail
        super().relabel()

    def on_row_moved(self, message: RowMoved) -> None:
        """Follow a click."""
        message.stop()
        self.form.at = message.index
        self._refresh()

    def on_row_chosen(self, message: RowChosen) -> None:
        """Treat a double click as Enter."""
        message.stop()
        self.action_enter()

    # keys

    def on_key(self, event: events.Key) -> None:
        """Type into the field under the cursor, turn its offers, or empty it."""
        one = self.form.field
        action = _OF_FIELD.get(event.key) or _OF_FIELD.get(event.character or "")
        if self._typing is not None:
            return
        if action == "help":
            self.app.push_screen(form_help_window(self._avoided))
        elif one is None:
            self._unmoved = bool(event.is_printable or action)
        elif action == "empty":
            self.form.put(one, None)
        elif action:
            self.form.turn(one, 1 if action == "turn(1)" else -1)
        elif event.is_printable and event.character:
            self._edit(one, event.character)
        else:
            return
        event.stop()
        event.prevent_default()
        self._refresh()

    def action_move(self, by: int) -> None:
        """Go to another field; what is being typed is read first."""
        if self._typing is not None:
            self._accept(by)
            return
        self._unmoved = False
        self.form.move(by)
        self._refresh()

    def action_enter(self) -> None:
        """Take what is offered, accept what was typed, change a value, or save."""
        if self._typing is not None:
            self._accept(0)
            return
        form = self.form
        one = form.field
        if one is None:
            self._save()
        elif not form.take():
            typed = one.words if one.unread or one.way is Way.TYPED else ""
            self._edit(one, typed)
        self._refresh()

    def action_leave(self) -> None:
        """Leave the line that is typed in, else the window; nothing is lost."""
        if self._typing is not None:
            self._end_typing()
        else:
            self.dismiss(False)

    # filling in a field

    def _edit(self, one: Field, typed: str) -> None:
        one.error = ""
        if one.way is Way.CHOSEN:
            self._choose(one, typed)
            return
        self._typing = one
        self.entered = False  # further keys are for the line
        self._line.value = typed
        self.fit()  # the line is in view before it gets the focus
        self._line.focus()
        self._line.cursor_position = len(typed)

    def _choose(self, one: Field, typed: str) -> None:
        def chosen(pick: PickerRow | None) -> None:
            if pick is not None and isinstance(pick.value, Choice):
                self.form.put(one, pick.value)
                self.form.go_on()
            self._release()
            self._refresh()

        def found(rows: object) -> None:
            window = Picker(
                one.label.capitalize(),
                lambda words: self._found(one, words),
                ask=one.help,
                typed=typed,
                look_up=self._look_up,
                first=rows,  # type: ignore[arg-type]
                beside=self._avoided,
            )
            self.app.push_screen(window, chosen)

        def failed(error: ConflictError) -> None:
            one.error = error.message
            self._release()
            self._refresh()

        self.entered = False  # further keys are for the window
        self._ask(lambda: self._found(one, typed), found, failed)

    def _look_up(
        self,
        find: Callable[[], Sequence[PickerRow]],
        show: Callable[[Sequence[PickerRow]], None],
        fail: Callable[[ConflictError], None],
    ) -> None:
        self._ask(find, lambda found: show(found), fail)  # type: ignore[arg-type]

    def _accept(self, by: int) -> None:
        """Read what was typed; where it means nothing the line stays, with the reason."""
        one, text = self._typing, self._line.value
        assert one is not None
        if not text.strip():
            self.form.put(one, None)
            self._end_typing()
            self.form.move(by)
            self._refresh()
            return

        def take(choice: Choice) -> None:
            self.form.put(one, choice._replace(typed=text))
            self._end_typing()
            if by:
                self.form.move(by)
            else:
                self.form.go_on()
            self._refresh()

        def read(found: object) -> None:
            if isinstance(found, Among):
                self._choose_among(found, take)
            elif isinstance(found, Choice):
                take(found)

        def failed(error: ConflictError) -> None:
            one.error = ": ".join(part for part in (error.message, error.hint) if part)
            self._release()
            self._refresh()

        self.entered = False
        self._ask(lambda: self._read(one, text), read, failed)

    def _choose_among(self, found: Among, take: Callable[[Choice], None]) -> None:
        """Let the person choose what the typed words mean; leaving it goes back to the line."""
        rows = [PickerRow(_whole(one), aside, one.why, one) for one, aside in found.choices]

        def narrowed(typed: str) -> Sequence[PickerRow]:
            wanted = typed.strip().casefold()
            return [row for row in rows if wanted in f"{row.title} {row.about}".casefold()]

        def chosen(pick: PickerRow | None) -> None:
            if pick is not None and isinstance(pick.value, Choice):
                take(pick.value)
            self._release()
            self._refresh()

        window = Picker(found.name, narrowed, ask="type to narrow", beside=self._avoided)
        self.app.push_screen(window, chosen)

    def _release(self) -> None:
        """Let the keys typed meanwhile go on."""
        self.entered = True
        self.post_message(KeysAwaited())

    def _end_typing(self) -> None:
        self._typing = None
        self._line.display = False
        self.entered = False
        self._list.focus()
        self._refresh()

    def _save(self) -> None:
        missing = self.form.missing
        if missing is None:
            self.dismiss(True)
            return
        self.form.at = self.form.fields.index(missing)
        if not missing.unread:
            missing.error = missing.error or f"needed: {missing.help}"

    def _refresh(self) -> None:
        if not self.is_attached:
            return
        form = self.form
        fields = form.fields
        form.at = min(form.at, len(fields))
        self._list.set_rows(len(fields) + 1, cursor=form.at)
        self._count_shown = f"{min(form.at + 1, len(fields))}/{len(fields)}"
        self._about.update(Content("\n").join(said(words) for words in self._told()))
        self._keep_draft()
        self.fit()

    def _keep_draft(self) -> None:
        """Tell the words that were filled in, if they are others than before."""
        if (draft := self.form.draft()) != self._told_draft:
            self._told_draft = draft
            self._tell_draft(draft)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Keep what is typed with its field, until it is read."""
        event.stop()
        if self._typing is not None:
            self._typing.unread = event.value
            self._keep_draft()

    def _told(self) -> Sequence[str]:
        """The help on the current field, and the keys."""
        one = self.form.field
        if self._typing is not None:
            why = self._typing.error or self._typing.help
            return (f"{capital(why)}.", "Enter accepts · Esc leaves the line")
        if one is None:
            keys = f"↑ goes back to the fields · Esc keeps a draft · {HELP_KEY} keys"
            if self._unmoved:
                return ("Nothing was typed: this row saves, and ↑ goes to a field.", keys)
            if self.form.missing is not None:
                return (f"Enter goes to it · {keys}",)
            whole = self._summary()
            is_cut = len(SAVES) + cell_len(whole) > self._list.size.width
            return (*((f"{capital(whole)}.",) if is_cut else ()), keys)
        why = one.offer.why if one.offer and one.offer.why else one.help
        shown = one.taken or one.offer
        if shown and cell_len(shown.shown) > self._list.size.width - LABEL_WIDTH - _PLACE:
            why = f"{shown.shown} – {why}"
        if one.error:
            return (f"{capital(one.error)}.", "Enter corrects it · Esc keeps a draft")
        if one.unread:
            return (f"{capital(one.help)}.", "Typed before: Enter goes on with it")
        other = " · ← → others" if one.place else ""
        takes = "Enter takes it" if one.offer else "Enter or a letter fills it"
        keys = f"{takes}{other} · ↓ passes over · Esc keeps a draft · {HELP_KEY} keys"
        return (f"{capital(why)}.", keys)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Accept the line."""
        event.stop()
