"""The facts about an original as `O` tells them, and the same of `article`: values to check."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from store.archive import Archive
from store.model.records import Article
from store.queries.article_list import list_articles
from tests.imports import new_case, run
from tests.tui.test_cli import answer
from tui.session.editing import editing
from tui.session.reading import original
from tui.session.session import Session

PAGE = """<html lang="en"><!--
 Page saved with SingleFile
 url: https://marrow.example/orvan
 saved date: Fri Nov 07 2025 10:00:00 GMT+0000 (Greenwich Mean Time)
--><head>
<title>Shelling kills two in Orvan</title>
<meta property="og:site_name" content="Marrow Post">
<meta name="author" content="Omar Fitch">
<link rel="canonical" href="https://marrow.example/orvan">
<meta property="article:published_time" content="2025-11-06T09:00:00Z">
</head><body><article><h1>Shelling kills two in Orvan</h1>
<p>ORVAN, Nov 6 (Marrow) - Two people were killed when shells fell on the market of Orvan on
Thursday, doctors at the hospital said. Traders were opening their shops when the first fell.</p>
<p>The Northern Front, a rebel group that has held the hills since early in the month, denied
responsibility, and called on the United Nations to see for itself what had happened there.</p>
</article></body></html>"""


@pytest.fixture
def case(tmp_path: Path) -> Path:
    """A case with one page and a text without a publisher."""
    case = new_case(tmp_path / "case.json")
    page = tmp_path / "page.html"
    page.write_text(PAGE, "utf-8")
    other = tmp_path / "other.txt"
    other.write_text("Talks fail\n\nThe market is closed, said an official.\n", "utf-8")
    assert run("import", page, other, "--into", case, "--by", "Ada").exit_code == 0
    return case


@pytest.fixture
def session(case: Path) -> Iterator[Session]:
    """The case, open."""
    archive = Archive.open(case, author="Ada", writing=True)
    yield Session(archive, case, bundled=False)
    archive.close()


def page_of(session: Session) -> Article:
    """The imported page."""
    (listed,) = session.archive.ask(list_articles, "shelling")
    found = session.held("articles", listed.id)
    assert isinstance(found, Article)
    return found


def facts(session: Session) -> tuple[str, ...]:
    """The facts about the page."""
    kept = original(session, page_of(session).id)
    assert kept is not None
    return kept.facts


def test_every_field_that_was_read_is_shown_with_its_value(session: Session) -> None:
    article = page_of(session)
    assert article.capture is not None
    told = dict(fact.split(": ", 1) for fact in facts(session) if ": " in fact)
    values = {
        "title": "Shelling kills two in Orvan",
        "publisher": "Marrow Post",
        "author": "Omar Fitch",
        "url": "https://marrow.example/orvan",
        "language": "en",
        "dateline": article.dateline,
        "published": "6 Nov 2025",
    }
    values["captured"] = "7 Nov 2025"
    assert {one.field for one in article.capture.fields} == values.keys()
    for field, value in values.items():
        assert value
        assert told[field].startswith(value)
        assert len(told[field]) > len(value)
    assert told["author"] == "Omar Fitch, in the metadata"


def test_a_value_that_a_person_changed_is_the_one_that_is_shown(session: Session) -> None:
    edit = editing(session, page_of(session), {"author": "Olga Fitch"}, "the page says so")
    session.archive.change(edit("Ada", "2026-11-29T12:00:00Z"))
    assert "author: Olga Fitch, typed by a person" in facts(session)
    edit = editing(session, page_of(session), {"author": ""}, "it is not known")
    session.archive.change(edit("Ada", "2026-11-29T12:01:00Z"))
    assert "author: none now, typed by a person" in facts(session)


def test_the_command_shows_author_and_dateline(case: Path) -> None:
    (one,) = (
        one
        for one in json.loads(answer("articles", "--case", case, "--format", "json"))
        if one["publisher"]
    )
    shown = " ".join(answer("article", one["id"], "--case", case).split())
    assert "publisher Marrow Post, in the metadata" in shown
    assert "author Omar Fitch, in the metadata" in shown
    assert "dateline ORVAN" in shown


def test_an_article_without_them_has_no_such_lines(case: Path) -> None:
    (one,) = (
        one
        for one in json.loads(answer("articles", "--case", case, "--format", "json"))
        if not one["publisher"]
    )
    shown = answer("article", one["id"], "--case", case)
    assert "publisher  publisher not stated\n" in shown
    assert "author" not in shown.split("Talks fail", 2)[1]


def test_typed_words_find_the_name_of_the_publisher_too(session: Session) -> None:
    def found(typed: str) -> list[str]:
        return [one.title for one in session.archive.ask(list_articles, typed)]

    both = ["Shelling kills two in Orvan", "Talks fail"]
    assert sorted(found("market")) == both
    assert found("marrow post") == both[:1]
    assert found("Marr") == both[:1]
    assert found("post market") == both[:1]
    assert found("market -marrow") == both[1:]
    assert found("post OR official") == both
    assert found("unread marrow") == both[:1]
    assert found("coded marrow") == []
    assert found("nobody marrow") == []
    assert found(" ".join(["market"] * 3_000)) != []
