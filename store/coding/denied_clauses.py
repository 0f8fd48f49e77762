"""The clauses of a sentence that are denied, so that only what they say is offered as denied."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from store.coding.title import VERB
from store.extraction.speech import SAYING
from store.importers.denials import denials

_I = re.IGNORECASE


class DeniedClause(NamedTuple):
    """A clause from `start` to `end` that is denied; `subject` is the place of who denies.

    With `part` only a part in it is denied, or something that the clause does not say:
    "responsibility", "it".
    """

    subject: int
    start: int
    end: int
    part: bool


_SAYS_NEXT = re.compile(
    rf"\s(?:and|but|then)\s+(?:(?:also|later|then|instead|has|have|had)\s+)*{SAYING}\b", _I
)
_PART = re.compile(
    r"\s*(?:(?:that|of|about|any|all|its|their|his|her|the|having|being|it|they|he|she|was|were"
    r"|had|has|have|been|direct|in|any kind of|accusations?|allegations?|claims?|reports?"
    r"|charges?)\s+)*"
    r"(?:responsib\w+|involve\w+|roles?|parts?|complicity|knowledge|wrongdoing|links?|behind"
    r"|carrying|carried|target(?:ed|ing)|los(?:s|ses|ing|t)|casualties|it|this|them|claims?"
    r"|accusations?|allegations?|reports?|charges?)\b",
    _I,
)
"""Words that deny a part in something, a loss, or what another sentence says."""
_OWN_CLAIM = re.compile(
    r"\s*(?:an?|the|any|all)?\s*(?:claim|report|allegation|accusation)s?\b[^,;]{0,60}?\bthat\s+"
    r"(?:it|they|he|she|its|their|his|her)\b",
    _I,
)
_OWN = re.compile(r"\s*(?:that\s+)?(?:it|they|he|she|its|their|his|her|having|being)\b", _I)
_DID = (
    r"(?:attack|kill|hit|strike|shell|bomb|fire|target|capture|seize|take|fall|enter|withdraw|retreat"
    r"|advance|launch|carry out|happen|occur|lose|use|arrest|detain|evacuate|flee|cross|participate"
    r"|shoot|raid|storm|bombard|deploy|leave|reach)"
)
_DONE = (
    r"(?:attacked|killed|hit|struck|shelled|bombed|fired|targeted|captured|seized|taken|fallen"
    r"|entered|withdrawn|retreated|advanced|launched|happened|occurred|lost|used|arrested|detained"
    r"|evacuated|fled|crossed|shot|raided|stormed|bombarded|deployed|left|reached|wounded|injured|hurt"
    r"|involved|responsible|behind|present|in|at|near)"
)
_NOT = re.compile(
    rf"\b(?:(?:did not|does not|do not|didn['’]t|doesn['’]t|don['’]t)\s+{_DID}"
    rf"|(?:(?:was|were|is|are|has|have|had)(?: not|n['’]t)|never)\s+(?:been\s+)?{_DONE}"
    rf"|has never\s+{_DONE})\b"
    r"(?! (?:question|doubt|fact|part of the|least|all\b))",
    _I,
)
"""A verb of something that happens, with its denial."""
_BEGINS = re.compile(
    r"[,;:–—]\s*|\b(?:but|while|because|although|though|that|as|when|and|if|whether)\s", _I
)
_ENDS = re.compile(r"[,;:.–—]|\s(?:but|while|because|although|though|until|unless|and|if)\b", _I)
_LONGEST = 400
"""The most code points of a clause before its verb."""
_CONDITION = re.compile(r"(?:if|unless|whether)\s$", _I)


def denied_clauses(line: str) -> tuple[DeniedClause, ...]:
    """The clauses of a sentence that somebody denies, or that the text itself says are not so."""
    found = [*_denied(line), *_negated(line)]
    return tuple(sorted(found, key=lambda one: one.start))


def _denied(line: str) -> Iterator[DeniedClause]:
    for one in denials(line):
        end = one.end
        if says := _SAYS_NEXT.search(line, one.what, end):
            end = says.start()
        what = line[one.what : end]
        part = any(one.match(what) for one in (_PART, _OWN, _OWN_CLAIM)) or not what.strip(" .")
        yield DeniedClause(one.start, one.what, end, part)


def _negated(line: str) -> Iterator[DeniedClause]:
    for verb in _NOT.finditer(line):
        start = max(0, verb.start() - _LONGEST)
        condition = False
        for begins in _BEGINS.finditer(line, start, verb.start()):
            start = begins.end()
            condition = _CONDITION.match(begins[0]) is not None
        ends = _ENDS.search(line, verb.end())
        if not condition:
            yield DeniedClause(start, start, ends.start() if ends else len(line), part=False)


_WHO_SAYS = re.compile(
    rf"^[\W_]*(?:[^\W_][\w.'’-]*[ ,]+){{0,8}}?(?:{SAYING}|according to)(?: [\w.'’-]+){{0,4}}\W*$",
    _I,
)
"""Words outside a clause that only say who says it."""


def says_more(line: str, clauses: tuple[DeniedClause, ...]) -> bool:
    """True if a sentence says something beside its denied clauses and who speaks in it."""
    at, left = 0, []
    for one in clauses:
        left.append(line[at : one.subject])
        at = max(at, one.end)
    left.append(line[at:])
    return any(VERB.search(words) and not _WHO_SAYS.match(words) for words in left)
