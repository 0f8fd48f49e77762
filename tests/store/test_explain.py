"""The explanation of the rule by which two claims are read."""

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given

from store.analysis.explain import ClaimInWords, rule, teller
from store.analysis.read_pair import read
from store.analysis.readings import Reading
from store.analysis.sourced_claim import Statement
from store.analysis.speakers import Speaker
from store.analysis.supersession import current
from store.model.records import Article, Claim, Stamp
from store.model.values import Coded, Control, Count, When
from store.model.vocabulary import ControlState, Kind, Qualifier, Stance, TextKind
from tests.examples import examples
from tests.store.claims import WHOLES, claims_of, pairs, statement, told

NAMES = {
    "act_rebels": "the rebels",
    "act_army": "the army",
    "plc_hama": "Hama",
}
ORIGINS = {"sohr": "SOHR", "reuters": "Reuters", "army": "Army"}


def words(a: Statement, b: Statement) -> str:
    """The rule for two statements, as they stand beside each other."""
    beside = current([a, b], WHOLES) if a.slot == b.slot else [a, b]
    told = {one.claim: one for one in beside}
    first, second = told[a.claim], told[b.claim]
    return str(rule(read(first, second, WHOLES), *(_told(one, told) for one in (first, second))))


def _told(one: Statement, told: Mapping[str, Statement]) -> ClaimInWords:
    """A claim as text, with the claim that superseded it."""
    by = told.get(one.superseded_by)
    new = _teller(by) if by else None
    if new is None:
        return _teller(one)
    return _teller(one)._replace(replaced_by=f"{new.value}, {new.time}", by_whom=new.origin)


def _teller(one: Statement) -> ClaimInWords:
    claim = Claim(
        id="clm_1",
        subject=one.subject,
        kind=one.slot.kind,
        passage="psg_1",
        stance=one.stance,
        value=one.value,
        scope=one.scope,
        as_of=When(edtf=one.as_of) if one.as_of else None,
    )
    article = Article(
        id="art_1",
        title="One",
        publisher=None,
        text_kind=TextKind.HEADLINE,
        published=Stamp(at=one.published) if one.published else None,
    )
    return teller(claim, article, NAMES, ORIGINS.get(one.origin, "publisher not stated"))


def dead(low: int, origin: str, high: int | None = None, **more: Any) -> Statement:
    qualifier = Qualifier.EXACT if high else Qualifier.AT_LEAST
    value = Count(min=low, max=high, qualifier=qualifier)
    return statement(Kind.FATALITIES, value, origin=origin, **more)


def on(edtf: str, origin: str, at: str = "2024-12-06") -> Statement:
    return statement(Kind.DATE, When(edtf=edtf), origin=origin, at=at)


def holds(state: str, origin: str, at: str, as_of: str = "", stated: bool = True) -> Statement:
    value = Control(holder="act_rebels", state=ControlState(state))
    return statement(Kind.CONTROL, value, origin=origin, at=at, as_of=as_of, stated=stated)


def went(code: str, origin: str) -> Statement:
    return statement(
        Kind.MANNER,
        Coded(scheme="resistance", code=code, label=code.replace("-", " ")),
        origin=origin,
    )


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        (
            on("2024-11-29", "sohr"),
            on("2024-11-30/2024-12-01", "reuters"),
            "29 Nov 2024 and 30 Nov to 1 Dec 2024 cannot both be true."
            " SOHR and Reuters are two different origins.",
        ),
        (
            on("2024-11-30", "sohr"),
            on("2024-11-30/2024-12-01", "reuters"),
            "30 Nov 2024 lies within 30 Nov to 1 Dec 2024. SOHR and Reuters are"
            " two different origins.",
        ),
        (
            on("2024-11-30/2024-12-01", "sohr"),
            on("2024-11-30", "reuters"),
            "30 Nov 2024 lies within 30 Nov to 1 Dec 2024. SOHR and Reuters are"
            " two different origins.",
        ),
        (
            dead(50_000, "sohr"),
            dead(280_000, "reuters", 280_000),
            "at least 50,000 and 280,000: both can be true, but one is 5.6 times the other."
            " SOHR and Reuters are two different origins.",
        ),
        (
            dead(40, "sohr"),
            dead(57, "reuters", 57),
            "at least 40 and 57: both can be true. SOHR and Reuters are two different origins.",
        ),
        (
            dead(14, "sohr", 14, at="2024-12-05"),
            dead(57, "sohr", 57, at="2024-12-06"),
            "SOHR replaced 14 with 57, published 6 Dec 2024. Both are from SOHR.",
        ),
        (
            dead(57, "sohr", 57, text="1", at="2024-12-05"),
            dead(14, "sohr", 14, text="2", at="2024-12-05"),
            "SOHR replaced 14 with 57, published 5 Dec 2024 (the higher figure of one"
            " day is assumed to be the later). Both are from SOHR.",
        ),
        (
            dead(30, "reuters", 30, at="2024-12-05"),
            dead(45, "army", 45, at="2024-12-05", publisher="reuters", replaces=True, rises=True),
            "30 from Reuters was replaced by 45, published 5 Dec 2024, from Army."
            " Reuters and Army are two different origins.",
        ),
        (
            dead(14, "sohr", 14, text="1", at=""),
            dead(15, "sohr", 15, text="2", at=""),
            "14 and 15 cannot both be true. Both are from SOHR.",
        ),
        (
            dead(57, "sohr", 57, as_of="2024-11-30", at="2024-12-01"),
            dead(14, "reuters", 14, as_of="2024-11-29", at="2024-12-02"),
            "14 as of 29 Nov 2024, then 57 as of 30 Nov 2024, ×4.1 apart."
            " SOHR and Reuters are two different origins.",
        ),
        (
            dead(30, "sohr", 30, scope="civilians"),
            dead(30, "army", 30, scope="fighters"),
            "30 civilians and 30 fighters are the same number, but cannot be the same people."
            " SOHR and Army are two different origins.",
        ),
        (
            dead(30, "sohr", 30, scope="civilians"),
            dead(40, "army", 40, scope="fighters"),
            "Not compared: they count different people, or perhaps different people."
            " SOHR and Army are two different origins.",
        ),
        (
            dead(3, "sohr", 3, incident="explosion"),
            dead(40, "reuters", 40, incident="clash"),
            "3 and 40 do not fit, ×13 apart: probably two different incidents."
            " SOHR and Reuters are two different origins.",
        ),
        (
            dead(4, "sohr", 4, text="one"),
            dead(9, "sohr", 9, text="one"),
            "4 and 9 cannot both be true, ×2.2 apart. One text says both, from SOHR.",
        ),
        (
            dead(4, "army", 4, speaker=Speaker(party="act_army")),
            dead(9, "reuters", 9, speaker=Speaker(party="act_army")),
            "4 and 9 cannot both be true, ×2.2 apart. Army and Reuters speak for one party.",
        ),
        (
            statement(Kind.OCCURRENCE, origin="sohr", stance=Stance.HEDGES),
            statement(Kind.OCCURRENCE, origin="army", stance=Stance.DENIES),
            "One reports it as alleged; the other denies it."
            " SOHR and Army are two different origins.",
        ),
        (
            dead(14, "sohr", 14, text="one"),
            dead(14, "sohr", 14, text="two"),
            "Both say the same. Both are from SOHR.",
        ),
        (
            holds("encircled", "reuters", "2024-12-06T11:22Z"),
            holds("held", "army", "2024-12-06T09:15Z"),
            "encircled by the rebels published 6 Dec 2024 11:22Z,"
            " but held by the rebels already published 6 Dec 2024 09:15Z."
            " Reuters and Army are two different origins.",
        ),
        (
            holds("held", "army", "2024-12-06T09:15", as_of="2024-12-06", stated=False),
            holds("encircled", "reuters", "2024-12-06T11:22", as_of="2024-12-06", stated=False),
            "encircled by the rebels as of 6 Dec 2024,"
            " but held by the rebels already as of 6 Dec 2024"
            " (the one published 6 Dec 2024 11:22, the other published 6 Dec 2024 09:15,"
            " and not both time zones are stated). Army and Reuters are two different origins.",
        ),
        (
            holds("held", "army", "", as_of="2024-12-06"),
            holds("encircled", "reuters", "", as_of="2024-12-05"),
            "encircled by the rebels as of 5 Dec 2024, then held by the rebels as of 6 Dec 2024."
            " Army and Reuters are two different origins.",
        ),
        (
            holds("held", "army", ""),
            holds("encircled", "reuters", ""),
            "held by the rebels, and encircled by the rebels: it is not known which came first."
            " Army and Reuters are two different origins.",
        ),
        (
            went("no-fight", "army"),
            went("fighting", "reuters"),
            "no fight or fighting? Both may be true; judge it yourself. Army"
            " and Reuters are two different origins.",
        ),
        (
            statement(Kind.OCCURRENCE, origin="sohr"),
            statement(Kind.OCCURRENCE, origin="army", stance=Stance.DENIES),
            "One asserts what the other denies. SOHR and Army are two different origins.",
        ),
        (
            statement(Kind.OCCURRENCE, origin="sohr"),
            statement(Kind.OCCURRENCE, origin="army", stance=Stance.DOUBTS),
            "One asserts what the other doubts; judge it yourself."
            " SOHR and Army are two different origins.",
        ),
    ],
)
def test_the_rule_in_words(a: Statement, b: Statement, expected: str) -> None:
    assert words(a, b) == expected


def test_who_is_not_known_is_said_so() -> None:
    a = dead(3, "?text 1", 3, text="text 1")
    b = dead(4, "?text 2", 4, text="text 2")
    assert words(a, b).endswith("Two different reports; neither names its publisher.")
    assert words(a, dead(4, "sohr", 4)).endswith(
        "It is not known whether SOHR is independent of a report without a publisher;"
        " they are counted as two."
    )


def test_why_two_are_not_compared_is_said() -> None:
    army = statement(
        Kind.CONTROL,
        Control(holder="act_army", state=ControlState.HELD),
        origin="army",
        as_of="2024",
    )
    assert words(army, holds("held", "reuters", "2024-12-06")).startswith(
        "Not compared: the time of one is not stated"
    )


@examples(300)
@given(pairs())
def test_two_ways_round_the_rule_names_the_same_finer_later_or_stale_one(
    two: tuple[Statement, Statement],
) -> None:
    a, b = two
    there, back = rule(read(a, b, WHOLES), _teller(a), _teller(b)), words(b, a)
    reading = read(a, b, WHOLES).reading
    if reading in (Reading.REFINES, Reading.STALE, Reading.PERHAPS_STALE):
        assert there.values in back
    assert there.values
    assert there.who


@given(claims_of())
def test_every_claim_can_be_put_into_words(claim: Claim) -> None:
    (one,) = told([claim])
    found = teller(claim, one.article, {}, "Agency")
    assert found.value
    assert found.time
