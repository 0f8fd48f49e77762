"""Reading in an open case: the list of articles, a search in their texts, and a pasted one."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from store.coding.article_changes import LeftOut, take_back
from store.errors import UnfitMachine, UsageError
from store.model.change import Change
from store.model.labels import TEXT_KINDS
from store.model.records import CONTEXT, Article, Source, Stamp
from store.model.stamps import basis_of, field_text, full_day_of, stamp_words
from store.model.text import one_line
from store.queries import article as article_query
from store.queries import articles, search
from store.queries.article_list import ListedArticle, list_articles
from store.queries.search import Hit
from store.queries.versions import lost_passages, versions
from tui.session.session import Session

if TYPE_CHECKING:  # with TinyDB: imported when something is imported
    from store.archive import Archive
    from store.articles.read_article import ReadArticle
    from store.importing.article_report import ArticleReport

PASTED = "pasted text"
"""The name of a text that was pasted, where others have that of a file."""

LINES = 2_000
SHOWN = 512 * 1024
"""Lines and bytes of an original that are shown at most."""


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
        return self._session.archive.ask(article_query.article_number, id)


class Original(NamedTuple):
    """The original of an article: facts about it, its sentences left out, and its lines.

    `lines` are showable; empty where the bytes are not kept here. Beyond `LINES`, or beyond
    `SHOWN`, the last of them says that it goes on.
    """

    article: Article
    facts: tuple[str, ...]
    left: tuple[LeftOut, ...]
    lines: tuple[str, ...]


def original(session: Session, id: str) -> Original | None:
    """The original of the article with an id; None where there is no such article.

    Reads the kept bytes anew. Raises `UnreadableCase` where they cannot be read.
    """
    article = session.held("articles", id)
    if not isinstance(article, Article):
        return None
    digest = article.raw_sha256 or ""
    facts = [f"SHA-256 {digest}" if digest else "No original is known."]
    if kind := TEXT_KINDS[article.text_kind]:
        facts.append(f"Text: {kind}")
    if (capture := article.capture) is not None:
        facts.append(f"File {capture.file}{f', {capture.part}' if capture.part else ''}")
        facts.append(
            f"Imported {full_day_of(capture.imported)} by {capture.by}, read by {capture.tool}"
        )
        facts += (_field_fact(session, article, one.field) for one in capture.fields)
    facts += _version_facts(session, id)
    content = session.archive.original(digest) if digest else None
    if content is None:
        return Original(article, (*facts, "Its bytes are not kept with the case."), (), ())
    facts.append(f"{len(content):,} bytes are kept with the case")
    read = _read_again(article, content)
    facts += _remarks(article, read)
    lines = original_lines(content)
    return Original(article, tuple(facts), _left_out(article, read), tuple(lines))


def original_lines(content: bytes) -> list[str]:
    """The lines of an original, showable; one that says so where it is no text."""
    from store.articles.text_encoding import decoded_text

    shown = content[:SHOWN]
    if len(content) > SHOWN:  # up to a whole line, lest a letter is cut
        shown = shown[: shown.rfind(b"\n") + 1 or SHOWN]
    try:
        all_lines = decoded_text(shown).text.splitlines()
    except UsageError:
        return ["Its bytes are no text that can be shown: it is packed, or of another program."]
    lines = [one_line(line) for line in all_lines[:LINES]]
    if len(content) > SHOWN or len(all_lines) > LINES:
        lines.append(f"… It goes on: its first {len(lines):,} lines are shown, and no more.")
    return lines


def _field_fact(session: Session, article: Article, field: str) -> str:
    """A field of an article, its value, and how it was read; of a time also its words."""
    value = getattr(article, field, None)
    if field == "captured" and article.capture:
        value = full_day_of(article.capture.at)
    if isinstance(value, Stamp):
        words = stamp_words(value, basis_of(article, field))
    elif field == "publisher" and value:
        source = session.held("sources", value)
        words = field_text(article, field, source.name if isinstance(source, Source) else value)
    else:
        words = field_text(article, field, value or ("" if value is None else "none now"))
    return f"{field}: {one_line(words)}"


def _version_facts(session: Session, id: str) -> Iterator[str]:
    """The version that an article is, and the words with claims that it has lost."""
    version = session.archive.ask(versions, (id,)).get(id)
    if version is None:
        return
    yield f"Version {version.number} of {version.of}"
    for one in session.archive.ask(lost_passages, id):
        yield f"Not in this version, but in version {one.version}: “{one_line(one.exact)}”"


def _read_again(article: Article, content: bytes) -> "ReadArticle | None":
    """The article as it is read from its original now; None where it cannot be read."""
    from store.articles.reader import LimitedReader

    part = article.capture.part if article.capture else ""
    try:
        with LimitedReader() as reader:
            _, reading = reader.read(content, "the original")
    except (UsageError, UnfitMachine):  # the library that read it is not installed here
        return None
    return next((one for one in reading.articles if one.part == part), None)


def _remarks(article: Article, read: "ReadArticle | None") -> Iterator[str]:
    """The remarks of the reader, but for those on a time that the article has meanwhile."""
    from store.articles.read_article import NOT_READ

    for remark in read.remarks if read else ():
        field, _, unread = remark.partition(" ")
        if not (unread.startswith(NOT_READ) and getattr(article, field, None)):
            yield f"Remark: {one_line(remark)}"


def _left_out(article: Article, read: "ReadArticle | None") -> tuple[LeftOut, ...]:
    """The sentences of the original that are not in the text of the article."""
    if read is None:
        return ()
    return tuple(
        LeftOut(one.sentence, one.reason, read.text[max(0, one.place - CONTEXT) : one.place])
        for one in read.dropped
        if one.sentence not in (article.text or "")
    )


def taking_back(session: Session, id: str, left: LeftOut) -> Callable[[str, str], Change]:
    """The act that puts a sentence that was left out back into the text."""

    def act(by: str, at: str) -> Change:
        ask = session.archive.ask
        article, number = session.held("articles", id), ask(article_query.article_number, id)
        if not isinstance(article, Article) or number is None:
            raise UsageError("the article is gone", "it was withdrawn meanwhile")
        return take_back(article, ask(articles.passages, number), left, by, at)

    return act


def import_pasted(archive: "Archive", text: str) -> "ArticleReport":
    """Import a text that was pasted, as a file with it would be."""
    from store.importing.article_files import ArticleFile, SortedPaths
    from store.importing.import_articles import ArticleImport

    pasted = ArticleFile(Path(PASTED), PASTED, PASTED, text.encode())
    return ArticleImport(archive, SortedPaths((pasted,), ())).run()
