"""Sentences about what is not coded, and about the limits of what is."""

from collections.abc import Callable, Iterator, Mapping, Sequence

from store.dossier.cited import CitedArticle
from store.dossier.gathered import Gathered
from store.dossier.sentences import Sentence, said
from store.model.labels import count_text
from store.model.records import Claim
from store.model.values import When
from store.model.vocabulary import DateBasis, Kind, ReadBy, StampBasis, TextKind

ASKED: Mapping[Kind, str] = {
    Kind.DATE: "when it happened",
    Kind.PLACE: "where it happened",
    Kind.PARTICIPANT: "who took part",
    Kind.FATALITIES: "how many were killed",
    Kind.INJURIES: "how many were injured",
}
"""The questions about an event, by the kind of claim that answers each."""


def not_coded(of: Gathered) -> Iterator[Sentence]:
    """A sentence for each question about which nothing is coded, citing the passages read.

    It claims nothing about the words of these passages, which may hold an answer.
    """
    events = [one for one in of.own if one.startswith("evt_")] if of.kind != "dispute" else []
    said_of: dict[str, list[int]] = {}
    for place in of.places:
        line = of.comparison.lines[of.voice(place).line]
        said_of.setdefault(of.comparison.groups[line.group].id, []).append(place)
    for kind, question in ASKED.items():
        silent: list[str] = []
        unresolved: list[str] = []
        for event in (one for one in events if one in said_of):
            found = [of.claims[place] for place in said_of[event] if of.claims[place].kind is kind]
            if not found:
                silent.append(event)
            elif not any(_resolved(claim) for claim in found):
                unresolved.append(event)
        for words, left in (
            (f"Nothing is coded about {question}", silent),
            (f"No date is resolved from the words coded about {question}", unresolved),
        ):
            passages = [of.voice(one).passage_id for event in left for one in said_of[event]]
            number = f" for {len(left):,} of {count_text(len(events), 'event')}"
            if left:
                yield said(f"{words}{number * (len(events) > 1)}. Passages read:", passages)


def _resolved(claim: Claim) -> bool:
    return not isinstance(claim.value, When) or bool(claim.value.edtf)


_UNREAD = (DateBasis.UNRESOLVED,)
_COUNTED = (DateBasis.RELATIVE_TO_EVENT, DateBasis.RELATIVE_TO_PUBLICATION)
_ASSUMED = (DateBasis.CONVENTION, DateBasis.YEAR_ASSUMED)
_OF_ARTICLE: Sequence[tuple[str, Callable[[CitedArticle], bool]]] = (
    ("{} without a stated publisher", lambda one: not one.publisher),
    ("{} without a time of publication", lambda one: not one.published),
    (
        "{} whose time zone is assumed, so that the order of publication may be wrong",
        lambda one: one.basis is StampBasis.ZONE_ASSUMED,
    ),
    ("{} whose time of publication is guessed", lambda one: one.basis is StampBasis.GUESSED),
    (
        "{} known from a digest in our own words, not from the original text",
        lambda one: one.text_kind is TextKind.DIGEST,
    ),
    (
        "{} known from a summary, perhaps not the whole text",
        lambda one: one.text_kind is TextKind.SUMMARY,
    ),
    ("{} known from the headline alone", lambda one: one.text_kind is TextKind.HEADLINE),
    (
        "{} that are rows of a data set, which compiles reports",
        lambda one: one.text_kind is TextKind.ROW,
    ),
)

_OF_VOICE: Sequence[tuple[str, Callable[[Gathered, int], bool]]] = (
    (
        "{} whose origin is not known; each unknown origin counts as one of its own",
        lambda of, place: of.voice(place).origin_id.startswith("?"),
    ),
    (
        "{} read by a machine and checked by nobody",
        lambda of, place: of.voice(place).read_by is ReadBy.MACHINE,
    ),
    (
        "{} read by a rule from a headline",
        lambda of, place: of.voice(place).read_by is ReadBy.RULE,
    ),
    (
        "{} coded by a data set",
        lambda of, place: of.voice(place).read_by is ReadBy.DATA_SET,
    ),
    (
        "{} that cover several events at once, and are not compared",
        lambda of, place: of.voice(place).aggregate,
    ),
    ("{} with a date that was not resolved", lambda of, place: _has_date(of, place, _UNREAD)),
    (
        "{} with a date that is counted from another date, or from the publication",
        lambda of, place: _has_date(of, place, _COUNTED),
    ),
    (
        "{} with a date that is our reading of vague words, or whose year is assumed",
        lambda of, place: _has_date(of, place, _ASSUMED),
    ),
)


def _has_date(of: Gathered, place: int, bases: Sequence[DateBasis]) -> bool:
    claim = of.claims[place]
    dates = (claim.value, claim.as_of)
    return any(isinstance(one, When) and one.basis in bases for one in dates)


def limits(of: Gathered, articles: Mapping[str, CitedArticle]) -> Iterator[Sentence]:
    """A sentence for each limit that the statements and their articles have."""
    in_article: dict[str, list[str]] = {}
    for place in of.places:
        voice = of.voice(place)
        id_ = of.comparison.articles[voice.article].id
        in_article.setdefault(id_, []).append(voice.passage_id)
    for words, has in _OF_ARTICLE:
        found = [id_ for id_ in in_article if has(articles[id_])]
        if found:
            number = f"{len(found):,} of {count_text(len(in_article), 'article')}"
            passages = [passage for id_ in found for passage in in_article[id_]]
            yield said(words.format(number), passages)
    for words, has_limit in _OF_VOICE:
        places = [place for place in of.places if has_limit(of, place)]
        if places:
            number = f"{len(places):,} of {count_text(len(of.places), 'statement')}"
            yield said(words.format(number), [of.voice(place).passage_id for place in places])
