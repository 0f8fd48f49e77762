"""Text that a person types into one line: a reason, a name, a tag."""

from store.errors import UsageError
from store.model.change import Change

LONGEST_TYPED = 2_000
"""The limit of a typed reason, name, tag or title in code points; longer texts belong in a note."""

_TYPED = ("reason", "name")
"""The fields of notes and judgements that are typed on one line."""


def one_typed_line(words: str, what: str = "name") -> str:
    """Join the words of a text by single blanks.

    Raises `UsageError`, which names `what` it is, where it exceeds `LONGEST_TYPED`.
    """
    joined = " ".join(words.split())
    if len(joined) > LONGEST_TYPED:
        raise UsageError(
            f"the {what} has {len(joined):,} characters; the limit is {LONGEST_TYPED:,}",
            "shorten it; a note can be longer",
        )
    return joined


def check_typed_lengths(change: Change) -> None:
    """Raise `UsageError` where a typed field of an added or altered record is too long."""
    for edit in change.edits:
        for field in _TYPED:
            value = getattr(edit.after, field, "")
            if isinstance(value, str):
                one_typed_line(value, field)
