"""An article, or a passage of one, with all that a citation of it names."""

import msgspec

from store.database.checksums import checked
from store.model.records import Article, DataSet, Passage, Source
from store.model.vocabulary import StampBasis, TextKind
from store.queries.records import record_of
from store.reader import Reader


class Citation(msgspec.Struct, frozen=True):
    """The facts that a citation names; texts are as they came, empty where they are unknown.

    `published` is ISO 8601, to the day or the minute. `quote` has the words of a passage,
    `start` and `end` their place in the text (code points, end exclusive). `dataset` is how
    a data set wants to be cited, `row` the article's own id there. `sha256` is that of the
    text, to which the place refers. `is_digest` says that the text is a digest, in words that are
    not the article's; `basis` on what the time of publication rests. `restricted` says that the
    data set may not be passed on.
    """

    id: str
    title: str
    author: str
    publisher: str
    published: str
    url: str
    language: str
    sha256: str
    quote: str = ""
    start: int = 0
    end: int = 0
    in_title: bool = False
    dataset: str = ""
    restricted: bool = False
    is_digest: bool = False
    basis: StampBasis = StampBasis.STATED


def citation(connection: Reader, id: str) -> Citation | None:
    """The citation of an article, or of a passage with its words, by id; None if it is gone."""
    one = record_of(connection, id)
    passage = one if isinstance(one, Passage) else None
    article = record_of(connection, passage.article) if passage else one
    if not isinstance(article, Article):
        return None
    publisher = record_of(connection, article.publisher) if article.publisher else None
    dataset = record_of(connection, article.dataset) if article.dataset else None
    found = Citation(
        id=article.id,
        title=article.title or "",
        author=article.author,
        publisher=publisher.name if isinstance(publisher, Source) else "",
        published=article.published.at if article.published else "",
        url=article.url or "",
        language=article.language,
        sha256=article.text_sha256 or "",
        is_digest=article.text_kind is TextKind.DIGEST,
        basis=article.published.basis if article.published else StampBasis.STATED,
    )
    if isinstance(dataset, DataSet):
        named = " ".join(filter(None, (dataset.name, dataset.version)))
        found = msgspec.structs.replace(
            found, dataset=dataset.citation or named, restricted=not dataset.redistributable
        )
    if passage is None:
        return found
    return msgspec.structs.replace(
        found,
        quote=passage.exact,
        start=passage.start,
        end=passage.end,
        in_title=passage.in_title,
    )


def passage_of_claim(connection: Reader, claim: str) -> str:
    """The id of the passage by which a claim is made; empty if it is gone."""
    found = connection.execute(
        f"""SELECT {checked("passages", "id")} FROM passages
        WHERE n = (SELECT passage FROM claims WHERE id = ?)""",
        (claim,),
    ).fetchone()
    return found[0] if found else ""
