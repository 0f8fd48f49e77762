"""Acts that need a reason, asked for in its own step."""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from tui.dialogs.picker import Picker, PickerRow
from tui.handlers.change_queue import Act, ChangeQueue, Failed, Saved
from tui.handlers.compare import ComparingScreen
from tui.handlers.drafts import KEPT, DraftKeeper, draft_words
from tui.handlers.quoted import quoted
from tui.handlers.windows import Windows
from tui.session.drafts import Draft

Reasoned = Callable[[str], Act]
"""Makes an act for a reason."""

KEEPS = "The reason is kept as a draft."

WHY_A_REASON = "The reason goes into the log, with your name and the time."


class ReasonStep(NamedTuple):
    """An act that begins once there is a reason: its name, and the lines shown before.

    `begin` takes the reason, and a function to call if the act fails. `place` names the draft of
    the reason, empty where none is kept. With `sure`, the words of a row, that row is to be chosen
    after the reason; the cursor begins on another, so that no Enter typed ahead chooses it.
    """

    name: str
    told: Sequence[str]
    begin: Callable[[str, Failed], None]
    place: str = ""
    sure: str = ""


class _Choice(NamedTuple):
    """Some words with their meanings, of which one is chosen for what it is `about`."""

    name: str
    about: str
    meanings: Mapping[str, str]
    act: Callable[[str, str], Act]
    done: str
    place: str

    def rows(self, typed: str) -> Sequence[PickerRow]:
        """The words that begin with the first one typed, each with the reason typed behind it."""
        word, _, reason = typed.strip().partition(" ")
        return [
            PickerRow(
                str(one),
                f"because {reason.strip()}" if reason else meaning,
                "" if reason else "Press Enter, then give the reason.",
                (str(one), reason.strip()),
            )
            for one, meaning in self.meanings.items()
            if str(one).lower().startswith(word.lower())
        ]


class ReasonPrompt:
    """Asks for a word and a reason, or for a reason alone, and acts on it."""

    def __init__(
        self,
        screen: ComparingScreen,
        changes: ChangeQueue,
        windows: Windows,
        drafts: DraftKeeper,
    ) -> None:
        self.screen = screen
        self._changes = changes
        self._windows = windows
        self._drafts = drafts

    @property
    def refused(self) -> bool:
        """True if nothing can be changed; also says so, before anybody types a reason in vain."""
        return self._changes.refused

    def choose(
        self,
        name: str,
        about: str,
        meanings: Mapping[str, str],
        typed: str,
        act: Callable[[str, str], Act],
        done: str,
        place: str,
    ) -> None:
        """Ask for one of some words and then for a reason, and act on both.

        The windows show what it is `about`, and so does the message with the word
        `done`. A reason may be typed after the word: `weak one origin only`. What is typed and
        left is a draft, named by its `place`.
        """
        if self.refused:
            return
        choice = _Choice(name, about, meanings, act, done, place)
        whole = [pick for pick in choice.rows(typed) if pick.title == typed.split(" ")[0].lower()]
        if typed and len(whole) == 1:
            self._chosen(choice, whole[0])
        elif typed:
            self._open_choice(choice, typed, None)
        else:
            self._windows.ask(
                lambda: self._drafts.read(place),
                lambda draft: self._open_choice(choice, typed, draft),
            )

    def _open_choice(self, choice: _Choice, typed: str, draft: Draft | None) -> None:
        """Let the user choose one of the words; a draft takes the place of what was typed."""
        place = choice.place
        window = Picker(
            choice.name,
            choice.rows,
            ask="type to filter",
            typed=draft.text if draft else typed,
            told=(choice.about, *([draft_words(draft)] if draft else [])),
            beside=quoted(self.screen),
            typing=lambda text: self._drafts.typing(place)(_begun(text)),
            empty=f"The choices are {', '.join(choice.meanings)}.",
        )
        self._windows.open(
            window,
            lambda pick: self._chosen(choice, pick),
            lambda: self._left(_begun(window.typed), "", place),
        )

    def _chosen(self, choice: _Choice, pick: PickerRow) -> None:
        """Act on the chosen word, if its reason was typed behind it; else ask for the reason."""
        assert isinstance(pick.value, tuple)
        word, reason = pick.value
        self._drafts.dropping(choice.place)()
        step = self.step(
            f"{choice.name}: {word}",
            tuple(filter(None, (choice.about, choice.meanings[word]))),
            lambda reason: choice.act(word, reason),
            f"{choice.done} {word}: {choice.about}.",
            f"{choice.place} {word}",
        )
        if reason:
            self.begin(step, reason)
        else:
            self.ask(step)

    def ask(self, step: ReasonStep, typed: str = "", why: str = "") -> None:
        """Ask why, and act on it; `typed` is a reason given before, `why` says why it failed."""

        def rows(typed: str) -> Sequence[PickerRow]:
            reason = " ".join(typed.split())
            return [PickerRow(step.name, "Enter", f"Because {reason}", reason)] if reason else []

        def open_window(draft: Draft | None) -> None:
            window = Picker(
                f"{step.name}: why?",
                rows,
                ask="the reason",
                typed=draft.text if draft else typed,
                told=(f"Not saved: {why}",)
                if why
                else (*step.told, *([draft_words(draft)] if draft else [])),
                needed=True,
                beside=quoted(self.screen),
                typing=self._drafts.typing(step.place),
                empty=WHY_A_REASON,
            )
            self._windows.open(
                window,
                lambda pick: self.begin(step, str(pick.value)),
                lambda: self._left(
                    window.typed, "Nothing was changed: a reason is needed.", step.place
                ),
            )

        if typed or not step.place:
            open_window(None)
        else:
            self._windows.ask(lambda: self._drafts.read(step.place), open_window)

    def _left(self, typed: str, said: str, place: str) -> None:
        """Say what becomes of what was typed in a window that was left."""
        if typed.strip() and place:
            self._drafts.save()
            self.screen.say(f"{said} {KEPT}".strip())
        else:
            self._drafts.dropping(place)()
            self.screen.say(said)

    def step(
        self,
        name: str,
        told: Sequence[str],
        act: Reasoned,
        said: str,
        place: str,
        after: Saved = lambda: None,
        sure: str = "",
    ) -> ReasonStep:
        """The step before an act; `said` is the message, and `after` called, once it is done."""

        def begin(reason: str, failed: Failed) -> None:
            dropping = self._drafts.dropping(place)

            def saved() -> None:
                dropping()
                after()

            self._changes.do(act(reason), said, failed, saved=saved)

        return ReasonStep(name, told, begin, place, sure)

    def begin(self, step: ReasonStep, reason: str) -> None:
        """Act for a reason, after a choice in a window of its own where the step asks for one."""

        def act() -> None:
            step.begin(reason, lambda why: self.ask(step, reason, why))

        if not step.sure:
            act()
            return
        self._drafts.typing(step.place)(reason)
        window = Picker(
            f"{step.name}?",
            lambda _: [
                PickerRow("Change nothing", "", KEEPS, None),
                PickerRow(step.sure, "", f"Because {reason}", step),
            ],
            told=step.told,
            beside=quoted(self.screen),
        )
        self._windows.open(
            window,
            lambda _: act(),
            lambda: self._left(reason, "Nothing was changed.", step.place),
        )


def _begun(typed: str) -> str:
    """The word that is typed in place of one, once a reason is begun behind it; else nothing."""
    return typed if " " in typed.strip() else ""
