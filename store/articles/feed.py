"""Articles in feeds: RSS, Atom and RDF, one an entry."""

from io import BytesIO
from typing import Any

from store.articles.extras import needs_articles
from store.articles.html_page import fragment_blocks
from store.articles.language import language_tag
from store.articles.limits import MAX_ARTICLES, refuse_entities
from store.articles.read_article import Findings, PassedOver, ReadArticle, Reading, keep
from store.errors import UnfitFile
from store.model.vocabulary import FieldBasis


def read_feed(content: bytes) -> Reading:
    """The articles of a feed. Raises `UsageError` if it is none or has no entry."""
    refuse_entities(content)
    with needs_articles("a feed"):
        import feedparser
    try:
        # a stream, as other arguments are tried as an address or a path
        parsed = feedparser.parse(
            BytesIO(content), sanitize_html=False, resolve_relative_uris=False
        )
    except Exception as error:
        raise UnfitFile("is a damaged feed", "download it again") from error
    entries = list(parsed.get("entries") or ())[:MAX_ARTICLES]
    if not entries:
        raise UnfitFile("is a feed without an entry that can be read", "download it again")
    articles: list[ReadArticle] = []
    passed_over: list[PassedOver] = []
    for number, entry in enumerate(entries, 1):
        part = f"entry {number}"
        article = _article(entry, parsed.get("feed") or {}, part)
        if article.title or article.text:
            articles.append(article)
        else:
            passed_over.append(PassedOver(part, "has no title and no text"))
    return Reading(tuple(articles), tuple(passed_over))


def _article(entry: Any, feed: Any, part: str) -> ReadArticle:
    found = Findings()
    meta = FieldBasis.META
    found.field("title", _plain(entry.get("title")), meta)
    link = str(entry.get("link") or "")
    if link.startswith("http"):
        found.field("url", link, meta)
    source = entry.get("source") or {}
    found.field("publisher", _plain(source.get("title")), meta)
    found.field("publisher", _plain(feed.get("title")), meta, "the title of the feed")
    found.field("author", _plain(entry.get("author")), meta)
    found.field("language", language_tag(str(feed.get("language") or "")), meta)
    found.stated_time("published", str(entry.get("published") or ""), meta)
    if "updated" in entry:  # `get` answers with the time of publication
        found.stated_time("updated", str(entry["updated"] or ""), meta)
    contents = [one.get("value") or "" for one in entry.get("content") or ()]
    summary = str(entry.get("summary") or "")
    markup = max(contents, key=len, default="")
    blocks = fragment_blocks(markup or summary) if (markup or summary).strip() else []
    if blocks and not markup:
        found.is_summary = True
    elif markup and summary and summary not in markup:
        repeated = keep(blocks).text
        blocks = [
            *(
                one._replace(reason="the summary")
                for one in fragment_blocks(summary)
                if one.text not in repeated
            ),
            *blocks,
        ]
    return found.article(keep(blocks), part)


def _plain(markup: Any) -> str:
    """The words of a title, which may hold markup."""
    text = str(markup or "")
    if "<" not in text and "&" not in text:
        return text
    return " ".join(block.text for block in fragment_blocks(text))
