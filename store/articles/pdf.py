"""Articles in PDF files, by pdfium: the lines of their pages, joined to paragraphs."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from store.articles.extras import needs_articles
from store.articles.head_lines import label_of, stamp_line
from store.articles.limits import MAX_BYTES, too_large
from store.articles.read_article import Block, Findings, Reading, keep
from store.articles.stamps import stamp_of
from store.errors import UnfitFile
from store.extraction.datelines import dateline
from store.model.text import folded
from store.model.vocabulary import FieldBasis, StampBasis

MAX_PAGES = 2000

_MADE = re.compile(r"D:(\d{4})(\d\d)(\d\d)(?:(\d\d)(\d\d)(\d\d)?)?(?:(Z)|([+-]\d\d)'?(\d\d)?'?)?")
_PAGE_NUMBER = re.compile(r"(?:page\s+)?\d{1,4}(?:\s*(?:/|of)\s*\d{1,4})?", re.IGNORECASE)
_PRINTED_ADDRESS = re.compile(r"(?P<url>https?://\S+)(?:\s+\d+/\d+)?")
_SOFT_HYPHENS = ("\ufffe", "\u0002", "\u00ad")


def read_pdf(content: bytes) -> Reading:
    """The article of a PDF. Raises `UsageError` if it has no text, or cannot be read."""
    with needs_articles("a PDF"):
        import pypdfium2
    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise UnfitFile("is encrypted", "save it without a password") from error
        raise UnfitFile("is a damaged PDF", "download it again") from error
    try:
        if len(document) > MAX_PAGES:
            raise UnfitFile(f"has more than {MAX_PAGES:,} pages", "split it")
        pages = list(_pages(document))
        about = document.get_metadata_dict(skip_empty=True)
    except pypdfium2.PdfiumError as error:
        raise UnfitFile("is a damaged PDF", "download it again") from error
    finally:
        document.close()
    if not any(pages):
        raise UnfitFile("is a PDF without text, perhaps a scan", "recognise its text first (OCR)")
    found = Findings()
    _read_metadata(about, found)
    kept = keep(_blocks(pages, found))
    found.field("dateline", dateline(kept.text.split("\n\n")), FieldBasis.STATED)
    return Reading((found.article(kept),))


def _pages(document: object) -> Iterator[list[str]]:
    """The lines of each page."""
    size = 0
    for page in document:  # type: ignore[attr-defined]
        text_page = page.get_textpage()
        text = text_page.get_text_bounded()
        text_page.close()
        page.close()
        size += len(text)
        if size > MAX_BYTES:
            raise too_large()
        yield [line.strip() for line in text.splitlines() if line.strip()]


def _read_metadata(about: dict[str, str], found: Findings) -> None:
    title = about.get("Title", "")
    if not re.search(
        r"\.(?:docx?|pdf|indd|html?)$|^untitled|^microsoft word", title, re.IGNORECASE
    ):
        found.field("title", title, FieldBasis.META)
    found.field("author", about.get("Author"), FieldBasis.META)
    if made := _MADE.match(about.get("CreationDate", "")):
        year, month, day, hour, minute, _, utc, hours, minutes = made.groups()
        zone = "Z" if utc else f"{hours}:{minutes or '00'}" if hours else ""
        at = f"{year}-{month}-{day}" + (f"T{hour}:{minute}{zone}" if hour else "")
        stamp = stamp_of(at, basis=StampBasis.GUESSED, note="the time at which the PDF was made")
        found.time("published", stamp, FieldBasis.ASSUMED)


def _blocks(pages: Sequence[Sequence[str]], found: Findings) -> Iterator[Block]:
    repeated = _repeated(pages)
    waiting = ""
    width = max((len(line) for page in pages for line in page), default=0)
    printed = False
    for page in pages:
        for number, line in enumerate(page):
            edge = number < 2 or number >= len(page) - 2
            if edge and (reason := _edge_reason(line, repeated, found)):
                yield Block(line, reason)
                continue
            if not waiting and not printed and (stamp := stamp_line(line)):
                found.time(*stamp[:1], stamp[1].stamp, stamp[1].basis)
                yield Block(line, "the time")
                printed = True
                continue
            if not waiting and (label := label_of(line)) and label[0] != "title":
                found.field(*label, FieldBasis.STATED)
                yield Block(line, f"the {label[0]}")
                continue
            waiting = _joined(waiting, line)
            if _ends_paragraph(line, width):
                yield _paragraph(waiting, found)
                waiting = ""
    if waiting:
        yield _paragraph(waiting, found)


def _ends_paragraph(line: str, width: int) -> bool:
    """True for a line that is shorter than the page is wide, and not broken within a word."""
    if line.endswith((".", "!", "?", "”", '"', ":")):
        return len(line) < 0.85 * width
    return len(line) < 0.5 * width and not line.endswith(_SOFT_HYPHENS)


def _paragraph(words: str, found: Findings) -> Block:
    """A paragraph; the one that is the title is not part of the text."""
    title = found.value("title")
    if title and folded(words) == folded(title):
        return Block(words, "the title")
    return Block(words)


def _joined(waiting: str, line: str) -> str:
    """A line added to its paragraph; a soft hyphen at its end joins the halves of a word."""
    if waiting.endswith(_SOFT_HYPHENS):
        return waiting[:-1] + line
    return f"{waiting} {line}" if waiting else line


def _repeated(pages: Sequence[Sequence[str]]) -> frozenset[str]:
    """The lines at the edges of pages that stand on several pages."""
    if len(pages) < 2:
        return frozenset()
    seen = Counter(line for page in pages for line in {*page[:2], *page[-2:]})
    least = 2 if len(pages) == 2 else 3
    return frozenset(line for line, count in seen.items() if count >= least)


def _edge_reason(line: str, repeated: frozenset[str], found: Findings) -> str:
    if _PAGE_NUMBER.fullmatch(line):
        return "a page number"
    if address := _PRINTED_ADDRESS.fullmatch(line):
        found.field("url", address["url"], FieldBasis.FILE)
        return "the address"
    return "repeated on the pages" if line in repeated else ""
