"""Words that a person types into one field: a reason, a name, a tag."""

from store.errors import UsageError
from store.model.change import Change

LONGEST_TYPED = 2_000
"""Code points of a reason, name, tag or title that is typed. Longer texts belong in a note."""

_TYPED = ("reason", "name")
"""Fields of what a person says that are typed on one line."""


def typed(words: str, what: str = "name") -> str:
    """Return the words on one line, without blanks around them or doubled within.

    Raises `UsageError`, with `what` they are, where there are more than `LONGEST_TYPED`.
    """
    one_line = " ".join(words.split())
    if len(one_line) > LONGEST_TYPED:
        raise UsageError(
            f"the {what} has {len(one_line):,} characters, and may have {LONGEST_TYPED:,}",
            "write it shorter; a note can be longer",
        )
    return one_line


def refuse_long(change: Change) -> None:
    """Raise `UsageError` where a typed field of what a change adds is too long."""
    for edit in change.edits:
        for field in _TYPED:
            value = getattr(edit.after, field, "")
            if isinstance(value, str):
                typed(value, field)
