"""Offers of selected words for a claim: read by rules, shown, and taken by a person or not."""

import re
from collections.abc import Iterable
from typing import NamedTuple

from store.coding.offered_claim import CitedSource, OfferedClaim
from store.model.records import Stamp
from store.model.values import Participant, Where
from store.model.vocabulary import EventType, Kind, Role, Stance
from store.queries.names_in_words import names_in
from store.queries.search import NamedKind
from store.reader import Reader

TITLE_WIDTH = 72
"""The most characters of a title that is proposed for a new event."""


class SentenceOffers(NamedTuple):
    """The offers of selected words.

    `claims` are in the order in which they are likely; the first is what a form offers.
    `chain` holds the named origins, some of them new; `speaker` the words of one without a name.
    With a `pronoun`, "he" or "the group", they are those of a sentence before.
    """

    words: str
    claims: tuple[OfferedClaim, ...]
    stance: Stance
    chain: tuple[CitedSource, ...]
    speaker: str
    types: tuple[EventType, ...]
    title: str
    pronoun: str = ""


def sentence_offers(
    connection: Reader, words: str, published: Stamp | None = None, before: str = ""
) -> SentenceOffers:
    """Read what words may claim, given the actors, places and sources of the case.

    Dates are resolved against the time of publication; without one "Thursday" stays so.
    `before` is the text before the words, where somebody may be named who speaks in them.
    """
    # their many patterns are compiled when somebody codes, and not at each start
    from store.coding.attribution import attributed, pronoun_that_speaks, unnamed_speaker
    from store.coding.read_sentence import offered_counts, offered_stance, offered_types
    from store.extraction.dates import dates_in

    line = " ".join(words.split())
    names = names_in(connection, line)
    chain = attributed(line, names)
    speaking = {(one.start, one.end) for one in chain if one.id}
    speaker = "" if chain else unnamed_speaker(line)
    pronoun = "" if chain or speaker else pronoun_that_speaks(line)
    if pronoun:
        chain, speaker = _speaker_before(connection, before)
    counts = offered_counts(line)
    found = [*counts, OfferedClaim(Kind.OCCURRENCE, None)] if counts else []
    found = found or [OfferedClaim(Kind.OCCURRENCE, None)]
    dates = dates_in(line, published)
    found += (OfferedClaim(Kind.DATE, one.when) for one in dates)
    for one in names:
        if one.kind is NamedKind.PLACE:
            found.append(OfferedClaim(Kind.PLACE, Where(place=one.id, printed=one.name)))
        elif one.kind is NamedKind.ACTOR and (one.start, one.end) not in speaking:
            value = Participant(actor=one.id, role=Role.PARTY, printed=one.name)
            found.append(OfferedClaim(Kind.PARTICIPANT, value))
    return SentenceOffers(
        words=words,
        claims=tuple(dict.fromkeys(found)),
        stance=offered_stance(line),
        chain=chain,
        speaker=speaker,
        types=offered_types(line),
        title=_title(line, [(one.start, one.end) for one in dates]),
        pronoun=pronoun,
    )


_FAR = 1_500
"""The code points before selected words in which a speaker is looked for."""
_SENTENCES = 3


def _speaker_before(connection: Reader, before: str) -> tuple[tuple[CitedSource, ...], str]:
    """The source that the nearest sentence before cites last, or the words for one without a name.

    Neither where none of the sentences cites anybody.
    """
    from store.coding.attribution import attributed, unnamed_speaker
    from store.extraction.sentences import sentences_of

    for sentence in reversed(sentences_of(before[-_FAR:])[-_SENTENCES:]):
        if cited := attributed(sentence, names_in(connection, sentence)):
            return cited[-1:], ""
        if unnamed := unnamed_speaker(sentence):
            return (), unnamed
    return (), ""


_PHRASE_WORDS = (
    "in on at to for from by with and or but as near into after before during since until when"
    " while where because amid following across along around through between against that who"
    " which including killing wounding injuring leaving forcing killed wounded injured left"
)
_PHRASES = frozenset(_PHRASE_WORDS.split())
"""Words with which a phrase begins, so that a title may end before them."""
_SMALL_WORDS = "a an the of was were is are has have had been be its their his her hit no least"
_SMALL = _PHRASES | frozenset(_SMALL_WORDS.split())
"""Words with which no title ends."""


_NO_EVENT = re.compile(
    r"\W*(?:(?:on|in|by|at|since|until|early|late|earlier|later|the|of|before|after|and)\b\W*)*",
    re.IGNORECASE,
)


def _title(line: str, dates: Iterable[tuple[int, int]]) -> str:
    """The first clause that says more than a date, as a title to begin with; empty without any.

    It ends at a comma, or where a phrase begins. `dates` are the places of dates in the line.
    """
    from store.extraction.datelines import dateline_of

    undated = list(line)
    for start, end in dates:
        undated[start:end] = " " * (end - start)
    _, at = dateline_of(line)
    head = ""
    for clause in line[at:].split(", "):
        if not _NO_EVENT.fullmatch("".join(undated[at : at + len(clause)])):
            head = clause.rstrip(".:;")
            break
        at += len(clause) + len(", ")
    head = head[:1].upper() + head[1:]
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
