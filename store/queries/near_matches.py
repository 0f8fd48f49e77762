"""Words that a redaction leaves: in another form, a surname alone, or in the full-text index."""

import re
from collections.abc import Iterable, Iterator
from enum import StrEnum
from typing import NamedTuple

import msgspec

from store.database.checksums import checked
from store.database.read_records import INDEXED, decode_row
from store.model.records import AnyRecord, Case
from store.model.text import folded
from store.model.text_fields import texts
from store.reader import Reader

_WORD = re.compile(r"\w+")


class Nearness(StrEnum):
    """The ways in which a field comes near to words."""

    FORM = "in another form"
    LAST = "the last word alone"


class NearMatch(NamedTuple):
    """A field of a record that nearly contains words, `field` dotted within a value."""

    id: str
    field: str
    nearness: Nearness


class WordUse(NamedTuple):
    """A word, and how many indexed texts use it."""

    word: str
    texts: int


def near_matches(
    connection: Reader, case: Case, words: str, *, last_alone: bool = True
) -> tuple[NearMatch, ...]:
    """Find the fields of all records that nearly contain words.

    Another form has other capitals, another Unicode normal form, or other white
    space: a line end or a no-break space. Of several words, the last alone counts
    too where `last_alone` is set, as it may be a surname. Passages are left out,
    as they quote an article.
    """
    wanted = folded(words)
    if not wanted:
        return ()
    last = wanted.split()[-1] if last_alone else ""
    if not any(map(str.isalpha, last)):
        last = ""  # a number is no surname
    matches = (
        NearMatch(record.id, field, nearness)
        for record in _records_near(connection, case, last or wanted)
        for field, text in texts(record)
        if (nearness := _nearness(text, words, wanted, last))
    )
    return tuple(dict.fromkeys(matches))


def _records_near(connection: Reader, case: Case, needle: str) -> Iterator[AnyRecord]:
    """The records whose texts may contain a folded word."""
    if any(needle in folded(text) for _, text in texts(case)):
        yield case
    # white space is folded in decoded text alone
    first = needle.split()[0]
    escaped = msgspec.json.encode(first)[1:-1].decode()
    for table in (one for one in INDEXED if one != "passages"):
        text = "text" if table == "articles" else "''"
        body = checked(table, "body")
        for found, words in connection.execute(f"SELECT {body}, {text} FROM {table} ORDER BY n"):
            if escaped in folded(found) or first in folded(words):
                yield decode_row(table, found, words)


def _nearness(text: str, words: str, wanted: str, last: str) -> Nearness | None:
    text_folded = folded(text)
    if text_folded.count(wanted) > text.count(words):
        return Nearness.FORM
    if not last or last == wanted:
        return None
    rest = text_folded.replace(wanted, "\0")
    alone = re.search(rf"(?<!\w){re.escape(last)}(?!\w)", rest)
    return Nearness.LAST if alone else None


def words_in_full_text(connection: Reader, words: Iterable[str]) -> tuple[WordUse, ...]:
    """The single words that the full-text index still has, because other texts use them."""
    found = []
    for word in dict.fromkeys(one for text in words for one in _WORD.findall(folded(text))):
        uses = 0
        for table in ("event_words", "article_words", "name_words"):
            (count,) = connection.execute(
                f"SELECT count(*) FROM {table} WHERE {table} MATCH ?", (f'"{word}"',)
            ).fetchone()
            uses += count
        if uses:
            found.append(WordUse(word, uses))
    return tuple(found)
