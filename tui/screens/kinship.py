"""Finding that the article under the cursor and another are one text, or of one house."""

from collections.abc import Sequence

from store.model import acts
from store.model.judgements import KinshipKind
from store.model.wording import NO_TITLE, counted
from store.queries.kinships import Partner
from tui.screens.acting import Act, Ask, Open
from tui.screens.adding import Adding
from tui.screens.overlay import Overlay, Pick
from tui.screens.reasons import Reasons
from tui.screens.stage import Stage, opened

MEANINGS: dict[str, str] = {
    "one-house": "one publisher, and one origin where they speak for themselves",
    "same-text": "copies, which count as one article",
    "apart": "neither; it is not proposed again",
}
"""What may be found of two articles, and what then counts."""


class KinshipWindows:
    """Asks for the other article, then what the two are, and why."""

    def __init__(
        self, stage: Stage, adding: Adding, reasons: Reasons, open_window: Open, ask: Ask
    ) -> None:
        self.stage = stage
        self._adding = adding
        self._reasons = reasons
        self._open = open_window
        self._ask_first = ask

    def find(self, typed: str) -> None:
        """Choose the other article; what is `typed` is what was found, and why."""
        about = self._adding.on("art")
        if about and not self._reasons.refused:
            desk = opened(self.stage)
            self._ask_first(
                lambda: desk.partners(about), lambda found: self._choose(about, found, typed)
            )

    def _choose(self, about: str, found: Sequence[Partner], typed: str) -> None:
        def rows(words: str) -> Sequence[Pick]:
            return [_pick(one) for one in found if words.lower() in one.title.lower()]

        def chosen(pick: Pick) -> None:
            self._say(about, str(pick.value), typed)

        title = self._adding.named(about)
        window = Overlay(
            "Which article is kin to this one?",
            rows,
            ask="words of its title",
            told=(title,),
            empty="No other article that has a text is called so.",
        )
        self._open(window, chosen)

    def _say(self, about: str, other: str, typed: str) -> None:
        def act(verdict: str, reason: str) -> Act:
            kind = KinshipKind(verdict.replace("-", " "))
            return lambda by, at: self._adding.said_again(
                acts.kinship(about, other, kind, reason, by, at), f"{kind}: {reason}"
            )

        both = f"{self._adding.named(about)} · {self._adding.named(other)}"
        self._reasons.choose("These two are", both, MEANINGS, typed, act, "Found")


def _pick(one: Partner) -> Pick:
    """The other article with what is known of the two, and the words that both share."""
    pair = one.pair
    title = one.title or NO_TITLE
    if pair is None:
        return Pick(title, "", "Nothing is known of these two.", one.id)
    aside = str(pair.verdict) if pair.found else f"{pair.verdict}?"
    told = [f"{pair.by}: {pair.reason}"] if pair.found else []
    if pair.runs:
        told.append(f"{counted(pair.shared, 'shared run')} of five words:")
    told += (f"“{' '.join(run.words.split())}”" for run in pair.runs)
    told += (f"Both print: {form}" for form in pair.forms)
    return Pick(title, aside, "\n".join(told), one.id)
