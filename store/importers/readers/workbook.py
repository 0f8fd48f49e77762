"""Workbooks: sheets of Excel (.xlsx, .xlsm, .xlsb, .xls) and of OpenDocument (.ods).

A cell becomes the text that a person would have saved: whole numbers without a point,
days in ISO 8601, "" for none. A sheet is read into memory whole.
"""

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import IO, Any

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
)

from store.errors import UnfitFile, UsageError
from store.importers.limits import MAX_COLUMNS, MAX_EXPANSION, MAX_FIELD
from store.importers.readers.answers import Sheet, SheetRow
from store.importers.readers.containers import BROKEN, seekable

_SAMPLE = 60
"""The most rows of a sheet from which its header is found."""
_BATCH = 500
_MAX_UNPACKED = 4 * 1024**3
_1904 = re.compile(rb"<workbookPr\b[^>]*\bdate1904\s*=\s*[\"'](1|true)[\"']")
_EXACT = 2**53
"""The number up to which a float has every whole number."""

_last: tuple[tuple[int, ...], int, CalamineSheet] | None = None
"""The sheet that was read last, as most are read more than once: its place and number."""


def sheets(file: IO[bytes], inside: Sequence[int]) -> Iterator[Sheet]:
    """The sheets of a workbook, in its order. Raises `UsageError`."""
    stream = seekable(file, inside)
    from_1904 = _check(stream)
    book = _workbook(stream)
    for number, about in enumerate(book.sheets_metadata):
        if about.typ is not SheetTypeEnum.WorkSheet:
            continue
        sheet = _sheet(book, inside, number)
        first = []
        for row in _rows(sheet):
            first.append(row)
            if len(first) == _SAMPLE:
                break
        yield Sheet(number, about.name, sheet.total_height, first, from_1904)


def rows(file: IO[bytes], inside: Sequence[int], number: int) -> Iterator[list[SheetRow]]:
    """The rows of the sheet of this number, many at a time."""
    if _last is not None and _last[:2] == (tuple(inside), number):
        sheet = _last[2]
    else:
        sheet = _sheet(_workbook(seekable(file, inside)), inside, number)
    batch = []
    for row in _rows(sheet):
        batch.append(row)
        if len(batch) == _BATCH:
            yield batch
            batch = []
    yield batch


def _check(stream: IO[bytes]) -> bool:
    """True if days count from 1904; raises `UsageError` for what expands beyond all measure."""
    stream.seek(0)
    if stream.read(2) != b"PK":
        stream.seek(0)
        return False
    try:
        archive = zipfile.ZipFile(stream)
        unpacked = sum(one.file_size for one in archive.infolist())
        packed = sum(one.compress_size for one in archive.infolist())
        if unpacked > min(_MAX_UNPACKED, MAX_EXPANSION * packed + MAX_FIELD):
            raise UnfitFile(
                f"expands to more than {MAX_EXPANSION} times its size",
                "no real workbook does; check where the file came from",
            )
        if "xl/workbook.xml" not in archive.namelist():
            return False
        with archive.open("xl/workbook.xml") as about:
            return _1904.search(about.read(MAX_FIELD)) is not None
    except BROKEN as error:
        raise _damaged(error) from error
    finally:
        stream.seek(0)


def _workbook(stream: IO[bytes]) -> CalamineWorkbook:
    stream.seek(0)
    try:
        return CalamineWorkbook.from_filelike(io.BytesIO(stream.read()))
    except PasswordError as error:
        raise UnfitFile("is encrypted", "save it without a password") from error
    except (CalamineError, *BROKEN) as error:
        raise _damaged(error) from error


def _sheet(book: CalamineWorkbook, inside: Sequence[int], number: int) -> CalamineSheet:
    global _last
    _last = None  # two sheets may be more than there is memory for
    try:
        sheet = book.get_sheet_by_index(number)
    except (CalamineError, *BROKEN) as error:
        raise _damaged(error) from error
    if sheet.total_width > MAX_COLUMNS:
        raise UnfitFile(
            f"has a sheet of {sheet.total_width:,} columns, more than {MAX_COLUMNS}",
            "save the table alone as CSV",
        )
    _last = tuple(inside), number, sheet
    return sheet


def _damaged(error: BaseException) -> UsageError:
    words = " ".join(str(error).split())[:200]
    return UnfitFile(f"is an unreadable workbook ({words})", "open it, and save it again")


def _rows(sheet: CalamineSheet) -> Iterator[SheetRow]:
    for number, cells in enumerate(sheet.iter_rows(), 1):
        yield number, [_words(cell) for cell in cells]


def _words(cell: Any) -> str:
    if isinstance(cell, str):
        return _encodable(cell)
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float | int):
        return _number(float(cell)) if isinstance(cell, float) else str(cell)
    if isinstance(cell, datetime):
        return (cell.date() if cell.time() == time() else cell).isoformat()
    if isinstance(cell, date | time):
        return cell.isoformat()
    return str(cell) if isinstance(cell, timedelta) else ""


def _number(number: float) -> str:
    """A number as Excel shows it: of 15 digits, whole ones without a point."""
    if number.is_integer() and abs(number) < _EXACT:
        return str(int(number))
    words = f"{number:.15g}"
    return f"{Decimal(words):f}" if "e" in words else words


def _encodable(cell: str) -> str:
    return cell if cell.isascii() else cell.encode("utf-8", "replace").decode()
