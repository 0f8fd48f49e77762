"""The finding that the article under the cursor and another share a text or a house."""

from collections.abc import Sequence

from store.model import changes
from store.model.judgements import KinshipKind
from store.model.labels import NO_TITLE, count_text
from store.queries.kinships import Partner
from tui.dialogs.picker import Picker, PickerRow
from tui.handlers.case_handler import CaseHandler
from tui.handlers.change_queue import Act
from tui.handlers.quoted import quoted
from tui.handlers.screen_protocol import opened

MEANINGS: dict[str, str] = {
    "one-house": "count as one publisher, and as one origin if they cite no other",
    "same-text": "copies; count as one article",
    "apart": "neither; it is not proposed again",
}
"""What may be found of two articles, and what then counts."""


class KinshipHandler(CaseHandler):
    """Asks for the other article, then for the finding and its reason."""

    def find(self, typed: str) -> None:
        """Choose the other article; `typed` is the finding and its reason."""
        about = self._annotator.on("art")
        if about and not self._reasons.refused:
            session = opened(self.screen)
            self._windows.ask(
                lambda: (self._annotator.named(about), session.partners(about)),
                lambda found: self._choose(about, *found, typed),
            )

    def _choose(self, about: str, name: str, found: Sequence[Partner], typed: str) -> None:
        def rows(words: str) -> Sequence[PickerRow]:
            return [_pick(one) for one in found if words.lower() in one.title.lower()]

        def chosen(pick: PickerRow) -> None:
            other = str(pick.value)
            self._windows.ask(
                lambda: self._annotator.named(other),
                lambda named: self._find(about, other, f"{name} · {named}", typed),
            )

        window = Picker(
            "Which article is related to this one?",
            rows,
            ask="words of its title",
            told=(name,),
            beside=quoted(self.screen),
            empty="No other article with a text has such a title.",
        )
        self._windows.open(window, chosen)

    def _find(self, about: str, other: str, both: str, typed: str) -> None:
        """Choose the finding on two articles, whose titles are in `both`."""

        def act(verdict: str, reason: str) -> Act:
            kind = KinshipKind(verdict.replace("-", " "))
            return lambda by, at: self._annotator.said_again(
                changes.kinship(about, other, kind, reason, by, at), f"{kind}: {reason}"
            )

        place = f"kinship {about} {other}"
        self._reasons.choose("The two articles are", both, MEANINGS, typed, act, "Found", place)


def _pick(one: Partner) -> PickerRow:
    """The other article with what is known of the two, and the words that they share."""
    pair = one.pair
    title = one.title or NO_TITLE
    if pair is None:
        return PickerRow(title, "", "No shared words were found.", one.id)
    aside = str(pair.verdict) if pair.found else f"{pair.verdict}?"
    told = [f"{pair.by}: {pair.reason}"] if pair.found else []
    if pair.runs:
        told.append(f"{count_text(pair.shared, 'shared run')} of five words:")
    told += (f"“{' '.join(run.words.split())}”" for run in pair.runs)
    told += (f"Both print: {form}" for form in pair.forms)
    return PickerRow(title, aside, "\n".join(told), one.id)
