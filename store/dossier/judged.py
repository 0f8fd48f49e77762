"""Sentences about what persons judged: rulings, grades, assessments, kinships, with reasons."""

from collections.abc import Iterator

from store.dossier.gathered import Gathered
from store.dossier.phrases import label_of, value_of
from store.dossier.sentences import Part, Sentence, said, sentence
from store.exporters.citation import time_text
from store.model.judgements import Assessment, Grade, Judgement, Kinship, Ruling
from store.queries.judgements import about, title
from store.reader import Reader


def judged(connection: Reader, of: Gathered) -> Iterator[Sentence]:
    """A sentence for each judgement on the statements, their sources, articles and events.

    Notes, tags and marks are left out: they are the analyst's own.
    """
    at = {of.voice(place).claim: place for place in of.places}
    cites = _cites(of)
    for row in about(connection, [*at, *cites]):
        one = row.judgement
        if isinstance(one, Ruling):
            if one.about in at and one.other in at:
                yield _ruling(of, one, at[one.about], at[one.other])
        elif isinstance(one, Grade) and one.about in at:
            place = at[one.about]
            what = f"{label_of(of, place)}: {value_of(of, place)}"
            words = f"“{what}” has the credibility {one.grade}: {_why(one)}"
            yield said(words, [of.voice(place).passage_id])
        elif isinstance(one, Grade) and one.about in cites:
            words = f"{title(connection, one.about)} has the reliability {one.grade}: {_why(one)}"
            yield said(words, cites[one.about])
        elif isinstance(one, Assessment) and one.about in cites:
            words = f"“{title(connection, one.about)}” is {one.verdict}: {_why(one)}"
            yield said(words, cites[one.about])
        elif isinstance(one, Kinship) and one.about in cites and one.other in cites:
            words = f"Two articles are found to be {one.verdict}: {_why(one)}"
            yield said(words, [*cites[one.about], *cites[one.other]])


def _ruling(of: Gathered, one: Ruling, about: int, other: int) -> Sentence:
    return sentence(
        Part(
            f"“{label_of(of, about)}: {value_of(of, about)}”",
            (of.voice(about).passage_id,),
        ),
        Part(f" is ruled {one.verdict}, against “{value_of(of, other)}”"),
        Part("", (of.voice(other).passage_id,)),
        Part(f": {_why(one)}"),
    )


def _why(one: Judgement) -> str:
    """`“both cite SOHR” (Ana, 1 Jan 2026 00:00:00Z)`."""
    reason = getattr(one, "reason", "")
    stated = f"“{reason}”" if reason else "no reason is given"
    return f"{stated} ({one.by}, {time_text(one.at)})"


def _cites(of: Gathered) -> dict[str, list[str]]:
    """The passages that stand for each source, article and subject of the dossier, by its id."""
    found: dict[str, dict[str, None]] = {}
    for place in of.places:
        voice = of.voice(place)
        line = of.comparison.lines[voice.line]
        article = of.comparison.articles[voice.article].id
        ids = {of.comparison.groups[line.group].id, article, *of.claims[place].chain}
        ids |= {of.publishers[article]} if article in of.publishers else set()
        for id_ in ids:
            found.setdefault(id_, {})[voice.passage_id] = None
    return {id_: list(passages) for id_, passages in found.items()}
