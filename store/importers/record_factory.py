"""The tools with which importers make records: each shared one once, with ids from content."""

import re
from collections.abc import Mapping
from html import unescape

from store.importers.draft import Draft
from store.model.record import make_id
from store.model.records import AnyRecord, Passage, Source
from store.model.text import normalised, text_hash
from store.model.vocabulary import SourceKind


class RecordFactory:
    """The records that rows share, each handed out once, when a row first needs it.

    `known` holds the ids of sources that the archive has, by their names and
    aliases, folded: an importer makes no second source of one name.
    """

    def __init__(self, known: Mapping[str, str]) -> None:
        self._known = known
        self._seen: set[str] = set()
        self._sources: dict[str, str] = {}
        self._unnamed: dict[str, str] = {}
        self._new: list[tuple[str, AnyRecord]] = []

    def take(self) -> tuple[tuple[str, AnyRecord], ...]:
        """Take the records that are new since the last call."""
        new = tuple(self._new)
        self._new.clear()
        return new

    def not_taken(self, draft: Draft) -> None:
        """Take back the shared records of a draft that was not taken: the next draft gets them."""
        self._new[:0] = draft.shared

    def add(self, table: str, record: AnyRecord) -> str:
        """Hand a record out, unless one with its id was handed out; return its id."""
        if record.id not in self._seen:
            self._seen.add(record.id)
            self._new.append((table, record))
        return record.id

    def source(self, name: str, kind: SourceKind, speaks_for: str | None = None) -> str:
        """The id of the source of a name; `speaks_for` is an actor that was handed out.

        In names that are not known, capitals do not count: "Local council" and
        "local council" are one.
        """
        found = self._sources.get(name)
        if found is None:
            key = folded(name)
            found = self._known.get(key)
            if found is None and kind is SourceKind.UNNAMED:
                found = self._unnamed.get(key)
            if found is None:
                made = Source(id=make_id("src", name), name=name, kind=kind, speaks_for=speaks_for)
                found = self.add("sources", made)
            if kind is SourceKind.UNNAMED:
                self._unnamed[key] = found
            self._sources[name] = found
        return found


def folded(name: str) -> str:
    """A name in the form in which names are compared: blanks and case do not count."""
    return " ".join(name.split()).casefold()


def words_of(cell: str) -> str:
    """A cell as text in which offsets count, without blanks at its ends."""
    return cell if cell.isascii() and "\r" not in cell else normalised(cell)


def decoded(cell: str) -> str:
    """A cell with the character references of HTML (`&#8220;`, `&amp;`) as the letters they are.

    They are decoded once, and only if complete: "AT&T" stays. Characters that no text
    may hold are left out or replaced, as in HTML.
    """
    return _REFERENCE.sub(lambda found: unescape(found[0]), cell) if "&" in cell else cell


_REFERENCE = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")


def title_passage(article: str, title: str) -> Passage:
    """The passage that is all of an article's title."""
    return Passage(
        id=make_id("psg", article, "title"),
        article=article,
        start=0,
        end=len(title),
        exact=title,
        text_sha256=text_hash(title),
        in_title=True,
    )


def passage(article: str, name: str, text: str, sha256: str, start: int, end: int) -> Passage:
    """A passage of the text of a row; `name` distinguishes it from the article's others.

    It keeps nothing of the text around it: a row that has changed is made anew, so
    nobody has to find the words again.
    """
    return Passage(
        id=make_id("psg", article, name),
        article=article,
        start=start,
        end=end,
        exact=text[start:end],
        text_sha256=sha256,
    )
