"""The acts by which a person adds to the case; each asks for what it needs."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from store.model import changes
from store.model.change import Change
from store.model.judgements import MarkKind, RulingKind, SavedCondition, Verdict
from store.model.labels import count_text
from store.model.records import AnyRecord, Article, Event
from store.model.vocabulary import DateRule, EventType
from tui.commands.registry import key_of
from tui.dialogs.picker import Picker, PickerRow
from tui.handlers.change_queue import Act, ChangeQueue
from tui.handlers.compare import ComparingScreen
from tui.handlers.drafts import DraftKeeper
from tui.handlers.marks import MarksHandler
from tui.handlers.note import NoteWriter
from tui.handlers.reason_prompt import ReasonPrompt
from tui.handlers.screen_protocol import opened
from tui.handlers.windows import Windows
from tui.session.many_acts import adding, marking, nothing, typing
from tui.session.marked_rows import Target
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


PRIVATE = "private"
"""The word after `:note` for a private note."""


class Annotator:
    """The actions that annotate the case."""

    def __init__(
        self,
        screen: ComparingScreen,
        queue: ChangeQueue,
        reasons: ReasonPrompt,
        windows: Windows,
        drafts: DraftKeeper,
        marks: MarksHandler,
    ) -> None:
        self.screen = screen
        self.marks = marks
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

    def target(self, *prefixes: str) -> Target | None:
        """The marked rows of the focused list, else the record under the cursor.

        None, with a message, if there is none of one of these kinds.
        """
        marked = self.marks.target()
        if marked is not None and prefixes and marked.kind not in prefixes:
            kinds = " or ".join(_NAMES[prefix] for prefix in prefixes)
            self.screen.say(f"This works only on {kinds}, not on {marked.words}.")
            return None
        if marked is not None:
            return marked
        about = self.on(*prefixes)
        return Target(about[:3], (about,)) if about else None

    def name_of(self, target: Target) -> str:
        """The title of the record of a target, or how many marked rows it is. Asks the case."""
        return target.words if target.marked else self.named(str(target.keys[0]))

    def named(self, id: str) -> str:
        """The title of a record, for the log; its id if it has none. Asks the case."""
        return opened(self.screen).title(id) or id

    def actions(self) -> dict[str, Callable[[str], None]]:
        """The actions of its commands, by command id."""
        return {
            "note": self.note,
            "tag": self.tag,
            "star": lambda _: self.mark(MarkKind.STAR),
            "read": lambda _: self.mark(MarkKind.READ),
            "assess": self.assess,
            "grade": self.grade,
            "type.set": self.set_type,
            "rule": self.rule,
            "date_rule": self.date_rule,
            "attach": self.attach,
            "filter.save": self.save_filter,
        }

    # what is added

    def note(self, how: str = "") -> None:
        """Write a note on what the cursor is on: a private one if that is typed."""
        about = self.on()
        if how.strip() not in ("", PRIVATE):
            self.screen.say(f":note writes a note in a window, and :note {PRIVATE} a private one.")
        elif about:
            self.notes.write(about, None, private=how.strip() == PRIVATE)

    def tag(self, name: str) -> None:
        """Tag what the cursor is on, or the marked rows."""
        target = self.target()
        session = opened(self.screen)
        name = "-".join(name.split())
        if target and name:

            def act(by: str, at: str) -> Change:
                made = [changes.tag(id, name, by, at) for id in session.ids_of(target)]
                about = self.name_of(target)
                already = f"{about} {_be(target)} already tagged {name}"
                return adding(session, made, f"tag {about} #{name}", already, by, at)

            self.do(act)
        elif target:
            self._windows.ask(session.tags, lambda known: self._choose_tag(known, target))

    def _choose_tag(self, known: Mapping[str, int], target: Target) -> None:
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
            Picker(
                f"Tag {target.words}" if target.marked else "Tag",
                rows,
                ask="a tag",
                empty="Type a tag.",
            ),
            lambda pick: self.tag(str(pick.value)),
        )

    def mark(self, kind: MarkKind) -> None:
        """Star what the cursor is on, or mark it as read; a second time, take the mark off."""
        target = self.target(*(("art",) if kind is MarkKind.READ else ()))
        if target:
            session = opened(self.screen)
            self.do(
                lambda by, at: marking(
                    session, session.ids_of(target), self.name_of(target), kind, by, at
                )
            )

    def set_type(self, typed: str) -> None:
        """Give an event, or the marked ones, a type."""
        target = self.target("evt")
        if not target:
            return
        if typed not in list(EventType):
            self.screen.say(f"The types are {', '.join(EventType)}.")
            return
        session = opened(self.screen)
        self.do(
            lambda by, at: typing(
                session, session.ids_of(target), self.name_of(target), EventType(typed), by, at
            )
        )

    def assess(self, typed: str) -> None:
        """Assess an event, or the marked ones."""
        target = self.target("evt")
        if not target:
            return
        session = opened(self.screen)

        def act(verdict: str, reason: str) -> Act:
            def assess(by: str, at: str) -> Change:
                made = [
                    changes.assessment(id, Verdict(verdict), reason, by, at)
                    for id in session.ids_of(target)
                ]
                why = f"assess {self.name_of(target)}: {verdict}"
                return adding(session, made, why, f"already recorded: {why}", by, at)

            return assess

        meanings = {verdict.value: "" for verdict in Verdict}
        self._windows.ask(
            lambda: self.name_of(target),
            lambda name: self._reasons.choose(
                "Assessment", name, meanings, typed, act, "Assessed", f"assess {_place(target)}"
            ),
        )

    def grade(self, typed: str) -> None:
        """Grade a source or a claim, or the marked sources; for articles, their publishers."""
        target = self.marks.target() or Target(self.here()[:3], (self.here(),))
        if target.kind != "art":
            found = self.target("src", "clm")
            if found is None:
                return
            target = found
        self._windows.ask(
            lambda: self._graded(target), lambda found: self._grade(*found, target, typed)
        )

    def _graded(self, target: Target) -> tuple[tuple[str, ...], str]:
        """The ids of the sources or claims to grade, and their name; none if one is missing."""
        session = opened(self.screen)
        ids = session.ids_of(target)
        name = self.name_of(target)
        if target.kind != "art":
            return ids, name
        articles = session.held_all("articles", ids).values()
        found = dict.fromkeys(one.publisher for one in articles if isinstance(one, Article))
        publishers = tuple(id for id in found if id)
        if None in found or not publishers:
            return (), name
        if len(publishers) == 1:
            return publishers, self.named(publishers[0])
        return publishers, f"the {count_text(len(publishers), 'publisher')} of {name}"

    def _grade(self, about: tuple[str, ...], name: str, target: Target, typed: str) -> None:
        if not about and target.marked:
            self.screen.say(f"Of {name}, one or more do not state their publisher: none is graded.")
            return
        if not about:
            self.screen.say(
                "This article does not state its publisher, so there is nobody to grade."
            )
            return
        session = opened(self.screen)

        def act(given: str, reason: str) -> Act:
            def grade(by: str, at: str) -> Change:
                made = [changes.grade(id, given, reason, by, at) for id in about]
                why = f"grade {name} {given}"
                return adding(session, made, why, f"already recorded: {why}", by, at)

            return grade

        place = f"grade {_place(target) if len(about) > 1 else about[0]}"
        meanings = GRADES[about[0][:3]]
        self._reasons.choose("Grade", name, meanings, typed, act, "Graded", place)

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
        by, at = made.by, made.at  # type: ignore[union-attr]
        return adding(opened(self.screen), [made], why, f"already recorded: {why}", by, at)

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


def _be(target: Target) -> str:
    return "is" if len(target.keys) == 1 else "are"


def _place(target: Target) -> str:
    """The name of the draft of a reason about a target."""
    return target.words if target.marked else str(target.keys[0])
