"""Every article behind an event, with who says it, on whose authority, and where."""

from collections.abc import Iterable

import msgspec

from store.analysis.support import stance_of
from store.database.checksums import checked
from store.database.read_records import kept_kin, record
from store.model.labels import NOT_STATED
from store.model.records import Article, Claim
from store.model.vocabulary import Kind, ReadBy, Stance, TextKind
from store.queries.datasets import OF_ROW
from store.queries.versions import Version, carried_into, versions
from store.reader import Reader

_claim = msgspec.json.Decoder(Claim)


class PassageRef(msgspec.Struct, frozen=True):
    """A passage by its number, its id, and its position (code points, end exclusive)."""

    n: int
    id: str
    start: int
    end: int
    in_title: bool


class EvidenceRow(msgspec.Struct, frozen=True):
    """One article that says something about an event.

    `publisher` is empty where it is not stated; `chains` holds the names
    behind the publisher, the origin last, one for each way in which the
    article came to know it; `denied_by` names those who deny the event. `machine`
    says that a machine read all that it says of the event; `confidence` is its
    highest certainty, in per cent. `counts` is False for a row of a data set that
    only counts what reports say. `dataset` and `licence` say what the article is
    known from, and are empty where it is of none. `version` says which of several
    versions it is, and `lost` that the newest lacks words that say something of the event.
    """

    n: int
    id: str
    title: str
    publisher: str
    chains: tuple[tuple[str, ...], ...]
    published: str
    stance: Stance
    denied_by: tuple[str, ...]
    claims: int
    is_copy: bool
    text_kind: TextKind
    passages: tuple[PassageRef, ...]
    machine: bool = False
    confidence: int | None = None
    counts: bool = True
    dataset: str = ""
    licence: str = ""
    version: Version | None = None
    lost: bool = False


_CLAIMS = f"""
    SELECT claims.article, {checked("claims", "body")}, passages.n, {checked("passages", "id")},
        passages.start, passages."end", passages.in_title
    FROM claims JOIN passages ON passages.n = claims.passage WHERE claims.event = ?
    ORDER BY passages.in_title DESC, passages.start, passages."end", passages.n, claims.n"""

_ARTICLES = f"""
    SELECT articles.n, articles.id, {checked("articles", "title")},
        coalesce({checked("sources", "name")}, ''), articles.published, articles.copy,
        json_extract(articles.body, '$.text_kind'), {OF_ROW}
    FROM articles LEFT JOIN datasets ON datasets.n = articles.dataset
    LEFT JOIN sources ON sources.n = articles.publisher
    WHERE articles.n IN (SELECT value FROM json_each(?))
    ORDER BY articles.published = '', articles.published, articles.n"""


def evidence(connection: Reader, event: int) -> tuple[EvidenceRow, ...]:
    """The articles behind the event with this number, the first published first.

    Those whose time of publication is unknown come last.
    """
    said: dict[int, list[Claim]] = {}
    passages: dict[int, dict[int, PassageRef]] = {}
    for article, body, n, passage, start, end, in_title in connection.execute(_CLAIMS, (event,)):
        said.setdefault(article, []).append(_claim.decode(body))
        passages.setdefault(article, {})[n] = PassageRef(n, passage, start, end, bool(in_title))
    names = _names(connection, said)
    found: list[EvidenceRow] = []
    copies: set[str] = set()
    kin = kept_kin(connection)
    same = kin.copies
    articles = msgspec.json.encode(list(said)).decode()
    rows = connection.execute(_ARTICLES, (articles,)).fetchall()
    version_of = versions(connection, [row[1] for row in rows]) if kin.versions else {}
    for n, id_, title, publisher, published, copy, text_kind, *of in rows:
        claims, copy = said[n], same.get(copy, copy)
        occurrence = [claim for claim in claims if claim.kind is Kind.OCCURRENCE]
        denying = [claim for claim in occurrence if claim.stance is Stance.DENIES]
        telling = [claim for claim in occurrence or claims if claim not in denying] or denying
        chains = dict.fromkeys(tuple(names[source] for source in claim.chain) for claim in telling)
        denied_by = dict.fromkeys(
            names[claim.chain[-1]] if claim.chain else publisher or NOT_STATED for claim in denying
        )
        found.append(
            EvidenceRow(
                n=n,
                id=id_,
                title=title,
                publisher=publisher,
                chains=tuple(chains),
                published=published,
                stance=stance_of(claims),
                denied_by=tuple(denied_by),
                claims=len(claims),
                is_copy=copy in copies,
                text_kind=TextKind(text_kind),
                passages=tuple(passages[n].values()),
                machine=all(claim.read_by is ReadBy.MACHINE for claim in claims),
                confidence=max((one.confidence or 0 for one in claims), default=0) or None,
                counts=bool(occurrence) or text_kind != TextKind.ROW,
                dataset=of[0],
                licence=of[1],
                version=version_of.get(id_),
                lost=_is_lost(connection, id_, version_of.get(id_), passages[n].values()),
            )
        )
        copies.add(copy)
    return tuple(found)


def _is_lost(
    connection: Reader, article: str, version: Version | None, passages: Iterable[PassageRef]
) -> bool:
    """True if the newest version of an article lacks one of these passages."""
    if version is None or version.newest == article:
        return False
    kept = carried_into(connection, version.newest)
    return any(one.id not in kept for one in passages)


def _names(connection: Reader, said: dict[int, list[Claim]]) -> dict[str, str]:
    wanted = {source for claims in said.values() for claim in claims for source in claim.chain}
    return dict(
        connection.execute(
            f"""SELECT id, {checked("sources", "name")} FROM sources
            WHERE id IN ({", ".join("?" * len(wanted))})""",
            tuple(wanted),
        ).fetchall()
    )


class EventClaim(msgspec.Struct, frozen=True):
    """One claim with its passage's words, its article's title and the names of its chain.

    `dataset` and `licence` say what the article is known from.
    """

    claim: Claim
    exact: str
    article: str
    title: str
    publisher: str
    chain: tuple[str, ...]
    in_title: bool = False
    digest: bool = False
    dataset: str = ""
    licence: str = ""


def claims_about(connection: Reader, subject: str) -> tuple[EventClaim, ...]:
    """All claims about the event, actor or place with this id, in the order of their articles."""
    rows = connection.execute(
        f"""SELECT {checked("claims", "body")},
            json_extract({checked("passages", "body")}, '$.exact'), articles.id,
            {checked("articles", "title")}, coalesce({checked("sources", "name")}, ''),
            passages.in_title,
            json_extract(articles.body, '$.text_kind') = '{TextKind.DIGEST.value}', {OF_ROW}
        FROM claims JOIN passages ON passages.n = claims.passage
        JOIN articles ON articles.n = claims.article
        LEFT JOIN datasets ON datasets.n = articles.dataset
        LEFT JOIN sources ON sources.n = articles.publisher WHERE claims.subject = ?
        ORDER BY articles.published = '', articles.published, articles.n, passages.start,
            claims.n""",
        (subject,),
    ).fetchall()
    decoded = [(_claim.decode(body), *rest) for body, *rest in rows]
    names = _names(connection, {0: [claim for claim, *_ in decoded]})
    return tuple(
        EventClaim(
            claim=claim,
            exact=exact,
            article=article,
            title=title,
            publisher=publisher,
            chain=tuple(names[one] for one in claim.chain),
            in_title=bool(in_title),
            digest=bool(digest),
            dataset=dataset,
            licence=licence,
        )
        for claim, exact, article, title, publisher, in_title, digest, dataset, licence in decoded
    )


def article_record(connection: Reader, article_id: str) -> Article | None:
    """The record of the article with this id as the case holds it, None where there is none."""
    found = record(connection, "articles", article_id)
    return found if isinstance(found, Article) else None
