"""Articles as old rows of UCDP GED cite them, in free words of many hands; all made up."""

from pathlib import Path

import pytest

from store.importers.old_articles import citations
from store.model.records import Article
from store.model.vocabulary import Kind, TextKind
from tests.ged import row, text
from tests.importers.tables import imported


@pytest.mark.parametrize(
    ("cell", "read"),
    [
        (
            "Zed Wire 2/3/1994 Made-up clash at Qorville. QNA 2/4/1994 RADIO REPORTS CLASH.",
            [
                ("Zed Wire", "1994-02-03", "Made-up clash at Qorville"),
                ("QNA", "1994-02-04", "RADIO REPORTS CLASH"),
            ],
        ),
        (
            "QNA2/12/1994 ARMY KILLS 2 AT QORVILLE.",
            [("QNA", "1994-02-12", "ARMY KILLS 2 AT QORVILLE")],
        ),
        ("QNA 1994-02-12", [("QNA", "1994-02-12", "")]),
        ("QNA: 1994-2-12", [("QNA", "1994-02-12", "")]),
        ("QNA 12/2 1994", [("QNA", "1994-02-12", "")]),
        ("Zed News 3/7-98", [("Zed News", "1998-07-03", "")]),
        ("QNA 21-Apr-97", [("QNA", "1997-04-21", "")]),
        ('Zed Wire 12 February 1994 "Two killed', [("Zed Wire", "1994-02-12", "Two killed")]),
        ("Zed Wire (12 Feb 1994):  “Two killed”.", [("Zed Wire", "1994-02-12", "Two killed")]),
        (
            'AAA 12/2-94, "Two killed in Qor, again", BBB 13/2-94, "Three killed: police',
            [
                ("AAA", "1994-02-12", "Two killed in Qor, again"),
                ("BBB", "1994-02-13", "Three killed: police"),
            ],
        ),
        (
            'AAA 1994-02-12 "Two killed"; "Three killed in Qor',
            [("AAA", "1994-02-12", "Two killed"), ("AAA", "1994-02-12", "Three killed in Qor")],
        ),
        (
            'AAA 12 Feb 94 "Two killed" /(2)Zed Radio, Qor, in Zeddish 0657 gmt 13 Feb 94',
            [("AAA", "1994-02-12", "Two killed"), ("Zed Radio, Qor", "1994-02-13", "")],
        ),
        (
            'AAA 1994-02-12 "Two killed" AND BBB 1994-02-13 "Three killed',
            [("AAA", "1994-02-12", "Two killed"), ("BBB", "1994-02-13", "Three killed")],
        ),
        (
            "AAA 12 February 1994 Clashes kill 8; mosques burnt",
            [("AAA", "1994-02-12", "Clashes kill 8; mosques burnt")],
        ),
        (
            "AAA 12 February 1994 Two dead in clash  \n \nBBB 13 February 1994 Three dead in clash",
            [
                ("AAA", "1994-02-12", "Two dead in clash"),
                ("BBB", "1994-02-13", "Three dead in clash"),
            ],
        ),
        ('ZRW July 1994, "The Qor Crisis", 17f', [("ZRW", "", "The Qor Crisis")]),
        ('Zed Watch 9154, "Guards kill man, Qor', [("Zed Watch", "", "Guards kill man, Qor")]),
        (
            'AAA 1994-02-12, ZRW July 1994, "The Qor Crisis"',
            [("AAA", "1994-02-12", ""), ("ZRW", "", "The Qor Crisis")],
        ),
        (
            'Report, 19 - 25 February 1994, citing Qor Day on 25 February, AAA 26/2-94, "Two die',
            [("Report", "1994-02-25", ""), ("AAA", "1994-02-26", "Two die")],
        ),
        (
            'AAA 12 February 1994 "Governor "to hold" talks in Qor"; BBB 13 Feb 94 "Two die',
            [
                ("AAA", "1994-02-12", 'Governor "to hold" talks in Qor'),
                ("BBB", "1994-02-13", "Two die"),
            ],
        ),
        (
            'AAA 12/2-94, Two die in Qor" at http://zed.example/1',
            [("AAA", "1994-02-12", "Two die in Qor")],
        ),
        ('ZRW (Zed Watch) July 1994, "The Crisis", 3', [("ZRW (Zed Watch)", "", "The Crisis")]),
        ('All Zed, "Two die in Qor." 9 July 1994', [("All Zed", "1994-07-09", "Two die in Qor.")]),
        ("SOHR,1994-02-12,Two die in Qor", [("SOHR", "1994-02-12", "Two die in Qor")]),
    ],
)
def test_a_citation_is_an_office_a_day_and_a_headline(
    cell: str, read: list[tuple[str, str, str]]
) -> None:
    found = citations(cell, "")
    assert [tuple(one) for one in found.read] == read
    assert found.unread == 0


@pytest.mark.parametrize(
    ("cell", "start", "day"),
    [
        ("AAA 2/3/1994 Two die here", "1994-02-01", "1994-02-03"),
        ("AAA 2/3/1994 Two die here", "1994-03-01", "1994-03-02"),
        ("AAA 2/3/1994 Two die here", "", "1994-02-03"),
        ("AAA 23/3/1994 Two die here", "", "1994-03-23"),
        ("AAA 31/31/1994 Two die here", "", ""),
    ],
)
def test_a_day_of_two_numbers_is_month_first_unless_only_the_other_follows_the_event(
    cell: str, start: str, day: str
) -> None:
    assert citations(cell, start).read[0].day == day


@pytest.mark.parametrize(
    "cell",
    [
        "Zed Watch database",
        "http://zed.example/report",
        "QNA011106",
        "AAA 23/9, 24/9",
        "2002 10508, ",
    ],
)
def test_what_names_no_report_is_counted_as_not_read(cell: str) -> None:
    found = citations(cell, "")
    assert (found.read, found.unread) == ((), 1)


def test_old_rows_have_articles_and_the_account_says_what_was_not_read(tmp_path: Path) -> None:
    rows = [
        row(id="1", source_article="QNA 3/2/2016 Blast kills 4 in Anton. Zed Wire 2016-03-03"),
        row(id="2", source_article="Zed Watch database"),
        row(id="3"),
    ]
    for one in rows[:2]:
        one["number_of_sources"] = "-1"
    found = imported(tmp_path, text(rows))
    assert found.report.remarks[0] == (
        "articles cited in free words in 2 rows: 1 read by a rule, 1 without a headline and so"
        " not taken, 1 not understood, 1 row left without articles"
    )
    headlines = {
        one.title: one.published.at if one.published else ""
        for one in found.records
        if isinstance(one, Article) and one.text_kind is TextKind.HEADLINE
    }
    assert headlines["Blast kills 4 in Anton"] == "2016-03-02"
    assert found.report.links == 2
    assert len(found.claims("2", Kind.OCCURRENCE)) == 1, "it rests on the row"
    cited = [one.text for one in found.records if isinstance(one, Article) and one.text]
    assert any("source_article: QNA 3/2/2016" in one for one in cited), "its words are kept"
