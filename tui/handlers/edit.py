"""Editing of the record under the cursor, in a form."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from store.coding.editing import EDITABLE
from store.coding.typed_values import NEW_MARK
from store.errors import RefusedChange
from store.model.records import Actor, AnyRecord, Place, Source
from store.model.references import TABLE_OF, references
from store.queries.dependents import naming
from store.queries.search import NamedKind
from tui.dialogs.form import FormWindow
from tui.dialogs.picker import PickerRow
from tui.handlers.annotate import Annotator
from tui.handlers.change_queue import ChangeQueue
from tui.handlers.claim_edit import ClaimEditor
from tui.handlers.compare import ComparingScreen
from tui.handlers.drafts import DraftKeeper
from tui.handlers.quoted import coded
from tui.handlers.screen_protocol import opened
from tui.handlers.windows import Windows
from tui.session.drafts import Draft
from tui.session.editing import editing
from tui.session.form import Choice, Field, Form
from tui.session.record_form import (
    NOTHING,
    changed_values,
    field_of,
    made_records,
    new_choice,
    read_edited,
    record_form,
)

_OF_A_KIND = {NamedKind.SOURCE: "; after a comma its kind: +NAME, monitor"}
"""Words on how the kind of a new record is given."""


NO_CHANGE = "nothing, as nothing is changed yet"


class _Asked(NamedTuple):
    """A record to edit, its title, the names of what it refers to, and what rests on it."""

    record: AnyRecord
    title: str
    names: dict[str, str]
    rests: str
    draft: Draft | None


class EditHandler:
    """Opens the form of a record, or of a claim, and saves what was edited."""

    def __init__(
        self,
        screen: ComparingScreen,
        annotator: Annotator,
        changes: ChangeQueue,
        windows: Windows,
        kept: DraftKeeper,
    ) -> None:
        """`kept` has the drafts that a kill does not take."""
        self.screen = screen
        self._kept = kept
        self._annotator = annotator
        self._claims = ClaimEditor(screen, changes, windows, kept)
        self._changes = changes
        self._windows = windows
        self._drafts: dict[AnyRecord, Form] = {}

    def actions(self) -> dict[str, Callable[[str], None]]:
        """The actions of its commands, by command id."""
        return {"edit": lambda _: self.edit()}

    def edit(self) -> None:
        """Edit the record under the cursor; at a passage, choose: one of its claims, or that."""
        about = self._annotator.on("evt", "act", "src", "art", "plc", "clm")
        if not about or self._changes.refused:
            return
        mark = self.screen.article.mark_here() if self.screen.pane == "article" else None
        if about.startswith("clm"):
            self._claims.edit(about)
        elif mark:
            self._claims.choose(mark.id, about, self._edit)
        else:
            self._edit(about)

    def _edit(self, id: str) -> None:
        self._windows.ask(lambda: self._asked(id), self._open)

    def _asked(self, id: str) -> _Asked | None:
        session = opened(self.screen)
        record = session.held(TABLE_OF[id[:3]], id)
        if record is None or type(record) not in EDITABLE:
            return None
        names = {to: session.title(to) for _, to, _ in references(record)}
        if isinstance(record, Actor | Place | Source):
            rests = f"named by {session.archive.ask(naming, id) or 'nothing'}"
        else:
            try:
                counts = session.resting(id).counts
                rests = f"with {counts}" if counts else ""
            except RefusedChange:  # only an article with a later version cannot be withdrawn
                rests = "with a later version"
        return _Asked(record, session.title(id), names, rests, self._kept.read(f"edit {id}"))

    def _open(self, asked: _Asked | None) -> None:
        if asked is None:
            self.screen.say("This cannot be edited here.")
            return
        record = asked.record
        form = self._drafts.pop(record, None)
        if form is None:
            form = record_form(record, asked.names)
            form.go_on_with(asked.draft.text if asked.draft else "")

        def closed(saved: bool | None) -> None:
            if saved:
                self._save(asked, form)
            elif form.draft():
                self._drafts[record] = form
                self._kept.save()
                self.screen.say("The edit is kept as a draft; edit again to go on with it.")

        self._windows.show(
            FormWindow(
                f"Edit {asked.title}",
                form,
                tail=f" · {asked.rests}" if asked.rests else "",
                summary=lambda: (
                    ", ".join(_changed_labels(record, form)) or "nothing, as nothing is changed yet"
                ),
                read=lambda field, text: read_edited(record, field, text),
                rows=lambda field, typed: self._rows(form, record, field, typed),
                ask=self._windows.ask_for_form,
                beside=coded(self.screen),
                typing=self._kept.typing(f"edit {record.id}"),
            ),
            closed,
        )

    def _rows(self, form: Form, record: AnyRecord, field: Field, typed: str) -> Sequence[PickerRow]:
        one = field_of(record, field.key)
        wanted = typed.strip().lower()
        if one.of is None:
            return [
                PickerRow(words, "", one.help, Choice(words, value))
                for words, value in one.choices
                if wanted in words.lower()
            ]
        name = typed.strip().removeprefix(NEW_MARK).strip()
        found = [
            named for named in opened(self.screen).named(name, one.of) if named.id != record.id
        ]
        taken = form[field.key].taken
        rows = [
            PickerRow(
                named.name,
                named.apart or named.kind,
                one.help,
                _with_another(taken, Choice(named.name, named.id))
                if one.many
                else Choice(named.name, named.id),
            )
            for named in found
        ]
        if name and name.casefold() not in {named.name.casefold() for named in found}:
            made = new_choice(one, name)
            choice = _with_another(taken, made) if one.many else made
            why = "is made with this edit" + _OF_A_KIND.get(one.of, "")
            rows.append(PickerRow(made.shown, f"new {one.of}", why, choice))
        none = Choice(NOTHING, () if one.many else None)
        empty = PickerRow(NOTHING, "", "refers to nothing", none)
        return [*rows, empty] if wanted in NOTHING else rows

    def _save(self, asked: _Asked, form: Form) -> None:
        before = asked.record
        values = changed_values(before, form)
        if not values:
            self.screen.say("Nothing was changed.")
            return
        what = f"{asked.title}: {', '.join(_changed_labels(before, form))}"

        act = editing(opened(self.screen), before, values, what, [*made_records(form)])

        place = f"edit {before.id}"

        def failed(why: str) -> None:
            self._drafts[before] = form
            self._kept.typing(place)(form.draft())
            self.screen.say(f"Not saved, kept as a draft: {why}.")

        saved = self._kept.dropping(place)
        self._kept.saving(place)
        self._changes.do(act, f"Edited {what}.", failed, saved=saved)


def _changed_labels(record: AnyRecord, form: Form) -> list[str]:
    """The labels of the fields that differ from the record."""
    return [form[key].label for key in changed_values(record, form)]


def _with_another(taken: Choice | None, one: Choice) -> Choice:
    """The references of a field with one more."""
    before = taken.value if taken is not None and isinstance(taken.value, tuple) else ()
    if taken is None or not before or one.value in before:
        return Choice(one.shown, (one.value,))
    return Choice(f"{taken.shown}; {one.shown}", (*before, one.value))
