"""Giving an answer of the desk to the panes."""

from store.model.judgements import Mark, MarkKind
from store.queries.counted import Counted, Part
from store.queries.filters import Filter
from tui.answers import Look, Seen
from tui.commands import BY_ID, VIEWS, key_of
from tui.draw.marks import known_of
from tui.screens.stage import Stage
from tui.trail import View

NO_EVENT = ("No event is chosen.",)
NO_ACTOR = ("No actor is named.", "The reports do not say who acted.")
NO_ARTICLE = ("No article says so.", "The event stands in the case alone.")
COUNTING = ("… events",)
"""What a list says instead of rows."""


def show_look(stage: Stage, look: Look, seen: Seen, views: dict[str, View]) -> None:
    """Show an answer; `views` says where cursors and scrolls go, and is empty on a first visit."""
    same_event = look.event is not None and seen.event == look.spot.event
    _timeline(stage, look, views.get("timeline"))
    _actors(stage, look, views.get("actors"), same_event=same_event)
    _sources(stage, look, views.get("sources"), same_event=same_event)
    _article(stage, look, views.get("article"), same_event=same_event)
    if look.spot.pane in VIEWS:
        stage.comparing.show(look, views.get(look.spot.pane))


def show_counted(stage: Stage, found: Counted, views: dict[str, View]) -> None:
    """Show what was counted after the rows were there, where it is still what is looked at."""
    spot = stage.desk.spot if stage.desk else None
    if spot is None or spot.filter != found.filter:
        return
    if found.bins is not None:
        stage.timeline.show_bins(found.bins)
    if found.actors is not None and stage.actors.id in spot.wide:
        stage.actors.show(found.actors, wide=True, view=views.get("actors") or View())
    if found.sources is not None and stage.sources.id in spot.wide:
        stage.sources.show_sources(found.sources, view=views.get("sources") or View())


def _timeline(stage: Stage, look: Look, kept: View | None) -> None:
    timeline, spot = stage.timeline, look.spot
    if look.timeline is not None:
        none = not look.timeline.numbers
        timeline.show_state(*(_nothing(spot.filter, look.timeline.total) if none else ()))
        timeline.show(look.timeline, kept.scroll if kept else None)
    elif (row := timeline.index_of(spot.event)) is not None:
        timeline.put_cursor(row)
        if kept is not None:
            timeline.scroll_to(y=kept.scroll, animate=False, force=True)
    timeline.relabel()


def _actors(stage: Stage, look: Look, kept: View | None, *, same_event: bool) -> None:
    actors, event = stage.actors, look.event
    if actors.id in look.spot.wide:
        if look.all_actors is not None:
            actors.show(look.all_actors, wide=True, view=kept or View())
        elif Part.ACTORS in look.counting:
            actors.show((), wide=True, view=View(), empty=COUNTING)
    elif not same_event or actors.wide or kept is not None:
        empty = NO_ACTOR if event else NO_EVENT
        actors.show(event.actors if event else (), wide=False, view=kept or View(), empty=empty)


def _sources(stage: Stage, look: Look, kept: View | None, *, same_event: bool) -> None:
    sources, event = stage.sources, look.event
    evidence = event.evidence if event else ()
    at = next((i for i, row in enumerate(evidence) if row.n == look.spot.article), 0)
    said = event.said if event else ()
    read = frozenset(
        one.judgement.about
        for one in said
        if isinstance(one.judgement, Mark) and one.judgement.kind is MarkKind.READ
    )
    known = tuple(known_of(event)) if event else ()
    sources.hold(evidence, at, event.dispute if event else "", read, known)
    if sources.id in look.spot.wide:
        if look.all_sources is not None:
            sources.show_sources(look.all_sources, view=kept or View())
        elif Part.SOURCES in look.counting:
            sources.show_sources((), view=View(), empty=COUNTING)
    elif not same_event or sources.wide or kept is not None:
        empty = NO_ARTICLE if event else NO_EVENT
        sources.show_evidence(scroll=kept.scroll if kept else None, empty=empty)
    else:
        sources.put_cursor(at)
        sources.refresh()
        sources.relabel()


def _article(stage: Stage, look: Look, kept: View | None, *, same_event: bool) -> None:
    article, spot = stage.article, look.spot
    changed = look.article is not None or spot.passage != article.passage
    if look.event is None:
        article.clear()
    elif not same_event or kept is not None or changed:
        article.show(look.article, spot.event, spot.passage)
    if kept is not None:
        article.text.restore(kept.cursor, kept.scroll)


def _nothing(asked: Filter, total: int) -> tuple[str, ...]:
    """What the timeline says where it has no events."""
    if not asked.chips:
        return () if total else ("This case has no events.", "Rows of a data set: :import FILE.")
    drop, clear = key_of("filter.drop"), BY_ID["filter.clear"].typed
    return (
        "No event matches.",
        f"None of {total:,} events is left by the filters.",
        f"{drop} drops the newest, :{clear} drops all.",
    )
