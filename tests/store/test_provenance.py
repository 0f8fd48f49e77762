"""Provenance: the tree from the origins to the articles, and its summary."""

import sqlite3
from collections.abc import Iterable
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from store.analysis.speakers import NOBODY
from store.model.records import Claim
from store.model.vocabulary import Kind, Stance
from store.queries.provenance import Provenance, ProvenanceLine, who
from tests.examples import examples
from tests.indexes import index_with
from tests.store.claims import (
    ARTICLE,
    ARTICLES,
    EVENTS,
    PASSAGES,
    SPEAKERS,
    SUBJECTS,
    cases,
    opening,
)


def opened(*claims: Claim) -> sqlite3.Connection:
    return index_with(opening(claims))


def happened(article: str, *chain: str, stance: Stance = Stance.ASSERTS) -> Claim:
    return Claim(
        id=f"clm_{article}_{'_'.join(chain)}_{stance}",
        subject="evt_one",
        kind=Kind.OCCURRENCE,
        passage=f"psg_art_{article}_00",
        stance=stance,
        chain=tuple(f"src_{name}" for name in chain),
    )


def drawn(found: Provenance) -> list[str]:
    """The tree as a screen draws it."""
    return [
        "".join("│ " if rail else "  " for rail in node.rails)
        + ("" if node.depth == 0 else "└ " if node.last else "├ ")
        + f"{node.name} {node.articles}"
        + (" copy" if node.is_copy else "")
        for node in found.nodes
    ]


def test_the_tree_of_an_agency_that_carries_most() -> None:
    found = who(
        opened(
            happened("headline"),
            happened("stated", "agency"),
            happened("assumed", "paper", "agency"),
            happened("timeless"),
            happened("copied", "ministry", stance=Stance.DENIES),
        ),
        "evt_one",
    )
    assert drawn(found) == [
        "Agency 3",
        "├ Agency 1",
        "├ Paper 1",
        "└ Paper 1",
        "  └ Radio 1",
        "publisher not stated 1",
        "└ publisher not stated 1",
        "Ministry 1",
        "└ publisher not stated 1",
    ]
    assert [node.stance for node in found.nodes if node.depth == 0] == [
        Stance.ASSERTS,
        Stance.ASSERTS,
        Stance.DENIES,
    ]
    assert found.title == "One part"
    assert found.summary == (
        "4 articles · publishers: 3 named, 1 unnamed · origins: 1 known, 1 unknown · 1 denial"
    )
    assert found.carried_words == "Agency carries 3 of 4 articles"


def test_a_copy_is_marked_and_counts_once() -> None:
    found = who(opened(happened("copied", "agency"), happened("copy", "agency")), "evt_one")
    assert drawn(found) == ["Agency 1", "├ publisher not stated 1", "└ Paper 1 copy"]
    assert (found.articles, found.origins) == (1, 1)
    assert found.carried_words == "no known origin carries more than one article"


def test_residents_are_named_and_not_known() -> None:
    found = who(
        opened(happened("stated", "residents"), happened("assumed", "residents")), "evt_one"
    )
    origins = [node for node in found.nodes if node.depth == 0]
    assert [(node.name, node.kind, node.known) for node in origins] == [
        ("Residents", "unnamed", False)
    ] * 2
    assert found.summary == "2 articles · 2 publishers · 2 origins, unknown"


def test_a_leaf_names_its_article_and_passage() -> None:
    found = who(opened(happened("stated")), "evt_one")
    leaf = found.nodes[-1]
    assert (leaf.article_id, leaf.title, leaf.exact) == ("art_stated", "stated", "Dawn")
    assert (leaf.passage_id, leaf.published) == ("psg_art_stated_00", "2024-12-01T09:00Z")
    assert leaf.article is not None
    assert leaf.passage is not None


def test_nobody_says_anything_of_a_subject_without_claims() -> None:
    found = who(opened(), "plc_hama")
    assert (found.title, found.nodes, found.articles) == ("Hama", (), 0)


def _origins(origins: Iterable[ProvenanceLine]) -> int:
    """The number of origins, with the organs of one party as one and each unknown one as one."""
    found = list(origins)
    known = {
        SPEAKERS.get(one.source_id, NOBODY).party or one.source_id for one in found if one.known
    }
    return len(known) + sum(not one.known for one in found)


@given(cases())
def test_the_tree_holds_what_the_figures_count(claims: list[Claim]) -> None:
    connection = opened(*claims)
    for subject in SUBJECTS:
        found = who(connection, subject)
        deciding = [node for node in found.nodes if not node.detail]
        origins = [node for node in deciding if node.depth == 0]
        asserting = [node for node in origins if node.stance is Stance.ASSERTS]
        assert _origins(asserting) == found.origins
        assert sum(not node.known for node in asserting) == found.unknown_origins
        assert _origins(node for node in origins if node.stance is Stance.DENIES) == found.denials
        assert found.carried <= found.articles
        assert all(len(node.rails) == max(0, node.depth - 1) for node in found.nodes)
        leaves = {node.article_id for node in deciding if node.stance is Stance.ASSERTS} - {""}
        texts = {ARTICLE[id_].text or id_ for id_ in leaves}
        assert len(texts) == found.articles


def paths(found: Provenance) -> dict[tuple[str, ...], tuple[int, str, str]]:
    """Every branch by its way from the origin, with what it holds; copies of a text are alike."""
    ways: dict[tuple[str, ...], tuple[int, str, str]] = {}
    above: list[str] = []

    def key(node: ProvenanceLine) -> str:
        return node.article_id or f"{node.name} {node.stance}"

    for node in found.nodes:
        above[node.depth :] = [key(node)]
        ways[tuple(above)] = node.articles, node.stance.value, node.exact
    return ways


@examples(200)
@given(cases(), st.randoms(use_true_random=False))
def test_the_order_of_an_import_does_not_matter(claims: list[Claim], dice: Random) -> None:
    mixed, articles = claims.copy(), list(ARTICLES)
    passages, events = list(PASSAGES), list(EVENTS)
    for records in (mixed, articles, passages, events):
        dice.shuffle(records)
    again = index_with(opening(mixed, articles, events, passages))
    first = opened(*claims)
    for subject in SUBJECTS:
        one, other = who(first, subject), who(again, subject)
        assert paths(one) == paths(other)
        assert (one.summary, one.carried_words) == (other.summary, other.carried_words)
