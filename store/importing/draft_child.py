"""Drafting the rows of a file in a process with limits: the side of the child.

The process can open no file once this module is imported, so all that the importers
load when they are first used is loaded here.
"""

import codecs
import hashlib
import io
import os
import threading
from collections.abc import Callable, Iterable, Iterator
from queue import Queue
from typing import IO, Any

import msgspec

from store.database.gc_pause import gc_paused
from store.errors import UnfitFile, UsageError
from store.importers import ged, gtd  # noqa: F401 - their rules of reading are loaded by it
from store.importers.draft import Row
from store.importers.limits import BEGINNING
from store.importers.streams import Again, Source
from store.importers.table import Cells, ColumnLayout, PassedOver, TableHead
from store.importers.text_table import TextTable
from store.importers.word_lists import load_all
from store.importing.draft_pieces import (
    AnyDrafted,
    AnyPiece,
    Begun,
    Counted,
    DraftedRow,
    Drafts,
    Ended,
    encode_piece,
    item_of,
)
from store.importing.formats import IMPORTERS, Importer

PIECE = 250
"""The most rows of a piece."""
_AHEAD = 8
"""The most pieces that wait for the other process while the next is made."""

load_all()
for _name in ("utf-8", "cp1252", "latin-1"):
    codecs.lookup(_name)
for _width in ("16", "32"):
    for _order in ("", "-le", "-be"):
        codecs.lookup(f"utf-{_width}{_order}")


def drafts(
    file: IO[bytes], name: str, head: list[Any], layout: list[Any], known: dict[str, str]
) -> Iterator[bytes]:
    """Yield the drafts of the rows of a text as pieces in MessagePack.

    `head` and `layout` are those of its table, as lists; `known` are the sources of the
    case, as the importers take them. Raises `UsageError` without the name of the file.
    """
    of = _Drafting(
        TextTable(GivenFile(file, name)),
        msgspec.convert(head, TableHead),
        msgspec.convert(layout, ColumnLayout),
        known,
    )
    try:
        with gc_paused():
            yield from map(encode_piece, _ahead(of.pieces))
    except UsageError as error:
        raise UnfitFile(error.message.removeprefix(f"{name}: "), error.hint) from error


class GivenFile(Source):
    """The file that the process was given, which must not change between two readings."""

    def __init__(self, file: IO[bytes], name: str) -> None:
        self.name = name
        self._file = file
        self._changed = os.fstat(file.fileno()).st_mtime_ns
        self.beginning = file.read(BEGINNING)
        self.size = file.seek(0, os.SEEK_END)

    def open(self, most: int | None = None) -> IO[bytes]:
        """The bytes of the file. Raises `UsageError` if it is not as it was."""
        found = os.fstat(self._file.fileno())
        if (found.st_size, found.st_mtime_ns) != (self.size, self._changed):
            raise UnfitFile("has changed while it was read", "import it again")
        self._file.seek(0)
        return io.BufferedReader(Again(self._file))


class _Drafting:
    """The two passes through one file."""

    def __init__(
        self, table: TextTable, head: TableHead, layout: ColumnLayout, known: dict[str, str]
    ) -> None:
        self._table = table
        self._head = head
        self._layout = layout
        self._importer: Importer = IMPORTERS[layout.format](layout, known)

    def pieces(self) -> Iterator[AnyPiece]:
        """Yield what the caller needs of the file. Raises `UsageError`."""
        digest = hashlib.sha256()
        yield from self._counted(digest.update)
        importer = self._importer
        importer.counted()
        yield Begun(digest.hexdigest(), importer.may_be_other, importer.whole)
        reading = self._table.reading(self._head, self._layout)
        items = []
        for found in self._drafted(reading):
            items.append(item_of(found))
            if len(items) == PIECE:
                yield Drafts(items, reading.read)
                items = []
        yield Drafts(items, reading.read)
        yield Ended([*reading.remarks], [*importer.remarks], dict(importer.offices))

    def _counted(self, seen: Callable[[bytes], object]) -> Iterator[Counted]:
        reading = self._table.reading(self._head, self._layout, seen)
        rows = 0
        passed_over: list[PassedOver] = []
        for found in reading:
            if isinstance(found, PassedOver):
                passed_over.append(found)
                continue
            if isinstance(found, Cells):
                self._importer.count(found.cells)
            rows += 1
            if rows == PIECE:
                yield Counted(rows, passed_over, reading.read)
                rows, passed_over = 0, []
        yield Counted(rows, passed_over, reading.read)

    def _drafted(self, reading: Iterable[Any]) -> Iterator[AnyDrafted]:
        """Draft each row whose id is new in the file; the caller rejects the others."""
        importer = self._importer
        seen: set[str] = set()
        for found in reading:
            row = importer.row(found) if isinstance(found, Cells) else found
            if not isinstance(row, Row):
                yield row
            elif row.id in seen:
                yield DraftedRow(row, None)
            else:
                seen.add(row.id)
                yield DraftedRow(row, importer.draft(row))


def _ahead(pieces: Callable[[], Iterator[AnyPiece]]) -> Iterator[AnyPiece]:
    """Yield pieces, while a thread makes the next ones. Raises what making them raises."""
    made: Queue[AnyPiece | BaseException | None] = Queue(_AHEAD)

    def make() -> None:
        try:
            for piece in pieces():
                made.put(piece)
            made.put(None)
        except BaseException as error:
            made.put(error)

    threading.Thread(target=make, daemon=True).start()
    while (piece := made.get()) is not None:
        if isinstance(piece, BaseException):
            raise piece
        yield piece
