"""Rendering of the session's answers in the panes."""

from store.model.judgements import Mark, MarkKind
from store.model.labels import count_text
from store.queries.facets import Facet, FacetCounts
from store.queries.filters import Filters
from tui.commands.registry import BY_ID, VIEWS, key_of
from tui.draw.event import event_facts
from tui.draw.marks import known_of
from tui.draw.sources import stance_counts
from tui.handlers.compare import ComparingScreen
from tui.handlers.screen_protocol import ScreenProtocol
from tui.panes.event_list import EventList
from tui.screens.hints import hints
from tui.session.trail import View
from tui.session.views import AlreadyShown, ScreenData, TimelineAnswer
from tui.widgets.filter_bar import FilterBar
from tui.widgets.status import Breadcrumb

NO_EVENT = ("No event is selected.",)
NO_ACTOR = ("No actor is named.", "The reports do not say who acted.")
NO_ARTICLE = ("No article supports it.", "The case has only the event.")
EMPTY_CASE = (
    "This case has no events yet.",
    f"{key_of('pivot')} imports reports or a data set.",
    ":paste brings in the text of a report.",
)
NOTHING_CODED = (
    f"{key_of('articles')} lists them, Enter reads one.",
    f"There {key_of('select')} selects words, {key_of('claim')} claims by them.",
    f"{key_of('pivot')} imports more, :paste brings in a text.",
)
COUNTING = ("… events",)
"""What a list says instead of rows."""


def show_look(
    screen: ComparingScreen, look: ScreenData, seen: AlreadyShown, views: dict[str, View]
) -> None:
    """Show an answer; `views` has the cursors and scrolls, and is empty on a first visit."""
    same_event = look.event is not None and seen.event == look.location.event
    _timeline(screen, look, views.get("timeline"))
    _actors(screen, look, views.get("actors"), same_event=same_event)
    _sources(screen, look, views.get("sources"), same_event=same_event)
    _article(screen, look, views.get("article"), same_event=same_event)
    for pane in screen.side:
        if isinstance(pane, EventList) and pane is not screen.actors:
            _event_list(pane, look, views.get(pane.pane), same_event=same_event)
    if look.location.pane in VIEWS:
        screen.comparing.show(look, views.get(look.location.pane))


def shown_now(screen: ScreenProtocol, look: ScreenData, seen: AlreadyShown) -> AlreadyShown:
    """Tell what a screen shows with this answer, where it showed what was `seen`."""
    location, view = look.location, screen.article.view
    return AlreadyShown(
        filter=location.filter,
        sort=location.sort,
        turned=location.turned,
        event=location.event if look.event else None,
        article=view.n if view else None,
        window=(view.start, view.end) if view else (0, 0),
        wide=location.wide,
        compared=look.comparison.groups[0].id if look.comparison else seen.compared,
        whose=look.who.id if look.who else seen.whose,
        paged=look.page.id if look.page else seen.paged,
    )


def show_counted(screen: ScreenProtocol, found: FacetCounts, views: dict[str, View]) -> None:
    """Show what was counted after the rows were shown, if the filter is still the same."""
    location = screen.session.location if screen.session else None
    if location is None or location.filter != found.filter:
        return
    if found.bins is not None:
        screen.timeline.show_counted(found.bins, found.sums, found.too_wide)
    if found.actors is not None:
        counts = {row.n: row.events for row in found.actors}
        screen.actors.hold_counts(counts, filtered=bool(location.filter.filters))
    if found.actors is not None and screen.actors.id in location.wide:
        screen.actors.show(found.actors, wide=True, view=views.get("actors") or View())
    if found.sources is not None and screen.sources.id in location.wide:
        screen.sources.show_sources(found.sources, view=views.get("sources") or View())


def _timeline(screen: ScreenProtocol, look: ScreenData, kept: View | None) -> None:
    timeline, location = screen.timeline, look.location
    if look.timeline is not None:
        none = not look.timeline.numbers
        timeline.show_state(*(_nothing(location.filter, look.timeline) if none else ()))
        timeline.show(
            look.timeline,
            kept.scroll if kept else None,
            sort=location.sort,
            turned=location.turned,
        )
    elif (row := timeline.index_of(location.event)) is not None:
        timeline.put_cursor(row)
        if kept is not None:
            timeline.scroll_to(y=kept.scroll, animate=False, force=True)
    timeline.relabel()


def _actors(
    screen: ComparingScreen, look: ScreenData, kept: View | None, *, same_event: bool
) -> None:
    actors, event = screen.actors, look.event
    filtered = bool(look.location.filter.filters)
    if Facet.ACTORS in look.counting or not filtered:
        actors.hold_counts(None, filtered=filtered)
    if actors.id in look.location.wide:
        if look.all_actors is not None:
            actors.show(look.all_actors, wide=True, view=kept or View())
        elif Facet.ACTORS in look.counting:
            actors.show((), wide=True, view=View(), empty=COUNTING)
    elif not same_event or actors.wide or kept is not None:
        empty = NO_ACTOR if event else NO_EVENT
        actors.show(event.actors if event else (), wide=False, view=kept or View(), empty=empty)


def _event_list(pane: EventList, look: ScreenData, kept: View | None, *, same_event: bool) -> None:
    """Fill a pane with its rows on the event alone, whatever the filters are."""
    if not same_event or kept is not None:
        rows = look.event.lists[pane.pane] if look.event else ()
        pane.show_rows(rows, kept or View(), pane.none if look.event else NO_EVENT)


def _sources(
    screen: ComparingScreen, look: ScreenData, kept: View | None, *, same_event: bool
) -> None:
    sources, event = screen.sources, look.event
    evidence = event.evidence if event else ()
    at = next((i for i, row in enumerate(evidence) if row.n == look.location.article), 0)
    said = event.said if event else ()
    read = frozenset(
        one.judgement.about
        for one in said
        if isinstance(one.judgement, Mark) and one.judgement.kind is MarkKind.READ
    )
    known = tuple(known_of(event)) if event else ()
    sources.filtered = bool(look.location.filter.filters)
    sources.hold(evidence, at, event.dispute if event else "", read, known)
    if sources.id in look.location.wide:
        if look.all_sources is not None:
            sources.show_sources(look.all_sources, view=kept or View())
        elif Facet.SOURCES in look.counting:
            sources.show_sources((), view=View(), empty=COUNTING)
    elif not same_event or sources.wide or kept is not None:
        empty = NO_ARTICLE if event else NO_EVENT
        sources.show_evidence(scroll=kept.scroll if kept else None, empty=empty)
    else:
        sources.put_cursor(at)
        sources.refresh()
        sources.relabel()


def _article(
    screen: ComparingScreen, look: ScreenData, kept: View | None, *, same_event: bool
) -> None:
    article, location = screen.article, look.location
    changed = look.article is not None or location.passage != article.passage
    if location.apart is not None:
        article.show_apart(look.article, location.event, location.apart)
    elif look.event is None:
        article.clear()
    elif not same_event or kept is not None or changed:
        article.show(look.article, location.event, location.passage)
    if kept is not None:
        article.text.restore(kept.cursor, kept.scroll)


def _nothing(asked: Filters, listed: TimelineAnswer) -> tuple[str, ...]:
    """The lines that the timeline shows if it has no events."""
    total, articles = listed.total, listed.articles
    if articles is not None and not total:
        if not articles.all:
            return EMPTY_CASE
        coded = f"{articles.coded:,} coded" if articles.coded else "none coded"
        return (f"{count_text(articles.all, 'article')}, {coded}, no events.", *NOTHING_CODED)
    if not asked.filters:
        return ()
    drop, clear = key_of("filter.drop"), BY_ID["filter.clear"].typed
    return (
        "No events match.",
        f"The filters hide all {total:,} events.",
        f"{drop} drops the newest, :{clear} drops all.",
    )


def drawn_text(screen: ComparingScreen) -> str:
    """The lines of the panes and passages that are in view."""
    comparing = screen.comparing
    lists = (screen.timeline, *screen.side, *comparing.lists)
    boxes = (comparing.this, comparing.other, screen.article)
    drawn = [rows.drawn_text() for rows in lists if rows.is_on_screen]
    drawn += [box.drawn_text() for box in boxes if box.is_on_screen]
    return "\n".join(drawn)


def show_lines(
    screen: ComparingScreen, breadcrumb: Breadcrumb, filter_bar: FilterBar, match: str
) -> None:
    """Write the lines around the panes anew; `match` is the place of a search's match."""
    session = screen.session
    if session is None:
        return
    event = screen.event
    breadcrumb.stays = bool(session.why_read_only)
    next_keys = hints(screen, searching=bool(match))
    if screen.pane in VIEWS:
        path = screen.comparing.path()
        breadcrumb.show(session.archive.case.name, *path, facts="", kept=session.kept)
        filter_bar.show((), 0, 0)
        screen.status.show(match, hints=next_keys)
        return
    path = (event.row.title,) if event else ()
    breadcrumb.show(
        session.archive.case.name,
        *path,
        facts=event_facts(event) if event else "",
        kept=session.kept,
    )
    parts = []
    if screen.timeline.count:
        parts.append(f"event {screen.timeline.cursor + 1:,}/{screen.timeline.count:,}")
    if event is not None and event.evidence:
        at = screen.sources.current + 1
        counts = stance_counts(event.stances(), short=True)
        parts.append(f"source {at}/{len(event.evidence)} ({counts})")
    if match:
        parts.append(match)
    if marked := screen.timeline.marked_of_all:
        parts.append(marked)
    filter_bar.show(session.location.filter.filters, screen.timeline.count, screen.timeline.total)
    if session.location.sort.value != "date":
        parts.append(f"by {session.location.sort}")
    if session.location.turned:
        parts.append("turned")
    if event is not None and event.row.disputed:
        parts.append(event.row.disputed)
    screen.status.show(*parts, hints=next_keys)
