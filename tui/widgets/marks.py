"""What a span of an article's text is marked as."""

from enum import StrEnum


class Marking(StrEnum):
    """How a span is shown: in its style, or by a bar left of it."""

    CURRENT = "current"
    EVENT = "event"
    OTHER = "other"
    TITLE = "title"
    MATCH = "match"
