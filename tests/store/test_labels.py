"""Values in words: dozens stay dozens, and nothing is filled in."""

from typing import NamedTuple

import msgspec
import pytest

from store.model.labels import (
    as_of_text,
    chain_text,
    claim_text,
    count_text,
    ratio_text,
    scoped_text,
    support_text,
    value_text,
)
from store.model.records import Claim
from store.model.values import AnyValue, Coded, Control, Count, Participant, When, Where
from store.model.vocabulary import ControlState, DateBasis, Kind, Qualifier, Role

NAMES = {"act_1": "HTS", "plc_1": "Hama"}


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (None, ""),
        (Count(min=12, max=12), "12"),
        (Count(min=1_200, max=1_500), "1,200 to 1,500"),
        (Count(min=50_000, qualifier=Qualifier.AT_LEAST), "at least 50,000"),
        (Count(min=0, max=40, qualifier=Qualifier.AT_MOST), "at most 40"),
        (Count(min=300, max=300, qualifier=Qualifier.ABOUT), "about 300"),
        (Count(min=10, max=20, qualifier=Qualifier.BETWEEN), "between 10 and 20"),
        (Count(min=10, qualifier=Qualifier.BETWEEN), "10 or more"),
        (Count(min=24, qualifier=Qualifier.DOZENS), "dozens"),
        (Count(min=200, max=999, qualifier=Qualifier.HUNDREDS), "hundreds"),
        (Count(min=3, max=9, best=5), "3 to 9, best estimate 5"),
        (When(edtf="2024-12-05"), "5 Dec 2024"),
        (When(edtf=""), "date unknown"),
        (When(edtf="2024-12", basis=DateBasis.YEAR_ASSUMED), "Dec 2024 (the year is assumed)"),
        (Where(place="plc_1"), "Hama"),
        (Where(place="plc_1", precision=4), "Hama (province)"),
        (Where(place="plc_1", precision=99), "Hama"),
        (Control(holder="act_1", state=ControlState.ENTERED), "entered by HTS"),
        (Participant(actor="act_1", role=Role.ATTACKER), "HTS as attacker"),
        (Participant(actor="act_9", role=Role.VICTIM), "act_9 as victim"),
        (Coded(scheme="aim", code="x", label="remove the regime"), "remove the regime"),
    ],
)
def test_a_value_in_words(value: AnyValue, words: str) -> None:
    assert value_text(value, NAMES) == words


def test_a_claim_says_of_whom_and_when_its_number_was_true() -> None:
    claim = Claim(
        id="clm_1",
        subject="evt_1",
        passage="psg_1",
        kind=Kind.FATALITIES,
        value=Count(min=12, max=12),
        scope="civilians",
        as_of=When(edtf="2024-12-04"),
    )
    assert claim_text(claim, NAMES) == "12 (civilians), as of 4 Dec 2024"


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (Count(min=27, max=27), "27 civilians"),
        (Count(min=24, qualifier=Qualifier.DOZENS), "dozens of civilians"),
        (Count(min=2, qualifier=Qualifier.SOME), "some civilians"),
    ],
)
def test_a_number_with_whose_it_is(value: Count, words: str) -> None:
    kind = Kind.FATALITIES
    claim = Claim(id="clm_1", subject="evt_1", passage="psg_1", kind=kind, value=value)
    assert scoped_text(claim, NAMES) == value_text(value, NAMES)
    assert scoped_text(msgspec.structs.replace(claim, scope="civilians"), NAMES) == words


@pytest.mark.parametrize(
    ("time", "words"),
    [
        ("4 Dec 2024", "as of 4 Dec 2024"),
        ("until 4 Dec 2024", "until 4 Dec 2024"),
        ("from 4 Dec 2024", "from 4 Dec 2024"),
        ("date unknown", "date unknown"),
    ],
)
def test_the_time_of_a_figure(time: str, words: str) -> None:
    assert as_of_text(time) == words


def test_a_publisher_that_is_not_stated_is_said_to_be_that() -> None:
    assert chain_text("", ()) == "publisher not stated"
    assert chain_text("Times", ("Al Jazeera", "SANA")) == "Times → Al Jazeera → SANA"


def test_one_is_one() -> None:
    assert [count_text(n, "origin") for n in (0, 1, 1_000)] == [
        "0 origins",
        "1 origin",
        "1,000 origins",
    ]


class Counts(NamedTuple):
    """The figures from which the words for support are made."""

    articles: int
    publishers: int
    unknown_publishers: int
    origins: int
    unknown_origins: int
    hedges: int
    denials: int


@pytest.mark.parametrize(
    ("counts", "words"),
    [
        ((1, 1, 0, 1, 0, 0, 0), "1 article · 1 publisher · 1 origin"),
        (
            (4, 4, 3, 5, 3, 0, 1),
            "4 articles · publishers: 1 named, 3 unnamed · origins: 2 known, 3 unknown · 1 denial",
        ),
        ((2, 2, 2, 1, 0, 0, 2), "2 articles · 2 publishers, unnamed · 1 origin · 2 denials"),
        ((1, 1, 1, 1, 1, 0, 0), "1 article · 1 publisher, unnamed · 1 origin, unknown"),
        ((1, 1, 0, 1, 0, 2, 0), "1 article · 1 publisher · 1 origin · 2 origins only as hearsay"),
        ((0, 0, 0, 0, 0, 0, 1), "0 articles · 0 publishers · 0 origins · 1 denial"),
    ],
)
def test_support_says_how_many_are_known_and_how_many_more_there_may_be(
    counts: tuple[int, int, int, int, int, int, int], words: str
) -> None:
    assert support_text(Counts(*counts)) == words


@pytest.mark.parametrize(
    ("times", "words"),
    [(2, "×2"), (5.6, "×5.6"), (9.99, "×10"), (25, "×25"), (133.3, "×133"), (40_000, "×40,000")],
)
def test_how_many_times_one_number_is_the_other(times: float, words: str) -> None:
    assert ratio_text(times) == words
