"""The metadata of a page about its article: JSON-LD, OpenGraph, `<time>`, `<link>`."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from store.articles.language import language_tag
from store.articles.read_article import Findings
from store.articles.stamps import stamp_of
from store.model.records import Stamp
from store.model.text import folded
from store.model.vocabulary import FieldBasis, StampBasis

_LARGEST = 4 * 1024 * 1024
_DEPTH = 12
_ARTICLES = re.compile(r"article|posting|report|newsitem", re.IGNORECASE)

_PUBLISHED = (
    *("article:published_time", "og:article:published_time", "og:published_time", "datepublished"),
    *(
        "publish-date",
        "publish_date",
        "pubdate",
        "publishdate",
        "dc.date.issued",
        "dcterms.created",
    ),
    *("dc.date", "dcterms.date", "date", "parsely-pub-date", "sailthru.date", "cxenseparse:recs"),
    *("citation_publication_date", "originalpublicationdate", "cxenseparse:publishtime"),
)
_UPDATED = (
    *("article:modified_time", "og:article:modified_time", "og:updated_time", "datemodified"),
    *("last-modified", "lastmod", "dcterms.modified", "dc.date.modified", "modified"),
)
_TITLE = ("og:title", "twitter:title", "dc.title", "headline", "parsely-title")
_PUBLISHER = ("og:site_name", "dc.publisher", "application-name", "article:publisher", "publisher")
_AUTHOR = ("author", "article:author", "dc.creator", "parsely-author", "byl", "sailthru.author")


def read_metadata(tree: Any, found: Findings) -> None:
    """Keep what the metadata say; of two times of one day that with the hour counts."""
    metas = _metas(tree)
    articles = list(_json_articles(tree))
    for one in articles:
        _read_json_article(one, found)
    meta = FieldBasis.META
    for name in _TITLE:
        found.field("title", metas.get(name), meta)
    for name in _PUBLISHER:
        value = metas.get(name, "")
        if not value.startswith("http"):
            found.field("publisher", value, meta)
    for name in _AUTHOR:
        value = metas.get(name, "")
        if not value.startswith("http"):
            found.field("author", value, meta)
    _read_address(tree, metas, found)
    _read_language(tree, metas, found)
    for field, names, itemprop in (
        ("published", _PUBLISHED, "datePublished"),
        ("updated", _UPDATED, "dateModified"),
    ):
        words = [*(metas.get(name, "") for name in names), *_times(tree, itemprop)]
        stated = [stamp for one in words if (stamp := stamp_of(one))]
        known = found.times.get(field)
        best = _finest(([known.stamp] if known else []) + stated)
        if best is not None:
            found.times.pop(field, None)
            found.time(field, best, meta)
            _remark_other_days(found, field, best, stated)
        else:
            found.stated_time(field, next(filter(None, words), ""), meta)


def _finest(stamps: list[Stamp]) -> Stamp | None:
    """The first time; if it has a day only, the first with an hour of that day."""
    if not stamps:
        return None
    first = stamps[0]
    same = (one for one in stamps if one.at[:10] == first.at[:10])
    return max(same, key=lambda one: (len(one.at) > 10, _has_zone(one)))


def _has_zone(stamp: Stamp) -> bool:
    return len(stamp.at) > 16 and stamp.at[-1] in "Z0123456789" and stamp.at[-6] in "+-Z"


def _remark_other_days(found: Findings, field: str, best: Stamp, stated: list[Stamp]) -> None:
    others = {one.at[:10] for one in stated} - {best.at[:10]}
    if others:
        found.remarks.append(
            f"the page states other days, too: {field} {', '.join(sorted(others))}"
        )


def _metas(tree: Any) -> Mapping[str, str]:
    """The contents of the `<meta>` elements by their names in small letters; the first counts."""
    found: dict[str, str] = {}
    for element in tree.iter("meta"):
        content = (element.get("content") or "").strip()
        for key in ("property", "name", "itemprop", "http-equiv"):
            name = element.get(key)
            if name and content and len(content) < 4000:
                found.setdefault(name.lower(), content)
    return found


def _json_articles(tree: Any) -> Iterator[Mapping[str, Any]]:
    """The objects of JSON-LD that describe an article; one that cannot be read is passed over."""
    for element in tree.iter("script"):
        if "ld+json" not in (element.get("type") or "").lower():
            continue
        text = (element.text or "").strip().removeprefix("<!--").removesuffix("-->").strip()
        if not text or len(text) > _LARGEST:
            continue
        try:
            value = json.loads(text, strict=False)
        except (ValueError, RecursionError):
            continue
        yield from _articles_in(value, _DEPTH)


def _articles_in(value: Any, depth: int) -> Iterator[Mapping[str, Any]]:
    if depth == 0:
        return
    if isinstance(value, list):
        for one in value[:1000]:
            yield from _articles_in(one, depth - 1)
    elif isinstance(value, dict):
        if _ARTICLES.search(" ".join(_strings(value.get("@type")))):
            yield value
        for key in ("@graph", "mainEntity", "mainEntityOfPage", "itemListElement", "item"):
            yield from _articles_in(value.get(key), depth - 1)


def _strings(value: Any) -> list[str]:
    """The words of a value: a text, or the names of objects, or a list of either."""
    if isinstance(value, str):
        return [value]
    if isinstance(value, dict):
        return _strings(value.get("name") or value.get("@value"))
    if isinstance(value, list):
        return [words for one in value[:50] for words in _strings(one)[:1]]
    return []


def _read_json_article(one: Mapping[str, Any], found: Findings) -> None:
    meta = FieldBasis.META
    found.field("title", "".join(_strings(one.get("headline"))[:1]), meta)
    found.field("publisher", "".join(_strings(one.get("publisher"))[:1]), meta)
    found.field("author", ", ".join(_strings(one.get("author"))), meta)
    found.field("language", language_tag("".join(_strings(one.get("inLanguage"))[:1])), meta)
    for name in ("url", "mainEntityOfPage"):
        value = one.get(name)
        value = value.get("@id") if isinstance(value, dict) else value
        if isinstance(value, str) and value.startswith("http"):
            found.field("url", value, meta)
    for field, name in (("published", "datePublished"), ("updated", "dateModified")):
        found.stated_time(field, "".join(_strings(one.get(name))[:1]), meta)


def _read_address(tree: Any, metas: Mapping[str, str], found: Findings) -> None:
    for element in tree.iter("link"):
        address = (element.get("href") or "").strip()
        if (element.get("rel") or "").lower() == "canonical" and address.startswith("http"):
            found.field("url", address, FieldBasis.META)
    if metas.get("og:url", "").startswith("http"):
        found.field("url", metas["og:url"], FieldBasis.META)


def _read_language(tree: Any, metas: Mapping[str, str], found: Findings) -> None:
    root = tree if tree.tag == "html" else tree.getroottree().getroot()
    stated = root.get("lang") or root.get("{http://www.w3.org/XML/1998/namespace}lang")
    for value in (stated, metas.get("content-language"), metas.get("og:locale")):
        found.field("language", language_tag(value or ""), FieldBasis.META)


def _times(tree: Any, itemprop: str) -> list[str]:
    """The words of `<time>` elements, those of this property; without any, the one of the page."""
    elements = [one for one in tree.iter("time") if one.get("datetime")]
    named = [one for one in tree.iter() if one.get("itemprop") == itemprop]
    if itemprop == "dateModified":
        named += [one for one in elements if re.search("modif|updat", names(one))]
    elif not named:
        named = [one for one in elements if not re.search("modif|updat", names(one))][:1]
    return [one.get("datetime") or one.get("content") or "" for one in named]


def names(element: Any) -> str:
    """The classes of an element and of the one around it, and the words within, briefly."""
    parent = element.getparent()
    around = parent.get("class", "") if parent is not None else ""
    words = "".join(element.itertext())[:60]
    return f"{element.get('class', '')} {around} {words}".lower()


_DAY_IN_ADDRESS = re.compile(
    r"/(?P<year>20\d\d|19\d\d)[/-](?P<month>\d{1,2})[/-](?P<day>\d{1,2})\b"
)


def day_of_address(address: str) -> Stamp | None:
    """The day that an address holds, which is a guess at the day of publication."""
    match = _DAY_IN_ADDRESS.search(address)
    if match is None:
        return None
    words = f"{match['year']}-{int(match['month']):02}-{int(match['day']):02}"
    stamp = stamp_of(words, basis=StampBasis.GUESSED, note="the day in the address")
    return stamp


def page_title(tree: Any, publisher: str) -> str:
    """The `<title>` of a page, without the publisher's name at its end."""
    element = next(tree.iter("title"), None)
    words = " ".join("".join(element.itertext()).split()) if element is not None else ""
    head, by, tail = re.match(r"(.*?)(?:(\s[|–—-]\s)([^|–—]{2,40}))?$", words).groups()  # type: ignore[union-attr]
    return head if by and (not publisher or folded(publisher) in folded(tail)) else words
