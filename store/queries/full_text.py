"""Words that a user typed, as a query of full text."""

import re
from typing import NamedTuple

_TOKEN = re.compile(r'-?"[^"]*"?|[^\s"]+')


def match_text(text: str) -> str:
    """Turn typed text into a query of FTS5: every word must occur, the last may be cut off.

    Each word is quoted, so that nothing in it is an operator; `"two words"`
    stay together. Empty where there is no letter or digit.
    """
    spaced = text.replace("\0", " ")  # SQLite takes it for the end of the query
    words = [quoted or bare for quoted, bare in re.findall(r'"([^"]+)"|([^\s"]+)', spaced)]
    terms = ['"' + word + '"' for word in words if any(letter.isalnum() for letter in word)]
    return " ".join(terms) + "*" if terms else ""


def query_text(text: str) -> str:
    """Turn a typed search into a query of FTS5, as `match_text` does, with signs of its own.

    A word or phrase after `-` must not occur, and of words with `OR` between them one must.
    Empty where there is no letter or digit, or only words that must not occur.
    """
    asked = read_query(text)
    if not asked.wanted:
        return ""
    terms = " AND ".join(asked.wanted)
    return f"({terms}) NOT ({asked.unwanted})" if asked.unwanted else terms


class SignedQuery(NamedTuple):
    """Queries of FTS5: all of `wanted` must match, and `unwanted` must not; it may be empty."""

    wanted: tuple[str, ...]
    unwanted: str


def read_query(text: str) -> SignedQuery:
    """The parts of a typed search with signs."""
    spaced = text.replace("\0", " ")  # SQLite takes it for the end of the query
    groups: list[list[str]] = []
    without: list[str] = []
    joining = False
    last = ""
    for found in _TOKEN.findall(spaced):
        if found == "OR" and groups:
            joining = True
            continue
        negated = found.startswith("-") and len(found) > 1
        words = found.strip("-").strip('"') if negated else found.strip('"')
        if not any(letter.isalnum() for letter in words):
            continue
        term = '"' + words.replace('"', "") + '"'
        last = found
        if negated:
            without.append(term)
        elif joining:
            groups[-1].append(term)
        else:
            groups.append([term])
        joining = False
    if groups and not last.startswith("-") and not last.startswith('"'):
        groups[-1][-1] += "*"
    wanted = (f"({' OR '.join(group)})" if len(group) > 1 else group[0] for group in groups)
    return SignedQuery(tuple(wanted), " OR ".join(without))
