"""The measurements of growth: what they ask, and how they draw it."""

from pathlib import Path

import pytest

from bench.scale.cases import make_cases, size_of
from bench.scale.chart import DRAWN, chart
from bench.scale.plain import plain_questions
from bench.scale.questions import questions


@pytest.mark.parametrize(("text", "events"), [("10k", 10_000), ("1M", 1_000_000), ("250", 250)])
def test_a_size_is_given_in_thousands_and_millions(text: str, events: int) -> None:
    assert size_of(text) == events


def test_a_size_that_is_no_number_is_an_error() -> None:
    with pytest.raises(ValueError, match="many"):
        size_of("many")


def test_the_chart_says_what_is_flat_and_what_grows_with_the_events() -> None:
    found = {
        10_000: {"cursor": [0.007], "filter": [0.001], "memory": [60.0]},
        1_000_000: {"cursor": [0.008], "filter": [0.1, 0.1], "memory": [61.0]},
    }
    heading, cursor, filtered, memory = chart([10_000, 1_000_000], found)
    assert "10,000" in heading
    assert cursor.startswith(f"  {DRAWN['cursor']}")
    assert cursor.endswith("1.1  flat")
    assert filtered.endswith("10.0  linear")
    assert memory.split()[-2:] == ["60", "61"]


def test_every_question_is_asked_of_a_small_case(tmp_path: Path) -> None:
    case, file = make_cases(tmp_path, 120)
    assert file == case
    section, found = questions(case, "120 events", 1)
    assert set(found) <= set(DRAWN)
    assert all(found.values())
    assert len(section.rows) == len(found)
    assert len(plain_questions(case, 120).rows) == 3
