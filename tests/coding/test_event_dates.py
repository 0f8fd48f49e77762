"""The dates of sentences: those of what happened, and those at which a count was true."""

import pytest

from store.extraction.dates import date_of, dates_in
from store.extraction.event_dates import sentence_dates
from store.model.records import Stamp

MONDAY = Stamp(at="2025-11-10T09:00:00Z")
DATES = [
    ("Shells hit Zed on Thursday.", ["2025-11-06"], ["2025-11-06"]),
    ("The toll has risen to 19, the ministry said on Friday.", [], ["2025-11-07"]),
    ("19 died, the ministry told reporters in a statement late on Friday.", [], ["2025-11-07"]),
    (
        "Shells hit Zed on Thursday, police said Friday.",
        ["2025-11-06"],
        ["2025-11-07", "2025-11-06"],
    ),
    ("The ministry said Friday's attack killed 19.", ["2025-11-07"], ["2025-11-07"]),
    ("Clashes were reported on Friday.", ["2025-11-07"], ["2025-11-07"]),
    ("As of Thursday, 19 had died.", [], ["2025-11-06"]),
    ("19 had died by Thursday.", [], ["2025-11-06"]),
    ("They have fled since Monday.", [], []),
    ("The curfew will last until 6 a.m. on Sunday.", [], []),
    ("In its report of 7 November the monitor counts 81 dead.", [], ["2025-11-07"]),
    ("30 died since the beginning of November.", [], []),
    ("They fought until Thursday.", [], []),
    ("Talks were to last until Wednesday.", [], []),
    ("They came for the first time since the war began in March 2024.", [], []),
    (
        "It began on 3 November and ended on 7 November.",
        ["2025-11-03/2025-11-07"],
        ["2025-11-03/2025-11-07"],
    ),
    ("It began at the beginning of November and ended on 15 November.", [], []),
    ("ZED, Nov 6 (Reuters) - A drone hit Zed on Thursday.", ["2025-11-06"], ["2025-11-06"]),
    ("Nov 6 (Reuters) - A drone hit Zed on Wednesday.", ["2025-11-05"], ["2025-11-05"]),
    ("ZED, Nov 6 (Reuters) - A drone hit Zed.", ["2025-11-06"], ["2025-11-06"]),
    ("Correction, 7 November: it was said that 29 died.", [], []),
]


@pytest.mark.parametrize(("words", "happened", "true"), DATES, ids=[words for words, *_ in DATES])
def test_the_day_of_an_event_is_not_that_of_the_words(
    words: str, happened: list[str], true: list[str]
) -> None:
    found = sentence_dates(words, dates_in(words, MONDAY), only_spoken=False)
    assert [one.when.edtf for one in found.happened] == happened
    assert [one.edtf for one in found.true] == true


def test_the_day_of_speaking_is_that_of_a_statement() -> None:
    words = "The minister said on Friday that he regrets it."
    found = sentence_dates(words, dates_in(words, MONDAY), only_spoken=True)
    assert [one.when.edtf for one in found.happened] == ["2025-11-07"]


@pytest.mark.parametrize(
    ("words", "edtf"),
    [
        ("The truce will begin on Friday.", "2025-11-14"),
        ("The truce will begin on Monday.", "[2025-11-10,2025-11-17]"),
        ("Talks are to be held on 15 November.", "2025-11-15"),
        ("Talks will be held in January.", "2026-01"),
        ("Talks were to begin on Friday.", ""),
        ("It will be remembered for 9 November.", ""),
        ("Families will bury those who were killed on Friday.", "2025-11-07"),
        ("Talks will go on. They began on Friday.", "2025-11-07"),
    ],
)
def test_a_day_to_come_is_not_the_last_one(words: str, edtf: str) -> None:
    (found,) = dates_in(words, MONDAY)
    assert found.when.edtf == edtf
    assert found.when.printed in words
    again = date_of(found.when.printed, MONDAY)
    assert again is not None
    assert again.edtf == edtf, "the printed words alone mean the same"


def test_a_part_of_a_month_says_so() -> None:
    (found,) = dates_in("It began at the beginning of November.", MONDAY)
    assert (found.when.edtf, found.when.printed) == ("2025-11", "beginning of November")
    assert "a part of it" in found.when.note
