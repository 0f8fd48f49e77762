"""Facts of a dossier in words, for each form in which it is written."""

from collections.abc import Iterator, Sequence

from store.dossier.cited import CitedArticle, CitedPassage
from store.dossier.dossier import Dossier
from store.model.vocabulary import TextKind

ABOUT = (
    "Each sentence says what is coded from passages, not what is true. The numbers in brackets are"
    " the passages, which stand with their words below. A SHA-256 is that of the text in UTF-8 to"
    " which a passage refers: it shows that the text is the one that was read."
)
"""The paragraph that tells a reader what a dossier is."""

LINES = "Map lines: Natural Earth, 1:50 million, public domain."
"""The source of the lines on the map."""

BORDERS = "Borders (dashed) are de facto: they show who held the land, not who has a right to it."
"""The policy of the borders on the map."""

_KINDS = {
    TextKind.FULL: "full text",
    TextKind.SUMMARY: "summary, perhaps not the whole text",
    TextKind.DIGEST: "digest",
    TextKind.HEADLINE: "headline alone",
    TextKind.ROW: "row of a data set",
}


def heading_facts(of: Dossier) -> Iterator[tuple[str, str]]:
    """The names and the words of the facts at the head of a dossier."""
    yield "About", f"{of.kind}{f' {of.id}' if of.id else ''}"
    yield "Case", of.case
    yield "Rests on", of.summary


def article_facts(of: CitedArticle) -> Iterator[str]:
    """Facts of how an article is known: its kind of text, author, address, data set, id."""
    yield _KINDS[of.text_kind]
    if of.author:
        yield f"by {of.author}"
    if of.url:
        yield of.url
    if of.dataset:
        yield of.dataset
    yield of.id
    if of.raw_sha256:
        yield f"SHA-256 of the original: {of.raw_sha256}"


def passage_place(of: CitedPassage) -> str:
    """`Characters 3–19 of the text`, counted from 0, the end exclusive."""
    return f"Characters {of.start}–{of.end} of the {'title' if of.in_title else 'text'}"


def ranges(numbers: Sequence[int]) -> str:
    """`1–3, 7` for 1, 2, 3 and 7."""
    found: list[list[int]] = []
    for number in sorted(set(numbers)):
        if found and number == found[-1][1] + 1:
            found[-1][1] = number
        else:
            found.append([number, number])
    return ", ".join(
        f"{first}" if first == last else f"{first}{'–' if last > first + 1 else ', '}{last}"
        for first, last in found
    )
