"""The base class of the handlers that act on a record."""

from tui.handlers.annotate import Annotator
from tui.handlers.compare import ComparingScreen
from tui.handlers.reason_prompt import ReasonPrompt
from tui.handlers.windows import Windows


class CaseHandler:
    """Knows the screen and its windows, what the cursor is on, and how a reason is asked for."""

    def __init__(
        self, screen: ComparingScreen, annotator: Annotator, reasons: ReasonPrompt, windows: Windows
    ) -> None:
        self.screen = screen
        self._annotator = annotator
        self._reasons = reasons
        self._windows = windows
