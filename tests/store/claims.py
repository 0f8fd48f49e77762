"""Claims of every kind in a small world, random or written in a test.

Seven articles: two are copies of one text, two state no publisher, one is a
headline, one has no time, and the times of the others are known in every way.
Of the sources two have no name, two are parties to the conflict, and one speaks
for a party.
"""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from hypothesis import strategies as st

from store.analysis.sourced_claim import (
    UNKNOWN,
    Slot,
    SourcedClaim,
    Statement,
    code_of,
    sourced,
    statements,
)
from store.analysis.speakers import NOBODY, Speaker, speakers_of
from store.model.change import Change, Edit
from store.model.records import (
    RECORD_TYPES,
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
from store.model.vocabulary import (
    ActorKind,
    ControlState,
    DateBasis,
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

# a statement in the lines of a test


def statement(
    kind: Kind,
    value: AnyValue = None,
    *,
    origin: str = "agency",
    text: str = "",
    subject: str = "evt_whole",
    scope: str = "",
    stance: Stance = Stance.ASSERTS,
    as_of: str = "",
    at: str = "2024-12-06T09:00Z",
    stated: bool = True,
    aggregate: bool = False,
    also: Iterable[str] = (),
    speaker: Speaker = NOBODY,
    publisher: str = "",
    happened: str = "",
    replaces: bool = False,
    rises: bool = False,
    incident: str = "",
) -> Statement:
    """Make one claim; different origins have different texts unless `text` is given.

    An origin without a name, `?`, is another one in each text.
    """
    text = text or f"text of {origin} at {at}"
    if origin.startswith(UNKNOWN) and not origin.startswith(UNKNOWN + text):
        origin = f"{UNKNOWN}{text}:{origin.removeprefix(UNKNOWN)}"
    toll = kind in TOLLS
    return Statement(
        claim=f"clm_{text}_{origin}_{value}_{scope}_{stance}_{as_of}_{subject}",
        subject=subject,
        whole=PART_OF.get(subject, ""),
        slot=_slot(kind, value, scope),
        value=value,
        code=code_of(value),
        stance=stance,
        as_of=as_of,
        aggregate=aggregate,
        article=f"art_{text}",
        copy=text,
        origin=origin,
        published=at,
        zone_stated=stated,
        also=frozenset(also),
        speaker=speaker,
        publisher=publisher or ("" if origin.startswith(UNKNOWN) else origin),
        scope=scope if toll else "",
        happened=happened,
        held_until=(as_of or at)[:10] if toll else "",
        first_said=(as_of or at)[:10] if toll else "",
        replaces=replaces,
        rises=rises,
        nameless=origin.startswith(UNKNOWN) and speaker in (NOBODY, Speaker(True, True)),
        incident=incident,
    )


def _slot(kind: Kind, value: AnyValue, scope: str) -> Slot:
    if isinstance(value, Coded):
        return Slot(kind, value.scheme)
    if isinstance(value, Participant):
        return Slot(kind, value.role)
    return Slot(kind, "" if kind in TOLLS else scope)


# the world

SOURCES = (
    Source(id="src_agency", name="Agency", kind=SourceKind.WIRE),
    Source(id="src_ministry", name="Ministry", kind=SourceKind.OFFICIAL),
    Source(id="src_paper", name="Paper", kind=SourceKind.OUTLET),
    Source(id="src_radio", name="Radio", kind=SourceKind.OUTLET),
    Source(id="src_residents", name="Residents", kind=SourceKind.UNNAMED),
    Source(id="src_police", name="Police", kind=SourceKind.UNNAMED),
    Source(id="src_army", name="Army", kind=SourceKind.BELLIGERENT, actor="act_army"),
    Source(id="src_spokesman", name="Spokesman", kind=SourceKind.PERSON, speaks_for="act_army"),
    Source(id="src_rebels", name="Rebels", kind=SourceKind.BELLIGERENT, actor="act_rebels"),
)
SPEAKERS = speakers_of(SOURCES)

ACTORS = (
    Actor(id="act_army", name="Army", kind=ActorKind.GOVERNMENT_FORCE),
    Actor(id="act_rebels", name="Rebels", kind=ActorKind.COALITION),
    Actor(id="act_hts", name="HTS", kind=ActorKind.ARMED_GROUP, part_of=("act_rebels",)),
)
PLACES = (
    Place(id="plc_hama", name="Hama", kind=PlaceKind.CITY, precision=1),
    Place(id="plc_homs", name="Homs", kind=PlaceKind.CITY, precision=1),
    Place(id="plc_palace", name="Palace", kind=PlaceKind.SITE, precision=1, within="plc_hama"),
)
WHOLES = {"act_hts": frozenset({"act_rebels"}), "plc_palace": frozenset({"plc_hama"})}

EVENTS = (
    Event(id="evt_whole", title="The whole", type=EventType.CAPTURE),
    Event(id="evt_one", title="One part", type=EventType.ADVANCE, part_of="evt_whole"),
    Event(id="evt_other", title="Other part", type=EventType.CLASH, part_of="evt_whole"),
    Event(id="evt_detail", title="Part of one", type=EventType.CLASH, part_of="evt_one"),
)
PART_OF = {event.id: event.part_of for event in EVENTS if event.part_of}
SUBJECTS = (*(event.id for event in EVENTS), "plc_hama", "act_hts")

_WORDS = ("Dawn", "noon", "dusk", "toll rises to more", "the blast", "clashes")


def _article(
    name: str, publisher: str | None, stamp: Stamp | None, text: str | None = ""
) -> Article:
    """An article that says six things; a headline where `text` is None."""
    words = f"{' '.join(_WORDS)}, {text or name}"
    return Article(
        id=f"art_{name}",
        title=words if text is None else name,
        publisher=publisher,
        published=stamp,
        text_kind=TextKind.HEADLINE if text is None else TextKind.FULL,
        text=None if text is None else words,
        text_sha256=None if text is None else text_hash(words),
    )


_ASSUMED = StampBasis.ZONE_ASSUMED

ARTICLES = (
    _article("stated", "src_paper", Stamp(at="2024-12-01T09:00Z")),
    _article("assumed", "src_radio", Stamp(at="2024-12-01T11:00+05:30", basis=_ASSUMED)),
    _article("copied", None, Stamp(at="2024-12-02"), "one text"),
    _article("copy", "src_paper", Stamp(at="2024-12-03T08:00Z"), "one text"),
    _article("timeless", None, None),
    _article("headline", "src_agency", Stamp(at="2024-12-04T12:00"), None),
    _article("evening", "src_agency", Stamp(at="2024-12-04"), "evening"),
)


def _passages(article: Article) -> Iterable[Passage]:
    words = article.text or article.title or ""
    for word in _WORDS:
        start = words.index(word)
        yield Passage(
            id=f"psg_{article.id}_{start:02}",
            article=article.id,
            start=start,
            end=start + len(word),
            exact=word,
            text_sha256=text_hash(words),
            in_title=article.text is None,
        )


PASSAGES = tuple(passage for article in ARTICLES for passage in _passages(article))

ARTICLE_OF = {passage.id: passage.article for passage in PASSAGES}
ARTICLE = {article.id: article for article in ARTICLES}
PASSAGE = {passage.id: passage for passage in PASSAGES}


def told(claims: Iterable[Claim]) -> list[SourcedClaim]:
    """Claims of this world with the articles and sources that make them."""
    return [
        sourced(
            claim,
            PASSAGE[claim.passage],
            ARTICLE[ARTICLE_OF[claim.passage]],
            SPEAKERS,
            PART_OF.get(claim.subject, ""),
        )
        for claim in claims
    ]


def opening(
    claims: Sequence[Claim],
    articles: Sequence[Article] = ARTICLES,
    events: Sequence[Event] = EVENTS,
    passages: Sequence[Passage] = PASSAGES,
) -> Change:
    """A case of this world and these claims, as the change that opens it."""
    tables: dict[str, Sequence[AnyRecord]] = {
        "case": (Case(id="case_small", schema=SCHEMA, name="small", title="Small"),),
        "actors": ACTORS,
        "places": PLACES,
        "sources": SOURCES,
        "articles": articles,
        "passages": passages,
        "events": events,
        "claims": claims,
    }
    edits = [
        Edit(table, one.id, None, one)
        for table in RECORD_TYPES
        if table in tables
        for one in tables[table]
    ]
    return Change("test", "", "open", edits)


# at random

_FIRST = date(2024, 11, 27)
_days = st.integers(0, 8).map(lambda n: (_FIRST + timedelta(days=n)).isoformat())
_parts = st.one_of(_days, st.just("2024-11"), _days.map("{}~".format))
edtf = st.one_of(
    _days,
    _parts,
    st.lists(_days, min_size=2, max_size=2).map(lambda ends: "/".join(sorted(ends))),
    _days.map("../{}".format),
    _days.map("{}/..".format),
    st.lists(_parts, min_size=2, max_size=3).map(lambda parts: f"[{','.join(parts)}]"),
    st.sampled_from(["2024-11", "2024", "2024~"]),
)
"""Dates of two weeks: days, about days, intervals, open ones, one of several, months, years."""

whens = st.builds(
    When,
    edtf=edtf | st.just(""),
    basis=st.sampled_from([DateBasis.STATED, DateBasis.STATED, DateBasis.CONVENTION]),
)

_numbers = st.integers(0, 12)
counts = st.one_of(
    st.builds(lambda n: Count(min=n, max=n), _numbers),
    st.builds(
        lambda n, more, qualifier: Count(min=n, max=n + more, qualifier=qualifier),
        _numbers,
        st.integers(0, 5),
        st.sampled_from([Qualifier.BETWEEN, Qualifier.ABOUT, Qualifier.AT_MOST]),
    ),
    st.builds(
        lambda n, qualifier: Count(min=n, qualifier=qualifier),
        _numbers,
        st.sampled_from([Qualifier.AT_LEAST, Qualifier.SOME, Qualifier.DOZENS, Qualifier.ABOUT]),
    ),
    st.builds(lambda low, high, best: Count(min=low, max=high, best=best), *[_numbers] * 3),
)
"""Exact, from to, about, at most, at least, dozens, and a data set's, be it low > best > high."""

controls = st.builds(
    Control,
    holder=st.sampled_from([actor.id for actor in ACTORS]),
    state=st.sampled_from(ControlState),
)


def value_of(kind: Kind) -> st.SearchStrategy[AnyValue]:
    """Any value that a claim of this kind can take."""
    match kind:
        case Kind.OCCURRENCE:
            return st.none()
        case Kind.DATE:
            return whens
        case Kind.PLACE:
            return st.builds(Where, place=st.sampled_from([place.id for place in PLACES]))
        case Kind.PARTICIPANT:
            acting = st.sampled_from([actor.id for actor in ACTORS])
            return st.builds(
                Participant, actor=acting, role=st.sampled_from([Role.ATTACKER, Role.TARGET])
            )
        case Kind.CONTROL:
            return controls
        case Kind.DISTANCE:
            return st.builds(
                lambda least, more: Distance(min=least, max=least + more), _numbers, _numbers
            )
        case _ if kind in COUNT_KINDS:
            return counts
        case _:
            code = st.sampled_from(["fighting", "no-fight", "surrender"])
            return code.map(lambda code: Coded(scheme="resistance", code=code, label=code))


_CHAINS = (
    *((), (), (), ("src_agency",), ("src_agency",), ("src_agency", "src_ministry")),
    *(("src_residents",), ("src_police",), ("src_army",), ("src_spokesman",), ("src_rebels",)),
)
_SCOPES = ("", "", "civilians", "children", "soldiers", "customers")
_as_ofs = st.sampled_from(["", "", "2024-11-29", "2024-11-30", "[2024-11-28,2024-12-01]"]) | edtf


@st.composite
def claims_of(
    draw: st.DrawFn,
    kinds: Sequence[Kind] = tuple(Kind),
    subjects: Sequence[str] = SUBJECTS,
    stances: Sequence[Stance] = (Stance.ASSERTS, Stance.ASSERTS, *Stance),
) -> Claim:
    """Any claim of these kinds about these subjects; its id is for `numbered` to give."""
    kind = draw(st.sampled_from(kinds))
    as_of = draw(_as_ofs)
    return Claim(
        id="clm_",
        subject=draw(st.sampled_from(subjects)),
        kind=kind,
        passage=draw(st.sampled_from(PASSAGES)).id,
        stance=draw(st.sampled_from(stances)),
        value=draw(value_of(kind)),
        scope=draw(st.sampled_from(_SCOPES)) if kind in COUNT_KINDS else "",
        as_of=When(edtf=as_of) if as_of else None,
        chain=draw(st.sampled_from(_CHAINS)),
        aggregate=draw(st.integers(0, 9)) == 0,
    )


def numbered(claims: Iterable[Claim]) -> list[Claim]:
    """The claims with an id each."""
    return [
        Claim(
            **{**{name: getattr(one, name) for name in one.__struct_fields__}, "id": f"clm_{n:03}"}
        )
        for n, one in enumerate(claims)
    ]


_AT_ODDS = (
    (Kind.OCCURRENCE, Kind.FATALITIES),
    (Kind.DATE,),
    (Kind.PLACE, Kind.PARTICIPANT),
    (Kind.FATALITIES,),
    (Kind.FATALITIES, Kind.DATE),
    (Kind.CONTROL,),
    (Kind.CONTROL, Kind.OCCURRENCE),
    (Kind.MANNER,),
    (Kind.MANNER, Kind.DATE),
)
"""A few kinds at a time, so that many claims speak of the same."""

_TOGETHER = (("evt_one",), ("evt_whole", "plc_hama"), ("evt_whole", "evt_one", "evt_other"))


@st.composite
def cases(draw: st.DrawFn) -> list[Claim]:
    """The claims of a whole case: on most subjects little is said, on some much, all at odds."""
    much = claims_of(draw(st.sampled_from(_AT_ODDS)), draw(st.sampled_from(_TOGETHER)))
    size = draw(st.integers(2, 14))
    little = draw(st.lists(claims_of(), max_size=4))
    return numbered([*draw(st.lists(much, min_size=size, max_size=size)), *little])


@st.composite
def pairs(draw: st.DrawFn) -> tuple[Statement, Statement]:
    """Two statements that mostly speak of the same, of all kinds."""
    kind = draw(st.sampled_from(Kind))
    few = [kind] if draw(st.integers(0, 9)) else list(Kind)
    subjects = ["evt_one"] if draw(st.integers(0, 4)) else ["evt_one", "evt_other"]
    one, other = numbered(draw(st.tuples(*[claims_of(few, subjects)] * 2)))
    gone = draw(st.sampled_from(["", "", "clm_gone"])), draw(st.sampled_from(["", "", "clm_gone"]))
    a, b = (
        _alone(each)._replace(superseded_by=by, order_assumed=bool(by) and draw(st.booleans()))
        for each, by in zip((one, other), gone, strict=True)
    )
    # who names several does so in further claims of the same text
    names = draw(st.lists(st.sampled_from(["act_army", "plc_homs", "surrender"]), max_size=2))
    return a._replace(also=a.also.union(names)), b._replace(also=b.also.union(names[:1]))


def _alone(claim: Claim) -> Statement:
    """The claim as if nothing else were claimed but the time of its subject."""
    (one,) = statements(told([claim]), {"evt_one": "2024-11-28"})
    return one
