"""Reading articles in processes with limits: the side of the caller.

    with LimitedReader() as reader:
        words = reader.recognise(content, "a.html")
        reading = reader.read(content, "a.html")

Whatever a file does to its reader ends in one line; the next file gets a new process.
"""

import os
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

import msgspec

from store.articles import format_names
from store.articles.limits import MAX_BYTES, too_large
from store.articles.piece import Piece, decode_piece
from store.articles.read_article import PassedOver, ReadArticle, Reading
from store.errors import UnfitFile, UnfitMachine
from store.sandbox.process import Limits, ReaderProcess

_LIGHT = "store.articles.child"
_PAGES = "store.articles.child_pages"
_PDF = "store.articles.child_pdf"
_MODULES = {
    **dict.fromkeys(
        (
            *(format_names.HTML, format_names.MHTML, format_names.MAIL, format_names.FEED),
            *(format_names.WORD, format_names.WARC, format_names.WACZ),
        ),
        _PAGES,
    ),
    format_names.PDF: _PDF,
}
"""The module that reads a format, by its words; the others need no library."""
_FILES = 200
"""The files that one process reads before the next begins."""


class LimitedReader:
    """The processes that read articles; none is started before it is needed."""

    def __init__(self, dates: str = "") -> None:
        """`dates` is the order of dates in digits: dmy, mdy, ymd, or not known."""
        self._dates = dates
        self._processes: dict[str, ReaderProcess] = {}
        self._read: dict[str, int] = {}

    def __enter__(self) -> "LimitedReader":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """End the processes; it may be asked again."""
        for process in self._processes.values():
            process.end()
        self._processes.clear()

    def recognise(self, content: bytes, name: str) -> str:
        """The format of a file of articles in words, empty if it is none.

        Raises `UsageError` if it cannot be one, or is too large.
        """
        return "".join(piece.words for piece in self._ask(_LIGHT, "recognise", content, name))

    def read(self, content: bytes, name: str, found: str = "") -> tuple[str, Reading]:
        """The format of a file in words, and its articles, as `pieces` gives them one by one."""
        words, pieces = self.pieces(content, name, found)
        articles: list[ReadArticle] = []
        passed_over: list[PassedOver] = []
        for one in pieces:
            if isinstance(one, ReadArticle):
                articles.append(one)
            else:
                passed_over.append(one)
        return words, Reading(tuple(articles), tuple(passed_over))

    def pieces(
        self, content: bytes, name: str, found: str = ""
    ) -> tuple[str, Iterator[ReadArticle | PassedOver]]:
        """The format of a file in words, and what is read of it; `found` is the format, if known.

        Raises `UsageError` if it has none, and while it is read `UsageError`, and `UnfitMachine`
        if a library is missing.
        """
        words = found if found in format_names.NAMES else self.recognise(content, name)
        if not words:
            raise UnfitFile(f"{name}: is no file of articles", "")
        module = _MODULES.get(words, _LIGHT)
        pieces = self._ask(module, "articles", content, name, dates=self._dates)
        if next(pieces, Piece()).words != words:  # it has changed since it was recognised
            pieces.close()
            if found:
                return self.pieces(content, name)
            raise UnfitFile(f"{name}: is no file of articles", "")
        return words, _read(pieces, name)

    def _ask(
        self, module: str, function: str, content: bytes, name: str, **options: str
    ) -> Generator[Piece, None, None]:
        if len(content) > MAX_BYTES:
            error = too_large()
            error.message = f"{name}: {error.message}"
            raise error
        process = self._processes.get(module)
        self._read[module] = self._read.get(module, 0) + 1
        if process is None:
            limits = Limits(native=module == _PDF)
            process = self._processes[module] = ReaderProcess(name, _nothing, limits)
        elif self._read[module] % _FILES == 0:
            process.end()
        for piece in process.ask(module, function, bytes, about=name, content=content, **options):
            try:
                yield decode_piece(piece)
            except (msgspec.DecodeError, UnicodeDecodeError):
                process.end()
                raise UnfitFile(f"{name}: cannot be read, its reader failed", "") from None


def _read(pieces: Iterator[Piece], name: str) -> Iterator[ReadArticle | PassedOver]:
    for piece in pieces:
        if piece.missing is not None:
            message, hint = piece.missing
            raise UnfitMachine(f"{name}: {message}", hint)
        if piece.article is not None:
            yield piece.article
        if piece.passed_over is not None:
            yield piece.passed_over


@contextmanager
def reader_or_new(reader: LimitedReader | None) -> Iterator[LimitedReader]:
    """The reader, which stays open, or a new one, which is closed in the end."""
    if reader is not None:
        yield reader
        return
    with LimitedReader() as new:
        yield new


def _nothing() -> IO[bytes]:
    """No file: the bytes go with the request."""
    return Path(os.devnull).open("rb")
