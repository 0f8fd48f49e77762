"""An article as a reader found it: each field with its basis, the text, and what was left out."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import msgspec

from store.articles.language import language_of
from store.extraction.sentences import sentences_of
from store.model.records import Stamp
from store.model.text import normalised
from store.model.vocabulary import FieldBasis


class ReadField(msgspec.Struct, frozen=True):
    """The value of a field, its basis, and how it was read."""

    value: str
    basis: FieldBasis
    note: str = ""


class ReadTime(msgspec.Struct, frozen=True):
    """A time, and its basis; the stamp has the printed words and says what was assumed."""

    stamp: Stamp
    basis: FieldBasis


class Dropped(msgspec.Struct, frozen=True):
    """A sentence of the original that is not in the text, and the reason.

    `place` is the code point of the text at which it would stand.
    """

    sentence: str
    reason: str
    place: int


class ReadArticle(msgspec.Struct, frozen=True, kw_only=True):
    """One article of a file, of which `part` names the row or item, empty if there is one only.

    `text` is empty where only the headline is known; `is_summary` is true where it is what a
    feed or a list of references gives of it, and perhaps not all. Of the visible text of the
    original `kept` sentences are in `text`, the others in `dropped`: the two are all of it.
    `sources` are names that the article lists for the whole of it. `remarks` say what
    a person should know of the reading.
    """

    part: str = ""
    title: ReadField | None = None
    publisher: ReadField | None = None
    author: ReadField | None = None
    language: ReadField | None = None
    url: ReadField | None = None
    dateline: ReadField | None = None
    published: ReadTime | None = None
    updated: ReadTime | None = None
    captured: ReadTime | None = None
    text: str = ""
    is_summary: bool = False
    kept: int = 0
    dropped: tuple[Dropped, ...] = ()
    sources: tuple[str, ...] = ()
    remarks: tuple[str, ...] = ()


QUOTED = 60
"""The most code points of words that a remark quotes."""
NOT_READ = "is not read"
"""The words of a remark after the name of a time that is stated, but not understood."""
TORN = "is torn: the file ends within it"
"""The reason for which the last part of a file that was cut off is passed over."""


class PassedOver(msgspec.Struct, frozen=True):
    """A part of a file from which no article was read, and the reason."""

    part: str
    reason: str


class Reading(msgspec.Struct, frozen=True):
    """The finds of a reader in a file: its articles, and the parts that it passed over."""

    articles: tuple[ReadArticle, ...]
    passed_over: tuple[PassedOver, ...] = ()


class Block(NamedTuple):
    """A piece of the visible text: a paragraph, a heading, an item. It is kept without `reason`.

    `tight` blocks follow the one before on the next line, without an empty one between.
    """

    text: str
    reason: str = ""
    tight: bool = False


class KeptText(NamedTuple):
    """The text that is kept, the number of its sentences, and the sentences that are not in it."""

    text: str
    kept: int
    dropped: tuple[Dropped, ...]


def keep(blocks: Iterable[Block]) -> KeptText:
    """Divide the visible text: every sentence of it is kept, or dropped with a reason."""
    pieces: list[str] = []
    kept = place = 0
    dropped: list[Dropped] = []
    for block in blocks:
        words = normalised(block.text).strip()
        found = sentences_of(words)
        if block.reason:
            dropped += [Dropped(sentence, block.reason, place) for sentence in found]
            continue
        if not words:
            continue
        joint = ("\n" if block.tight else "\n\n") if pieces else ""
        pieces.append(joint + words)
        place += len(joint) + len(words)
        kept += len(found)
    return KeptText("".join(pieces), kept, tuple(dropped))


class Findings:
    """The fields and times of an article as they are found; the first of each counts."""

    FIELDS = ("title", "publisher", "author", "language", "url", "dateline")
    TIMES = ("published", "updated", "captured")

    def __init__(self) -> None:
        self.fields: dict[str, ReadField] = {}
        self.times: dict[str, ReadTime] = {}
        self.sources: list[str] = []
        self.remarks: list[str] = []
        self.unread: dict[str, str] = {}
        """The words that state a time by its field, but none that can be read."""
        self.is_summary = False

    def field(self, name: str, value: str | None, basis: FieldBasis, note: str = "") -> None:
        """Keep the value of a field, if it has one and none is known."""
        value = " ".join((value or "").split())
        if value:
            self.fields.setdefault(name, ReadField(normalised(value), basis, note))

    def time(self, name: str, stamp: Stamp | None, basis: FieldBasis) -> None:
        """Keep a time, if there is one and none is known but a guess, which gives way.

        So does a day without an hour to the same day with one.
        """
        known = self.times.get(name)
        guess = FieldBasis.ASSUMED
        if known and stamp and basis is known.basis and _is_finer(stamp, known.stamp):
            self.times[name] = ReadTime(stamp, basis)
        if stamp and (known is None or (known.basis is guess and basis is not guess)):
            self.times[name] = ReadTime(stamp, basis)

    def stated_time(self, name: str, words: str, basis: FieldBasis, note: str = "") -> bool:
        """Keep the time that words state; False, with a remark in the end, if they state none."""
        from store.articles.stamps import stamp_of  # its patterns: where articles are read

        stamp = stamp_of(words, note=note)
        self.time(name, stamp, basis)
        if stamp is None and words.strip():
            self.unread.setdefault(name, " ".join(words.split()))
        return stamp is not None

    def value(self, name: str) -> str:
        """The value of a field, empty if it is not known."""
        found = self.fields.get(name)
        return found.value if found else ""

    def article(self, kept: KeptText, part: str = "") -> ReadArticle:
        """The article with these fields and this text; its language is guessed if not stated."""
        if "language" not in self.fields:
            language = language_of(kept.text or self.value("title"))
            self.field("language", language, FieldBasis.ASSUMED, "by its words")
        fields, times = self.fields.get, self.times.get
        unread = [
            f"{name} {NOT_READ}: {words[:QUOTED]!r}{_way_out(words)}"
            for name, words in self.unread.items()
            if name not in self.times or self.times[name].basis is FieldBasis.ASSUMED
        ]
        return ReadArticle(
            part=part,
            title=fields("title"),
            publisher=fields("publisher"),
            author=fields("author"),
            language=fields("language"),
            url=fields("url"),
            dateline=fields("dateline"),
            published=times("published"),
            updated=times("updated"),
            captured=times("captured"),
            text=kept.text,
            is_summary=self.is_summary and bool(kept.text),
            kept=kept.kept,
            dropped=kept.dropped,
            sources=tuple(self.sources),
            remarks=(*self.remarks, *unread),
        )


def _is_finer(one: Stamp, other: Stamp) -> bool:
    """True if a time is of the same day as another, and has an hour that this lacks."""
    return len(other.at) == _DAY < len(one.at) and one.at.startswith(other.at)


_DAY = len("2024-12-06")


def _way_out(words: str) -> str:
    """Words on what can be done where a date in digits may be read two ways; else empty."""
    from store.articles.stamps import is_of_unknown_order

    if is_of_unknown_order(words):
        return ", day or month first? Import it with --dates dmy or mdy, or correct it with E"
    return ""


def by_weight(dropped: Sequence[Dropped], names: Iterable[str] = ()) -> list[Dropped]:
    """The dropped sentences, those with a digit or one of the names first, else in their order.

    Among either, what every page has (its navigation, its title) comes last.
    """
    known = [name.casefold() for name in names if len(name) > 2]

    def weight(one: Dropped) -> tuple[bool, bool]:
        words = one.sentence.casefold()
        telling = any(letter.isdigit() for letter in words) or any(name in words for name in known)
        return not telling, one.reason in OF_EVERY_PAGE or one.reason.startswith("the ")

    return sorted(dropped, key=weight)


OF_EVERY_PAGE = frozenset(
    ("a cookie notice", "navigation", "sharing", "a subscription", "a button", "a part of the page")
)
"""Reasons for which nearly every page loses sentences; so are those that begin with "the"."""
