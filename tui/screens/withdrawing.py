"""Withdrawing what the cursor is on, with all that rests on it."""

from collections.abc import Sequence

from store.model.withdrawing import Resting
from tui.commands import key_of
from tui.screens.acting import Ask, Open
from tui.screens.adding import Adding
from tui.screens.overlay import Overlay, Pick
from tui.screens.reasons import Reasons
from tui.screens.stage import Stage, opened


class Withdrawing:
    """Says what goes, asks why, and withdraws it in one act."""

    def __init__(
        self,
        stage: Stage,
        adding: Adding,
        reasons: Reasons,
        open_window: Open,
        ask: Ask,
    ) -> None:
        self.stage = stage
        self._adding = adding
        self._reasons = reasons
        self._open = open_window
        self._ask_first = ask

    def withdraw(self, reason: str) -> None:
        """Withdraw what the cursor is on; of a passage or its article one is chosen first."""
        ids = self._here()
        if ids and not self._reasons.refused:
            desk = opened(self.stage)
            self._ask_first(
                lambda: tuple(desk.resting(id) for id in ids),
                lambda found: self._choose(found, reason),
            )

    def _here(self) -> tuple[str, ...]:
        """The ids of what the cursor is on: in an article its passage, and the article."""
        stage = self.stage
        if stage.pane == "who":
            node = stage.comparing.tree.node
            if node is None or node.article is None:
                stage.say("Move to an article: a root is withdrawn with what rests on it.")
                return ()
            return node.passage_id, node.article_id
        about = self._adding.on()
        if not about:
            return ()
        mark = stage.article.mark_here() if stage.pane == "article" else None
        return (mark.id, about) if mark else (about,)

    def _choose(self, found: Sequence[Resting], reason: str) -> None:
        if len(found) == 1:
            self._ask(found[0], reason)
            return
        picks = [
            Pick(_sentence(one.words), one.called, f"{one.called}\n{one.left}", one)
            for one in found
        ]

        def chosen(pick: Pick) -> None:
            assert isinstance(pick.value, Resting)
            self._ask(pick.value, reason)

        self._open(Overlay("Withdraw", lambda _: picks), chosen)

    def _ask(self, one: Resting, reason: str) -> None:
        """Say what goes, and ask why; with a reason that was typed, it still is to be confirmed."""
        desk = opened(self.stage)
        step = self._reasons.step(
            f"Withdraw this {one.kind}",
            (
                one.called,
                f"Withdraw {one.words}?",
                f"{one.left} {key_of('undo')} brings it back.".strip(),
            ),
            lambda reason: lambda by, at: desk.withdrawal(one.id, reason, by, at),
            f"Withdrawn: {one.words}. {key_of('undo')} brings it back.",
        )
        self._reasons.ask(step, reason)


def _sentence(words: str) -> str:
    return words[:1].upper() + words[1:]
