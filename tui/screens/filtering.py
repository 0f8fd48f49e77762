"""Filters: chips on, chips off."""

from store.queries.filters import Chip, ChipKind, Filter
from tui.commands import LISTS, VIEWS
from tui.screens.finder import WORDS, Finder
from tui.screens.going import Go
from tui.screens.stage import Stage, opened
from tui.trail import ALL


class Filtering:
    """Every change of the filter is a step of the trail, to the panes where one is elsewhere."""

    def __init__(self, stage: Stage, finder: Finder, go: Go) -> None:
        self.stage = stage
        self._finder = finder
        self._go = go

    def clear(self) -> None:
        """Take all chips off."""
        self._filter(ALL)

    def chip(self, kind: ChipKind, text: str) -> None:
        """Add the chip that a typed argument means."""
        desk = opened(self.stage)
        chip = desk.chip(kind, text)
        self._filter(desk.spot.filter.with_chip(chip))
        if kind is ChipKind.DATE:
            self.stage.say("Events without a date are left out.")

    def ask_words(self) -> None:
        """Ask for words to filter by."""
        self._finder.ask(WORDS)

    def row(self) -> None:
        """Add the chip of the row under the cursor."""
        chip = self._chip_of_row()
        if chip is not None:
            self._filter(opened(self.stage).spot.filter.with_chip(chip))

    def drop(self) -> None:
        """Take the newest chip off."""
        asked = opened(self.stage).spot.filter
        if not asked.chips:
            self.stage.say("There is no filter to drop.")
            return
        self._filter(asked.without_newest())

    def _filter(self, asked: Filter) -> None:
        if asked == opened(self.stage).spot.filter:
            self.stage.say("The filters are like this already.")
            return
        self._finder.end()
        pane = self.stage.pane
        self._go(filter=asked, pane=LISTS[0] if pane in VIEWS else pane)

    def _chip_of_row(self) -> Chip | None:
        stage = self.stage
        match stage.pane:
            case "actors" if stage.actors.rows:
                actor = stage.actors.rows[stage.actors.cursor]
                return Chip(ChipKind.ACTOR, actor.id, actor.name)
            case "sources" if stage.sources.wide and stage.sources.sources:
                source = stage.sources.sources[stage.sources.cursor]
                return Chip(ChipKind.SOURCE, source.id, source.name)
            case "sources" if stage.sources.evidence:
                row = stage.sources.evidence[stage.sources.cursor]
                named = row.publisher or (row.chains[0][-1] if row.chains and row.chains[0] else "")
                if named:
                    return opened(stage).chip(ChipKind.SOURCE, named)
                stage.say("This article does not state its publisher.")
            case _:
                stage.say(f"Space filters by a row of {LISTS[1]} or {LISTS[2]}.")
        return None
