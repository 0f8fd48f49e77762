"""The judgements and acts of persons: listed, to be altered, withdrawn or resumed."""

from collections.abc import Callable, Iterator, Sequence

from store.errors import UsageError
from store.model import changes
from store.model.judgements import (
    Assessment,
    Grade,
    Kinship,
    Note,
    Ruling,
    SavedCondition,
    SavedFilter,
)
from store.model.log_line import Entry
from store.model.records import Claim
from store.model.references import TABLE_OF
from store.queries.filters import KINDS, Filter, Filters
from store.queries.judgements import JudgementRow
from store.queries.locate import RecordLocation
from tui.commands.registry import key_of
from tui.dialogs.log_window import LogWindow
from tui.dialogs.picker import Picker, PickerRow
from tui.draw.entry import TOLD_AT_ONCE, Names
from tui.draw.marks import known_of
from tui.draw.phrases import about_said, brief, local_time
from tui.handlers.annotate import Annotator
from tui.handlers.case_handler import CaseHandler
from tui.handlers.change_queue import Act
from tui.handlers.compare import ComparingScreen
from tui.handlers.reason_prompt import ReasonPrompt
from tui.handlers.screen_protocol import GoTo, opened
from tui.handlers.windows import Windows
from tui.session.trail import ALL

DONE = "Withdrawn."

PRIVATE_ON = PickerRow(
    "Make it private", "", "A pack for others (pack --for) leaves it out.", "private"
)
PRIVATE_OFF = PickerRow(
    "Make it not private", "", "What was private in the log stays so.", "private"
)


class HistoryHandler(CaseHandler):
    """The windows on judgements, on the log, and on saved filters."""

    def __init__(
        self,
        screen: ComparingScreen,
        annotator: Annotator,
        reasons: ReasonPrompt,
        windows: Windows,
        go: GoTo,
        take_back: Callable[[int], None],
    ) -> None:
        """`take_back` takes back an act of the log by its number."""
        super().__init__(screen, annotator, reasons, windows)
        self._go = go
        self._take_back = take_back

    def actions(self) -> dict[str, Callable[[str], None]]:
        """The actions of its commands, by command id."""
        return {
            "said": lambda _: self.show_said(),
            "log": lambda _: self.show_log(),
            "filter.open": self.open_filter,
        }

    def open_filter(self, name: str) -> None:
        """Go to a saved filter."""
        self._windows.ask(
            lambda: self._saved(name),
            lambda found: (
                self._go(filter=found, pane="timeline", zoomed=False)
                if isinstance(found, Filters)
                else self._choose_filter(found)
            ),
        )

    def _saved(self, name: str) -> Filters | Sequence[SavedFilter]:
        """The saved filter with this name; all of them if none is named so."""
        every = opened(self.screen).saved_filters()
        for one in every:
            if one.name == name:
                return Filters(tuple(self._filter(name, filter_) for filter_ in one.chips))
        return every

    def _choose_filter(self, found: Sequence[SavedFilter]) -> None:
        picks = [
            PickerRow(one.name, f"{local_time(one.at)}, {one.by}", "", one.name) for one in found
        ]
        self._windows.open(
            Picker(
                "Saved filters", lambda _: picks, empty="None yet. Filter, then type :save NAME."
            ),
            lambda pick: self.open_filter(str(pick.value)),
        )

    def _filter(self, name: str, saved: SavedCondition) -> Filter:
        """The filter as it was saved, perhaps by a newer version or by hand."""
        kind = KINDS.get(saved.kind)
        if kind is None:
            raise UsageError(
                f"the filter {name!r} uses {saved.kind!r}", "there is no such kind of filter"
            )
        if kind.row.find is None:
            opened(self.screen).read_filter(kind, saved.value)  # raises where it means nothing
        return Filter(kind, saved.value, saved.label, saved.negated)

    # what was said

    def show_said(self) -> None:
        """List what persons said about this; choose one to alter or withdraw it."""
        about = self._annotator.on()
        if not about:
            return
        session = opened(self.screen)
        self._windows.ask(
            lambda: (self._annotator.named(about), session.said_about(about)),
            lambda found: self._list_said(about, *found),
        )

    def _list_said(self, about: str, name: str, found: Sequence[JudgementRow]) -> None:
        event = self.screen.event
        known = list(known_of(event)) if event and event.row.id == about else []

        def rows(typed: str) -> Sequence[PickerRow]:
            return [
                PickerRow(one, event.row.dataset if event else "", one, None, "from the data set")
                for one in known
                if typed.lower() in one.lower()
            ] + [
                PickerRow(
                    changes.judgement_text(one.judgement),
                    f"{local_time(one.judgement.at)}, {one.judgement.by}",
                    f"{about_said(one)}\nEnter edits or withdraws it.",
                    one,
                    one.table,
                )
                for one in found
                if typed.lower() in changes.judgement_text(one.judgement).lower()
            ]

        self._windows.open(
            Picker(
                f"Notes and judgements: {name}",
                rows,
                empty=f"Nothing yet; {key_of('note')} writes a note.",
            ),
            self._change_said,
        )

    def _change_said(self, pick: PickerRow) -> None:
        said = pick.value
        assert isinstance(said, JudgementRow)
        one = said.judgement
        choices = [PickerRow("Withdraw it", "", "It stays in the log.", "withdraw")]
        if isinstance(one, Note):
            choices.insert(0, PickerRow("Edit it", "", "The log keeps the old text.", "edit"))
            choices.append(PRIVATE_OFF if one.private else PRIVATE_ON)

        kind = said.table[:-1]

        def act(reason: str) -> Act:
            why = f"withdraw {kind}" + (f": {reason}" if reason else "")
            return lambda by, at: changes.withdraw_judgements([one], why, by, at)  # type: ignore[list-item]

        def chosen(choice: PickerRow) -> None:
            if choice.value == "edit" and isinstance(one, Note):
                self._annotator.notes.write(one.about, one)
            elif choice.value == "private" and isinstance(one, Note):
                done = (
                    "The note is not private any more." if one.private else "The note is private."
                )
                self._annotator.do(self._annotator.notes.turn(one), done)
            elif isinstance(one, Grade | Assessment | Ruling | Kinship):
                told = (changes.judgement_text(one),)
                place = f"withdraw {one.id}"
                self._reasons.ask(
                    self._reasons.step(f"Withdraw this {kind}", told, act, DONE, place)
                )
            else:
                self._annotator.do(act(""), DONE)

        self._windows.open(Picker(changes.judgement_text(one)[:40], lambda _: choices), chosen)

    def show_log(self) -> None:
        """List who did what and when, newest first."""
        session = opened(self.screen)
        self._windows.ask(
            lambda: (session.history(), session.time_stamped()),
            lambda found: self._list_log(*found),
        )

    def _list_log(self, entries: Sequence[Entry], time_stamped: frozenset[int]) -> None:
        def chosen(pick: PickerRow) -> None:
            if isinstance(pick.value, int):
                self._take_back(pick.value)
            elif isinstance(pick.value, Entry):
                self._to_record(pick.value)

        self._windows.open(LogWindow(entries, time_stamped, self._name), chosen)

    def _name(self, ids: Sequence[str], named: Callable[[Names], None]) -> None:
        """Find the names of some records, or the words of those without a name."""
        session = opened(self.screen)

        def name(id: str) -> str:
            """The title of a record; of a claim its words, too, as others have the same title."""
            held, title = session.held(TABLE_OF[id[:3]], id), session.title(id)
            if isinstance(held, Claim):
                return f"{title}, {brief(session.held('passages', held.passage))}"
            return title or (brief(held) if held else "")

        self.screen.questions.ask(
            "names", lambda: {id_: name(id_) for id_ in ids}, named, self.screen.fail
        )

    def _to_record(self, entry: Entry) -> None:
        """Go to the first record of an act that can still be seen."""
        session = opened(self.screen)

        def found(place: RecordLocation | None) -> None:
            if place is None:
                self.screen.say("The record of this change is gone, or supports no event.")
                return
            outside = self.screen.timeline.index_of(place.event) is None
            self._go(
                event=place.event,
                article=place.article,
                passage=None,
                pane="timeline" if place.article is None else "article",
                zoomed=False,
                filter=ALL if outside else session.location.filter,
            )

        self._windows.ask(lambda: session.whereabouts(list(_about(entry))), found)


def _about(entry: Entry) -> Iterator[str]:
    """The ids of the records of an act, and of their subjects."""
    for edit in entry.edits[:TOLD_AT_ONCE]:
        yield edit.id
        for side in (edit.after, edit.before):
            yield from (getattr(side, field, "") for field in ("about", "other", "subject"))
