"""Citations as text: right, and safe to paste."""

from html.parser import HTMLParser

import pytest
from msgspec.structs import replace

from seeds.bundled import BUNDLED
from store.archive import Archive
from store.exporters.citation import (
    bibtex,
    face_to_face,
    is_web,
    markdown,
    markdown_address,
    plain,
    quoted,
)
from store.model.records import Article, Passage
from store.model.vocabulary import StampBasis
from store.queries.citations import Citation, citation, passage_of_claim
from store.queries.records import all_records

REPORT = Citation(
    id="art_1",
    title="Rebels take Zed",
    author="",
    publisher="Zed Press",
    published="2024-11-29T14:30+02:00",
    url="https://zed.example/a?b=1",
    language="en",
    sha256="ab" * 32,
    quote="Rebels took\nZed.",
    start=3,
    end=19,
)


def test_a_citation_names_publisher_title_time_and_address() -> None:
    assert plain(REPORT) == (
        "Zed Press, “Rebels take Zed”, 29 Nov 2024, 14:30 +02:00, https://zed.example/a?b=1"
    )
    assert markdown(REPORT) == (
        "Zed Press, [Rebels take Zed](<https://zed.example/a?b=1>), 29 Nov 2024, 14:30 +02:00"
    )
    assert quoted(REPORT).startswith("“Rebels took Zed.”\n— Zed Press, ")
    assert quoted(REPORT).endswith(f"(characters 3-19 of the text with SHA-256 {REPORT.sha256})")


def test_an_address_as_code_ends_neither_the_code_nor_a_cell() -> None:
    assert markdown_address("https://zed.example/a_b//`c`|d") == (
        "`https://zed.example/a_b//%60c%60%7Cd`"
    )


def test_a_citation_says_what_is_not_the_articles_own() -> None:
    assumed = replace(REPORT, is_digest=True, basis=StampBasis.ZONE_ASSUMED)
    assert "29 Nov 2024, 14:30 +02:00 (zone assumed), " in plain(assumed)
    assert "(words of a digest, not of the article; characters 3-19 of the" in quoted(assumed)
    assert "29 Nov 2024, 14:30 +02:00 (a guess)" in markdown(
        replace(REPORT, basis=StampBasis.GUESSED)
    )


@pytest.mark.parametrize(
    ("at", "words"),
    [
        ("", "undated"),
        ("2024-11-29", "29 Nov 2024"),
        ("2024-11-29T14:30", "29 Nov 2024, 14:30"),
        ("2024-11-29T14:30:59Z", "29 Nov 2024, 14:30 UTC"),
        ("2024-11-29T14:30:59-05:00", "29 Nov 2024, 14:30 -05:00"),
    ],
)
def test_a_time_is_cited_as_exactly_as_it_is_known(at: str, words: str) -> None:
    bare = Citation("art_1", "", "", "", at, "", "en", "")
    assert plain(bare) == f"publisher not stated, without a title, {words}"


HOSTILE = Citation(
    id="art_1",
    title="x](javascript:a) <img src=x onerror=a> `a` \x1b]52;c;aa\x07 @online{b, } \\input{c}",
    author="",
    publisher="*P*\n\n# H",
    published="2024-11-29",
    url="https://a/>)<script>\n[a](b)",
    language="en",
    sha256="",
    quote="a\n\n# b\n<b>",
)


@pytest.mark.parametrize("form", [plain, markdown, bibtex, quoted])
def test_hostile_words_end_no_line_and_open_nothing(form: object) -> None:
    assert callable(form)
    text = form(HOSTILE)
    assert "\x1b" not in text
    assert "\n#" not in text
    if form is bibtex:
        assert text.count("{") - text.count("\\{") == text.count("}") - text.count("\\}")
        assert "\\input" not in text


def test_markdown_of_hostile_words_is_words_alone() -> None:
    text = quoted(HOSTILE, markdown)
    tags: list[str] = []

    class Tags(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            tags.append(tag)

    unescaped = text.replace("\\<", "").replace("\\>", "")
    Tags().feed(unescaped)
    assert "script" not in tags
    assert "img" not in tags
    assert text.count("](") == 1


def test_only_addresses_of_the_web_are_opened() -> None:
    assert is_web("https://a.example/b")
    for other in ("javascript:a", "file:///etc/passwd", "--version", "https://", "ftp://a/b", ""):
        assert not is_web(other)


def test_every_passage_of_the_bundled_case_is_cited_with_its_words_and_hash() -> None:
    archive = Archive.open(BUNDLED)
    records = {one.id: one for _, one in archive.ask(lambda index: list(all_records(index)))}
    passages = [one for one in records.values() if isinstance(one, Passage)]
    assert passages
    for one in passages:
        found = archive.ask(citation, one.id)
        article = records[one.article]
        assert isinstance(article, Article)
        assert found is not None
        text = article.title if one.in_title else article.text
        assert (text or "")[found.start : found.end] == found.quote
        assert found.sha256 == (article.text_sha256 or "")
    assert archive.ask(citation, "art_none") is None
    assert archive.ask(passage_of_claim, "clm_none") == ""
    assert face_to_face(REPORT, REPORT).count("Zed Press") == 2
    archive.close()
