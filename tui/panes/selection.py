"""Selecting words of the article: by units from the cursor, and on from there."""

from store.coding.draft import SelectedSpan
from store.coding.spans import Unit, beside, span_at, stepped, trimmed
from store.model.vocabulary import TextKind
from tui.panes.article import ArticlePane

_WIDER = {Unit.SENTENCE: Unit.PARAGRAPH, Unit.PARAGRAPH: Unit.WORD, Unit.WORD: Unit.SENTENCE}
"""The unit that comes after each when the selection is turned."""


class TextSelection:
    """The selection in the article pane."""

    def __init__(self, pane: ArticlePane) -> None:
        self._pane = pane
        self._unit = Unit.SENTENCE
        self._at = 0

    @property
    def active(self) -> bool:
        """True if words are selected."""
        return self._pane.selecting

    def begin(self) -> bool:
        """Select the sentence at the cursor; again: its paragraph, then one word.

        False if there is nothing to select.
        """
        text = self._pane.text
        if self.active:
            self._unit = _WIDER[self._unit]
        else:
            self._unit, self._at = Unit.SENTENCE, text.position
        span = span_at(text.text, self._at, self._unit)
        if span is None or self._pane.view is None:
            return False
        text.select(*span)
        return True

    def walk(self, by: int) -> bool:
        """Select the sentence after the selection (`by` 1) or before it (-1); False at the end."""
        text = self._pane.text
        start, end = text.selected
        found = beside(text.text, start if by < 0 else end, by)
        if found is None:
            return False
        self._unit, self._at = Unit.SENTENCE, found[0]
        text.select(*found)
        return True

    def extend(self, unit: Unit, by: int) -> None:
        """Move the end of the selection that has the cursor by a unit."""
        text = self._pane.text
        start, end = text.selected
        at = text.position
        anchor = start if at == end else end
        to = stepped(text.text, at, unit, by)
        if to != anchor:
            text.select(anchor, to)

    def clear(self) -> None:
        """Select nothing; the cursor stays."""
        text = self._pane.text
        text.move_cursor(text.location(text.position))

    def span(self) -> SelectedSpan | None:
        """The selected words of the article, without white space around; None for none.

        Of a selection that begins in the title and goes on, the part in the text counts.
        """
        pane, view = self._pane, self._pane.view
        if view is None or not self.active:
            return None
        words = pane.text.text
        start, end = pane.text.selected
        head = pane.title_length
        if start < head < end:
            start = head
        start, end = trimmed(words, start, end)
        if start >= end:
            return None
        if end <= head or view.text_kind is TextKind.HEADLINE:
            return SelectedSpan(view.id, start, end, in_title=True)
        by = view.start - head
        return SelectedSpan(view.id, start + by, end + by)
