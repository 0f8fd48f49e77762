"""The form of a claim: its fields, what the selected words offer for each, and its draft."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from store.coding.draft import ClaimDraft, NewEvent, SelectedSpan
from store.coding.offered_claim import OfferedClaim
from store.coding.offers import SentenceOffers
from store.coding.typed_chain import Chain, cited_chain
from store.coding.typed_values import FORMS, TypedValue
from store.errors import UsageError
from store.model.labels import value_text
from store.model.records import Claim, Place
from store.model.typed_text import one_typed_line
from store.model.values import COUNT_KINDS, VALUE_OF_KIND, AnyValue, Count
from store.model.vocabulary import EVENT_TYPES, EventType, Kind, Stance
from store.queries.subjects import SubjectRow
from tui.session.claim_words import KINDS, NEW, PUBLISHER, STANCES, KindWords, claimed_kind
from tui.session.coding import Coder
from tui.session.form import Among, Choice, Field, Form, Way

NO_CHAIN = Chain((), ())
SAYS_KIND = (
    "type +NAME, monitor for its kind (outlet, wire, monitor, official, belligerent, ngo, person),"
    " or correct it with E later"
)
"""Words on how the kind of a new source is given."""
NOT_PRINTED = "not in these words"
"""The hint beside a number that was typed and that the selected words do not print."""


class WordsOffer(NamedTuple):
    """The claims that words may make, those that they made, and what they say if nothing else."""

    claims: Sequence[Choice] = ()
    made: Sequence[Claim] = ()
    usual: Choice | None = None


def blank_claim_form(words: WordsOffer | None = None) -> Form:
    """A form with the fields of a claim, all empty; `words` are what selected words offer."""

    def adapt(form: Form, changed: Field) -> None:
        if changed.key == "subject" and words is not None:
            _offer_what_is_left(form, words)
        if changed.value == NEW and changed.taken and changed.taken.typed:
            form["title"].put(Choice(changed.taken.typed, changed.taken.typed))
        _adapt(form, changed)

    return Form(
        [
            Field(
                "subject",
                "about",
                "the event, actor or place that it is about",
                way=Way.CHOSEN,
                needed=True,
            ),
            Field("title", "title", "what happened, in a few words", needed=True),
            Field("type", "type", "the type of event", way=Way.CHOSEN, needed=True),
            Field("kind", "says", "what the words say of it", way=Way.CHOSEN, needed=True),
            Field("value", "value", "", needed=True),
            Field("scope", "who", "whose number it is: civilians, soldiers; empty for all"),
            Field(
                "as_of",
                "as of",
                "the day at which a number or state was true",
                usual="not said",
                quiet=True,
            ),
            Field(
                "stance", "stance", "how the origin stands to it", way=Way.CHOSEN, usual="asserts"
            ),
            Field(
                "chain",
                "source",
                "the origin that the publisher cites",
                way=Way.CHOSEN,
                usual=PUBLISHER,
            ),
            Field("note", "note", "a note on how you read it"),
        ],
        adapt,
    )


def claim_form(
    subjects: Sequence[SubjectRow],
    offers: SentenceOffers,
    words: Mapping[OfferedClaim, str],
    made: Sequence[Claim] = (),
) -> Form:
    """A form for a claim by selected words; `words` are those of each offered claim.

    `made` are the claims by these words that the case has.
    """
    claims = [Choice(words[one], one, "read in the words", hint=one.note) for one in offers.claims]
    counted = any(one.kind in COUNT_KINDS for one in offers.claims)
    # an occurrence is what words say of an event if they say nothing else
    happened = (one for one in claims if _offered(one)[0] is Kind.OCCURRENCE)
    usual = None if counted else next(happened, None)
    form_words = WordsOffer(claims, made, usual)
    form = blank_claim_form(form_words)
    near = [subject_choice(one) for one in subjects if not one.apart][:5]
    apart = [subject_choice(one) for one in subjects if one.apart]
    form["subject"].propose([*near, Choice("a new event", NEW, "make a new event"), *apart])
    if offers.title:
        form["title"].propose([Choice(offers.title, offers.title, "the beginning of the words")])
    form["type"].propose([_type(one, "the words name it") for one in offers.types])
    form["kind"].propose(claims)
    form["kind"].put(usual)
    form["stance"].propose(_stances(offers.stance))
    form["chain"].propose(_chains(offers))
    if offers.pronoun and not form["chain"].offers:
        form["chain"].usual = f"{PUBLISHER}, though “{offers.pronoun}” speaks"
    elif offers.said:
        form["chain"].usual = f"{PUBLISHER}, though somebody speaks: “{offers.said}”"
    form["as_of"].propose(
        [Choice(value_text(one, {}), one, "a date in the words") for one in offers.days]
    )
    _adapt(form, form["kind"])
    _adapt(form, form["subject"])
    _offer_what_is_left(form, form_words)
    return form


def _offer_what_is_left(form: Form, words: "WordsOffer") -> None:
    """Offer what the words say and is not claimed of the subject yet, unless a kind was chosen."""
    kind, about = form["kind"], form["subject"]
    subject = about.value or (about.offer.value if about.offer else None)
    if kind.unread or kind.taken not in (None, words.usual):
        return
    made = [(one.kind, one.value) for one in words.made if one.subject == subject]
    left = [one for one in words.claims if _offered(one) not in made]
    if left != kind.offers:
        kind.propose(left)
        form.put(kind, words.usual if words.usual in left else None)


def subject_choice(row: SubjectRow) -> Choice:
    """A subject as a choice."""
    shown = f"{row.title}{f' · {row.aside}' if row.aside else ''}"
    return Choice(shown, row.id, row.why, typed=row.title)


def stance_choice(stance: Stance) -> Choice:
    """A stance as a choice."""
    return Choice(stance.value, stance, f"it {STANCES[stance]}")


def kind_choice(kind: Kind) -> Choice:
    """A kind of claim, without a value yet, as a choice."""
    return Choice(KINDS[kind].label, kind, KINDS[kind].about)


def kind_choices(typed: str) -> list[Choice]:
    """The kinds of claims that typed words find, first those whose words begin with them."""
    wanted = typed.strip().lower()

    def begun(words: KindWords) -> bool:
        return any(one.startswith(wanted) for one in (words.label, *words.others.split()))

    found = [kind for kind, words in KINDS.items() if begun(words) or wanted in words.label]
    return [kind_choice(kind) for kind in sorted(found, key=lambda one: not begun(KINDS[one]))]


def _type(type: EventType, why: str = "") -> Choice:
    return Choice(EVENT_TYPES[type].label, type, why)


def type_choices() -> list[Choice]:
    """All types of event."""
    return [_type(type) for type in EventType]


def chain_choice(chain: Chain, why: str) -> Choice:
    """A chain of sources as a choice."""
    return Choice(chain.shown, chain, why, chain.typed)


def _stances(stance: Stance) -> list[Choice]:
    """The offers for a stance: none for the usual one."""
    return [] if stance is Stance.ASSERTS else [stance_choice(stance)]


def _chains(offers: SentenceOffers) -> list[Choice]:
    """The chains that the words may mean: each source alone, then all, in both orders.

    The publisher is among them only where something is denied, as it is to be chosen there.
    """
    cites = "the words cite it"
    if offers.pronoun:
        cites = f"a sentence before cites it, and “{offers.pronoun}” may be it"
    found = [
        chain_choice(cited_chain([one]), cites if one.id else f"{cites}: a new source; {SAYS_KIND}")
        for one in offers.chain
    ]
    if len(offers.chain) > 1:
        found += (
            chain_choice(cited_chain(order), "from the publisher to the origin, which comes last")
            for order in (offers.chain, offers.chain[::-1])
        )
    found += (
        chain_choice(cited_chain([one]), f"its name has “{offers.speaker}”, as the words say")
        for one in offers.alike
    )
    if offers.speaker:
        speaker = Chain((), (), offers.speaker)
        names = cites if offers.pronoun else "the words name a speaker: Enter confirms it"
        found.append(chain_choice(speaker, names))
    if found and Stance.DENIES in (offers.stance, *(one.stance for one in offers.claims)):
        found.append(Choice(PUBLISHER, NO_CHAIN, "the publisher itself denies it"))
    return found


def _adapt(form: Form, changed: Field) -> None:
    """Show the fields that a claim of this kind and subject has, and fill in what came with it."""
    if changed.key == "kind":
        offered, value = changed.value, form["value"]
        value.propose([])
        value.put(None)
        scope = ""
        if isinstance(offered, OfferedClaim) and changed.taken:
            value.put(_value_of(changed.taken) if offered.value is not None else None)
            scope = offered.scope
            _offer_stance(form["stance"], offered.stance)
        elif isinstance(offered, Kind):
            known = [one for one in changed.offers if isinstance(one.value, OfferedClaim)]
            value.propose([_value_of(one) for one in known if _offered(one)[0] is offered])
        form["scope"].put(Choice(scope, scope) if scope else None)
    chain = form["chain"]
    # whom the words name as the one who denies is not passed over without a word
    chain.needed = bool(chain.offers) and form["stance"].value is Stance.DENIES
    kind = claimed_kind(form)
    hidden = set()
    if form["subject"].value != NEW:
        hidden |= {"title", "type"}
    if kind is None or kind is Kind.OCCURRENCE:
        hidden.add("value")
    else:
        form["value"].help = FORMS[VALUE_OF_KIND[kind]]
    if kind not in COUNT_KINDS:
        hidden.add("scope")
    if kind not in COUNT_KINDS and kind is not Kind.CONTROL:
        hidden.add("as_of")
    form.hidden = hidden


def _offer_stance(field: Field, stance: Stance) -> None:
    """Offer the stance of the clause that makes a claim; one that came with another goes."""
    if field.taken in field.offers:
        field.put(None)
    field.propose(_stances(stance))


def _offered(choice: Choice) -> tuple[Kind, AnyValue]:
    """The kind and the value of an offered claim."""
    offered = choice.value
    assert isinstance(offered, OfferedClaim)
    return offered.kind, offered.value


def _value_of(choice: Choice) -> Choice:
    """The value of an offered claim, as a choice."""
    offered = choice.value
    assert isinstance(offered, OfferedClaim)
    shown = _without_label(choice.shown, offered.scope)
    value = TypedValue(offered.value, aggregate=offered.aggregate)
    return Choice(shown, value, choice.why, hint=choice.hint)


def _without_label(shown: str, scope: str) -> str:
    """The words of an offered claim that are those of its value."""
    return shown.partition(": ")[2].removesuffix(f" · {scope}" if scope else "")


def read_field(
    coder: Coder, span: SelectedSpan, form: Form, field: Field, text: str
) -> Choice | Among:
    """Read what was typed in a field. Raises an error of `store.errors`; may ask the case."""
    words = " ".join(text.split())
    if field.key != "note":
        one_typed_line(text, field.label)
    if field.key == "value":
        kind = claimed_kind(form)
        if kind is None:
            raise UsageError("first say what it says", "go up to “says”")
        typed = coder.value(kind, text, span)
        if (among := coder.places(typed, str(form["subject"].value or ""))) is not None:
            return among
        hint = NOT_PRINTED if isinstance(typed.value, Count) and not typed.value.printed else ""
        return Choice(coder.value_words(typed.value, typed.made) + _new(typed), typed, hint=hint)
    if field.key == "as_of":
        when = coder.when(words, span)
        return Choice(coder.value_words(when), when)
    return Choice(words, words)


def _new(typed: TypedValue) -> str:
    """The words after a value that makes a record: of a place with degrees also these."""
    if not typed.made:
        return ""
    place = next((one for _, one in typed.made if isinstance(one, Place)), None)
    if place is None or place.latitude is None:
        return " (new)"
    return f" (new, {place.latitude:g} {place.longitude:g} p{place.precision})"


def draft_of(form: Form) -> ClaimDraft:
    """The claim that a finished form makes."""
    subject, kind = form["subject"].value, claimed_kind(form)
    chain, stance = form["chain"].value or NO_CHAIN, form["stance"].value
    assert isinstance(subject, str)
    assert isinstance(chain, Chain)
    assert kind is not None
    value = form["value"].value if kind is not Kind.OCCURRENCE else None
    typed = value if isinstance(value, TypedValue) else TypedValue(None)
    event = None
    if subject == NEW:
        type = form["type"].value
        assert isinstance(type, EventType)
        event = NewEvent(title=str(form["title"].value), type=type)
    return ClaimDraft(
        subject=subject,
        kind=kind,
        value=typed.value,
        made=(*typed.made, *chain.made),
        scope=str(form["scope"].value or "") if kind in COUNT_KINDS else "",
        stance=stance if isinstance(stance, Stance) else Stance.ASSERTS,
        as_of=form["as_of"].value if "as_of" not in form.hidden else None,  # type: ignore[arg-type]
        chain=chain.sources,
        speaker=chain.speaker,
        event=event,
        aggregate=typed.aggregate,
        note="; ".join(filter(None, (_offered_note(form), str(form["note"].value or "")))),
    )


def _offered_note(form: Form) -> str:
    """The note of a value as it was offered: a sum, a part, of several events; else empty."""
    value = form["value"].taken if "value" not in form.hidden else None
    return value.hint if value and value.hint != NOT_PRINTED else ""
