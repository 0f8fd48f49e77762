"""Text from outside as text of HTML and SVG."""

from html import escape

from store.model.text import one_line


def markup_text(text: str) -> str:
    """The text on one line, in which no character opens a tag, an entity or an attribute."""
    return escape(one_line(text), quote=True)
