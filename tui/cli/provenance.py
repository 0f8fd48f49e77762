"""The command that shows who is behind what is said of a subject, from origins to articles."""

from collections.abc import Iterator
from pathlib import Path

import msgspec

from store.exporters import FORMATS, json
from store.exporters.listing import Listing
from store.model.labels import NO_TITLE, NOT_STATED, STANCE_GLYPHS, count_text, source_kind_text
from store.model.stamps import full_day_of
from store.model.vocabulary import Stance
from store.queries.disputes import the_subject
from store.queries.provenance import Provenance, ProvenanceLine, who
from tui.cli.layout import Line, head, write_lines
from tui.cli.licences import passing
from tui.cli.lists import opened
from tui.draw.marks import machine_mark
from tui.output import output, terminal


class LeafRow(msgspec.Struct, frozen=True):
    """One article with the path to its origin, for a line of CSV.

    `path` goes from the publisher to the origin, as chains do everywhere.
    """

    origin: str
    origin_kind: str
    origin_known: bool
    stance: Stance
    detail: bool
    path: str
    article: str
    publisher: str
    published: str
    title: str
    is_copy: bool
    passage: str
    exact: str
    machine: bool
    confidence: int | None
    dataset: str
    licence: str


def show_lineage(words: str, case: Path | None, form: str) -> None:
    """Write the origins of what is said about the event, actor or place with this id or name.

    Raises `UnknownRecord` unless exactly one record matches.
    """
    with opened(case) as archive:
        subject = archive.ask(the_subject, words)
        found = archive.ask(who, subject.id)
        with output() as stream, passing(archive, stream) as passed:
            passed.note(*found.nodes)
            if form == "json":
                json.write_one(stream, _json(found))
            elif form == "table":
                write_lines(stream, _lines(found))
            else:
                FORMATS[form](stream, Listing(LeafRow, ()), _leaves(found), terminal(stream))


_DRAWN = ("rails", "last", "passage", "article")
"""The fields of a node that mean something on the screen or in the index only."""


def _json(found: Provenance) -> dict[str, object]:
    whole = msgspec.structs.asdict(found)
    nodes = [
        {name: held for name, held in msgspec.structs.asdict(node).items() if name not in _DRAWN}
        for node in found.nodes
    ]
    return whole | {"summary": found.summary, "nodes": nodes}


def _leaves(found: Provenance) -> Iterator[LeafRow]:
    above: list[ProvenanceLine] = []
    for node in found.nodes:
        del above[node.depth :]
        if node.article is None:
            above.append(node)
            continue
        origin = above[0]
        yield LeafRow(
            origin=origin.name,
            origin_kind=origin.kind,
            origin_known=origin.known,
            stance=origin.stance,
            detail=origin.detail,
            path=" → ".join(_path(node, above)),
            article=node.article_id,
            publisher=node.name if node.known else "",
            published=node.published,
            title=node.title,
            is_copy=node.is_copy,
            passage=node.passage_id,
            exact=node.exact,
            machine=node.machine,
            confidence=node.confidence,
            dataset=node.dataset,
            licence=node.licence,
        )


def _path(leaf: ProvenanceLine, above: list[ProvenanceLine]) -> list[str]:
    """The names from the publisher to the origin, which may be the same."""
    names = [one.name for one in reversed(above)]
    return names if names == [leaf.name] else [leaf.name, *names]


def _lines(found: Provenance) -> Iterator[Line]:
    yield Line(found.title, strong=True)
    yield from head(
        ("id", [found.id]),
        ("support", [found.summary]),
        ("carried", [found.carried_words]),
    )
    for node in found.nodes:
        if node.depth == 0:
            yield Line()
        yield from _article_lines(node) if node.article is not None else _source_lines(node)


def _source_lines(node: ProvenanceLine) -> Iterator[Line]:
    """An origin with its stance, or a source on the path from it."""
    about = [] if node.depth else [f"{node.stance}{' details' * node.detail}"]
    about += ["unknown origin"] if not node.known else [source_kind_text(node.kind)]
    about.append(count_text(node.articles, "article"))
    glyph = "" if node.depth else f"{STANCE_GLYPHS[node.stance]} "
    rails, branch, onward = _branch(node)
    yield Line(f"{glyph}{node.name}  {', '.join(about)}", rails + branch, rails + onward + "│  ")


def _article_lines(node: ProvenanceLine) -> Iterator[Line]:
    rails, branch, onward = _branch(node)
    name = node.name if node.known else NOT_STATED
    day = full_day_of(node.published)
    copy = "  copy of an earlier text" if node.is_copy else ""
    copied = f"  version {node.version}" if node.version else copy
    machine = f"  {machine_mark(node.confidence)}" if node.machine else ""
    words = f"{name}{f', {day}' if day else ''}  {node.article_id}{machine}{copied}"
    yield Line(words, rails + branch, rails + onward)
    yield Line(node.title or NO_TITLE, rails + onward)
    yield Line(f"“{node.exact}”", rails + onward)


def _branch(node: ProvenanceLine) -> tuple[str, str, str]:
    """The prefix of a line of the tree: the rails, its branch, and the branch of what follows."""
    if not node.depth:
        return "", "", ""
    rails = "".join("│  " if goes_on else "   " for goes_on in node.rails)
    return (rails, "└─ ", "   ") if node.last else (rails, "├─ ", "│  ")
