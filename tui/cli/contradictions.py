"""The command that lists the disputed statements of a case."""

from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from typing import TextIO

import click
import msgspec

from store.analysis.readings import DISPUTES, RANK, SHOWN, STALE, Reading
from store.archive import Archive
from store.exporters import FORMATS
from store.exporters.listing import Listing
from store.model.labels import NO_TITLE, chain_text, count_text, reader_text
from store.model.text import one_line
from store.model.vocabulary import Kind, Stance
from store.queries.compare import Comparison, Voice, compare
from store.queries.conflicts import Conflict, folded
from store.queries.disputes import Subject, disputed
from store.queries.filters import Filters
from tui.cli.compare import reading_words, said_words, sides, time_words, who_words
from tui.cli.layout import Line, write_lines
from tui.cli.licences import LicenceCount, passing
from tui.cli.lists import Asked, chosen_filter, opened
from tui.cli.siblings import SIBLINGS, list_siblings
from tui.draw.phrases import is_whole_title, printed_words
from tui.output import NAME, output, terminal

RULES = 10
"""Rules of one conflict that the table writes out."""


class ConflictRow(msgspec.Struct, frozen=True):
    """The subject of two values at odds, and the rule behind their reading.

    `conflict` numbers the conflicts from 1: pairs that share a value are one
    conflict, and `left_off` says how many more of its pairs are not listed. `subject`
    is the id of an event, place or actor, `about` the aspect of it that they
    speak of.
    """

    conflict: int
    reading: Reading
    subject: str
    subject_title: str
    subject_kind: str
    about: str
    rule: str
    left_off: int


class DisputedStatement(msgspec.Struct, frozen=True):
    """One statement on either side of a dispute, with all ids resolved.

    It may be about a part of the subject, whose id is then `about_id`.
    """

    claim: str
    about_id: str
    about_title: str
    stance: Stance
    value: str
    printed: str
    as_of: str
    article: str
    title: str
    publisher: str
    published: str
    chain: str
    origin: str
    passage: str
    exact: str
    read_by: str
    confidence: int | None
    dataset: str
    licence: str


class DisputePair(ConflictRow, frozen=True):
    """Two values at odds, and who states each; a stale value is `one`."""

    one: tuple[DisputedStatement, ...]
    other: tuple[DisputedStatement, ...]


SideRow = msgspec.defstruct(
    "SideRow",
    [("pair", int), ("side", str)]
    + [
        (field.name, field.type)
        for row in (ConflictRow, DisputedStatement)
        for field in msgspec.structs.fields(row)
    ],
    frozen=True,
)
"""One statement for a line of CSV: which pair, counted from 1, and which side of it."""


class _Found:
    """A conflict and the comparison that it comes from."""

    def __init__(self, subject: Subject, comparison: Comparison, conflict: Conflict) -> None:
        self.subject = subject
        self.comparison = comparison
        self.conflict = conflict

    @property
    def reading(self) -> Reading:
        """The reading that all of its pairs share."""
        return self.conflict.pairs[0].reading

    def pairs(self, number: int) -> Iterator[DisputePair]:
        """Its pairs in words."""
        for dispute in self.conflict.pairs:
            one, other = sides(dispute)
            yield DisputePair(
                conflict=number,
                reading=dispute.reading,
                subject=self.subject.id,
                subject_title=self.subject.title,
                subject_kind=self.subject.kind,
                about=self.comparison.lines[dispute.line].label,
                rule=dispute.rule,
                left_off=self.conflict.left_off,
                one=tuple(map(self._statement, one)),
                other=tuple(map(self._statement, other)),
            )

    def _statement(self, place: int) -> DisputedStatement:
        comparison = self.comparison
        voice = comparison.voices[place]
        article = comparison.articles[voice.article]
        group = comparison.groups[comparison.lines[voice.line].group]
        return DisputedStatement(
            claim=voice.claim,
            about_id=group.id,
            about_title=group.title,
            stance=voice.stance,
            value=voice.detail,
            printed=voice.printed,
            as_of=voice.as_of,
            article=article.id,
            title=article.title,
            publisher=article.publisher,
            published=article.published,
            chain=chain_text(article.publisher, voice.chain),
            origin=voice.origin,
            passage=voice.passage_id,
            exact=voice.exact,
            read_by=voice.read_by,
            confidence=voice.confidence,
            dataset=article.dataset,
            licence=article.licence,
        )


def list_contradictions(
    case: Path | None, form: str, reading: Sequence[str], **asked: Asked
) -> None:
    """Write the pairs of values at odds about the subjects that a filter leaves."""
    if SIBLINGS in reading:
        list_siblings(case, form, reading, asked)
        return
    wanted = {
        one
        for name in reading or ("",)
        for one in (SHOWN if name else DISPUTES)
        if _asks_for(name, one)
    }
    with opened(case) as archive:
        chosen = chosen_filter(archive, asked)
        with output() as stream, passing(archive, stream) as passed:
            count = _write(stream, form, _noted(_found(archive, chosen, wanted), passed))
        if not count:
            _say_none(chosen, reading)


def _write(stream: TextIO, form: str, found: Iterator[_Found]) -> int:
    """Write the pairs as they are found; return how many there were."""
    if form == "table":
        counts: Counter[Reading] = Counter()
        write_lines(stream, _lines(found, counts))
        return counts.total()
    pairs = (pair for number, one in enumerate(found, 1) for pair in one.pairs(number))
    if form == "json":
        return FORMATS[form](stream, Listing(DisputePair, ()), pairs, terminal(stream))
    return FORMATS[form](stream, Listing(SideRow, ()), _side_rows(pairs), terminal(stream))


def _asks_for(name: str, reading: Reading) -> bool:
    """True if the option asks for this reading; `stale` includes perhaps stale."""
    wanted = name.replace("-", " ")
    return wanted in ("", reading.replace(",", "")) or (
        wanted == Reading.STALE and reading in STALE
    )


def _found(archive: Archive, chosen: Filters, wanted: Collection[Reading]) -> Iterator[_Found]:
    """The disputes of every subject in order, each listed once, under its own subject."""
    for subject in archive.ask(disputed, chosen):
        comparison = archive.ask(compare, subject.id)
        past = Reading.SUPERSEDED in wanted
        pairs = [one for one in comparison.disputes(past=past) if one.own and one.reading in wanted]
        for conflict in folded(comparison, pairs):
            yield _Found(subject, comparison, conflict)


def _noted(found: Iterator[_Found], passed: LicenceCount) -> Iterator[_Found]:
    """Pass the conflicts on, counting the statements of each."""
    for one in found:
        articles, voices = one.comparison.articles, one.comparison.voices
        places = (place for value in one.conflict.values for place in value)
        passed.note(*(articles[voices[place].article] for place in places))
        yield one


def _side_rows(pairs: Iterator[DisputePair]) -> Iterator[msgspec.Struct]:
    for number, pair in enumerate(pairs, 1):
        about = {name: getattr(pair, name) for name in ConflictRow.__struct_fields__}
        for side, said in (("one", pair.one), ("other", pair.other)):
            for statement in said:
                words = msgspec.structs.asdict(statement)
                yield SideRow(pair=number, side=side, **about, **words)


def _lines(found: Iterator[_Found], counts: Counter[Reading]) -> Iterator[Line]:
    """Each conflict with its values and rules, counted; the totals come at the end."""
    before = ""
    pairs = 0
    for one in found:
        counts[one.reading] += 1
        pairs += len(one.conflict.pairs) + one.conflict.left_off
        subject = one.subject
        if subject.id != before:
            yield from [Line()] * bool(before)
            yield Line(f"{subject.title}  {subject.id}", "", "  ", strong=True)
            before = subject.id
        yield from _conflict_lines(one)
    if counts:
        ordered = sorted(counts.items(), key=lambda one: RANK[one[0]])
        words = " · ".join(f"{reading_words(reading)} {number}" for reading, number in ordered)
        yield Line()
        yield Line(
            f"{count_text(counts.total(), 'conflict')},"
            f" {count_text(pairs, 'pair')} of values: {words}"
        )


def _conflict_lines(one: _Found) -> Iterator[Line]:
    comparison = one.comparison
    line = comparison.lines[one.conflict.line]
    yield Line()
    yield Line(f"{reading_words(one.reading)}  {line.label}", "  ")
    rules = list(dict.fromkeys(pair.rule for pair in one.conflict.pairs))
    for rule in rules[:RULES]:
        yield Line(rule, "    ")
    left_off = len(rules[RULES:]) + one.conflict.left_off
    if left_off:
        yield Line(f"… and {count_text(left_off, 'more pair')} of values", "    ")
    if one.conflict.uncompared:
        others = count_text(one.conflict.uncompared, "other pair")
        yield Line(
            f"{others} were not compared: only the lowest and highest were compared with all",
            "    ",
        )
    for value in one.conflict.values:
        for place in value:
            yield from _side_lines(comparison, comparison.voices[place], line.kind)


def _side_lines(comparison: Comparison, voice: Voice, kind: Kind) -> Iterator[Line]:
    article = comparison.articles[voice.article]
    place = comparison.lines[voice.line].group
    part = f"  ({comparison.groups[place].title})" if place else ""
    yield Line(said_words(voice, kind) + time_words(voice) + part, "    ", "      ")
    yield Line(f"“{voice.exact}”", "      ")
    if article.digest and voice.printed not in ("", voice.exact):
        yield Line(printed_words(voice.printed, digest=True), "      ")
    read = reader_text(
        voice.read_by, voice.confidence, article.dataset, from_headline=voice.in_title
    )
    if read:
        yield Line(read, "      ")
    yield Line(f"{who_words(voice, article)}  {article.id}", "      ")
    if not is_whole_title(voice.exact, article.title or "", in_title=voice.in_title):
        yield Line(article.title or NO_TITLE, "      ")


def _say_none(chosen: Filters, reading: Sequence[str]) -> None:
    asked = [one_line(filter_.text()) for filter_ in chosen.filters]
    asked += [f"reading={name}" for name in reading]
    if asked:
        words = f"no statements at odds match {' '.join(asked)}; {NAME} contradictions lists all"
    else:
        words = "no statements in the case are at odds"
    click.echo(words, err=True)
