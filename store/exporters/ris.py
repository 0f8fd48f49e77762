"""Articles as RIS, the format of references with a tag a line."""

from collections.abc import Iterable
from typing import TextIO

from store.exporters.csl import note_of
from store.model.text import one_line
from store.model.vocabulary import TextKind
from store.queries.export_articles import ArticleExport

_END = "\r\n"


def write(stream: TextIO, articles: Iterable[ArticleExport]) -> None:
    """Write a reference for each article; what it has not is left out.

    A text stands on one line, in which controls are symbols, so that none can begin a tag.
    """
    for of in articles:
        fields = (
            ("TY", "DATA" if of.text_kind is TextKind.ROW else "NEWS"),
            ("ID", of.id),
            ("TI", of.title),
            ("AU", of.author),
            ("T2", of.publisher),
            ("PY", of.published[:4]),
            ("DA", of.published[:10].replace("-", "/")),
            ("UR", of.url),
            ("LA", of.language),
            ("DB", of.dataset),
            ("N1", note_of(of)),
        )
        for tag, words in fields:
            if words:
                stream.write(f"{tag}  - {one_line(words)}{_END}")
        stream.write(f"ER  - {_END}{_END}")
