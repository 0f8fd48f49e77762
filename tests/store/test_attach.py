"""Replacement of a digest by its original, in which every passage finds its words."""

from pathlib import Path

import pytest

from seeds.bundled import BUNDLED
from store.archive import Archive
from store.database.read_records import records
from store.errors import UsageError
from store.model.attach import article_of_original, attach_original
from store.model.records import Article, Passage
from store.model.vocabulary import TextKind
from tests.conftest import DATA


def test_each_report_of_the_bundled_case_can_be_read_in_the_original(tmp_path: Path) -> None:
    originals = sorted((DATA / "articles").glob("*.txt"))
    if not originals:
        pytest.skip("the originals are not part of the project (see CONFLICT_DATA)")
    case = tmp_path / "case.json"
    case.write_bytes(BUNDLED.read_bytes())
    archive = Archive.open(case, writing=True)
    for path in originals:
        content = path.read_bytes()
        held = [one for _, one in archive.ask(lambda c: list(records(c)))]
        article = article_of_original(content, (one for one in held if isinstance(one, Article)))
        passages = [one for one in held if isinstance(one, Passage) and one.article == article.id]
        archive.change(attach_original(content, article, passages, "me", "2026-11-22T00:00:00Z"))
    full = [one for _, one in archive.ask(lambda c: list(records(c)))]
    articles = {one.id: one for one in full if isinstance(one, Article)}
    assert {one.text_kind for one in articles.values()} == {TextKind.FULL}
    for passage in full:
        if isinstance(passage, Passage) and not passage.in_title:
            text = articles[passage.article].text or ""
            assert text[passage.start : passage.end] == passage.exact != ""
            assert passage.origin is not None
    archive.close()


def test_another_file_is_refused() -> None:
    archive = Archive.open(BUNDLED)
    held = [one for _, one in archive.ask(lambda c: list(records(c)))]
    with pytest.raises(UsageError, match="matches no article"):
        article_of_original(b"something else", (one for one in held if isinstance(one, Article)))
    archive.close()
