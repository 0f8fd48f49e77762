"""The language of a text, guessed by its script and its commonest words."""

import re
from collections import Counter
from collections.abc import Mapping

_SCRIPTS: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile("[\u0590-\u05ff]"), "he"),
    (re.compile("[\u3040-\u30ff]"), "ja"),
    (re.compile("[\uac00-\ud7af]"), "ko"),
    (re.compile("[\u4e00-\u9fff]"), "zh"),
    (re.compile("[\u0370-\u03ff]"), "el"),
)
_ARABIC = re.compile("[\u0600-\u06ff]")
_CYRILLIC = re.compile("[\u0400-\u04ff]")
_PERSIAN = re.compile("[\u067e\u0686\u0698\u06af\u06a9\u06cc]")
_UKRAINIAN = re.compile("[\u0456\u0457\u0454\u0491]")
_COMMON_WORDS = """
en the of and to in that was with for on by from said
fr le la les des du et dans une est que pour par sur
es el la los las de que en una por con del para se
de der die das und den von mit ist im auf für nicht ein
it il di che la della per con una del nel sono gli
pt o a os de que em uma para com do da não foi
tr ve bir bu için ile de da olarak olan çok
"""
_WORDS: Mapping[str, frozenset[str]] = {
    line[:2]: frozenset(line[3:].split()) for line in _COMMON_WORDS.strip().splitlines()
}
_SAMPLE = 4000
_WORD = re.compile(r"[^\W\d_]+")


def language_of(text: str) -> str:
    """The BCP 47 code of a text's language, `und` where nothing tells it."""
    sample = text[:_SAMPLE]
    letters = max(1, sum(many for letter, many in Counter(sample).items() if letter.isalpha()))
    for pattern, code in _SCRIPTS:
        if len(pattern.findall(sample)) > letters // 3:
            return code
    if len(_ARABIC.findall(sample)) > letters // 3:
        return "fa" if len(_PERSIAN.findall(sample)) > letters // 50 else "ar"
    if len(_CYRILLIC.findall(sample)) > letters // 3:
        return "uk" if _UKRAINIAN.search(sample) else "ru"
    words = Counter(map(str.lower, _WORD.findall(sample)))
    counts = {
        code: sum(words[word] for word in words.keys() & common) for code, common in _WORDS.items()
    }
    best, second = sorted(counts, key=counts.__getitem__, reverse=True)[:2]
    enough = counts[best] >= max(3, words.total() // 20) and counts[best] > counts[second]
    return best if enough else "und"


_TAG = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")
_NAMED: Mapping[str, str] = {
    "english": "en",
    "arabic": "ar",
    "french": "fr",
    "spanish": "es",
    "german": "de",
    "russian": "ru",
    "ukrainian": "uk",
    "turkish": "tr",
    "hebrew": "he",
    "persian": "fa",
    "chinese": "zh",
    "portuguese": "pt",
    "italian": "it",
    "kurdish": "ku",
}


def language_tag(printed: str) -> str:
    """The BCP 47 code of a language that a file states, by code or by name; empty if it is none."""
    printed = printed.strip()
    if named := _NAMED.get(printed.lower()):
        return named
    if not _TAG.fullmatch(printed):
        return ""
    first, *rest = printed.replace("_", "-").split("-")
    return "-".join((first.lower(), *(one.upper() if len(one) == 2 else one for one in rest)))
