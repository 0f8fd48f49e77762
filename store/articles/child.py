"""Reading articles in a process with limits: the side of the child.

The process can open no file once this module is imported, so all that the readers open
or import when they are first used is opened and imported here.
"""

import encodings
import importlib
import pkgutil
import sys
from binascii import a2b_base64
from collections.abc import Iterator
from contextlib import suppress
from typing import IO

from store.articles.formats import format_of, read
from store.articles.piece import Piece, encode_piece
from store.articles.stamps import DATE_ORDER
from store.articles.unpack import unpacked
from store.errors import UnfitMachine
from store.importers.word_lists import OFFICES, lines_of


def recognise(_: IO[bytes], content: str) -> Iterator[bytes]:
    """Yield the format of a file of articles, nothing if it is none. Raises `UsageError`.

    The content is in Base64, and each piece in MessagePack.
    """
    format = format_of(unpacked(a2b_base64(content)))
    if format is not None:
        yield encode_piece(Piece(words=format.words))


def articles(_: IO[bytes], content: str, dates: str = "") -> Iterator[bytes]:
    """Yield the format of a file, its articles, and what was passed over, as `recognise` does.

    `dates` is the order of dates in digits, as in `DATE_ORDER`. Raises `UsageError`.
    """
    DATE_ORDER.set(dates)
    yield from map(encode_piece, _pieces(unpacked(a2b_base64(content))))


def _pieces(content: bytes) -> Iterator[Piece]:
    format = format_of(content)
    if format is None:
        return
    yield Piece(words=format.words)
    try:
        reading = read(content, format)
    except UnfitMachine as error:
        yield Piece(missing=(error.message, error.hint))
        return
    yield from (Piece(article=one) for one in reading.articles)
    yield from (Piece(passed_over=one) for one in reading.passed_over)


def load_libraries(*names: str) -> None:
    """Import libraries; one that is not installed is not looked for again."""
    for name in names:
        try:
            importlib.import_module(name)
        except ModuleNotFoundError as error:
            sys.modules[error.name or name] = None  # type: ignore[assignment]


def load_encodings() -> None:
    """Import every encoding of Python, as a text may be in any."""
    for module in pkgutil.iter_modules(encodings.__path__):
        with suppress(ImportError, LookupError):
            importlib.import_module(f"encodings.{module.name}")


load_encodings()
lines_of(OFFICES)
