"""Steps from passage to passage and from article to article, in what is shown."""

from store.queries.article import ArticleView, Mark
from store.queries.evidence import EvidenceRow, PassageRef
from tui.session.trail import Location
from tui.session.views import EventAnswer


def passage_at(event: EventAnswer, location: Location) -> PassageRef | None:
    """The passage of the event at the location; None if the article has none for it."""
    for row in event.evidence:
        if row.n == location.article:
            for passage in row.passages:
                if passage.n == location.passage:
                    return passage
    return None


def step(event: EventAnswer, article_number: int | None, by: int) -> EvidenceRow | None:
    """The article `by` steps after this one among those behind the event; None past the ends."""
    at = next((i for i, row in enumerate(event.evidence) if row.n == article_number), None)
    if at is None:
        return event.evidence[0] if event.evidence else None
    return event.evidence[at + by] if 0 <= at + by < len(event.evidence) else None


def mark_at(view: ArticleView, offset: int) -> Mark | None:
    """The shortest passage of the text around a code point; None if there is none."""
    around = [mark for mark in view.marks if not mark.in_title and mark.start <= offset < mark.end]
    return min(around, key=lambda mark: mark.end - mark.start, default=None)


def next_mark(view: ArticleView, n: int | None, by: int) -> Mark | None:
    """The passage of the article `by` steps after the one with number `n`; None past the ends."""
    at = next((i for i, mark in enumerate(view.marks) if mark.n == n), None)
    if at is None:
        return view.marks[0] if view.marks else None
    return view.marks[at + by] if 0 <= at + by < len(view.marks) else None
