"""Datelines: the place with which a text begins, and what only looks like one."""

import pytest

from store.extraction.datelines import dateline, dateline_of

REST = "The rebels entered the city after three days of fighting."


@pytest.mark.parametrize(
    ("head", "place"),
    [
        ("Damascus, 2 December: ", "Damascus"),
        ("Damascus, 2 December 2024: ", "Damascus"),
        ("HAMA, Syria (AP) — ", "HAMA, Syria"),
        ("Damascus [Syria], December 2 (ANI): ", "Damascus [Syria]"),
        ("HAMA (Syria), Dec 2, 2024 (AFP) - ", "HAMA (Syria)"),
        ("Hama: ", "Hama"),
        ("Deir ez-Zor: ", "Deir ez-Zor"),
        ("Khan al-Assal, Syria - ", "Khan al-Assal, Syria"),
        ("WASHINGTON D.C. — ", "WASHINGTON D.C."),
        ("**KESH** (Reuters) - ", "KESH"),
        ("**KESH, Nov 6 (Reuters)** - ", "KESH"),
        ("دمشق – ", "دمشق"),
        ("", ""),
        ("Note: ", ""),
        ("Rebels: ", ""),
        ("Rebels took Hama – ", ""),
        ("The army said: ", ""),
    ],
)
def test_a_dateline_is_a_place(head: str, place: str) -> None:
    text = head + REST
    assert dateline_of(text) == (place, len(head) if place else 0)
    assert dateline([text]) == place


def test_words_in_small_letters_after_a_colon_are_what_somebody_says() -> None:
    assert dateline_of("Velmora: we took it") == ("", 0)
    assert dateline_of("Velmora: We took it") == ("Velmora", 9)
