"""What comparing two claims depends on, and nothing else of them."""

from collections.abc import Iterable
from typing import NamedTuple, Protocol

from store.model.records import Claim, Passage, Source, Stamp
from store.model.values import AnyValue, Coded, Control, Count, Distance, Participant, When, Where
from store.model.vocabulary import Kind, SourceKind, StampBasis, Stance, TextKind

UNKNOWN = "?"
"""What the root of a claim begins with where nobody knows who it is."""


class Slot(NamedTuple):
    """What a claim speaks of: its kind, and of which scope, scheme or role."""

    kind: Kind
    of: str


class Statement(NamedTuple):
    """One claim with who says it and when.

    `subject` is the id of what it is about, `whole` that of the event which this
    one is part of, empty where it is part of none. `copy` is the same for articles
    that are copies of one text. `root` is the id of the origin; where that is
    unknown it begins with `?` and is equal to no root of another text.
    `published` is the article's time in ISO 8601, empty where it is not stated,
    and `zone_stated` says whether its zone is certain. `also` holds the ids or
    codes that the same root names in the same text for the same slot. It is
    `compiled` if a data set says it of itself in one of its rows.
    """

    claim: str
    subject: str
    whole: str
    slot: Slot
    value: AnyValue
    stance: Stance
    as_of: str
    aggregate: bool
    article: str
    copy: str
    root: str
    published: str
    zone_stated: bool
    also: frozenset[str]
    compiled: bool = False


class Printed(Protocol):
    """What of an article matters to who says what, and when: a record of it has all this."""

    @property
    def id(self) -> str:
        """Its id."""

    @property
    def publisher(self) -> str | None:
        """The id of the source that published it, None where that is not stated."""

    @property
    def published(self) -> Stamp | None:
        """When it was published."""

    @property
    def text_kind(self) -> TextKind:
        """What of it the case holds."""

    @property
    def text_sha256(self) -> str | None:
        """The SHA-256 of its text, None where there is none."""


def root_of(claim: Claim, article: Printed, unnamed: frozenset[str]) -> str:
    """The origin of a claim: the last of its chain, else the publisher.

    `unnamed` holds the ids of the sources that nobody can tell apart, such as
    "residents"; they and a publisher that is not stated are a root of their own
    in each text.
    """
    origin = claim.chain[-1] if claim.chain else article.publisher
    if origin is None:
        return UNKNOWN + copy_of(article)
    return f"{UNKNOWN}{copy_of(article)}:{origin}" if origin in unnamed else origin


def copy_of(article: Printed) -> str:
    """What articles that are copies of one text share."""
    return article.text_sha256 or article.id


def is_unnamed(source: Source) -> bool:
    """Whether the source is nobody in particular."""
    return source.kind is SourceKind.UNNAMED


def slot_of(claim: Claim) -> Slot:
    """What the claim speaks of."""
    value = claim.value
    if isinstance(value, Participant):
        return Slot(claim.kind, value.role)
    if isinstance(value, Coded):
        return Slot(claim.kind, value.scheme)
    return Slot(claim.kind, scope_of(claim.scope))


def scope_of(scope: str) -> str:
    """What a number counts, so that blanks and capitals make no other of it."""
    return " ".join(scope.lower().split()) if scope else ""


def code_of(value: AnyValue) -> str:
    """What the value says, as a key: the same for values that say the same, however printed."""
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


class Told(NamedTuple):
    """One claim with the passage and the article that hold it, and its root.

    `whole` is the id of the event that its subject is part of.
    """

    claim: Claim
    passage: Passage
    article: Printed
    root: str
    whole: str = ""


SEVERAL = (Where, Participant, Coded)
"""Values of which one voice can name several at once."""


def statements(told: Iterable[Told]) -> list[Statement]:
    """The claims as statements, in the same order."""
    found: list[tuple[Told, Slot]] = []
    named: dict[_Voice, set[str]] = {}
    for one in told:
        slot = slot_of(one.claim)
        found.append((one, slot))
        if isinstance(one.claim.value, SEVERAL) and one.claim.stance is Stance.ASSERTS:
            named.setdefault(_voice(one, slot), set()).add(code_of(one.claim.value))
    also = {voice: frozenset(codes) for voice, codes in named.items()}
    return [_statement(one, slot, also.get(_voice(one, slot), _NONE)) for one, slot in found]


_NONE: frozenset[str] = frozenset()

_Voice = tuple[str, str, str, Slot]


def _voice(told: Told, slot: Slot) -> _Voice:
    """Who names several values at once: one root in one text, of one slot of one subject."""
    return told.article.id, told.root, told.claim.subject, slot


def _statement(told: Told, slot: Slot, also: frozenset[str]) -> Statement:
    claim, article = told.claim, told.article
    published = article.published
    return Statement(
        claim=claim.id,
        subject=claim.subject,
        whole=told.whole,
        slot=slot,
        value=claim.value,
        stance=claim.stance,
        as_of=claim.as_of.edtf if claim.as_of else "",
        aggregate=claim.aggregate,
        article=article.id,
        copy=copy_of(article),
        root=told.root,
        published=published.at if published else "",
        zone_stated=published is not None and published.basis is StampBasis.STATED,
        also=also,
        compiled=article.text_kind is TextKind.ROW and not claim.chain,
    )
