"""A dossier as Markdown."""

from collections.abc import Iterator, Sequence

from store.dossier.dossier import Dossier, Section
from store.dossier.facts import (
    ABOUT,
    article_facts,
    heading_facts,
    passage_place,
    ranges,
)
from store.dossier.sentences import Sentence
from store.exporters.citation import is_web, markdown_address, markdown_text, time_text
from store.model.labels import NO_TITLE, NOT_STATED


def markdown(of: Dossier) -> Iterator[str]:
    """The lines of a dossier as Markdown, each ended."""
    yield f"# {markdown_text(of.title)}\n\n"
    for name, words in heading_facts(of):
        yield f"- {name}: {markdown_text(words)}\n"
    yield f"\n{ABOUT}\n"
    numbers = {one.id: number for number, one in enumerate(of.passages, 1)}
    for section in of.sections:
        yield from _section(section, numbers)
    yield from _left_out(of)
    yield from _passages(of)
    yield from _sources(of)


def _section(section: Section, numbers: dict[str, int]) -> Iterator[str]:
    yield f"\n## {section.heading}\n"
    for part in section.parts:
        if part.heading:
            yield f"\n### {markdown_text(part.heading)}\n"
        yield "\n"
        for sentence in part.sentences:
            yield f"- {_sentence(sentence, numbers)}\n"
    if not section.parts:
        yield f"\n{section.empty}\n"


def _sentence(sentence: Sentence, numbers: dict[str, int]) -> str:
    return "".join(
        markdown_text(part.text) + _cites([numbers[one] for one in part.passages])
        for part in sentence.parts
    )


def _cites(numbers: Sequence[int]) -> str:
    """The numbers of passages as `\\[1–3, 7\\]`: a bracket alone would begin a link."""
    return f" \\[{ranges(numbers)}\\]" if numbers else ""


def _left_out(of: Dossier) -> Iterator[str]:
    if of.left_out:
        yield "\n## Left out\n\nThese may not be passed on, so they are not in this dossier.\n\n"
        yield from (f"- {markdown_text(words)}\n" for words in of.left_out)


def _passages(of: Dossier) -> Iterator[str]:
    yield "\n## Passages\n"
    for number, one in enumerate(of.passages, 1):
        article = of.articles[one.article]
        who = markdown_text(article.publisher or NOT_STATED)
        yield f"\n\\[{number}\\] {who}, {time_text(article.published)}, source {one.article + 1}\n"
        yield f"\n> {markdown_text(one.exact).strip()}\n"
        yield f"\n{passage_place(one)}, passage `{one.id}`, SHA-256 `{one.sha256}`\n"


def _sources(of: Dossier) -> Iterator[str]:
    yield "\n## Sources\n\n| No. | Publisher | Title | Published | Known from | SHA-256 |\n"
    yield "|---|---|---|---|---|---|\n"
    for number, one in enumerate(of.articles, 1):
        cells = (
            markdown_text(one.publisher or NOT_STATED),
            markdown_text(one.title or NO_TITLE),
            time_text(one.published),
            "; ".join(map(_fact, article_facts(one))),
            f"`{one.sha256}`",
        )
        yield f"| {number} | {' | '.join(cells)} |\n"


def _fact(words: str) -> str:
    return markdown_address(words) if is_web(words) else markdown_text(words)
