"""Dates in words: every form that is printed can be typed, and what is no date says why."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.errors import UsageError
from store.model.date_words import edtf_of
from store.model.dates import bounds, long, long_or_latest, short, with_year
from store.queries.filters import FilterKind, read_filter


@pytest.mark.parametrize(
    ("typed", "edtf"),
    [
        ("29 Nov 2024", "2024-11-29"),
        ("~29 Nov", "2024-11-29~"),
        ("28 Oct-4 Nov 2016", "2016-10-28/2016-11-04"),
        ("28Oct-4Nov", "2024-10-28/2024-11-04"),
        ("29-30 Nov 2024", "2024-11-29/2024-11-30"),
        ("29/30 Nov", "[2024-11-29,2024-11-30]"),
        ("28Nov/5Dec", "[2024-11-28,2024-12-05]"),
        ("1 Dec or 2 Dec 2024", "[2024-12-01,2024-12-02]"),
        ("Nov 2024", "2024-11"),
        ("november", "2024-11"),
        ("1982", "1982"),
        ("2011-", "2011/.."),
        ("-1999", "../1999"),
        ("2011-2015", "2011/2015"),
        ("27 Nov-", "2024-11-27/.."),
        ("from about 2011", "2011~/.."),
        ("until 6 Dec 2024", "../2024-12-06"),
        ("≤ 6 Dec 2024", "../2024-12-06"),
        ("28 Dec-3 Jan 2017", "2016-12-28/2017-01-03"),
        ("29 Nov to 2 Dec 2024", "2024-11-29/2024-12-02"),
        ("November 29, 2024", "2024-11-29"),
        ("Nov. 29 2024", "2024-11-29"),
        ("2024-11-29..30", "2024-11-29/2024-11-30"),
        ("2024-11-29..12-01", "2024-11-29/2024-12-01"),
        ("2024-11..12", "2024-11/2024-12"),
        ("2024-11-29..", "2024-11-29/.."),
        ("29 Nov 2024..2 Dec", "2024-11-29/2024-12-02"),
        ("  29   Nov 2024 ", "2024-11-29"),
        ("198X", "198X"),
    ],
)
def test_a_date_is_read_as_it_is_meant(typed: str, edtf: str) -> None:
    assert edtf_of(typed, "2024") == edtf


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("29 Nov", "its year is missing"),
        ("29", "its year is missing"),
        ("yesterday", "not understood"),
        ("29 Foo 2024", "not understood"),
        ("31 Nov 2024", "no day 31"),
        ("2024-13", "no month 13"),
        ("5 Dec-1 Dec 2024", "ends before it starts"),
        ("2024-12-05..2024-12-01", "ends before it starts"),
        ("29/11/2024", "missing"),
        ("?", "not understood"),
        ("date unknown", "not understood"),
    ],
)
def test_what_is_no_date_says_why(typed: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        edtf_of(typed)
    with pytest.raises(UsageError) as caught:
        read_filter(FilterKind.DATE, typed)
    assert why in caught.value.message
    assert caught.value.hint.startswith("for example")


days = st.dates().map(lambda day: day.isoformat())
ends = days | days.map(lambda day: day[:7]) | days.map(lambda day: day[:4])
about = st.sampled_from(["", "~"])
single = st.builds("{}{}".format, ends, about)
intervals = st.tuples(days, days, about).map(
    lambda two: f"{min(two[:2])}{two[2]}/{max(two[:2])}{two[2]}"
)
opened = st.builds("{}/..".format, ends) | st.builds("../{}".format, ends)
choices = st.tuples(days, days).map(lambda two: f"[{min(two)},{max(two)}]")


@given(single | intervals | opened | choices)
def test_every_form_that_is_printed_can_be_typed(edtf: str) -> None:
    found = bounds(edtf)
    first, last = (day or "" for day in found[:2])
    assert bounds(edtf_of(long(edtf)))[:2] == found[:2]
    yearly = bounds(edtf_of(with_year(edtf)))
    assert (yearly.earliest or "") <= first
    assert (yearly.latest or "") >= last
    if first[:4] == last[:4]:
        assert yearly[:2] == bounds(edtf_of(short(edtf), first[:4]))[:2] == found[:2]


def test_the_latest_possible_day_is_read_as_until_then() -> None:
    assert edtf_of(long_or_latest("", "2024-12-06")) == "../2024-12-06"
