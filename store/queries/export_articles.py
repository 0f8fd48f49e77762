"""Articles as they leave the program: all that is known of each, without its text."""

from collections.abc import Sequence

import msgspec

from store.database.checksums import checked
from store.model.records import Article
from store.model.stamps import basis_of
from store.model.vocabulary import FieldBasis, TextKind
from store.queries.claims import names
from store.queries.datasets import OF_ROW
from store.reader import Reader


class ArticleExport(msgspec.Struct, frozen=True, kw_only=True):
    """An article; what is not stated is empty.

    `published` and `updated` are ISO 8601, to the day or the minute; their basis says if
    the zone was assumed, or the time guessed. `text_sha256` is that of the text to which
    passages refer, `original_sha256` that of the original's bytes.
    """

    id: str
    title: str
    publisher_id: str
    publisher: str
    author: str
    published: str
    published_basis: str
    updated: str
    language: str
    url: str
    dateline: str
    text_kind: TextKind
    text_sha256: str
    original_sha256: str
    version_of: str
    file: str
    imported: str
    dataset_id: str
    dataset: str
    licence: str
    citation: str
    note: str

    @property
    def known_from(self) -> tuple[str, ...]:
        """The id of the data set that it is known from."""
        return (self.dataset_id,)


class _Head(Article, frozen=True, kw_only=True):
    """An article as its row has it: the text stands in a column of its own."""

    def __post_init__(self) -> None:
        """Check nothing: the text is not here."""


_head = msgspec.json.Decoder(_Head)


def export_articles(connection: Reader, numbers: Sequence[int]) -> list[ArticleExport]:
    """The articles with these numbers, in their order; those that are gone are left out."""
    found = {
        n: (_head.decode(body), of)
        for n, body, *of in connection.execute(
            f"""SELECT articles.n, {checked("articles", "body")}, {OF_ROW},
                coalesce(json_extract(datasets.body, '$.citation'), '')
            FROM articles LEFT JOIN datasets ON datasets.n = articles.dataset
            WHERE articles.n IN ({", ".join("?" * len(numbers))})""",
            tuple(numbers),
        )
    }
    publishers = {one.publisher for one, _ in found.values() if one.publisher}
    named = names(connection, publishers)
    return [_export(*found[n], named) for n in numbers if n in found]


def _published_basis(one: Article) -> str:
    """The basis of the time of publication: `person` where one typed it; empty without a time."""
    if one.published is None:
        return ""
    typed = basis_of(one, "published") is FieldBasis.PERSON
    return FieldBasis.PERSON.value if typed else one.published.basis.value


def _export(one: Article, of: Sequence[str], named: dict[str, str]) -> ArticleExport:
    dataset, licence, citation = of
    return ArticleExport(
        id=one.id,
        title=one.title or "",
        publisher_id=one.publisher or "",
        publisher=named.get(one.publisher or "", ""),
        author=one.author,
        published=one.published.at if one.published else "",
        published_basis=_published_basis(one),
        updated=one.updated.at if one.updated else "",
        language=one.language,
        url=one.url or "",
        dateline=one.dateline,
        text_kind=one.text_kind,
        text_sha256=one.text_sha256 or "",
        original_sha256=one.raw_sha256 or "",
        version_of=one.version_of or "",
        file=one.capture.file if one.capture else "",
        imported=one.capture.imported if one.capture else "",
        dataset_id=one.dataset or "",
        dataset=dataset,
        licence=licence,
        citation=citation,
        note=one.note,
    )
