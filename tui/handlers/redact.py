"""Redaction of words in the record under the cursor, for good."""

from collections.abc import Sequence

from tui.handlers.annotate import Annotator
from tui.handlers.case_handler import CaseHandler
from tui.handlers.change_queue import ChangeQueue, Failed, QueuedChange
from tui.handlers.compare import ComparingScreen
from tui.handlers.reason_prompt import ReasonPrompt, ReasonStep
from tui.handlers.screen_protocol import opened
from tui.handlers.windows import Windows
from tui.session.redaction import RedactionOutcome, near_lines


class RedactHandler(CaseHandler):
    """Says what will be lost and that this cannot be undone, asks why, and redacts."""

    def __init__(
        self,
        screen: ComparingScreen,
        annotator: Annotator,
        reasons: ReasonPrompt,
        windows: Windows,
        changes: ChangeQueue,
    ) -> None:
        super().__init__(screen, annotator, reasons, windows)
        self._changes = changes

    def redact(self, words: str) -> None:
        """Redact words in the event, article, actor, source or claim that the cursor is on."""
        if not words:
            self.screen.say("Type the exact words: :redact WORDS")
            return
        about = self._annotator.on()
        if not about or self._reasons.refused:
            return
        session = opened(self.screen)
        self._windows.ask(
            lambda: (self._annotator.named(about), session.fields_with(about, words)),
            lambda found: self._confirm(about, words, *found),
        )

    def _confirm(self, about: str, words: str, name: str, fields: Sequence[str]) -> None:
        """Say which fields change for good, and ask for the reason."""

        def begin(reason: str, failed: Failed) -> None:
            self._changes.start(
                QueuedChange(
                    lambda session: session.redact(about, words, reason), self._done, failed
                )
            )

        told = (
            name,
            f"A hash will replace these words in its {' and '.join(fields)}, in"
            " the log and in the older snapshots.",
            "This cannot be undone.",
        )
        self._reasons.ask(ReasonStep("Redact these words", told, begin))

    def _done(self, answer: tuple[RedactionOutcome, str]) -> None:
        outcome, where = answer
        self.screen.refresh_all()
        if outcome.error is not None:
            self.screen.fail(outcome.error)
            self.screen.retell()
            return
        fields = [" ".join(one).strip() for one in outcome.fields]
        still = _listed("They remain in", fields, TOLD)
        near = _listed("To be decided on:", list(near_lines(outcome.near)), TOLD_NEAR)
        places = _listed("Also in", list(outcome.places), TOLD_NEAR)
        self.screen.say(" ".join(filter(None, ("Words redacted.", still, near, places, where))))


TOLD, TOLD_NEAR = 3, 2
"""Fields that are named in which the words still stand, or nearly; the others are counted."""


def _listed(begin: str, places: Sequence[str], most: int) -> str:
    """Name the first places in a sentence, and count the others; empty without any."""
    if not places:
        return ""
    more = len(places) - most
    left = [f"{more:,} more"] if more > 0 else []
    return f"{begin} {', '.join([*places[:most], *left])}."
