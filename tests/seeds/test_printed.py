"""The words that a claim prints are in its own passage, as the committed files alone show."""

import json

import pytest

from tests.seeds.printed import TABLE, Places, printed_words, table_of
from tests.seeds.test_hama import REPORTS, original


@pytest.fixture(scope="module")
def table() -> dict[str, Places]:
    found: dict[str, Places] = json.loads(TABLE.read_text("utf-8"))
    return found


@pytest.mark.parametrize("report", REPORTS)
def test_what_a_claim_prints_stands_in_its_own_passage(
    report: str, table: dict[str, Places]
) -> None:
    printed = printed_words(report)
    assert len(printed) > 80
    outside = [
        text
        for (start, end), text in printed
        if not any(start <= first and last <= end for first, last in table[report].get(text, []))
    ]
    assert outside == []


@pytest.mark.parametrize("report", REPORTS)
def test_a_place_of_printed_words_is_as_long_as_they_are(
    report: str, table: dict[str, Places]
) -> None:
    for text, places in table[report].items():
        assert places, text
        for start, end in places:
            assert len(text) - 4 <= end - start <= len(text) + 4, text


@pytest.mark.parametrize("report", REPORTS)
def test_the_table_of_printed_words_is_that_of_the_original(
    report: str, table: dict[str, Places]
) -> None:
    assert table[report] == table_of(report, original(report).decode("utf-8")), (
        "write it again: python -m tests.seeds.printed"
    )
