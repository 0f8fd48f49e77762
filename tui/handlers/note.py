"""Notes: written in an editor, kept as a draft while they are written."""

import msgspec

from store.model import changes
from store.model.change import Change
from store.model.judgements import Note
from tui.handlers.change_queue import ChangeQueue, QueuedChange
from tui.handlers.compare import ComparingScreen
from tui.handlers.drafts import KEPT, DraftKeeper, draft_words
from tui.handlers.quoted import quoted
from tui.handlers.screen_protocol import opened
from tui.handlers.windows import Windows
from tui.session.drafts import Draft


class NoteWriter:
    """Writes a new note about a record, or another text for one."""

    def __init__(
        self, screen: ComparingScreen, changes: ChangeQueue, windows: Windows, drafts: DraftKeeper
    ) -> None:
        self.screen = screen
        self._changes = changes
        self._windows = windows
        self._drafts = drafts

    def write(self, about: str, before: Note | None) -> None:
        """Open the editor on a new note about a record, or on the one from `before`."""
        place = f"note {before.id if before else about}"
        session = opened(self.screen)

        def open_editor(found: tuple[str, Draft | None]) -> None:
            name, draft = found
            if draft is None:
                self._write(about, name, before, place)
            else:
                self._write(about, name, before, place, draft.text, draft_words(draft))

        if not self._changes.refused:
            self._windows.ask(
                lambda: (session.title(about) or about, self._drafts.read(place)), open_editor
            )

    def _write(
        self,
        about: str,
        name: str,
        before: Note | None,
        place: str,
        typed: str = "",
        why: str = "",
    ) -> None:
        """Open the editor; `typed` is text that is not saved yet, `why` says why."""
        was = before.text if before else ""
        dropped = self._drafts.dropping(place)

        def act(text: str) -> QueuedChange:
            return self._changes.act(
                lambda by, at: _noted(about, name, text, before, by, at),
                "Note saved.",
                lambda why: self._write(about, name, before, place, text, f"Not saved: {why}"),
                text,
                dropped,
            )

        def unkept() -> QueuedChange | None:
            return act(window.text) if window.text.strip() and window.text != was else None

        def closed(text: str | None) -> None:
            del self._changes.writing[window]
            if text is None and window.text.strip() and window.text != was:
                self._drafts.save()
                self.screen.say(KEPT)
            elif text is None or text == was or not text.strip():
                dropped()
                self.screen.say("Nothing was written." if not was else "The note is unchanged.")
            else:
                self._changes.start(act(text))

        from tui.dialogs.editor import Editor  # with the text area: after the first frame

        typing = self._drafts.typing(place)
        window = Editor(f"Note on {name}", typed or was, why, quoted(self.screen), typing)
        self._changes.writing[window] = unkept
        self.screen.app.push_screen(window, closed)


def _noted(about: str, named: str, text: str, before: Note | None, by: str, at: str) -> Change:
    if before is None:
        return changes.add_or_replace(
            None, changes.note(about, text, by, at), f"note on {named}", by, at
        )
    after = msgspec.structs.replace(before, text=text, by=by, at=at)
    return changes.add_or_replace(before, after, f"edit note on {named}", by, at)
