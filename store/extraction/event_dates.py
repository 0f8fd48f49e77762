"""The dates of a sentence that are the day of its event, apart from those of speaking and counting.

"Since Monday" and "until Friday" are no day on which something happened, "said on Friday" is the
day of the words, and "as of Friday" that of a count.
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from msgspec.structs import replace

from store.extraction.calendar_dates import FoundDate
from store.extraction.datelines import dateline_of
from store.model.values import When

_I = re.IGNORECASE
_NEAR = 160
"""The code points before a date in which words about it stand."""
_SINCE = re.compile(
    r"\b(?:since|until|till)\b(?:\s+(?:[\w’'-]+\s+){1,7}?(?:in|on|at|of))?"
    r"(?:\s+(?:the|about|around|early|late|mid|at least))*[\s-]*$",
    _I,
)
"""Words before a date at which something only began or ended."""
_BOUND = re.compile(r"\b(?:since|until|till)\b", _I)
_BY = re.compile(r"\bby\b", _I)
_AS_OF = re.compile(r"\b(?:as of|as at|by)\s+(?:early |late |the )?$", _I)
_HEARERS = (
    r"(?:reporters|journalists|(?:the |a |state |local |an? )?(?:news )?(?:agency|media|press|tv)"
    r"|(?:the )?(?-i:[A-Z][\w.]*)(?: (?-i:[A-Z][\w.]*)){0,3})"
)
_SPOKE = re.compile(
    r"(?<!\bwas )(?<!\bwere )(?<!\bbeen )\b(?:said|says|told|announced|stated|reported|confirmed"
    r"|added|warned|claimed|declared|wrote|tweeted|denied|acknowledged|condemned|insisted|admitted"
    rf"|spoke|speaking|spoken)(?:\s+{_HEARERS})?"
    r"(?:\s+in an? (?:[\w’'-]+\s+){0,3}?(?:statement|post|interview|briefing|report|speech|letter"
    r"|news conference|address))?\s+(?:(?:late|early|earlier|later|here)\s+)?(?:on\s+)?$"
    r"|\b(?:statement|briefing|press release|news conference)\s+(?:issued |released |published )?"
    r"(?:late |early )?(?:on\s+)?$"
    r"|\b(?:report|statement|bulletin) (?:of|dated|from)\s+$",
    _I,
)
"""Words before the day of speaking."""
_POSSESSIVE = re.compile(r"['’]s\b")
_WIRE = re.compile(r",?\s*\([A-Z][^()]{1,30}\)\s*[-–—]")
"""The name of an agency after the day of a dateline."""
_CORRECTED = re.compile(r"\W*(?:correction|clarification|editor['’]s note|updated?)\b[^:]*:", _I)
_BEGAN = re.compile(
    r"\b(?:began|begun|started|launched|opened)\s+(?:(?:at|on|in)\s+)?(?:the\s+)?$", _I
)
_ENDED = re.compile(
    r"\b(?:ended|finished|stopped|closed|concluded)\s+(?:(?:at|on|in)\s+)?(?:the\s+)?$", _I
)


class SentenceDates(NamedTuple):
    """The dates of a sentence: those of what happened, and those at which a count was true."""

    happened: tuple[FoundDate, ...]
    true: tuple[When, ...]


def sentence_dates(line: str, found: Sequence[FoundDate], *, only_spoken: bool) -> SentenceDates:
    """Tell the dates of a line apart; with `only_spoken` its event is that somebody speaks."""
    correction = _CORRECTED.match(line)
    corrected = correction.end() if correction else 0
    head = _head(line, found)
    happened: list[FoundDate] = []
    true: list[When] = []
    for one in _spans(line, found):
        before, printed = line[max(0, one.start - _NEAR) : one.start], one.when.printed
        if _SINCE.search(before) or _BOUND.search(printed) or one.end <= corrected:
            continue
        if _AS_OF.search(before) or _BY.search(printed):
            true.append(one.when)
        elif _SPOKE.search(before) and not _POSSESSIVE.match(line, one.end):
            true.append(one.when)
            if only_spoken:
                happened.append(one)
        else:
            happened.append(one)
    stated = [one for one in happened if one.start >= head]
    happened = list(_each_day_once(stated or happened))
    days = (*true, *(one.when for one in happened))
    return SentenceDates(tuple(happened), tuple(dict.fromkeys(one for one in days if one.edtf)))


def _head(line: str, found: Sequence[FoundDate]) -> int:
    """The end of the dateline with which a line begins; 0 without one."""
    for one in found[:1]:
        if wire := _WIRE.match(line, one.end):
            return wire.end()
    return dateline_of(line)[1]


def _spans(line: str, found: Sequence[FoundDate]) -> Iterator[FoundDate]:
    """The dates, with the first and last day of "began on … and ended on …" as one.

    Neither of two that cannot be joined, as each is but an end.
    """
    joined: set[int] = set()
    for at, (one, other) in enumerate(pairwise(found)):
        if _BEGAN.search(line[max(0, one.start - _NEAR) : one.start]) and _ENDED.search(
            line[one.end : other.start]
        ):
            joined |= {at, at + 1}
            first, last = one.when.edtf, other.when.edtf
            plain = all(re.fullmatch(r"\d{4}(?:-\d\d){0,2}", edtf) for edtf in (first, last))
            if plain and first <= last:
                note = "; ".join(filter(None, dict.fromkeys((one.when.note, other.when.note))))
                printed = line[one.start : other.end]
                when = replace(one.when, edtf=f"{first}/{last}", note=note, printed=printed)
                yield FoundDate(one.start, other.end, when)
    yield from (one for at, one in enumerate(found) if at not in joined)


def _each_day_once(found: Sequence[FoundDate]) -> Iterator[FoundDate]:
    seen: set[str] = set()
    for one in found:
        if not one.when.edtf or one.when.edtf not in seen:
            seen.add(one.when.edtf)
            yield one
