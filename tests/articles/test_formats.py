"""One report in every format: what comes of it, and what is told as left out."""

import json
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Callable

import pytest

from store.articles.formats import (
    CSL,
    CSV,
    FEED,
    HTML,
    JSON,
    JSON_LINES,
    MAIL,
    MHTML,
    PDF,
    PLAIN_TEXT,
    RIS,
    WACZ,
    WARC,
    WORD,
    Format,
    format_of,
    read,
)
from store.articles.plain_text import article_of_text
from store.articles.read_article import Findings, ReadArticle, Reading
from store.model.vocabulary import FieldBasis, StampBasis
from tests.articles import pages
from tests.conftest import DATA

HOUR = "2024-12-06T07:52+02:00"


def reading(content: bytes, format: Format) -> Reading:
    """The reading of a file, which is recognised as of this format."""
    assert format_of(content) is format
    return read(content, format)


def one(content: bytes, format: Format) -> ReadArticle:
    """The one article of a file."""
    (article,) = reading(content, format).articles
    return article


def lost(article: ReadArticle) -> list[str]:
    """The words that every format has to keep, and this one has not."""
    return [words for words in pages.TOLD if _plain(words) not in _plain(article.text)]


def _plain(text: str) -> str:
    """A text without the shapes of its marks, which a PDF in one font has not."""
    return re.sub("[“”]", '"', text).replace("—", "-")


FORMATS: list[tuple[Callable[[], bytes], Format, str, str, str]] = [
    (pages.PAGE.encode, HTML, HOUR, "Zed Courier", ""),
    (pages.SINGLE_FILE.encode, HTML, HOUR, "Zed Courier", "2024-12-06T11:22+01:00"),
    (pages.mhtml, MHTML, HOUR, "Zed Courier", "2024-12-06T10:22:33+00:00"),
    (pages.warc, WARC, HOUR, "Zed Courier", "2024-12-06T10:22:33+00:00"),
    (pages.wacz, WACZ, HOUR, "Zed Courier", "2024-12-06T10:22:33+00:00"),
    (pages.PLAIN.encode, PLAIN_TEXT, HOUR, "Zed Courier", ""),
    (pages.MARKDOWN.encode, PLAIN_TEXT, HOUR, "Zed Courier", ""),
    (pages.mail, MAIL, HOUR, "", ""),
    (pages.word, WORD, "2024-12-06", "", ""),
    (pages.pdf, PDF, "2024-12-06", "", ""),
]


@pytest.mark.parametrize(("made", "format", "published", "publisher", "captured"), FORMATS)
def test_a_report_keeps_its_words_its_hour_and_who_published_it(
    made: Callable[[], bytes], format: Format, published: str, publisher: str, captured: str
) -> None:
    article = one(made(), format)
    assert lost(article) == []
    assert article.title is not None
    assert article.title.value == pages.TITLE
    assert article.published is not None
    assert article.published.stamp.at == published
    assert (article.publisher.value if article.publisher else "") == publisher
    assert (article.captured.stamp.at if article.captured else "") == captured
    assert article.dateline is not None
    assert article.dateline.value == "QORVILLE, Zedland"


def test_the_title_is_not_in_the_text_of_a_page_and_boilerplate_is_told_with_its_reason() -> None:
    article = one(pages.PAGE.encode(), HTML)
    assert {left.sentence: left.reason for left in article.dropped} == {
        "We use 14 cookies to improve your visit.": "a cookie notice",
        "Accept": "a button",
        "Home": "navigation",
        pages.TITLE: "the title",
        "By Mira Stone": "the author",
        "6 December 2024, 07:52": "the time",
        "Fighters in Qorville on Thursday.": "a caption",
        "Share this story with 5 friends": "sharing",
        "Related": "beside the text",
        "Army denies losing 90 men in Marn": "beside the text",
        "© 2024 Zed Courier.": "the foot of the page",
    }
    caption = next(left for left in article.dropped if left.reason == "a caption")
    assert caption.place == 0, "it would stand before the first paragraph"
    assert "Place | Dead\nQorville | 23" in article.text


def _words(text: str) -> Counter[str]:
    return Counter(re.findall(r"\w+", text))


def test_every_word_of_a_page_is_kept_or_told() -> None:
    article = one(pages.PAGE.encode(), HTML)
    body = pages.PAGE[pages.PAGE.index("<body") :]
    visible = re.sub(r"<[^>]*>", " ", body)
    told = " ".join(left.sentence for left in article.dropped)
    assert _words(article.text) + _words(told) == _words(visible)


def test_every_word_of_a_text_is_kept_or_told() -> None:
    article = one(pages.PLAIN.encode(), PLAIN_TEXT)
    told = " ".join(left.sentence for left in article.dropped)
    assert _words(article.text) + _words(told) == _words(pages.PLAIN)


def test_the_basis_of_each_field_is_told() -> None:
    article = one(pages.SINGLE_FILE.encode(), HTML)
    assert article.title is not None
    assert article.url is not None
    assert article.published is not None
    assert article.updated is not None
    assert article.title.basis is FieldBasis.STATED, "the heading and the metadata agree"
    assert article.url.basis is FieldBasis.FILE
    assert article.published.basis is FieldBasis.META
    assert article.updated.stamp.at == "2024-12-06T09:10+02:00"
    plain = one(pages.PLAIN.encode(), PLAIN_TEXT)
    assert plain.language is not None
    assert plain.language.basis is FieldBasis.ASSUMED


FIELDS_OF_PAGE = "title=stated publisher=meta author=meta language=meta dateline=stated"
TIMES_OF_PAGE = "published=meta updated=meta"
BASES: list[tuple[bytes, Format, str]] = [
    (pages.PAGE.encode(), HTML, f"{FIELDS_OF_PAGE} url=meta {TIMES_OF_PAGE}"),
    (pages.mhtml(), MHTML, f"{FIELDS_OF_PAGE} url=file {TIMES_OF_PAGE} captured=file"),
    (pages.warc(), WARC, f"{FIELDS_OF_PAGE} url=file {TIMES_OF_PAGE} captured=file"),
    (pages.wacz(), WACZ, f"{FIELDS_OF_PAGE} url=file {TIMES_OF_PAGE} captured=file"),
    (
        pages.PLAIN.encode(),
        PLAIN_TEXT,
        "title=stated publisher=stated language=assumed dateline=stated published=stated"
        " updated=stated",
    ),
    (
        pages.MARKDOWN.encode(),
        PLAIN_TEXT,
        "title=meta publisher=meta language=assumed url=meta dateline=stated published=meta",
    ),
    (
        pages.mail(),
        MAIL,
        "title=meta author=meta language=assumed dateline=stated published=meta",
    ),
    (pages.word(), WORD, "title=stated language=assumed dateline=stated published=stated"),
    (
        pages.word(undated=True),
        WORD,
        "title=stated language=assumed dateline=stated published=assumed",
    ),
    (pages.pdf(), PDF, "title=meta language=assumed dateline=stated published=stated"),
    (
        pages.pdf((pages.TITLE, *pages.TOLD)),
        PDF,
        "title=meta language=assumed dateline=stated published=assumed",
    ),
    (pages.feed(), FEED, "title=meta publisher=meta language=meta url=meta published=meta"),
    (
        pages.csv_table(),
        CSV,
        "title=meta publisher=meta language=assumed url=meta dateline=stated published=meta",
    ),
    (pages.ris(), RIS, "title=meta publisher=meta language=assumed url=meta published=meta"),
    (
        json.dumps(pages.CSL).encode(),
        CSL,
        "title=meta publisher=meta language=assumed url=meta published=meta",
    ),
    (
        json.dumps(pages.GDELT_DOC).encode(),
        JSON,
        "title=meta publisher=meta language=meta url=meta published=assumed",
    ),
]


@pytest.mark.parametrize(("content", "format", "bases"), BASES)
def test_each_reader_names_the_basis_of_each_field(
    content: bytes, format: Format, bases: str
) -> None:
    article = reading(content, format).articles[0]
    found = {name: getattr(article, name) for name in (*Findings.FIELDS, *Findings.TIMES)}
    assert {name: str(one.basis) for name, one in found.items() if one} == dict(
        one.split("=") for one in bases.split()
    )
    for name in Findings.TIMES:
        guessed = found[name] is not None and found[name].stamp.basis is StampBasis.GUESSED
        assert guessed == (found[name] is not None and found[name].basis is FieldBasis.ASSUMED)


def test_a_page_that_trafilatura_cannot_read_is_kept_with_a_remark() -> None:
    page = "<html><body><p>" + "</p><p>".join(pages.TOLD) + "&#27;[31m</p></body></html>"
    article = one(page.encode(), HTML)
    assert lost(article) == []
    deep = "<div>" * 300 + f"<p>{pages.LEAD}</p><p>{pages.ARMY}</p>" + "</div>" * 300
    article = one(f"<html><body>{deep}</body></html>".encode(), HTML)
    assert pages.LEAD in article.text
    assert pages.ARMY in article.text


def test_a_feed_gives_an_article_an_entry_and_says_which_are_summaries() -> None:
    first, second = reading(pages.feed(), FEED).articles
    assert lost(first) == []
    assert first.published is not None
    assert first.published.stamp.at == "2024-12-06T05:52+00:00"
    assert first.updated is None
    assert second.text == "The army denied losing 90 men."
    assert (first.is_summary, second.is_summary) == (False, True)


def test_a_record_that_differs_from_its_digest_gives_no_article() -> None:
    found = reading(pages.warc(altered=True), WARC)
    assert found.articles == ()
    assert "altered, damaged or torn" in found.passed_over[0].reason


def test_what_a_word_file_has_beside_its_text_is_told() -> None:
    left = one(pages.word(), WORD).dropped
    assert ("Draft 7, not for print", "a page header") in {(o.sentence, o.reason) for o in left}


@pytest.mark.parametrize(
    ("content", "format"),
    [
        (pages.csv_table(), CSV),
        (json.dumps({"data": [pages.ROW]}).encode(), JSON),
        ((json.dumps(pages.ROW) + "\n" + json.dumps(pages.ROW)).encode(), JSON_LINES),
    ],
)
def test_a_table_gives_an_article_a_row(content: bytes, format: Format) -> None:
    article = reading(content, format).articles[0]
    assert lost(article) == []
    assert article.published is not None
    assert article.published.stamp.at == HOUR
    assert article.url is not None
    assert article.url.value == pages.ADDRESS
    assert article.part.endswith(" 1")


def test_a_list_of_references_gives_headlines() -> None:
    for content, format in ((pages.ris(), RIS), (json.dumps(pages.CSL).encode(), CSL)):
        article = one(content, format)
        assert (article.text, article.title and article.title.value) == ("", pages.TITLE)
        assert article.published is not None
        assert article.published.stamp.at == "2024-12-06"


TEXTS = [
    "Shells hit Zed\n\nZed fell.\n",
    "Title\n\nOne.",
    "Shells hit Zed",
    "قصف على زد\n\nقصف الجيش زد.\n",
    "Air strike kills 12\n2024-12-08\n12 dead, 5 hurt in Zed, 3 in Qor.\n",
    "Shells hit Zed, killing five, wounding nine, and destroying homes\n",
    "Zed falls, Qor too, Marn next, Tol last\n\nZed fell, killing five, wounding 1,200, they said.",
]
TEXTS.append('11/12/2024 10:15\n\n12 dead, 30 hurt, 5 lost.\n\n"We saw 20," said Per Osk, 45.\n')
TABLES = [
    "a,b,c\n1,2,3\n",
    "id;year;deaths;where\n1;2024;5;Zed\n",
    "date\tplace\tkilled\tsource\n2024-12-08\tZed\t5\tReuters\n",
    "place,killed\nZed,5\nQor,7\n",
    "date,notes\n2024-12-08,Five people died.\n",
    "Event date, place, killed, source\n2024, Zed, 5, Reuters\n",
    "https://a.example/1\nhttps://a.example/2\n",
    "1 2 3\n4 5 6\n",
]


@pytest.mark.parametrize("text", TEXTS)
def test_a_short_text_is_a_text(text: str) -> None:
    assert format_of(text.encode()) is PLAIN_TEXT


@pytest.mark.parametrize("text", TABLES)
def test_a_short_table_is_no_text(text: str) -> None:
    assert format_of(text.encode()) is None


def test_the_abstract_of_a_reference_is_a_summary() -> None:
    abstract = "The army left Zed on Friday."
    lines = pages.ris().replace(b"ER  -", f"AB  - {abstract}\nER  -".encode())
    objects = json.dumps([{**pages.CSL[0], "abstract": abstract}]).encode()
    for content, format in ((lines, RIS), (objects, CSL)):
        article = one(content, format)
        assert (article.text, article.is_summary) == (abstract, True)
    assert not one(pages.ris(), RIS).is_summary
    row = json.dumps([{**pages.ROW, "summary": abstract}]).encode()
    assert not one(row, JSON).is_summary, "the text is there as well"


def test_the_time_at_which_gdelt_saw_a_page_is_a_guess() -> None:
    article = one(json.dumps(pages.GDELT_DOC).encode(), JSON)
    assert article.published is not None
    assert article.published.stamp.basis is StampBasis.GUESSED


def test_one_date_of_a_column_settles_the_order_of_all() -> None:
    table = "title,url,date\nA,https://a.example/1,05/12/2024\nB,https://a.example/2,25/12/2024\n"
    first, second = reading(table.encode(), CSV).articles
    assert first.published is not None
    assert second.published is not None
    assert (first.published.stamp.at, second.published.stamp.at) == ("2024-12-05", "2024-12-25")


FIVE = [
    # file, title begins, published, updated, publisher, dateline, sources
    ("000*", "Syrian Cities", "2024-12-06T11:22", "2024-12-06T11:59", "", "Hama", 0),
    ("001*", "Syrian Rebels Capture", "2024-12-06T09:15", "2024-12-06T10:32", "", "Syria", 0),
    ("002*", "Syrian Rebels Advance", "2024-12-04T14:45", "", "", "", 5),
    ("003*", "", "", "", "", "", 0),
    ("004*", "Syrian rebels push", "2024-12-02", "", "Times of Oman", "Damascus [Syria]", 0),
]


@pytest.mark.skipif(not (DATA / "articles").is_dir(), reason="the five reports are not here")
@pytest.mark.parametrize(
    ("file", "title", "published", "updated", "publisher", "dateline", "sources"), FIVE
)
def test_the_five_reports_say_what_they_state_and_no_more(
    file: str,
    title: str,
    published: str,
    updated: str,
    publisher: str,
    dateline: str,
    sources: int,
) -> None:
    (path,) = (DATA / "articles").glob(f"{file}.txt")
    article = one(path.read_bytes(), PLAIN_TEXT)
    assert (article.title.value if article.title else "").startswith(title)
    assert bool(article.title) is bool(title)
    assert (article.published.stamp.at if article.published else "") == published
    assert (article.updated.stamp.at if article.updated else "") == updated
    assert (article.publisher.value if article.publisher else "") == publisher
    assert (article.dateline.value if article.dateline else "") == dateline
    assert len(article.sources) == sources
    if "IST" in path.read_text("utf-8")[:40]:
        assert article.published is not None
        assert "IST may be Indian (+05:30)" in article.published.stamp.note


@pytest.mark.parametrize(
    ("head", "published", "updated"),
    [
        ("Dec. 6, 2024, 7:05 a.m. ET", "2024-12-06T07:05", ""),
        ("Published: 6 December 2024 - 21:15 GMT", "2024-12-06T21:15+00:00", ""),
        ("Last updated: 06 Dec 2024 09:15 UTC+3", "", "2024-12-06T09:15+03:00"),
        ("نشر في ٢٩ نوفمبر ٢٠٢٤", "2024-11-29", ""),
        ("٢٩ نوفمبر ٢٠٢٤", "2024-11-29", ""),
        ("29 novembre 2024", "2024-11-29", ""),
    ],
)
def test_a_line_that_is_a_time_alone_is_the_time(head: str, published: str, updated: str) -> None:
    article = article_of_text(f"{pages.TITLE}\n{head}\n{pages.LEAD}\n{pages.ARMY}\n")
    assert (article.published.stamp.at if article.published else "") == published
    assert (article.updated.stamp.at if article.updated else "") == updated


def test_libraries_are_imported_when_a_file_needs_them() -> None:
    program = (
        "import sys, store.articles.formats; print([m for m in sys.modules if m.split('.')[0] in"
        " ('lxml', 'trafilatura', 'feedparser', 'mammoth', 'warcio', 'pypdfium2')])"
    )
    found = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True)
    assert found.stdout == "[]\n", found.stderr
