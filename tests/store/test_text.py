"""Text from outside: what may be shown has the same length, and drives no terminal."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from store.model.text import HOSTILE, normalised, one_line, showable, text_hash

texts = st.text(st.characters(exclude_categories=()), max_size=200)


@given(texts)
def test_what_is_shown_has_the_length_of_what_came(text: str) -> None:
    assert len(showable(text)) == len(text)


@given(texts)
def test_nothing_shown_is_hostile(text: str) -> None:
    assert not set(map(ord, showable(text))) & HOSTILE
    showable(text).encode()


@given(texts)
def test_showing_twice_changes_nothing_more(text: str) -> None:
    assert showable(showable(text)) == showable(text)


@given(texts)
def test_harmless_text_stays_as_it_is(text: str) -> None:
    harmless = "".join(letter for letter in text if ord(letter) not in HOSTILE)
    assert showable(harmless) == harmless


@given(texts)
def test_one_line_is_one_line(text: str) -> None:
    shown = one_line(text)
    assert len(shown.splitlines()) <= 1
    assert "\t" not in shown
    assert len(shown) == len(text)


def test_controls_become_their_pictures() -> None:
    assert (
        showable("a\x1b[2J\x07\x7f\x9b\u202e\u2028\ud800\tb\n") == "a␛[2J␇␡\ufffd\u200b␤\ufffd\tb\n"
    )


@given(st.text(max_size=100))
def test_the_text_that_offsets_count_in_is_composed_and_has_one_kind_of_line_end(text: str) -> None:
    found = normalised(text)
    assert "\r" not in found
    assert unicodedata.is_normalized("NFC", found)
    assert normalised(found) == found


def test_different_texts_have_different_hashes_and_any_text_has_one() -> None:
    assert text_hash("a") != text_hash("b")
    assert len(text_hash("\ud800")) == 64
