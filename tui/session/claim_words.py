"""The words for a claim in its form: kinds and stances, what is saved, and what was offered."""

from collections.abc import Mapping
from typing import NamedTuple

from store.coding.offered_claim import OfferedClaim
from store.coding.typed_chain import Chain
from store.model.records import Claim
from store.model.vocabulary import Kind, Stance
from tui.session.coding import Coder
from tui.session.form import Field, Form


class KindWords(NamedTuple):
    """The label of a kind of claim, what it says, and other words that find it."""

    label: str
    about: str
    others: str = ""


KINDS: Mapping[Kind, KindWords] = {
    Kind.OCCURRENCE: KindWords(
        "it happened", "the event happened, or is denied", "occurrence event"
    ),
    Kind.FATALITIES: KindWords(
        "killed", "how many were killed", "dead deaths died fatalities toll"
    ),
    Kind.INJURIES: KindWords("injured", "how many were injured", "wounded hurt injuries"),
    Kind.MISSING: KindWords("missing", "how many are missing"),
    Kind.DISPLACED: KindWords("displaced", "how many fled or were displaced", "fled evacuated"),
    Kind.DATE: KindWords("when", "the day or time at which it happened", "date day time"),
    Kind.PLACE: KindWords("where", "the place at which it happened", "place location"),
    Kind.PARTICIPANT: KindWords(
        "who",
        "an actor that took part, and its role",
        "actor side participant party attacker perpetrator victim responsible blame",
    ),
    Kind.CONTROL: KindWords("control", "who holds a place, and how firmly", "held holder"),
    Kind.MANNER: KindWords("manner", "how it was done", "how weapon"),
    Kind.CAUSE: KindWords("cause", "why it happened", "why reason"),
    Kind.AIM: KindWords("aim", "what it was to achieve", "goal purpose"),
    Kind.SUPPORT: KindWords("support", "who backs whom, and how"),
    Kind.DESIGNATION: KindWords("designation", "what somebody is officially called"),
    Kind.NAME: KindWords("name", "what an operation or thing is called"),
    Kind.DISTANCE: KindWords("distance", "how far it is from a place"),
    Kind.POPULATION: KindWords("population", "how many people live there"),
    Kind.WORDS: KindWords("words", "what somebody is quoted as saying", "quote"),
}
"""The kinds of claims, in the order in which they are offered."""

STANCES: Mapping[Stance, str] = {
    Stance.ASSERTS: "states it as fact",
    Stance.HEDGES: "reports it as hearsay, as with “reportedly”",
    Stance.DOUBTS: "casts doubt on it",
    Stance.DENIES: "denies it",
}

NEW = "new event"
"""The value of the subject where the claim makes a new event."""

PUBLISHER = "the publisher's own word"


def claimed_kind(form: Form) -> Kind | None:
    """The kind of the claim that a form makes so far; None without one."""
    value = form["kind"].value
    if isinstance(value, OfferedClaim):
        return value.kind
    return value if isinstance(value, Kind) else None


def claim_words(coder: Coder, one: OfferedClaim | Claim) -> str:
    """A claim in words: `killed: at least 27 · civilians`. Asks the case."""
    label = KINDS[one.kind].label
    if one.value is None:
        return label
    return f"{label}: {coder.value_words(one.value)}{f' · {one.scope}' if one.scope else ''}"


def save_words(form: Form) -> str:
    """The whole claim in a line, for before it is saved: with its stance, source and note.

    What it is about comes last, as it also stands in a row of its own if the line is cut.
    """
    stance, chain, note = (form[key].taken for key in ("stance", "chain", "note"))
    as_of = form["as_of"].taken if "as_of" not in form.hidden else None
    scope = form["scope"].taken if "scope" not in form.hidden else None
    value = form["value"].taken if "value" not in form.hidden else None
    parts = (
        _said(form),
        value.hint if value else "",
        f"of {scope.shown}" if scope else "",
        f"as of {as_of.shown}" if as_of else "",
        stance.shown if stance and stance.value is not Stance.ASSERTS else "",
        f"source: {chain.shown}" if chain else _own_word(form["chain"]),
        "with a note" if note else "",
    )
    return f"{' · '.join(filter(None, parts))} – {_about(form)}"


def _own_word(chain: Field) -> str:
    """The publisher as the source, and whom the words name instead and nobody has confirmed."""
    for offer in chain.offers:
        if isinstance(named := offer.value, Chain):
            return f"{PUBLISHER}, though the words name {(*named.names, named.speaker)[0]}"
    return chain.usual


def draft_words(form: Form) -> str:
    """The claim in a few words, for the log: `killed: at least 27 – Rebels take Aleppo`."""
    return f"{_said(form)} – {_about(form)}"


def _said(form: Form) -> str:
    """The words of what a claim says: `killed: at least 27`."""
    kind = claimed_kind(form)
    assert kind is not None
    value = form["value"].taken
    return KINDS[kind].label + (f": {value.shown}" if value and kind is not Kind.OCCURRENCE else "")


def _about(form: Form) -> str:
    """The title of what the claim is about."""
    if form["subject"].value == NEW:
        return str(form["title"].value)
    return form["subject"].taken.shown.split(" · ")[0] if form["subject"].taken else ""
