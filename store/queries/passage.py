"""One passage in its surroundings."""

import msgspec

from store.database.checksums import checked
from store.model.text import showable
from store.reader import Reader

BEFORE = 160
AFTER = 400
"""Code points of the text that are shown before and after a passage."""


class Excerpt(msgspec.Struct, frozen=True):
    """The words of a passage, made showable, with some of the text around them.

    `cut_before` and `cut_after` say that the text goes on there.
    """

    before: str
    exact: str
    after: str
    cut_before: bool
    cut_after: bool


def excerpt(connection: Reader, passage: int) -> Excerpt:
    """The passage with this number in its surroundings, which for one in a title are the title.

    All its words are empty where there is none, as it was withdrawn.
    """
    found = connection.execute(
        f"""SELECT {checked("passages", "start")}, "end", in_title, article
        FROM passages WHERE n = ?""",
        (passage,),
    ).fetchone()
    if found is None:
        return Excerpt("", "", "", cut_before=False, cut_after=False)
    start, end, in_title, article = found
    column = "title" if in_title else "text"
    (text,) = connection.execute(
        f"SELECT {checked('articles', column)} FROM articles WHERE n = ?", (article,)
    ).fetchone()
    first = max(0, start - BEFORE)
    return Excerpt(
        before=showable(text[first:start]),
        exact=showable(text[start:end]),
        after=showable(text[end : end + AFTER]),
        cut_before=first > 0,
        cut_after=end + AFTER < len(text),
    )


def event_of(connection: Reader, passage: int) -> int | None:
    """An event that the passage supports, else one that its article does; None if there is none."""
    found = connection.execute(
        """SELECT event FROM claims WHERE passage = :n AND event IS NOT NULL
        UNION ALL SELECT event FROM claims WHERE event IS NOT NULL AND passage = (
            SELECT n FROM passages WHERE id = (
                SELECT json_extract(body, '$.carried_from') FROM passages WHERE n = :n))
        UNION ALL SELECT event FROM evidence
        WHERE article = (SELECT article FROM passages WHERE n = :n) LIMIT 1""",
        {"n": passage},
    ).fetchone()
    return int(found[0]) if found else None


def place_of(connection: Reader, passage: int) -> tuple[int, int, bool] | None:
    """The number of the passage's article, where it starts, and whether it is in the title.

    None where there is no such passage, as it was withdrawn.
    """
    found = connection.execute(
        "SELECT article, start, in_title FROM passages WHERE n = ?", (passage,)
    ).fetchone()
    return (found[0], found[1], bool(found[2])) if found else None
