"""Derivation of one date and one place from many claims."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.analysis.resolve import resolved_date, resolved_place
from store.model.dates import FIRST_DAY, LAST_DAY, bounds
from store.model.vocabulary import DateRule


@pytest.mark.parametrize(
    ("dated", "date"),
    [
        ([], ""),
        ([("", "sana")], ""),
        ([("2024-12-05", "sana")], "2024-12-05"),
        ([("2024-12-04", "a"), ("2024-12-05", "b"), ("2024-12-05", "c")], "2024-12-05"),
        ([("2024-12-04", "a"), ("2024-12-05", "b"), ("2024-12-05", "b")], "2024-12-04"),
        ([("2024-12", "a"), ("2024-12-05", "b")], "2024-12-05"),
        ([("2024-12-06", "a"), ("2024-12-05", "b")], "2024-12-05"),
        ([("2022-02-24/..", "a"), ("2022", "b")], "2022"),
        ([("", "a"), ("", "b"), ("2024", "c")], "2024"),
    ],
)
def test_the_majority_of_independent_origins_decides_then_the_narrowest_then_the_earliest(
    dated: list[tuple[str, str]], date: str
) -> None:
    assert resolved_date(DateRule.MAJORITY, dated) == date


@pytest.mark.parametrize(
    ("dated", "date"),
    [
        ([("2024-11-27", "a"), ("2024-12-05", "b")], "2024-11-27/2024-12-05"),
        ([("2024-11-27", "a")], "2024-11-27"),
        ([("2024-11-27", "a"), ("2024-11-27~", "b")], "2024-11-27"),
        ([("2022-02-24/..", "a"), ("2023", "b")], "2022-02-24/.."),
        ([("../2020", "a"), ("2021", "b")], "../2021-12-31"),
        ([("../2020", "a"), ("2022-02-24/..", "b")], ""),
        ([("", "a"), ("2024-12-05", "b")], "2024-12-05"),
    ],
)
def test_a_range_goes_from_the_earliest_day_to_the_latest(
    dated: list[tuple[str, str]], date: str
) -> None:
    assert resolved_date(DateRule.RANGE, dated) == date


dates = st.sampled_from(
    ["", "2024-12-05", "2024-12-04~", "2024-12", "2024", "202X", "2022-02-24/..", "../2020"]
)


@given(st.sampled_from(DateRule), st.lists(st.tuples(dates, st.sampled_from("abc")), max_size=8))
def test_the_resolved_date_is_one_and_lies_within_what_was_claimed(
    rule: DateRule, dated: list[tuple[str, str]]
) -> None:
    found = bounds(resolved_date(rule, dated))
    claimed = [bounds(edtf) for edtf, _ in dated if edtf]
    open_to_both = {FIRST_DAY, LAST_DAY} <= {day for one in claimed for day in one[:2]}
    if not claimed or (rule is DateRule.RANGE and open_to_both):
        assert found.earliest is None
        return
    assert found.earliest is not None
    assert found.latest is not None
    assert min(one.earliest or FIRST_DAY for one in claimed) <= found.earliest
    assert found.latest <= max(one.latest or LAST_DAY for one in claimed)


@given(
    st.sampled_from(DateRule),
    st.lists(st.tuples(dates, st.sampled_from("abc")), max_size=8),
    st.randoms(),
)
def test_the_order_of_the_claims_does_not_matter(
    rule: DateRule, dated: list[tuple[str, str]], dice: object
) -> None:
    mixed = dated.copy()
    dice.shuffle(mixed)  # type: ignore[attr-defined]
    assert resolved_date(rule, mixed) == resolved_date(rule, dated)


@pytest.mark.parametrize(
    ("placed", "place"),
    [
        ([], None),
        ([("hama", "a")], "hama"),
        ([("hama", "a"), ("idlib", "b"), ("idlib", "c")], "idlib"),
        ([("hama", "a"), ("idlib", "b"), ("idlib", "b")], "hama"),
        ([("idlib", "b"), ("hama", "a")], "hama"),
    ],
)
def test_the_place_that_most_origins_name_and_of_several_the_first_by_its_id(
    placed: list[tuple[str, str]], place: str | None
) -> None:
    assert resolved_place(placed) == place
