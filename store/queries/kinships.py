"""Articles that are copies of one text or of one house: persons' findings, and suggestions."""

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set

import msgspec

from store.analysis.kinship import joined, standing
from store.analysis.kinship_hints import Hint, forms_of, hints
from store.analysis.shared_text import MaskedText, SharedText, shared, worded
from store.database.checksums import checked
from store.database.read_records import numbered
from store.errors import UsageError
from store.model.judgements import Kinship, KinshipKind
from store.model.records import Article
from store.model.vocabulary import TextKind
from store.queries.datasets import OF_ROW
from store.queries.search import whole_id
from store.reader import Reader


class PairArticle(msgspec.Struct, frozen=True):
    """An article of a pair; `publisher` and `published` are empty where not stated."""

    id: str
    title: str
    publisher: str
    published: str
    dataset: str = ""
    licence: str = ""


class SharedRun(msgspec.Struct, frozen=True):
    """Words that both texts have, as each prints them, and where: code points, end exclusive."""

    count: int
    words: str
    start: int
    end: int
    other_words: str
    other_start: int
    other_end: int


class KinPair(msgspec.Struct, frozen=True):
    """Two articles with a person's finding (`by`, `at`, `reason`), or that may be kin.

    `shared` counts the runs of five words that both have; `containment` is their
    share of those of the shorter text. `forms` are printed forms that the stamps
    of both have. `copied` is the id of the one that was copied, empty where that
    is not known, and `copied_because` says how it is known.
    """

    found: bool
    verdict: KinshipKind
    one: PairArticle
    other: PairArticle
    shared: int
    containment: float
    longest: int
    runs: tuple[SharedRun, ...]
    forms: tuple[str, ...] = ()
    copied: str = ""
    copied_because: str = ""
    by: str = ""
    at: str = ""
    reason: str = ""


def kin_pairs(connection: Reader) -> tuple[KinPair, ...]:
    """The pairs with a person's finding, and then the suggested ones, as `suggested` sorts them."""
    found = _findings(connection)
    return (*(_of_finding(connection, one) for one in found), *suggested(connection, found))


def suggested(connection: Reader, found: Sequence[Kinship]) -> list[KinPair]:
    """The pairs that may be kin, by verdict and then by shared part; settled ones are left out.

    All texts that are held in full are read: 3 ms each.
    """
    articles = list(_articles(connection, "json_extract(body, '$.text_kind') = ?", TextKind.FULL))
    settled = _settled(found)
    pairs = []
    for hint in hints(articles, _named(connection), settled):
        one, other = articles[hint.one], articles[hint.other]
        pairs.append(_pair(connection, hint, one, other))
    order = list(KinshipKind)
    return sorted(pairs, key=lambda one: (order.index(one.verdict), -one.containment, one.one.id))


def the_articles(connection: Reader, beginnings: Iterable[str]) -> list[Article]:
    """The articles whose ids begin with these texts, one for each.

    Raises `UnknownRecord`, and `UsageError` where two of them are one article.
    """
    ids = [whole_id(connection, "articles", beginning) for beginning in beginnings]
    if len(set(ids)) < len(ids):
        raise UsageError(f"{ids[0]} was given twice", "give two different articles")
    return [next(_articles(connection, "id = ?", id)) for id in ids]


class Partner(msgspec.Struct, frozen=True):
    """Another article, and its pair with the one at hand, None where nothing is known of both."""

    id: str
    title: str
    pair: KinPair | None = None


def partners(connection: Reader, article: str) -> tuple[Partner, ...]:
    """The other articles that have a text: first those with a finding, or that may be kin."""
    found: dict[str, Partner] = {}
    for pair in kin_pairs(connection):
        for one, other in ((pair.one, pair.other), (pair.other, pair.one)):
            if one.id == article:
                found[other.id] = Partner(other.id, other.title, pair)
    rows = connection.execute(
        f"""SELECT id, {checked("articles", "title")} FROM articles WHERE id <> ?
        AND json_extract(body, '$.text_kind') IN (?, ?) ORDER BY published = '', published, n""",
        (article, TextKind.FULL, TextKind.DIGEST),
    )
    others = (Partner(id, title) for id, title in rows if id not in found)
    return (*found.values(), *others)


def finding(connection: Reader, id: str) -> Kinship | None:
    """A finding with this id, None where there is none."""
    found = (one for _, one in numbered(connection, "kinships", "id = ?", id))
    return next((one for one in found if isinstance(one, Kinship)), None)


def _findings(connection: Reader) -> list[Kinship]:
    found = (one for _, one in numbered(connection, "kinships", "about GLOB 'art_*'"))
    return standing(one for one in found if isinstance(one, Kinship))


def _settled(found: Iterable[Kinship]) -> Set[frozenset[str]]:
    """The pairs with a finding, either direct or through other articles."""
    found = list(found)
    settled = {frozenset((one.about, one.other)) for one in found}
    kin = [(one.about, one.other) for one in found if one.verdict is not KinshipKind.APART]
    group_of = joined(kin, min)
    settled |= {
        frozenset((a, b))
        for a in group_of
        for b in group_of
        if a < b and group_of[a] == group_of[b]
    }
    return settled


def _articles(connection: Reader, condition: str, *parameters: object) -> Iterator[Article]:
    for _, one in numbered(connection, "articles", condition, *parameters):
        if isinstance(one, Article):
            yield one


def _named(connection: Reader) -> Mapping[str, set[str]]:
    """The ids of the sources that the claims of each article name, by the article's id."""
    found: dict[str, set[str]] = {}
    for article, source in connection.execute(
        f"""SELECT DISTINCT articles.id, chain.value FROM claims
        JOIN articles ON articles.n = claims.article,
            json_each({checked("claims", "body")}, '$.chain') AS chain"""
    ):
        found.setdefault(article, set()).add(source)
    return found


def _of_finding(connection: Reader, found: Kinship) -> KinPair:
    one, other = (next(_articles(connection, "id = ?", id)) for id in (found.about, found.other))
    forms = sorted(forms_of(one.text or "") & forms_of(other.text or ""))
    hint = Hint(0, 1, found.verdict, _shared(one, other), tuple(forms))
    pair = _pair(connection, hint, one, other)
    return msgspec.structs.replace(pair, found=True, by=found.by, at=found.at, reason=found.reason)


def _shared(one: Article, other: Article) -> SharedText:
    """The words that both texts share; none where one article is not held in full."""
    if any(article.text_kind is not TextKind.FULL for article in (one, other)):
        return SharedText(0, 0.0, ())
    return shared(_worded(one), _worded(other))


def _worded(article: Article) -> MaskedText:
    return worded(article.text or "", (article.title or "",))


def _pair(connection: Reader, hint: Hint, one: Article, other: Article) -> KinPair:
    text, other_text = one.text or "", other.text or ""
    first = None if hint.first is None else one if hint.first == hint.one else other
    return KinPair(
        found=False,
        verdict=hint.verdict,
        one=_printed(connection, one),
        other=_printed(connection, other),
        shared=hint.shared.shingles,
        containment=round(hint.shared.containment, 4),
        longest=hint.shared.longest,
        runs=tuple(
            SharedRun(
                count=run.words,
                words=text[run.start : run.end],
                start=run.start,
                end=run.end,
                other_words=other_text[run.other_start : run.other_end],
                other_start=run.other_start,
                other_end=run.other_end,
            )
            for run in hint.shared.runs
        ),
        forms=hint.forms,
        copied=first.id if first else "",
        copied_because=hint.why_first,
    )


_PRINTED = f"""SELECT coalesce({checked("sources", "name")}, ''), {OF_ROW} FROM articles
    LEFT JOIN sources ON sources.n = articles.publisher
    LEFT JOIN datasets ON datasets.n = articles.dataset WHERE articles.id = ?"""


def _printed(connection: Reader, article: Article) -> PairArticle:
    publisher, *of = connection.execute(_PRINTED, (article.id,)).fetchone()
    published = article.published.at if article.published else ""
    return PairArticle(article.id, article.title or "", publisher, published, *of)
