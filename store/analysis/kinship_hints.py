"""Hints that two articles may be copies of one text or come from one house, with the signs.

A person confirms or refuses a hint; it changes no count. The
thresholds are measured in `docs/decisions/026-one-house.md`.
"""

import re
from collections.abc import Iterator, Mapping, Sequence, Set
from typing import NamedTuple, Protocol

from store.analysis.publication_order import Order, order_of
from store.analysis.shared_text import (
    FingerprintOverlap,
    Run,
    SharedText,
    candidates,
    commonplaces,
    fingerprints,
    shared,
    worded,
)
from store.model.judgements import KinshipKind
from store.model.records import Stamp
from store.model.vocabulary import StampBasis

COPY_CONTAINMENT = 0.5
"""The least share of the shorter text's shingles that a copy has."""
COPY_RUN = 40
"""The least number of successive printed words that copies share, …"""
COPY_SHARE = 0.2
"""… and their least share of the shorter text: texts from one form share only sentences."""
HOUSE_CONTAINMENT = 0.1
"""The least share of shingles, without commonplace ones, that two texts of one house have."""
HOUSE_SHINGLES, HOUSE_RUN = 12, 8
"""The least number of these shingles, and of the words of their longest run."""
FORM_SHINGLES, FORM_RUNS = 3, 2
"""The least that they share if their stamps have one form that few others have."""

_STAMPED = re.compile(
    r"^[^\S\n]*((?:first |last )?(?:published|updated|posted|modified)\b[^\n]{0,80})$",
    re.IGNORECASE | re.MULTILINE,
)
_MONTH = re.compile(
    r"\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*|\b(?:mon|tues?|wed(?:nes)?"
    r"|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b",
    re.IGNORECASE,
)


class HintArticle(Protocol):
    """The facts of an article from which a hint is made."""

    @property
    def id(self) -> str:
        """Its id."""

    @property
    def title(self) -> str | None:
        """Its headline."""

    @property
    def text(self) -> str | None:
        """Its text."""

    @property
    def publisher(self) -> str | None:
        """The id of its publisher, None if that is not stated."""

    @property
    def published(self) -> Stamp | None:
        """The time of its publication."""


class Hint(NamedTuple):
    """Two articles that may be kin, by their places in the list, and what they share.

    `verdict` is what a person may find. `forms` are the printed forms that the
    stamps of both have. `first` is the place of the one that was copied, None
    if that is not known, and `why_first` says how it is known.
    """

    one: int
    other: int
    verdict: KinshipKind
    shared: SharedText
    forms: tuple[str, ...]
    first: int | None = None
    why_first: str = ""


def forms_of(text: str) -> frozenset[str]:
    """The printed forms of the stamps in a text: `published #:# IST, month #th #`."""
    return frozenset(
        re.sub(r"\d+", "#", _MONTH.sub("month", found[1].strip()))
        for found in _STAMPED.finditer(text)
        if re.search(r"\d", found[1])
    )


def hints(
    articles: Sequence[HintArticle], named: Mapping[str, Set[str]], settled: Set[frozenset[str]]
) -> Iterator[Hint]:
    """The pairs that may be kin, in the order of the list.

    `named` holds, by the id of an article, the ids of the sources it names, and
    `settled` the pairs of ids on which a person has made a finding.
    """
    texts = [worded(one.text or "", (one.title or "",)) for one in articles]
    prints = [fingerprints(one) for one in texts]
    forms = [forms_of(one.text or "") for one in articles]
    common = commonplaces(texts)
    for (a, b), met in sorted(candidates(prints).items()):
        one, other = articles[a], articles[b]
        both = tuple(sorted(forms[a] & forms[b]))
        least = min(len(prints[a]), len(prints[b]))
        if not _worth(met, least, both) or frozenset((one.id, other.id)) in settled:
            continue
        found = shared(texts[a], texts[b])
        shorter = min(len(texts[a].printed), len(texts[b].printed))
        if _is_copy(found, shorter):
            first, why = _first(one, other, named)
            place = None if first is None else (a, b)[first]
            yield Hint(a, b, KinshipKind.SAME_TEXT, found, both, place, why)
        elif one.publisher is None or one.publisher != other.publisher:
            found = shared(texts[a], texts[b], common)
            if _of_one_house(found, both):
                yield Hint(a, b, KinshipKind.ONE_HOUSE, found, both)


def _worth(met: FingerprintOverlap, least: int, forms: Sequence[str]) -> bool:
    """True if two texts with so many common fingerprints should be compared word by word."""
    few = 1 if forms else 2
    return met.few >= few or met.few + met.many >= COPY_CONTAINMENT / 2 * least


def _is_copy(found: SharedText, shorter: int) -> bool:
    longest = max((run.printed for run in found.runs), default=0)
    return found.containment >= COPY_CONTAINMENT and longest >= max(COPY_RUN, COPY_SHARE * shorter)


def _of_one_house(found: SharedText, forms: Sequence[str]) -> bool:
    if forms and found.shingles >= FORM_SHINGLES and len(found.runs) >= FORM_RUNS:
        return True
    enough = found.shingles >= HOUSE_SHINGLES and found.longest >= HOUSE_RUN
    return enough and found.containment >= HOUSE_CONTAINMENT


def _first(
    one: HintArticle, other: HintArticle, named: Mapping[str, Set[str]]
) -> tuple[int | None, str]:
    """The one of two copies that was copied, 0 or 1, and how that is known; else None."""
    names = [
        source.publisher is not None and source.publisher in named.get(copy.id, ())
        for source, copy in ((one, other), (other, one))
    ]
    if names[0] != names[1]:
        return names.index(True), "the other one names its publisher"
    times = [(stamp.at, stamp.basis) for stamp in (one.published, other.published) if stamp]
    if len(times) < 2 or any(basis is StampBasis.GUESSED for _, basis in times):
        return None, ""
    (at, basis), (later, zone) = times
    order = order_of(at, basis is StampBasis.STATED, later, zone is StampBasis.STATED)
    if order not in (Order.BEFORE, Order.AFTER):
        return None, ""
    return int(order is Order.AFTER), "published before the other one"


def words_of(text: str, run: Run) -> str:
    """The words of a run as the first of two texts prints them."""
    return " ".join(text[run.start : run.end].split())
