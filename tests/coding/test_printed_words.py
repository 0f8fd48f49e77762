"""Typed values get the printed words of the passage, and none that it does not have."""

import msgspec
import pytest

from store.coding.printed_words import as_printed
from store.coding.typed_values import typed_when
from store.extraction.dates import date_of
from store.importers.numbers import numbers_in
from store.model.values import Coded, Distance, When

BODIES = "They counted nine bodies in the morning and five more after noon."


@pytest.mark.parametrize(
    ("typed", "passage", "printed"),
    [
        ("14", BODIES, ""),
        ("9", BODIES, "nine"),
        ("nine", BODIES, "nine"),
        ("at least 9", BODIES, "nine"),
        ("5", BODIES, "five more"),
        ("5-9", BODIES, ""),
        ("27", "At least 27 died.", "At least 27"),
        ("25-30", "Between 25 and 30 died.", "Between 25 and 30"),
        ("1200", "Some 1,200 people\nfled.", "Some 1,200"),
        ("24", "Dozens died.", ""),
        ("dozens", "Dozens died.", "Dozens"),
        ("hundreds", "Dozens died.", ""),
        ("at most 9", BODIES, "nine"),
        ("14", "Nobody was hurt.", ""),
    ],
)
def test_a_number_is_printed_by_the_same_figure(typed: str, passage: str, printed: str) -> None:
    (number,) = numbers_in(typed)
    found = as_printed(number.dead, passage)
    assert found == msgspec.structs.replace(number.dead, printed=printed)


def test_other_values_are_printed_by_the_same_words() -> None:
    far = Distance(min=10, max=10, printed="10 km")
    assert as_printed(far, "They stood 10 KM off.") == Distance(min=10, max=10, printed="10 KM")
    assert as_printed(far, "They stood 110 km off.") == Distance(min=10, max=10)
    day = date_of("29 Nov 2024", None)
    assert isinstance(day, When)
    assert as_printed(day, "It fell on 30 Nov 2024.") == When(edtf="2024-11-29")
    assert as_printed(day, "It fell on 29 Nov 2024.") == day
    assert as_printed(typed_when("2024-11-29"), "It fell.") == When(edtf="2024-11-29")


def test_a_value_without_printed_words_stays() -> None:
    code = Coded(scheme="aim", code="x", label="x")
    assert as_printed(code, BODIES) is code
    assert as_printed(None, BODIES) is None
