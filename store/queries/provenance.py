"""Provenance: the ways from the origins of claims to the articles that print them."""

from collections.abc import Iterator, Sequence

import msgspec

from store.analysis.lineage import Branch, Origin, carrier, lineage, lineage_of_details, said
from store.analysis.sourced_claim import UNKNOWN, SourcedClaim
from store.analysis.support import support_of
from store.database.checksums import checked
from store.model.labels import NOT_STATED, count_text, support_text
from store.model.vocabulary import ReadBy, Stance
from store.queries.claims import SubjectClaims, told_about
from store.queries.compare_groups import title_of
from store.reader import Reader


class ProvenanceLine(msgspec.Struct, frozen=True):
    """One line of the tree, in reading order; `depth` 0 is an origin.

    `rails` says for each depth above whether another branch follows there, and
    `last` whether this is the last of its own. `articles` counts those below,
    copies of one text once. A source that is known has its id. An article has its
    number, id, title, publisher and time, the number and id of the passage, and
    its words; `is_copy` marks one whose text is also an earlier article's, `version` numbers
    one of which the case has several versions. `detail` says that the claims below decide nothing
    of the support: they are of details only.
    `machine` says that a machine read the claim, and `confidence` is its
    certainty, in per cent; `dataset` and `licence` say what the article is known
    from.
    """

    depth: int
    rails: tuple[bool, ...]
    last: bool
    name: str
    kind: str
    stance: Stance
    known: bool
    articles: int
    source_id: str = ""
    article: int | None = None
    article_id: str = ""
    title: str = ""
    published: str = ""
    passage: int | None = None
    passage_id: str = ""
    exact: str = ""
    is_copy: bool = False
    version: int = 0
    machine: bool = False
    confidence: int | None = None
    dataset: str = ""
    licence: str = ""
    detail: bool = False


class Provenance(msgspec.Struct, frozen=True):
    """The sources behind a subject as a tree, and the counts of its support.

    `carrier` is the name of the known origin that most articles rest on, empty
    where none carries two; `carried` is the number of these articles.
    """

    id: str
    title: str
    nodes: tuple[ProvenanceLine, ...]
    articles: int
    publishers: int
    unknown_publishers: int
    origins: int
    unknown_origins: int
    hedges: int
    denials: int
    carrier: str
    carried: int

    @property
    def summary(self) -> str:
        """`4 articles · publishers: 1 named, 3 unnamed · origins: 2 known, 1 unknown`."""
        return support_text(self)

    @property
    def carried_words(self) -> str:
        """The origin that carries most articles, in words, or that no known origin carries two."""
        if self.carrier:
            return (
                f"{self.carrier} carries {self.carried} of {count_text(self.articles, 'article')}"
            )
        return "no known origin carries more than one article"


def who(connection: Reader, subject: str) -> Provenance:
    """The origins of the claims about the event, actor or place with this id, as a tree."""
    telling = told_about(connection, [subject])
    origins = lineage(telling.told)
    found = support_of([said(one) for one in telling.told])
    most = carrier(origins, telling.names)
    return Provenance(
        id=subject,
        title=title_of(connection, subject),
        nodes=tuple(_Tree(connection, telling).nodes(origins, lineage_of_details(telling.told))),
        **found._asdict(),
        carrier=telling.names[most.origin] if most else "",
        carried=most.texts if most else 0,
    )


class _Tree:
    """The branches in words, line by line."""

    def __init__(self, connection: Reader, telling: SubjectClaims) -> None:
        self._telling = telling
        self._kinds: dict[str, str] = dict(
            connection.execute(
                f"""SELECT id, {checked("sources", "kind")} FROM sources
                WHERE id IN (SELECT value FROM json_each(?))""",
                (msgspec.json.encode(list(telling.names)).decode(),),
            ).fetchall()
        )
        self._copies: dict[str, str] = {}

    def nodes(
        self, origins: Sequence[Origin], of_details: Sequence[Origin]
    ) -> Iterator[ProvenanceLine]:
        """The lines of all origins, last of those of details."""
        for position, origin in enumerate((*origins, *of_details)):
            branch, detail = origin.branch, position >= len(origins)
            last = position == len(origins) + len(of_details) - 1
            lines = (
                self._source(branch.key, branch, origin, (), last),
                *self._below(branch, origin, ()),
            )
            yield from (msgspec.structs.replace(one, detail=detail) for one in lines)

    def _below(
        self, branch: Branch, origin: Origin, rails: tuple[bool, ...]
    ) -> Iterator[ProvenanceLine]:
        children = list(branch.below.values())
        for position, child in enumerate(children):
            last = position == len(children) - 1
            if child.told is not None:
                yield self._article(child.told, origin.stance, rails, last)
            else:
                yield self._source(child.key, child, origin, (*rails, not last), last)
                yield from self._below(child, origin, (*rails, not last))

    def _source(
        self, key: str, branch: Branch, origin: Origin, rails: tuple[bool, ...], last: bool
    ) -> ProvenanceLine:
        source = key.rpartition(":")[2] if key.startswith(UNKNOWN) else key
        return ProvenanceLine(
            depth=len(rails),
            rails=rails[:-1],
            last=last,
            name=self._telling.names.get(source, NOT_STATED),
            kind=self._kinds.get(source, "unknown").replace("-", " "),
            stance=origin.stance,
            known=not key.startswith(UNKNOWN),
            articles=len(branch.copies),
            source_id=source if source in self._telling.names else "",
        )

    def _article(
        self, told: SourcedClaim, stance: Stance, rails: tuple[bool, ...], last: bool
    ) -> ProvenanceLine:
        article = self._telling.articles[told.article.id]
        first = self._copies.setdefault(told.copy, article.id)
        dataset, licence = self._telling.known_from(article.id)
        return ProvenanceLine(
            depth=len(rails) + 1,
            rails=rails,
            last=last,
            name=self._telling.names[article.publisher] if article.publisher else NOT_STATED,
            kind="article",
            stance=stance,
            known=article.publisher is not None,
            articles=1,
            article=article.n,
            article_id=article.id,
            title=article.title or "",
            published=article.published.at if article.published else "",
            passage=self._telling.passages[told.passage.id],
            passage_id=told.passage.id,
            exact=told.passage.exact,
            is_copy=first != article.id,
            version=told.version,
            machine=told.claim.read_by is ReadBy.MACHINE,
            confidence=told.claim.confidence,
            dataset=dataset,
            licence=licence,
        )
