"""What persons said and did: listed, to be altered, withdrawn or taken up again."""

from collections.abc import Callable, Iterator, Sequence

from store.errors import UsageError
from store.model import acts
from store.model.entry import Entry
from store.model.judgements import Assessment, Grade, Kinship, Note, Ruling, SavedChip
from store.queries.filters import TYPED, Chip, ChipKind, Filter
from store.queries.judgements import Said
from store.queries.whereabouts import Whereabouts
from tui.commands import key_of
from tui.draw.entry import TOLD_AT_ONCE
from tui.draw.marks import known_of
from tui.draw.said import about_said, local_time
from tui.screens.acting import Act, Ask, Open
from tui.screens.adding import Adding
from tui.screens.going import Go
from tui.screens.logged import LogWindow
from tui.screens.overlay import Overlay, Pick
from tui.screens.reasons import Reasons
from tui.screens.stage import Stage, opened
from tui.trail import ALL

DONE = "Withdrawn."


class Recalling:
    """The windows over what was said and done."""

    def __init__(
        self,
        stage: Stage,
        adding: Adding,
        reasons: Reasons,
        open_window: Open,
        ask: Ask,
        go: Go,
    ) -> None:
        self.stage = stage
        self._adding = adding
        self._reasons = reasons
        self._open = open_window
        self._ask = ask
        self._go = go

    def deeds(self) -> dict[str, Callable[[str], None]]:
        """What its commands do."""
        return {
            "said": lambda _: self.show_said(),
            "log": lambda _: self.show_log(),
            "filter.open": self.open_filter,
        }

    def open_filter(self, name: str) -> None:
        """Go to a saved filter."""
        found = {one.name: one for one in opened(self.stage).saved_filters()}
        if name in found:
            chips = tuple(self._chip(name, one) for one in found[name].chips)
            self._go(filter=Filter(chips), pane="timeline", zoomed=False)
            return
        picks = [
            Pick(one.name, f"{local_time(one.at)}, {one.by}", "", one.name)
            for one in found.values()
        ]
        self._open(
            Overlay("Saved filters", lambda _: picks, empty="None yet: filter, then :save NAME."),
            lambda pick: self.open_filter(str(pick.value)),
        )

    def _chip(self, name: str, saved: SavedChip) -> Chip:
        """The chip as it was saved, which may have been by a newer version, or by hand."""
        if saved.kind not in list(ChipKind):
            raise UsageError(
                f"the filter {name!r} asks for {saved.kind!r}", "there is no such chip"
            )
        kind = ChipKind(saved.kind)
        if kind in TYPED:
            opened(self.stage).chip(kind, saved.value)  # raises where it means nothing
        return Chip(kind, saved.value, saved.label, saved.negated)

    # what was said

    def show_said(self) -> None:
        """List what persons said about this; choose one to alter or withdraw it."""
        about = self._adding.on()
        if not about:
            return
        found = opened(self.stage).said_about(about)
        event = self.stage.event
        known = list(known_of(event)) if event and event.row.id == about else []

        def rows(typed: str) -> Sequence[Pick]:
            return [
                Pick(one, event.row.dataset if event else "", one, None, "known of it")
                for one in known
                if typed.lower() in one.lower()
            ] + [
                Pick(
                    acts.in_words(one.judgement),
                    f"{local_time(one.judgement.at)}, {one.judgement.by}",
                    f"{about_said(one)}\nEnter alters or withdraws it.",
                    one,
                    one.table,
                )
                for one in found
                if typed.lower() in acts.in_words(one.judgement).lower()
            ]

        self._open(
            Overlay(
                f"Said of {self._adding.named(about)}",
                rows,
                empty=f"Nothing yet; {key_of('note')} writes a note.",
            ),
            self._change_said,
        )

    def _change_said(self, pick: Pick) -> None:
        said = pick.value
        assert isinstance(said, Said)
        one = said.judgement
        choices = [Pick("Withdraw it", "", "It stays in the log.", "withdraw")]
        if isinstance(one, Note):
            choices.insert(0, Pick("Edit it", "", "The log keeps the older text.", "edit"))

        kind = said.table[:-1]

        def act(reason: str) -> Act:
            why = f"withdraw {kind}" + (f": {reason}" if reason else "")
            return lambda by, at: acts.withdrawn([one], why, by, at)  # type: ignore[list-item]

        def chosen(choice: Pick) -> None:
            if choice.value == "edit" and isinstance(one, Note):
                self._adding.write(one.about, one)
            elif isinstance(one, Grade | Assessment | Ruling | Kinship):
                told = (acts.in_words(one),)
                self._reasons.ask(self._reasons.step(f"Withdraw this {kind}", told, act, DONE))
            else:
                self._adding.do(act(""), DONE)

        self._open(Overlay(acts.in_words(one)[:40], lambda _: choices), chosen)

    def show_log(self) -> None:
        """List who did what, when, newest first."""
        self._ask(opened(self.stage).history, self._list_log)

    def _list_log(self, entries: Sequence[Entry]) -> None:
        def chosen(pick: Pick) -> None:
            assert isinstance(pick.value, Entry)
            self._to_record(pick.value)

        self._open(LogWindow(entries), chosen)

    def _to_record(self, entry: Entry) -> None:
        """To where the first record of an act is to be seen that still is somewhere."""
        desk = opened(self.stage)

        def found(place: Whereabouts | None) -> None:
            if place is None:
                self.stage.say("What this act was about is behind no event, or not there any more.")
                return
            outside = self.stage.timeline.index_of(place.event) is None
            self._go(
                event=place.event,
                article=place.article,
                passage=None,
                pane="timeline" if place.article is None else "article",
                zoomed=False,
                filter=ALL if outside else desk.spot.filter,
            )

        self._ask(lambda: desk.whereabouts(list(_about(entry))), found)


def _about(entry: Entry) -> Iterator[str]:
    """The ids of the records of an act, and of what these are about."""
    for edit in entry.edits[:TOLD_AT_ONCE]:
        yield edit.id
        for side in (edit.after, edit.before):
            yield from (getattr(side, field, "") for field in ("about", "other", "subject"))
