"""What can be taken back, and what can be done again: two lists that follow from the log."""

import hashlib

from store.model.log_line import Act, Line, is_redacted


class UndoStack:
    """The acts of a log that stand, and those that were taken back, by sequence number.

    An act after an undo cuts off what could have been done again. An act that
    holds something redacted, and a redaction, cannot be taken back, nor
    anything from before an import whose edits are not told.
    """

    def __init__(self) -> None:
        self.done: list[int] = []
        self.undone: list[int] = []

    def add(self, line: Line) -> None:
        """Take the next entry of the log into account."""
        if untold(line):
            self.done.clear()
            self.undone.clear()
        elif line.undoes is not None:
            self._move(line.undoes, self.done, self.undone)
        elif line.redoes is not None:
            self._move(line.redoes, self.undone, self.done)
        elif line.act is not Act.REDACTION:
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


def untold(line: Line) -> bool:
    """Whether it is an import into a database, or one taken back: its log has not the edits."""
    turned = line.undoes is not None or line.redoes is not None
    brought = turned or line.content not in ("", hashlib.sha256().hexdigest())
    return line.imported is not None and not line.edits and brought
