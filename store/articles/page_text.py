"""The text of an article among the blocks of its page: what is kept, and why the rest is not.

Trafilatura says which blocks are the article; their words are taken from the page
itself, and what stands between them with no mark of being something else (quotations,
lists, tables, corrections) is kept, too.
"""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from store.articles.head_lines import label_of, stamp_line
from store.articles.html_blocks import VisibleBlock, names_of
from store.articles.read_article import Block
from store.model.text import folded

_TAGS = {
    "nav": "navigation",
    "footer": "the foot of the page",
    "aside": "beside the text",
    "button": "a button",
    "label": "a form",
    "figcaption": "a caption",
    "dialog": "a window over the page",
    "menu": "navigation",
}
_NAMES: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(rf"(?:^|[\s_-])(?:{words})(?:$|[\s_-])"), reason)
    for words, reason in (
        (r"cookies?|consent|gdpr|onetrust|ccpa|cmp|cookie\w*|qc-cmp\w*", "a cookie notice"),
        (r"nav\w*|menu|breadcrumbs?|pagination|skip-link\w*", "navigation"),
        (r"share\w*|social\w*|sharing|addtoany|follow-us", "sharing"),
        (r"newsletters?|subscribe\w*|subscription\w*|signup|sign-up|paywall\w*", "a subscription"),
        (r"related\w*|recommend\w*|more-stories|read-?more|trending|most-?read\w*|popular"
         r"|also-read|further-reading|outbrain|taboola\w*|teaser", "other articles"),
        (r"comments?|disqus\w*|respond", "comments"),
        (r"ads?|advert\w*|sponsor\w*|promo\w*|banner", "advertising"),
        (r"tags?|tag-list|topics?|keywords", "tags"),
        (r"caption\w*|credit\w*", "a caption"),
        (r"sidebar\w*|widget\w*|rail", "beside the text"),
        (r"site-?footer|footer\w*|colophon|copyright", "the foot of the page"),
        (r"site-?header|masthead|topbar|global-header", "the head of the page"),
        (r"author-?bio\w*|about-?author|author-?box", "about the author"),
    )
)  # fmt: skip
_FURNITURE = re.compile(
    r"(?:advertisements?|share(?: this)?(?: article)?|read more.{0,80}|listen.{0,40}|print|save"
    r"|copy link"
    r"|follow us.{0,40}|sign up.{0,80}|subscribe.{0,60}|\d+ min(?:ute)?s? read|\d+ comments?"
    r"|advertising|skip to.{0,30}|loading.{0,10}|getty images|reuters|related)",
    re.IGNORECASE,
)
_KEY = re.compile(r"[^\w]+")
_WHOLE = frozenset(("html", "body", "main", "article", "form"))
"""Elements whose names say nothing of what is in them."""
_MOST = 0.3
"""The part of the article that nothing which is not the article can hold."""


def article_blocks(
    blocks: Sequence[VisibleBlock], extracted: str, title: str
) -> tuple[list[Block], bool]:
    """Every block of the page, kept or with the reason why not; false if none was recognised."""
    chosen = _chosen(blocks, extracted)
    recognised = any(chosen)
    if not recognised:
        chosen = [
            len(block.text) > 80 and "p" in block.tags and not _other(block, {}) for block in blocks
        ]
    held = _held(blocks, chosen)
    inside = _inside(blocks, chosen)
    found = []
    for number, block in enumerate(blocks):
        reason = _reason(block, chosen[number], inside[number], held, title)
        found.append(Block(block.text, reason, tight="li" in block.tags or "tr" in block.tags))
    if not any(one.text and not one.reason for one in found):
        found = [_any_text(block, one) for block, one in zip(blocks, found, strict=True)]
    return _tight_lists(found, blocks), recognised


def _any_text(block: VisibleBlock, one: Block) -> Block:
    return one if block.hidden or _other(block, {}) else one._replace(reason="")


def _tight_lists(found: list[Block], blocks: Sequence[VisibleBlock]) -> list[Block]:
    """The first item of a list, and the first row of a table, begin a paragraph."""
    mended, before = [], None
    for one, block in zip(found, blocks, strict=True):
        around = next((e for e in block.within if e.tag in ("ul", "ol", "table")), None)
        mended.append(one._replace(tight=one.tight and around is before and around is not None))
        before = around
    return mended


def _chosen(blocks: Sequence[VisibleBlock], extracted: str) -> list[bool]:
    """The blocks whose words are in the extracted text."""
    whole = _key(extracted)
    lines = {_key(line) for line in extracted.splitlines()}
    found = []
    for block in blocks:
        key = _key(block.text)
        found.append(bool(key) and (key in lines or (len(key) > 24 and key in whole)))
    return found


def _key(text: str) -> str:
    return _KEY.sub("", text).casefold()


def _held(blocks: Sequence[VisibleBlock], chosen: Sequence[bool]) -> dict[Any, float]:
    """The part of the article's letters that each element holds."""
    total = sum(len(b.text) for b, one in zip(blocks, chosen, strict=True) if one) or 1
    held: dict[Any, float] = {}
    for block, one in zip(blocks, chosen, strict=True):
        for element in block.within if one else ():
            held[element] = held.get(element, 0.0) + len(block.text) / total
    return held


def _inside(blocks: Sequence[VisibleBlock], chosen: Sequence[bool]) -> list[bool]:
    """The blocks between the first and the last of the article, or beside one of these."""
    numbers = [number for number, one in enumerate(chosen) if one]
    if not numbers:
        return [False] * len(blocks)
    first, last = numbers[0], numbers[-1]
    parents = {id(_parent(blocks[number])) for number in numbers}
    return [
        first <= number <= last or id(_parent(block)) in parents
        for number, block in enumerate(blocks)
    ]


def _parent(block: VisibleBlock) -> Any:
    return block.within[1] if len(block.within) > 1 else block.within[0]


def _other(block: VisibleBlock, held: dict[Any, float]) -> str:
    """The reason for which a block is no article, by the elements around it; empty without any."""
    for element in block.within:
        if held.get(element, 0.0) > _MOST or element.tag in _WHOLE:
            continue
        if reason := _TAGS.get(element.tag):
            return reason
        if names := names_of(element):
            for pattern, words in _NAMES:
                if pattern.search(names):
                    return words
    return ""


def _reason(
    block: VisibleBlock, chosen: bool, inside: bool, held: dict[Any, float], title: str
) -> str:
    """The reason why a block is not in the text, empty if it is."""
    if block.hidden:
        return "hidden on the page"
    if title and folded(block.text) == folded(title):
        return "the title"
    if other := _other(block, held):
        return other
    if stamp_line(block.text):
        return "the time"
    if (label := label_of(block.text)) and label[0] in ("author", "url"):
        return f"the {label[0]}"
    if _FURNITURE.fullmatch(block.text.strip()):
        return "a part of the page"
    if chosen or inside:
        return ""
    return "outside of the article"


def printed_times(blocks: Sequence[VisibleBlock]) -> Iterator[tuple[str, Any]]:
    """The times that lines of the page state: `published` or `updated`, and the time."""
    for block in blocks:
        if not block.hidden and (found := stamp_line(block.text)):
            yield found
