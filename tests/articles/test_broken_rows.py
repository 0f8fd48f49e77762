"""One broken row of a file is told with its number, and the articles around it come in."""

import gzip
import json

import pytest

from store.articles.formats import CSV, JSON, JSON_LINES, RIS, WARC, Format, format_of, read
from store.articles.read_article import TORN
from store.articles.reader import LimitedReader
from store.articles.table import read_json_lines
from store.errors import UsageError
from tests.articles import pages

HEAD = "title,url,date,text\n"


def row(n: int) -> str:
    """A row whose text has a comma, a line break and quotation marks."""
    return f'T{n},https://a.example/{n},2024-12-06,"Words ""{n}"",\nof an article."\n'


def item(n: int) -> str:
    """An article in JSON."""
    return json.dumps({"title": f"T{n}", "url": f"https://a.example/{n}", "text": "a\u2028b"})


OPEN = 'T1,https://a.example,,"open\n'
SHUT = "has a quotation mark that is never closed"
LINES = f"{item(0)}\n{item(1)}\n{item(2)}\n"
REFERENCES = "".join(f"TY  - NEWS\nTI  - T{n}\nUR  - https://a.example\nER  - \n" for n in (0, 1))
LIST = f"[{item(0)}, {item(1)}, {item(2)}]"
PAGE = gzip.decompress(pages.warc()).replace(b"WARC-Payload-Digest", b"X-Digest")

FILES: list[tuple[str, Format, list[str], list[tuple[str, str]]]] = [
    (LINES, JSON_LINES, ["T0", "T1", "T2"], []),
    (LINES[:-9], JSON_LINES, ["T0", "T1"], [("line 3", TORN)]),
    (
        f"{item(0)}\n\n{{broken}}\n[1]\n{item(1)}",
        JSON_LINES,
        ["T0", "T1"],
        [("line 3", "is damaged JSON"), ("line 4", "is no object")],
    ),
    (f"{{broken\n{LINES}", JSON_LINES, ["T0", "T1", "T2"], [("line 1", "is damaged JSON")]),
    (LIST[:-9], JSON, ["T0", "T1"], [("item 3", TORN)]),
    (f'{{"articles": {LIST[:-9]}', JSON, ["T0", "T1"], [("item 3", TORN)]),
    (f"[{item(0)}, {{broken}}, {item(1)}]", JSON, ["T0"], [("item 2", "is damaged JSON")]),
    (REFERENCES, RIS, ["T0", "T1"], []),
    (REFERENCES[:-10], RIS, ["T0"], [("reference 2", TORN)]),
    (REFERENCES.replace("ER  - \n", "", 1), RIS, ["T0", "T1"], []),
    (HEAD + row(0) + "\n" + row(1), CSV, ["T0", "T1"], []),
    ((HEAD + row(0) + row(1))[:-9], CSV, ["T0"], [("row 2", TORN)]),
    (HEAD + row(0) + "T1,https://a.ex", CSV, ["T0"], [("row 2", TORN)]),
    (
        HEAD + row(0) + OPEN + row(2),
        CSV,
        ["T0", "T2"],
        [("row 2", SHUT)],
    ),
    (HEAD + "T1,https://a.example,,one, two\n" + row(2), CSV, ["T2"], [("row 1", "has 5 cells")]),
    (HEAD + "T1\n" + row(2), CSV, ["T2"], [("row 1", "has 1 cell, and the table 4")]),
    (HEAD + "T1,htt\rps,,\n" + row(2), CSV, ["T2"], [("row 1", "is damaged")]),
    (HEAD + "T1,https://a.example,,,,\n", CSV, ["T1"], []),
    (HEAD + 'T1,https://a.example,,"a "b" c"\n' + row(2), CSV, ["T1", "T2"], []),
]


@pytest.mark.parametrize(("text", "format", "titles", "broken"), FILES)
def test_the_rows_around_a_broken_one_come_in(
    text: str, format: Format, titles: list[str], broken: list[tuple[str, str]]
) -> None:
    assert format_of(text.encode()) is format
    found = read(text.encode(), format)
    assert [one.title and one.title.value for one in found.articles] == titles
    assert [one.part for one in found.passed_over] == [part for part, _ in broken]
    for over, (_, reason) in zip(found.passed_over, broken, strict=True):
        assert over.reason.startswith(reason)


@pytest.mark.parametrize("text", ["[{broken", "{broken\n{broken\n", '[{"a": 1}, {"b'])
def test_a_file_of_which_nothing_can_be_read_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match=r"is damaged JSON|holds no articles"):
        read(text.encode(), format_of(text.encode()) or JSON)


@pytest.mark.parametrize("end", [-900, -200])
def test_a_web_archive_that_ends_within_a_page_says_so_without_a_digest(end: int) -> None:
    found = read(PAGE + PAGE[:end], WARC)
    assert len(found.articles) == 1
    assert [one.reason for one in found.passed_over] == [TORN]


def test_many_lines_after_an_open_quotation_take_little_time() -> None:
    text = HEAD + OPEN + 'a,b,c,d"e"\n' * 4_000
    assert read(text.encode(), CSV).passed_over


def test_what_is_passed_over_comes_in_the_order_of_the_file() -> None:
    lines = '{"title":"A","text":"One."}\n{broken}\n{"title":"C"}\n{"title":"","text":""}\n[]\n'
    found = read_json_lines(lines.encode())
    assert [one.part for one in found.passed_over] == ["line 2", "line 4", "line 5"]


ROWS = 'title,url,date,text\nA,https://a.example/1,09/11/2025,"It fell on Sunday, police said."\n'
HEAD_IN_DIGITS = "Zed falls\nBy Ilan Roe | 09/11/2025\n\nThe town of Zed fell, police said."


@pytest.mark.parametrize("content", [ROWS, HEAD_IN_DIGITS], ids=["table", "text"])
@pytest.mark.parametrize(("dates", "at"), [("dmy", "2025-11-09"), ("mdy", "2025-09-11"), ("", "")])
def test_the_order_of_dates_is_the_one_that_is_stated(content: str, dates: str, at: str) -> None:
    with LimitedReader(dates) as reader:
        _, found = reader.read(content.encode(), "a")
    (article,) = found.articles
    assert (article.published.stamp.at if article.published else "") == at
    if at:
        assert article.published is not None
        assert article.published.stamp.printed == "09/11/2025"
    elif content is ROWS:
        assert article.remarks[-1].endswith("with --dates dmy or mdy, or correct it with E")


def test_a_stated_order_goes_before_the_one_that_the_rows_seem_to_have() -> None:
    rows = ROWS + "B,https://a.example/2,13/11/2025,It rained.\n"
    for dates, first in (("", "2025-11-09"), ("mdy", "2025-09-11")):
        with LimitedReader(dates) as reader:
            _, found = reader.read(rows.encode(), "a")
        assert found.articles[0].published is not None
        assert found.articles[0].published.stamp.at == first
