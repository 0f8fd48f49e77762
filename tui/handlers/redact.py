"""Redaction of words in the record under the cursor, for good."""

from collections.abc import Sequence

from store.model.labels import count_text
from store.model.text_fields import FieldOfRecord
from tui.handlers.annotate import Annotator
from tui.handlers.change_queue import ChangeQueue, Failed, QueuedChange
from tui.handlers.reason_prompt import ReasonPrompt, ReasonStep
from tui.handlers.screen_protocol import ScreenProtocol, opened


class RedactHandler:
    """Says what will be lost and that this cannot be undone, asks why, and redacts."""

    def __init__(
        self, screen: ScreenProtocol, acting: ChangeQueue, adding: Annotator, reasons: ReasonPrompt
    ) -> None:
        self.screen = screen
        self._acting = acting
        self._adding = adding
        self._reasons = reasons

    def redact(self, words: str) -> None:
        """Redact words in the event, article, actor, source or claim that the cursor is on."""
        if not words:
            self.screen.say("Type the words as they stand there: :redact WORDS")
            return
        about = self._adding.on()
        if not about or self._reasons.refused:
            return
        fields = opened(self.screen).fields_with(about, words)

        def begin(reason: str, failed: Failed) -> None:
            self._acting.start(
                QueuedChange(
                    lambda session: session.redact(about, words, reason), self._done, failed
                )
            )

        told = (
            self._adding.named(about),
            f"Its {' and '.join(fields)} will have the hash of these words in their place, as"
            " will the log and the older snapshots.",
            "This cannot be undone.",
        )
        self._reasons.ask(ReasonStep("Redact these words", told, begin))

    def _done(self, answer: tuple[list[FieldOfRecord], str]) -> None:
        others, where = answer
        self.screen.refresh_all()
        self.screen.say(f"Redacted the words. {_still(others)} {where}".strip())


TOLD = 3
"""Fields that are named in which the words still stand; the others are counted."""


def _still(others: Sequence[FieldOfRecord]) -> str:
    """The fields that still have the words, in a sentence; empty if they are gone."""
    if not others:
        return ""
    named = [" ".join(one).strip() for one in others[:TOLD]]
    more = len(others) - TOLD
    left = [count_text(more, "other field")] if more > 0 else []
    return f"They still stand in {', '.join(named + left)}."
