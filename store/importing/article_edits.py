"""Edits made from the articles of one file: added, a new version, or left as they are."""

from collections.abc import Sequence
from typing import NamedTuple

from msgspec.structs import replace

from store import __version__
from store.analysis.anchor import Match, anchor
from store.archive import Archive
from store.articles.read_article import Findings, ReadArticle, ReadField, by_weight
from store.database.read_records import numbered
from store.importers.outlets import kind_of, office
from store.importers.record_factory import RecordFactory
from store.importing.article_report import ArticleResult, Outcome
from store.importing.known_articles import KnownArticles
from store.model.address import address_key
from store.model.change import Edit
from store.model.record import make_id
from store.model.records import (
    CONTEXT,
    RECORD_TYPES,
    Article,
    Capture,
    FieldReading,
    Passage,
)
from store.model.text import text_hash
from store.model.vocabulary import FieldBasis, TextKind
from store.reader import Reader

_WANTED = ("title", "publisher", "published", "url")
"""The fields of which the report says that they are not stated."""


_SUMMARY = "a summary, and perhaps not the whole text"


class Import(NamedTuple):
    """One file as it comes into the case: name, hash, and who brings it when."""

    file: str
    sha256: str
    by: str
    at: str
    found: str


class ArticleEdits:
    """The edits that follow from the articles of a file, and what became of each."""

    def __init__(
        self,
        archive: Archive,
        known: KnownArticles,
        records: RecordFactory,
        withdrawn: frozenset[str],
        names: Sequence[str],
    ) -> None:
        """`records` makes the sources; `names` are those that the case knows."""
        self._archive = archive
        self._known = known
        self._records = records
        self._withdrawn = withdrawn
        self._names = names
        self.results: list[ArticleResult] = []
        self._edits: dict[str, list[Edit]] = {table: [] for table in RECORD_TYPES}

    def take_edits(self) -> list[Edit]:
        """Take the edits that are new since the last call, in the order of `RECORD_TYPES`."""
        found = [edit for of_table in self._edits.values() for edit in of_table]
        for of_table in self._edits.values():
            of_table.clear()
        return found

    def take(self, read: ReadArticle, what: Import) -> None:
        """Add what follows from an article."""
        if before := self._known.of_original(what.sha256, read.part):
            self._tell(read, before, Outcome.UNCHANGED, ("this file is in the case already",))
            return
        if digest := self._known.digest_of(what.sha256):
            words = f"it is the original of {digest}, which is held as a digest: see attach"
            self._tell(read, digest, Outcome.UNCHANGED, (words,))
            return
        article = self._article(read, what)
        if article.id in self._known.ids:
            self._tell(read, article.id, Outcome.UNCHANGED, ("the same article is in the case",))
            return
        if article.id in self._withdrawn:
            self._tell(read, article.id, Outcome.WITHDRAWN, ("a person withdrew it",))
            return
        earlier = self._known.earlier(article)
        if earlier is None:
            self._add(article)
            self._tell(read, article.id, Outcome.ADDED)
        elif article.text is None or earlier[1] == article.text_sha256:
            self._tell(read, earlier[0], Outcome.UNCHANGED, ("the case has its text already",))
        else:
            self._add_version(read, article, earlier[0])

    def _add(self, article: Article) -> None:
        for table, record in self._records.take():
            self._edits[table].append(Edit(table, record.id, None, record))
        self._edits["articles"].append(Edit("articles", article.id, None, article))
        self._known.add(article)

    def _add_version(self, read: ReadArticle, article: Article, before: str) -> None:
        article = replace(article, version_of=before)
        self._add(article)
        staying, moved, lost = 0, [], []
        for passage in self._archive.ask(_passages_of, before):
            words = (article.title or "") if passage.in_title else (article.text or "")
            found = anchor(words, passage.exact, passage.prefix, passage.suffix)
            if found is None:
                lost.append(passage.exact)
                continue
            again = _anchored(article, passage, words, found.start, found.end)
            self._edits["passages"].append(Edit("passages", again.id, None, again))
            if found.match is Match.EXACT:
                staying += 1
            else:
                moved.append(passage.exact)
        self._tell(
            read,
            article.id,
            Outcome.VERSION,
            version_of=before,
            staying=staying,
            moved=tuple(moved),
            lost=tuple(lost),
        )

    def _tell(
        self,
        read: ReadArticle,
        id: str,
        outcome: Outcome,
        remarks: tuple[str, ...] = (),
        *,
        version_of: str = "",
        staying: int = 0,
        moved: tuple[str, ...] = (),
        lost: tuple[str, ...] = (),
    ) -> None:
        self.results.append(
            ArticleResult(
                part=read.part,
                id=id,
                title=read.title.value if read.title else "",
                outcome=outcome,
                kept=read.kept,
                dropped=tuple(by_weight(read.dropped, self._names)),
                unknown=tuple(name for name in _WANTED if getattr(read, name) is None),
                remarks=(*remarks, *((_SUMMARY,) if read.is_summary else ()), *read.remarks),
                version_of=version_of,
                staying=staying,
                moved=moved,
                lost=lost,
            )
        )

    def _article(self, read: ReadArticle, what: Import) -> Article:
        text = read.text or None
        title = _value(read.title)
        publisher = None
        if read.publisher is not None:
            name = office(read.publisher.value).publisher
            publisher = self._records.source(name, kind_of(name))
        identity = address_key(_value(read.url) or "") or f"{publisher}\x1f{title}"
        return Article(
            id=make_id("art", "article", identity, text_hash(text or "")),
            title=title,
            publisher=publisher,
            text_kind=_text_kind(read),
            published=read.published.stamp if read.published else None,
            updated=read.updated.stamp if read.updated else None,
            language=_value(read.language) or "und",
            url=_value(read.url),
            text=text,
            text_sha256=text_hash(text) if text else None,
            raw_sha256=what.sha256,
            sources=tuple(self._source(name) for name in read.sources),
            author=_value(read.author) or "",
            dateline=_value(read.dateline) or "",
            capture=Capture(
                file=what.file,
                part=read.part,
                at=read.captured.stamp.at if read.captured else "",
                imported=what.at,
                by=what.by,
                tool=f"conflict-tui {__version__}: {what.found}",
                fields=_bases(read),
            ),
        )

    def _source(self, name: str) -> str:
        known = office(name).publisher
        return self._records.source(known, kind_of(known))


def _text_kind(read: ReadArticle) -> TextKind:
    if not read.text:
        return TextKind.HEADLINE
    return TextKind.SUMMARY if read.is_summary else TextKind.FULL


def _value(field: ReadField | None) -> str | None:
    return field.value if field else None


def _bases(read: ReadArticle) -> tuple[FieldReading, ...]:
    """The basis of each field that was found."""
    found = []
    for name in (*Findings.FIELDS, *Findings.TIMES):
        field = getattr(read, name)
        if field is not None:
            note = field.note if isinstance(field, ReadField) else ""
            found.append(FieldReading(field=name, basis=FieldBasis(field.basis), note=note))
    return tuple(found)


def _anchored(article: Article, before: Passage, words: str, start: int, end: int) -> Passage:
    """A passage of the new version where the words of one of the version before are."""
    return Passage(
        id=make_id("psg", article.id, before.id),
        article=article.id,
        start=start,
        end=end,
        exact=words[start:end],
        text_sha256=text_hash(words),
        prefix=words[max(0, start - CONTEXT) : start],
        suffix=words[end : end + CONTEXT],
        in_title=before.in_title,
        carried_from=before.carried_from or before.id,
    )


def _passages_of(connection: Reader, article: str) -> list[Passage]:
    quoted = "article = (SELECT n FROM articles WHERE id = ?)"
    found = numbered(connection, "passages", quoted, article)
    return [one for _, one in found if isinstance(one, Passage)]
