"""A dossier as one file of HTML: no script, and nothing from outside."""

import base64
import hashlib
from collections.abc import Iterator, Sequence

from store.dossier.dossier import Dossier, Section
from store.dossier.facts import ABOUT, article_facts, heading_facts, passage_place, ranges
from store.dossier.pictures import lives, overview
from store.dossier.safe import markup_text
from store.dossier.sentences import Sentence
from store.dossier.style import STYLE
from store.exporters.citation import time_text
from store.model.labels import NO_TITLE, NOT_STATED

_STYLE_HASH = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()

POLICY = (
    f"default-src 'none'; style-src 'sha256-{_STYLE_HASH}'; img-src data:;"
    " base-uri 'none'; form-action 'none'"
)
"""The Content-Security-Policy of the file: its one style sheet, and nothing else."""


def html(of: Dossier, *, borders: bool) -> Iterator[str]:
    """The file, piece by piece; without `borders` the map has no lines of borders."""
    title = markup_text(of.title)
    yield "<!DOCTYPE html>\n"
    yield '<html lang="en">\n<head>\n<meta charset="utf-8">\n'
    yield f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
    yield '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
    yield '<meta name="referrer" content="no-referrer">\n'
    yield '<meta name="color-scheme" content="light dark">\n'
    yield f"<title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n<main>\n"
    yield f"<header>\n<h1>{title}</h1>\n<dl>\n"
    for name, words in heading_facts(of):
        yield f"<dt>{name}</dt><dd>{markup_text(words)}</dd>\n"
    yield f'</dl>\n<p class="about">{markup_text(ABOUT)}</p>\n</header>\n'
    numbers = {one.id: number for number, one in enumerate(of.passages, 1)}
    yield from overview(of, borders=borders)
    for section in of.sections:
        yield from _section(section, numbers)
    yield from lives(of, numbers)
    yield from _left_out(of)
    yield from _passages(of)
    yield from _sources(of)
    yield "</main>\n</body>\n</html>\n"


def _section(section: Section, numbers: dict[str, int]) -> Iterator[str]:
    yield f"<section>\n<h2>{section.heading}</h2>\n"
    for part in section.parts:
        if part.heading:
            yield f"<h3>{markup_text(part.heading)}</h3>\n"
        yield "<ul>\n"
        for sentence in part.sentences:
            yield f"<li>{_sentence(sentence, numbers)}</li>\n"
        yield "</ul>\n"
    if not section.parts:
        yield f'<p class="none">{section.empty}</p>\n'
    yield "</section>\n"


def _sentence(sentence: Sentence, numbers: dict[str, int]) -> str:
    return "".join(
        markup_text(part.text) + _cites([numbers[one] for one in part.passages])
        for part in sentence.parts
    )


def _cites(numbers: Sequence[int]) -> str:
    """` [1, 3–7]`; each number, or the first of several in a row, leads to its passage."""
    if not numbers:
        return ""
    links = [
        f'<a href="#p{words.partition("–")[0]}">{words}</a>'
        for words in ranges(numbers).split(", ")
    ]
    return f' <span class="c">[{", ".join(links)}]</span>'


def _left_out(of: Dossier) -> Iterator[str]:
    if of.left_out:
        yield "<section>\n<h2>Left out</h2>\n"
        yield "<p>These may not be passed on, so they are not in this dossier.</p>\n<ul>\n"
        yield from (f"<li>{markup_text(words)}</li>\n" for words in of.left_out)
        yield "</ul>\n</section>\n"


def _passages(of: Dossier) -> Iterator[str]:
    yield '<section>\n<h2>Passages</h2>\n<ol class="passages">\n'
    for number, one in enumerate(of.passages, 1):
        article = of.articles[one.article]
        who = markup_text(article.publisher or NOT_STATED)
        when = markup_text(time_text(article.published))
        yield f'<li id="p{number}"><blockquote dir="auto">{markup_text(one.exact)}</blockquote>\n'
        yield f'<p>{who}, {when}, <a href="#s{one.article + 1}">source {one.article + 1}</a></p>\n'
        yield (
            f'<p class="check">{passage_place(one)}, passage {markup_text(one.id)},'
            f" SHA-256 <code>{one.sha256}</code></p></li>\n"
        )
    yield "</ol>\n</section>\n"


def _sources(of: Dossier) -> Iterator[str]:
    yield '<section>\n<h2>Sources</h2>\n<table>\n<thead><tr><th scope="col">No.</th>'
    for name in ("Publisher", "Title", "Published", "Known from", "SHA-256"):
        yield f'<th scope="col">{name}</th>'
    yield "</tr></thead>\n<tbody>\n"
    for number, one in enumerate(of.articles, 1):
        cells = (
            markup_text(one.publisher or NOT_STATED),
            markup_text(one.title or NO_TITLE),
            markup_text(time_text(one.published)),
            "; ".join(markup_text(words) for words in article_facts(one)),
            f"<code>{one.sha256}</code>",
        )
        yield f'<tr id="s{number}"><th scope="row">{number}</th>'
        yield "".join(f"<td>{cell}</td>" for cell in cells) + "</tr>\n"
    yield "</tbody>\n</table>\n</section>\n"
