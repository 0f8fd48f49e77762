"""Dates in words: a table of expressions with their values, for a report of Friday 6 December."""

import pytest

from store.extraction.dates import date_of, dates_in
from store.model.records import Stamp
from store.model.vocabulary import DateBasis, StampBasis

FRIDAY = Stamp(at="2024-12-06T11:22+05:30")

STATED, YEAR, RELATIVE = "stated", "year-assumed", "relative-to-publication"
TABLE = [
    ("December 6th 2024", "2024-12-06", STATED),
    ("Dec 02, 2024", "2024-12-02", STATED),
    ("27 November 2024", "2024-11-27", STATED),
    ("Thu, 28 Nov 2024", "2024-11-28", STATED),
    ("December 4, 2024, Wednesday", "2024-12-04", STATED),
    ("2024-11-29", "2024-11-29", STATED),
    ("29.11.2024", "2024-11-29", STATED),
    ("10.12.2024", "2024-12-10", STATED),
    ("25/03/2024", "2024-03-25", STATED),
    ("03/05/2024", "[2024-03-05,2024-05-03]", STATED),
    ("March 2011", "2011-03", STATED),
    ("in 2016", "2016", STATED),
    ("the 1990s", "199X", STATED),
    ("29 novembre 2024", "2024-11-29", STATED),
    ("1er décembre 2024", "2024-12-01", STATED),
    ("29 de noviembre de 2024", "2024-11-29", STATED),
    ("29. November 2024", "2024-11-29", STATED),
    ("29 ноября 2024", "2024-11-29", STATED),
    ("29 تشرين الثاني/نوفمبر ٢٠٢٤", "2024-11-29", STATED),
    ("٢٩ تشرين الثاني / نوفمبر ٢٠٢٤م", "2024-11-29", STATED),
    ("٢٩ تشرين الثّاني ٢٠٢٤", "2024-11-29", STATED),
    ("الجمعة، ٢٩ نوفمبر ٢٠٢٤", "2024-11-29", STATED),
    ("٠٣/٠٥/٢٠٢٤", "2024-05-03", STATED),
    ("on that day. November’s fighting was bitter", "2024-11", YEAR),
    ("the beginning of November", "2024-11", YEAR),
    ("in the first week of December", "2024-12", YEAR),
    ("on Nov. 29", "2024-11-29", YEAR),
    ("December 6", "2024-12-06", YEAR),
    ("December 7", "", "unresolved"),
    ("from 20 December", "", "unresolved"),
    ("January 6", "", "unresolved"),
    ("January 7", "2024-01-07", YEAR),
    ("On 5 December 14 people died", "2024-12-05", YEAR),
    ("on the 5th of December 14 died", "2024-12-05", YEAR),
    ("On 5 Dec. 14 died", "2024-12-05", YEAR),
    ("5 December: 14 died", "2024-12-05", YEAR),
    ("throughout November", "2024-11", YEAR),
    ("Feb 29", "2024-02-29", YEAR),
    ("٢٩ نوفمبر", "2024-11-29", YEAR),
    ("Nov 27-30", "2024-11-27/2024-11-30", YEAR),
    ("27–30 November", "2024-11-27/2024-11-30", YEAR),
    ("from 29 November to 1 December", "2024-11-29/2024-12-01", YEAR),
    ("between November 27 and 30", "2024-11-27/2024-11-30", YEAR),
    ("Dec 28 to Jan 2", "2023-12-28/2024-01-02", YEAR),
    ("Wednesday (November 27)", "2024-11-27", YEAR),
    ("in March", "2024-03", YEAR),
    ("on Thursday", "2024-12-05", RELATIVE),
    ("on Friday", "2024-12-06", RELATIVE),
    ("early Saturday", "2024-11-30", RELATIVE),
    ("late on Tuesday night", "2024-12-03", RELATIVE),
    ("last Thursday", "[2024-11-28,2024-12-05]", RELATIVE),
    ("last Sunday", "2024-12-01", RELATIVE),
    ("next Monday", "[2024-12-09,2024-12-16]", RELATIVE),
    ("overnight from Friday to Saturday", "2024-11-29/2024-11-30", RELATIVE),
    ("jeudi", "2024-12-05", RELATIVE),
    ("в четверг", "2024-12-05", RELATIVE),
    ("يوم الخميس", "2024-12-05", RELATIVE),
    ("today", "2024-12-06", RELATIVE),
    ("yesterday", "2024-12-05", RELATIVE),
    ("hier", "2024-12-05", RELATIVE),
    ("last night", "2024-12-05/2024-12-06", RELATIVE),
    ("the day before yesterday", "2024-12-04", RELATIVE),
    ("last week", "2024-11-25/2024-12-01", RELATIVE),
    ("last month", "2024-11", RELATIVE),
    ("last year", "2023", RELATIVE),
    ("on the 29th", "2024-11-29", RELATIVE),
    ("eight days ago", "2024-11-28", RELATIVE),
    ("two weeks ago", "2024-11-22~", RELATIVE),
    ("a year ago", "2023~", RELATIVE),
    ("over the weekend", "2024-11-30/2024-12-01", "convention"),
    ("last weekend", "2024-11-30/2024-12-01", "convention"),
    ("several days ago", "", "unresolved"),
    ("three days later", "", "relative-to-event"),
    ("the next day", "", "relative-to-event"),
]


@pytest.mark.parametrize(("words", "edtf", "basis"), TABLE)
def test_an_expression_has_its_date(words: str, edtf: str, basis: str) -> None:
    when = date_of(f"The town fell {words}, residents said.", FRIDAY)
    assert when is not None
    assert (when.edtf, when.basis) == (edtf, basis)
    assert when.printed in words


@pytest.mark.parametrize(
    "words",
    [
        *("2016", "17", "x", "5 may be killed", "march 2,000 people", "the 29th brigade", "No. 11"),
        *("The Sunday Times", "Black Friday", "31 February 2024", "10-12", "1.2.3", "99 November"),
    ],
)
def test_what_is_no_date_is_none(words: str) -> None:
    assert dates_in(f"It said {words} there.", FRIDAY) == []


@pytest.mark.parametrize("published", [None, Stamp(at="2024-12-06", basis=StampBasis.GUESSED)])
def test_without_a_known_publication_a_weekday_stays_unresolved(published: Stamp | None) -> None:
    for words in ("on Thursday", "Nov. 29", "yesterday", "eight days ago", "last week"):
        when = date_of(words, published)
        assert when is not None
        assert (when.edtf, when.basis) == ("", DateBasis.UNRESOLVED)
        assert "publication" in when.note


def test_an_assumed_time_zone_is_told_with_the_date() -> None:
    assumed = Stamp(at="2024-12-06T11:22+05:30", basis=StampBasis.ZONE_ASSUMED)
    when = date_of("on Thursday", assumed)
    assert when is not None
    assert when.note.endswith("2024-12-06, in an assumed time zone")


def test_a_weekday_that_is_another_is_told() -> None:
    when = date_of("Thursday, November 27, 2024", FRIDAY)
    assert when is not None
    assert (when.edtf, when.note) == ("2024-11-27", "2024-11-27 is a Wednesday")


def test_two_days_of_a_list_are_two_dates() -> None:
    found = dates_in("on November 27 and 30 it was hit", FRIDAY)
    assert [one.when.edtf for one in found] == ["2024-11-27", "2024-11-30"]


def test_the_words_of_a_date_are_where_it_says() -> None:
    text = "Residents fled on Thursday morning; by Nov. 29, 2024 the town was empty."
    assert [text[one.start : one.end] for one in dates_in(text, FRIDAY)] == [
        "Thursday morning",
        "Nov. 29, 2024",
    ]
