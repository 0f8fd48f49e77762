"""All claims about some subjects, with the articles and sources that make them."""

from collections.abc import Collection, Iterable

import msgspec

from store.analysis.sourced_claim import (
    UNKNOWN,
    KinshipIndex,
    SourcedClaim,
    copy_of,
    sourced,
)
from store.analysis.speakers import speakers_of
from store.database.checksums import checked
from store.database.read_records import IN_JSON_LIST, kept_kin, numbered
from store.model.records import Claim, Passage, Source, Stamp
from store.model.vocabulary import TextKind
from store.queries.datasets import OF_ROW
from store.reader import Reader

_claim = msgspec.json.Decoder(Claim)
_passage = msgspec.json.Decoder(Passage)


class ClaimArticle(msgspec.Struct, frozen=True):
    """An article without its text; `n` is its number, `publisher` the id of its publisher."""

    id: str
    title: str | None = None
    publisher: str | None = None
    published: Stamp | None = None
    text_sha256: str | None = None
    text_kind: TextKind = TextKind.FULL
    dataset: str | None = None
    n: int = 0


_printing = msgspec.json.Decoder(ClaimArticle)

_TOLD = f"""
    SELECT {checked("claims", "body")}, passages.n, {checked("passages", "body")},
        claims.article, coalesce(whole.id, '')
    FROM claims JOIN passages ON passages.n = claims.passage
    LEFT JOIN events ON events.n = claims.event
    LEFT JOIN events AS whole ON whole.n = events.part_of
    WHERE claims.subject IN (SELECT value FROM json_each(?))
    ORDER BY passages.in_title DESC, passages.start, passages."end", passages.n, claims.n"""


class SubjectClaims(msgspec.Struct, frozen=True):
    """Claims with their articles, their passages' numbers, and the names in them.

    `names` holds the name of every actor, place and source that is mentioned,
    `passages` the number of each passage by its id, `datasets` the name with the
    version and the licence of every data set by its id.
    """

    told: tuple[SourcedClaim, ...]
    articles: dict[str, ClaimArticle]
    passages: dict[str, int]
    names: dict[str, str]
    datasets: dict[str, tuple[str, str]]

    def only(self, claims: Collection[str]) -> "SubjectClaims":
        """The same for only these claims, by their ids."""
        told = tuple(one for one in self.told if one.claim.id in claims)
        printed = {one.article.id for one in told}
        articles = {id_: one for id_, one in self.articles.items() if id_ in printed}
        return msgspec.structs.replace(self, told=told, articles=articles)

    def known_from(self, article: str) -> tuple[str, str]:
        """The data set that an article is known from, and its licence; both empty without one."""
        return self.datasets.get(self.articles[article].dataset or "", ("", ""))


def told_about(connection: Reader, subjects: Iterable[str]) -> SubjectClaims:
    """Every claim about these events, actors and places."""
    claims: list[tuple[Claim, Passage, int, str]] = []
    passages: dict[str, int] = {}
    decoded: dict[int, Passage] = {}
    for claim, n, passage, article, whole in connection.execute(_TOLD, (_json(subjects),)):
        if n not in decoded:
            decoded[n] = _passage.decode(passage)
            passages[decoded[n].id] = n
        claims.append((_claim.decode(claim), decoded[n], article, whole))
    articles = _articles(connection, {article for _, _, article, _ in claims})
    sources = {source for claim, *_ in claims for source in claim.chain}
    sources |= {one.publisher for one in articles.values() if one.publisher}
    kin = kept_kin(connection)
    sources |= _counted_as(articles.values(), sources, kin)
    found = numbered(connection, "sources", f"id {IN_JSON_LIST}", _json(sources))
    speakers = speakers_of(one for _, one in found if isinstance(one, Source))
    mentioned = {
        id_
        for claim, *_ in claims
        for field in ("actor", "holder", "place")
        if (id_ := getattr(claim.value, field, None))
    }
    return SubjectClaims(
        told=tuple(
            sourced(claim, passage, articles[n], speakers, whole, kin)
            for claim, passage, n, whole in claims
        ),
        articles={one.id: one for one in articles.values()},
        passages=passages,
        names=names(connection, sources | mentioned),
        datasets={
            id_: (named, licence)
            for id_, named, licence in connection.execute(f"SELECT id, {OF_ROW} FROM datasets")
        },
    )


def _counted_as(
    articles: Iterable[ClaimArticle], sources: Iterable[str], kin: KinshipIndex
) -> set[str]:
    """The sources that stand for these articles and sources by findings of kinship."""
    own = set(sources)
    for one in articles:
        copy = copy_of(one, kin)
        own |= {UNKNOWN + copy, f"{UNKNOWN}{copy}:{one.publisher}", kin.voices.get(copy, "")}
    found = own | {kin.houses.get(origin, "") for origin in own}
    return {origin for origin in found if origin and not origin.startswith(UNKNOWN)}


def _articles(connection: Reader, numbers: Iterable[int]) -> dict[int, ClaimArticle]:
    return {
        n: msgspec.structs.replace(_printing.decode(body), n=n)
        for n, body in connection.execute(
            f"""SELECT n, {checked("articles", "body")} FROM articles
            WHERE n IN (SELECT value FROM json_each(?))""",
            (_json(numbers),),
        )
    }


def names(connection: Reader, ids: Iterable[str]) -> dict[str, str]:
    """The name of each actor, place and source among these ids."""
    wanted = _json(ids)
    found: dict[str, str] = {}
    for table in ("actors", "places", "sources"):
        found.update(
            connection.execute(
                f"""SELECT id, {checked(table, "name")} FROM {table}
                WHERE id IN (SELECT value FROM json_each(?))""",
                (wanted,),
            ).fetchall()
        )
    return found


def _json(values: Iterable[str] | Iterable[int]) -> str:
    return msgspec.json.encode(list(values)).decode()
