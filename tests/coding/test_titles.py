"""The title that is proposed for a new event says who did what."""

import pytest

from store.coding.title import TITLE_WIDTH, offered_title

TITLES = [
    ("Rebels took Zed.", "Rebels took Zed"),
    ("Meanwhile, rebels took Zed.", "Rebels took Zed"),
    ("However, the town fell, residents said.", "The town fell"),
    ("The rebels, operating under a new flag, have now encircled Zed.", "have now encircled Zed"),
    ("Zed, once a quiet town, has fallen.", "Zed has fallen"),
    ("The army, backed by Velmora, mounted an attack, it said.", "The army mounted an attack"),
    ("Velmora, which denies it, has urged restraint.", "Velmora has urged restraint"),
    ("Zed, Trin, and Qor remain in touch, aiming for calm.", "Zed, Trin, and Qor remain in touch"),
    ("Despite the talks, the army shelled Zed.", "The army shelled Zed"),
    ("After the fall of Zed, troops led by Roe, 42, left Trin.", "Troops led by Roe left Trin"),
    ("In response to it, the army and the police, who fled, left Trin.", "left Trin"),
    ("In Trin, rebels freed prisoners.", "Rebels freed prisoners in Trin"),
    ("Following this warplanes bombed Zed, killing five.", "Following this warplanes bombed Zed"),
    ("While Velmora was at war, it rained.", "Velmora was at war"),
    ("Zed, 2 December: Rebels entered the city.", "Rebels entered the city"),
    ("The ministry said on Friday that 22 rebels were killed.", "22 rebels were killed"),
    ("Roe, an envoy, said that it rained.", "Roe said that it rained"),
    ("Sixteen people, five of whom were women, died.", "Sixteen people died"),
    ("At least 60 people, 14 of them children, were hurt.", "At least 60 people were hurt"),
    (
        "Per Osk, the minister, denied on Monday that it fell.",
        "Per Osk denied on Monday that it fell",
    ),
    ("The toll may pass 30, the director, Per Osk, told the Harrow.", "The toll may pass 30"),
    ("In Trin", "In Trin"),
    ("", ""),
]


@pytest.mark.parametrize(("line", "title"), TITLES, ids=[line[:30] for line, _ in TITLES])
def test_a_title_says_who_did_what(line: str, title: str) -> None:
    found = offered_title(line, ())
    assert found == title or (title[:1].islower() and found.endswith(title))


def test_every_title_is_short_and_of_the_words_of_the_line() -> None:
    for line, _ in TITLES:
        found = offered_title(f"{line.rstrip('.')} and {'then it went on ' * 9}.", ())
        assert len(found) <= TITLE_WIDTH
        assert set(found.lower().split()) <= set(f"{line} and then it went on".lower().split()) | {
            word.rstrip(".,") for word in line.lower().split()
        }
