"""Random cases and changes, both valid and invalid."""

from collections.abc import Iterator, Mapping
from random import Random

import msgspec

from store.database.read_records import INDEXED
from store.database.record_rows import quotes
from store.model.change import Edit
from store.model.judgements import Kinship, KinshipKind
from store.model.records import (
    Actor,
    AnyRecord,
    Article,
    Claim,
    Event,
    Passage,
    Place,
    Source,
    Stamp,
)
from store.model.references import TABLE_OF, references
from store.model.text import text_hash
from store.model.values import AnyValue, Coded, Control, Count, Participant, When, Where
from store.model.vocabulary import (
    ActorKind,
    ControlState,
    DateRule,
    EventType,
    Kind,
    PlaceKind,
    Role,
    SourceKind,
    Stance,
    TextKind,
)

Records = dict[str, AnyRecord]
"""The records of a case by id."""

_MOST = {"act": 4, "plc": 4, "src": 4, "art": 4, "psg": 8, "evt": 4, "clm": 14, "kin": 3}
_IDS = [f"{prefix}_{n}" for prefix, most in _MOST.items() for n in range(most)]
_TEXTS = (
    "Rebels took Hama. The army denies it.",
    "Rebels took Hama. The army denies it. Al-Shām – حماة – stays calm.",
    "Dozens fled at dawn.",
    "",
)
_NAMES = ("Hama", "Rebels", "Café Sham", "The army")


def table_of(id: str) -> str:
    """The table of a record of such a case."""
    return "kinships" if id.startswith("kin_") else TABLE_OF[id[:3]]


def in_order(case: Mapping[str, AnyRecord]) -> Iterator[tuple[str, AnyRecord]]:
    """The records with their tables, each after those that it refers to."""
    for table in INDEXED:
        yield from ((table, one) for id, one in case.items() if table_of(id) == table)


def whole(case: Mapping[str, AnyRecord]) -> bool:
    """True if every reference and every quotation is valid."""
    for one in case.values():
        if any(target not in case for _, target, _ in references(one)):
            return False
        if isinstance(one, Passage):
            article = case[one.article]
            if not isinstance(article, Article) or not quotes(one, article):
                return False
    return True


def some_case(rng: Random) -> Records:
    """A case of about half of the records that there can be."""
    case: Records = {}
    for id in _IDS:
        if rng.random() < 0.6 and (made := _some_record(rng, id, case)):
            case[id] = made
    return case


def some_edits(rng: Random, case: Mapping[str, AnyRecord]) -> list[Edit]:
    """Edits of up to five records of the case, in no order; the result may be invalid."""
    after = dict(case)
    for id in rng.sample(_IDS, rng.randint(1, 5)):
        if id in after and rng.random() < 0.4:
            _withdraw(rng, after, id)
        elif id in after and rng.random() < 0.4:
            after[id] = _one_field_altered(rng, after[id], list(after))
        elif made := _some_record(rng, id, {**after}):
            after[id] = made
    edits = [
        Edit(table_of(id), id, case.get(id), after.get(id))
        for id in _IDS
        if case.get(id) != after.get(id)
    ]
    rng.shuffle(edits)
    return edits


def _one_field_altered(rng: Random, one: AnyRecord, ids: list[str]) -> AnyRecord:
    """The record with another value in one field, on which little or much depends."""
    match one:
        case Claim(value=Participant(role=role)):
            actor = rng.choice([id for id in ids if id.startswith("act")])
            return msgspec.structs.replace(one, value=Participant(actor=actor, role=role))
        case Event() if rng.random() < 0.7:
            return msgspec.structs.replace(one, type=rng.choice(list(EventType)))
        case Event():
            return msgspec.structs.replace(one, title=f"{rng.choice(_NAMES)} is held")
        case Source() if rng.random() < 0.5:
            party = rng.choice([None, *(id for id in ids if id.startswith("act"))])
            return msgspec.structs.replace(one, kind=rng.choice(list(SourceKind)), speaks_for=party)
        case Actor() | Place() | Source():
            return msgspec.structs.replace(one, name=rng.choice(_NAMES))
        case _:
            return one


def _withdraw(rng: Random, case: Records, id: str) -> None:
    """Withdraw a record and, mostly, all that refers to it."""
    del case[id]
    for other in list(case):
        refers = other in case and any(target == id for _, target, _ in references(case[other]))
        if refers and rng.random() < 0.9:
            _withdraw(rng, case, other)


def _some_record(rng: Random, id: str, case: Mapping[str, AnyRecord]) -> AnyRecord | None:
    """A record with this id that refers to others of the case; None where too few are there."""

    def known(prefix: str) -> list[str]:
        return [other for other in case if other.startswith(prefix)]

    def some(prefix: str) -> tuple[str, ...]:
        """Up to two ids of this kind."""
        ids = known(prefix)
        return tuple(rng.sample(ids, min(len(ids), rng.randint(0, 2))))

    def one(prefix: str) -> str | None:
        """The id of one of them, or sometimes none."""
        ids = known(prefix)
        return rng.choice(ids) if ids and rng.random() < 0.8 else None

    name = rng.choice(_NAMES)
    match id[:3]:
        case "act":
            aliases = tuple(rng.sample(_NAMES, 2))
            kind = ActorKind.ARMED_GROUP
            return Actor(
                id=id,
                name=name,
                kind=kind,
                aliases=aliases,
                part_of=some("act"),
                formerly=some("act"),
            )
        case "plc":
            return Place(
                id=id,
                name=name,
                kind=PlaceKind.CITY,
                precision=1,
                latitude=35.25,
                longitude=36.5,
                within=one("plc"),
            )
        case "src":
            kind_of_source = rng.choice(list(SourceKind))
            called = rng.choice((name, "Residents"))
            party = one("act") if rng.random() < 0.4 else None
            return Source(
                id=id, name=called, kind=kind_of_source, actor=one("act"), speaks_for=party
            )
        case "art":
            earlier = [other for other in known("art") if other < id]
            version_of = rng.choice(earlier) if earlier and rng.random() < 0.4 else None
            return _some_article(rng, id, one("src"), version_of)
        case "psg":
            return _some_passage(rng, id, case.get(one("art") or ""))
        case "evt":
            return Event(
                id=id,
                title=f"{name} fell",
                type=rng.choice(list(EventType)),
                planned=rng.random() < 0.5,
                part_of=one("evt"),
                date_rule=rng.choice(list(DateRule)),
            )
        case "kin":
            return _some_kinship(rng, id, known("art"))
        case _:
            return _some_claim(
                rng,
                id,
                one("evt") or one("plc") or one("act"),
                one("psg"),
                one("act"),
                one("plc"),
                some("src"),
            )


def _some_article(rng: Random, id: str, publisher: str | None, version_of: str | None) -> Article:
    text = rng.choice((*_TEXTS, None))
    return Article(
        id=id,
        title="Rebels took Hama" if text is None or rng.random() < 0.5 else None,
        publisher=publisher,
        text_kind=TextKind.HEADLINE if text is None else TextKind.FULL,
        published=rng.choice((None, Stamp(at="2024-12-05"), Stamp(at="2024-12-06T10:00Z"))),
        text=text,
        text_sha256=None if text is None else text_hash(text),
        version_of=version_of,
    )


def _some_passage(rng: Random, id: str, article: AnyRecord | None) -> Passage | None:
    """The first words of a text or a title, cut off somewhere."""
    if not isinstance(article, Article):
        return None
    text = article.text or article.title
    if not text:
        return None
    exact = text[: rng.choice((6, 12, len(text)))]
    return Passage(
        id=id,
        article=article.id,
        start=0,
        end=len(exact),
        exact=exact,
        text_sha256=text_hash(text),
        in_title=not article.text,
    )


def _some_kinship(rng: Random, id: str, articles: list[str]) -> Kinship | None:
    if len(articles) < 2:
        return None
    about, other = rng.sample(articles, 2)
    verdict = rng.choice(list(KinshipKind))
    at = f"2024-12-0{rng.randint(1, 9)}T10:00:00Z"
    return Kinship(id=id, about=about, other=other, verdict=verdict, reason="why", by="Ana", at=at)


def _some_claim(
    rng: Random,
    id: str,
    subject: str | None,
    passage: str | None,
    actor: str | None,
    place: str | None,
    chain: tuple[str, ...],
) -> Claim | None:
    if subject is None or passage is None:
        return None
    values: list[tuple[Kind, AnyValue]] = [
        (Kind.OCCURRENCE, None),
        (Kind.DATE, When(edtf=rng.choice(("2024-12-05", "2024-12", "")))),
        *((Kind.FATALITIES, _some_count(rng)) for _ in range(4)),
        (Kind.MANNER, Coded(scheme="manner", code="by-night", label="by night")),
    ]
    if place:
        values.append((Kind.PLACE, Where(place=place)))
    if actor:
        values.append((Kind.PARTICIPANT, Participant(actor=actor, role=rng.choice(list(Role)))))
        values.append((Kind.CONTROL, Control(holder=actor, state=ControlState.HELD)))
    kind, value = rng.choice(values)
    return Claim(
        id=id,
        subject=subject,
        kind=kind,
        passage=passage,
        stance=rng.choice((Stance.ASSERTS, Stance.ASSERTS, *Stance)),
        value=value,
        scope=rng.choice(("", "", "civilians", "soldiers")) if kind is Kind.FATALITIES else "",
        chain=chain,
    )


def _some_count(rng: Random) -> Count:
    number = rng.randint(1, 9)
    return Count(min=number, max=rng.choice((number, number, None)))
