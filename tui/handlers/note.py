"""Notes: written in an editor, kept as a draft while they are written.

The drafts of private notes have places of their own, so that none comes back as another.
"""

import os

import msgspec
from textual.app import SuspendNotSupported

from store.model import changes
from store.model.change import Change
from store.model.judgements import Note
from tui.handlers.change_queue import Act, ChangeQueue, QueuedChange
from tui.handlers.compare import ComparingScreen
from tui.handlers.drafts import KEPT, DraftKeeper, draft_words
from tui.handlers.quoted import quoted
from tui.handlers.screen_protocol import opened
from tui.handlers.windows import Windows
from tui.session.drafts import Draft
from tui.session.outside_editor import Edited, edited
from tui.session.settings import state_folder


class NoteWriter:
    """Writes a new note about a record, or another text for one."""

    def __init__(
        self, screen: ComparingScreen, changes: ChangeQueue, windows: Windows, drafts: DraftKeeper
    ) -> None:
        self.screen = screen
        self._changes = changes
        self._windows = windows
        self._drafts = drafts

    def write(self, about: str, before: Note | None, *, private: bool = False) -> None:
        """Open the editor on a new note about a record, or on the one from `before`.

        A new one is `private` if that is asked for, or if its draft is.
        """
        place = before.id if before else about
        session = opened(self.screen)
        marked = private or bool(before and before.private)

        def drafts() -> tuple[str, Draft | None, Draft | None]:
            open_, hidden = (self._drafts.read(_place(place, private=of)) for of in (False, True))
            return session.title(about) or about, open_, hidden

        def open_editor(found: tuple[str, Draft | None, Draft | None]) -> None:
            name, open_, hidden = found
            draft = hidden or open_
            typed, why = (draft.text, draft_words(draft)) if draft else ("", "")
            is_private = bool(hidden) or (marked and not open_) or private
            self._write(about, name, before, typed, why, private=is_private)

        if not self._changes.refused:
            self._windows.ask(drafts, open_editor)

    def turn(self, before: Note) -> Act:
        """The act that makes a note private, or not private any more."""
        after = msgspec.structs.replace(before, private=not before.private)
        why = "make note private" if after.private else "make note no longer private"
        return lambda by, at: changes.add_or_replace(before, after, why, by, at)

    def _write(
        self,
        about: str,
        name: str,
        before: Note | None,
        typed: str = "",
        why: str = "",
        *,
        private: bool = False,
    ) -> None:
        """Open the editor; `typed` is text that is not saved yet, `why` says why."""
        was = before.text if before else ""
        was_private = bool(before and before.private)
        draft = _NoteDraft(self._drafts, before.id if before else about, private=private)

        def changed() -> bool:
            return window.text != was or (bool(before) and window.private != was_private)

        def act(text: str) -> QueuedChange:
            def failed(why: str) -> None:
                draft.keep(text, private=window.private)
                self._write(about, name, before, text, f"Not saved: {why}", private=window.private)

            return self._changes.act(
                lambda by, at: _noted(about, name, text, before, by, at, private=window.private),
                "Private note saved." if window.private else "Note saved.",
                failed,
                text,
                draft.drop,
            )

        def unkept() -> QueuedChange | None:
            return act(window.text) if window.text.strip() and changed() else None

        def closed(text: str | None) -> None:
            del self._changes.writing[window]
            if text is None and window.text.strip() and changed():
                self._drafts.save()
                self.screen.say(KEPT)
            elif text is None or not changed() or not text.strip():
                draft.drop()
                self.screen.say("Nothing was written." if not was else "The note is unchanged.")
            else:
                draft.save()
                self._changes.start(act(text))

        from tui.dialogs.note_editor import NoteEditor  # with the text area: after the first frame

        window = NoteEditor(
            name,
            typed or was,
            why,
            quoted(self.screen),
            lambda text: draft.keep(text, private=window.private),
            private=private,
            outside=self._outside,
        )
        self._changes.writing[window] = unkept
        self.screen.app.push_screen(window, closed)

    def _outside(self, text: str) -> Edited:
        """Let the user edit a text in another program; its draft is on the disk before."""
        self._drafts.finish()
        try:
            return edited(self.screen.app.suspend, text, os.environ, state_folder())
        except SuspendNotSupported:
            return Edited(text, "No editor can be started in this terminal.")


class _NoteDraft:
    """The draft of a note, which goes to another place when the note is made private, or not."""

    def __init__(self, drafts: DraftKeeper, on: str, *, private: bool) -> None:
        self._drafts = drafts
        self._places = [_place(on, private=of) for of in (False, True)]
        self._keeping = list(map(drafts.typing, self._places))
        self._dropping = list(map(drafts.dropping, self._places))
        self._private = private

    def keep(self, text: str, *, private: bool) -> None:
        """Keep the text as it is typed."""
        if private != self._private:
            self._dropping[self._private]()
            self._private = private
        self._keeping[private](text)

    def save(self) -> None:
        """Offer it no more, as its text is being saved."""
        self._drafts.saving(*self._places)

    def drop(self) -> None:
        """Drop it, wherever it is."""
        for drop in self._dropping:
            drop()


def _place(on: str, *, private: bool) -> str:
    return f"{'private ' if private else ''}note {on}"


def _noted(
    about: str, named: str, text: str, before: Note | None, by: str, at: str, *, private: bool
) -> Change:
    if before is None:
        made = changes.note(about, text, by, at, private=private)
        return changes.add_or_replace(None, made, f"note on {named}", by, at)
    after = msgspec.structs.replace(before, text=text, by=by, at=at, private=private)
    return changes.add_or_replace(before, after, f"edit note on {named}", by, at)
