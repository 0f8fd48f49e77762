"""The commands on articles that share one text or come from one house."""

from collections.abc import Iterator
from pathlib import Path

import msgspec

from store.exporters import FORMATS
from store.exporters.listing import Listing
from store.model import changes
from store.model.judgements import KinshipKind
from store.model.labels import NO_TITLE, NOT_STATED, count_text
from store.queries.kinships import KinPair, PairArticle, SharedRun, finding, kin_pairs, the_articles
from tui.cli.changing import changing, given_reason, signed
from tui.cli.edit import now
from tui.cli.layout import Line, write_lines
from tui.cli.licences import LicenceCount, passing
from tui.cli.lists import opened
from tui.output import NAME, output, say, terminal

RunRow = msgspec.defstruct(
    "RunRow",
    [
        ("pair", int),
        ("found", bool),
        ("verdict", str),
        ("one", str),
        ("one_title", str),
        ("one_publisher", str),
        ("one_published", str),
        ("other", str),
        ("other_title", str),
        ("other_publisher", str),
        ("other_published", str),
        ("shared", int),
        ("containment", float),
        ("forms", str),
        ("copied", str),
        ("copied_because", str),
        ("by", str),
        ("at", str),
        ("reason", str),
        *((name, int | str) for name in SharedRun.__struct_fields__),
    ],
    frozen=True,
)
"""A shared run of words, for a line of CSV; a pair that shares none has one line all the same."""


def list_copies(case: Path | None, form: str) -> None:
    """Write the pairs of articles that are kin, or may be."""
    with opened(case) as archive:
        pairs = archive.ask(kin_pairs)
        with output() as stream, passing(archive, stream) as passed:
            noted = _noted(pairs, passed)
            if form == "table":
                write_lines(stream, _lines(noted))
            elif form == "json":
                FORMATS[form](stream, Listing(KinPair, ()), noted, terminal(stream))
            else:
                FORMATS[form](stream, Listing(RunRow, ()), _rows(noted), terminal(stream))
        if not pairs:
            say("no two articles in the case share much text")


def record_kinship(
    one: str, other: str, verdict: str, reason: str, into: Path | None, by: str | None
) -> None:
    """Record a person's finding about two articles, and say what it is.

    A finding already recorded is not logged again. Raises `UsageError` without a reason
    or if both are one article, and `UnknownRecord` if no id, or several, begin so.
    """
    why, name = given_reason(reason, "a finding"), signed(by, into)
    kind = KinshipKind(verdict.replace("-", " "))
    with changing(into, name) as case:
        articles = case.ask(the_articles, (one, other))
        made = changes.kinship(articles[0].id, articles[1].id, kind, why, name.name, now())
        before = case.ask(finding, made.id)
        if before is not None and changes.says_the_same(before, made):
            say(f"already recorded: {kind}: {before.reason}")
            return
        case.change(changes.add_or_replace(before, made, f"{kind}: {why}", made.by, made.at))
        titles = " · ".join(f"{article.title or NO_TITLE} ({article.id})" for article in articles)
        say(f"{_FOUND[kind]}: {titles}")


_FOUND = {
    KinshipKind.SAME_TEXT: "Copies of one text, which count as one article",
    KinshipKind.ONE_HOUSE: "Reports from one house, which count as one publisher and one origin",
    KinshipKind.APART: "Apart; not proposed again",
}


def _noted(pairs: tuple[KinPair, ...], passed: LicenceCount) -> Iterator[KinPair]:
    """Pass the pairs on, counting the articles of each."""
    for pair in pairs:
        passed.note(pair.one, pair.other)
        yield pair


def _rows(pairs: Iterator[KinPair]) -> Iterator[msgspec.Struct]:
    none = SharedRun(0, "", 0, 0, "", 0, 0)
    for number, pair in enumerate(pairs, 1):
        about = {
            f"{side}_{name}": getattr(article, name)
            for side, article in (("one", pair.one), ("other", pair.other))
            for name in ("title", "publisher", "published")
        }
        same = ("found", "verdict", "shared", "containment", "copied", "copied_because")
        about |= {name: getattr(pair, name) for name in (*same, "by", "at", "reason")}
        about |= {"one": pair.one.id, "other": pair.other.id, "forms": " | ".join(pair.forms)}
        for run in pair.runs or (none,):
            yield RunRow(pair=number, **about, **msgspec.structs.asdict(run))


def _lines(pairs: Iterator[KinPair]) -> Iterator[Line]:
    """Each pair with the words that both share, as each prints them."""
    counts = [0, 0]
    for pair in pairs:
        if sum(counts):
            yield Line()
        counts[not pair.found] += 1
        yield Line(_head(pair), "", "  ", strong=True)
        yield _article(pair.one)
        yield _article(pair.other)
        if pair.found:
            yield Line(f"{pair.by}, {pair.at}: {pair.reason}", "  ", "    ")
        yield Line(_measure(pair), "  ", "    ")
        for form in pair.forms:
            yield Line(f"both print: {form}", "  ", "    ")
        for run in pair.runs:
            yield Line(f"“{run.words}”", f"    {run.count:>4} words  ", " " * 16)
            if run.other_words != run.words:
                yield Line(f"“{run.other_words}”", " " * 15, " " * 16)
    if counts[1]:
        yield Line()
        yield Line(
            f"Read both, then record what they are: {NAME} kinship ID ID VERDICT --reason WHY"
        )


def _head(pair: KinPair) -> str:
    if pair.found:
        return f"found: {pair.verdict}"
    words = {KinshipKind.SAME_TEXT: "copies of one text?", KinshipKind.ONE_HOUSE: "one house?"}
    return words[pair.verdict]


def _measure(pair: KinPair) -> str:
    share = f"{pair.containment:.1%} of the shorter text"
    told = f"{count_text(pair.shared, 'shared run')} of five words, {share}" if pair.runs else ""
    if pair.copied:
        told += f"; {pair.copied} was copied: {pair.copied_because}"
    return told or "No shared words in texts held in full."


def _article(one: PairArticle) -> Line:
    who = ", ".join((one.publisher or NOT_STATED, one.published)).rstrip(", ")
    return Line(f"{one.id}  {one.title or NO_TITLE}  ({who})", "  ", "    ")
