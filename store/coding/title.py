"""The title that is proposed for a new event: the first clause that says what happened."""

import re
from collections.abc import Iterable, Sequence
from itertools import product

from store.extraction.datelines import dateline_of

TITLE_WIDTH = 72
"""The most characters of a title that is proposed for a new event."""

_PHRASE_WORDS = (
    "in on at to for from by with and or but as near into after before during since until when"
    " while where because amid following across along around through between against that who"
    " which including killing wounding injuring leaving forcing killed wounded injured left"
)
_PHRASES = frozenset(_PHRASE_WORDS.split())
"""Words with which a phrase begins, so that a title may end before them."""
_SMALL_WORDS = (
    "a an the of was were is are has have had been be its their his her hit no least said says"
)
_SMALL = _PHRASES | frozenset(_SMALL_WORDS.split())
"""Words with which no title ends."""

_NO_EVENT = re.compile(
    r"\W*(?:(?:on|in|by|at|since|until|early|late|earlier|later|the|of|before|after|and"
    r"|meanwhile|however|notably|moreover|furthermore|nevertheless|additionally|separately|instead"
    r"|also|now|then|still|yet|thus|therefore|finally|overall|but|so far|for now|at least"
    r"|in (?:response|addition|turn|total|all|return|particular|fact)|as a result"
    r"|at the same time|on the other hand|according to [^,]+|(?:with)?in \w+ (?:hours|days|weeks))"
    r"\b\W*)*",
    re.IGNORECASE,
)
"""A clause of connecting words and dates alone."""
VERB = re.compile(
    r"\b(?:(?:[a-z]{3,}ed|led|died|told)(?! by\b)|was|were|is|are|has|have|had|will|would|may|might"
    r"|could|said|says|took|takes|hits?|kills?|left|fell|fled|began|broke|sent|held|struck|strikes|saw|made|gave|won"
    r"|lost|shot|met|retook|overran|drove|rose|became|came|comes|went|remains?|marks?|remain|vows?|flees?)\b"
)
_GOES_ON = re.compile(
    r"(?:also |now |later |then |still )*"
    r"(?!(?!denied|announced|confirmed|warned)\w+ed (?:by|in|as|with|at|for|on|\W)\b)"
    r"(?:[a-z]{3,}ed|died|told|was|were|is|are|has|have|had|will|would|said|took|left|fell|fled|began|broke|sent|hit|struck|shot|retook|overran"
    r"|held|came|went|remain)\b"
)
"""The beginning of a clause that goes on with a subject before what stands between."""
_BEFORE_SUBJECT = re.compile(
    r"(?:in|with|due|despite|amid|amidst|after|following|since|because|as|although|though|during"
    r"|under|from|at(?! (?:least|most))|on|by|before|until|within|without"
    r"|(?:hours|days|weeks|months|years) after)\b",
    re.IGNORECASE,
)
"""The beginning of a clause before the subject: "Despite the talks"."""
_NO_SUBJECT = re.compile(r"(?:who|which|that|whose)\b|[^A-Z\s]\S*$")
_SUBORDINATE = re.compile(r"(?:since|because|although|though|after|before|until)\b", re.IGNORECASE)
_SOMEWHERE = re.compile(r"(?i:in|at|near|outside|around) (?:the )?[A-Z][\w'’ -]*")
_WITHIN = re.compile(r"\s(?:since|after|before|as|when|while|who|which|that)\s")
_NEAR = 3
"""The clauses after one in which its subject may stand."""
_JOINED = re.compile(r"^(?:while|but|and|as|then|so|also|now)\s+(?=\S)", re.IGNORECASE)
_TOLD = re.compile(
    r".{1,90}?\b(?:said|says|reported|announced|stated|confirmed|claimed|added|declared)"
    r"(?: (?:on|late|early) \w+| \w+day)? that (?=\S)"
)
"""Who tells, and when, before what is told."""
_SUBJECT = 10
"""The most words of a clause that may be a subject alone."""


def offered_title(line: str, dates: Iterable[tuple[int, int]]) -> str:
    """The first clause that says more than a date, as a title to begin with; empty without any.

    It ends at a comma, or where a phrase begins; what is put between a subject and its verb
    is left out. `dates` are the places of dates in the line.
    """
    undated = list(line)
    for start, end in dates:
        undated[start:end] = " " * (end - start)
    _, at = dateline_of(line)
    clauses = line[at:].split(", ")
    head = ""
    for number, clause in enumerate(clauses):
        if not _NO_EVENT.fullmatch("".join(undated[at : at + len(clause)])):
            head = _with_subject(clause, clauses[number + 1 :]).rstrip(".:;")
            break
        at += len(clause) + len(", ")
    return _cut(head[:1].upper() + head[1:])


def _with_subject(clause: str, after: Sequence[str]) -> str:
    """The clause that tells of a subject: this one, or the first after it where it comes before."""
    told_of = VERB.search(_WITHIN.split(clause)[0]) and not _SUBORDINATE.match(clause)
    if _BEFORE_SUBJECT.match(clause) and not told_of:
        for reach, (number, one) in product((1, 2), enumerate(after[:_NEAR])):
            if _GOES_ON.match(one) or _BEFORE_SUBJECT.match(one) or _NO_SUBJECT.match(one):
                continue
            goes_on = any(map(_GOES_ON.match, after[number + 1 : number + 1 + reach]))
            if VERB.search(one) or goes_on:
                told = _with_verb(one, after[number + 1 :]).rstrip(".:;")
                place = f" {clause[:1].lower()}{clause[1:]}" if _SOMEWHERE.fullmatch(clause) else ""
                return told + (place if len(told) + len(place) <= TITLE_WIDTH else "")
        return clause
    clause = _JOINED.sub("", clause)
    teller = _TOLD.match(clause)
    return _with_verb(clause[teller.end() :] if teller else clause, after)


def _with_verb(clause: str, after: Sequence[str]) -> str:
    """A clause, with the one that goes on with it where it is no more than a subject."""
    if len(clause.split()) > _SUBJECT or VERB.search(clause):
        return clause
    if after and len(after[0].split()) < 3:
        listed = next((n for n, one in enumerate(after) if one.startswith("and ")), None)
        if listed is not None and all(len(one.split()) < 3 for one in after[:listed]):
            return ", ".join((clause, *after[: listed + 1]))
    goes_on = next((one for one in after if _GOES_ON.match(one)), "")
    return f"{clause} {goes_on}" if goes_on else clause


def _cut(head: str) -> str:
    """A title that is not too long, cut before a phrase."""
    if len(head) <= TITLE_WIDTH:
        return head
    kept = head[: TITLE_WIDTH + 1].rpartition(" ")[0].split()
    if not kept:  # a script without blanks
        return head[:TITLE_WIDTH]
    after = head.split()[len(kept)]
    begins = [at for at, word in enumerate([*kept, after]) if word.lower() in _PHRASES]
    words = kept[: max((at for at in begins if at > 2), default=len(kept))]
    while len(words) > 1 and words[-1].lower().strip(",") in _SMALL:
        words.pop()
    return " ".join(words)
