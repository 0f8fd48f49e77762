"""Heads of plain texts: what is read from a few lines, and what is not guessed."""

from typing import NamedTuple

import pytest

from store.articles.formats import PLAIN_TEXT, read
from store.articles.head_parts import parts_of_head
from store.articles.line_kinds import byline
from store.articles.plain_text import article_of_text
from store.articles.read_article import ReadArticle
from store.model.vocabulary import FieldBasis

TEXT = "Fourteen people were killed in Qorville on Thursday, the hospital said."
KILLED = "Shelling of Qorville kills 14"
DAY = "Published 11:22 EET, December 6th 2024"


class Head(NamedTuple):
    """Lines above a text, between bars where it helps to read, and what is read from them."""

    lines: tuple[str, ...]
    title: str = KILLED
    publisher: str = ""
    author: str = ""
    published: bool = True
    kept: tuple[str, ...] = ()


HEADS = [
    Head((KILLED, DAY)),
    Head((KILLED, "6 December 2024")),
    Head(("World", KILLED, DAY)),
    Head(("Velmora", KILLED, DAY)),
    Head(("Middle East", KILLED, "Updated: December 6th 2024"), published=False),
    # a subheading is no publisher
    Head((KILLED, "Hospital says most dead are traders", DAY), kept=("Hospital says",)),
    Head(("World", KILLED, "Most dead are traders.", DAY), kept=("Most dead are traders.",)),
    Head((KILLED, "Families flee to Trin", "Ilan Roe", "6 December 2024"), kept=("Ilan", "Fam")),
    Head((KILLED, "Families flee", "By Ilan Roe", DAY), author="Ilan Roe", kept=("Families flee",)),
    # a day alone below a sentence may be a heading of the text
    Head((KILLED, "It fell silent.", "6 December 2024"), published=False, kept=("6 Dec", "It")),
    # a publisher is one by its name
    Head(("THE ZED HERALD", KILLED, DAY), publisher="THE ZED HERALD"),
    Head(
        ("Times of Zed", KILLED, "Most dead are traders", DAY), KILLED, "Times of Zed", kept=("M",)
    ),
    Head((KILLED, "Reuters", DAY), publisher="Reuters"),
    Head((KILLED, "Source: Zed Wire", DAY), publisher="Zed Wire"),
    Head(("THE ZED HERALD", KILLED, DAY, "Source: Zed Wire"), publisher="Zed Wire"),
    Head((KILLED, "By Ilan Roe (Reuters)", DAY), publisher="Reuters", author="Ilan Roe"),
    Head((KILLED, "By Ilan Roe (Trin)", DAY), author="Ilan Roe (Trin)"),
    Head((KILLED, "By Ilan Roe, Reuters", DAY), publisher="Reuters", author="Ilan Roe"),
    Head((KILLED, "By Reuters", DAY), publisher="Reuters", author="Reuters"),
    # links are no title
    Head(("Home | World", KILLED, DAY)),
    Head(("Skip to content", "The Zed Post", KILLED, DAY), publisher="The Zed Post"),
    Head(("www.zed.example | Live updates | Subscribe now", KILLED, DAY)),
    Head(
        ("THE ZED HERALD", "www.zed.example | Live updates | Subscribe now", KILLED, DAY),
        publisher="THE ZED HERALD",
    ),
    Head(("zed.example", "Subscribe to our newsletter", KILLED, DAY)),
    Head(("War in Velmora as it happens day by day | Updates", KILLED, DAY), kept=("War in",)),
    # a short line above a byline or a time is the title
    Head(("Clashes near Trin", "By A. Writer", DAY), "Clashes near Trin", author="A. Writer"),
    Head(("Clashes near Trin", "Families flee", DAY), "Clashes near Trin", kept=("Families flee",)),
    Head(("Report from Trin", "By a stringer"), "Report from Trin", "", "a stringer", False),
    Head(("By our correspondent", KILLED, DAY), author="our correspondent"),
    Head(("Trin", "By Ilan Roe and agencies"), "Trin", "", "Ilan Roe and agencies", False),
]


def _value(article: ReadArticle, name: str) -> str:
    field = getattr(article, name)
    return field.value if field else ""


@pytest.mark.parametrize("head", HEADS, ids=lambda head: " / ".join(head.lines))
@pytest.mark.parametrize("gap", ["\n", "\n\n"])
def test_a_head_gives_what_its_lines_state_and_no_more(head: Head, gap: str) -> None:
    article = article_of_text("\n".join(head.lines) + gap + TEXT)
    for name in ("title", "publisher", "author"):
        assert _value(article, name) == getattr(head, name), name
    assert (article.published.stamp.at[:10] if article.published else "") == (
        "2024-12-06" if head.published else ""
    )
    *above, text = article.text.split("\n\n")
    assert text == TEXT
    assert len(above) == len(head.kept)
    assert all(any(line.startswith(begins) for line in above) for begins in head.kept)


ROE = "Ilan Roe"
HOUR = "2024-12-06T11:22+02:00"
LATER = "2024-12-06T10:00+00:00"


@pytest.mark.parametrize(
    ("line", "author", "publisher", "published", "updated", "unread"),
    [
        (f"By {ROE}, reporter | {DAY}", f"{ROE}, reporter", "", HOUR, "", ()),
        (f"{DAY} | By {ROE}", ROE, "", HOUR, "", ()),
        (f"By {ROE}, Published 6 Dec 2024", ROE, "", "2024-12-06", "", ()),
        (f"by {ROE} · 6 December 2024 · 5 min read", ROE, "", "2024-12-06", "", ()),
        (f"6 December 2024 - 11:22 By {ROE}", ROE, "", "2024-12-06T11:22", "", ()),
        (f"Posted by {ROE} on December 6, 2024", ROE, "", "2024-12-06", "", ()),
        (f"Posted on December 6, 2024 by {ROE}", ROE, "", "2024-12-06", "", ()),
        (f"Author: {ROE} | Date: 2024-12-06 | Source: Zed", ROE, "Zed", "2024-12-06", "", ()),
        (f"World | By {ROE} | 1,204 views", ROE, "", "", "", ()),
        (f"{ROE} | Reuters | 6 Dec 2024 | 10.00 GMT", "", "Reuters", LATER, "", (ROE,)),
        (f"By {ROE} | Trin | Updated: 6 Dec 2024", ROE, "", "", "2024-12-06", ("Trin",)),
        ("Trin, 6 December 2024", "", "", "2024-12-06", "", ()),
        ("Trin, Velmora, 6 December 2024", "", "", "2024-12-06", "", ()),
        (f"By {ROE} | 06/12/2024", ROE, "", "", "", ("06/12/2024",)),
        ("First published 5 Dec 2024 | Updated 6 Dec 2024", "", "", "2024-12-05", "2024-12-06", ()),
        ("Updated 6 Dec 2024; first published 5 Dec 2024", "", "", "2024-12-05", "2024-12-06", ()),
        ("Published 5 Dec 2024 Updated 6 Dec 2024 10:00 GMT", "", "", "2024-12-05", LATER, ()),
        ("This story was first published on 6 December 2024", "", "", "2024-12-06", "", ()),
        ("Originally published 6 December 2024", "", "", "2024-12-06", "", ()),
    ],
)  # fmt: skip
def test_a_line_of_several_parts_gives_each(
    line: str, author: str, publisher: str, published: str, updated: str, unread: tuple[str, ...]
) -> None:
    article = article_of_text(f"{KILLED}\n{line}\n\n{TEXT}")
    assert (_value(article, "author"), _value(article, "publisher")) == (author, publisher)
    assert (article.published.stamp.at if article.published else "") == published
    assert (article.updated.stamp.at if article.updated else "") == updated
    assert tuple(remark.split("”")[0][1:] for remark in article.remarks) == unread
    assert article.text == TEXT
    assert " ".join(one.sentence for one in article.dropped if one.sentence != KILLED) == line


@pytest.mark.parametrize(
    "line",
    [
        "Rebels take Trin | Zed falls silent",
        "Trin | Hama | Dec 6 | The road",
        "Army leaves Trin - by Friday it was gone",
        "Rebels published 14 names - updated list follows",
        "Shelled by Zed - 14 killed by Trin's guns on 6 December 2024, the hospital said",
    ],
)
def test_a_line_of_parts_that_may_be_a_headline_stays(line: str) -> None:
    assert parts_of_head(line, titled=False) is None
    article = article_of_text(f"{KILLED}\n{line}\n\n{TEXT}")
    assert article.text == f"{line}\n\n{TEXT}"


def test_a_day_gives_way_to_its_hour_and_a_masthead_may_stand_above_parts() -> None:
    head = f"{KILLED}\nThe Zed Courier\nBy {ROE} in Trin | 6 December 2024"
    article = article_of_text(f"{head}\nPublished: 6 Dec 2024, 08:30\n\n{TEXT}")
    assert article.published is not None
    assert article.published.stamp.at == "2024-12-06T08:30"
    assert (_value(article, "author"), _value(article, "publisher")) == (
        f"{ROE} in Trin",
        "The Zed Courier",
    )
    placed = article_of_text(f"{KILLED}\nTrin, 6 December 2024\n\n{TEXT}")
    assert _value(placed, "dateline") == "Trin"


def test_a_time_that_is_stated_and_not_read_is_told() -> None:
    article = article_of_text(f"{KILLED}\nUpdated: some day in 2024\n\n{TEXT}")
    assert article.remarks == ("updated is not read: 'Updated: some day in 2024'",)
    assert article.text.startswith("Updated: some day")


def test_a_line_that_is_not_read_as_a_field_is_told_in_a_remark() -> None:
    article = article_of_text(f"{KILLED}\nFamilies flee\n{DAY}\n\n{TEXT}")
    assert article.remarks == (
        "“Families flee” stays in the text: it may be a subheading, an author or a publisher,"
        " and none is assumed",
    )
    article = article_of_text(f"Velmora\n{KILLED}\n{DAY}\n\n{TEXT}")
    assert article.remarks == ("“Velmora” above the title was read as the section",)


def test_a_masthead_is_an_assumption_and_a_day_is_stated() -> None:
    article = article_of_text(f"THE ZED HERALD\n{KILLED}\n6 December 2024\n\n{TEXT}")
    assert article.publisher is not None
    assert article.publisher.basis is FieldBasis.ASSUMED
    assert article.published is not None
    assert article.published.basis is FieldBasis.STATED


@pytest.mark.parametrize(
    "line",
    [
        "By Friday, rebels had taken Trin",
        "By Friday Rebels Hold Trin",
        "By truck and on foot, thousands flee",
        "By the numbers: the war in Velmora",
        "By Trin the road is closed",
    ],
)
def test_a_headline_that_begins_with_by_is_no_byline(line: str) -> None:
    assert byline(line) is None
    assert _value(article_of_text(f"{line}\n{DAY}\n\n{TEXT}"), "title") == line


def test_a_text_of_a_headline_alone_is_kept() -> None:
    (article,) = read(f"{KILLED}\n".encode(), PLAIN_TEXT).articles
    assert article.text == KILLED


ARABIC = (
    "قصف على زد\n\n{}\n\nقال المرصد إن القصف استمر على المدينة طوال اليوم وأدى إلى سقوط قتلى.\n"
)


@pytest.mark.parametrize(
    ("line", "published", "updated"),
    [
        ("٨ كانون الأول ٢٠٢٤", "2024-12-08", ""),
        ("٨ ديسمبر ٢٠٢٤", "2024-12-08", ""),
        ("الأحد، ٨ ديسمبر ٢٠٢٤", "2024-12-08", ""),
        ("٨ كانون الأوّل / ديسمبر ٢٠٢٤م", "2024-12-08", ""),
        ("تاريخ النشر: ٨ كانون الأول/ديسمبر ٢٠٢٤", "2024-12-08", ""),
        ("نُشر في ٨ ديسمبر ٢٠٢٤", "2024-12-08", ""),
        ("آخر تحديث: ٩ ديسمبر ٢٠٢٤", "", "2024-12-09"),
        ("٠٨/١٢/٢٠٢٤", "2024-12-08", ""),
        ("٨ ديسمبر ٢٠٢٤ - ١٤:٣٠ بتوقيت غرينتش", "2024-12-08T14:30+00:00", ""),
        ("٨ ديسمبر ٢٠٢٤، الساعة ٢:٣٠ مساءً", "2024-12-08T14:30", ""),
        ("٣ حزيران ٢٠٢٤ | ١٠:٠٠ ص", "2024-06-03T10:00", ""),
        ("نشر الجيش ٥٠٠ جندي", "", ""),
    ],
)
def test_a_date_in_arabic_alone_is_read(line: str, published: str, updated: str) -> None:
    article = article_of_text(ARABIC.format(line))
    found = {
        name: time.stamp for name in ("published", "updated") if (time := getattr(article, name))
    }
    assert {name: stamp.at for name, stamp in found.items()} == {
        name: at for name, at in (("published", published), ("updated", updated)) if at
    }
    assert all(stamp.printed in line for stamp in found.values())
    assert (line in article.text) == (not found)
