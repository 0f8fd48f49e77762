"""The claims that the page of an actor, a place or a source counts, one by one.

Of an actor or a place these are the claims that are about it or that name it, or a part of it:
as a participant, as who holds a place, or as the place of an event. Of a source they are those of
which it is the origin; apart from these stands what it passes on of others.
"""

import json
from collections.abc import Iterator, Mapping

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

_CLAIMS: Mapping[NamedKind, str] = {
    NamedKind.ACTOR: _NAMING.format(
        within="actor_within",
        table="actors",
        events=EVENTS_OF[NamedKind.ACTOR],
        kind=Kind.PARTICIPANT.value,
        field="actor",
    ),
    NamedKind.PLACE: _NAMING.format(
        within="place_within",
        table="places",
        events=EVENTS_OF[NamedKind.PLACE],
        kind=Kind.PLACE.value,
        field="place",
    ),
    NamedKind.SOURCE: _OF_SOURCE,
}
"""SQL for the numbers of the claims that concern the record `:id`."""

_COUNTED = f"""
    SELECT {{by}}, {", ".join(f"sum(stance = '{one.value}')" for one in Stance)},
        count(DISTINCT claims.article)
    FROM claims JOIN articles ON articles.n = claims.article
    LEFT JOIN sources AS publishers ON publishers.n = articles.publisher
    WHERE claims.n IN ({{claims}}) AND {{condition}} GROUP BY 1"""
"""SQL for the number of claims with each stance, and of their articles, by a value."""


def claim_counts(connection: Reader, kind: NamedKind, id: str) -> ClaimCounts:
    """The number of claims about an actor or a place, or by a source."""
    by = f"{_ORIGIN} IS :id" if kind is NamedKind.SOURCE else "1"
    own, others = ClaimCounts({}, 0), ClaimCounts({}, 0)
    for is_own, counts in _counted(connection, kind, id, by):
        own, others = (counts, others) if is_own else (own, counts)
    return ClaimCounts(own.stances, own.articles, others.claims)


def saying_sources(
    connection: Reader, kind: NamedKind, id: str, most: int
) -> Iterator[SayingSource]:
    """The origins of the claims about an actor or a place; of a source, who else prints its claims.

    Those with most claims come first, at most so many.
    """
    is_source = kind is NamedKind.SOURCE
    by = "publishers.id" if is_source else _ORIGIN
    condition = "publishers.id IS NOT :id" if is_source else "1"
    found = {one or "": counts for one, counts in _counted(connection, kind, id, by, condition)}
    names = dict(
        connection.execute(
            f"""SELECT id, {checked("sources", "name")} FROM sources
            WHERE id IN (SELECT value FROM json_each(?))""",
            (json.dumps(list(found)),),
        ).fetchall()
    )
    sources = [SayingSource(one, names.get(one, NOT_STATED), of) for one, of in found.items()]
    sources.sort(key=lambda one: (-one.counts.claims, one.name))
    yield from sources[:most]


def _counted(
    connection: Reader, kind: NamedKind, id: str, by: str, condition: str = "1"
) -> Iterator[tuple[str | None, ClaimCounts]]:
    asked = _COUNTED.format(by=by, claims=_CLAIMS[kind], condition=condition)
    quoted = msgspec.json.encode(id).decode()
    for value, *stances, articles in connection.execute(asked, {"id": id, "quoted": quoted}):
        counts = {one: number for one, number in zip(Stance, stances, strict=True) if number}
        yield value, ClaimCounts(counts, articles)
