"""The bytes by which a case may still grow."""

from pathlib import Path

import msgspec

from store.database.sqlite import is_database
from store.document.case_storage import MAX_BYTES
from store.errors import UsageError
from store.model.change import Edit


class CaseRoom:
    """The bytes by which a case file may still grow; a database has no bound here."""

    def __init__(self, case: Path) -> None:
        self._case = case
        self._left = None if is_database(case) else MAX_BYTES - case.stat().st_size

    def taken_by(self, edits: list[Edit]) -> list[Edit]:
        """The edits; raises `UsageError` if there is no room for them."""
        if self._left is not None:
            self._left -= sum(
                len(_encode(edit.after)) + _AROUND for edit in edits if edit.after is not None
            )
            if self._left < 0:
                raise UsageError(
                    f"{self._case}: this import would exceed the limit of {MAX_BYTES // 2**20} MB"
                    " for a case file; nothing was imported",
                    "import it into a database: conflict-tui new war.db",
                )
        return edits


_AROUND = 16
"""Bytes that a record takes in a case file besides itself."""
_encode = msgspec.json.Encoder().encode
