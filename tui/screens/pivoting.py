"""From an event to its articles, from a passage to its event, and the way back."""

from store.queries.filters import Chip, ChipKind, Filter
from tui.commands import VIEWS, key_of
from tui.desk import step
from tui.screens.acting import Open
from tui.screens.going import Go
from tui.screens.stage import Stage, opened
from tui.screens.windows import events_window
from tui.trail import ALL


class Pivoting:
    """What leads from a row or a passage to what stands behind it."""

    def __init__(self, stage: Stage, go: Go, open: Open) -> None:
        self.stage = stage
        self._go = go
        self._open = open

    def follow(self) -> None:
        """From the row or the passage under the cursor to what it is about, or rests on."""
        stage = self.stage
        match stage.pane:
            case "compare" | "who":
                stage.comparing.follow(self.to_event)
            case "timeline":
                if stage.event is None or not stage.event.evidence:
                    stage.say("No article stands behind this event.")
                    return
                self._go(pane="article", zoomed=False)
            case "actors":
                if stage.actors.rows:
                    actor = stage.actors.rows[stage.actors.cursor]
                    self._to_events_of(Chip(ChipKind.ACTOR, actor.id, actor.name))
            case "sources" if stage.sources.wide:
                if stage.sources.sources:
                    source = stage.sources.sources[stage.sources.cursor]
                    self._to_events_of(Chip(ChipKind.SOURCE, source.id, source.name))
            case "sources":
                if stage.sources.evidence:
                    row = stage.sources.evidence[stage.sources.cursor]
                    self._go(article=row.n, passage=row.passages[0].n, pane="article")
            case _:
                self._to_event_of_passage()

    def _to_events_of(self, chip: Chip) -> None:
        self._go(filter=Filter((chip,)), pane="timeline", zoomed=False)
        self.stage.say(f"The events of {chip.label}; {key_of('back')} goes back.")

    def _to_event_of_passage(self) -> None:
        stage = self.stage
        mark = stage.article.mark_here()
        if mark is None or stage.article.view is None:
            stage.say("No passage here; n goes to the next one.")
            return
        article = stage.article.view.n
        if not mark.events:
            stage.say("This passage is about an actor or a place, not about an event.")
        elif len(mark.events) == 1:
            self.to_event(mark.events[0], article, mark.n)
        else:
            rows = opened(self.stage).events(mark.events)
            self._open(
                events_window(rows),
                lambda pick: self.to_event(int(str(pick.value)), article, mark.n),
            )

    def to_event(self, event: int, article: int, passage: int, *, pane: str = "timeline") -> None:
        """To an event, an article and a passage of it; the filters go where they hide it."""
        stage, desk = self.stage, opened(self.stage)
        outside = stage.timeline.index_of(event) is None
        self._go(
            event=event,
            article=article,
            passage=passage,
            pane=pane,
            zoomed=False,
            filter=ALL if outside else desk.spot.filter,
        )
        if outside:
            stage.say(f"The filters hid this event and are off; {key_of('back')} goes back.")

    def walk(self, by: int) -> None:
        """To the next article on this event, or the one before; in a view, to the next column."""
        stage, desk = self.stage, opened(self.stage)
        if stage.event is None:
            return
        if stage.pane in VIEWS:
            stage.comparing.step(by)
            return
        evidence = stage.event.evidence
        row = step(stage.event, desk.spot.article, by)
        if row is None:
            end = "last" if by > 0 else "first"
            stage.say(
                f"This is the {end} of the {len(evidence)} articles on this event."
                if len(evidence) > 1
                else "This is the only article on this event."
            )
            return
        desk.preview(article=row.n, passage=row.passages[0].n)
        stage.sync()

    def travel(self, *, forward: bool) -> None:
        """Back along the trail, or forward again."""
        stage, desk = self.stage, opened(self.stage)
        desk.trail.keep_views(stage.views(), stage.pane)
        if not (desk.trail.forward() if forward else desk.trail.back()):
            stage.say("This is where you are last." if forward else "This is where you began.")
            return
        stage.sync(restoring=True)
