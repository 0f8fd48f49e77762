"""Articles in saved web pages: HTML as a browser or SingleFile saves it."""

import re
from typing import Any

from store.articles.extras import needs_articles
from store.articles.html_blocks import page_tree, visible_blocks
from store.articles.page_metadata import day_of_address, page_title, read_metadata
from store.articles.page_text import article_blocks, printed_times
from store.articles.read_article import Block, Findings, ReadArticle, ReadField, Reading, keep
from store.articles.text_encoding import decoded_text
from store.errors import UnfitFile
from store.extraction.datelines import dateline
from store.model.text import folded
from store.model.vocabulary import FieldBasis

_CHARSET = re.compile(rb"charset=[\"']?\s*([A-Za-z0-9_:.-]{2,40})", re.IGNORECASE)
_SAVED = re.compile(
    r"Page saved with SingleFile\s*url:\s*(?P<url>\S{1,2000})\s*"
    r"saved date:\s*(?P<time>[^\n]{1,120})"
)
_SAVED_FROM = re.compile(r"<!-- saved from url=\(\d+\)(?P<url>\S{1,2000}) -->")


def read_html(content: bytes) -> Reading:
    """The article of a saved page. Raises `UsageError` if it has no text."""
    findings = Findings()
    return Reading((article_of_page(decoded_page(content, findings), findings),))


def decoded_page(content: bytes, found: Findings, declared: str = "") -> str:
    """The text of a page, decoded as it or its container declares."""
    if not declared and (charset := _CHARSET.search(content[:4096])):
        declared = charset[1].decode("ascii")
    decoded = decoded_text(content, declared)
    if decoded.remark:
        found.remarks.append(f"the page {decoded.remark}")
    return decoded.text


def fragment_blocks(markup: str) -> list[Block]:
    """The blocks of a piece of HTML that is the text itself; what is hidden is not kept."""
    with needs_articles("a text with markup"):
        tree = page_tree(f"<html><body>{markup}</body></html>")
    return [
        Block(one.text, "hidden" if one.hidden else "", tight=bool(one.tags & {"li", "tr"}))
        for one in visible_blocks(tree)
    ]


def article_of_page(text: str, found: Findings, part: str = "") -> ReadArticle:
    """The article of a page; what `found` has already counts before what the page says."""
    with needs_articles("a saved page"):
        tree, extracted = page_tree(text), _extracted(text)
    _read_capture(text, found)
    read_metadata(tree, found)
    blocks = visible_blocks(tree)
    if not any(block.text for block in blocks):
        raise UnfitFile("is an HTML page without any text", "save the page itself")
    heading = _heading(tree)
    found.field("title", heading, FieldBasis.STATED)
    found.field("title", page_title(tree, found.value("publisher")), FieldBasis.META)
    if heading and folded(heading) == folded(found.value("title")):
        found.fields["title"] = ReadField(heading, FieldBasis.STATED)
    for field, time in printed_times(blocks):
        found.time(field, time.stamp, time.basis)
    if "published" not in found.times and (guess := day_of_address(found.value("url"))):
        found.time("published", guess, FieldBasis.ASSUMED)
    divided, recognised = article_blocks(blocks, extracted, heading or found.value("title"))
    if not recognised:
        found.remarks.append("the article was not recognised: the paragraphs of the page are kept")
    kept = keep(divided)
    if not kept.text:
        raise UnfitFile("is an HTML page that shows no text", "save the page itself")
    if re.search("<html", text[:8192], re.IGNORECASE) and not re.search(
        "</html", text[-65536:], re.IGNORECASE
    ):
        found.remarks.append("the page has no end, and may be torn")
    place = dateline(block.text for block in divided if not block.reason)
    found.field("dateline", place, FieldBasis.STATED)
    return found.article(kept, part)


def _read_capture(text: str, found: Findings) -> None:
    """Keep the address and the time that a browser notes at the head of a page it saves."""
    head = text[:8192]
    if saved := _SAVED.search(head):
        found.field("url", saved["url"], FieldBasis.FILE)
        found.stated_time("captured", saved["time"], FieldBasis.FILE)
    elif saved := _SAVED_FROM.search(head):
        found.field("url", saved["url"], FieldBasis.FILE)


def _heading(tree: Any) -> str:
    """The only first heading of a page, empty if it has none or several."""
    headings = {" ".join("".join(one.itertext()).split()) for one in tree.iter("h1")} - {""}
    return headings.pop() if len(headings) == 1 else ""


def _extracted(text: str) -> str:
    """The text that trafilatura takes for the article, empty if it finds none."""
    import trafilatura

    text = re.sub(r"&#(?:x0*1?[0-9a-f]|0*(?:\d|[12]\d|3[01]));", "", text, flags=re.IGNORECASE)
    try:
        found = trafilatura.extract(
            text,
            output_format="txt",
            include_comments=False,
            include_tables=True,
            include_formatting=False,
            deduplicate=False,
            favor_recall=True,
        )
    except Exception:
        return ""
    return found or ""
