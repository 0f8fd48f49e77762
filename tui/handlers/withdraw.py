"""Withdrawal of the record under the cursor, with all that depends on it."""

from collections.abc import Sequence

from store.model.withdraw import Dependents
from tui.commands.registry import key_of
from tui.dialogs.picker import Picker, PickerRow
from tui.handlers.case_handler import CaseHandler
from tui.handlers.quoted import quoted
from tui.handlers.screen_protocol import opened
from tui.session.marked_rows import Target

_MANY = 200
"""Marked rows beyond which counting takes so long that it is said."""


class WithdrawHandler(CaseHandler):
    """Says what will go, asks why and then if it shall be, and withdraws it in one act."""

    def withdraw(self, reason: str) -> None:
        """Withdraw what the cursor is on; at a passage, first ask: this or its article."""
        session = opened(self.screen)
        target = self._annotator.marks.target()
        if target is not None:
            if target.kind == "evt" or target.kind == "art":
                self._withdraw_marked(target, reason)
            else:
                self.screen.say(f"Events and articles can be withdrawn, not {target.words}.")
            return
        ids = self._here()
        if ids and not self._reasons.refused:
            self._windows.ask(
                lambda: tuple(session.resting(id) for id in ids),
                lambda found: self._choose(found, reason),
            )

    def _withdraw_marked(self, target: Target, reason: str) -> None:
        """Withdraw the marked rows as one act: all of them, or none."""
        session = opened(self.screen)

        def found() -> Dependents | None:
            ids = session.ids_of(target)
            return session.resting(*ids) if ids else None

        def ask(found: Dependents | None) -> None:
            if found is None:
                self._annotator.marks.drop(target)
                self.screen.say("The case has none of the marked rows now.")
            else:
                self._ask(found, reason, target)

        if not self._reasons.refused:
            if len(target.keys) > _MANY:
                self.screen.say(f"Counting what depends on {target.words} …")
            self._windows.ask(found, ask)

    def _here(self) -> tuple[str, ...]:
        """The ids of what the cursor is on; at a passage, those of the passage and its article."""
        screen = self.screen
        if screen.pane == "who":
            node = screen.comparing.tree.node
            if node is None or node.article is None:
                screen.say("Move to an article: an origin cannot be withdrawn here.")
                return ()
            return node.passage_id, node.article_id
        about = self._annotator.on()
        if not about:
            return ()
        mark = screen.article.mark_here() if screen.pane == "article" else None
        return (mark.id, about) if mark else (about,)

    def _choose(self, found: Sequence[Dependents], reason: str) -> None:
        if len(found) == 1:
            self._ask(found[0], reason)
            return
        picks = [
            PickerRow(
                _sentence(one.summary), one.full_title, f"{one.full_title}\n{one.consequences}", one
            )
            for one in found
        ]

        def chosen(pick: PickerRow) -> None:
            assert isinstance(pick.value, Dependents)
            self._ask(pick.value, reason)

        self._windows.open(Picker("Withdraw", lambda _: picks, beside=quoted(self.screen)), chosen)

    def _ask(self, one: Dependents, reason: str, target: Target | None = None) -> None:
        """Say what will go, and ask why; then, and for a reason typed before, if it shall be."""
        session = opened(self.screen)
        back = "brings it back" if one.number == 1 else "brings them back"
        step = self._reasons.step(
            f"Withdraw {target.words}" if target else f"Withdraw this {one.kind}",
            (
                one.full_title,
                f"Withdraw {one.summary}?",
                f"{one.consequences} {key_of('undo')} {back}.".strip(),
            ),
            lambda reason: lambda by, at: session.withdrawal(one.ids, reason, by, at),
            f"Withdrawn: {one.summary}. {key_of('undo')} {back}.",
            f"withdraw {target.words if target else one.ids[0]}",
            lambda: self._withdrawn(target),
            sure=f"Withdraw {one.summary}",
        )
        if reason:
            self._reasons.begin(step, reason)
        else:
            self._reasons.ask(step)

    def _withdrawn(self, target: Target | None) -> None:
        """Take the marks off what was withdrawn. Called in a worker."""
        if target is not None:
            self.screen.screen.call_later(self._annotator.marks.drop, target)


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]
