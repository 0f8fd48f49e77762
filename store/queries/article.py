"""One article as it is read: a window of its text, and the passages marked in it."""

import msgspec

from store.database.checksums import checked
from store.model.text import showable
from store.model.vocabulary import StampBasis, TextKind
from store.queries.datasets import KnownFrom, known_from
from store.queries.versions import Version, versions
from store.reader import Reader

WINDOW = 40_000
"""The most code points of a text that are laid out at once; a longer text has windows.

A single line of that length takes TextArea about 0.2 s to draw and a key in it
about 0.1 s (a text of many lines takes less); both grow with the length.
"""


class Mark(msgspec.Struct, frozen=True):
    """A passage and the numbers of the events that its words support, in whichever version."""

    n: int
    id: str
    start: int
    end: int
    in_title: bool
    events: tuple[int, ...]


class ArticleView(msgspec.Struct, frozen=True):
    """An article for reading: everything in it may be shown as it is.

    `text` is the window of the text that begins at `start` of `length` code
    points; `marks` are all passages of the article in their order, with
    offsets into the whole text; `sureness` is the basis of the time of publication; `known`
    says what it is known from, `version` which of several versions it is.
    """

    n: int
    id: str
    title: str
    publisher: str
    published: str
    sureness: StampBasis
    updated: str
    url: str
    note: str
    text_kind: TextKind
    start: int
    length: int
    text: str
    marks: tuple[Mark, ...]
    known: KnownFrom
    version: Version | None = None

    @property
    def end(self) -> int:
        """The end of the window, in code points of the whole text."""
        return self.start + len(self.text)


def article(connection: Reader, number: int, around: int = 0) -> ArticleView | None:
    """The article with this number, its window around the code point `around`.

    None where there is no such article.
    """
    row = connection.execute(
        f"""SELECT articles.id, title, coalesce({checked("sources", "name")}, ''), published,
            {checked("articles", "text")},
            json_extract(articles.body, '$.published.basis'),
            json_extract(articles.body, '$.updated.at'),
            json_extract(articles.body, '$.url'), json_extract(articles.body, '$.note'),
            json_extract(articles.body, '$.text_kind')
        FROM articles LEFT JOIN sources ON sources.n = articles.publisher
        WHERE articles.n = ?""",
        (number,),
    ).fetchone()
    if row is None:
        return None
    id_, title, publisher, published, text, basis, updated, url, note, kind = row
    start, end = window(text, around)
    return ArticleView(
        n=number,
        id=id_,
        title=title,
        publisher=publisher,
        published=published,
        sureness=StampBasis(basis or StampBasis.STATED),
        updated=updated or "",
        url=url or "",
        note=note or "",
        text_kind=TextKind(kind),
        start=start,
        length=len(text),
        text=showable(text[start:end]),
        marks=_marks(connection, number),
        known=known_from(connection, number),
        version=versions(connection, (id_,)).get(id_),
    )


def window(text: str, around: int) -> tuple[int, int]:
    """The start and the end of the window of a text around a code point.

    A text that fits is its own window; a longer one is cut at line breaks
    where there are any near.
    """
    if len(text) <= WINDOW:
        return 0, len(text)
    start = max(0, min(around - WINDOW // 2, len(text) - WINDOW))
    if start:
        line_break = text.find("\n", start, start + WINDOW // 8)
        start = line_break + 1 if line_break >= 0 else start
    end = min(len(text), start + WINDOW)
    if end < len(text):
        line_break = text.rfind("\n", end - WINDOW // 8, end)
        end = line_break + 1 if line_break >= 0 else end
    return start, end


def _marks(connection: Reader, number: int) -> tuple[Mark, ...]:
    marks: dict[int, list[object]] = {}
    events: dict[int, list[int]] = {}
    for n, id_, start, end, in_title, event in connection.execute(
        f"""SELECT DISTINCT passages.n, {checked("passages", "id")}, passages.start, passages."end",
            passages.in_title, claims.event
        FROM passages LEFT JOIN passages AS first
            ON first.id = json_extract(passages.body, '$.carried_from')
        LEFT JOIN claims ON claims.passage IN (passages.n, first.n)
        LEFT JOIN events ON events.n = claims.event
        WHERE passages.article = ?
        ORDER BY passages.in_title DESC, passages.start, passages."end", passages.n,
            events.earliest, events.n""",
        (number,),
    ):
        marks[n] = [n, id_, start, end, bool(in_title)]
        if event is not None:
            events.setdefault(n, []).append(event)
    return tuple(
        Mark(n, str(id_), start, end, in_title, tuple(events.get(n, ())))  # type: ignore[arg-type]
        for n, (_, id_, start, end, in_title) in marks.items()
    )


def find(connection: Reader, number: int, needle: str, most: int = 10_000) -> list[int]:
    """The positions of `needle` in the text of an article, in code points; smart case.

    Upper case in the needle makes the search respect case. At most `most` positions.
    """
    text = checked("articles", "text")
    row = connection.execute(f"SELECT {text} FROM articles WHERE n = ?", (number,)).fetchone()
    if row is None or not needle:
        return []
    text = showable(row[0])
    if needle.islower() or not any(letter.isalpha() for letter in needle):
        text = (
            "".join(low if len(low := letter.lower()) == 1 else letter for letter in text)
            if (not text.isascii())
            else text.lower()
        )
    found: list[int] = []
    start = text.find(needle)
    while start >= 0 and len(found) < most:
        found.append(start)
        start = text.find(needle, start + len(needle))
    return found


def article_number(connection: Reader, article_id: str) -> int | None:
    """The number of the article with this id, None where there is none."""
    found = connection.execute("SELECT n FROM articles WHERE id = ?", (article_id,)).fetchone()
    return int(found[0]) if found else None


def is_there(connection: Reader, number: int) -> bool:
    """True if there is an article with this number, which may have been withdrawn."""
    return (
        connection.execute("SELECT 1 FROM articles WHERE n = ?", (number,)).fetchone() is not None
    )
