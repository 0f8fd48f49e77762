"""Text from outside: what may be shown has the same length, and drives no terminal."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.model.text import (
    HOSTILE,
    IN_PLACE,
    INVISIBLE,
    mixes_scripts,
    normalised,
    one_line,
    showable,
    text_hash,
    without_hostile,
)

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
    harmless = "".join(letter for letter in text if ord(letter) not in HOSTILE | IN_PLACE)
    assert showable(harmless) == harmless


@given(texts)
def test_one_line_is_one_line(text: str) -> None:
    shown = one_line(text)
    assert len(shown.splitlines()) <= 1
    assert "\t" not in shown
    assert len(shown) == len(text)


def test_controls_become_their_pictures() -> None:
    assert showable("a\x1b[2J\x07\x7f\x9b\u202e\u2028\ud800\tb\n") == "a␛[2J␇␡\ufffd␦␤\ufffd\tb\n"


@given(st.text(max_size=100))
def test_the_text_that_offsets_count_in_is_composed_and_has_one_kind_of_line_end(text: str) -> None:
    found = normalised(text)
    assert "\r" not in found
    assert unicodedata.is_normalized("NFC", found)
    assert normalised(found) == found


def test_different_texts_have_different_hashes_and_any_text_has_one() -> None:
    assert text_hash("a") != text_hash("b")
    assert len(text_hash("\ud800")) == 64


UNSEEN = [
    *range(0x200B, 0x2010),
    *range(0x2060, 0x2065),
    *range(0xE0000, 0xE0080),
    *range(0xFE00, 0xFE10),
    *range(0xE0100, 0xE01F0),
    0xAD,
    0xFEFF,
]


@given(
    st.sampled_from(list(map(chr, UNSEEN))), st.text("abc Наma哈1-", max_size=5), st.integers(0, 5)
)
def test_what_has_no_form_is_shown_by_a_sign(unseen: str, text: str, at: int) -> None:
    at = min(at, len(text))
    shown = text[:at] + INVISIBLE + text[at:]
    assert showable(text[:at] + unseen + text[at:]) == shown
    assert one_line(text[:at] + unseen + text[at:]) == shown


@given(texts)
def test_no_character_of_no_form_stays_but_where_it_has_a_use(text: str) -> None:
    shown = showable(text)
    for at, letter in enumerate(shown):
        if unicodedata.category(letter) == "Cf" and not 0x600 <= ord(letter) <= 0x8E2:
            assert ord(letter) in IN_PLACE or 0x110BD <= ord(letter) <= 0x1343F, ascii(letter)
            assert shown[at - 1 : at], "nothing stands before it"


@pytest.mark.parametrize(
    "text",
    [
        "می\u200cخواهم",  # Persian: a plural that does not join
        "क\u094d\u200dष",  # Hindi: a half form
        "क\u094d\u200cष",
        "ന\u0d4d\u200d",  # Malayalam: a letter without its vowel, at the end of a word
        "ශ\u0dca\u200dර\u0dd3",  # Sinhala
        "👩\U0001f3fd\u200d🚀",
        "🏳\ufe0f\u200d🌈",
        "❤\ufe0f",
        "1\ufe0f\u20e3",
        "ᠮᠤᠩᠭᠤᠯ\u180b",
    ],
)
def test_joiners_and_selectors_stay_where_letters_need_them(text: str) -> None:
    assert showable(text) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Ha\u200cma", "Ha␦ma"),
        ("Ha\u200dma", "Ha␦ma"),
        ("می\u200c\u200cخواهم", "می␦␦خواهم"),
        ("می\u200c", "می␦"),
        ("\u200cمی", "␦می"),
        ("می\u200c خواهم", "می␦ خواهم"),
        ("٣\u200c٤", "٣␦٤"),  # digits do not join
        ("🚀\u200d", "🚀␦"),
        ("🚀\u200c🚀", "🚀␦🚀"),
        ("a\ufe0f", "a␦"),
        ("❤\ufe0f\ufe0f", "❤\ufe0f␦"),
        ("1\ufe0f", "1␦"),
        ("a\u180b", "a␦"),
        ("حماة\u200f.", "حماة␦."),
    ],
)
def test_joiners_and_selectors_are_shown_elsewhere(text: str, shown: str) -> None:
    assert showable(text) == shown


@given(texts)
def test_the_last_net_leaves_everything_that_was_made_showable(text: str) -> None:
    assert without_hostile(one_line(text)) == one_line(text)


@pytest.mark.parametrize(
    "name", ["H\u0430ma", "\u041dama", "\u039aurdish front", "the \u0391sad army", "al-\u0405ham"]
)
def test_a_word_of_two_scripts_that_look_alike_is_told(name: str) -> None:
    assert mixes_scripts(name)


@pytest.mark.parametrize(
    "name",
    [
        *("", "al-Sham (HTS)", "هيئة تحرير الشام 2024", "Київ (Kyiv)", "Żywiec", "T-72Б", "2С19"),
        *("Αθήνα", "哈馬 Hama", "Москва/Moscow", "PKK-ПКК", "Straße", "ѕ", "50 µm", "Hama 8"),
    ],
)
def test_names_in_several_scripts_are_not_mistaken(name: str) -> None:
    assert not mixes_scripts(name)


@given(st.text("abcXYZéüß", max_size=8), st.text("абвгЖЯ", max_size=8), st.sampled_from("/ -(0"))
def test_words_of_one_script_each_may_stand_side_by_side(one: str, other: str, by: str) -> None:
    assert not mixes_scripts(one + by + other)
    assert mixes_scripts(one + other) == bool(one and other)
