"""All claims about a subject and its parts, as in the compare view."""

import sqlite3
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.analysis.comparison import HEADS
from store.analysis.readings import FAR, RANK, SHOWN, WEAKER, Reading
from store.model.records import Claim
from store.model.values import AnyValue, Coded, Control, Count, When, Where
from store.model.vocabulary import ControlState, Kind, Qualifier, Stance
from store.queries.compare import Comparison, compare
from tests.examples import examples
from tests.indexes import index_with
from tests.store.claims import ARTICLES, EVENTS, PASSAGES, SUBJECTS, cases, opening


def opened(*claims: Claim) -> sqlite3.Connection:
    return index_with(opening(claims))


def said(
    article: str,
    kind: Kind,
    value: AnyValue = None,
    *chain: str,
    subject: str = "evt_whole",
    word: int = 0,
    stance: Stance = Stance.ASSERTS,
    as_of: str = "",
    scope: str = "",
) -> Claim:
    """A claim of an article of the small world on its first, sixth or eleventh word."""
    start = (0, 5, 10)[word]
    return Claim(
        id=f"clm_{article}_{subject}_{kind}_{start}_{'_'.join(chain)}_{value}_{stance}",
        subject=subject,
        kind=kind,
        passage=f"psg_art_{article}_{start:02}",
        stance=stance,
        value=value,
        chain=tuple(f"src_{name}" for name in chain),
        as_of=When(edtf=as_of) if as_of else None,
        scope=scope,
    )


def exactly(number: int) -> Count:
    return Count(min=number, max=number)


def shown(found: Comparison) -> list[str]:
    """Every line with its statements: publisher, value, reading."""
    return [
        f"{found.groups[line.group].title} | {line.label} | "
        + ", ".join(
            f"{found.articles[voice.article].publisher or 'not stated'}: {voice.value}"
            f" ({voice.reading or 'alone'})"
            for voice in (found.voices[place] for place in line.voices)
        )
        for line in found.lines
    ]


def test_lines_come_in_the_order_of_the_kinds_and_voices_newest_first() -> None:
    found = compare(
        opened(
            said("stated", Kind.FATALITIES, exactly(10)),
            said("copy", Kind.FATALITIES, exactly(11)),
            said("headline", Kind.FATALITIES, Count(min=10, qualifier=Qualifier.AT_LEAST)),
            said("stated", Kind.DATE, When(edtf="2024-11-30")),
            said("assumed", Kind.DATE, When(edtf="2024-11-30/2024-12-01")),
            said("timeless", Kind.OCCURRENCE),
        ),
        "evt_whole",
    )
    assert shown(found) == [
        "The whole | it happened | not stated:  (alone)",
        "The whole | when | Radio: 30 Nov to 1 Dec 2024 (refines), Paper: 30 Nov 2024 (refines)",
        "The whole | killed | Agency: at least 10 (compatible), Paper: 11 (superseded),"
        " Paper: 10 (superseded)",
    ]
    assert [column.publisher for column in found.articles] == [
        "Agency",
        "Paper",
        "Radio",
        "Paper",
        "",
    ]


def test_a_voice_names_its_way_into_print_and_whom_it_stands_against() -> None:
    found = compare(
        opened(
            said("stated", Kind.FATALITIES, exactly(10), "agency", "ministry"),
            said("timeless", Kind.FATALITIES, exactly(57), word=1),
        ),
        "evt_whole",
    )
    timeless, stated = sorted(found.voices, key=lambda voice: voice.origin)[::-1]
    assert (stated.chain, stated.origin, stated.origin_id) == (
        ("Agency", "Ministry"),
        "Ministry",
        "src_ministry",
    )
    assert (timeless.origin, timeless.chain) == ("publisher not stated", ())
    assert timeless.origin_id.startswith("?")
    assert (timeless.exact, stated.exact) == ("noon", "Dawn")
    assert found.voices[stated.against or 0] is timeless
    assert found.voices[timeless.against or 0] is stated


def test_an_event_comes_with_its_parts_and_an_event_about_a_place_with_the_place() -> None:
    claims = [said("stated", Kind.OCCURRENCE, subject=subject) for subject in SUBJECTS[:4]]
    claims += [
        said("stated", Kind.PLACE, Where(place="plc_hama")),
        said(
            "stated",
            Kind.CONTROL,
            Control(holder="act_rebels", state=ControlState.HELD),
            subject="plc_hama",
        ),
    ]
    found = compare(opened(*claims), "evt_whole")
    assert [(group.title, group.kind) for group in found.groups] == [
        ("The whole", "event"),
        ("One part", "part"),
        ("Other part", "part"),
        ("Part of one", "part"),
        ("Hama", "place"),
    ]
    assert [group.title for group in compare(opened(*claims), "evt_one").groups] == [
        "One part",
        "Part of one",
    ]


def test_a_group_of_which_nothing_is_said_is_left_out_but_for_the_subject() -> None:
    found = compare(opened(said("stated", Kind.OCCURRENCE, subject="evt_detail")), "evt_whole")
    assert [group.title for group in found.groups] == ["The whole", "Part of one"]
    assert [group.title for group in compare(opened(), "plc_hama").groups] == ["Hama"]


def went(subject: str, code: str, *chain: str) -> Claim:
    value = Coded(scheme="resistance", code=code, label=code)
    return said("stated", Kind.MANNER, value, *chain, subject=subject)


def test_how_two_parts_went_is_at_odds_on_the_whole_and_on_neither_part() -> None:
    connection = opened(went("evt_one", "no-fight", "agency"), went("evt_other", "fierce"))
    (row,) = compare(connection, "evt_whole").disputes()
    assert (row.reading, row.own) == (Reading.DIFFERS, True)
    assert compare(connection, "evt_one").disputes() == ()


def test_what_a_part_is_at_odds_about_is_not_the_wholes_own() -> None:
    connection = opened(
        said("stated", Kind.FATALITIES, exactly(11), subject="evt_one"),
        said("headline", Kind.FATALITIES, exactly(10), subject="evt_one"),
    )
    (of_whole,) = compare(connection, "evt_whole").disputes()
    (of_part,) = compare(connection, "evt_one").disputes()
    assert (of_whole.own, of_part.own) == (False, True)
    assert of_whole.reading is of_part.reading is Reading.CONTRADICTS
    assert compare(connection, "evt_whole").brief() == ""
    assert compare(connection, "evt_one").brief() == "contradicts: killed (10 / 11)"


def test_who_says_it_twice_in_one_text_stands_there_once_with_the_first_passage() -> None:
    connection = opened(
        said("stated", Kind.FATALITIES, exactly(10), word=2),
        said("stated", Kind.FATALITIES, exactly(10), word=1),
        said("headline", Kind.FATALITIES, exactly(11)),
    )
    found = compare(connection, "evt_whole")
    assert [voice.exact for voice in found.voices] == ["Dawn", "noon"]
    (row,) = found.disputes()
    assert sorted((*row.one, *row.other)) == [0, 1]


def test_the_numbers_of_all_and_of_some_stand_on_one_line_and_say_whose_they_are() -> None:
    connection = opened(
        said("stated", Kind.FATALITIES, exactly(9)),
        said("headline", Kind.FATALITIES, exactly(4), scope="children"),
        said("timeless", Kind.FATALITIES, exactly(12), scope="civilians"),
    )
    assert shown(compare(connection, "evt_whole")) == [
        "The whole | killed | Agency: 4 children (compatible), Paper: 9 (contradicts),"
        " not stated: 12 civilians (contradicts)"
    ]


@pytest.mark.parametrize(
    ("kind", "of", "label"),
    [
        (Kind.POPULATION, "city", "population, city"),
        (Kind.FATALITIES, "civilians", "killed"),
        (Kind.DATE, "", "when"),
    ],
)
def test_a_line_says_what_it_is_about(kind: Kind, of: str, label: str) -> None:
    value = When(edtf="2024") if kind is Kind.DATE else exactly(3)
    found = compare(opened(said("stated", kind, value, scope=of)), "evt_whole")
    assert [line.label for line in found.lines] == [label]


def displaced(*numbers: int) -> Comparison:
    """Numbers of displaced people, each at least this, by as many origins."""
    papers = ("stated", "headline", "timeless", "agency")
    claims = [
        said(paper, Kind.DISPLACED, Count(min=number, qualifier=Qualifier.AT_LEAST))
        for paper, number in zip(papers, numbers, strict=False)
    ]
    return compare(opened(*claims), "evt_whole")


def test_numbers_that_can_both_be_true_and_are_far_apart_are_set_against_the_farthest() -> None:
    found = displaced(50_000, 280_000, 100_000)
    assert {voice.reading for voice in found.voices} == {Reading.FAR_APART}
    assert {voice.value: voice.apart for voice in found.voices} == {
        "at least 50,000": pytest.approx(5.6),
        "at least 280,000": pytest.approx(5.6),
        "at least 100,000": pytest.approx(2.8),
    }
    for place, voice in enumerate(found.voices):
        assert voice.at_odds
        assert voice.against == found.stands(place)[0].other
        assert f"{voice.apart:.1f} times the other" in found.stands(place)[0].rule
    assert {row.reading for row in found.disputes()} == {Reading.FAR_APART}
    assert found.brief().startswith("far apart: displaced (at least ")


def test_numbers_that_are_not_more_than_twice_as_many_are_not_far_apart() -> None:
    assert [(one.apart, one.at_odds) for one in displaced(50_000, 100_000).voices] == [
        (0, False)
    ] * 2
    more = displaced(50_000, 100_500).voices
    assert [one.apart for one in more] == [pytest.approx(2.01)] * 2
    assert all(one.at_odds for one in more)


# any case


@given(cases())
def test_a_voice_shows_the_most_urgent_of_how_it_stands(claims: list[Claim]) -> None:
    connection = opened(*claims)
    for subject in SUBJECTS:
        found = compare(connection, subject)
        for place, voice in enumerate(found.voices):
            stands, foremost = found.stands(place), found.foremost(place)
            if foremost is None:
                assert (voice.reading, voice.against, stands) == (None, None, ())
                continue
            assert (foremost.other, foremost.reading) == (voice.against, voice.reading)
            assert foremost.reading is stands[0].reading
            assert foremost in stands
            assert voice.first is foremost.first
            assert RANK[foremost.reading] == min(RANK[one.reading] for one in stands)
            assert foremost.reading in WEAKER or not voice.apart
            if foremost.reading is Reading.FAR_APART:
                assert voice.apart > FAR


@given(cases())
def test_rows_refer_to_each_other(claims: list[Claim]) -> None:
    connection = opened(*claims)
    for subject in SUBJECTS:
        found = compare(connection, subject)
        places = [place for line in found.lines for place in line.voices]
        assert places == list(range(len(found.voices)))
        for n, line in enumerate(found.lines):
            assert all(found.voices[place].line == n for place in line.voices)
        for row in found.disputes():
            assert row.reading in SHOWN
            assert row.one
            assert row.other
            assert not set(row.one) & set(row.other)


@given(cases())
def test_what_is_a_subjects_own_is_what_the_index_counts(claims: list[Claim]) -> None:
    connection = opened(*claims)
    counted = {
        subject: counts
        for subject, *counts in connection.execute(
            "SELECT subject, contradicts, differs, stale, apart FROM disputes"
        )
    }
    for subject in SUBJECTS:
        own = [row.reading for row in compare(connection, subject).disputes() if row.own]
        by_head = [sum(own.count(one) for one in readings) for readings in HEADS]
        assert by_head == counted.get(subject, [0, 0, 0, 0])


Content = tuple[set[object], set[object]]


def content(found: Comparison) -> Content:
    """The content of a comparison, regardless of the order of its rows."""
    names = [
        (
            found.groups[found.lines[voice.line].group].id,
            found.lines[voice.line].label,
            found.articles[voice.article].id,
            voice.origin_id,
            voice.stance,
            voice.detail,
            voice.as_of,
        )
        for voice in found.voices
    ]
    voices = {(name, voice.reading) for name, voice in zip(names, found.voices, strict=True)}
    rows = {
        (
            row.reading,
            row.own,
            frozenset(frozenset(names[place] for place in side) for side in (row.one, row.other)),
        )
        for row in found.disputes()
    }
    return set(voices), set(rows)


@examples(200)
@given(cases(), st.randoms(use_true_random=False))
def test_the_order_of_an_import_does_not_matter(claims: list[Claim], dice: Random) -> None:
    mixed, articles = claims.copy(), list(ARTICLES)
    passages, events = list(PASSAGES), list(EVENTS)
    for records in (mixed, articles, passages, events):
        dice.shuffle(records)
    again = index_with(opening(mixed, articles, events, passages))
    first = opened(*claims)
    for subject in SUBJECTS:
        assert content(compare(first, subject)) == content(compare(again, subject))
