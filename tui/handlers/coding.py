"""Coding by keyboard: select words of an article, and claim by them."""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from store.coding.draft import SelectedSpan
from store.coding.offered_claim import OfferedClaim
from store.coding.offers import SentenceOffers
from store.coding.spans import Unit
from store.coding.typed_chain import Chain
from store.coding.typed_values import NEW_MARK
from store.model.change import Change
from store.model.records import Claim
from store.model.text import text_hash
from store.model.vocabulary import Stance
from store.queries.subjects import SelectedWords, SubjectRow
from tui.commands.registry import VIEWS, key_of
from tui.dialogs.form import FormWindow
from tui.dialogs.picker import PickerRow
from tui.handlers.change_queue import ChangeQueue
from tui.handlers.compare import ComparingScreen
from tui.handlers.drafts import DraftKeeper
from tui.handlers.quoted import coded
from tui.handlers.screen_protocol import GoTo, opened
from tui.handlers.windows import Windows
from tui.panes.selection import TextSelection
from tui.session.claim_form import (
    chain_choice,
    claim_form,
    draft_of,
    kind_choices,
    read_field,
    stance_choice,
    subject_choice,
    type_choices,
)
from tui.session.claim_words import NEW, claim_words, draft_words, save_words
from tui.session.coding import Coder
from tui.session.drafts import Draft
from tui.session.form import Choice, Field, Form
from tui.session.trail import ALL


class _Asked(NamedTuple):
    """The answers of the case about selected words, before the form opens."""

    selected: SelectedWords
    offers: SentenceOffers
    subjects: Sequence[SubjectRow]
    words: Mapping[OfferedClaim, str]
    made: Sequence[Claim]
    draft: Draft | None


class CodingHandler:
    """Selects words, and opens the form of a claim by them."""

    def __init__(
        self,
        screen: ComparingScreen,
        go: GoTo,
        changes: ChangeQueue,
        windows: Windows,
        kept: DraftKeeper,
    ) -> None:
        """`kept` has the drafts that a kill does not take."""
        self.screen = screen
        self._go = go
        self._kept = kept
        self.selection = TextSelection(screen.article)
        self._changes = changes
        self._windows = windows
        self._drafts: dict[str, Form] = {}
        self._latest: tuple[str, int | None] = ("", None)
        """The subject claimed about last, and the event that was at hand then."""

    def actions(self) -> dict[str, Callable[[str], None]]:
        """The actions of its commands, by command id."""
        steps = {
            f"select.{unit}.{name}": self._step(unit, by)
            for unit in Unit
            for name, by in (("next", 1), ("previous", -1))
        }
        return {"select": lambda _: self.select(), "claim": lambda _: self.claim(), **steps}

    def select(self) -> None:
        """Select the sentence at the cursor, or the next wider unit."""
        if self.screen.article.view is None:
            self.screen.say("There is no article to select in.")
            return
        if self.screen.pane != "article":
            self.screen.focus_pane("article")
        if not self.selection.begin():
            self.screen.say("This article has no words to select.")
            return
        self.screen.retell()

    def leave(self) -> bool:
        """End the selection; False if there is none."""
        if not self.selection.active:
            return False
        self.selection.clear()
        self.screen.retell()
        return True

    def walk(self, by: int) -> None:
        """Select the next or previous sentence instead of what is selected."""
        if not self.selection.walk(by):
            end = "last" if by > 0 else "first"
            self.screen.say(f"This is the {end} sentence.")
        self.screen.retell()

    def _step(self, unit: Unit, by: int) -> Callable[[str], None]:
        def step(_: str) -> None:
            if self.selection.active:
                self.selection.extend(unit, by)
            else:
                self.screen.say(f"Nothing is selected: {key_of('select')} selects.")

        return step

    # claims

    def claim(self) -> None:
        """Open the form of a claim by the selected words, or by the passage at the cursor."""
        view = self.screen.article.view
        if view is None or self._changes.refused:
            return
        span, passage = self._here()
        if span is None:
            self.screen.say(f"Select the words first, with {key_of('select')}.")
            return
        coder = Coder(opened(self.screen))
        event = self.screen.event.row.n if self.screen.event else None
        subject, at_hand = self._latest
        latest = subject if event == at_hand else ""

        def ask() -> _Asked:
            words = coder.words(span)
            selected = SelectedWords(view.n, span.start, words, event, latest)
            offers = coder.offers(words, span)
            return _Asked(
                selected,
                offers,
                coder.subjects(selected, ""),
                {one: claim_words(coder, one) for one in offers.claims},
                coder.claims_of(passage),
                self._kept.read(_place(span, words)),
            )

        self._windows.ask(ask, lambda asked: self._open(coder, span, passage, asked))

    def _here(self) -> tuple[SelectedSpan | None, str]:
        """The span to claim by, and the id of its passage if there is one."""
        view = self.screen.article.view
        assert view is not None
        span = self.selection.span()
        if span is None:
            mark = self.screen.article.mark_here()
            if mark is None:
                return None, ""
            return SelectedSpan(view.id, mark.start, mark.end, mark.in_title), mark.id
        same = (
            mark.id
            for mark in view.marks
            if (mark.start, mark.end, mark.in_title) == (span.start, span.end, span.in_title)
        )
        return span, next(same, "")

    def _open(self, coder: Coder, span: SelectedSpan, passage: str, asked: _Asked) -> None:
        place = _place(span, asked.selected.words)
        form = self._drafts.pop(place, None)
        if form is None:
            form = claim_form(asked.subjects, asked.offers, asked.words, asked.made)
            form.go_on_with(asked.draft.text if asked.draft else "")

        def rows(field: Field, typed: str) -> Sequence[PickerRow]:
            return field_rows(coder, asked.selected, field, typed)

        def closed(saved: bool | None) -> None:
            if saved:
                self._save(coder, span, passage, asked.selected, form)
            else:
                self._drafts[place] = form
                self._kept.save()
                self.screen.say(f"The claim is kept as a draft: {key_of('claim')} goes on with it.")

        self._windows.show(
            FormWindow(
                "Add a claim",
                form,
                summary=lambda: save_words(form),
                read=lambda field, text: read_field(coder, span, form, field, text),
                rows=rows,
                ask=self._windows.ask_for_form,
                beside=coded(self.screen),
                typing=self._kept.typing(place),
            ),
            closed,
        )

    def _save(
        self, coder: Coder, span: SelectedSpan, passage: str, selected: SelectedWords, form: Form
    ) -> None:
        place = _place(span, selected.words)

        def failed(why: str) -> None:
            self._drafts[place] = form
            self._kept.typing(place)(form.draft())
            self.screen.say(f"Not saved, kept as a draft: {why}.")

        words, draft = draft_words(form), draft_of(form)
        claim = coder.claim(draft, span, passage, selected.words, f"claim: {words}")

        new: list[str] = []

        def act(by: str, at: str) -> Change:
            change = claim(by, at)
            claimed = [edit.after for edit in change.edits if isinstance(edit.after, Claim)]
            if claimed:
                self._latest = claimed[0].subject, selected.event
            new[:] = [edit.id for edit in change.edits if edit.table == "events"]
            return change

        saved = self._kept.dropping(place)
        self._kept.saving(place)
        told = f"Claimed: {words}. {key_of('undo')} undoes."

        def then() -> None:
            if new:
                self._go_to_new(coder, new[0], selected.event, told)

        self._changes.do(act, told, failed, saved=saved, then=then)

    def _go_to_new(self, coder: Coder, id: str, at_hand: int | None, told: str) -> None:
        """Go to the event that a claim made, unless somebody has gone elsewhere meanwhile."""
        screen = self.screen
        filters = opened(screen).location.filter

        def go(found: tuple[int, bool] | None) -> None:
            here = screen.event.row.n if screen.event else None
            if found is None or screen.pane in VIEWS or here not in (at_hand, None):
                return
            number, hidden = found
            asked = ALL if hidden else opened(screen).location.filter
            self._go(event=number, article=None, passage=None, filter=asked)
            if hidden:
                screen.say(f"{told} The filters hid the event and were removed.")

        screen.questions.ask("new event", lambda: coder.listed(id, filters), go, screen.fail)


def _place(span: SelectedSpan, words: str) -> str:
    """The name of the draft of a claim by these words, which no others there continue."""
    where = f"{span.start} {span.end}{' title' * span.in_title}"
    return f"claim {span.article} {where} {text_hash(words)}"


def field_rows(
    coder: Coder, selected: SelectedWords, field: Field, typed: str
) -> Sequence[PickerRow]:
    """The values of a field among which one chooses, for what was typed. Asks the case."""
    match field.key:
        case "subject":
            title = " ".join(typed.removeprefix(NEW_MARK).split())
            new = f"a new event{f': {title}' if title else ''}"
            rows = [
                PickerRow(one.title, one.aside, one.why, subject_choice(one))
                for one in coder.subjects(selected, typed)
            ]
            choice = Choice("a new event", NEW, typed=title)
            made = PickerRow(new, "new", "make a new event", choice)
            return [*rows, made]
        case "type":
            return _matching(type_choices(), typed)
        case "kind":
            return [PickerRow(one.shown, "", one.why, one) for one in kind_choices(typed)]
        case "stance":
            return _matching([stance_choice(stance) for stance in Stance], typed)
        case "chain":
            return [
                PickerRow(one.shown, "", why, chain_choice(one, why))
                for one in coder.chains(typed)
                for why in (_why(one),)
            ]
        case _:
            return ()


def _why(chain: Chain) -> str:
    if chain.speaker:
        return "a speaker in words, equal to no other"
    return "a new source; its kind after a comma" if chain.made else "a source of the case"


def _matching(choices: Sequence[Choice], typed: str) -> list[PickerRow]:
    wanted = typed.strip().lower()
    return [
        PickerRow(one.shown, "", one.why, one) for one in choices if wanted in one.shown.lower()
    ]
