"""Keys of place names, under which spellings of one name meet."""

import re
import unicodedata

_ARTICLES = re.compile(r"^(al|el|ad|ar|as|at|az|an|ash|esh|the|ال)[\s\-'’]+|^ال(?=\w{2})")
_ARABIC = str.maketrans("أإآٱىةؤئ", "اااايهوي", "ـ")
_ROMAN = (("kh", "h"), ("gh", "g"), ("sh", "s"), ("th", "t"), ("dh", "d"), ("ph", "f"), ("ch", "s"))
_SOUNDS = str.maketrans(
    {"q": "k", "c": "k", "j": "g", "z": "s", "v": "f", "w": "", "y": "", "x": "k"}
)
_TWICE = re.compile(r"(.)\1+")
_VOWELS = frozenset("aeiouاوي")


def name_key(name: str) -> str:
    """The letters and digits of a name without accents, signs, capitals and blanks."""
    text = unicodedata.normalize("NFKD", name).casefold().translate(_ARABIC)
    return "".join(
        sign for sign in text if sign.isalnum() and unicodedata.category(sign)[0] in "LN"
    )


def name_keys(name: str) -> frozenset[str]:
    """The key of a name, and that of the name without its article: "Al Bab" is found by "Bab"."""
    return frozenset((name_key(name), name_key(_without_article(name))))


def _without_article(name: str) -> str:
    text = unicodedata.normalize("NFKD", name).casefold().strip()
    text = "".join(sign for sign in text if unicodedata.category(sign)[0] != "M")
    return _ARTICLES.sub("", text)


def sound_key(name: str) -> str:
    """The consonants of a name: "Hama", "Hamah" and "Ḩamāh" meet, as do "Aleppo" and "Allepo"."""
    text = name_key(_without_article(name))
    for pair, sign in _ROMAN:
        text = text.replace(pair, sign)
    text = text.translate(_SOUNDS)
    text = _TWICE.sub(r"\1", text)
    first = "a" if text[:1] in _VOWELS else text[:1]
    found = first + "".join(sign for sign in text[1:] if sign not in _VOWELS)
    return found.removesuffix("h") if len(found) > 1 else found
