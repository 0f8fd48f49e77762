"""The claims that the page of an actor, a place or a source counts, one by one.

Of an actor or a place these are the claims that are about it or that name it, or a part of it:
as a participant, as who holds a place, or as the place of an event. Of a source they are those of
which it is the origin; apart from these stands what it passes on of others.
"""

import json
from collections.abc import Iterable, Mapping

import msgspec

from store.database.checksums import checked
from store.model.labels import NOT_STATED, STANCE_GLYPHS, count_text
from store.model.vocabulary import Kind, Stance
from store.queries.search import EVENTS_OF, NamedKind
from store.reader import Reader


class ClaimCounts(msgspec.Struct, frozen=True):
    """The number of claims by stance, and of their articles; `passed_on` counts those of others."""

    stances: Mapping[Stance, int]
    articles: int
    passed_on: int = 0

    @property
    def claims(self) -> int:
        """The number of claims, whatever their stance."""
        return sum(self.stances.values())

    def __str__(self) -> str:
        """`3 claims in 2 articles: ● asserts 2  ○ denies 1 · passes on 4 of others`."""
        own = f"{self._in_articles}: {self._by_stance(*Stance)}" if self.claims else ""
        passed = f"passes on {self.passed_on:,} of others" if self.passed_on else ""
        return " · ".join(filter(None, (own, passed)))

    @property
    def brief(self) -> str:
        """`3 claims in 2 articles · ○ denies 1`: only stances that are no assertion."""
        others = self._by_stance(*(one for one in Stance if one is not Stance.ASSERTS))
        return " · ".join(filter(None, (self._in_articles, others)))

    @property
    def _in_articles(self) -> str:
        return f"{count_text(self.claims, 'claim')} in {count_text(self.articles, 'article')}"

    def _by_stance(self, *stances: Stance) -> str:
        return "  ".join(
            f"{STANCE_GLYPHS[one]} {one} {self.stances[one]:,}"
            for one in stances
            if one in self.stances
        )


class SayingSource(msgspec.Struct, frozen=True):
    """An origin of claims, or a publisher that prints them; `id` is empty where it is unknown."""

    id: str
    name: str
    counts: ClaimCounts


class PageClaims(msgspec.Struct, frozen=True):
    """The counts of the claims about an actor or a place, or by a source, and who else speaks.

    `sources` are the origins of the claims; of a source, the publishers that print its own claims
    and those that it passes on. Those with most claims come first.
    """

    counts: ClaimCounts
    sources: tuple[SayingSource, ...]


_ORIGIN = "coalesce(json_extract(claims.body, '$.chain[#-1]'), publishers.id)"

_NAMING = """
    WITH its (id) AS (SELECT member_of.id FROM {within} JOIN {table} AS member_of
        ON member_of.n = member JOIN {table} AS whole_of ON whole_of.n = whole
        WHERE whole_of.id = :id)
    SELECT claims.n FROM claims WHERE subject IN its
    UNION SELECT claims.n FROM claims WHERE event IN ({events}) AND kind = '{kind}'
        AND json_extract(claims.body, '$.value.{field}') IN its
    UNION SELECT claims.n FROM claims
        WHERE event IS NULL AND json_extract(claims.body, '$.value.{field}') IN its
    UNION SELECT claims.n FROM claims WHERE (stance <> 'asserts' OR kind = 'control')
        AND coalesce(json_extract(claims.body, '$.value.{field}'),
            json_extract(claims.body, '$.value.holder')) IN its"""
"""SQL for the claims about an actor or a place, or that name it or a part of it.

The last part finds the claims of who holds a place, and what gives an event no place of its own.
"""

_OF_SOURCE = f"""
    SELECT claims.n FROM claims JOIN articles ON articles.n = claims.article
    LEFT JOIN sources AS publishers ON publishers.n = articles.publisher
    WHERE (claims.event IN ({EVENTS_OF[NamedKind.SOURCE]}) OR claims.event IS NULL)
    AND (publishers.id = :id OR instr(claims.body, :quoted)
        AND :id IN (SELECT value FROM json_each(claims.body, '$.chain')))"""
"""SQL for the claims that a source publishes, or that came through it."""


def _naming(of: NamedKind, kind: Kind) -> str:
    """The SQL for an actor or a place, which claims of a kind have as their value."""
    name = of.value
    return _NAMING.format(
        within=f"{name}_within",
        table=f"{name}s",
        events=EVENTS_OF[of],
        kind=kind.value,
        field=name,
    )


_CLAIMS: Mapping[NamedKind, str] = {
    NamedKind.ACTOR: _naming(NamedKind.ACTOR, Kind.PARTICIPANT),
    NamedKind.PLACE: _naming(NamedKind.PLACE, Kind.PLACE),
    NamedKind.SOURCE: _OF_SOURCE,
}
"""SQL for the numbers of the claims that concern the record `:id`."""

_COUNTED = f"""
    SELECT {_ORIGIN}, publishers.id, claims.article, stance
    FROM claims JOIN articles ON articles.n = claims.article
    LEFT JOIN sources AS publishers ON publishers.n = articles.publisher
    WHERE claims.n IN ({{claims}})"""
"""SQL for the origin, publisher, article and stance of each claim."""


class _Tally:
    """The counts of some claims, as they are found."""

    def __init__(self) -> None:
        self.stances: dict[str, int] = dict.fromkeys(Stance, 0)
        self.articles: set[int] = set()

    def add(self, article: int, stance: str) -> None:
        """Count a claim of an article."""
        self.articles.add(article)
        self.stances[stance] += 1

    def counts(self, passed_on: int = 0) -> ClaimCounts:
        """The counts, without the stances that no claim has."""
        stances = {one: self.stances[one] for one in Stance if self.stances[one]}
        return ClaimCounts(stances, len(self.articles), passed_on)


def page_claims(connection: Reader, kind: NamedKind, id: str, most: int) -> PageClaims:
    """Count the claims about an actor or a place, or by a source; with at most so many sources."""
    own, passed_on = _Tally(), 0
    by_source: dict[str, _Tally] = {}
    is_source = kind is NamedKind.SOURCE
    given = {"id": id, "quoted": json.dumps(id)}
    rows = connection.execute(_COUNTED.format(claims=_CLAIMS[kind]), given)
    for origin, publisher, article, stance in rows:
        if is_source and origin != id:
            passed_on += 1
        else:
            own.add(article, stance)
        if not is_source or publisher != id:
            speaker = (publisher if is_source else origin) or ""
            if speaker not in by_source:
                by_source[speaker] = _Tally()
            by_source[speaker].add(article, stance)
    names = _names(connection, by_source)
    sources = [
        SayingSource(one, names.get(one, NOT_STATED), of.counts()) for one, of in by_source.items()
    ]
    sources.sort(key=lambda one: (-one.counts.claims, one.name, one.id))
    return PageClaims(own.counts(passed_on), tuple(sources[:most]))


def _names(connection: Reader, sources: Iterable[str]) -> dict[str, str]:
    rows = connection.execute(
        f"""SELECT id, {checked("sources", "name")} FROM sources
        WHERE id IN (SELECT value FROM json_each(?))""",
        (json.dumps(list(sources)),),
    )
    return dict(rows.fetchall())
