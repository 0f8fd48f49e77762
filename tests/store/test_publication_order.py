"""The order of two publications, certain only where no time zone could reverse it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.analysis.publication_order import REVERSED, Order, order_of

BEFORE, AFTER, PERHAPS, UNKNOWN = (
    Order.BEFORE,
    Order.AFTER,
    Order.PERHAPS_BEFORE,
    Order.UNKNOWN,
)


@pytest.mark.parametrize(
    ("first", "second", "order"),
    [
        # both zones are stated
        ("2024-12-06T09:15+05:30", "2024-12-06T11:22+05:30", BEFORE),
        ("2024-12-06T09:15+05:30", "2024-12-06T05:00Z", BEFORE),
        ("2024-12-06T11:22+05:30", "2024-12-06T05:00Z", AFTER),
        ("2024-12-06T11:30+05:30", "2024-12-06T06:00Z", UNKNOWN),
        # one has no zone: more than a day's width of zones decides, less does not
        ("2024-12-04T14:45", "2024-12-06T09:15Z", BEFORE),
        ("2024-12-06T08:00", "2024-12-06T09:15Z", PERHAPS),
        ("2024-12-05T21:15", "2024-12-06T09:15Z", PERHAPS),
        ("2024-12-05T21:14", "2024-12-06T09:15Z", BEFORE),
        # days only
        ("2024-12-05", "2024-12-06", BEFORE),
        ("2024-12-06", "2024-12-06", UNKNOWN),
        ("2024-12-06", "2024-12-06T09:15Z", UNKNOWN),
        ("2024-12-05", "2024-12-06T09:15Z", PERHAPS),
        ("2024-12-04", "2024-12-06T09:15Z", BEFORE),
        # nothing is stated
        ("", "2024-12-06", UNKNOWN),
        ("", "", UNKNOWN),
    ],
)
def test_order_of_two_times(first: str, second: str, order: Order) -> None:
    assert order_of(first, True, second, True) is order
    assert order_of(second, True, first, True) is REVERSED[order]


def test_where_a_zone_is_assumed_the_order_of_two_hours_is_too() -> None:
    morning, noon = "2024-12-06T09:15+05:30", "2024-12-06T11:22+05:30"
    assert order_of(morning, True, noon, False) is PERHAPS
    assert order_of(morning, False, noon, True) is PERHAPS
    assert order_of(morning, False, noon, False) is PERHAPS


def test_two_days_apart_is_certain_in_every_zone() -> None:
    assert order_of("2024-12-04T09:15+05:30", False, "2024-12-06T11:22+05:30", False) is BEFORE


_days = st.sampled_from(["2024-12-05", "2024-12-06", "2024-12-07"])
_clocks = st.sampled_from(["", "T00:30", "T09:15", "T23:45"])
_zones = st.sampled_from(["", "Z", "+05:30", "-08:00"])
times = st.just("") | st.builds(
    lambda day, clock, zone: day + clock + (zone if clock else ""), _days, _clocks, _zones
)


@given(times, st.booleans(), times, st.booleans())
def test_it_does_not_matter_which_is_named_first(
    first: str, first_stated: bool, second: str, second_stated: bool
) -> None:
    there = order_of(first, first_stated, second, second_stated)
    assert order_of(second, second_stated, first, first_stated) is REVERSED[there]


@given(times, times)
def test_to_assume_a_zone_makes_no_order_more_certain_nor_turns_it_round(
    first: str, second: str
) -> None:
    stated, assumed = order_of(first, True, second, True), order_of(first, False, second, False)
    certain = {Order.BEFORE: "before", Order.AFTER: "after"}
    if assumed in certain:
        assert assumed is stated
    elif stated in certain:
        assert certain[stated] in assumed
