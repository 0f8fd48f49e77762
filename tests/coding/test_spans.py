"""Words, sentences and paragraphs of texts as they are published."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.coding.spans import Unit, span_at, spans, stepped

TEXT = (
    "ALEPPO (Reuters) - Gen. Ali of the U.S. Army met Mr. X. Y. Zed on Nov. 29. “They fired,” he"
    " said. At 5.30 p.m. it ended!\n\n"
    "At least 27 civilians died, SOHR said… and more? قُتل ٢٧ مدنياً؟ نعم.\n"
)


def units(unit: Unit, text: str = TEXT) -> list[str]:
    return [text[start:end] for start, end in spans(text, unit)]


def test_sentences_end_where_a_reader_ends_them() -> None:
    assert units(Unit.SENTENCE) == [
        "ALEPPO (Reuters) - Gen. Ali of the U.S. Army met Mr. X. Y. Zed on Nov. 29.",
        "“They fired,” he said.",
        "At 5.30 p.m. it ended!",
        "At least 27 civilians died, SOHR said…",
        "and more?",
        "قُتل ٢٧ مدنياً؟",
        "نعم.",
    ]


def test_paragraphs_are_lines_with_something_in_them() -> None:
    assert [one[:8] for one in units(Unit.PARAGRAPH)] == ["ALEPPO (", "At least"]


@pytest.mark.parametrize(
    ("words", "unit", "found"),
    [
        ("fired", Unit.SENTENCE, "“They fired,” he said."),
        (" he said", Unit.WORD, "he"),
        ("\n\nAt", Unit.SENTENCE, "At least 27 civilians died, SOHR said…"),
        ("نعم", Unit.SENTENCE, "نعم."),
    ],
)
def test_the_unit_at_a_position(words: str, unit: Unit, found: str) -> None:
    span = span_at(TEXT, TEXT.index(words), unit)
    assert span is not None
    assert TEXT[slice(*span)] == found


def test_a_text_without_words_has_no_unit() -> None:
    assert span_at(" \n ", 1, Unit.SENTENCE) is None


@given(st.text(alphabet="ab. \n?”U.S", max_size=60), st.integers(0, 60), st.sampled_from(Unit))
def test_units_are_in_order_and_trimmed_and_steps_move(text: str, at: int, unit: Unit) -> None:
    found = list(spans(text, unit))
    assert all(start < end for start, end in found)
    assert all(one[1] <= other[0] for one, other in pairwise(found))
    assert all(text[start:end] == text[start:end].strip() for start, end in found)
    at = min(at, len(text))
    assert stepped(text, at, unit, 1) > at or at == len(text)
    assert stepped(text, at, unit, -1) < at or at == 0


def test_a_line_of_blanks_is_no_paragraph_and_holds_nobody_up() -> None:
    assert list(spans(" " * 200_000, Unit.PARAGRAPH)) == []
    assert units(Unit.PARAGRAPH, "  a b \n \n c") == ["a b", "c"]
