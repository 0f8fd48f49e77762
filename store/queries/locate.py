"""The event and the article that a record belongs to, where it is shown."""

from typing import NamedTuple

from store.model.references import TABLE_OF
from store.reader import Reader


class RecordLocation(NamedTuple):
    """The numbers of an event and, where the record is of one, of an article."""

    event: int
    article: int | None


_BEHIND = "SELECT event, article FROM evidence WHERE article = "

_ASKED = {
    "events": "SELECT n, NULL FROM events WHERE id = ?",
    "articles": f"{_BEHIND} (SELECT n FROM articles WHERE id = ?)",
    "passages": f"{_BEHIND} (SELECT article FROM passages WHERE id = ?)",
    "claims": "SELECT event, article FROM claims WHERE id = ? AND event IS NOT NULL",
}


def whereabouts(connection: Reader, id: str) -> RecordLocation | None:
    """The place where an event, article, passage or claim is shown.

    None where there is no such record, or where it supports no event.
    """
    asked = _ASKED.get(TABLE_OF.get(id[:3], ""))
    found = connection.execute(f"{asked} LIMIT 1", (id,)).fetchone() if asked else None
    return RecordLocation(*found) if found else None
