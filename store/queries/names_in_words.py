"""The actors, places and sources of a case that a sentence names."""

import re
from typing import NamedTuple

from store.model.text import folded
from store.queries.search import NamedKind
from store.reader import Reader

MOST = 400
"""The most records whose names are compared with a sentence."""
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

    Capital letters do not matter. Of names of one kind that overlap the longest counts.
    """
    tokens = dict.fromkeys(
        token for token in _TOKEN.findall(words) if len(token) > 2 or token.isupper()
    )
    if not tokens:
        return ()
    rows = connection.execute(
        "SELECT name_words.kind, name_words.record, name_words.names FROM name_words"
        " WHERE name_words MATCH ? ORDER BY rank LIMIT ?",
        (" OR ".join(f'"{token}"' for token in tokens), MOST),
    ).fetchall()
    text = folded(words)
    found: list[tuple[NamedKind, str, int, int, int]] = []
    for table, record, names in rows:
        for name in names.split(" ; "):
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


def _record(connection: Reader, table: str, number: int) -> tuple[str, str]:
    id_, name = connection.execute(
        f"SELECT id, name FROM {table} WHERE n = ?", (number,)
    ).fetchone()
    return str(id_), str(name)
