"""Packed files of articles: one in a gzip or a zip is read as it would be by itself."""

import gzip
from collections.abc import Callable
from pathlib import Path

import pytest

from store.articles.reader import LimitedReader
from store.articles.unpack import unpacked
from tests.articles import pages
from tests.imports import new_case, run

PACKED: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.compress,
    "zip": lambda content: pages.zipped({"a": content}),
    "zip of a Mac": lambda content: pages.zipped({"a": content, "__MACOSX/._a": b"x", "b/": b""}),
}


@pytest.mark.parametrize("how", PACKED)
@pytest.mark.parametrize("plain", [pages.csv_table(), pages.PAGE.encode()], ids=["csv", "page"])
def test_a_packed_file_gives_its_articles(how: str, plain: bytes) -> None:
    with LimitedReader() as reader:
        assert reader.read(PACKED[how](plain), "a") == reader.read(plain, "a")


@pytest.mark.parametrize(
    "content",
    [
        gzip.compress(b"x" * 10_000_000),
        gzip.compress(pages.csv_table())[:-20],
        pages.zipped({"a": b"one", "b": b"two"}),
        pages.zipped({"a": b"x" * 10_000_000}),
        pages.zipped({"a": b"one"})[:-30],
        pages.zipped({}),
        b"plain",
    ],
    ids=["bomb", "torn", "two", "zip bomb", "torn zip", "empty zip", "plain"],
)
def test_what_cannot_be_unpacked_stays_as_it_is(content: bytes) -> None:
    assert unpacked(content) == content


def test_an_article_packed_comes_in_by_the_command(tmp_path: Path) -> None:
    (tmp_path / "a.csv.gz").write_bytes(gzip.compress(pages.csv_table()))
    case = new_case(tmp_path / "case.json")
    found = run("import", tmp_path / "a.csv.gz", "--into", case, "--by", "Ada")
    assert found.exit_code == 0
    assert found.stdout.splitlines()[1].split()[:3] == ["a.csv.gz", "articles", "2"]
