"""The rows of a file that a process of its own reads and drafts, ahead of the import."""

from collections.abc import Iterator, Mapping, Sequence

import msgspec

from store.errors import UsageError
from store.importers.draft import Draft, Rejected, Row
from store.importers.streams import File
from store.importers.table import RecognisedTable
from store.importing.draft_pieces import (
    AnyPiece,
    Begun,
    Counted,
    DraftedRow,
    Drafts,
    Ended,
    decode_piece,
    found_in,
)
from store.importing.file_rows import AnyRead, FileRows
from store.model.records import AnyRecord, DataSet
from store.sandbox.process import Limits, ReaderProcess

_READER = "store.importing.draft_child"
_LIMITS = Limits(seconds=24 * 60 * 60)
"""The limits of the process; a file may have millions of rows."""


class DraftedApart:
    """The drafts that another process made, handed out when this one asks for them."""

    def __init__(self, dataset: DataSet) -> None:
        self.dataset = dataset
        self.may_be_other = False
        self.whole = True
        self.made: dict[int, Draft | Rejected] = {}
        self._returned: list[tuple[str, AnyRecord]] = []

    def draft(self, row: Row) -> Draft | Rejected:
        """The draft of a row, once."""
        found = self.made.pop(row.number)
        if self._returned and isinstance(found, Draft):
            found = found._replace(shared=(*self._returned, *found.shared))
            self._returned.clear()
        return found

    def not_taken(self, draft: Draft) -> None:
        """Keep the shared records of a draft that was not taken for the next draft."""
        self._returned[:0] = draft.shared


class RowsApart(FileRows):
    """The rows of a file that a process of its own reads and drafts."""

    def __init__(
        self, opened: RecognisedTable, file: File, dataset: DataSet, sources: Mapping[str, str]
    ) -> None:
        """`sources` are those of the case, as the importers take them."""
        self.importer = self._importer = DraftedApart(dataset)
        self._name = opened.table.name
        self._process = ReaderProcess(self._name, file.open, _LIMITS)
        self._pieces = self._process.ask(
            _READER,
            "drafts",
            bytes,
            name=self._name,
            head=opened.head,
            layout=opened.layout,
            known=sources,
        )
        self._counted = self._drafted = 0
        self._ended = Ended([], [], {})

    def counting(self) -> Iterator[object]:
        """Count the rows."""
        for piece in self._read():
            if isinstance(piece, Begun):
                self.sha256 = piece.sha256
                self._importer.may_be_other, self._importer.whole = piece.may_be_other, piece.whole
                return
            if isinstance(piece, Counted):
                self._counted = piece.read
                yield from piece.passed_over
                yield from range(piece.rows)

    def rows(self) -> Iterator[AnyRead]:
        """Yield every row, and what is passed over."""
        for piece in self._read():
            if isinstance(piece, Drafts):
                self._drafted = piece.read
                yield from map(self._row, map(found_in, piece.items))
            elif isinstance(piece, Ended):
                self._ended = piece

    def _read(self) -> Iterator[AnyPiece]:
        for content in self._pieces:
            try:
                piece = decode_piece(content)
            except (msgspec.DecodeError, UnicodeDecodeError):
                raise UsageError(
                    f"{self._name}: cannot be read, its reader failed", "import it again"
                ) from None
            yield piece

    def _row(self, found: "DraftedRow | AnyRead") -> AnyRead:
        if not isinstance(found, DraftedRow):
            return found
        if found.draft is not None:
            self._importer.made[found.row.number] = found.draft
        return found.row

    @property
    def read(self) -> int:
        """The bytes read so far, in both passes together."""
        return self._counted + self._drafted

    @property
    def remarks(self) -> Sequence[str]:
        """Sentences on how the file was read, complete when it was."""
        return [*self._ended.reading, *self._ended.importer]

    @property
    def offices(self) -> Mapping[str, str]:
        """The publisher (and origin, if any) of each office met, by its name as printed."""
        return self._ended.offices

    def close(self) -> None:
        """End the process, be it that the import was stopped."""
        self._pieces.close()
        self._process.end()
