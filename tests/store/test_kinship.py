"""Findings of persons on two articles, and their effect on counts."""

from contextlib import closing
from pathlib import Path
from typing import cast

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.analysis.kinship import joined, standing
from store.archive import Archive
from store.model import changes
from store.model.change import Change, Edit
from store.model.judgements import Kinship, KinshipKind
from store.model.records import Article, Source
from store.model.values import Count
from store.model.vocabulary import Kind, SourceKind
from store.queries.compare import compare
from store.queries.evidence import evidence
from store.queries.provenance import who
from store.queries.timeline import number_of, rows
from tests.small import SmallCase
from tests.store.dumps import assert_as_made_anew, on_index

AT = "2026-11-22T10:00:00Z"
HOUSE, TEXT, APART = KinshipKind.ONE_HOUSE, KinshipKind.SAME_TEXT, KinshipKind.APART


class Town:
    """The fall of a town: two reports of unknown publishers, a paper, and a radio."""

    def __init__(self, folder: Path) -> None:
        case = SmallCase()
        self.paper, self.radio = case.source("Paper"), case.source("Radio")
        self.fall = case.event("Fall")
        publishers = {"morning": None, "noon": None, "paper": self.paper, "radio": self.radio}
        self.texts = {
            name: case.article(
                name,
                f"The town fell, {name} says. Residents counted {number} dead.",
                publisher=publisher,
            )
            for number, (name, publisher) in enumerate(publishers.items(), 5)
        }
        for article in self.texts.values():
            case.claim(self.fall, article, "The town fell")
        self.case = case
        self.folder = folder

    def opened(self) -> Archive:
        """The case, to be changed."""
        return Archive.open(self.case.write(self.folder / "town.json"), author="Ana", writing=True)


@pytest.fixture
def town(tmp_path: Path) -> Town:
    return Town(tmp_path)


def find(archive: Archive, town: Town, one: str, other: str, verdict: KinshipKind) -> Kinship:
    """A person's finding on two of the articles, as a change."""
    found = changes.kinship(town.texts[one], town.texts[other], verdict, "why", "Ana", AT)
    archive.change(changes.add_or_replace(None, found, f"{verdict}: why", "Ana", AT))
    on_index(archive, assert_as_made_anew)
    return found


def support(archive: Archive, town: Town) -> tuple[str, int, int]:
    """The support as the timeline shows it, with the numbers of publishers and of unknown ones."""
    n = archive.ask(number_of, town.fall)
    assert n is not None
    (row,) = archive.ask(rows, [n])
    tree = archive.ask(who, town.fall)
    assert f"{tree.articles}/{tree.origins}" == row.support.removesuffix("?")
    return row.support, tree.publishers, tree.unknown_publishers


def test_two_reports_that_name_no_publisher_are_two_until_a_person_finds_them_of_one_house(
    town: Town,
) -> None:
    with closing(town.opened()) as archive:
        assert support(archive, town) == ("4/4?", 4, 2)
        find(archive, town, "morning", "noon", HOUSE)
        assert support(archive, town) == ("4/3?", 3, 1)


def test_what_was_found_is_undone_and_done_again(town: Town) -> None:
    with closing(town.opened()) as archive:
        find(archive, town, "morning", "noon", HOUSE)
        archive.undo()
        on_index(archive, assert_as_made_anew)
        assert support(archive, town) == ("4/4?", 4, 2)
        archive.redo()
        on_index(archive, assert_as_made_anew)
        assert support(archive, town) == ("4/3?", 3, 1)


def test_what_was_found_is_in_the_case_when_it_is_opened_again(town: Town) -> None:
    with closing(town.opened()) as archive:
        find(archive, town, "morning", "noon", HOUSE)
        path = archive.path
    with closing(Archive.open(path)) as archive:
        assert support(archive, town) == ("4/3?", 3, 1)


def test_a_report_of_the_house_of_a_paper_is_that_papers(town: Town) -> None:
    with closing(town.opened()) as archive:
        find(archive, town, "noon", "paper", HOUSE)
        assert support(archive, town) == ("4/3?", 3, 1)
        origins = [node for node in archive.ask(who, town.fall).nodes if node.depth == 0]
        assert [(one.name, one.articles) for one in origins if one.known] == [
            ("Paper", 2),
            ("Radio", 1),
        ]


def test_two_papers_of_one_house_are_one_publisher_and_one_origin(town: Town) -> None:
    with closing(town.opened()) as archive:
        find(archive, town, "paper", "radio", HOUSE)
        assert support(archive, town) == ("4/3?", 3, 2)


def test_a_finding_on_articles_whose_ids_hold_a_nul_is_read(tmp_path: Path) -> None:
    case = SmallCase()
    fall = case.event("Fall")
    one, other = (
        case.article(f"{name}\0report", f"The town fell, {name}.") for name in ("morning", "noon")
    )
    for article in (one, other):
        case.claim(fall, article, "The town fell")
    path = case.write(tmp_path / "town.json")
    with closing(Archive.open(path, author="Ana", writing=True)) as archive:
        found = changes.kinship(one, other, HOUSE, "why", "Ana", AT)
        archive.change(changes.add_or_replace(None, found, "one house: why", "Ana", AT))
        (row,) = archive.ask(rows, [1])
        assert row.support == "2/1?"


def test_findings_join_by_steps(town: Town) -> None:
    with closing(town.opened()) as archive:
        find(archive, town, "morning", "noon", HOUSE)
        find(archive, town, "noon", "paper", HOUSE)
        assert support(archive, town) == ("4/2", 2, 0)


def test_the_same_text_counts_as_one_article_and_one_origin_however_many_print_it(
    town: Town,
) -> None:
    with closing(town.opened()) as archive:
        find(archive, town, "paper", "radio", TEXT)
        assert support(archive, town) == ("3/3?", 4, 2)
        n = archive.ask(number_of, town.fall)
        assert n is not None
        assert [row.is_copy for row in archive.ask(evidence, n)].count(True) == 1


def test_articles_that_are_apart_count_as_before(town: Town) -> None:
    with closing(town.opened()) as archive:
        find(archive, town, "morning", "noon", APART)
        assert support(archive, town) == ("4/4?", 4, 2)


def test_the_last_word_on_two_articles_holds(town: Town) -> None:
    with closing(town.opened()) as archive:
        found = find(archive, town, "morning", "noon", HOUSE)
        later = changes.kinship(
            found.other, found.about, APART, "no", "Ben", "2026-11-23T10:00:00Z"
        )
        archive.change(changes.add_or_replace(None, later, "apart: no", "Ben", later.at))
        on_index(archive, assert_as_made_anew)
        assert support(archive, town) == ("4/4?", 4, 2)


def test_a_publisher_that_is_named_later_stands_for_its_house(town: Town) -> None:
    with closing(town.opened()) as archive:
        find(archive, town, "morning", "noon", HOUSE)
        before = cast(Article, town.case.tables["articles"][town.texts["noon"]])
        after = msgspec.structs.replace(before, publisher=town.paper)
        edit = Edit("articles", after.id, before, after)
        archive.change(Change("Ana", AT, "the imprint says so", (edit,)))
        on_index(archive, assert_as_made_anew)
        assert support(archive, town) == ("4/2", 2, 0)


def test_the_residents_of_two_reports_of_one_house_need_not_be_the_same_people(
    town: Town,
) -> None:
    residents = town.case.source("Residents")
    anybody = cast(Source, town.case.tables["sources"][residents])
    town.case.tables["sources"][residents] = msgspec.structs.replace(
        anybody, kind=SourceKind.UNNAMED
    )
    for name in ("morning", "noon"):
        town.case.claim(town.fall, town.texts[name], "Residents", chain=(residents,))
    with closing(town.opened()) as archive:
        assert support(archive, town)[0] == "4/6?"
        find(archive, town, "morning", "noon", HOUSE)
        assert support(archive, town)[0] == "4/5?"


def test_a_house_that_differs_from_itself_contradicts_nobody(town: Town) -> None:
    for number, name in enumerate(("morning", "noon"), 5):
        value = Count(min=number, max=number, printed=str(number))
        words = f"{number} dead"
        town.case.claim(town.fall, town.texts[name], words, kind=Kind.FATALITIES, value=value)
    with closing(town.opened()) as archive:
        found = archive.ask(compare, town.fall).disputes()
        assert [one.reading for one in found] == ["contradicts"]
        find(archive, town, "morning", "noon", HOUSE)
        found = archive.ask(compare, town.fall).disputes()
        assert "contradicts" not in [one.reading for one in found]


# what is joined

_pairs = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=12)


@given(_pairs, st.randoms())
def test_neither_the_order_of_findings_nor_of_their_two_articles_matters(
    pairs: list[tuple[int, int]], rng: object
) -> None:
    turned = [(b, a) for a, b in reversed(pairs)]
    assert joined(pairs, min) == joined(turned, min)


@given(_pairs)
def test_all_that_are_joined_have_one_that_stands_for_them(pairs: list[tuple[int, int]]) -> None:
    found = joined(pairs, min)
    assert all(found[a] == found[b] <= min(a, b) for a, b in pairs)


def test_of_several_findings_on_two_articles_the_last_holds() -> None:
    early = changes.kinship("art_a", "art_b", HOUSE, "", "Ana", AT)
    late = changes.kinship("art_b", "art_a", APART, "", "Ben", "2026-11-23T10:00:00Z")
    assert standing([late, early]) == [late]
