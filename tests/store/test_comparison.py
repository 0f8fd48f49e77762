"""Comparison of the claims about a subject: every statement once, and disputes by value."""

from collections.abc import Iterable, Sequence
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from store.analysis.comparison import Dispute, Disputed, SlotLine, disputed, lined_up
from store.analysis.read_pair import read
from store.analysis.readings import RANK, SHOWN, Reading
from store.analysis.scopes import group_of
from store.analysis.sourced_claim import Slot, Statement, code_of, happened_of, statements
from store.analysis.speakers import Speaker
from store.model.records import Claim
from store.model.values import Coded, Control, Count, Where
from store.model.vocabulary import ControlState, Kind, Qualifier, Stance
from tests.examples import examples
from tests.store.claims import WHOLES, cases, statement, told


def dead(number: int, origin: str, text: str = "", passage: str = "") -> Statement:
    one = statement(Kind.FATALITIES, Count(min=number, max=number), origin=origin, text=text)
    return one._replace(claim=one.claim + passage)


def the_line(*spoken: Statement) -> SlotLine:
    (line,) = lined_up(spoken, WHOLES)
    return line


def sides(found: Iterable[Dispute]) -> list[tuple[str, set[str], set[str]]]:
    """The disputes with the origins on either side."""
    return [
        (one.read.reading.value, {a.origin for a in one.one}, {b.origin for b in one.other})
        for one in found
    ]


def test_a_origin_that_says_it_twice_in_one_article_is_one_voice() -> None:
    again = dead(3, "sohr", passage=" again")
    assert len(the_line(dead(3, "sohr"), again).voices) == 1
    assert len(the_line(dead(3, "sohr"), again, dead(4, "sohr")).voices) == 2
    assert len(the_line(dead(3, "sohr"), again, dead(3, "sohr", text="other")).voices) == 2


def test_what_is_at_odds_is_counted_by_values_and_not_by_voices() -> None:
    line = the_line(
        *(dead(number, f"origin {n} of {number}") for number in (10, 11) for n in "abc")
    )
    assert sides(line.disputes()) == [
        (
            "contradicts",
            {f"origin {n} of 10" for n in "abc"},
            {f"origin {n} of 11" for n in "abc"},
        )
    ]


def test_a_side_holds_only_those_who_are_at_odds_with_somebody_of_the_other() -> None:
    line = the_line(dead(10, "sohr", "1"), dead(11, "sohr", "1"), dead(11, "reuters", "3"))
    assert sorted(sides(line.disputes())) == [
        ("at odds with itself", {"sohr"}, {"sohr"}),
        ("contradicts", {"sohr"}, {"reuters"}),
    ]


def test_a_side_names_first_one_who_is_at_odds_with_the_first_of_the_other() -> None:
    line = the_line(
        dead(10, "sohr", "1"),
        dead(10, "un", "2"),
        dead(11, "sohr", "1"),
        dead(11, "reuters", "4"),
    )
    found, itself = line.disputes()
    assert itself.read.reading is Reading.ITSELF
    assert (found.one[0].origin, found.other[0].origin) == ("sohr", "reuters")
    assert sides([found]) == [("contradicts", {"sohr", "un"}, {"sohr", "reuters"})]


def test_one_pair_of_values_can_be_read_in_three_ways() -> None:
    line = the_line(
        dead(10, "sohr", "1"),
        dead(11, "sohr", "1"),
        dead(11, "reuters", "2"),
        dead(11, "residents", "3")._replace(speaker=Speaker(unnamed=True, vague=True)),
    )
    assert sorted(sides(line.disputes())) == [
        ("at odds with itself", {"sohr"}, {"sohr"}),
        ("contradicts", {"sohr"}, {"reuters"}),
        ("perhaps contradicts", {"sohr"}, {"residents"}),
    ]


def test_a_side_holds_every_passage_where_a_voice_says_so() -> None:
    line = the_line(dead(10, "sohr"), dead(10, "sohr", passage=" again"), dead(11, "reuters"))
    (found,) = line.disputes()
    assert [one.claim.endswith(" again") for one in found.one] == [False, True]


def test_what_is_named_beside_a_value_makes_no_second_value_of_it() -> None:
    def placed(place: str, origin: str, *also: str) -> Statement:
        return statement(Kind.PLACE, Where(place=place), origin=origin, also=(place, *also))

    line = the_line(
        placed("plc_homs", "a"), placed("plc_homs", "b", "plc_tartus"), placed("plc_hama", "c")
    )
    (found,) = line.disputes()
    assert sides([found]) == [("differs", {"a", "b"}, {"c"})]


def test_stale_are_those_that_were_told_too_late() -> None:
    def holds(state: ControlState, at: str, origin: str) -> Statement:
        return statement(
            Kind.CONTROL, Control(holder="act_rebels", state=state), at=at, origin=origin
        )

    held = holds(ControlState.HELD, "2024-12-05", "army")
    early = holds(ControlState.ENCIRCLED, "2024-12-04", "guardian")
    late = holds(ControlState.ENCIRCLED, "2024-12-06", "residents")
    (found,) = the_line(held, early, late).disputes()
    behind = found.one if found.read.first else found.other
    assert (found.read.reading, behind) == (Reading.STALE, (late,))
    assert disputed([found]) == Disputed(stale=1)


def test_each_part_has_lines_of_its_own_but_for_how_it_went() -> None:
    def told_of(subject: str, kind: Kind, code: str, origin: str) -> Statement:
        value = Coded(scheme="resistance", code=code, label=code)
        return statement(kind, value, subject=subject, origin=origin)

    spoken = [
        told_of(subject, kind, f"{subject} {kind}", subject)
        for kind in (Kind.MANNER, Kind.CAUSE)
        for subject in ("evt_one", "evt_other")
    ]
    lines = lined_up(spoken, {})
    assert [(line.slot.kind, len(line.voices)) for line in lines] == [
        (Kind.MANNER, 2),
        (Kind.CAUSE, 1),
        (Kind.CAUSE, 1),
    ]
    (across,) = lines[0].disputes("evt_whole")
    assert across.read.reading is Reading.DIFFERS


def test_who_speaks_alone_stands_to_nobody() -> None:
    line = the_line(dead(10, "sohr"))
    assert line.foremost(line.voices[0]) is None
    assert line.against(line.voices[0]) == []


def test_of_numbers_that_are_far_apart_the_farthest_is_named_first() -> None:
    def fled(number: int) -> Statement:
        value = Count(min=number, qualifier=Qualifier.AT_LEAST)
        return statement(Kind.DISPLACED, value, origin=f"origin of {number}")

    few, many, more = fled(1_000), fled(3_000), fled(9_000)
    line = the_line(few, many, more)
    assert [other.claim for other, _ in line.against(few)] == [more.claim, many.claim]
    assert line.foremost(few) == line.against(few)[0]
    assert line.foremost(many) in line.against(many)


def test_the_passages_of_one_voice_say_together_how_people_died_and_what_is_new() -> None:
    first, second = dead(10, "sohr"), dead(10, "sohr", passage=" again")
    (voice,) = the_line(first, second._replace(replaces=True, incident="clash")).voices
    assert (voice.replaces, voice.incident) == (True, "clash")
    (voice,) = the_line(
        first._replace(incident="explosion"), second._replace(incident="clash")
    ).voices
    assert voice.incident == ""


def test_of_very_many_values_the_lowest_and_highest_are_compared_with_all() -> None:
    few = the_line(*(dead(number, f"origin {number}") for number in range(1, 151)))
    assert few.uncompared == 0
    told_ = [dead(number, f"origin {number}") for number in range(1, 401)]
    line, again = the_line(*told_), the_line(*reversed(told_))
    found = list(line.disputes())
    assert line.uncompared == 396 * 395 // 2
    assert len(found) == 400 * 399 // 2 - line.uncompared
    assert {_pair(one) for one in found} == {_pair(one) for one in again.disputes()}
    for voice in line.voices:
        foremost = line.foremost(voice)
        assert foremost is not None
        assert foremost[1].reading is Reading.CONTRADICTS


# any claims


def lines_of(claims: Sequence[Claim]) -> list[SlotLine]:
    spoken = told(claims)
    return lined_up(statements(spoken, happened_of(spoken)), WHOLES)


def as_they_stand(claims: Sequence[Claim]) -> list[Statement]:
    """Every claim of the lines, with the state of its statement at the origin."""
    spoken = told(claims)
    voices = {_voice_of(one): one for line in lines_of(claims) for one in line.voices}
    return [
        voices[_voice_of(one)]._replace(claim=one.claim)
        for one in statements(spoken, happened_of(spoken))
    ]


def _voice_of(one: Statement) -> object:
    return one.slot, one.article, one.origin, _value(one), one.also


@given(cases())
def test_every_claim_is_of_one_line_and_no_two_voices_are_the_same(claims: list[Claim]) -> None:
    lines = lines_of(claims)
    spoken = {one.claim: one for one in statements(told(claims))}
    voices = [voice for line in lines for voice in line.voices]
    assert len({voice.claim for voice in voices}) == len(voices) <= len(claims)
    for one in spoken.values():
        same = [
            voice
            for voice in voices
            if (voice.subject, voice.slot, voice.article, voice.origin, voice.stance)
            == (one.subject, one.slot, one.article, one.origin, one.stance)
            and code_of(voice.value) == code_of(one.value)
            and (voice.as_of, voice.aggregate) == (one.as_of, one.aggregate)
            and group_of(voice.scope) == group_of(one.scope)
        ]
        assert len(same) == 1


@examples(300)
@given(cases())
def test_a_line_reads_as_the_rule_does(claims: list[Claim]) -> None:
    for line in lines_of(claims):
        for a in line.voices:
            for b in line.voices:
                if a is not b:
                    assert line.read(a, b) == read(a, b, WHOLES)


@examples(300)
@given(cases())
def test_the_foremost_is_the_most_urgent_of_all_others(claims: list[Claim]) -> None:
    for line in lines_of(claims):
        for voice in line.voices:
            others = line.against(voice)
            assert [RANK[found.reading] for _, found in others] == sorted(
                RANK[found.reading] for _, found in others
            )
            foremost = line.foremost(voice)
            if foremost is None:
                assert others == []
            else:
                assert foremost in others
                assert foremost[1].reading is others[0][1].reading


_ODDS = Reading.CONTRADICTS, Reading.PERHAPS_CONTRADICTS
BEFORE = {Reading.GROWN: _ODDS, Reading.ANOTHER_EVENT: (*_ODDS, Reading.GROWN)}
"""What two values are not said to be where somebody else's are read more urgently."""

_Value = tuple[str, str, Stance, str, bool, str]
_Pair = tuple[Slot, Reading, frozenset[tuple[_Value, frozenset[str]]]]


def _value(one: Statement) -> _Value:
    of = group_of(one.scope)
    return one.subject, code_of(one.value), one.stance, one.as_of, one.aggregate, of


def one_by_one(spoken: Sequence[Statement]) -> set[_Pair]:
    """The disputes found by comparing every two statements: each side's value with its claims."""
    found: dict[tuple[Slot, Reading, frozenset[_Value]], dict[_Value, set[str]]] = {}
    for a in spoken:
        for b in spoken:
            reading = read(a, b, WHOLES).reading
            if reading in SHOWN:
                key = a.slot, reading, frozenset((_value(a), _value(b)))
                found.setdefault(key, {}).setdefault(_value(a), set()).add(a.claim)
    return {
        (slot, reading, frozenset((value, frozenset(claims)) for value, claims in of.items()))
        for (slot, reading, values), of in found.items()
        if not any((slot, worse, values) in found for worse in BEFORE.get(reading, ()))
    }


def _pair(found: Dispute) -> _Pair:
    both = (found.one, found.other)
    return (
        found.slot,
        found.read.reading,
        frozenset((_value(side[0]), frozenset(one.claim for one in side)) for side in both),
    )


@examples(300)
@given(cases())
def test_what_is_at_odds_is_what_two_by_two_is(claims: list[Claim]) -> None:
    found = [one for line in lines_of(claims) for one in line.disputes()]
    assert len(found) == len({_pair(one) for one in found})
    assert {_pair(one) for one in found} == one_by_one(as_they_stand(claims))
    voices = {one.claim: one for one in as_they_stand(claims)}
    for one in found:
        a, b = (voices[side[0].claim] for side in (one.one, one.other))
        assert one.read == read(a, b, WHOLES)
        assert all(
            _value(each) == _value(side[0]) for side in (one.one, one.other) for each in side
        )


@examples(300)
@given(cases(), st.randoms(use_true_random=False))
def test_the_order_in_which_claims_came_does_not_matter(claims: list[Claim], dice: Random) -> None:
    mixed = claims.copy()
    dice.shuffle(mixed)
    found, again = (
        [_pair(one) for line in lines_of(these) for one in line.disputes()]
        for these in (claims, mixed)
    )
    assert len(found) == len(again)
    assert set(found) == set(again)


@given(cases())
def test_what_is_at_odds_about_a_subject_is_its_own_or_stands_across(claims: list[Claim]) -> None:
    for line in lines_of(claims):
        every = [_pair(one) for one in line.disputes()]
        for subject in {voice.subject for voice in line.voices}:
            of = list(line.disputes(subject))
            assert all(_pair(one) in every for one in of)
            for one in of:
                a, b = one.one[0].subject, one.other[0].subject
                assert a != b or a == subject
