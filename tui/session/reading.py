"""Reading in an open case: the list of articles, a search in their texts, and a pasted one."""

from pathlib import Path
from typing import TYPE_CHECKING

from store.queries import article, search
from store.queries.article_list import ListedArticle, list_articles
from store.queries.search import Hit
from tui.session.session import Session

if TYPE_CHECKING:  # with TinyDB: imported when something is imported
    from store.archive import Archive
    from store.importing.article_report import ArticleReport

PASTED = "pasted text"
"""The name of a text that was pasted, where others have that of a file."""


class ArticleReader:
    """The questions about articles, for one session. They may run in any thread."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def articles(self, typed: str) -> tuple[ListedArticle, ...]:
        """The articles of the case with the typed words, the unread first."""
        return self._session.archive.ask(list_articles, typed)

    def hits(self, typed: str) -> tuple[Hit, ...]:
        """The articles and events with the typed words, the best first."""
        return self._session.archive.ask(search.search, typed, 50)

    def places(self, number: int, hit: Hit) -> tuple[str, tuple[int, ...]]:
        """The word that was found in an article, and its places there (code points)."""
        for start, end in hit.found:
            word = hit.snippet[start:end].lower()
            if found := self._session.find_in_article(number, word):
                return word, tuple(found)
        return "", ()

    def number(self, id: str) -> int | None:
        """The number of the article with an id."""
        return self._session.archive.ask(article.article_number, id)


def import_pasted(archive: "Archive", text: str) -> "ArticleReport":
    """Import a text that was pasted, as a file with it would be."""
    from store.importing.article_files import ArticleFile, SortedPaths
    from store.importing.import_articles import ArticleImport

    pasted = ArticleFile(Path(PASTED), PASTED, PASTED, text.encode())
    return ArticleImport(archive, SortedPaths((pasted,), ())).run()
