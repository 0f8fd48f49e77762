"""A dossier as data: sections of sentences, the passages they cite, and the sources."""

from collections.abc import Iterable, Iterator

import msgspec

from store.dossier.cited import CitedArticle, CitedPassage, cited
from store.dossier.claimed import agreed, at_odds, authorities, claimed, denied, updated
from store.dossier.drawn import Drawn, drawn
from store.dossier.gathered import Gathered, about_dispute, about_filter, about_subject
from store.dossier.judged import judged
from store.dossier.limits import limits, not_coded
from store.dossier.sentences import Sentence
from store.model.labels import count_text
from store.queries.disputes import the_subject
from store.queries.filters import Filters
from store.reader import Reader


class Part(msgspec.Struct, frozen=True):
    """Sentences under a heading of the second rank; it is empty where there is only one part."""

    heading: str
    sentences: tuple[Sentence, ...]


class Section(msgspec.Struct, frozen=True):
    """A section of a dossier; `empty` is what it says where it has no sentence."""

    heading: str
    parts: tuple[Part, ...]
    empty: str


class Dossier(msgspec.Struct, frozen=True):
    """All of a dossier. `summary` counts what it rests on, `left_out` what is not in it.

    The place of a passage in `passages` is the number, from 0, by which it is cited.
    """

    kind: str
    title: str
    id: str
    case: str
    summary: str
    sections: tuple[Section, ...]
    left_out: tuple[str, ...]
    passages: tuple[CitedPassage, ...]
    articles: tuple[CitedArticle, ...]
    drawn: Drawn


def dossier_of(connection: Reader, words: str, case: str) -> Dossier:
    """The dossier about an event, actor or place by its id or name, or a claim at odds by its id.

    Raises `UnknownRecord` unless exactly one record matches, `RestrictedRows` if nothing of
    it may be passed on, and `DamagedCase` for a sentence without a sound passage.
    """
    if words.startswith("clm_"):
        return _dossier(connection, about_dispute(connection, words), words, case)
    id_ = the_subject(connection, words).id
    return _dossier(connection, about_subject(connection, id_), id_, case)


def dossier_of_filter(connection: Reader, asked: Filters, words: str, case: str) -> Dossier:
    """The dossier about the events of a filter, which is called by these words.

    Raises `UsageError` where it has no events or too many, and what `dossier_of` does.
    """
    return _dossier(connection, about_filter(connection, asked, words), "", case)


def _dossier(connection: Reader, of: Gathered, id_: str, case: str) -> Dossier:
    passages = (of.voice(place).passage_id for place in of.places)
    held = cited(connection, passages)
    articles = {one.id: one for one in held.articles}
    sections = (
        Section("What is claimed", tuple(_claimed(of)), "No claim is coded."),
        _section("On whose authority", authorities(of), "No statement is coded, so no authority."),
        _section("What agrees", agreed(of), "No two origins are coded with the same value."),
        _section("What is at odds", at_odds(of), "No coded values are at odds."),
        _section("What was updated", updated(of), "No coded figure grew or was replaced."),
        _section(
            "What is denied, doubted or hearsay",
            denied(of),
            "Nothing is coded as denied, doubted or hearsay.",
        ),
        _section("What is not coded", not_coded(of), "No question asked is without a coded claim."),
        _section("What people judged", judged(connection, of), "Nobody has judged any of this."),
        _section("Limits", limits(of, articles), "No limit was found in the data."),
    )
    order = dict.fromkeys(
        passage
        for section in sections
        for part in section.parts
        for sentence in part.sentences
        for passage in sentence.passages
    )
    by_id = {one.id: one for one in held.passages}
    return Dossier(
        kind=of.kind,
        title=of.title,
        id=id_,
        case=case,
        summary=f"{count_text(len(of.places), 'statement')} in"
        f" {count_text(len(by_id), 'passage')} of {count_text(len(articles), 'article')}",
        sections=sections,
        left_out=tuple(
            f"{count_text(one.statements, 'statement')} of {one.dataset}"
            f"{f' ({one.licence})' if one.licence else ''}"
            for one in of.left_out
        ),
        passages=tuple(by_id[id_] for id_ in order),
        articles=held.articles,
        drawn=drawn(connection, of),
    )


def _section(heading: str, sentences: Iterable[Sentence], empty: str) -> Section:
    found = tuple(sentences)
    return Section(heading, (Part("", found),) if found else (), empty)


def _claimed(of: Gathered) -> Iterator[Part]:
    """The claims, a part for each event, actor or place."""
    kept = {of.voice(place).line for place in of.places}
    for at, group in enumerate(of.comparison.groups):
        lines = [
            line
            for number, line in enumerate(of.comparison.lines)
            if number in kept and line.group == at
        ]
        if lines:
            heading = group.title if group.id in of.own else group.heading
            yield Part(heading, tuple(claimed(of, lines)))
