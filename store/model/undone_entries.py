"""The entries of a log that are undone."""

from collections.abc import Iterable

from store.model.log_line import Line


def undone_entries(lines: Iterable[Line]) -> set[int]:
    """The numbers of the entries that later ones undo, and that are not redone since."""
    undone: set[int] = set()
    for one in lines:
        if one.undoes is not None:
            undone.add(one.undoes)
        elif one.redoes is not None:
            undone.discard(one.redoes)
    return undone
