"""Scrolling without a new layout of the whole screen at each change of the content.

Textual lays the screen out anew whenever the size of a content changes (20 ms
and more, measured). A widget whose own size does not follow from its content
declares `virtual_size = steady_size()` and lets `follow` fit its scroll bars.
"""

from textual.geometry import Size
from textual.reactive import Reactive
from textual.widget import Widget


def steady_size() -> Reactive[Size]:
    """A reactive size of the content that triggers no layout."""
    return Reactive(Size(0, 0), layout=False)


def follow(widget: Widget, size: Size) -> None:
    """Fit the scroll bars to a size of the content."""
    if widget.is_attached:
        widget._scroll_update(size)
