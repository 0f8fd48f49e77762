"""The kinds of marks on spans of an article's text."""

from enum import StrEnum


class Marking(StrEnum):
    """The mark of a span, shown by its style or by a bar left of it."""

    CURRENT = "current"
    EVENT = "event"
    OTHER = "other"
    TITLE = "title"
    MATCH = "match"
