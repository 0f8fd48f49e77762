"""Actors, places, sources and events: their pages, merges, splits, doubles and other names."""

from collections.abc import Callable, Sequence

from store.coding.merge import Merge
from store.model.labels import count_text
from store.queries.doubles import Double
from store.queries.entities import EntityRow, Parts, SplitPart
from store.queries.entity_page import FILTER_OF, LeadsTo
from store.queries.filters import Filter, Filters
from store.queries.search import NamedRecord
from tui.commands.registry import LISTS, VIEWS, key_of
from tui.dialogs.entity_windows import (
    MERGE,
    DoublesWindow,
    MergeWindow,
    SplitWindow,
)
from tui.dialogs.picker import Picker, PickerRow
from tui.handlers.annotate import Annotator
from tui.handlers.change_queue import ChangeQueue
from tui.handlers.compare import ComparingScreen
from tui.handlers.screen_protocol import GoTo, opened
from tui.handlers.windows import Windows
from tui.session.entities import Entities
from tui.session.trail import ALL

PAGE = VIEWS[2]
NAMED = ("act_", "plc_", "src_")
"""The prefixes of the ids of what has names and a page."""


class EntityHandler:
    """The commands on what the cursor is on, or what is chosen of an event."""

    def __init__(
        self,
        screen: ComparingScreen,
        annotator: Annotator,
        changes: ChangeQueue,
        windows: Windows,
        go: GoTo,
    ) -> None:
        self.screen = screen
        self._annotator = annotator
        self._changes = changes
        self._windows = windows
        self._go = go

    def actions(self) -> dict[str, Callable[[str], None]]:
        """The actions of its commands, by command id."""
        return {
            "entity.page": self.page,
            "merge": self.merge,
            "split": self.split,
            "doubles": lambda _: self.doubles(),
            "alias": self.alias,
        }

    @property
    def _entities(self) -> Entities:
        return Entities(opened(self.screen))

    # what is meant

    def _meant(self, act: Callable[[str], None], *, events: bool = False) -> None:
        """Act on what the cursor is on; of an event on one of its names, unless `events`."""
        screen, entities = self.screen, self._entities
        if screen.pane == PAGE:
            act(opened(screen).location.subject)
            return
        if screen.pane == "sources" and not screen.sources.wide and screen.sources.evidence:
            article = screen.sources.evidence[screen.sources.cursor].id

            def published(publisher: str) -> None:
                if publisher:
                    act(publisher)
                else:
                    screen.say("The publisher of this article is not stated.")

            self._windows.ask(lambda: entities.publisher(article), published)
            return
        id = self._annotator.here()
        if id.startswith((*NAMED, *(("evt_",) if events else ()))):
            act(id)
        elif screen.event is not None:
            event = screen.event.row.n
            self._windows.ask(
                lambda: entities.of_event(event), lambda rows: self._choose_named(rows, act)
            )
        else:
            screen.say("Nothing is selected.")

    def _choose_named(self, found: Sequence[EntityRow], act: Callable[[str], None]) -> None:
        if len(found) == 1:
            act(found[0].id)
            return

        def rows(typed: str) -> Sequence[PickerRow]:
            wanted = typed.lower().strip()
            return [
                PickerRow(one.name, one.aside, "", one.id)
                for one in found
                if wanted in one.name.lower()
            ]

        self._windows.open(
            Picker("Of this event", rows, ask="a name", empty="Nothing is named so here."),
            lambda pick: act(str(pick.value)),
        )

    # pages

    def page(self, name: str) -> None:
        """Show a page; from a page, go back."""
        screen = self.screen
        if name.startswith(NAMED):
            self._show(name)
        elif name:
            entities = self._entities
            self._windows.ask(lambda: entities.named(name), self._named_page)
        elif screen.pane == PAGE:
            screen.comparing.leave(PAGE)
        else:
            self._meant(self._show)

    def _named_page(self, found: Sequence[NamedRecord]) -> None:
        rows = [EntityRow(one.id, one.name, one.apart or one.kind) for one in found]
        if not rows:
            self.screen.say("No actor, place or source has such a name.")
            return
        self._choose_named(rows, self._show)

    def _show(self, id: str) -> None:
        self._go(pane=PAGE, subject=id, zoomed=False)

    def follow(self) -> None:
        """Go where the line of the page under the cursor leads."""
        screen = self.screen
        page, line = screen.comparing.page.found, screen.comparing.page.line
        if page is None or line is None:
            screen.say("Nothing to follow here.")
            return
        match line.leads_to:
            case LeadsTo.PAGE:
                self._show(line.id)
            case LeadsTo.COMPARE:
                self._go(pane=VIEWS[0], subject=line.id, zoomed=False)
            case LeadsTo.EVENTS:
                filter_ = Filter(FILTER_OF[page.kind], page.id, page.name)
                self._go(filter=Filters((filter_,)), pane=LISTS[0], zoomed=False)
                screen.say(f"Events of {page.name}; {key_of('back')} goes back.")
            case LeadsTo.NOTES:
                screen.say(f"{key_of('said')} lists notes and judgements, to change them.")
            case LeadsTo.EVENT:
                session = opened(screen)
                self._windows.ask(lambda: session.event_behind(line.id, 0), self._to_event)

    def _to_event(self, number: int | None) -> None:
        """Go to an event; drop the filters if they hide it."""
        screen = self.screen
        outside = screen.timeline.index_of(number) is None
        asked = ALL if outside else opened(screen).location.filter
        self._go(event=number, article=None, passage=None, pane=LISTS[0], filter=asked)

    # merges

    def merge(self, name: str) -> None:
        """Choose the record that this one goes into, and show both."""
        if not self._changes.refused:
            self._meant(lambda id: self._choose_other(id, name), events=True)

    def _choose_other(self, id: str, name: str) -> None:
        entities, session = self._entities, opened(self.screen)

        def rows(typed: str) -> Sequence[PickerRow]:
            return [
                PickerRow(one.name, one.aside, one.why, one.id)
                for one in entities.others(id, typed)
            ]

        def chosen(pick: PickerRow) -> None:
            self._preview(str(pick.value), id)

        def found(asked: tuple[str, Sequence[PickerRow]]) -> None:
            title, first = asked
            self._windows.open(
                Picker(
                    f"Merge {title} into",
                    rows,
                    ask="words of the other's name",
                    typed=name,
                    empty="There is no other of this kind.",
                    no_match="No other has the words",
                    look_up=self._windows.ask_for_form,
                    first=first,
                ),
                chosen,
            )

        self._windows.ask(lambda: (session.title(id), rows(name)), found)

    def _preview(self, kept: str, gone: str, left: Callable[[], None] = lambda: None) -> None:
        """Show two records side by side, and merge them if that is chosen."""
        entities = self._entities

        def found(asked: tuple[Merge, dict[str, str]]) -> None:
            window = MergeWindow(*asked)

            def chosen(pick: PickerRow) -> None:
                if pick.value == MERGE:
                    self._merge(kept, gone, window, asked[0])
                else:
                    self._preview(gone, kept, left)

            self._windows.open(window, chosen, left)

        self._windows.ask(lambda: entities.merging(kept, gone), found)

    def _merge(self, kept: str, gone: str, window: MergeWindow, found: Merge) -> None:
        act = self._entities.merge(kept, gone, frozenset(window.taken))
        moved = found.gone.counts or "nothing"
        self._changes.do(act, f"Merged: {moved} moved. {key_of('undo')} takes it back.")

    # splits

    def split(self, name: str) -> None:
        """Choose what goes to a new record with a name."""
        if self._changes.refused:
            return
        if not name:
            self.screen.say("Type the name of the new record after it: :split NAME.")
            return
        entities = self._entities
        self._meant(
            lambda id: self._windows.ask(
                lambda: entities.parts(id), lambda found: self._choose_parts(id, found, name)
            ),
            events=True,
        )

    def _choose_parts(self, id: str, found: Parts, name: str) -> None:
        if not found.parts:
            self.screen.say(f"Nothing refers to {found.name}, so nothing can go elsewhere.")
            return
        entities = self._entities

        def unfold(part: SplitPart, show: Callable[[Sequence[SplitPart]], None]) -> None:
            self._windows.ask_for_form(lambda: entities.records_of(part), show, self.screen.fail)

        window = SplitWindow(found, name, unfold)

        def chosen(_: PickerRow) -> None:
            if not window.ids:
                self.screen.say("Nothing was chosen, so nothing was split.")
                return
            words = count_text(len(window.ids), "record")
            self._changes.do(
                entities.split(id, frozenset(window.ids), name),
                f"Split: {words} went to {name}. {key_of('undo')} takes it back.",
            )

        self._windows.open(window, chosen)

    # doubles

    def doubles(self) -> None:
        """List the pairs that may be one, to merge them or to tell them apart."""
        entities = self._entities
        self.screen.say("Looking for names and events that may be one …")

        def listed(found: Sequence[Double]) -> None:
            def chosen(pick: PickerRow) -> None:
                assert isinstance(pick.value, Double)
                self._preview(pick.value.one, pick.value.other, self.doubles)

            def apart(pair: Double) -> None:
                self._changes.do(
                    entities.apart(pair), f"Not the same: {pair.one_name} and {pair.other_name}."
                )

            self.screen.say("")
            self._windows.open(DoublesWindow(found, apart), chosen)

        self._windows.ask(entities.doubles, listed)

    # names

    def alias(self, name: str) -> None:
        """Add another name to what the cursor is on."""
        if self._changes.refused:
            return
        if not name.strip():
            self.screen.say("Type the other name after it: :alias NAME.")
            return
        entities = self._entities
        self._meant(
            lambda id: self._changes.do(
                entities.alias(id, name), f"Added the name. {key_of('undo')} takes it back."
            )
        )
