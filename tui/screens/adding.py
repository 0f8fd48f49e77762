"""What a person adds to the case: every act asks for what it needs, and is done in a worker."""

from collections.abc import Callable, Sequence

import msgspec

from store.errors import ConflictError, ReadOnlyCase
from store.model import acts
from store.model.change import Change
from store.model.judgements import MarkKind, Note, RulingKind, SavedChip, Verdict
from store.model.records import AnyRecord, Event
from store.model.vocabulary import DateRule
from tui.commands import BY_ID, shown_key
from tui.screens.editor import Editor
from tui.screens.going import Go
from tui.screens.overlay import Overlay, Pick
from tui.screens.stage import Stage, opened

Act = Callable[[str, str], Change]
"""Makes a change for who acts, and when."""

Open = Callable[[Overlay, Callable[[Pick], None]], None]
"""Opens a window, and acts upon what is chosen there."""

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


class Adding:
    """The deeds that change the case."""

    def __init__(self, stage: Stage, open_window: Open, go: Go) -> None:
        self.stage = stage
        self._open = open_window
        self._go = go

    # what is acted upon

    def here(self) -> str:
        """The id of what the cursor is on: an event, actor, source, article or claim."""
        stage = self.stage
        match stage.pane:
            case "compare":
                found, voice = stage.comparing.grid.comparison, stage.comparing.grid.voice
                return found.voices[voice].claim if found and voice is not None else ""
            case "who":
                leaf = stage.comparing.tree.leaf
                return leaf.article_id if leaf else ""
            case "actors" if stage.actors.rows:
                return stage.actors.rows[stage.actors.cursor].id
            case "sources" if stage.sources.wide and stage.sources.sources:
                return stage.sources.sources[stage.sources.cursor].id
            case "sources" if stage.sources.evidence:
                return stage.sources.evidence[stage.sources.cursor].id
            case "article" if stage.article.view:
                return stage.article.view.id
            case _:
                return stage.event.row.id if stage.event else ""

    def on(self, *prefixes: str) -> str:
        """What is acted upon, if it is of one of these kinds; else empty, and said."""
        id_ = self.here()
        if not id_:
            self.stage.say("There is nothing here to say something about.")
        elif prefixes and not id_.startswith(prefixes):
            kinds = " or ".join(_NAMES[prefix] for prefix in prefixes)
            self.stage.say(f"That is said of {kinds}; this is {_NAMES[id_[:3]]}.")
            return ""
        return id_

    def _named(self, id: str) -> str:
        """What a record is called, for the log."""
        return opened(self.stage).title(id) or id

    # acting

    def do(self, act: Act, said: str, failed: Callable[[], None] = lambda: None) -> None:
        """Do an act in the name of the user, who is asked for it the first time.

        Where it fails that is said, and `failed` is called.
        """
        desk = opened(self.stage)
        if desk.why_read_only:
            self._failed(ReadOnlyCase(f"nothing can be changed: {desk.why_read_only}"))
            failed()
        elif not desk.author:
            self._ask_author(lambda: self.do(act, said, failed))
        else:

            def undone(error: ConflictError) -> None:
                self._failed(error)
                failed()

            self.stage.questions.ask(
                "act", lambda: desk.commit(act), lambda where: self._done(said, where), undone
            )

    def _done(self, said: str, where: str) -> None:
        self.stage.refresh_all()
        self.stage.say(f"{said} {where}".strip())

    def _failed(self, error: ConflictError) -> None:
        self.stage.fail(error)
        self.stage.retell()

    def _ask_author(self, then: Callable[[], None]) -> None:
        def signed(pick: Pick) -> None:
            try:
                opened(self.stage).sign(str(pick.value))
            except ConflictError as error:
                self.stage.fail(error)
            then()

        self._open(
            Overlay(
                "Who are you?",
                lambda typed: (
                    [
                        Pick(
                            f"Sign as {typed.strip()}",
                            "",
                            "Every change says who made it and when. The name is asked once.",
                            typed.strip(),
                        )
                    ]
                    if typed.strip()
                    else []
                ),
                ask="your name, for the log of the case",
                empty="Every change says who made it and when. The name is asked once.",
            ),
            signed,
        )

    def undo(self) -> None:
        """Take the last act back."""
        self._travel("undo", "Undone", "There is nothing to undo.")

    def redo(self) -> None:
        """Do again what was taken back."""
        self._travel("redo", "Done again", "There is nothing to do again.")

    def _travel(self, way: str, said: str, none: str) -> None:
        desk = opened(self.stage)

        def done(change: Change | None) -> None:
            self.stage.refresh_all()
            self.stage.say(f"{said}: {change.why}." if change else none)

        question = desk.undo if way == "undo" else desk.redo
        if desk.why_read_only:
            self.stage.say(f"Nothing can be changed: {desk.why_read_only}.")
        elif not desk.author:
            self._ask_author(lambda: self._travel(way, said, none))
        else:
            self.stage.questions.ask("act", question, done, self._failed)

    # what is added

    def note(self) -> None:
        """Write a note on what the cursor is on."""
        about = self.on()
        if about:
            self.write(about, None)

    def write(self, about: str, before: Note | None, typed: str = "") -> None:
        """Open the editor; `typed` is what could not be kept before."""
        desk = opened(self.stage)

        def act(text: str) -> Act:
            return lambda by, at: _noted(about, self._named(about), text, before, by, at)

        def kept(text: str | None) -> None:
            if text and text.strip():
                self.do(act(text), "The note is kept.", lambda: self.write(about, before, text))

        window = Editor(
            "A note, in Markdown",
            typed or (before.text if before else ""),
            at_end=lambda text: desk.commit(act(text)),
        )
        self.stage.app.push_screen(window, kept)

    def tag(self, name: str) -> None:
        """Tag what the cursor is on."""
        about = self.on()
        if about and name:
            self.do(
                lambda by, at: acts.put(
                    None, acts.tag(about, name, by, at), f"tag {self._named(about)} #{name}", by, at
                ),
                f"Tagged {name}.",
            )
        elif about:
            desk = opened(self.stage)
            known = desk.tags()

            def rows(typed: str) -> Sequence[Pick]:
                wanted = "-".join(typed.split())
                found = [tag for tag in known if wanted.lower() in tag.lower()]
                fresh = [wanted] if wanted and wanted not in known else []
                return [
                    Pick(f"#{tag}", f"{known[tag]} records" if tag in known else "new", "", tag)
                    for tag in (*fresh, *found)
                ]

            self._open(
                Overlay("Tag", rows, ask="a tag", empty="Type a tag."),
                lambda pick: self.tag(str(pick.value)),
            )

    def mark(self, kind: MarkKind) -> None:
        """Star or mark as read what the cursor is on; again: not any more."""
        about = self.on(*(("art",) if kind is MarkKind.READ else ()))
        if not about:
            return
        desk = opened(self.stage)

        def act(by: str, at: str) -> Change:
            made = acts.mark(about, kind, by, at)
            before = desk.held("marks", made.id)
            if before is not None:
                return acts.withdrawn(
                    [before], f"no longer {_MARKED[kind]}: {self._named(about)}", by, at
                )
            return acts.put(None, made, f"{_MARKED[kind]}: {self._named(about)}", by, at)

        self.do(act, f"Marked: {_MARKED[kind]}, or no longer.")

    def assess(self, typed: str) -> None:
        """Say what is held of an event."""
        about = self.on("evt")
        if not about:
            return

        def act(verdict: str, reason: str) -> Act:
            return lambda by, at: self._said_again(
                acts.assessment(about, Verdict(verdict), reason, by, at),
                f"assess {self._named(about)}: {verdict}",
            )

        meanings = dict.fromkeys(Verdict, "")
        self._with_reason("Assessment", meanings, typed, act)

    def grade(self, typed: str) -> None:
        """Grade a source or a claim."""
        about = self.on("src", "clm")
        if not about:
            return

        def act(given: str, reason: str) -> Act:
            return lambda by, at: self._said_again(
                acts.grade(about, given, reason, by, at), f"grade {self._named(about)} {given}"
            )

        self._with_reason("Grade", GRADES[about[:3]], typed, act)

    def rule(self, typed: str) -> None:
        """Rule on the claim of the cell and the one that stands against it."""
        pair = self.stage.comparing.pair()
        if pair is None:
            self.stage.say(f"Two claims are needed: compare first, with {_key('compare')}.")
            return
        one, other = pair

        def act(verdict: str, reason: str) -> Act:
            return lambda by, at: self._said_again(
                acts.ruling(one, other, RulingKind(verdict), reason, by, at),
                f"rule on {self._named(one)}: {verdict}",
            )

        meanings = {
            RulingKind.SAME: "both say the same",
            RulingKind.REFINES: "the cell says it more exactly",
            RulingKind.COMPATIBLE: "both can be true",
            RulingKind.CONTRADICTS: "both cannot be true",
        }
        self._with_reason("Ruling on these two", meanings, typed, act)

    def _said_again(self, made: AnyRecord, why: str) -> Change:
        """What a person says takes the place of what they said before."""
        desk = opened(self.stage)
        before = desk.held(acts.TABLE_OF_ADDED[type(made)], made.id)
        return acts.put(before, made, why, desk.author, made.at)  # type: ignore[union-attr]

    def _with_reason(
        self,
        name: str,
        meanings: "dict[str, str] | dict[Verdict, str] | dict[RulingKind, str]",
        typed: str,
        act: Callable[[str, str], Act],
    ) -> None:
        """Ask for one of some words and a reason, `weak one root only`, and act upon it."""

        def rows(typed: str) -> Sequence[Pick]:
            word, _, reason = typed.strip().partition(" ")
            found = [one for one in meanings if str(one).lower().startswith(word.lower())]
            return [
                Pick(
                    str(one),
                    meanings[one] if not reason else f"because {reason.strip()}",  # type: ignore[index]
                    "A reason may follow the word: it goes into the log.",
                    (str(one), reason.strip()),
                )
                for one in found
            ]

        def chosen(pick: Pick) -> None:
            assert isinstance(pick.value, tuple)
            word, reason = pick.value
            self.do(act(word, reason), f"{name}: {word}.")

        self._open(Overlay(name, rows, ask="a word, then a reason", typed=typed), chosen)

    def date_rule(self, typed: str) -> None:
        """Choose the rule by which the date of the event follows from the claims."""
        about = self.on("evt")
        desk = opened(self.stage)
        if not about:
            return
        if typed not in list(DateRule):
            self.stage.say(f"The rules are {' and '.join(DateRule)}.")
            return

        def act(by: str, at: str) -> Change:
            event = desk.held("events", about)
            assert isinstance(event, Event)
            return acts.ruled_by(event, DateRule(typed), by, at)

        self.do(act, f"The date follows by {typed}.")

    def save_filter(self, name: str) -> None:
        """Keep the filter under a name."""
        desk = opened(self.stage)
        chips = desk.spot.filter.chips
        if not name or not chips:
            self.stage.say("Filter first, then type :save NAME." if not chips else ":save NAME")
            return
        saved = [SavedChip(one.kind, one.value, one.label, one.negated) for one in chips]

        def act(by: str, at: str) -> Change:
            made = acts.saved_filter(name, saved, by, at)
            return acts.put(desk.held("filters", made.id), made, f"save filter {name}", by, at)

        self.do(act, f"The filter is kept as {name}.")


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


def _noted(about: str, named: str, text: str, before: Note | None, by: str, at: str) -> Change:
    if before is None:
        return acts.put(None, acts.note(about, text, by, at), f"note on {named}", by, at)
    after = msgspec.structs.replace(before, text=text, by=by, at=at)
    return acts.put(before, after, f"edit note on {named}", by, at)


def _key(command: str) -> str:
    return shown_key(BY_ID[command].keys[0])
