"""The reading of two sets, nested codes, degrees, distances or quoted words."""

from typing import Any

import pytest

from store.analysis.read_pair import PairReading, read
from store.analysis.readings import NotComparable, Reading, Voices
from store.analysis.relations import Relation
from store.analysis.sourced_claim import Slot, Statement, code_of
from store.analysis.speakers import NOBODY, Speaker
from store.model.values import AnyValue, Coded, Distance
from store.model.vocabulary import DEGREES, Kind

DEGREE = "degree-of-support"


def said(
    origin: str, kind: Kind, scheme: str, value: AnyValue, *also: str, **more: Any
) -> Statement:
    fields: dict[str, Any] = {
        "claim": f"clm_{origin}{code_of(value)}",
        "subject": "evt_a",
        "whole": "",
        "slot": Slot(kind, scheme),
        "value": value,
        "code": code_of(value),
        "stance": "asserts",
        "as_of": "",
        "aggregate": False,
        "article": f"art_{origin}",
        "copy": f"art_{origin}",
        "origin": origin,
        "published": "",
        "zone_stated": True,
        "also": frozenset({code_of(value), *also}),
        "speaker": NOBODY,
    }
    return Statement(**(fields | more))


def coded(origin: str, scheme: str, code: str, *also: str, **more: Any) -> Statement:
    kind = more.pop("kind", Kind.SUPPORT)
    return said(origin, kind, scheme, Coded(scheme=scheme, code=code, label=code), *also, **more)


def far(origin: str, least: float, most: float | None, **more: Any) -> Statement:
    return said(origin, Kind.DISTANCE, "", Distance(min=least, max=most), **more)


def both(a: Statement, b: Statement) -> PairReading:
    """Read the first against the second, and check both directions."""
    found, back = read(a, b, {}), read(b, a, {})
    assert (found.reading, found.relation) == (back.reading, back.relation)
    return found


def test_two_sets_with_some_in_common_and_some_besides_on_both_sides_agree_in_part() -> None:
    un = coded("r1", "listed-by", "un", "us")
    syria = coded("r2", "listed-by", "syria", "us")
    assert both(un, syria).reading is Reading.PARTLY


def test_what_both_sets_name_is_not_at_odds_with_the_rest() -> None:
    common = coded("r1", "listed-by", "us", "un")
    assert both(common, coded("r2", "listed-by", "syria", "us")).reading is Reading.COMPATIBLE


def test_a_set_within_the_other_is_only_less_complete() -> None:
    one = coded("r1", "backed-by", "russia")
    assert both(one, coded("r2", "backed-by", "iran", "russia")).reading is Reading.COMPATIBLE


def test_sets_with_none_in_common_differ() -> None:
    assert both(coded("r1", "aim", "a"), coded("r2", "aim", "b", "c")).reading is Reading.DIFFERS


def test_of_another_scheme_something_in_common_is_enough() -> None:
    a, b = coded("r1", "means", "a", "c"), coded("r2", "means", "b", "c")
    assert both(a, b).reading is Reading.COMPATIBLE


def test_a_code_lies_within_the_one_that_it_begins_with() -> None:
    part = coded("r1", "cause", "war/fighting/strikes", kind=Kind.CAUSE)
    for whole in ("war", "war/fighting"):
        found = read(part, coded("r2", "cause", whole, kind=Kind.CAUSE), {})
        assert (found.reading, found.first) == (Reading.REFINES, True)
    other = coded("r2", "cause", "war/fight", kind=Kind.CAUSE)
    assert both(part, other).reading is Reading.DIFFERS, "a code, not the letters of one"


@pytest.mark.parametrize("scale", DEGREES[DEGREE])
def test_two_degrees_of_one_scale_differ_and_the_higher_is_known(scale: tuple[str, ...]) -> None:
    low, high = coded("r1", DEGREE, scale[0]), coded("r2", DEGREE, scale[-1])
    found = both(low, high)
    assert (found.reading, found.relation) == (Reading.DIFFERS, Relation.DEGREE)
    assert not found.first
    assert read(high, low, {}).first
    assert found.reversed().first, "turned round it still says which is the higher"


def test_degrees_of_two_scales_can_both_be_true() -> None:
    a, b = coded("r1", DEGREE, "thinned"), coded("r2", DEGREE, "unconditional")
    assert both(a, b).reading is Reading.COMPATIBLE


def test_two_degrees_by_two_who_speak_for_one_party() -> None:
    party = Speaker(party="act_a")
    a = coded("r1", DEGREE, "conditional", speaker=party)
    b = coded("r2", DEGREE, "unconditional", speaker=party)
    assert both(a, b).reading is Reading.ONE_PARTY


def test_two_degrees_in_one_text_are_at_odds_with_themselves() -> None:
    a, b = coded("r1", DEGREE, "thinned"), coded("r1", DEGREE, "intensified")
    found = both(a, b)
    assert (found.reading, found.voices) == (Reading.ITSELF, Voices.ONE_TEXT)


def test_a_wider_bound_of_a_later_day_is_perhaps_stale() -> None:
    near = far("r1", 0, 3, as_of="2024-12-02")
    wide = far("r2", 0, 10, published="2024-12-04")
    found = read(wide, near, {})
    assert (found.reading, found.first) == (Reading.PERHAPS_STALE, True)


def test_who_comes_nearer_is_not_at_odds() -> None:
    wide, near = far("r1", 0, 10, as_of="2024-12-02"), far("r2", 0, 3, as_of="2024-12-04")
    assert both(wide, near).reading is Reading.COMPATIBLE


@pytest.mark.parametrize(
    ("day", "reading", "why"),
    [
        ("2024-12-02", Reading.CONTRADICTS, None),
        ("2024-12-04", Reading.INCOMPARABLE, NotComparable.TIMES),
        ("", Reading.INCOMPARABLE, NotComparable.TIME_UNKNOWN),
    ],
)
def test_distances_apart_contradict_at_one_time_only(
    day: str, reading: Reading, why: NotComparable | None
) -> None:
    found = both(far("r1", 10, 10, as_of="2024-12-02"), far("r2", 50, 60, as_of=day))
    assert (found.reading, found.why) == (reading, why)


@pytest.mark.parametrize(
    ("one", "other", "reading"),
    [
        ("its stability", "stability", Reading.REFINES),
        ("Its stability!", "its  stability", Reading.AGREES),
        ("its stability", "our stability", Reading.DIFFERS),
        ("its stability", "its instability", Reading.DIFFERS),
    ],
)
def test_of_two_quotations_one_at_most_is_word_for_word(
    one: str, other: str, reading: Reading
) -> None:
    a, b = (
        coded(origin, "vow", words, kind=Kind.WORDS)
        for origin, words in (("r1", one), ("r2", other))
    )
    assert both(a, b).reading is reading
