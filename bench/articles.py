"""Measurements of articles: importing many, listing them, and searching their texts."""

import json
import sys
import time
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from random import Random

from bench.programs import Ran, run
from bench.report import Row, Section, milliseconds
from seeds.synthetic.words import FILLERS, LEADS
from store.archive import Archive
from store.queries.article_list import list_articles
from store.queries.search import search

ARTICLES = 10_000
PAGES = 500
"""Saved pages, each of which is read in a process with limits, and of which originals are kept."""
SENTENCES = 30
"""The sentences of each text, about 2,200 code points."""
TOWNS = ("Hama", "Aleppo", "Idlib", "Homs", "Raqqa", "Salamiyah", "Maarat al-Numan", "Saraqib")
SEARCHES = (
    "Hama",
    "clinic fuel",
    '"short of fuel"',
    "harvest -Aleppo",
    "bakery OR truce",
    "حماة",
    "report 4711",
    "salam",
)
"""Words that most texts have, words that one text has, a phrase, an exclusion, a beginning."""


def articles(folder: Path, environment: Mapping[str, str], rounds: int) -> list[Section]:
    """Measure imports of a table of 10,000 articles and of 500 saved pages, then the searches."""
    draw = Random(1)
    table, pages = folder / "articles.jsonl", folder / "pages"
    with table.open("w", encoding="utf-8") as file:
        for n in range(ARTICLES):
            file.write(json.dumps(_row(draw, n), ensure_ascii=False) + "\n")
    pages.mkdir()
    for n in range(PAGES):
        (pages / f"{n}.html").write_text(_page(_row(draw, ARTICLES + n)), encoding="utf-8")
    case = folder / "articles.db"
    program = (sys.executable, "-m", "tui")
    run((*program, "new", str(case)), environment)
    imported = [
        _rows(words, count, run((*program, "import", str(path), *_into(case)), environment))
        for words, count, path in (
            (f"a table of {ARTICLES:,}", ARTICLES, table),
            (f"a folder of {PAGES:,} saved pages", PAGES, pages),
        )
    ]
    return [
        Section("Import of articles into a database", [row for rows in imported for row in rows]),
        Section(f"{ARTICLES + PAGES:,} articles", _questions(case, rounds)),
    ]


def _into(case: Path) -> tuple[str, ...]:
    return ("--into", str(case), "--by", "bench", "--format", "json")


def _rows(what: str, count: int, ran: Ran) -> list[Row]:
    return [
        Row(f"{what}: articles a second", f"{count / ran.seconds:,.0f}"),
        Row("  a second of CPU time", f"{count / ran.cpu:,.0f}"),
        Row("  peak memory of the largest process", f"{ran.mebibytes:.0f} MiB"),
    ]


def _questions(case: Path, rounds: int) -> list[Row]:
    archive = Archive.open(case)

    def times(question: Callable[[], object]) -> list[float]:
        found = []
        for _ in range(rounds):
            start = time.perf_counter()
            question()
            found.append(time.perf_counter() - start)
        return found

    searched: list[float] = []
    for words in SEARCHES:
        searched += times(partial(archive.ask, search, words))
    rows = [
        milliseconds("search", searched, 20, 60),
        milliseconds("list of all articles", times(lambda: archive.ask(list_articles))),
        milliseconds(
            "list of those with a word", times(lambda: archive.ask(list_articles, "Hama"))
        ),
    ]
    archive.close()
    return rows


def _row(draw: Random, n: int) -> dict[str, str]:
    """An invented article, as a row of a table of articles."""
    town = draw.choice(TOWNS)
    sentences = [draw.choice(LEADS)] + [
        draw.choice(FILLERS).format(p=draw.choice(TOWNS), n=draw.randrange(2, 90), arabic="حماة")
        for _ in range(SENTENCES)
    ]
    return {
        "title": f"Fighting near {town}, report {n}",
        "url": f"https://example.org/{n}",
        "source": f"Paper {n % 40}",
        "date": f"2024-{n % 12 + 1:02}-{n % 28 + 1:02}T{n % 24:02}:10:00Z",
        "text": " ".join(sentences),
    }


def _page(row: Mapping[str, str]) -> str:
    """The article as a saved page, with what pages have around their text."""
    text = "</p><p>".join(row["text"].split(". "))
    return f"""<!doctype html><html lang="en"><head><title>{row["title"]} | {row["source"]}</title>
<meta property="og:site_name" content="{row["source"]}">
<meta property="article:published_time" content="{row["date"]}">
<link rel="canonical" href="{row["url"]}"></head><body>
<nav><a href="/">Home</a><a href="/world">World</a></nav><div class="cookies">We use cookies.</div>
<article><h1>{row["title"]}</h1><p>{text}</p></article>
<aside>Most read</aside><footer>All rights reserved</footer></body></html>"""
