"""Corrected claims of the bundled case, which once said more or less than their reports."""

import pytest

from store.model.records import Claim
from store.model.values import Coded as Worded
from store.model.values import Control, Count, Participant, When, Where
from store.model.vocabulary import Kind
from tests.seeds.test_disagreements import Reports

OPPOSED = "Armed Islamist movement against the Baath party"
LISTED = "Rebels or HTS listed as a terrorist organisation"
AFFILIATED = "HTS affiliated with al-Qaeda (formerly)"
ANNOUNCED = "Syrian army announces a temporary withdrawal"
LEFT_ALEPPO = "Syrian army withdraws from Aleppo"
BEGAN = "Rebel offensive of November 2024"
PARTED = "HTS distances itself from al-Qaeda"
REPELLED = "Government repels rebels in northern Hama"

HEDGED = "hedges"
"""The stance of what a report hedges ("reportedly")."""

SAYS = [
    # report, event, actor or place, kind, value, stance, origin
    (
        "004",
        "Small part of Idlib province",
        "control",
        "Syrian rebels: held",
        "asserts",
        "Times of Oman",
    ),
    ("001", "Areas on Syria's periphery", "control", "Syrian rebels: held", "asserts", ""),
    ("000", "Syrian rebels", "designation", "listed-by: us", "asserts", ""),
    ("000", "Syrian rebels", "designation", "listed-by: un", "asserts", ""),
    ("000", LISTED, "designation", "listed-by: un", "asserts", ""),
    ("004", LISTED, "designation", "listed-by: russia", "asserts", "Al Jazeera"),
    (
        "002",
        "Ukrainian support for the rebels (alleged)",
        "occurrence",
        "",
        HEDGED,
        "Russian government",
    ),
    ("000", LISTED, "participant", "target: Syrian rebels", "asserts", ""),
    ("000", LISTED, "participant", "speaker: United States", "asserts", ""),
    ("000", LISTED, "participant", "speaker: United Nations", "asserts", ""),
    ("004", LISTED, "participant", "target: Hayat Tahrir al-Sham", "asserts", "Al Jazeera"),
    ("004", LISTED, "participant", "speaker: United States", "asserts", "Al Jazeera"),
    ("004", LISTED, "participant", "speaker: Syrian government", "asserts", "Al Jazeera"),
    ("004", LISTED, "participant", "speaker: Russia", "asserts", "Al Jazeera"),
    ("003", AFFILIATED, "participant", "party: Al-Qaeda", "asserts", ""),
    ("004", AFFILIATED, "participant", "party: Al-Qaeda", "asserts", "Times of Oman"),
    ("004", PARTED, "participant", "party: Al-Qaeda", "asserts", "Times of Oman"),
    ("003", OPPOSED, "participant", "target: Baath party", "asserts", ""),
    ("003", "Syrian rebels", "designation", "composition: include-terror-groups", "asserts", ""),
    ("004", REPELLED, "manner", "result: repelled", "asserts", "SANA"),
    ("001", "Rebels advance on Hama", "occurrence", "", HEDGED, ""),
    ("001", "Rebels advance on Hama", "date", "2024-12-01", HEDGED, ""),
    ("004", "People flee the fighting", "occurrence", "", HEDGED, "Times of Oman"),
    ("004", "People flee the fighting", "displaced", "2000", HEDGED, "Times of Oman"),
    ("003", "Rebels take Hama", "manner", "consequence: opens-way-to-homs", HEDGED, ""),
    (
        "003",
        "Government control collapses in the north",
        "cause",
        "cause: hezbollah-weakened",
        HEDGED,
        "",
    ),
    ("001", "Conflict dormant for years", "occurrence", "", "asserts", ""),
    (
        "000",
        "Years without significant rebel gains",
        "occurrence",
        "",
        "asserts",
        "Syrian army and rebel sources",
    ),
    ("000", "Armed rebellion in Syria", "occurrence", "", "asserts", ""),
    ("000", "Armed rebellion in Syria", "place", "Syria", "asserts", ""),
    ("000", "Armed rebel groups form", "date", "2011", "asserts", ""),
    ("003", "Insurgency becomes a civil war", "date", "../2012-06~", "asserts", ""),
    ("003", BEGAN, "date", "[2024-11-27,2024-11-28]", "asserts", ""),
    ("001", ANNOUNCED, "date", "2024-11-29", "asserts", ""),
    ("001", ANNOUNCED, "date", "2024-11-25/2024-12-01", "asserts", ""),
    ("001", LEFT_ALEPPO, "date", "2024-11-29", "asserts", "Syrian army"),
    ("001", LEFT_ALEPPO, "date", "2024-11-25/2024-12-01", "asserts", ""),
]
"""What a report says now: the value in short, and the name of its origin (empty: not stated)."""

SAYS_NOT = [
    ("004", "Idlib province", "control", "Syrian rebels: contested"),
    ("001", "Syria", "control", "Syrian rebels: contested"),
    ("000", "Hayat Tahrir al-Sham", "designation", "listed-by: us"),
    ("000", "Hayat Tahrir al-Sham", "designation", "listed-by: un"),
    ("003", "Syrian rebels", "name", "label: terrorists"),
    ("004", "Northern Hama", "control", "Government forces: held"),
    ("003", BEGAN, "date", ""),
    ("003", "Insurgency becomes a civil war", "date", "2011-03/2012-06~"),
    ("002", "Protests across Syria in 2011", "place", "Hama"),
]
"""What no report says of it."""


@pytest.fixture(scope="module")
def reports() -> Reports:
    return Reports()


def in_short(reports: Reports, claim: Claim) -> str:
    """The value of a claim in a few words, by names instead of ids."""
    match claim.value:
        case When(edtf=edtf):
            return edtf
        case Count(min=least):
            return str(least)
        case Control(holder=holder, state=state):
            return f"{reports.names[holder]}: {state}"
        case Participant(actor=actor, role=role):
            return f"{role}: {reports.names[actor]}"
        case Where(place=place):
            return reports.names[place]
        case Worded(scheme=scheme, code=code):
            return f"{scheme}: {code}"
        case _:
            return ""


def said(reports: Reports, report: str, subject: str, kind: str) -> set[tuple[str, str, str]]:
    """Value, stance and origin of what a report says of a kind about a subject."""
    return {
        (in_short(reports, claim), claim.stance.value, reports.chain(claim)[-1])
        for claim in reports.claims(subject, Kind(kind), report)
    }


@pytest.mark.parametrize(("report", "subject", "kind", "value", "stance", "origin"), SAYS)
def test_a_mended_claim_says_what_its_report_does(
    report: str, subject: str, kind: str, value: str, stance: str, origin: str, reports: Reports
) -> None:
    assert (value, stance, origin) in said(reports, report, subject, kind)


@pytest.mark.parametrize(("report", "subject", "kind", "value"), SAYS_NOT)
def test_what_the_report_does_not_say_is_not_claimed(
    report: str, subject: str, kind: str, value: str, reports: Reports
) -> None:
    assert value not in {one for one, _, _ in said(reports, report, subject, kind)}


def test_sana_is_no_origin_of_the_fighting_north_of_hama(reports: Reports) -> None:
    told = said(reports, "", "Heavy fighting north of Hama", "occurrence")
    assert told == {("", "asserts", ""), ("", "asserts", "Al Jazeera")}


def test_one_report_alone_has_the_front_lines_unchanged(reports: Reports) -> None:
    told = reports.claims("Front lines largely unchanged since 2020", Kind.OCCURRENCE)
    assert [reports.report(claim) for claim in told] == ["004"]


def test_the_fall_of_hama_opens_a_way_and_is_no_move_on_homs(reports: Reports) -> None:
    told = reports.claims("Rebel move on Homs (expected)", Kind.OCCURRENCE)
    assert {reports.report(claim) for claim in told} == {"000"}
    assert ("consequence: opens-way-to-homs", "") in {
        (value, origin) for value, _, origin in said(reports, "003", "Rebels take Hama", "manner")
    }


def test_eight_days_are_counted_from_an_anchor_that_is_named(reports: Reports) -> None:
    (counted,) = [
        claim.value
        for claim in reports.claims(BEGAN, Kind.DATE, "003")
        if claim.value and claim.value.printed == "eight days ago"
    ]
    assert isinstance(counted, When)
    assert counted.basis == "relative-to-event"
    assert "5 December 2024" in counted.note


def test_the_announcement_of_the_withdrawal_has_the_day_of_the_fall(reports: Reports) -> None:
    assert reports.dates(ANNOUNCED) == {"001": {"2024-11-29", "2024-11-25/2024-12-01"}}
    printed = {claim.value.printed for claim in reports.claims(ANNOUNCED, Kind.DATE) if claim.value}
    assert printed == {"Two days later", "Last week"}


def test_the_protests_of_2011_are_placed_in_syria(reports: Reports) -> None:
    told = reports.claims("Protests across Syria in 2011", Kind.PLACE)
    assert {in_short(reports, claim) for claim in told} == {"Syria"}


def test_those_who_fled_are_counted_by_the_time_of_writing(reports: Reports) -> None:
    bounds = {
        (reports.report(claim), claim.as_of.edtf if claim.as_of else "")
        for claim in reports.claims("People flee the fighting", Kind.DISPLACED)
    }
    assert bounds == {("002", "../2024-12-04"), ("003", "../2024-12-06"), ("004", "2024-12-02")}


def test_sources_that_are_listed_at_the_end_are_those_of_the_article(reports: Reports) -> None:
    listed = {
        reports.report_of[article.id]: [reports.coded.sources[key].name for key in article.sources]
        for article in reports.coded.articles.values()
        if article.sources
    }
    assert listed == {
        "002": [
            "Syrian Observatory for Human Rights",
            "SANA",
            "The New Arab",
            "Syria TV",
            "The Moscow Times",
            "The National",
        ]
    }
    relayed = {
        reports.chain(claim)[-1] for claim in reports.coded.claims if reports.report(claim) == "002"
    }
    assert not relayed.intersection(listed["002"]), "they are the origin of no claim"
