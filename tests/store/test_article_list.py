"""The list of all articles, and the signs of a search."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from seeds.bundled import BUNDLED
from store.archive import Archive
from store.model import changes
from store.model.judgements import MarkKind
from store.queries.article_list import ReadingState, count_articles, list_articles
from store.queries.full_text import query_text
from store.reader import Reader


@pytest.fixture(scope="module")
def hama(tmp_path_factory: pytest.TempPathFactory) -> Archive:
    case = tmp_path_factory.mktemp("list") / "hama.json"
    case.write_bytes(Path(BUNDLED).read_bytes())
    case.chmod(0o600)
    return Archive.open(case, author="Ana", writing=True)


def test_all_articles_of_the_bundled_case_are_coded(hama: Archive) -> None:
    found = hama.ask(list_articles)
    assert {one.state for one in found} == {ReadingState.CODED}
    assert hama.ask(list_articles, "coded") == found
    assert hama.ask(list_articles, "unread") == ()
    times = [one.published for one in found if one.published]
    assert times == sorted(times, reverse=True)


def test_typed_words_find_articles_by_title_and_text(hama: Archive) -> None:
    found = hama.ask(list_articles, "Soran")
    assert 0 < len(found) < len(hama.ask(list_articles))


def test_a_mark_as_read_alone_codes_nothing(hama: Archive) -> None:
    one = hama.ask(list_articles)[0]
    mark = changes.mark(one.id, MarkKind.READ, "Ana", "2026-11-29T00:00:00Z")
    hama.change(changes.add_or_replace(None, mark, "read", "Ana", "2026-11-29T00:00:00Z"))
    assert hama.ask(list_articles)[0].state is ReadingState.CODED
    hama.undo()


@pytest.mark.parametrize(
    ("typed", "query"),
    [
        ("rebels take", '"rebels" AND "take"*'),
        ('"take Aleppo"', '"take Aleppo"'),
        ("Aleppo -prison", '("Aleppo") NOT ("prison")'),
        ('Aleppo -"two words"', '("Aleppo") NOT ("two words")'),
        ("Aleppo OR Hama city", '("Aleppo" OR "Hama") AND "city"*'),
        ("OR", '"OR"*'),
        ("-prison", ""),
        ('" ( *', ""),
        ("al-Sham", '"al-Sham"*'),
    ],
)
def test_the_signs_of_a_search(hama: Archive, typed: str, query: str) -> None:
    assert query_text(typed) == query
    hama.ask(list_articles, typed)


class Explained:
    """A reader that keeps the plan of each question."""

    def __init__(self, connection: Reader) -> None:
        self._connection = connection
        self.plans: list[str] = []

    def execute(self, sql: str, parameters: Any = ()) -> Any:
        plan = self._connection.execute(f"EXPLAIN QUERY PLAN {sql}", parameters)
        self.plans += [row[3] for row in plan]
        return self._connection.execute(sql, parameters)


@pytest.mark.parametrize("asked", [list_articles, count_articles])
def test_no_claim_or_passage_is_read_that_is_of_no_listed_article(
    hama: Archive, asked: Callable[[Reader], object]
) -> None:
    """A scan of all claims for each article would take minutes in a case of a data set."""

    def plans(connection: Reader) -> list[str]:
        explained = Explained(connection)
        asked(explained)
        return explained.plans

    found = hama.ask(plans)
    assert any(one.startswith("SCAN articles") for one in found), found
    assert not [one for one in found if one.startswith(("SCAN claims", "SCAN passages"))]


def test_the_count_is_of_the_articles_that_are_listed(hama: Archive) -> None:
    found = hama.ask(list_articles)
    coded = sum(one.state is ReadingState.CODED for one in found)
    assert hama.ask(count_articles) == (len(found), coded)
