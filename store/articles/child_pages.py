"""Reading pages, mails, feeds, Word files and web archives in a process with limits.

Each library reads something small here, so that nothing is left that it opens later.
"""

import io
import zipfile
from contextlib import suppress

from store.articles import feed, html_page, mail, word
from store.articles.child import articles as articles
from store.articles.child import load_libraries
from store.errors import ConflictError

_WORDS = "The army said on Friday that it had withdrawn from the town after three days. " * 3
_PAGE = f"<html><body><article><h1>T</h1><p>{_WORDS}</p><p>{_WORDS}</p></article></body></html>"
_FEED = "<rss><channel><title>T</title><item><title>T</title></item></channel></rss>"
_MAIL = "MIME-Version: 1.0\r\nFrom: a@b\r\nContent-Type: text/html\r\n\r\n" + _PAGE
_SPACE = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_DOCUMENT = (
    f'<w:document xmlns:w="{_SPACE}"><w:body><w:p><w:r><w:t>{_WORDS}</w:t></w:r></w:p>'
    "</w:body></w:document>"
)


def _word_file() -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("word/document.xml", _DOCUMENT)
    return made.getvalue()


def _load() -> None:
    """Let every library read something; one that is not installed says so when it is needed."""
    load_libraries("lxml.etree", "trafilatura", "feedparser.api", "mammoth")
    load_libraries("warcio.archiveiterator", "warcio.exceptions")
    for read, content in (
        (html_page.read_html, _PAGE.encode()),
        (html_page.read_html, b"<html><body><p>A short page.</p></body></html>"),
        (feed.read_feed, _FEED.encode()),
        (mail.read_mail, _MAIL.encode()),
        (word.read_word, _word_file()),
    ):
        with suppress(ConflictError):
            read(content)
    with suppress(ModuleNotFoundError):
        import feedparser.api

        feedparser.api.PREFERRED_XML_PARSERS = []  # to look for another opens folders


_load()
