"""The hand-coded reports hold what the gold annotation of three of them asks for."""

import json

import pytest

from tests.seeds.gold import DECIDED, GOLD, Comparison, Result
from tests.seeds.test_hama import Coded

FLOORS = {
    "event mentions of 2024": 0.95,
    "event mentions of the background": 0.55,
    "event mentions, by the trigger": 0.90,
    "dates of mentions": 0.75,
    "mentions without a date that stay so": 0.95,
    "authorities of mentions": 0.90,
    "sources that are cited": 0.75,
    "expressions of time": 0.85,
    "numbers": 1.00,
}


@pytest.fixture(scope="module")
def results() -> list[Result]:
    if not GOLD.exists():
        pytest.skip("the gold annotation is not part of the project (see CONFLICT_DATA)")
    return Comparison(json.loads(GOLD.read_text("utf-8")), Coded()).results()


def test_recall_stays_above_its_floor(results: list[Result]) -> None:
    assert [one.group for one in results] == list(FLOORS)
    for result in results:
        assert result.wanted >= 10, result.group
        assert result.recall >= FLOORS[result.group], (result.group, result.missing)


def test_every_difference_is_decided_and_nothing_else_is(results: list[Result]) -> None:
    different = {key for result in results for key, _ in result.missing}
    assert different == set(DECIDED)
