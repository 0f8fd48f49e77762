"""The next keys: what one can do with what is under the cursor, the most likely first."""

from collections.abc import Iterator

from store.queries.search import NamedKind
from tui.commands.registry import BY_ID, VIEWS
from tui.handlers.compare import ComparingScreen
from tui.widgets.status import Hint

MOST = 9
"""Hints at most: more are not read."""


def hints(screen: ComparingScreen, *, searching: bool) -> tuple[Hint, ...]:
    """The hints for the focused pane; the last is the key that lists all keys."""
    rows = screen.list_of(screen.pane)
    marked = rows is not None and bool(rows.marks)
    found = [
        *(_of_search() if searching else ()),
        *(_of_marks(screen) if marked else ()),
        *_of_pane(screen),
    ][: MOST - 1]
    return tuple(Hint(id_, key, word) for id_, word in (*found, ("help", "keys"))
                 for key in BY_ID[id_].keys[:1])  # fmt: skip


def _of_search() -> Iterator[tuple[str, str]]:
    yield "match.next", "next match"
    yield "cancel", "end search"


def _of_marks(screen: ComparingScreen) -> Iterator[tuple[str, str]]:
    yield "tag", "tag the marked"
    if screen.pane == "timeline":
        yield "assess", "assess them"
    if screen.pane != "actors" and not (screen.pane == "sources" and screen.sources.wide):
        yield "withdraw", "withdraw them"
    if screen.pane == "sources":
        yield "grade", "grade them"
    yield "unmark", "unmark"


def _of_pane(screen: ComparingScreen) -> Iterator[tuple[str, str]]:
    match screen.pane:
        case "timeline":
            yield from _of_timeline(screen)
        case "actors":
            yield from _of_actors(screen)
        case "sources":
            yield from _of_sources(screen)
        case "article":
            yield from _of_article(screen)
        case _:
            yield from _of_view(screen)


def _of_timeline(screen: ComparingScreen) -> Iterator[tuple[str, str]]:
    if screen.timeline.brush is not None:
        yield "pivot", "filter by these dates"
        yield "brush", "hold one end"
        yield "cancel", "leave"
        return
    event = screen.event
    filtered = screen.session is not None and bool(screen.session.location.filter.filters)
    if event is None:
        if filtered:
            yield "filter.drop", "drop filter"
        elif not screen.timeline.total:
            yield "pivot", "import"
            yield "articles", "articles"
        yield "palette", "commands"
        return
    if event.evidence:
        yield "pivot", "read"
    if event.row.disputed:
        yield "dispute.next", "at odds"
    yield "compare", "compare"
    yield "who", "who says so"
    yield "sort", "sort"
    yield "frequency", "how often"
    if filtered:
        yield "filter.drop", "drop filter"
    yield "find", "find"
    yield "palette", "commands"
    yield "disputes", "all at odds"


def _of_actors(screen: ComparingScreen) -> Iterator[tuple[str, str]]:
    if screen.actors.rows:
        yield "pivot", "its events"
        yield "filter.add", "filter by it"
        yield "entity.page", "page"
        yield "compare", "what is said of it"
    yield "scope", "of this event" if screen.actors.wide else "of all events"
    yield "find", "find"


def _of_sources(screen: ComparingScreen) -> Iterator[tuple[str, str]]:
    sources = screen.sources
    if sources.wide:
        if sources.sources:
            yield "pivot", "its events"
            yield "filter.add", "filter by it"
            yield "grade", "grade"
        yield "scope", "of this event"
    else:
        if sources.evidence:
            yield "pivot", "read"
            yield "filter.add", "filter by its source"
            yield "compare", "compare"
            yield "grade", "grade"
        yield "scope", "of all events"
    yield "find", "find"


def _of_article(screen: ComparingScreen) -> Iterator[tuple[str, str]]:
    article = screen.article
    if article.view is None:
        return
    if article.selecting:
        yield "claim", "claim by this"
        yield "match.next", "next sentence"
        yield "select", "wider"
        yield "select.sentence.next", "sentence more"
        yield "cancel", "leave it"
        return
    mark = article.mark_here()
    if mark is not None and mark.events:
        yield "pivot", "its event" if len(mark.events) == 1 else "its events"
    yield "select", "select"
    if len(article.view.marks) > 1:
        yield "match.next", "next passage"
    if screen.event is not None and len(screen.event.evidence) > 1:
        yield "article.next", "next article"
    if screen.event is not None:
        yield "compare", "compare"
    yield "copy", "copy"
    yield "edit", "edit"
    yield "find", "find"


def _of_view(screen: ComparingScreen) -> Iterator[tuple[str, str]]:
    comparing = screen.comparing
    if screen.pane == VIEWS[2]:
        if comparing.page.line is not None:
            yield "pivot", "go there"
        yield "edit", "edit"
        page = comparing.page.found
        if page is not None and page.kind is not NamedKind.SOURCE:
            yield "compare", "compare"
        yield "note", "note"
        yield "find", "find"
    elif screen.pane == VIEWS[1]:
        if comparing.tree.leaf is not None:
            yield "pivot", "read"
        yield "compare", "compare"
    elif comparing.grid.voice is not None:
        yield "pivot", "read"
        if comparing.against > 1:
            yield "match.next", "next claim"
        yield "dispute.next", "at odds"
        if comparing.against:
            yield "rule", "rule"
        yield "copy", "copy"
        yield "grade", "grade"
        yield "by_origin", "by article" if comparing.grid.by_origin else "by origin"
    yield "back", "back"
