"""The articles that a case has, by what an imported article is recognised by."""

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

import msgspec

from store.archive import Archive
from store.database.checksums import checked
from store.model.address import address_key
from store.model.log_line import Act
from store.model.records import Article
from store.model.text import folded
from store.reader import Reader

_NEAR = 3
"""The days between two publications of one title that are versions of one article."""


class _Stamp(msgspec.Struct, frozen=True):
    at: str = ""


class _Capture(msgspec.Struct, frozen=True):
    part: str = ""


class _Recognised(msgspec.Struct, frozen=True):
    """The fields by which an article is recognised; others of its JSON are passed over."""

    id: str
    title: str | None = None
    publisher: str | None = None
    url: str | None = None
    text_sha256: str | None = None
    raw_sha256: str | None = None
    published: _Stamp | None = None
    capture: _Capture | None = None


_recognised = msgspec.json.Decoder(_Recognised)


class _Kept(NamedTuple):
    id: str
    text_sha256: str | None
    day: str


class KnownArticles:
    """The articles of a case, and those that the imports since have added."""

    def __init__(self, archive: Archive) -> None:
        self._by_original: dict[tuple[str, str], str] = {}
        self._digests: dict[str, str] = {}
        self._by_address: dict[str, _Kept] = {}
        self._by_name: dict[tuple[str, str], _Kept] = {}
        self.ids: set[str] = set()
        for one in archive.ask(_articles):
            self.add(one)

    def add(self, one: "_Recognised | Article") -> None:
        """Take note of an article that is in the case, or is added."""
        self.ids.add(one.id)
        if one.raw_sha256 and one.capture:
            self._by_original[one.raw_sha256, one.capture.part] = one.id
        elif one.raw_sha256:
            self._digests[one.raw_sha256] = one.id
        kept = _Kept(one.id, one.text_sha256, one.published.at[:10] if one.published else "")
        if one.url:
            self._by_address[address_key(one.url)] = kept
        if one.title and one.publisher:
            self._by_name[one.publisher, folded(one.title)] = kept

    def of_original(self, sha256: str, part: str) -> str:
        """The id of the article that was read from this part of this file, empty if none was."""
        return self._by_original.get((sha256, part), "")

    def digest_of(self, sha256: str) -> str:
        """The id of the article of which these are the bytes, and the case holds a digest."""
        return self._digests.get(sha256, "")

    def earlier(self, one: Article) -> tuple[str, str | None] | None:
        """The last known version of an article: its id, and the hash of its text.

        It is known by its address, or by title and publisher within a few days.
        """
        if one.url and (found := self._by_address.get(address_key(one.url))):
            return found.id, found.text_sha256
        if one.title and one.publisher:
            found = self._by_name.get((one.publisher, folded(one.title)))
            day = one.published.at[:10] if one.published else ""
            if found and _near(found.day, day):
                return found.id, found.text_sha256
        return None


def withdrawn_articles(archive: Archive) -> frozenset[str]:
    """The ids of the articles that a person withdrew, according to the log."""
    found: set[str] = set()
    for entry in reversed(archive.history()):
        for edit in entry.edits:
            if edit.table == "articles":
                gone = edit.after is None and entry.act is not Act.UNDO
                (found.add if gone else found.discard)(edit.id)
    return frozenset(found)


def _near(one: str, other: str) -> bool:
    """True if two days are within a few days, or one is not known."""
    if not one or not other:
        return True
    try:
        apart = date.fromisoformat(one) - date.fromisoformat(other)
    except ValueError:
        return one == other
    return abs(apart.days) <= _NEAR


def _articles(connection: Reader) -> Iterable[_Recognised]:
    rows = connection.execute(f"SELECT {checked('articles', 'body')} FROM articles ORDER BY n")
    return [_recognised.decode(body) for (body,) in rows]
