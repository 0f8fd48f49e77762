"""The formats of articles, told by a file's content and never by its name."""

import csv
import re
import zipfile
import zlib
from collections.abc import Callable
from io import BytesIO
from typing import NamedTuple

from store.articles import (
    citations,
    feed,
    format_names,
    html_page,
    mail,
    pdf,
    plain_text,
    table,
    web_archive,
    word,
)
from store.articles.limits import MAX_BYTES, ZIP_ERRORS, too_large
from store.articles.read_article import Reading
from store.articles.text_encoding import decoded_text
from store.articles.unpack import GZIP, ZIP
from store.errors import UnfitFile, UsageError


class Format(NamedTuple):
    """A format: its name for a person, and the function that reads its bytes."""

    words: str
    read: Callable[[bytes], Reading]


PLAIN_TEXT = Format(format_names.PLAIN_TEXT, plain_text.read_plain_text)
HTML = Format(format_names.HTML, html_page.read_html)
MHTML = Format(format_names.MHTML, mail.read_mail)
MAIL = Format(format_names.MAIL, mail.read_mail)
FEED = Format(format_names.FEED, feed.read_feed)
PDF = Format(format_names.PDF, pdf.read_pdf)
WORD = Format(format_names.WORD, word.read_word)
WARC = Format(format_names.WARC, web_archive.read_warc)
WACZ = Format(format_names.WACZ, web_archive.read_wacz)
CSV = Format(format_names.CSV, table.read_csv)
JSON = Format(format_names.JSON, table.read_json)
JSON_LINES = Format(format_names.JSON_LINES, table.read_json_lines)
CSL = Format(format_names.CSL, citations.read_csl)
RIS = Format(format_names.RIS, citations.read_ris)

FORMATS = (
    PLAIN_TEXT, HTML, MHTML, MAIL, FEED, PDF, WORD, WARC, WACZ, CSV, JSON, JSON_LINES, CSL, RIS
)  # fmt: skip
"""Every format of articles."""

_REFUSED: tuple[tuple[bytes, str, str], ...] = (
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "is an old Office file", "save it as .docx or .xlsx"),
    (b"{\\rtf", "is RTF", "save it as .docx or as text"),
    (b"\x89PNG", "is a picture", "recognise its text first (OCR)"),
    (b"\xff\xd8\xff", "is a picture", "recognise its text first (OCR)"),
    (b"GIF8", "is a picture", "recognise its text first (OCR)"),
    (b"SQLite format 3\x00", "is a database", "export its articles as CSV or JSON"),
    (b"\x7fELF", "is a program", ""),
    (b"7z\xbc\xaf\x27\x1c", "is a 7z archive", "expand it"),
    (b"Rar!", "is a RAR archive", "expand it"),
)
_HEADER = re.compile(r"[A-Za-z][A-Za-z0-9-]{1,60}:[ \t]?[^\n]*\n(?:[ \t][^\n]*\n|[A-Za-z-]{2,60}:)")
_MAIL = re.compile(
    r"^(?:mime-version|received|message-id|return-path|from|snapshot-content-location):[ \t]*\S",
    re.IGNORECASE | re.MULTILINE,
)
_FEED = re.compile(r"<(?:rss|feed|rdf:RDF)[\s>]", re.IGNORECASE)
_MARKUP = re.compile(
    r"<(?:!doctype\s+html|html|head|body|title|meta|div|p|article|main|section|h[1-6]|table|span|ul"
    r"|font|center|script|link|a)\b",
    re.IGNORECASE,
)
_BEGINNING = 16 * 1024


def format_of(content: bytes) -> Format | None:
    """The format of a file of articles, None where it may be a data set.

    Raises `UsageError` if it is neither, or too large.
    """
    if len(content) > MAX_BYTES:
        raise too_large()
    if not content.strip():
        raise UnfitFile("is empty", "name a file of an article or a data set")
    for start, what, hint in _REFUSED:
        if content.startswith(start):
            raise UnfitFile(what, hint)
    if content.startswith(GZIP):
        return WARC if _gunzipped_start(content).startswith(b"WARC/") else None
    if content.startswith(ZIP):
        return _of_zip(content)
    if content.startswith(b"WARC/"):
        return WARC
    if b"%PDF-" in content[:1024]:
        return PDF
    return _of_text(content)


def _gunzipped_start(content: bytes) -> bytes:
    try:
        return zlib.decompressobj(31).decompress(content[:65536], 4096)
    except zlib.error:
        return b""


def _of_zip(content: bytes) -> Format | None:
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            names = {one.filename for one in archive.infolist()}
    except ZIP_ERRORS:
        return None  # the import of data sets says what is wrong with it
    if "word/document.xml" in names:
        return WORD
    if any(name.startswith("archive/") and ".warc" in name for name in names):
        return WACZ
    return None


def _of_text(content: bytes) -> Format | None:
    text = decoded_text(content).text
    start = text[:_BEGINNING].lstrip("\ufeff \t\r\n").replace("\r\n", "\n")
    if start.startswith("<"):
        return _of_markup(text, start)
    if _HEADER.match(start) and _MAIL.search(start.split("\n\n", 1)[0]):
        head = start[:4096].lower()
        page = "snapshot-content-location" in head or "multipart/related" in head
        return MHTML if page else MAIL
    if start.startswith("TY  - "):
        return RIS
    if start.startswith(("{", "[")):
        return _of_json(content, start)
    if table.columns_of_csv(text) is not None:
        return CSV
    if _is_table(start):
        return None
    if len(_MARKUP.findall(start)) > 2:
        return HTML
    return PLAIN_TEXT if _is_prose(start) else None


def _of_markup(text: str, start: str) -> Format:
    if _FEED.search(start[:4096]):
        return FEED
    xml = start.startswith("<?xml")
    if re.search(r"<html\b", text[: 64 * 1024], re.IGNORECASE) if xml else _MARKUP.search(text):
        return HTML
    if xml:
        raise UnfitFile("is XML of no known kind", "save it as HTML, CSV or text")
    return PLAIN_TEXT


def _of_json(content: bytes, start: str) -> Format | None:
    try:
        records = table.whole_records(content)
    except UsageError:
        if start.startswith("{") and table.has_json_lines(start):
            return JSON_LINES
        if start.startswith("[") and not start.startswith(("[{", "[\n", "[ ", "[[", "[]", '["')):
            return PLAIN_TEXT  # a text that begins with a bracket
        records = table.records_of_json(content)
    if citations.is_csl(records):
        return CSL
    return JSON if table.columns_of_records(records).of_articles else None


def _is_prose(start: str) -> bool:
    """True if a text is of words, and not of cells and numbers.

    A short one need not have a long line: a sentence, or words without a sign between cells.
    """
    sample = start[:8192]
    if sample.count("\t") > len(sample) // 50:
        return False
    wordy = sum(letter.isalpha() or letter.isspace() or letter in _MARKS for letter in sample)
    lines = sample.splitlines()
    if any(len(line.split()) > 4 or len(line) > 40 for line in lines):
        spaced = wordy >= 0.6 * len(sample) and _is_spaced_prose(lines)
        return spaced or wordy >= 0.88 * len(sample)
    in_words = any(len(line.split()) > 1 or _SENTENCE.search(line) for line in lines)
    plain = not any(sign in sample for sign in _DELIMITERS)
    enough = wordy >= 0.6 * len(sample)
    return enough and in_words and (plain or _is_spaced_prose(lines))


def _is_spaced_prose(lines: list[str]) -> bool:
    """True if commas stand as in sentences, before a blank, and a line ends as a sentence does.

    Other signs between cells stand in half of the lines at most, as in a head.
    """
    full = [line for line in lines if line.strip()]
    for sign in ("\t", ";", "|"):
        if sum(sign in line for line in full) * 2 > len(full):
            return False
    if _TIGHT.search("\n".join(lines)):
        return False
    return any(_SENTENCE.search(line) for line in lines)


_TIGHT = re.compile(r",(?=[^\s\"”'’»)])(?!\d{3}\b)")
"""A comma that is followed by no blank, and is none of a number or before a quotation mark."""
_SENTENCE = re.compile(r"\w\s+\S.*[.!?…؟۔。][\"'”’»)]*\s*$|^\w+[.!?…؟۔。]\s*$")
_DELIMITERS = ("\t", ",", ";", "|")
_MARKS = frozenset(".'’‘\"“”-–—،،؟。、")
"""The marks of prose; commas, which part cells as well, are not among them."""


def _is_table(start: str) -> bool:
    """True if the first lines have the same number of cells, four or more, or two with names.

    Commas before blanks, with a sentence around them, part no cells.
    """
    lines = [line for line in start.split("\n")[:8] if line.strip()][:6]
    if lines and lines[0].lower().startswith("sep="):
        del lines[0]
    for delimiter in _DELIMITERS:
        if delimiter == "," and _is_spaced_prose(lines):
            continue
        try:
            rows = list(csv.reader(lines, delimiter=delimiter))
        except csv.Error:
            continue
        whole = rows[: max(1, len(lines) - 1)]
        named = bool(rows) and all(len(cell) <= 40 for cell in rows[0])
        if len({len(row) for row in whole}) == 1 and len(rows[0]) > 3:
            sentence = lines[0].rstrip().endswith((".", "?", "!"))
            if len(whole) > 1 or (named and not sentence and not _is_list(rows[0], delimiter)):
                return True
        tight = named and not re.search(rf"{re.escape(delimiter)}\s", lines[0])
        if tight and len(rows) > 1 and len(rows[0]) > 1 and len({len(row) for row in rows}) == 1:
            return True
    return False


def _is_list(cells: list[str], delimiter: str) -> bool:
    """True for the parts of a headline with commas: before blanks, and some of several words."""
    spaced = delimiter == "," and all(cell.startswith(" ") for cell in cells[1:])
    return spaced and any(len(cell.split()) > 2 for cell in cells)


def read(content: bytes, format: Format) -> Reading:
    """The articles of a file in this format.

    Raises `UsageError` if it cannot be read, and `UnfitMachine` without the extra that it needs.
    """
    try:
        return format.read(content)
    except (RecursionError, MemoryError) as error:
        raise UnfitFile("is nested too deeply, or too large", "check its source") from error
