"""Pairs of disputed values are folded into one conflict where they share a value."""

from types import SimpleNamespace
from typing import cast

from store.analysis.readings import Reading
from store.queries.compare import Comparison, DisputeRow
from store.queries.conflicts import LISTED, folded


def pair(one: int, other: int, *, line: int = 0) -> DisputeRow:
    return DisputeRow(Reading.CONTRADICTS, line, "rule", (one,), (other,), own=True, first=False)


def comparison(*values: str) -> Comparison:
    """A comparison with only the parts that the folding reads."""
    voices = [
        SimpleNamespace(stance="asserts", value=value, passage=at)
        for at, value in enumerate(values)
    ]
    lines = [SimpleNamespace(kind="killed", of=of) for of in ("", "other")]
    return cast(Comparison, SimpleNamespace(voices=voices, lines=lines, uncompared=lambda _line: 0))


def test_a_pair_that_joins_two_conflicts_makes_one_of_them() -> None:
    found = comparison("10", "20", "30", "40")
    apart = folded(found, [pair(0, 1), pair(2, 3)])
    assert [one.values for one in apart] == [((0,), (1,)), ((2,), (3,))]
    (joined,) = folded(found, [pair(0, 1), pair(2, 3), pair(1, 2)])
    assert joined.values == ((0,), (1,), (2,), (3,))
    assert len(joined.pairs) == 3


def test_the_same_value_of_two_voices_is_told_once() -> None:
    (one,) = folded(comparison("10", "10", "20"), [pair(0, 2), pair(1, 2)])
    assert one.values == ((0, 1), (2,))


def test_what_is_at_odds_on_another_line_is_another_conflict() -> None:
    assert len(folded(comparison("10", "20"), [pair(0, 1), pair(0, 1, line=1)])) == 2


def test_the_same_two_passages_are_one_conflict_on_lines_of_one_kind() -> None:
    found = comparison("10", "20", "30", "40")
    for at, voice in enumerate(found.voices):
        voice.passage = at % 2  # type: ignore[misc]
    found.lines[1].of = ""  # type: ignore[misc]
    (one,) = folded(found, [pair(0, 1), pair(3, 2, line=1)])
    assert len(one.pairs) == 2
    found.lines[1].of = "other"  # type: ignore[misc]
    assert len(folded(found, [pair(0, 1), pair(3, 2, line=1)])) == 2


def test_of_very_many_pairs_only_some_are_listed_and_how_many_others_there_are() -> None:
    found = comparison(*map(str, range(LISTED + 5)))
    (one,) = folded(found, [pair(0, other) for other in range(1, LISTED + 4)])
    assert (len(one.pairs), one.left_off) == (LISTED, 3)
    assert len(one.values) == LISTED + 4
