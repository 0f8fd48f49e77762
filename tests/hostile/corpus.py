"""A case in which every text of every record is an attack.

Each attack gets a whole story: an actor, a place, a source, articles, passages,
events and claims, all of whose texts begin with it, so that it stands where
rows are cut.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec

from store.archive import Archive
from store.document.snapshot import write_case
from store.model.judgements import (
    Assessment,
    Grade,
    Kinship,
    KinshipKind,
    Mark,
    MarkKind,
    Note,
    Ruling,
    RulingKind,
    SavedCondition,
    SavedFilter,
    Tag,
    Verdict,
)
from store.model.records import (
    SCHEMA,
    Actor,
    AnyRecord,
    Article,
    Capture,
    Case,
    Claim,
    DataSet,
    Event,
    FieldReading,
    OriginalSpan,
    Passage,
    Place,
    RowRef,
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
    FieldBasis,
    Flag,
    Kind,
    PlaceKind,
    Qualifier,
    ReadBy,
    Role,
    SourceKind,
    StampBasis,
    Stance,
    TextKind,
)
from tests.hostile.attacks import ALL, ATTACKS, BIG, SENTINEL

FILE_NAME = f"\x1b]0;{SENTINEL}\x07\x1b[31m[bold][$x]\u202e\x9b\n%s{{}} 'case\".json"
"""The name of the case's file."""


def hostile_records(*, big: bool = True) -> Iterator[tuple[str, AnyRecord]]:
    """The `(table, record)` pairs of the case, with the `BIG` texts or without."""
    yield (
        "case",
        Case(
            id=f"case_{ALL}",
            note=ALL,
            schema=SCHEMA,
            name=ALL,
            title=ALL,
            about=ALL,
            coded_by=ALL,
            licence=ALL,
            conventions=(ALL, *ATTACKS.values()),
        ),
    )
    stories = [*ATTACKS.values(), *(BIG.values() if big else ())]
    for number, attack in enumerate(stories):
        yield from _story(number, attack)


def _story(number: int, attack: str) -> Iterator[tuple[str, AnyRecord]]:
    """The records with one attack in every text, and in their ids, too.

    In one function, so that one can see that no text field is left out.
    """
    mark = attack[:200] + f"~{number}"
    actor, place, source = f"act_{mark}", f"plc_{mark}", f"src_{mark}"
    full, headline = f"art_{mark}", f"art_headline_{mark}"
    event, whole = f"evt_{mark}", f"evt_whole_{mark}"
    brief = attack[:6_000]
    names = (attack, f"alias {brief}", mark)
    dataset = f"dst_{mark}"
    yield (
        "datasets",
        DataSet(
            id=dataset,
            note=brief,
            name=attack,
            version=brief,
            licence=brief,
            redistributable=False,
            citation=attack,
        ),
    )
    yield (
        "actors",
        Actor(
            id=actor,
            note=brief,
            name=attack,
            kind=ActorKind.ARMED_GROUP,
            aliases=names,
            part_of=(actor,),
            formerly=(actor,),
            position=brief,
            merged=(f"{actor} gone",),
        ),
    )
    yield (
        "places",
        Place(
            id=place,
            note=brief,
            name=attack,
            kind=PlaceKind.CITY,
            precision=1 + number % 7,
            latitude=35.0,
            longitude=36.0,
            aliases=names,
            within=place,
            basis=brief,
            merged=(f"{place} gone",),
        ),
    )
    yield (
        "sources",
        Source(
            id=source,
            note=brief,
            name=attack,
            kind=SourceKind.UNNAMED,
            aliases=names,
            speaks_for=actor,
            actor=actor,
            merged=(f"{source} gone",),
        ),
    )
    text = f"{attack}\nAs {attack} said, {attack}.\n{ALL}\n"
    yield (
        "articles",
        Article(
            id=full,
            note=brief,
            title=attack or None,
            publisher=source,
            text_kind=TextKind.FULL,
            published=_stamp(number, brief),
            updated=_stamp(number, attack),
            language=brief,
            url=attack,
            text=text,
            text_sha256=text_hash(text),
            raw_sha256=brief,
            dataset=dataset,
            sources=(source,),
            author=attack,
            dateline=brief,
            version_of=headline,
            capture=_capture(brief),
        ),
    )
    title = attack or "a headline"
    yield (
        "articles",
        Article(id=headline, title=title, publisher=None, text_kind=TextKind.HEADLINE),
    )
    said, shown = f"psg_{mark}", f"psg_title_{mark}"
    start = len(attack) + 1
    of_text = _passage(said, full, text, start, start + len(attack) + 9, brief)
    yield "passages", msgspec.structs.replace(of_text, carried_from=shown)
    yield "passages", _passage(shown, headline, title, 0, len(title), brief, in_title=True)
    yield (
        "events",
        Event(
            id=event,
            note=attack,
            title=attack,
            type=list(EventType)[number % len(EventType)],
            planned=number % 3 == 0,
            part_of=whole,
            row=RowRef(dataset=dataset, row=attack, sha256=text_hash(attack)),
            flags=tuple(Flag),
            hint=attack,
            machine=True,
            merged=(f"{event} gone",),
            merged_rows=(RowRef(dataset=dataset, row=brief, sha256=text_hash(attack)),),
        ),
    )
    yield "events", Event(id=whole, title=f"the whole of {attack}", type=EventType.OTHER)
    values = _values(number, brief, actor, place)
    for kind, value in values.items():
        yield (
            "claims",
            Claim(
                id=f"clm_{kind}_{mark}",
                note=brief,
                subject=event,
                kind=kind,
                passage=said,
                stance=Stance.ASSERTS,
                value=value,
                scope=brief if isinstance(value, Count) else "",
                as_of=_when(number, brief) if isinstance(value, Count) else None,
                chain=(source,),
                read_by=ReadBy.MACHINE,
                confidence=number % 101,
            ),
        )
    said_of = ((event, Stance.DENIES), (event, Stance.HEDGES), (whole, Stance.DOUBTS))
    for subject, stance in said_of:
        id_ = f"clm_{stance}_{mark}"
        yield (
            "claims",
            Claim(id=id_, subject=subject, kind=Kind.OCCURRENCE, passage=shown, stance=stance),
        )
    for kind, value in _others(brief, actor).items():
        yield (
            "claims",
            Claim(
                id=f"clm_other_{kind}_{mark}",
                note=brief,
                subject=event,
                kind=kind,
                passage=shown,
                stance=list(Stance)[number % len(Stance)],
                value=value,
                as_of=When(edtf="2024-12-09", printed=brief, note=brief),
            ),
        )
    for subject in (actor, place):
        id_ = f"clm_{subject}"
        value = Coded(scheme=brief, code=brief, label=brief, printed=brief)
        yield (
            "claims",
            Claim(id=id_, subject=subject, kind=Kind.NAME, passage=said, value=value),
        )

    yield from _judged(mark, brief, event, source, f"clm_{subject}")
    yield (
        "kinships",
        Kinship(
            id=f"kin_{mark}",
            about=full,
            other=headline,
            verdict=list(KinshipKind)[number % len(KinshipKind)],
            reason=brief,
            by=brief,
            at="2026-11-22T10:00:00Z",
            note=brief,
        ),
    )


def _judged(
    mark: str, attack: str, event: str, source: str, claim: str
) -> Iterator[tuple[str, AnyRecord]]:
    """Notes and judgements of persons on the records."""
    of_event: dict[str, Any] = {
        "about": event,
        "by": attack,
        "at": "2026-11-22T10:00:00Z",
        "note": attack,
    }
    of_source, of_claim = of_event | {"about": source}, of_event | {"about": claim}
    name = attack or "a name"
    verdict = RulingKind.CONTRADICTS
    other = f"clm_{Stance.DENIES}_{mark}"
    filter_ = SavedCondition(kind=attack, value=attack, label=attack)
    kept = {name: of_event[name] for name in ("by", "at", "note")}
    yield "notes", Note(id=f"not_{mark}", text=attack, private=bool(mark), **of_event)
    yield "tags", Tag(id=f"tag_{mark}", name=name, **of_event)
    yield "marks", Mark(id=f"mrk_{mark}", kind=MarkKind.STAR, **of_event)
    yield "grades", Grade(id=f"grd_{mark}", grade="B", reason=attack, **of_source)
    weak = Verdict.WEAK
    yield "assessments", Assessment(id=f"ass_{mark}", verdict=weak, reason=attack, **of_event)
    ruled = Ruling(id=f"rul_{mark}", other=other, verdict=verdict, reason=attack, **of_claim)
    yield "rulings", ruled
    yield "filters", SavedFilter(id=f"flt_{mark}", name=name, chips=(filter_,), **kept)


def _capture(attack: str) -> Capture:
    field = FieldReading(field=attack, basis=FieldBasis.ASSUMED, note=attack)
    return Capture(
        file=attack,
        imported=attack,
        by=attack,
        tool=attack,
        part=attack,
        at=attack,
        fields=(field,),
    )


def _stamp(number: int, attack: str) -> Stamp:
    return Stamp(
        at=f"2024-12-{1 + number % 28:02}T10:00Z",
        printed=attack,
        basis=StampBasis.GUESSED,
        note=attack,
    )


def _when(number: int, attack: str) -> When:
    return When(
        edtf=f"[2024-11-{1 + number % 28:02},\u2028\x1c\x852024-12-05]",
        basis=DateBasis.UNRESOLVED,
        printed=attack,
        note=attack,
    )


def _passage(
    id_: str,
    article: str,
    text: str,
    start: int,
    end: int,
    attack: str,
    *,
    in_title: bool = False,
) -> Passage:
    return Passage(
        id=id_,
        note=attack,
        article=article,
        start=start,
        end=end,
        exact=text[start:end],
        text_sha256=attack,
        prefix=attack,
        suffix=attack,
        in_title=in_title,
        origin=OriginalSpan(start=start, end=end, raw_sha256=attack),
    )


def _values(number: int, attack: str, actor: str, place: str) -> dict[Kind, AnyValue]:
    """A value of every kind."""
    count = Count(min=number, max=None, qualifier=Qualifier.DOZENS, printed=attack)
    coded = Coded(scheme=attack, code=attack, label=attack, printed=attack)
    given: dict[Kind, AnyValue] = {
        Kind.OCCURRENCE: None,
        Kind.DATE: _when(number, attack),
        Kind.PLACE: Where(place=place, precision=3, printed=attack),
        Kind.PARTICIPANT: Participant(actor=actor, role=Role.ATTACKER, printed=attack),
        Kind.CONTROL: Control(holder=actor, state=ControlState.HELD, printed=attack),
    }
    given |= dict.fromkeys(COUNT_KINDS, count)
    given[Kind.DISTANCE] = Distance(min=number + 0.1, max=number + 1e9, printed=attack)
    return {kind: given.get(kind, coded) for kind in Kind}


def _others(attack: str, actor: str) -> dict[Kind, AnyValue]:
    """Values that do not agree with those of the other article."""
    other = f"not {attack}"
    return {
        Kind.DATE: When(edtf="1982-02", printed=other, note=other),
        Kind.CONTROL: Control(holder=actor, state=ControlState.APPROACHED, printed=other),
        Kind.FATALITIES: Count(min=9_999, max=9_999, printed=other),
        Kind.MISSING: Count(min=9_999, max=9_999, printed=other),
        Kind.DESIGNATION: Coded(scheme=attack, code=other, label=other, printed=other),
        Kind.DISTANCE: Distance(min=1e300, printed=other),
        Kind.WORDS: Coded(scheme=attack, code=other, label=other, printed=other),
    }


def hostile_case(folder: Path, *, big: bool = True) -> Path:
    """Write the case into a folder, under a hostile name."""
    path = folder / FILE_NAME
    write_case(path, hostile_records(big=big))
    return path


def indexed(path: Path) -> Path:
    """The case with the index that a writer leaves beside it, so that it is parsed once."""
    Archive.open(path, author="me", writing=True).close()
    return path
