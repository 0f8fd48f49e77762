"""The undo and redo lists, derived from the log."""

import hashlib

from store.model.log_line import HIDING, Act, Line, is_redacted


class UndoStack:
    """The entries that can be undone and those that can be redone, by sequence number.

    A change after an undo clears the redo list. A redaction, and an entry with
    redacted content, cannot be undone, nor anything before an import whose edits
    are not in the log, or before some of the case was left out for others.
    """

    def __init__(self) -> None:
        self.done: list[int] = []
        self.undone: list[int] = []

    def add(self, line: Line) -> None:
        """Update the lists with the next entry of the log."""
        if omits_edits(line) or line.act is Act.LEFT_OUT:
            self.done.clear()
            self.undone.clear()
        elif line.undoes is not None:
            self._move(line.undoes, self.done, self.undone)
        elif line.redoes is not None:
            self._move(line.redoes, self.undone, self.done)
        elif line.act not in HIDING:
            self.undone.clear()
            if line.edits and not any(
                is_redacted(one.before) or is_redacted(one.after) for one in line.edits
            ):
                self.done.append(line.sequence)

    @staticmethod
    def _move(sequence: int, here: list[int], there: list[int]) -> None:
        if sequence in here:
            here.remove(sequence)
            there.append(sequence)


def omits_edits(line: Line) -> bool:
    """Tell if an entry is an import into a database, or its undo, whose edits it does not hold."""
    turned = line.undoes is not None or line.redoes is not None
    brought = turned or line.content not in ("", hashlib.sha256().hexdigest())
    return line.imported is not None and not line.edits and brought
