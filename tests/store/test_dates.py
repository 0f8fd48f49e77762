"""Dates with their uncertainty, without guesses and without loss."""

from calendar import monthrange
from contextlib import suppress
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.model.dates import (
    FIRST_DAY,
    LAST_DAY,
    WITH_YEAR,
    Precision,
    bounds,
    long,
    short,
    with_year,
)

days = st.dates(min_value=date(1, 1, 1)).map(date.isoformat)
months = days.map(lambda day: day[:7])
years = days.map(lambda day: day[:4])
marks = st.sampled_from(["", "~", "?", "%"])
single = st.one_of(days, months, years, years.map(lambda year: year[:3] + "X"))
marked = st.builds(str.__add__, single, marks)
edtf = st.one_of(
    st.just(""),
    marked,
    st.tuples(marked, marked)
    .map(lambda two: sorted(two, key=lambda one: bounds(one).earliest or ""))
    .filter(lambda two: (bounds(two[0]).earliest or "") <= (bounds(two[1]).latest or ""))
    .map("/".join),
    marked.map(lambda one: f"../{one}"),
    marked.map(lambda one: f"{one}/.."),
    st.lists(marked, min_size=1, max_size=3).map(lambda few: f"[{','.join(few)}]"),
)


@pytest.mark.parametrize(
    ("text", "earliest", "latest", "precision"),
    [
        ("2024-11-29", "2024-11-29", "2024-11-29", Precision.DAY),
        ("2024-11-29~", "2024-11-29", "2024-11-29", Precision.DAY),
        ("2024-11", "2024-11-01", "2024-11-30", Precision.MONTH),
        ("2024-02", "2024-02-01", "2024-02-29", Precision.MONTH),
        ("1900-02", "1900-02-01", "1900-02-28", Precision.MONTH),
        ("0000-02", "0000-02-01", "0000-02-29", Precision.MONTH),
        ("2024", "2024-01-01", "2024-12-31", Precision.YEAR),
        ("2024-XX", "2024-01-01", "2024-12-31", Precision.YEAR),
        ("2024-11-XX", "2024-11-01", "2024-11-30", Precision.MONTH),
        ("201X", "2010-01-01", "2019-12-31", Precision.YEARS),
        ("19XX", "1900-01-01", "1999-12-31", Precision.YEARS),
        ("2024-21", "2024-03-01", "2024-05-31", Precision.DAYS),
        ("2024-24", "2024-12-01", "2024-12-31", Precision.DAYS),
        ("2024-11-29/2024-11-30", "2024-11-29", "2024-11-30", Precision.DAYS),
        ("2024-11-29/2024-11-29", "2024-11-29", "2024-11-29", Precision.DAY),
        ("2024-12/2025-01", "2024-12-01", "2025-01-31", Precision.YEARS),
        ("2022-02-24/..", "2022-02-24", LAST_DAY, Precision.YEARS),
        ("../1999", FIRST_DAY, "1999-12-31", Precision.YEARS),
        ("2022-02-24/", "2022-02-24", LAST_DAY, Precision.YEARS),
        ("[2024-11-29, 2024-11-30]", "2024-11-29", "2024-11-30", Precision.DAYS),
        ("", None, None, Precision.UNKNOWN),
    ],
)
def test_a_date_allows_these_days(
    text: str, earliest: str | None, latest: str | None, precision: Precision
) -> None:
    assert bounds(text)[:3] == (earliest, latest, precision)


@pytest.mark.parametrize(
    "text",
    [
        "2024-13",
        "2024-00",
        "2024-02-30",
        "2023-02-29",
        "2024-11-00",
        "2024-21-01",
        "2024-XX-05",
        "20XX-05",
        "24-11-29",
        "2024-11-29T10:00",
        "2024-11-30/2024-11-29",
        "2024/2025/2026",
        "/",
        "../..",
        "[]",
        "[2024,]",
        "29 November",
        "２０２４",
        " 2024",
        "2024-11-29~?",
        "2024\n",
    ],
)
def test_what_is_no_date_is_refused_by_name(text: str) -> None:
    with pytest.raises(ValueError, match=r"date|month|day|year|interval|choice"):
        bounds(text)


@given(st.text(max_size=30))
def test_any_text_is_a_date_or_refused(text: str) -> None:
    with suppress(ValueError):
        found = bounds(text)
        assert (found.earliest or "") <= (found.latest or "")


@given(edtf)
def test_the_earliest_day_is_never_after_the_latest(text: str) -> None:
    found = bounds(text)
    assert (found.earliest is None) == (found.latest is None) == (not text)
    if found.earliest and found.latest:
        assert found.earliest <= found.latest
        assert len(found.earliest) == len(found.latest) == 10


@given(days)
def test_a_day_lies_in_its_month_which_lies_in_its_year(day: str) -> None:
    inner, month, year = bounds(day), bounds(day[:7]), bounds(day[:4])
    assert year.earliest <= month.earliest <= inner.earliest == day  # type: ignore[operator]
    assert day == inner.latest <= month.latest <= year.latest  # type: ignore[operator]


@given(st.dates(min_value=date(1, 1, 1)))
def test_a_month_ends_with_its_last_day(day: date) -> None:
    latest = bounds(f"{day:%Y-%m}".rjust(7, "0")).latest
    assert latest is not None
    assert int(latest[-2:]) == monthrange(day.year, day.month)[1]


@given(edtf)
def test_the_short_form_fits_its_column_and_hides_no_doubt(text: str) -> None:
    shown = short(text)
    assert 0 < len(shown) <= 11
    found = bounds(text)
    if found.approximate and found.precision in (Precision.DAY, Precision.MONTH, Precision.YEAR):
        assert shown.startswith("~")


@given(edtf)
def test_the_long_form_names_a_year_or_says_that_it_is_unknown(text: str) -> None:
    found = bounds(text)
    if found.earliest is None or found.latest is None:
        assert long(text) == "date unknown"
        return
    year = (found.latest if found.earliest == FIRST_DAY else found.earliest)[:4]
    assert year in long(text)
    assert ("about" in long(text)) == found.approximate


@given(edtf)
def test_with_its_year_a_date_says_no_less_than_in_a_column(text: str) -> None:
    shown = with_year(text)
    assert len(shown) <= WITH_YEAR + 1, "only one of two approximate days is longer"
    assert shown.replace(" ", "").startswith(short(text).removesuffix("-").replace(" ", ""))


@pytest.mark.parametrize(
    ("text", "in_column", "in_words", "with_its_year"),
    [
        ("2024-11-29", "29 Nov", "29 Nov 2024", "29 Nov 2024"),
        ("2024-11-29~", "~29 Nov", "about 29 Nov 2024", "~29 Nov 2024"),
        ("2024-11-29/2024-11-30", "29-30 Nov", "29 Nov to 30 Nov 2024", "29-30 Nov 2024"),
        ("2024-11-30/2024-12-01", "30Nov-1Dec", "30 Nov to 1 Dec 2024", "30Nov-1Dec 2024"),
        ("2024-09-30/2024-12-01", "Sep-Dec", "30 Sep to 1 Dec 2024", "Sep-Dec 2024"),
        ("2024-11", "Nov", "Nov 2024", "Nov 2024"),
        ("1982", "1982", "1982", "1982"),
        ("1982~", "~1982", "about 1982", "~1982"),
        ("201X", "2010-2019", "2010 to 2019", "2010-2019"),
        ("2022-02-24/..", "24 Feb-", "from 24 Feb 2022", "24 Feb 2022-"),
        ("2022/..", "2022-", "from 2022", "2022-"),
        ("../1999", "-1999", "until 1999", "-1999"),
        ("[2024-11-29,2024-11-30]", "29/30 Nov", "29 Nov or 30 Nov 2024", "29/30 Nov 2024"),
        ("2023-12-31/2024-01-02", "2023-2024", "31 Dec 2023 to 2 Jan 2024", "2023-2024"),
        ("2011~/..", "~2011-", "from about 2011", "~2011-"),
        ("2020/2024-11-29", "2020-2024", "2020 to 29 Nov 2024", "2020-2024"),
        ("", "?", "date unknown", "?"),
    ],
)
def test_a_date_is_written_in_three_ways(
    text: str, in_column: str, in_words: str, with_its_year: str
) -> None:
    assert (short(text), long(text), with_year(text)) == (
        in_column,
        in_words,
        with_its_year,
    )


def test_a_span_of_days_across_the_turn_of_a_month_is_not_longer_than_it_is() -> None:
    start = date(2024, 11, 30)
    end = (start + timedelta(days=1)).isoformat()
    assert bounds(f"{start}/{end}")[:2] == (start.isoformat(), end)
