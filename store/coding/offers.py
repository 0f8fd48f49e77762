"""Offers of selected words for a claim: read by rules, shown, and taken by a person or not."""

from typing import NamedTuple

from msgspec.structs import replace

from store.coding.offered_claim import CitedSource, OfferedClaim
from store.model.records import Stamp
from store.model.text import folded
from store.model.values import Count, When
from store.model.vocabulary import EventType, SourceKind, Stance
from store.queries.names_in_words import names_in
from store.queries.search import NamedKind, named
from store.reader import Reader


class SentenceOffers(NamedTuple):
    """The offers of selected words.

    `claims` are in the order in which they are likely; the first is what a form offers.
    `chain` holds the named origins, some of them new; `speaker` the words of one without a name.
    `alike` are sources of the case with the words of that speaker in their names.
    With a `pronoun`, "he" or "the group", they are those of a sentence before. `said` is a word
    of speech of which nobody was found to be the speaker. `days` are those at which a number of the
    words may be true, that of speaking first.
    """

    words: str
    claims: tuple[OfferedClaim, ...]
    stance: Stance
    chain: tuple[CitedSource, ...]
    speaker: str
    types: tuple[EventType, ...]
    title: str
    pronoun: str = ""
    alike: tuple[CitedSource, ...] = ()
    days: tuple[When, ...] = ()
    said: str = ""


LONGEST = 4_000
"""The code points of selected words that are read; some rules look at all pairs of clauses."""


def sentence_offers(
    connection: Reader, words: str, published: Stamp | None = None, before: str = ""
) -> SentenceOffers:
    """Read what words may claim, given the actors, places and sources of the case.

    Dates are resolved against the time of publication; without one "Thursday" stays so.
    `before` is the text before the words, where somebody may be named who speaks in them. Of very
    long words the first `LONGEST` code points are read.
    """
    # their many patterns are compiled when somebody codes, and not at each start
    from store.coding.attribution import (
        attributed,
        pronoun_that_speaks,
        unnamed_speaker,
        word_of_speech,
    )
    from store.coding.list_item import list_item, offered_by_item
    from store.coding.read_sentence import offered_types
    from store.coding.sentence_claims import claims_of
    from store.coding.title import offered_title
    from store.extraction.dates import dates_in
    from store.extraction.emphasis import without_emphasis
    from store.extraction.event_dates import sentence_dates

    printed = " ".join(words.split())[:LONGEST]
    line = without_emphasis(printed)
    item = list_item(line, before)
    names = names_in(connection, line)
    chain = attributed(line, names)
    speaking = {(one.start, one.end) for one in chain if one.id}
    speaker = "" if chain else unnamed_speaker(line)
    pronoun = "" if chain or speaker else pronoun_that_speaks(line)
    if pronoun:
        chain, speaker = _speaker_before(connection, without_emphasis(before[-_FAR:]), pronoun)
    types = offered_types(line)
    spoken = types == (EventType.STATEMENT,)
    found = dates_in(line, published)
    dates = sentence_dates(line, found, only_spoken=spoken)
    read = claims_of(line, names, speaking, dates.happened)
    if item:
        counted = (one._replace(stance=read.stance) for one in offered_by_item(item))
        read = read._replace(claims=tuple(dict.fromkeys((*counted, *read.claims))))
        chain, speaker = _speaker_of(connection, item.lead)
    return SentenceOffers(
        words=words,
        claims=tuple(_as_printed(one, printed) for one in read.claims),
        stance=read.stance,
        chain=chain,
        speaker=speaker,
        types=types,
        title="" if item else offered_title(line, [(one.start, one.end) for one in found]),
        pronoun=pronoun,
        alike=_alike(connection, speaker),
        days=dates.true,
        said="" if chain or speaker or pronoun else word_of_speech(line),
    )


def _speaker_of(connection: Reader, sentence: str) -> tuple[tuple[CitedSource, ...], str]:
    """The sources that a sentence cites, or the words for a speaker without a name."""
    from store.coding.attribution import attributed, unnamed_speaker

    cited = attributed(sentence, names_in(connection, sentence))
    return cited, "" if cited else unnamed_speaker(sentence)


_ALIKE = 3
"""The most sources that are offered for the words of a speaker."""


def _alike(connection: Reader, speaker: str) -> tuple[CitedSource, ...]:
    """The sources of the case with the words for a speaker in their names, but unnamed ones."""
    if not speaker:
        return ()
    wanted = folded(speaker)
    found = [
        CitedSource(one.name, one.id, 0, 0)
        for one in named(connection, speaker, NamedKind.SOURCE)
        if f" {wanted} " in f" {folded(one.name)} "
    ]
    kinds = {
        id: kind
        for one in found
        for id, kind in connection.execute("SELECT id, kind FROM sources WHERE id = ?", (one.id,))
    }
    return tuple(one for one in found if kinds[one.id] != SourceKind.UNNAMED)[:_ALIKE]


def _as_printed(one: OfferedClaim, text: str) -> OfferedClaim:
    """An offered number or date with its words as the text prints them."""
    from store.extraction.emphasis import with_emphasis

    if not isinstance(one.value, Count | When) or not one.value.printed:
        return one
    words = with_emphasis(one.value.printed, text)
    return one._replace(value=replace(one.value, printed=words))


def _person(connection: Reader, one: CitedSource) -> bool | None:
    """True if a source of the case is a person, None where its kind is not known."""
    query = "SELECT kind FROM sources WHERE id = ?"
    found = connection.execute(query, (one.id,)).fetchone() if one.id else None
    if found is None or found[0] in _PERHAPS_PERSONS:
        return None
    return bool(found[0] == SourceKind.PERSON)


_PERHAPS_PERSONS = (
    *(SourceKind.OFFICIAL, SourceKind.BELLIGERENT, SourceKind.UNNAMED, SourceKind.UNKNOWN),
)

_FAR = 1_500
"""The code points before selected words in which a speaker is looked for."""
_SENTENCES = 3


def _speaker_before(
    connection: Reader, before: str, pronoun: str
) -> tuple[tuple[CitedSource, ...], str]:
    """The source that the nearest sentence before cites last, or the words for one without a name.

    Neither where the nearest sentence in which somebody speaks has none whom the pronoun may mean.
    """
    from store.coding.attribution import (
        attributed,
        may_be_meant,
        pronoun_that_speaks,
        unnamed_speaker,
        word_of_speech,
    )
    from store.extraction.sentences import sentences_of

    for sentence in reversed(sentences_of(before)[-_SENTENCES:]):
        if cited := attributed(sentence, names_in(connection, sentence)):
            meant = [
                one
                for one in cited
                if may_be_meant(pronoun, one.name, person=_person(connection, one))
            ]
            return tuple(meant[-1:]), ""
        if unnamed := unnamed_speaker(sentence):
            return (), unnamed
        if word_of_speech(sentence) and not pronoun_that_speaks(sentence):
            break
    return (), ""
