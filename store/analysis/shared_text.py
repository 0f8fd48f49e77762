"""Words that two texts share: runs of at least five, except quotations, names and titles.

Two reports of one event name the same people, quote the same statements, and
repeat each other's headlines; so these are masked, and a masked word breaks a
run. The rest is compared by shingles of five words: containment is the
share of the shorter text's shingles that the longer one has, so that a short
copy of a part of a long text is found (Broder 1997). Which texts of many to
compare at all is found by winnowing (Schleimer, Wilkerson and Aiken 2003): of
each few successive shingles the one with the least hash is kept.
"""

import re
from array import array
from collections.abc import Iterable, Iterator, Sequence, Set
from itertools import groupby
from typing import NamedTuple
from zlib import crc32

WORDS = 5
"""Words of a shingle."""
CROWD = 8
"""The most texts with one fingerprint of which every pair is a candidate, not neighbours only."""
_OFTEN = 8
"""The most places of one shingle in a text that are compared."""

_QUOTED = re.compile(
    r"“[^”]{0,8000}(?:”|\Z)|«[^»]{0,8000}(?:»|\Z)|„[^“”]{0,8000}(?:[“”]|\Z)"
    r"|\"[^\"\n]*(?:\"|(?=\n)|\Z)"
    r"|(?<!\w)[‘'](?=\w)(?:[^’'\n]|(?<=\w)[’'](?=\w))*[’'](?!\w)"
)
"""A quotation. If it is not closed, it ends with the line, and the next line opens anew."""
_WORD = re.compile(r"[^\W_]+(?:['’.,:-][^\W_]+)*")
_JOINS = frozenset(("al", "and", "da", "de", "del", "for", "la", "of", "on", "the", "to", "von"))
"""Words in lower case within a name: "Observatory for Human Rights"."""
_ENDS = re.compile(r"[.!?:;…\n|/]|[-–—]\s")
"""Characters that may precede the first word of a sentence."""


class MaskedText(NamedTuple):
    """A text as it is compared: its words, without those that are masked.

    Each word has its first code point, the one after its last, the key of the
    shingle that begins there (0 if a masked word comes too soon), and its place
    among all words. `printed` holds a hash of each of all words, masked or not.
    """

    starts: Sequence[int]
    ends: Sequence[int]
    keys: Sequence[int]
    places: Sequence[int]
    printed: Sequence[int]

    @property
    def shingles(self) -> set[int]:
        """The keys of its shingles."""
        return set(self.keys) - {0}


class Run(NamedTuple):
    """Words that two texts share: their number, and their places, end exclusive.

    `printed` counts all words, masked or not, in which the texts agree around there.
    """

    words: int
    start: int
    end: int
    other_start: int
    other_end: int
    printed: int

    def turned(self) -> "Run":
        """The same run, with the two texts swapped."""
        return self._replace(
            start=self.other_start,
            end=self.other_end,
            other_start=self.start,
            other_end=self.end,
        )


class SharedText(NamedTuple):
    """The overlap of two texts: shared shingles, their share of the shorter text, and the runs."""

    shingles: int
    containment: float
    runs: tuple[Run, ...]

    @property
    def longest(self) -> int:
        """The number of words of the longest run."""
        return max((run.words for run in self.runs), default=0)


def worded(text: str, titles: Iterable[str] = ()) -> MaskedText:
    """A text as it is compared; `titles` are masked wherever they occur in it."""
    masked = [found.span() for found in _QUOTED.finditer(text)]
    for title in titles:
        if title:
            masked += (found.span() for found in re.finditer(re.escape(title), text))
    found = list(_WORD.finditer(text))
    place_of = {one.start(): place for place, one in enumerate(found)}
    starts, ends, keys, places = array("L"), array("L"), array("L"), array("L")
    for run in _runs(text, found, masked):
        words = [_plain(one) for one in run]
        starts.extend(one.start() for one in run)
        ends.extend(one.end() for one in run)
        places.extend(place_of[one.start()] for one in run)
        for place in range(len(run)):
            shingle = words[place : place + WORDS]
            keys.append((_key(" ".join(shingle)) or 1) if len(shingle) == WORDS else 0)
    return MaskedText(starts, ends, keys, places, array("L", (_key(_plain(one)) for one in found)))


def _plain(word: re.Match[str]) -> str:
    return word.group().lower().replace("’", "'")


def _key(words: str) -> int:
    return crc32(words.encode("utf-8", "surrogatepass"))


def _runs(
    text: str, words: Sequence[re.Match[str]], masked: Iterable[tuple[int, int]]
) -> Iterator[list[re.Match[str]]]:
    """The words between quotations, titles and names."""
    hidden = bytearray(len(text))
    for start, end in masked:
        hidden[start:end] = b"\1" * (end - start)
    found = [one for one in words if not hidden[one.start()]]
    run: list[re.Match[str]] = []
    end = 0
    for one, name in zip(found, _named(text, found), strict=True):
        if name or 1 in hidden[end : one.start()]:
            yield run
            run = []
        if not name:
            run.append(one)
        end = one.end()
    yield run


def _named(text: str, found: Sequence[re.Match[str]]) -> list[bool]:
    """A flag for each word, true if it is part of a name.

    Names have a capital that does not only begin a sentence.

    The first word of a sentence is part of a name if the next one is, or if it
    has a capital in the middle of another sentence, too.
    """
    capital = [any(letter.isupper() for letter in one.group()) for one in found]
    begins = [
        before is None or _ENDS.search(text, before.end(), one.start()) is not None
        for before, one in zip([None, *found], found, strict=False)
    ]
    within = {
        one.group()
        for one, big, first in zip(found, capital, begins, strict=True)
        if big and not first
    }
    named = [
        big
        and (
            not first
            or one.group() in within
            or (place + 1 < len(found) and capital[place + 1] and not begins[place + 1])
        )
        for place, (one, big, first) in enumerate(zip(found, capital, begins, strict=True))
    ]
    for place in range(1, len(found) - 1):
        if found[place].group() in _JOINS and named[place - 1]:
            after = place + 1 + (found[place + 1].group() in _JOINS)
            if after < len(found) and capital[after] and not any(begins[place : after + 1]):
                named[place:after] = [True] * (after - place)
    return named


def shared(one: MaskedText, other: MaskedText, commonplace: Set[int] = frozenset()) -> SharedText:
    """The overlap of two texts without commonplace shingles; runs in the order of the first."""
    if (list(one.keys), list(one.starts)) > (list(other.keys), list(other.starts)):
        found = shared(other, one, commonplace)  # so that it is the same for both orders
        return found._replace(runs=tuple(sorted(run.turned() for run in found.runs)))
    ours, theirs = one.shingles, other.shingles
    common = (ours & theirs) - commonplace
    shorter = min(len(ours), len(theirs))
    return SharedText(
        len(common), len(common) / shorter if shorter else 0.0, tuple(_shared(one, other, common))
    )


def _shared(one: MaskedText, other: MaskedText, common: Set[int]) -> Iterator[Run]:
    """The longest run of shared shingles from each place that no earlier run covers."""
    there: dict[int, list[int]] = {}
    for at, key in enumerate(other.keys):
        if key in common and len(there.setdefault(key, [])) < _OFTEN:
            there[key].append(at)
    after = 0
    for place, key in enumerate(one.keys):
        if place < after or key not in common:
            continue
        length, turned = max((_alike(one.keys, other.keys, place, at), -at) for at in there[key])
        at, last = -turned, length + WORDS - 2
        after = place + length
        yield Run(
            last + 1,
            one.starts[place],
            one.ends[place + last],
            other.starts[at],
            other.ends[at + last],
            _printed(one, other, place, at),
        )


def _alike(one: Sequence[int], other: Sequence[int], place: int, at: int, step: int = 1) -> int:
    """The number of successive items, from a place in each, that are equal and not 0."""
    length = 0
    while 0 <= place < len(one) and 0 <= at < len(other) and one[place] == other[at] and one[place]:
        place, at, length = place + step, at + step, length + 1
    return length


def _printed(one: MaskedText, other: MaskedText, place: int, at: int) -> int:
    """The number of successive printed words around a shared one that are equal."""
    place, at = one.places[place], other.places[at]
    before = _alike(one.printed, other.printed, place, at, -1)
    return before + _alike(one.printed, other.printed, place, at) - 1


def fingerprints(text: MaskedText) -> frozenset[int]:
    """The lesser key of each two successive shingles."""
    keys = (0, *text.keys, 0)
    return frozenset(
        min(key, after) if after else key
        for before, key, after in zip(keys, keys[1:], keys[2:], strict=False)
        if key and (after or not before)  # a run of one shingle has no two
    )


def commonplaces(texts: Iterable[MaskedText]) -> frozenset[int]:
    """The shingles that a crowd of texts has: what all say is no sign for two of them."""
    every = sorted(key for text in texts for key in text.shingles)
    return frozenset(key for key, of in groupby(every) if sum(1 for _ in of) > CROWD)


class FingerprintOverlap(NamedTuple):
    """Counts of the fingerprints that two texts share: those that few texts have, and many."""

    few: int = 0
    many: int = 0


def candidates(texts: Sequence[Set[int]]) -> dict[tuple[int, int], FingerprintOverlap]:
    """The pairs of texts that share fingerprints, by their places in the list.

    Of the texts with a fingerprint of a crowd, only neighbours in the list are paired.
    """
    index = sorted((key << 32) + place for place, prints in enumerate(texts) for key in prints)
    found: dict[tuple[int, int], FingerprintOverlap] = {}
    for _, group in groupby(index, lambda one: one >> 32):
        places = [one & 0xFFFFFFFF for one in group]
        few = len(places) <= CROWD
        near = len(places) if few else 2
        for at, place in enumerate(places):
            for other in places[at + 1 : at + near]:
                met = found.get((place, other), _NONE)
                found[place, other] = FingerprintOverlap(met.few + few, met.many + (not few))
    return found


_NONE = FingerprintOverlap()
