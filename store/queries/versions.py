"""Versions of one article: which there are, and which of their passages a later one has."""

from collections.abc import Iterable
from operator import itemgetter
from typing import NamedTuple

import msgspec

from store.database.checksums import checked
from store.database.kept_while_unchanged import kept
from store.database.read_records import IN_JSON_LIST, later_versions
from store.reader import Reader

CARRIED_FROM = "json_extract(body, '$.carried_from')"
"""SQL for the id of the passage of an earlier version that a passage repeats."""


class Version(NamedTuple):
    """The place of an article among the versions of one article, counted from 1."""

    number: int
    of: int
    newest: str
    """The id of the newest version."""


class LostPassage(NamedTuple):
    """Words of an earlier version that claims rest on and that a later one does not have."""

    exact: str
    version: int


def versions(connection: Reader, articles: Iterable[str]) -> dict[str, Version]:
    """The version that each of these articles is; without those of which there is only one."""
    chains = kept(connection, _chains)
    return {
        id: Version(chain.index(id) + 1, len(chain), chain[-1])
        for id in articles
        if (chain := chains.get(id))
    }


def carried_into(connection: Reader, article: str) -> frozenset[str]:
    """The ids of the passages of earlier versions whose words an article has."""
    found = connection.execute(
        f"SELECT {CARRIED_FROM} FROM passages WHERE article = (SELECT n FROM articles WHERE id = ?)"
        f" AND {CARRIED_FROM} IS NOT NULL",
        (article,),
    )
    return frozenset(id for (id,) in found)


def lost_passages(connection: Reader, article: str) -> tuple[LostPassage, ...]:
    """The words with claims of the versions before an article that it does not have, in order."""
    chain = kept(connection, _chains).get(article)
    if not chain:
        return ()
    before = chain[: chain.index(article)]
    found = connection.execute(
        f"""SELECT {checked("passages", "id")}, json_extract(passages.body, '$.exact'), articles.id
        FROM passages JOIN articles ON articles.n = passages.article
        WHERE articles.id {IN_JSON_LIST}
            AND EXISTS (SELECT 1 FROM claims WHERE claims.passage = passages.n)
        ORDER BY articles.n, in_title DESC, start, passages.n""",
        (msgspec.json.encode(before).decode(),),
    ).fetchall()
    repeated = carried_into(connection, article)
    return tuple(
        LostPassage(exact, before.index(of) + 1) for id, exact, of in found if id not in repeated
    )


def _chains(connection: Reader) -> dict[str, list[str]]:
    """The versions of each article that has several, the first one first, by the id of each."""
    earlier = {one.id: one.version_of for one in later_versions(connection) if one.version_of}
    chains: dict[str, list[tuple[int, str]]] = {}
    for id in dict.fromkeys((*earlier.values(), *earlier)):
        seen, first = {id}, id
        while (before := earlier.get(first)) is not None and before not in seen:
            first = before
            seen.add(first)
        chains.setdefault(first, []).append((len(seen), id))
    ordered = ([id for _, id in sorted(chain, key=itemgetter(0))] for chain in chains.values())
    return {id: chain for chain in ordered for id in chain}
