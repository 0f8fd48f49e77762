"""Articles as CSL-JSON, which Zotero and other managers of references read."""

from collections.abc import Iterable
from typing import TextIO

from store.exporters import json
from store.model.vocabulary import StampBasis, TextKind
from store.queries.export_articles import ArticleExport


def write(stream: TextIO, articles: Iterable[ArticleExport]) -> None:
    """Write an array of references, a line each; what an article has not is left out."""
    stream.write("[")
    join = "\n"
    for article in articles:
        stream.write(join + json.text_of(_reference(article)))
        join = ",\n"
    stream.write("\n]\n")


def _reference(of: ArticleExport) -> dict[str, object]:
    day = [int(part) for part in of.published[:10].split("-")] if of.published else []
    fields: dict[str, object] = {
        "id": of.id,
        "type": "dataset" if of.text_kind is TextKind.ROW else "article-newspaper",
        "title": of.title,
        "container-title": of.publisher,
        "author": [{"literal": of.author}] if of.author else None,
        "issued": {"date-parts": [day]} if day else None,
        "URL": of.url,
        "language": of.language,
        "source": of.dataset,
        "note": note_of(of),
    }
    return {name: value for name, value in fields.items() if value}


def note_of(of: ArticleExport) -> str:
    """The exact time and the hashes of an article, and how its data set wants to be cited."""
    exact = len(of.published) > len("2024-12-04") or of.published_basis == StampBasis.GUESSED
    basis = "" if of.published_basis == StampBasis.STATED else f" ({of.published_basis})"
    facts = {
        "Published": f"{of.published}{basis}" if exact else "",
        "SHA-256 of the text": of.text_sha256,
        "SHA-256 of the original": of.original_sha256,
        "Cited as": of.citation,
    }
    return "; ".join(f"{name}: {words}" for name, words in facts.items() if words)
