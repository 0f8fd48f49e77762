"""An analyst who codes claims by keyboard as quickly as the form allows, counting the keys."""

from typing import NamedTuple

from store.coding.offered_claim import OfferedClaim
from store.model.vocabulary import EVENT_TYPES, Kind
from tests.journeys.report_on_hama import Sentence, Wanted
from tests.person import Person
from tui.dialogs.form import FormWindow
from tui.session.claim_words import KINDS, NEW
from tui.session.form import Choice, Field, Form

ORDER = ("subject", "title", "type", "kind", "value", "chain")
"""The order in which fields are filled, that of the form."""


NEAR = 2
"""The sentences that are passed over before one is searched for."""
LOST = 60
"""The keys after which a claim is given up."""


class Wish(NamedTuple):
    """The way to fill a field: the offer to take, else the text to type."""

    offer: int | None
    text: str = ""


class CodingHand:
    """Fills the form of a claim; `keys` are those pressed, without the text that is typed."""

    def __init__(self, me: Person) -> None:
        self.me = me
        self.keys = 0

    async def press(self, *keys: str) -> None:
        """Press keys that count."""
        self.keys += len(keys)
        await self.me.press(*keys)

    async def find(self, sentence: Sentence) -> int:
        """Select a sentence, one of the next or that with these words; return the keys it took."""
        before, article = self.keys, self.me.explore.article
        await self.press("n" if article.selecting else "v")
        if ((article.view and article.view.title) or "").startswith(sentence.begins):
            await self.press("N")
        for _ in range(NEAR):
            if not article.text.selected_text.startswith(sentence.begins):
                await self.press("n")
        if not article.text.selected_text.startswith(sentence.begins):
            await self.press("escape", "/")
            await self.me.type(sentence.begins)
            await self.press("enter", "v")
        assert article.text.selected_text.startswith(sentence.begins)
        return self.keys - before

    async def claim(self, wanted: Wanted) -> int:
        """Make a claim by the selected words; return the keys that it took."""
        before = self.keys
        await self.press("a")
        wishes = [key for key in ORDER if _is_wished(key, wanted)]
        while isinstance(self.me.app.screen, FormWindow):
            assert self.keys - before < LOST, self.me.screen
            form = self.me.app.screen.form
            shown = {one.key: one for one in form.fields}
            open_ = [key for key in wishes if key in shown and not _has(shown[key], wanted)]
            if open_:
                await self._move(form, list(shown).index(open_[0]))
                await self._fill(shown[open_[0]], wish(shown[open_[0]], wanted))
            elif form.field is None:
                await self.press("enter")
            else:
                await self._move(form, len(shown))
        assert self.me.said.startswith("Claimed: "), self.me.said
        return self.keys - before

    async def _move(self, form: Form, to: int) -> None:
        away = to - form.at
        await self.press(*["down" if away > 0 else "up"] * abs(away))

    async def _fill(self, field: Field, how: Wish) -> None:
        if how.offer is not None:
            ahead = (how.offer - _shown(field)) % len(field.offers)
            back = len(field.offers) - ahead
            await self.press(*(["right"] * ahead if ahead <= back else ["left"] * back), "enter")
            return
        await self.me.type(how.text)
        await self.press("enter")
        assert not field.error, field.error


def _shown(field: Field) -> int:
    shown = field.offer or field.taken
    return field.offers.index(shown) if shown in field.offers else 0


def wish(field: Field, wanted: Wanted) -> Wish:
    """The quickest way to fill a field as wanted; a value that is not as it is offered is typed."""
    offers = [] if field.key == "value" else field.offers
    offer = next((at for at, one in enumerate(offers) if _is_wanted(field.key, one, wanted)), None)
    label = EVENT_TYPES[wanted.type].label if wanted.type else ""
    typed = {
        "subject": wanted.event,
        "title": wanted.event,
        "type": label,
        "kind": KINDS[wanted.kind].label,
        "chain": wanted.chain,
        "value": wanted.typed,
    }
    return Wish(offer, typed[field.key])


def _is_wished(key: str, wanted: Wanted) -> bool:
    match key:
        case "title" | "type":
            return wanted.type is not None
        case "value":
            return bool(wanted.typed)
        case "chain":
            return bool(wanted.chain)
        case _:
            return True


def _has(field: Field, wanted: Wanted) -> bool:
    return field.taken is not None and _is_wanted(field.key, field.taken, wanted)


def _is_wanted(key: str, choice: Choice, wanted: Wanted) -> bool:
    value = choice.value
    match key:
        case "subject":
            return value == NEW if wanted.type else choice.shown.startswith(wanted.event)
        case "title":
            return value == wanted.event
        case "type":
            return value is wanted.type
        case "value":
            return True
        case "chain":
            return choice.shown.startswith(wanted.chain.lstrip("+").partition(",")[0])
        case _ if isinstance(value, OfferedClaim):
            there = wanted.kind is Kind.OCCURRENCE or wanted.offered in choice.shown
            return value.kind is wanted.kind and there and not wanted.typed
        case _:
            return value is wanted.kind
