"""Messages from panes and workers to the screen: facts, in the past tense."""

from pathlib import Path

from textual.message import Message
from textual.widget import Widget

from store.errors import ConflictError
from tui.session.columns import ColumnId


class RowMoved(Message):
    """The cursor of a list moved to row `index`."""

    def __init__(self, pane: Widget, index: int) -> None:
        super().__init__()
        self.pane = pane
        self.index = index


class RowChosen(Message):
    """Row `index` of a list was chosen with the mouse."""

    def __init__(self, pane: Widget, index: int) -> None:
        super().__init__()
        self.pane = pane
        self.index = index


class RowsMissed(Message):
    """A list came to rows `first` to `last` (exclusive) that it does not hold."""

    def __init__(self, pane: Widget, first: int, last: int) -> None:
        super().__init__()
        self.pane = pane
        self.first = first
        self.last = last


class TextMissed(Message):
    """The reader of an article came to the end of the window, at code point `around`."""

    def __init__(self, around: int) -> None:
        super().__init__()
        self.around = around


class PassageChosen(Message):
    """The passage with number `n` was chosen with the mouse."""

    def __init__(self, n: int) -> None:
        super().__init__()
        self.n = n


class DatesBrushed(Message):
    """Dates (EDTF) were chosen in the histogram with the mouse."""

    def __init__(self, edtf: str) -> None:
        super().__init__()
        self.edtf = edtf


class ColumnChosen(Message):
    """The name of a column of the timeline was clicked."""

    def __init__(self, column: ColumnId) -> None:
        super().__init__()
        self.column = column


class FilterClicked(Message):
    """Filter `number` was clicked, on the sign that drops it or not; None stands for several."""

    def __init__(self, number: int | None, *, dropping: bool) -> None:
        super().__init__()
        self.number = number
        self.dropping = dropping


class HintClicked(Message):
    """The hint on a command was clicked."""

    def __init__(self, command: str) -> None:
        super().__init__()
        self.command = command


class CaseChosen(Message):
    """The user chose another case to go on with."""

    def __init__(self, case: Path) -> None:
        super().__init__()
        self.case = case


class CaseRefused(Message):
    """The case could not be opened."""

    def __init__(self, error: ConflictError) -> None:
        super().__init__()
        self.error = error


class PromptChanged(Message):
    """The text typed at the prompt changed to `text`."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text


class PromptEnded(Message):
    """The prompt was accepted with `text`, or left (None)."""

    def __init__(self, text: str | None) -> None:
        super().__init__()
        self.text = text


class ImportMoved(Message):
    """An import or an export progressed; `words` say how far it is."""

    def __init__(self, words: str) -> None:
        super().__init__()
        self.words = words


class KeysAwaited(Message):
    """Keys typed ahead can go on, because it is known what they are for."""
