"""Missing values as programs write them: R, pandas, SQL, spreadsheets and statistics programs."""

from collections import Counter
from collections.abc import Mapping

_ANY_CASE = frozenset(
    (
        "na",
        "n/a",
        "#n/a",
        "nan",
        "-nan",
        "none",
        "null",
        "<na>",
        "\\n",
        "nat",
        "nil",
        ".",
        "-",
        "--",
    )
)
"""In a column of numbers, codes or dates these are missing values in any case."""
_AS_WRITTEN = frozenset(
    ("NA", "N/A", "n/a", "#N/A", "NaN", "nan", "None", "NULL", "null", "<NA>", "\\N", "NaT")
)
"""In a column of words these are missing values, as R, pandas and SQL write them: "Nan" is none."""
LONGEST = max(map(len, _ANY_CASE | _AS_WRITTEN))
BEGINNINGS = frozenset(word[0] for word in (*_ANY_CASE, *_AS_WRITTEN)) | {"N", " "}
"""The letters with which a cell of a missing value can begin."""


class MissingWords:
    """The missing values in a column of words, decided by the whole column.

    "None" is what pandas writes for a missing value, and also a town in Piedmont. In a column
    of places it is a name where the column writes missing values in another way, as empty
    cells, and where its other names are written in such letters. In all others it is missing.
    """

    def __init__(self, *, places: bool) -> None:
        self._places = places
        self._empty = 0
        self._words: Counter[str] = Counter()
        self._cases: set[str] = set()
        self.missing: frozenset[str] = _AS_WRITTEN

    def count(self, cell: str) -> None:
        """Take note of a cell."""
        text = cell.strip()
        if not text:
            self._empty += 1
        elif text in _AS_WRITTEN:
            self._words[text] += 1
        elif self._places and len(self._cases) < len(_CASES):
            self._cases.add(_case(text))

    def counted(self) -> None:
        """Decide which words are missing values."""
        if self._places and self._empty and len(self._words) == 1:
            (word,) = self._words
            if _case(word) in self._cases:
                self.missing = _AS_WRITTEN - {word}

    @property
    def met(self) -> Mapping[str, int]:
        """The missing values that the column has, and how often."""
        return {word: count for word, count in self._words.items() if word in self.missing}


_CASES = ("upper", "lower", "title", "mixed")


def _case(text: str) -> str:
    if text.isupper():
        return "upper"
    if text.islower():
        return "lower"
    return "title" if text.istitle() else "mixed"


def is_missing(cell: str) -> bool:
    """True if a cell of a column of numbers, codes or dates holds no value."""
    text = cell.strip()
    return not text or (len(text) <= LONGEST and text.lower() in _ANY_CASE)


def is_missing_word(text: str) -> bool:
    """True if a word of a list of names is a missing value."""
    return text.strip() in _AS_WRITTEN
