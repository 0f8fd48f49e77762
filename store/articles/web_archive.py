"""Articles in web archives: WARC files, and WACZ packages of them. Digests are checked."""

import hashlib
import json
import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from store.articles.extras import needs_articles
from store.articles.html_page import article_of_page, decoded_page
from store.articles.limits import MAX_BYTES, ZIP_ERRORS, read_limited, read_member
from store.articles.read_article import TORN, Findings, PassedOver, ReadArticle, Reading
from store.errors import UnfitFile, UsageError
from store.model.vocabulary import FieldBasis

_LEAST = 200
"""The least code points of a text that a page of an archive must have to be an article."""
_MOST_PAGES = 20_000
_DIFFERS, _ALTERED = "differs from", "it was altered, damaged or torn"


def read_warc(content: bytes) -> Reading:
    """The articles of the pages in a WARC file. Raises `UsageError` if it has none."""
    return _reading(_pages(content), [])


def read_wacz(content: bytes) -> Reading:
    """The articles of the pages in a WACZ package. Raises `UsageError` if it has none."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            names = [one.filename for one in archive.infolist()]
            wrong = _wrong_parts(archive, names)
            archives, left = [], MAX_BYTES
            for name in names:
                if name in wrong:
                    continue
                if name.startswith("archive/") and name.endswith((".warc", ".warc.gz")):
                    archives.append(read_member(archive, name, left))
                    left -= len(archives[-1])
            listed = _listed_pages(archive, names)
    except ZIP_ERRORS as error:
        raise UnfitFile(f"is a damaged zip ({error})", "download it again") from error
    pages = (page for one in archives for page in _pages(one))
    if listed:
        pages = (page for page in pages if page[0] in listed)
    return _reading(pages, [PassedOver(name, f"{_DIFFERS} its hash: {_ALTERED}") for name in wrong])


def _wrong_parts(archive: zipfile.ZipFile, names: list[str]) -> list[str]:
    """The parts that differ from the hash that the package states of them."""
    if "datapackage.json" not in names:
        return []
    try:
        stated = json.loads(read_member(archive, "datapackage.json", 16 * 2**20))
        hashes = {str(one["path"]): str(one["hash"]) for one in stated["resources"]}
    except (ValueError, KeyError, TypeError, RecursionError):
        return []
    return [
        path
        for path, hash in hashes.items()
        if path in names
        and hash.startswith("sha256:")
        and hashlib.sha256(read_member(archive, path)).hexdigest() != hash[7:]
    ]


def _listed_pages(archive: zipfile.ZipFile, names: list[str]) -> frozenset[str]:
    """The addresses that the package lists as its pages, none if it lists none."""
    found = set()
    for name in names:
        if name.startswith("pages/") and name.endswith(".jsonl"):
            for line in read_member(archive, name).splitlines():
                try:
                    page = json.loads(line)
                except (ValueError, RecursionError):
                    continue
                if isinstance(page, dict) and isinstance(page.get("url"), str):
                    found.add(page["url"])
    return frozenset(found)


_Page = tuple[str, str, bytes, str, str]
"""The address, the time, the content and its charset of a page, and what is wrong with it."""


def _pages(content: bytes) -> Iterator[_Page]:
    """The HTML pages of a WARC file, in their order."""
    with needs_articles("a web archive"):
        from warcio.archiveiterator import ArchiveIterator
        from warcio.exceptions import ArchiveLoadFailed
    left = MAX_BYTES * 4
    try:
        for record in ArchiveIterator(BytesIO(content), check_digests=True):
            if record.rec_type not in ("response", "resource"):
                continue
            kind, status = _kind(record)
            if "html" not in kind or status not in ("", "200", "203"):
                continue
            payload = read_limited(record.content_stream(), min(left, MAX_BYTES))
            left -= len(payload)
            wrong = _fault(record)
            headers = record.rec_headers
            address = headers.get_header("WARC-Target-URI") or ""
            charset = kind.partition("charset=")[2].strip(" \"';").split(";")[0]
            yield address, headers.get_header("WARC-Date") or "", payload, charset, wrong
    except UsageError:
        raise
    except (ArchiveLoadFailed, Exception) as error:  # the library has no error of its own for all
        raise UnfitFile(f"is a damaged WARC file ({_line(error)})", "download it again") from error


def _fault(record: Any) -> str:
    """The fault of a record that was read to its end, empty if its digest is right."""
    record.raw_stream.read()
    if (getattr(record.raw_stream, "limit", None) or 0) > 0:
        return TORN
    checker = record.digest_checker
    stated = any(
        record.rec_headers.get_header(name) for name in ("WARC-Payload-Digest", "WARC-Block-Digest")
    )
    if checker is None or not stated or checker.passed:
        return ""
    return f"{_DIFFERS} its digest: {_ALTERED}"


def _line(error: BaseException) -> str:
    return " ".join(str(error).split())[:80] or type(error).__name__


def _kind(record: Any) -> tuple[str, str]:
    """The media type and the status of a record."""
    http = record.http_headers
    if http is None:
        return (record.rec_headers.get_header("Content-Type") or "").lower(), ""
    return (http.get_header("Content-Type") or "").lower(), http.get_statuscode()


def _reading(pages: Iterator[_Page], passed_over: list[PassedOver]) -> Reading:
    articles: list[ReadArticle] = []
    for number, (address, at, content, charset, wrong) in enumerate(pages):
        if number >= _MOST_PAGES:
            raise UnfitFile(f"has more than {_MOST_PAGES:,} pages", "split it")
        part = address or f"page {number + 1}"
        if wrong:
            passed_over.append(PassedOver(part, wrong))
            continue
        found = Findings()
        found.field("url", address, FieldBasis.FILE)
        found.stated_time("captured", at, FieldBasis.FILE)
        try:
            article = article_of_page(decoded_page(content, found, charset), found, part)
        except UsageError as error:
            passed_over.append(PassedOver(part, error.message))
            continue
        if len(article.text) < _LEAST:
            passed_over.append(PassedOver(part, "has no text of an article"))
        else:
            articles.append(article)
    if not articles and not passed_over:
        raise UnfitFile("holds no web page", "")
    return Reading(tuple(articles), tuple(passed_over))
