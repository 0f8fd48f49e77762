"""Names that may mean one thing: spellings, transliterations, initials, words in another order.

Two names are compared by keys: those that share one are alike. So many names are compared in a
time that grows with their number alone.
"""

import re
import unicodedata
from collections.abc import Iterator
from difflib import SequenceMatcher
from enum import IntEnum
from typing import NamedTuple

LEAST = 5
"""The least letters of a name that one letter may tell from another."""

SKELETON = 3
"""The least consonants by which two spellings are one name, unless but one letter differs."""

SOUND = 0.7
"""The least share of letters in which two spellings agree, whose consonants are the same."""


class Likeness(IntEnum):
    """The ways in which two names are alike, the strongest first."""

    SAME = 1
    ORDER = 2
    GENERIC = 3
    SPELLING = 4
    INITIALS = 5
    LETTER = 6


WHY = {
    Likeness.SAME: "the same name",
    Likeness.ORDER: "the same words",
    Likeness.SPELLING: "another spelling",
    Likeness.INITIALS: "its initials",
    Likeness.LETTER: "one letter differs",
    Likeness.GENERIC: "the same but for a common word",
}
"""The likenesses in words."""


class NameKey(NamedTuple):
    """A key that a name shares with the names that it is like, in one way."""

    likeness: Likeness
    key: str


_WORDS = re.compile(r"[^\W_]+")
_LETTERS = str.maketrans({**dict.fromkeys("'’‘ʿʾʼ`´ʻ.", ""), "ة": "ه", "ى": "ي"})
_ARTICLES = frozenset(
    {*("al", "el", "ad", "an", "ar", "as", "ash", "at", "az", "ez", "ul"), "the", "of", "de", "la"}
)
_GENERIC = frozenset(
    {
        *("news", "agency", "network", "online", "tv", "channel", "newspaper", "daily", "website"),
        *("com", "org", "net", "city", "town", "village", "area", "group", "forces", "force"),
        *("troops", "militants", "fighters", "party", "movement", "organization", "organisation"),
    }
)
_LATIN = (("kh", "h"), ("gh", "g"), ("dh", "d"), ("th", "t"), ("sh", "s"), ("ou", "u"), ("q", "k"))
_DIPHTHONGS = tuple(
    (found, to)
    for to, all_of in (("i", "ay ei ai ey ee iy y e"), ("u", "aw au ow oo o"))
    for found in all_of.split()
)
_VOWELS = str.maketrans("", "", "aeiouyw")


def words_of(name: str) -> tuple[str, ...]:
    """The words of a name, without accents, apostrophes and capital letters."""
    plain = unicodedata.normalize("NFKD", name)
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return tuple(_WORDS.findall(plain.translate(_LETTERS).casefold()))


def name_keys(name: str) -> Iterator[NameKey]:
    """The keys of a name."""
    words = words_of(name)
    if not words:
        return
    plain = " ".join(words)
    yield NameKey(Likeness.SAME, plain)
    core = _core(words)
    yield NameKey(Likeness.ORDER, " ".join(sorted(core)))
    bare = _bare(words)
    skeleton = "".join(map(_skeleton, bare))
    if len(skeleton) > 1 and not any(map(str.isdigit, plain)):
        yield NameKey(Likeness.SPELLING, skeleton)
    yield NameKey(Likeness.GENERIC, " ".join(bare))
    yield from _initials(name, words, core)
    joined = "".join(words)
    if len(joined) >= LEAST and not any(map(str.isdigit, joined)):
        yield NameKey(Likeness.LETTER, joined)
        yield from (
            NameKey(Likeness.LETTER, joined[:at] + joined[at + 1 :]) for at in range(len(joined))
        )


def _core(words: tuple[str, ...]) -> list[str]:
    """The words without articles, unless nothing else is there."""
    return [word for word in words if word not in _ARTICLES] or list(words)


def _bare(words: tuple[str, ...]) -> list[str]:
    """The words without articles and common words, unless nothing else is there."""
    core = _core(words)
    return [word for word in core if word not in _GENERIC] or core


def _sound(word: str) -> str:
    """A word with one spelling for each vowel, as far as Latin spellings of Arabic differ."""
    for found, to in (*_LATIN, *_DIPHTHONGS):
        word = word.replace(found, to)
    return word


def _skeleton(word: str) -> str:
    """The consonants of a word as the Latin spellings of Arabic agree on them."""
    for found, to in _LATIN:
        word = word.replace(found, to)
    first, rest = word[:1], word[1:].translate(_VOWELS)
    if len(rest) > 1:
        rest = rest.removesuffix("h")
    kept = first if first not in "aeiou" else "a"
    for letter in rest:
        if letter != kept[-1]:
            kept += letter
    return kept


def _initials(name: str, words: tuple[str, ...], core: list[str]) -> Iterator[NameKey]:
    """The initials of a name of several words, or a name that may be initials itself."""
    if len(words) == 1 and name.strip().isupper() and 2 < len(name.strip()) < 8:
        yield NameKey(Likeness.INITIALS, words[0])
    for of in (words, tuple(core)):
        if 2 < len(of) < 8:
            yield NameKey(Likeness.INITIALS, "".join(word[0] for word in of))


def likeness(one: str, other: str) -> Likeness | None:
    """The strongest way in which two names are alike; None where they are not."""
    keys = set(name_keys(other))
    shared = [key.likeness for key in name_keys(one) if key in keys]
    return min((of for of in shared if _holds(of, one, other)), default=None)


def _holds(of: Likeness, one: str, other: str) -> bool:
    """Tell if two names with a common key are alike in this way."""
    joined = "".join(words_of(one)), "".join(words_of(other))
    if of is Likeness.INITIALS:
        return (len(words_of(one)) == 1) != (len(words_of(other)) == 1)
    if of is Likeness.LETTER:
        return one_letter_apart(*joined)
    if of is Likeness.SPELLING:
        first, second = (_bare(words_of(name)) for name in (one, other))
        sound, other_sound = _sound("".join(first)), _sound("".join(second))
        if sound == other_sound or one_letter_apart(sound, other_sound):
            return True
        near = SequenceMatcher(None, sound, other_sound, autojunk=False).ratio() >= SOUND
        return near and len("".join(map(_skeleton, first))) >= SKELETON
    return True


def one_letter_apart(one: str, other: str) -> bool:
    """Tell if a letter was left out, added, replaced, or changed place with its neighbour."""
    if abs(len(one) - len(other)) > 1 or one == other:
        return False
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    rest, other_rest = one[start:], other[start:]
    swapped = rest[:2] == other_rest[1::-1] and rest[2:] == other_rest[2:]
    return swapped or rest[1:] in (other_rest, other_rest[1:]) or other_rest[1:] == rest
