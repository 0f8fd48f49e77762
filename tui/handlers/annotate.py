"""The acts by which a person adds to the case; each asks for what it needs."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from store.model import changes
from store.model.change import Change
from store.model.judgements import MarkKind, RulingKind, SavedCondition, Verdict
from store.model.labels import count_text
from store.model.records import AnyRecord, Article, Event
from store.model.vocabulary import DateRule
from tui.commands.registry import key_of
from tui.dialogs.picker import Picker, PickerRow
from tui.handlers.change_queue import Act, ChangeQueue
from tui.handlers.compare import ComparingScreen
from tui.handlers.drafts import DraftKeeper
from tui.handlers.note import NoteWriter
from tui.handlers.reason_prompt import ReasonPrompt
from tui.handlers.screen_protocol import opened
from tui.handlers.windows import Windows
from tui.session.read_original import home, read_original

GRADES = {
    "src": {
        "A": "completely reliable",
        "B": "usually reliable",
        "C": "fairly reliable",
        "D": "not usually reliable",
        "E": "unreliable",
        "F": "reliability cannot be judged",
    },
    "clm": {
        "1": "confirmed by other sources",
        "2": "probably true",
        "3": "possibly true",
        "4": "doubtful",
        "5": "improbable",
        "6": "truth cannot be judged",
    },
}
"""The grades of a source and of a claim, in the words of NATO's AJP-2.1."""


class Annotator:
    """The actions that annotate the case."""

    def __init__(
        self,
        screen: ComparingScreen,
        queue: ChangeQueue,
        reasons: ReasonPrompt,
        windows: Windows,
        drafts: DraftKeeper,
    ) -> None:
        self.screen = screen
        self.notes = NoteWriter(screen, queue, windows, drafts)
        self.do = queue.do
        self._reasons = reasons
        self._windows = windows

    # what is acted upon

    def here(self) -> str:
        """The id of the record under the cursor: an event, actor, source, article or claim."""
        screen = self.screen
        match screen.pane:
            case "compare":
                found, voice = screen.comparing.grid.comparison, screen.comparing.grid.voice
                return found.voices[voice].claim if found and voice is not None else ""
            case "who":
                node = screen.comparing.tree.node
                return (node.article_id or node.source_id) if node else ""
            case "page":
                return opened(screen).location.subject
            case "actors" if screen.actors.rows:
                return screen.actors.rows[screen.actors.cursor].id
            case "sources" if screen.sources.wide and screen.sources.sources:
                return screen.sources.sources[screen.sources.cursor].id
            case "sources" if screen.sources.evidence:
                return screen.sources.evidence[screen.sources.cursor].id
            case "article" if screen.article.view:
                return screen.article.view.id
            case _:
                return screen.event.row.id if screen.event else ""

    def on(self, *prefixes: str) -> str:
        """The id of the record to act on, if of one of these kinds; else empty, with a message."""
        id_ = self.here()
        if not id_:
            self.screen.say("Nothing is selected to annotate.")
        elif prefixes and not id_.startswith(prefixes):
            kinds = " or ".join(_NAMES[prefix] for prefix in prefixes)
            self.screen.say(f"This works only on {kinds}, not on {_NAMES[id_[:3]]}.")
            return ""
        return id_

    def named(self, id: str) -> str:
        """The title of a record, for the log; its id if it has none. Asks the case."""
        return opened(self.screen).title(id) or id

    def actions(self) -> dict[str, Callable[[str], None]]:
        """The actions of its commands, by command id."""
        return {
            "note": lambda _: self.note(),
            "tag": self.tag,
            "star": lambda _: self.mark(MarkKind.STAR),
            "read": lambda _: self.mark(MarkKind.READ),
            "assess": self.assess,
            "grade": self.grade,
            "rule": self.rule,
            "date_rule": self.date_rule,
            "attach": self.attach,
            "filter.save": self.save_filter,
        }

    # what is added

    def note(self) -> None:
        """Write a note on what the cursor is on."""
        about = self.on()
        if about:
            self.notes.write(about, None)

    def tag(self, name: str) -> None:
        """Tag what the cursor is on."""
        about = self.on()
        session = opened(self.screen)
        name = "-".join(name.split())
        if about and name:

            def act(by: str, at: str) -> Change:
                made = changes.tag(about, name, by, at)
                if session.held("tags", made.id):
                    return nothing(f"{self.named(about)} is already tagged {name}")
                return changes.add_or_replace(
                    None, made, f"tag {self.named(about)} #{name}", by, at
                )

            self.do(act)
        elif about:
            self._windows.ask(session.tags, self._choose_tag)

    def _choose_tag(self, known: Mapping[str, int]) -> None:
        def rows(typed: str) -> Sequence[PickerRow]:
            wanted = "-".join(typed.split())
            found = [tag for tag in known if wanted.lower() in tag.lower()]
            fresh = [wanted] if wanted and wanted not in known else []
            return [
                PickerRow(
                    f"#{tag}",
                    count_text(known[tag], "record") if tag in known else "new",
                    "",
                    tag,
                )
                for tag in (*fresh, *found)
            ]

        self._windows.open(
            Picker("Tag", rows, ask="a tag", empty="Type a tag."),
            lambda pick: self.tag(str(pick.value)),
        )

    def mark(self, kind: MarkKind) -> None:
        """Star what the cursor is on, or mark it as read; a second time, take the mark off."""
        about = self.on(*(("art",) if kind is MarkKind.READ else ()))
        if not about:
            return
        session = opened(self.screen)

        def act(by: str, at: str) -> Change:
            made = changes.mark(about, kind, by, at)
            before = session.held("marks", made.id)
            if before is not None:
                return changes.withdraw_judgements(
                    [before], f"no longer {_MARKED[kind]}: {self.named(about)}", by, at
                )
            return changes.add_or_replace(
                None, made, f"{_MARKED[kind]}: {self.named(about)}", by, at
            )

        self.do(act)

    def assess(self, typed: str) -> None:
        """Assess an event."""
        about = self.on("evt")
        if not about:
            return

        def act(verdict: str, reason: str) -> Act:
            return lambda by, at: self.said_again(
                changes.assessment(about, Verdict(verdict), reason, by, at),
                f"assess {self.named(about)}: {verdict}",
            )

        meanings = {verdict.value: "" for verdict in Verdict}
        self._windows.ask(
            lambda: self.named(about),
            lambda name: self._reasons.choose(
                "Assessment", name, meanings, typed, act, "Assessed", f"assess {about}"
            ),
        )

    def grade(self, typed: str) -> None:
        """Grade a source or a claim; for an article, its publisher."""
        here = self.here()
        if not here.startswith("art"):
            here = self.on("src", "clm")
        if here:
            self._windows.ask(lambda: self._graded(here), lambda found: self._grade(*found, typed))

    def _graded(self, id: str) -> tuple[str, str]:
        """The id and title of the source or claim to grade; two empty texts if there is none."""
        if id.startswith("art"):
            article = opened(self.screen).held("articles", id)
            id = (article.publisher or "") if isinstance(article, Article) else ""
        return id, self.named(id) if id else ""

    def _grade(self, about: str, name: str, typed: str) -> None:
        if not about:
            self.screen.say(
                "This article does not state its publisher, so there is nobody to grade."
            )
            return

        def act(given: str, reason: str) -> Act:
            return lambda by, at: self.said_again(
                changes.grade(about, given, reason, by, at), f"grade {name} {given}"
            )

        meanings = GRADES[about[:3]]
        self._reasons.choose("Grade", name, meanings, typed, act, "Graded", f"grade {about}")

    def rule(self, typed: str) -> None:
        """Rule on the claim of the cell and the one set against it."""
        pair = self.screen.comparing.pair()
        if pair is None:
            self.screen.say(f"A ruling needs two claims: compare first, with {key_of('compare')}.")
            return
        one, other = pair

        def act(verdict: str, reason: str) -> Act:
            return lambda by, at: self.said_again(
                changes.ruling(one, other, RulingKind(verdict), reason, by, at),
                f"rule on {self.named(one)}: {verdict}",
            )

        meanings: dict[str, str] = {
            RulingKind.SAME: "both say the same",
            RulingKind.REFINES: "the cell is more precise",
            RulingKind.COMPATIBLE: "both can be true",
            RulingKind.CONTRADICTS: "they cannot both be true",
        }
        self._windows.ask(
            lambda: self.named(one),
            lambda name: self._reasons.choose(
                "Ruling on these two", name, meanings, typed, act, "Ruled", f"rule {one} {other}"
            ),
        )

    def said_again(self, made: AnyRecord, why: str) -> Change:
        """The change that replaces a person's earlier judgement with the one `made` now."""
        session = opened(self.screen)
        before = session.held(changes.TABLE_OF_TYPE[type(made)], made.id)
        if before is not None and changes.says_the_same(before, made):
            return nothing(f"already recorded: {why}")
        return changes.add_or_replace(before, made, why, made.by, made.at)  # type: ignore[union-attr]

    def date_rule(self, typed: str) -> None:
        """Choose the rule that derives the date of the event from the claims."""
        about = self.on("evt")
        session = opened(self.screen)
        if not about:
            return
        if typed not in list(DateRule):
            self.screen.say(f"The rules are {' and '.join(DateRule)}.")
            return

        def act(by: str, at: str) -> Change:
            event = session.held("events", about)
            assert isinstance(event, Event)
            if event.date_rule == typed:
                return nothing(f"the date already follows from {typed}")
            return changes.set_date_rule(event, DateRule(typed), by, at)

        self.do(act)

    def attach(self, name: str) -> None:
        """Replace the digest of an article with its original from a file."""
        if not name:
            self.screen.say("Name a file: :attach FILE")
            return
        session, file = opened(self.screen), Path(name)

        def act(by: str, at: str) -> Change:
            return session.attachment(read_original(home(file)), by, at)

        self.do(act)

    def save_filter(self, name: str) -> None:
        """Save the filter under a name."""
        session = opened(self.screen)
        filters = session.location.filter.filters
        if not name or not filters:
            self.screen.say("Filter first, then type :save NAME." if not filters else ":save NAME")
            return
        saved = [SavedCondition(one.kind, one.value, one.label, one.negated) for one in filters]

        def act(by: str, at: str) -> Change:
            made = changes.saved_filter(name, saved, by, at)
            return self.said_again(made, f"save filter {name}")

        self.do(act, f"Filter saved as {name}.")


_NAMES = {
    "evt": "an event",
    "act": "an actor",
    "plc": "a place",
    "src": "a source",
    "art": "an article",
    "psg": "a passage",
    "clm": "a claim",
}
_MARKED = {MarkKind.STAR: "starred", MarkKind.READ: "read"}


def nothing(why: str) -> Change:
    """A change that changes nothing, with the reason."""
    return Change("", "", why, ())
