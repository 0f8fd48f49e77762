"""Searches for a word in very many articles."""

from pathlib import Path

import pytest

from store.archive import Archive
from store.queries import search
from tests.small import SmallCase


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Six articles on the harvest, one of them by its title."""
    case = SmallCase()
    for n in range(6):
        title = "The harvest" if n == 1 else f"Report {n}"
        case.article(f"n{n}", f"{'All is calm. ' * n}The harvest is in.", title=title)
    return case.write(tmp_path / "case.json")


def titles(path: Path, most: int) -> list[str]:
    archive = Archive.open(path)
    found = archive.ask(search.search, "harvest", most)
    archive.close()
    assert all(hit.found for hit in found), "the word is shown in each"
    return [hit.title for hit in found]


def test_of_a_frequent_word_those_with_it_in_the_title_come_first_and_then_the_newest(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "RANKED", 4)
    assert titles(path, 3) == ["The harvest", "Report 5", "Report 4"]


def test_where_all_are_wanted_all_are_ranked(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "RANKED", 4)
    assert titles(path, 10) == ["The harvest", *(f"Report {n}" for n in (0, 2, 3, 4, 5))]
