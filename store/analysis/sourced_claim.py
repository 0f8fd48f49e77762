"""The facts of claims on which their comparison depends, and nothing else of them."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple, Protocol

from store.analysis.incidents import bombers_of, incident_of
from store.analysis.scopes import group_of
from store.analysis.speakers import NOBODY, Speaker, Speakers
from store.analysis.time_bounds import reported_by
from store.analysis.toll_words import sums_up, tells_of_change, tells_of_rise
from store.model.dates import bounds
from store.model.records import Claim, Passage, Stamp
from store.model.values import (
    TOLLS,
    AnyValue,
    Coded,
    Control,
    Count,
    Distance,
    Participant,
    When,
    Where,
)
from store.model.vocabulary import Kind, StampBasis, Stance, TextKind

UNKNOWN = "?"
"""The prefix of an origin that is not known."""


HOUSE = "?house:"
"""The prefix of the origin that represents a house of which no publisher is stated."""


class Slot(NamedTuple):
    """The matter of a claim: its kind, with its scheme, its role, or the scope of a population.

    The scope of a toll is not part of it: a toll of some is compared with one of all.
    """

    kind: Kind
    of: str


class Statement(NamedTuple):
    """One claim with its origin and its times.

    `subject` is the id of what it is about, `whole` that of the event of which the
    subject is part, empty if it is part of none. `copy` is the same for articles
    that are copies of one text, and for the versions of one article, which `version`
    numbers from 1 (0 if the case has only one). `origin` is the id of the origin; if
    that is unknown it begins with `?` and is equal to no origin of another text.
    `published` is the article's time in ISO 8601, empty if it is not stated,
    and `zone_stated` says whether its zone is certain. `also` holds the ids or
    codes (for a toll, the scopes) that the same origin names in the same text for the
    same slot. It is `compiled` if a data set says it itself in one of its rows.

    `code` is the key of the value, from `code_of`.
    `publisher` is the id of the source that published it or that represents its
    house, empty if neither is known. `scope` is the group that a count is of.
    `happened` is the last day on which the subject can have happened and
    `held_until` the last for which the same origin gave the same number, both
    ISO 8601 and empty if unknown; `first_said` is the first day for which it did,
    `first_told` the first on which anybody published this number, and `first_report` the
    first on which anybody published any. A `nameless` one may be a reprint of anybody.
    `at_least` says that its publisher also said "at least" so many, `given_before`
    holds the lower numbers that its publisher gave until that day. `whole_told` says
    that the origin of a number of some also gave the number of all, `in_all` is the
    number of all dead by the text of a number of some (0 if it is of no toll), and
    `bombers` is how many of the dead one report may count and another not. `replaces`
    says that the passage reports a changed figure, `rises` one that became higher (the
    highest of its origin's lower figures is `rose_from`), `sums` one that adds up
    several; `incident` is the way in which the people died, if the passage says so.
    `superseded_by` is the claim by which the same origin replaced it, empty if it
    did not, and `order_assumed` says that the order of the two is assumed.
    """

    claim: str
    subject: str
    whole: str
    slot: Slot
    value: AnyValue
    code: str
    stance: Stance
    as_of: str
    aggregate: bool
    article: str
    copy: str
    origin: str
    published: str
    zone_stated: bool
    also: frozenset[str]
    compiled: bool = False
    speaker: Speaker = NOBODY
    publisher: str = ""
    scope: str = ""
    happened: str = ""
    held_until: str = ""
    first_said: str = ""
    replaces: bool = False
    rises: bool = False
    rose_from: float = 0
    sums: bool = False
    incident: str = ""
    bombers: int = 0
    first_told: str = ""
    first_report: str = ""
    nameless: bool = False
    at_least: bool = False
    given_before: frozenset[float] = frozenset()
    whole_told: bool = False
    in_all: float = 0
    superseded_by: str = ""
    order_assumed: bool = False
    version: int = 0

    @property
    def text(self) -> str:
        """A key that is equal for copies of one version of an article."""
        return f"{self.copy} {self.version}" if self.version else self.copy


class ArticleFacts(Protocol):
    """The facts of an article from which origins and times follow: a record of it has them all."""

    @property
    def id(self) -> str:
        """Its id."""

    @property
    def publisher(self) -> str | None:
        """The id of the source that published it, None if that is not stated."""

    @property
    def published(self) -> Stamp | None:
        """The time of its publication."""

    @property
    def text_kind(self) -> TextKind:
        """The kind of text that the case holds of it."""

    @property
    def text_sha256(self) -> str | None:
        """The SHA-256 of its text, None if there is none."""


class KinshipIndex(NamedTuple):
    """Things that count as one by the findings of persons; those not in it count as themselves.

    `copies` maps a text to the copy that it is of, `houses` an origin to the one that
    represents its house, and `voices` a copy that several published to its origin.
    `versions` numbers the texts of an article of which the case has several versions.
    """

    copies: Mapping[str, str]
    houses: Mapping[str, str]
    voices: Mapping[str, str]
    versions: Mapping[str, int]


NO_KINSHIPS = KinshipIndex({}, {}, {}, {})
"""The index without any findings."""


def origin_of(
    chain: Sequence[str], article: ArticleFacts, speakers: Speakers, kin: KinshipIndex = NO_KINSHIPS
) -> str:
    """The origin of claims with this chain in an article: its last, else the publisher.

    Sources without a name, such as "residents", and a publisher that is not stated
    are a separate origin in each text. Publishers of one house are one origin.
    """
    if not chain:
        copy = copy_of(article, kin)
        own = kin.voices.get(copy) or own_origin(article, speakers, kin)
    elif speakers.get(chain[-1], NOBODY).unnamed:
        return f"{UNKNOWN}{copy_of(article, kin)}:{chain[-1]}"
    else:
        own = chain[-1]
    return kin.houses.get(own, own)


def own_origin(article: ArticleFacts, speakers: Speakers, kin: KinshipIndex = NO_KINSHIPS) -> str:
    """The origin of what an article itself says, before houses are joined."""
    publisher = article.publisher
    if publisher is None:
        return UNKNOWN + copy_of(article, kin)
    unnamed = speakers.get(publisher, NOBODY).unnamed
    return f"{UNKNOWN}{copy_of(article, kin)}:{publisher}" if unnamed else publisher


def is_one(origin: str) -> bool:
    """True if an origin is the same in all of its texts: its name is known, or its house is one."""
    return not origin.startswith(UNKNOWN) or origin.startswith(HOUSE)


def copy_of(article: ArticleFacts, kin: KinshipIndex = NO_KINSHIPS) -> str:
    """A key that is equal for articles that are copies of one text."""
    text = text_of(article)
    return kin.copies.get(text, text)


def text_of(article: ArticleFacts) -> str:
    """A key that is equal for articles with the very same text."""
    return article.text_sha256 or article.id


def slot_of(claim: Claim) -> Slot:
    """The slot of a claim."""
    value = claim.value
    if isinstance(value, Participant):
        return Slot(claim.kind, value.role)
    if isinstance(value, Coded):
        return Slot(claim.kind, value.scheme)
    if claim.kind in TOLLS:
        return Slot(claim.kind, "")
    return Slot(claim.kind, scope_of(claim.scope))


def scope_of(scope: str) -> str:
    """The scope of a number in a form in which blanks and capitals make no difference."""
    return " ".join(scope.lower().split()) if scope else ""


def code_of(value: AnyValue) -> str:
    """A key of the value that is equal for values that say the same, however printed."""
    match value:
        case When():
            return value.edtf
        case Count():
            return f"{value.min}-{value.max}-{value.best}-{value.qualifier}"
        case Distance():
            return f"{value.min:g}-{value.max}"
        case Control():
            return f"{value.state} {value.holder}"
        case Coded():
            return value.code
        case Where():
            return value.place
        case Participant():
            return value.actor
        case None:
            return ""


class SourcedClaim(NamedTuple):
    """One claim with the passage and the article that hold it, and its origin.

    `whole` is the id of the event that its subject is part of. `copy` is the
    same for copies of one text, and `house` for publishers that count as one; it
    begins with `?` if the publisher is not stated.
    """

    claim: Claim
    passage: Passage
    article: ArticleFacts
    origin: str
    copy: str
    house: str
    whole: str = ""
    speaker: Speaker = NOBODY
    version: int = 0

    @property
    def counts_as(self) -> str:
        """The origin as which it counts in the support: organs of one party are one."""
        return self.speaker.party or self.origin


class Voice(NamedTuple):
    """The origin, copy, house, speaker and version of `SourcedClaim`.

    They are the same for all claims of one article with one chain.
    """

    origin: str
    copy: str
    house: str
    speaker: Speaker
    version: int


def voice_of(
    chain: Sequence[str], article: ArticleFacts, speakers: Speakers, kin: KinshipIndex = NO_KINSHIPS
) -> Voice:
    """The voice of the claims of an article that have this chain."""
    origin, copy = origin_of(chain, article, speakers, kin), copy_of(article, kin)
    speaker = (chain[-1] if chain else article.publisher) or ""
    if kin.houses or kin.voices:
        speaker = speaker if origin.startswith(UNKNOWN) else origin
        own = own_origin(article, speakers, kin)
        house = kin.houses.get(own) or article.publisher or UNKNOWN + copy
    else:
        house = article.publisher or UNKNOWN + copy
    version = kin.versions.get(text_of(article), 0) if kin.versions else 0
    return Voice(origin, copy, house, speakers.get(speaker, NOBODY), version)


def sourced(
    claim: Claim,
    passage: Passage,
    article: ArticleFacts,
    speakers: Speakers,
    whole: str,
    kin: KinshipIndex = NO_KINSHIPS,
) -> SourcedClaim:
    """The claim with its passage, article and origin; `whole` as in `SourcedClaim`."""
    origin, copy, house, speaker, version = voice_of(claim.chain, article, speakers, kin)
    return SourcedClaim(claim, passage, article, origin, copy, house, whole, speaker, version)


SEVERAL = (Where, Participant, Coded)
"""The types of values of which one voice can name several at once."""


def happened_of(told: Iterable[SourcedClaim]) -> dict[str, str]:
    """The last day on which each subject can have happened, by its id, if a claim says so."""
    found: dict[str, str] = {}
    for one in told:
        claim = one.claim
        if claim.kind is Kind.DATE and isinstance(claim.value, When) and claim.value.edtf:
            last = bounds(claim.value.edtf).latest
            if last and claim.stance is Stance.ASSERTS:
                found[claim.subject] = max(last, found.get(claim.subject, ""))
    return found


def statements(
    told: Iterable[SourcedClaim], happened: Mapping[str, str] | None = None
) -> list[Statement]:
    """The claims as statements, in the same order; `happened` as from `happened_of`."""
    days = {} if happened is None else happened
    found: list[tuple[SourcedClaim, Slot]] = []
    named: dict[_Voice, set[str]] = {}
    for one in told:
        slot = slot_of(one.claim)
        found.append((one, slot))
        if isinstance(one.claim.value, SEVERAL) and one.claim.stance is Stance.ASSERTS:
            named.setdefault(_voice(one, slot), set()).add(code_of(one.claim.value))
        elif slot.kind in TOLLS:
            named.setdefault(_voice(one, slot), set()).add(group_of(one.claim.scope))
    also = {voice: frozenset(codes) for voice, codes in named.items()}
    return [
        _statement(one, slot, also.get(_voice(one, slot), _NONE), days.get(one.claim.subject, ""))
        for one, slot in found
    ]


_NONE: frozenset[str] = frozenset()

_Voice = tuple[str, str, str, Slot]


def _voice(told: SourcedClaim, slot: Slot) -> _Voice:
    """The key of what one origin says in one article about one slot of one subject."""
    return told.article.id, told.origin, told.claim.subject, slot


def _held_on(claim: Claim, published: Stamp | None) -> str:
    """The last day for which a number is stated: its as-of day, else that of its publication."""
    own = bounds(claim.as_of.edtf).latest if claim.as_of else None
    return own or reported_by(published)


def _statement(told: SourcedClaim, slot: Slot, also: frozenset[str], happened: str) -> Statement:
    claim, article = told.claim, told.article
    published = article.published
    counted = slot.kind in TOLLS
    guessed = published is not None and published.basis is StampBasis.GUESSED
    held_on = _held_on(claim, published) if counted else ""
    return Statement(
        claim=claim.id,
        subject=claim.subject,
        whole=told.whole,
        slot=slot,
        value=claim.value,
        code=code_of(claim.value),
        stance=claim.stance,
        as_of=claim.as_of.edtf if claim.as_of else "",
        aggregate=claim.aggregate,
        article=article.id,
        copy=told.copy,
        version=told.version,
        origin=told.origin,
        published=published.at if published and not guessed else "",
        zone_stated=published is not None and published.basis is StampBasis.STATED,
        also=also,
        compiled=article.text_kind is TextKind.ROW and not claim.chain,
        speaker=told.speaker,
        publisher=told.house if is_one(told.house) else "",
        scope=claim.scope if counted else "",
        happened=happened if counted else "",
        held_until=held_on,
        first_said=held_on,
        sums=counted and sums_up(told.passage.exact),
        replaces=counted and tells_of_change(told.passage.exact),
        rises=counted and tells_of_rise(told.passage.exact),
        nameless=not is_one(told.origin) and (not claim.chain or told.speaker.vague),
        incident=incident_of(told.passage.exact) if counted else "",
        bombers=bombers_of(told.passage.exact) if counted else 0,
    )
