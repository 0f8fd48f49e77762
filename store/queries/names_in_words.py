"""The actors, places and sources of a case that a sentence names."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from store.database.checksums import checked
from store.model.text import folded
from store.queries.search import NamedKind
from store.reader import Reader

MOST = 400
"""The most records whose names are compared with a sentence."""
SURNAME = 4
"""The least letters of a surname that names somebody by itself."""
_TOKEN = re.compile(r"[^\W_]+")
_KINDS = {"actors": NamedKind.ACTOR, "places": NamedKind.PLACE, "sources": NamedKind.SOURCE}


class NameInWords(NamedTuple):
    """A record that some words name, and the place of its name in them (code points).

    The place is one of the words in their folded form, `store.model.text.folded`.
    """

    kind: NamedKind
    id: str
    name: str
    start: int
    end: int


def names_in(connection: Reader, words: str) -> tuple[NameInWords, ...]:
    """The records with a name or alias in these words, in the order of the words.

    Capital letters do not matter; a person is also named by the last word of the name. Of
    names of one kind that overlap the longest counts.
    """
    tokens = dict.fromkeys(
        token for token in _TOKEN.findall(words) if len(token) > 2 or token.isupper()
    )
    if not tokens:
        return ()
    rows = connection.execute(
        f"""SELECT name_words.kind, name_words.record, name_words.names, {_IS_PERSON}
        FROM name_words WHERE name_words MATCH ? ORDER BY rank LIMIT ?""",
        (" OR ".join(f'"{token}"' for token in tokens), MOST),
    ).fetchall()
    text = folded(words)
    found: list[tuple[NamedKind, str, int, int, int]] = []
    for table, record, names, person in rows:
        known = names.split(" ; ")
        for name in (*known, *(_surnames(known) if person else ())):
            if len(name) < 2:
                continue
            found += (
                (_KINDS[table], table, int(record), *place.span())
                for place in re.finditer(rf"(?<!\w){re.escape(folded(name))}(?!\w)", text)
            )
    longest = [
        one
        for one in found
        if not any(
            other[0] is one[0]
            and other[3] <= one[3]
            and one[4] <= other[4]
            and other[4] - other[3] > one[4] - one[3]
            for other in found
        )
    ]
    return tuple(
        NameInWords(kind, *_record(connection, table, record), start, end)
        for kind, table, record, start, end in sorted(
            dict.fromkeys(longest), key=lambda one: (one[3], one[0])
        )
    )


_IS_PERSON = """CASE name_words.kind
    WHEN 'actors' THEN EXISTS (SELECT 1 FROM actors WHERE n = name_words.record AND kind = 'person')
    WHEN 'sources' THEN EXISTS (SELECT 1 FROM sources
        LEFT JOIN actors ON actors.id = json_extract(sources.body, '$.actor')
        WHERE sources.n = name_words.record AND 'person' IN (sources.kind, actors.kind))
    ELSE 0 END"""
"""True for a person, and for a source that is one, in SQL."""


def _surnames(names: list[str]) -> Iterator[str]:
    """The last words of the names of a person, by which a report names them again: "Assad"."""
    for name in names:
        *first, last = name.split()
        last = last.rpartition("-")[2]
        if first and len(last) >= SURNAME and last[:1].isupper():
            yield last


def _record(connection: Reader, table: str, number: int) -> tuple[str, str]:
    id_, name = connection.execute(
        f"SELECT id, {checked(table, 'name')} FROM {table} WHERE n = ?", (number,)
    ).fetchone()
    return str(id_), str(name)
