"""Correction of a claim in the form in which it is made."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from store.coding.draft import SelectedSpan
from store.errors import RefusedChange
from store.model.records import Claim
from store.queries.subjects import SelectedWords
from tui.commands.registry import key_of
from tui.dialogs.form import FormWindow
from tui.dialogs.picker import Picker, PickerRow
from tui.handlers.change_queue import ChangeQueue
from tui.handlers.coding import field_rows
from tui.handlers.compare import ComparingScreen
from tui.handlers.drafts import DraftKeeper
from tui.handlers.quoted import coded
from tui.handlers.screen_protocol import opened
from tui.handlers.windows import Windows
from tui.session.claim_edit import claim_edit_form
from tui.session.claim_form import draft_of, read_field
from tui.session.claim_words import claim_words, draft_words, save_words
from tui.session.coding import Coder
from tui.session.drafts import Draft
from tui.session.form import Form


class _Asked(NamedTuple):
    """A claim to correct, where it is made, its form, what rests on it, and a draft."""

    claim: Claim
    span: SelectedSpan
    selected: SelectedWords
    form: Form
    words: str
    rests: str
    draft: Draft | None


class ClaimEditor:
    """Opens the form of a claim as it is, and saves what was corrected."""

    def __init__(
        self, screen: ComparingScreen, changes: ChangeQueue, windows: Windows, kept: DraftKeeper
    ) -> None:
        """`kept` has the drafts that a kill does not take."""
        self.screen = screen
        self._changes = changes
        self._windows = windows
        self._kept = kept
        self._drafts: dict[Claim, Form] = {}

    def edit(self, id: str) -> None:
        """Open the form of the claim with this id."""
        coder = Coder(opened(self.screen))
        self._windows.ask(lambda: self._asked(coder, id), lambda asked: self._open(coder, asked))

    def choose(self, passage: str, article: str, edit_article: Callable[[str], None]) -> None:
        """Choose among the claims by a passage, and its article; without claims take that."""
        coder = Coder(opened(self.screen))

        def rows() -> Sequence[PickerRow]:
            return [
                PickerRow(claim_words(coder, one), coder.title(one.subject), "the claim", one.id)
                for one in coder.claims_of(passage)
            ]

        def chosen(pick: PickerRow) -> None:
            picked = str(pick.value)
            (edit_article if picked == article else self.edit)(picked)

        def offer(found: Sequence[PickerRow]) -> None:
            if not found:
                edit_article(article)
                return
            last = PickerRow("the article", "", "title, publisher, time, language", article)

            def matching(typed: str) -> Sequence[PickerRow]:
                wanted = typed.strip().lower()
                return [one for one in (*found, last) if wanted in one.title.lower()]

            ask = "a claim by these words, or the article"
            picker = Picker("Edit", matching, ask=ask, beside=coded(self.screen))
            self._windows.open(picker, chosen)

        self._windows.ask(rows, offer)

    def _asked(self, coder: Coder, id: str) -> _Asked | None:
        found = coder.claim_at(id)
        if found is None:
            return None
        claim, span, selected = found
        try:
            rests = opened(self.screen).resting(id).counts
        except RefusedChange as error:
            rests = error.message
        draft = self._kept.read(f"edit {id}")
        form = claim_edit_form(coder, claim)
        return _Asked(claim, span, selected, form, claim_words(coder, claim), rests, draft)

    def _open(self, coder: Coder, asked: _Asked | None) -> None:
        if asked is None:
            self.screen.say("The claim is gone: it was withdrawn meanwhile.")
            return
        form = self._drafts.pop(asked.claim, None)
        if form is None:
            form = asked.form
            form.go_on_with(asked.draft.text if asked.draft else "")

        def closed(saved: bool | None) -> None:
            if saved:
                self._save(coder, asked, form)
            elif form.draft():
                self._drafts[asked.claim] = form
                self._kept.save()
                self.screen.say("The edit is kept as a draft; edit again to go on with it.")

        self._windows.show(
            FormWindow(
                f"Edit claim – {asked.words}",
                form,
                tail=f" · with {asked.rests}" if asked.rests else "",
                summary=lambda: save_words(form),
                read=lambda field, text: read_field(coder, asked.span, form, field, text),
                rows=lambda field, typed: field_rows(coder, asked.selected, field, typed),
                ask=self._windows.ask_for_form,
                beside=coded(self.screen),
                typing=self._kept.typing(f"edit {asked.claim.id}"),
            ),
            closed,
        )

    def _save(self, coder: Coder, asked: _Asked, form: Form) -> None:
        words, place = draft_words(form), f"edit {asked.claim.id}"

        def failed(why: str) -> None:
            self._drafts[asked.claim] = form
            self._kept.typing(place)(form.draft())
            self.screen.say(f"Not saved, kept as a draft: {why}.")

        act = coder.correction(draft_of(form), asked.span, asked.claim, f"correct claim: {words}")
        saved = self._kept.dropping(place)
        self._kept.saving(place)
        said = f"Corrected: {words}. {key_of('undo')} undoes."
        self._changes.do(act, said, failed, saved=saved)
