"""A case of three subjects with a thousand claims about each."""

from collections.abc import Callable, Iterator
from random import Random

from store.model.record import make_id
from store.model.records import (
    SCHEMA,
    Actor,
    AnyRecord,
    Article,
    Case,
    Claim,
    Event,
    Passage,
    Place,
    Source,
    Stamp,
)
from store.model.text import text_hash
from store.model.values import (
    COUNT_KINDS,
    AnyValue,
    Coded,
    Control,
    Count,
    Participant,
    When,
    Where,
)
from store.model.vocabulary import (
    ActorKind,
    ControlState,
    EventType,
    Kind,
    PlaceKind,
    Qualifier,
    Role,
    SourceKind,
    StampBasis,
    Stance,
    TextKind,
)

CLAIMS = 1_000
"""Claims about each subject."""
EACH = 5
"""Claims of one article about one subject."""

USUAL, NASTY, TOWN = "evt_usual", "evt_nasty", "plc_0"
SUBJECTS = {
    USUAL: "all kinds, as reports differ",
    NASTY: "500 different counts of the dead",
    TOWN: "who holds a town, over 60 days",
}
"""The claims about each subject."""

_SOURCES, _PLACES, _ACTORS = 60, 4, 3
_QUALIFIERS = (Qualifier.EXACT,) * 7 + (Qualifier.AT_LEAST,) * 2 + (Qualifier.ABOUT,)


def records() -> Iterator[tuple[str, AnyRecord]]:
    """The records of the case, each with its table, sorted by table."""
    draw = Random(1)
    yield "case", Case(id="case_subjects", schema=SCHEMA, name="subjects", title="Subjects")
    for n in range(_ACTORS):
        yield "actors", Actor(id=f"act_{n}", name=f"Actor {n}", kind=ActorKind.ARMED_GROUP)
    for n in range(_PLACES):
        yield "places", Place(id=f"plc_{n}", name=f"Town {n}", kind=PlaceKind.TOWN, precision=1)
    for n in range(_SOURCES):
        kind = SourceKind.UNNAMED if n % 10 == 9 else SourceKind.OUTLET
        yield "sources", Source(id=f"src_{n}", name=f"Source {n}", kind=kind)
    articles = [_article(n, draw) for n in range(CLAIMS // EACH * len(SUBJECTS))]
    yield from (("articles", article) for article in articles)
    passages = [_passage(article, n) for article in articles for n in range(EACH)]
    yield from (("passages", passage) for passage in passages)
    yield "events", Event(id=USUAL, title="The usual", type=EventType.CLASH)
    yield "events", Event(id=NASTY, title="The nasty", type=EventType.ATTACK)
    for n, subject in enumerate(SUBJECTS):
        own = passages[n * CLAIMS : (n + 1) * CLAIMS]
        yield from (("claims", _claim(subject, at, own[at], draw)) for at in range(CLAIMS))


def _article(n: int, draw: Random) -> Article:
    text = f"Report {n}. It happened there, and this was said of it by some and by others."
    zone = draw.choice(("Z", "+02:00", ""))
    day, hour = draw.randrange(1, 29), draw.randrange(24)
    return Article(
        id=f"art_{n}",
        title=f"Report {n}",
        publisher=None if n % 16 == 0 else f"src_{min(int(draw.expovariate(0.1)), _SOURCES - 1)}",
        published=Stamp(
            at=f"2024-12-{day:02}T{hour:02}:15{zone}",
            basis=StampBasis.STATED if zone else StampBasis.ZONE_ASSUMED,
        ),
        text_kind=TextKind.FULL,
        text=text,
        text_sha256=text_hash(text),
    )


def _passage(article: Article, n: int) -> Passage:
    text = article.text or ""
    start, end = n * 12, n * 12 + 12
    return Passage(
        id=make_id("psg", article.id, str(n)),
        article=article.id,
        start=start,
        end=end,
        exact=text[start:end],
        text_sha256=article.text_sha256 or "",
    )


def _claim(subject: str, n: int, passage: Passage, draw: Random) -> Claim:
    kind, value = _SAID[subject](n, draw)
    dated = kind is Kind.CONTROL and n % 4
    return Claim(
        id=make_id("clm", subject, str(n)),
        subject=subject,
        kind=kind,
        passage=passage.id,
        stance=draw.choices(
            list(Stance), (98, 1, 0.5, 0.5) if kind in COUNT_KINDS else (94, 1, 2, 3)
        )[0],
        value=value,
        as_of=When(edtf=_day(draw.randrange(60))) if dated else None,
        chain=(f"src_{draw.randrange(_SOURCES)}",) if draw.random() < 0.4 else (),
    )


def _day(n: int) -> str:
    return f"2024-11-{n + 1:02}" if n < 30 else f"2024-12-{n - 29:02}"


def _usual(n: int, draw: Random) -> tuple[Kind, AnyValue]:
    """Draw the usual kinds in turn, with tolls in every fifth article."""
    match n % EACH:
        case 0:
            return Kind.OCCURRENCE, None
        case 1:
            days = sorted(_day(int(draw.gauss(20, 1.5))) for _ in range(2))
            return Kind.DATE, When(edtf=days[0] if draw.random() < 0.7 else "/".join(days))
        case 2:
            return Kind.PLACE, Where(place=f"plc_{draw.randrange(_PLACES)}")
        case 3 if draw.random() < 0.5:
            code = draw.choice(("fierce", "light", "none"))
            return Kind.MANNER, Coded(scheme="resistance", code=code, label=code)
        case 3:
            actor = f"act_{draw.randrange(_ACTORS)}"
            return Kind.PARTICIPANT, Participant(actor=actor, role=Role.ATTACKER)
        case _:
            return Kind.FATALITIES, _dead(int(draw.gauss(40, 8)), draw)


def _conflicting(n: int, draw: Random) -> tuple[Kind, AnyValue]:
    return Kind.FATALITIES, _dead(n * 7 % 500 + 1, draw)  # each number twice, in no order


def _dead(number: int, draw: Random) -> Count:
    qualifier = draw.choice(_QUALIFIERS)
    most = None if qualifier is Qualifier.AT_LEAST else number
    return Count(min=number, max=most, qualifier=qualifier)


def _control(_: int, draw: Random) -> tuple[Kind, AnyValue]:
    state = draw.choice(list(ControlState))
    return Kind.CONTROL, Control(holder=f"act_{draw.randrange(_ACTORS)}", state=state)


_SAID: dict[str, Callable[[int, Random], tuple[Kind, AnyValue]]] = {
    USUAL: _usual,
    NASTY: _conflicting,
    TOWN: _control,
}
