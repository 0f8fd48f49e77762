"""The command that shows what every article says about a subject, side by side."""

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec

from store.analysis.publication_order import DAY
from store.analysis.readings import DISPUTES, GLYPHS, RANK, STALE, Reading
from store.analysis.siblings import PERHAPS_ONE_EVENT
from store.exporters import FORMATS, json
from store.exporters.listing import Listing
from store.exporters.table import cells
from store.model.dates import AT_LATEST
from store.model.labels import (
    NO_TITLE,
    NOT_STATED,
    STANCE_GLYPHS,
    as_of_text,
    chain_text,
    count_text,
)
from store.model.stamps import full_day_of
from store.model.text import one_line
from store.model.vocabulary import Kind, ReadBy, Stance
from store.queries import compare
from store.queries.compare import Comparison, DisputeRow, LineRow, PairInWords, Voice
from store.queries.compare_columns import Column
from store.queries.disputes import the_subject
from tui.cli.layout import Line, head, padded, write_lines
from tui.cli.licences import passing
from tui.cli.lists import opened
from tui.draw.marks import AGGREGATE, machine_mark
from tui.draw.phrases import printed_words, stance_words
from tui.output import output, terminal

WIDEST = 100
"""Cells that a column gets at most in a pipe or a file; a wider cell pushes its line."""

PERHAPS = f"  {PERHAPS_ONE_EVENT}: "
"""Stands before an event that is perhaps the one at hand."""
SPOKEN = "    "
GAP = "  "


class VoiceRow(msgspec.Struct, frozen=True):
    """The statement of one origin in one article about one thing, with all ids resolved.

    `chain` goes from the publisher to the origin. `reading` is how it relates to
    the claim `against`, and `rule` why; `is_stale` is set if this is the stale one
    of the two. `at_latest` is the day of publication of a figure that does not say
    when it was true. `dataset` and `licence` say what the article is known from.
    """

    group: str
    group_id: str
    group_kind: str
    label: str
    claim: str
    stance: Stance
    value: str
    printed: str
    as_of: str
    at_latest: str
    article: str
    title: str
    publisher: str
    published: str
    chain: str
    origin: str
    origin_known: bool
    reading: str
    is_stale: bool
    rule: str
    against: str
    against_value: str
    against_exact: str
    passage: str
    in_title: bool
    exact: str
    note: str
    read_by: str
    confidence: int | None
    aggregate: bool
    dataset: str
    licence: str


def show_comparison(words: str, case: Path | None, form: str) -> None:
    """Write what is said about the event, actor or place with this id or name.

    Raises `UnknownRecord` unless exactly one record matches.
    """
    with opened(case) as archive:
        subject = archive.ask(the_subject, words)
        found = archive.ask(compare.compare, subject.id)
        with output() as stream, passing(archive, stream) as passed:
            passed.note(*(found.articles[voice.article] for voice in found.voices))
            if form == "json":
                json.write_one(stream, _json(found))
            elif form == "table":
                write_lines(stream, _lines(found, terminal(stream).width))
            else:
                rows = (voice_row(found, place) for place in range(len(found.voices)))
                FORMATS[form](stream, Listing(VoiceRow, ()), rows, terminal(stream))


def voice_row(found: Comparison, place: int) -> VoiceRow:
    """One voice of a comparison, by its place."""
    voice = found.voices[place]
    line, article = found.lines[voice.line], found.articles[voice.article]
    group = found.groups[line.group]
    stands = found.foremost(place)
    other = found.voices[stands.other] if stands else None
    return VoiceRow(
        group=group.title,
        group_id=group.id,
        group_kind=group.kind,
        label=line.label,
        claim=voice.claim,
        stance=voice.stance,
        value=voice.detail,
        printed=voice.printed,
        as_of=voice.as_of,
        at_latest=voice.at_latest,
        article=article.id,
        title=article.title,
        publisher=article.publisher,
        published=article.published,
        chain=chain_text(article.publisher, voice.chain),
        origin=voice.origin,
        origin_known=not voice.origin_id.startswith("?"),
        reading=voice.reading or "",
        is_stale=_is_stale(stands),
        rule=stands.rule if stands else "",
        against=other.claim if other else "",
        against_value=other.detail if other else "",
        against_exact=other.exact if other else "",
        passage=voice.passage_id,
        in_title=voice.in_title,
        exact=voice.exact,
        note=voice.note,
        read_by=voice.read_by,
        confidence=voice.confidence,
        aggregate=voice.aggregate,
        dataset=article.dataset,
        licence=article.licence,
    )


def _is_stale(stands: PairInWords | None) -> bool:
    return stands is not None and stands.reading in STALE and stands.first


def sides(dispute: DisputeRow) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The places of the voices on each side; a stale or superseded side comes first."""
    if dispute.reading in (*STALE, Reading.SUPERSEDED) and not dispute.first:
        return dispute.other, dispute.one
    return dispute.one, dispute.other


def _json(found: Comparison) -> dict[str, object]:
    voices = [voice_row(found, place) for place in range(len(found.voices))]
    return {
        "subject": found.groups[0],
        "groups": found.groups,
        "lines": [
            {
                "group": found.groups[line.group].id,
                "kind": line.kind,
                "of": line.of,
                "label": line.label,
                "voices": [found.voices[place].claim for place in line.voices],
            }
            for line in found.lines
        ],
        "voices": voices,
        "articles": found.articles,
        "perhaps_one_event": found.siblings,
        "disputes": [
            {
                "reading": dispute.reading,
                "group": found.groups[found.lines[dispute.line].group].id,
                "label": found.lines[dispute.line].label,
                "rule": dispute.rule,
                "one": [found.voices[place].claim for place in sides(dispute)[0]],
                "other": [found.voices[place].claim for place in sides(dispute)[1]],
                "own": dispute.own,
            }
            for dispute in found.disputes()
        ],
    }


def reading_words(reading: Reading) -> str:
    """`≠ contradicts`."""
    return f"{GLYPHS[reading]} {reading}"


def said_words(voice: Voice, kind: Kind) -> str:
    """`● 29 Nov 2024 (relative to event)`; for a claim without a value, `● asserts`."""
    value = voice.detail if kind is Kind.DATE else voice.value
    return f"{STANCE_GLYPHS[voice.stance]} {stance_words(voice.stance, value)}"


def time_words(voice: Voice) -> str:
    """`  as of 5 Dec 2024`, of a figure without a time `  as of ≤ 6 Dec 2024`, or empty."""
    if voice.at_latest:
        return f"  as of {AT_LATEST} {full_day_of(voice.at_latest)}"
    return f"  {as_of_text(voice.as_of)}" if voice.as_of else ""


def who_words(voice: Voice, article: Column) -> str:
    """`Times of Oman → Al Jazeera, 2 Dec 2024`."""
    day = full_day_of(article.published[:DAY])
    return chain_text(article.publisher, voice.chain) + (f", {day}" if day else "")


def marks_words(voice: Voice, reading: str) -> str:
    """The marks of a claim, then its reading: `µ 40 % ≠ contradicts`, `Σ aggregate`."""
    if voice.aggregate:
        reading = f"{AGGREGATE} aggregate: it covers several events"
    elif voice.why:
        reading = f"{reading}: {voice.why}"
    machine = machine_mark(voice.confidence) if voice.read_by is ReadBy.MACHINE else ""
    return f"{machine} {reading}".strip()


def _lines(found: Comparison, width: int | None) -> Iterator[Line]:
    subject = found.groups[0]
    yield Line(subject.title, strong=True)
    yield from head(
        ("id", [subject.id]),
        ("kind", [subject.kind]),
        ("said", [_said(found)]),
        ("at odds", at_odds_words(found) or ["nothing"]),
    )
    for one in found.siblings:
        yield Line(f"{one.other_title}  {one.other}, {one.other_date}: {one.why}", PERHAPS, "    ")
    of_group: dict[int, list[LineRow]] = {}
    for line in found.lines:
        of_group.setdefault(line.group, []).append(line)
    for place, lines in of_group.items():
        group = found.groups[place]
        yield Line()
        if place:
            yield Line(f"{group.heading}  {group.id}", "", "  ", strong=True)
        else:
            yield Line(f"the {group.kind} itself", strong=True)
        for line in lines:
            yield Line()
            yield Line(line.label, "  ")
            yield from _voices(found, line, width)
    yield from _legend(found.articles)


def _said(found: Comparison) -> str:
    values = count_text(len(found.voices), "statement")
    more = f"; {count_text(found.left_off, 'more event')} left off" if found.left_off else ""
    return f"{values} in {count_text(len(found.articles), 'article')}{more}"


def at_odds_words(found: Comparison) -> list[str]:
    """The number of pairs of each reading on each line of the comparison, in words."""
    pairs = Counter((one.reading, one.line) for one in found.disputes())
    ordered = sorted(pairs.items(), key=lambda one: (RANK[one[0][0]], one[0][1]))
    width = max((len(reading_words(reading)) for (reading, _), _ in ordered), default=0)
    return [
        f"{reading_words(reading):<{width}} {number:3}  {_place_of(found, found.lines[line])}"
        for (reading, line), number in ordered
    ]


def _place_of(found: Comparison, line: LineRow) -> str:
    """`when`, or `cause: Syrian army withdraws from Aleppo` for a group other than the first."""
    return f"{line.label}: {found.groups[line.group].title}" if line.group else line.label


class _VoiceInWords(NamedTuple):
    """A voice in words: what it says, who says it, and how it relates to the one against it."""

    said: str
    who: str
    reading: str


def _voices(found: Comparison, line: LineRow, width: int | None) -> Iterator[Line]:
    """The voices of one line: in columns if there is room, else in two lines each.

    If one is at odds with another, the other's words follow; each rule is given once.
    """
    told = [_told(found, line, place) for place in line.voices]
    most = WIDEST if width is None else width
    said, who = (max(min(most, cells(one_line(one[at]))) for one in told) for at in (0, 1))
    reading = max(cells(one.reading) for one in told)
    whole = width is None or len(SPOKEN) + said + who + reading + 2 * len(GAP) <= width
    rules: set[str] = set()
    for place, (value, teller, stands) in zip(line.voices, told, strict=True):
        if whole:
            yield Line(padded(value, said) + GAP + padded(teller, who) + GAP + stands, SPOKEN)
        else:
            yield Line(value, SPOKEN, SPOKEN + GAP)
            yield Line(GAP.join(filter(None, (teller, stands))), SPOKEN + GAP)
        yield from _against(found, line, place, rules)


def _told(found: Comparison, line: LineRow, place: int) -> _VoiceInWords:
    voice = found.voices[place]
    stands = found.foremost(place)
    shown = voice.printed if voice.printed != voice.value else ""
    printed = printed_words(shown, digest=found.articles[voice.article].digest)
    printed = f"  {printed}" if printed else ""
    return _VoiceInWords(
        said=said_words(voice, line.kind) + printed + time_words(voice),
        who=f"[{voice.article + 1}] {who_words(voice, found.articles[voice.article])}",
        reading=marks_words(voice, _reading(stands) if stands else ""),
    )


def _against(found: Comparison, line: LineRow, place: int, rules: set[str]) -> Iterator[Line]:
    """The statement that a voice is at odds with; and the rule, unless it is already in `rules`."""
    stands = found.foremost(place)
    if stands is None or stands.reading not in DISPUTES:
        return
    other = found.voices[stands.other]
    mirrored = found.foremost(stands.other)
    known = {stands.rule} | ({mirrored.rule} if mirrored and mirrored.other == place else set())
    publisher = found.articles[other.article].publisher
    indent = SPOKEN + GAP * 2
    if not known & rules:
        yield Line(stands.rule, indent)
    rules |= known
    yield Line(
        f"{said_words(other, line.kind)}, [{other.article + 1}]"
        f" {chain_text(publisher, other.chain)}",
        f"{indent}against ",
        indent + GAP,
    )


def _reading(stands: PairInWords) -> str:
    """`◁ stale`, or `◁ the other is stale` beside the claim that overtakes it."""
    if stands.reading in STALE and not stands.first:
        return f"{GLYPHS[stands.reading]} the other is {stands.reading}"
    return reading_words(stands.reading)


def _legend(articles: Sequence[Column]) -> Iterator[Line]:
    """The articles by the numbers that stand for them."""
    if not articles:
        return
    yield Line()
    yield Line("Articles", strong=True)
    width = len(f"[{len(articles)}]")
    for number, article in enumerate(articles, 1):
        day = full_day_of(article.published)
        about = (article.publisher or NOT_STATED) + (f", {day}" if day else "")
        indent = f"  {f'[{number}]':<{width}} "
        blank = " " * len(indent)
        yield Line(f"{article.id}  {about}", indent, blank)
        yield Line(article.title or NO_TITLE, blank)
