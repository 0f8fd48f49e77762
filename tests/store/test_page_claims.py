"""The counts of pages, of the tree of who says so and of a comparison are those of the claims."""

import sqlite3
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from hypothesis import given

from store.analysis.sourced_claim import UNKNOWN
from store.model.labels import NOT_STATED
from store.model.records import Claim
from store.model.values import Count, Participant
from store.model.vocabulary import Kind, Role, Stance
from store.queries.compare import compare
from store.queries.entity_page import LeadsTo, entity_page
from store.queries.page_claims import ClaimCounts, page_claims
from store.queries.provenance import who
from store.queries.search import NamedKind
from tests.examples import examples
from tests.indexes import index_with
from tests.small import SmallCase
from tests.store.claims import (
    ACTORS,
    ARTICLE,
    ARTICLE_OF,
    PLACES,
    SOURCES,
    SUBJECTS,
    WHOLES,
    cases,
    opening,
    told,
)
from tests.store.dumps import indexed
from tests.tui.test_cli import answer

MOST = 100


def _counts(of: Iterable[Claim]) -> tuple[dict[Stance, int], int]:
    claims = list(of)
    return Counter(one.stance for one in claims), len({ARTICLE_OF[one.passage] for one in claims})


def _found(counts: ClaimCounts) -> tuple[dict[Stance, int], int]:
    return dict(counts.stances), counts.articles


def _publisher(claim: Claim) -> str:
    return ARTICLE[ARTICLE_OF[claim.passage]].publisher or ""


def _origin(claim: Claim) -> str:
    return claim.chain[-1] if claim.chain else _publisher(claim)


def _names(claim: Claim, id: str) -> bool:
    """Whether a claim is about an actor or a place, or names it, or a part of it."""
    named = {
        getattr(claim.value, "actor", ""),
        getattr(claim.value, "holder", ""),
        getattr(claim.value, "place", ""),
        claim.subject,
    }
    return any(id == one or id in WHOLES.get(one, ()) for one in named)


def _by(claims: Iterable[Claim], key: Callable[[Claim], str]) -> Iterator[tuple[str, list[Claim]]]:
    grouped: dict[str, list[Claim]] = {}
    for claim in claims:
        grouped.setdefault(key(claim), []).append(claim)
    yield from grouped.items()


@examples(100)
@given(cases())
def test_the_page_of_a_source_counts_its_claims(claims: list[Claim]) -> None:
    connection = index_with(opening(claims))
    for one in SOURCES:
        own = [claim for claim in claims if _origin(claim) == one.id]
        passing = [
            claim
            for claim in claims
            if _origin(claim) != one.id and one.id in (*claim.chain, _publisher(claim))
        ]
        page = page_claims(connection, NamedKind.SOURCE, one.id, MOST)
        assert _found(page.counts) == _counts(own)
        assert page.counts.passed_on == len(passing)
        printed = {source.id: _found(source.counts) for source in page.sources}
        elsewhere = [claim for claim in (*own, *passing) if _publisher(claim) != one.id]
        assert printed == {id: _counts(of) for id, of in _by(elsewhere, _publisher)}


@examples(100)
@given(cases())
def test_the_page_of_an_actor_or_a_place_counts_the_claims_that_name_it(
    claims: list[Claim],
) -> None:
    connection = index_with(opening(claims))
    for kind, records in ((NamedKind.ACTOR, ACTORS), (NamedKind.PLACE, PLACES)):
        for one in records:
            naming = [claim for claim in claims if _names(claim, one.id)]
            page = page_claims(connection, kind, one.id, MOST)
            assert _found(page.counts) == _counts(naming)
            found = {source.id: _found(source.counts) for source in page.sources}
            assert found == {id: _counts(of) for id, of in _by(naming, _origin)}


def _in_tree(connection: sqlite3.Connection, subject: str) -> set[tuple[str, Stance, str]]:
    """Each origin with its stance and an article, as the tree has them."""
    found = set()
    origin = ""
    for node in who(connection, subject).nodes:
        if node.depth == 0:
            origin = node.source_id
        elif node.article is not None:
            found.add((origin, node.stance, node.article_id))
    return found


@examples(100)
@given(cases())
def test_the_tree_and_the_comparison_hold_every_claim(claims: list[Claim]) -> None:
    connection = index_with(opening(claims))
    for subject in SUBJECTS:
        spoken = told([one for one in claims if one.subject == subject])
        by_hand = {
            (one.origin.rpartition(":")[2], one.claim.stance, one.article.id) for one in spoken
        }
        named = {way for way in by_hand if way[0].startswith("src_")}
        tree = _in_tree(connection, subject)
        assert {way for way in tree if way[0]} == named
        assert {way[1:] for way in tree} == {way[1:] for way in by_hand}
        comparison = compare(connection, subject)
        own = {one.claim.id for one in spoken}
        compared = {
            (
                voice.origin_id.removeprefix(UNKNOWN).rpartition(":")[2],
                voice.stance,
                comparison.articles[voice.article].id,
            )
            for voice in comparison.voices
            if voice.claim in own
        }
        assert {way for way in compared if way[0].startswith("src_")} == named


class Market(SmallCase):
    """A spokeswoman is quoted in a paper, and in a leaflet whose publisher is not stated."""

    def __init__(self) -> None:
        super().__init__()
        self.front = self.actor("Front")
        self.army = self.actor("Army")
        self.post = self.source("Marrow Post")
        self.rana = self.source("Rana Dell")
        self.event_id = self.event("Shelling")
        paper = self.article(
            "paper", "Shells fell. Dell said two died.", publisher=self.post, published="2025-11-06"
        )
        leaflet = self.article("leaflet", "Dell denied a strike by the Front.")
        self.claim(self.event_id, paper, "Shells fell")
        self.acted(self.event_id, paper, "Shells", self.army)
        self.dated(self.event_id, paper, "Shells fell", "2025-11-05")
        self.claim(
            self.event_id,
            paper,
            "Dell said two died",
            chain=(self.rana,),
            kind=Kind.FATALITIES,
            value=Count(min=2, max=2),
        )
        self.claim(
            self.event_id,
            leaflet,
            "Dell denied a strike by the Front",
            kind=Kind.PARTICIPANT,
            value=Participant(actor=self.front, role=Role.ATTACKER),
            stance=Stance.DENIES,
            chain=(self.rana,),
        )

    def index(self) -> sqlite3.Connection:
        """Its records, indexed."""
        return indexed((table, one) for table, one in self.records() if table != "case")


def test_a_page_of_a_person_tells_each_claim_and_who_prints_it_be_it_nobody_known() -> None:
    market = Market()
    page = entity_page(market.index(), market.rana)
    assert page.stances == "2 claims in 2 articles: ● asserts 1  ○ denies 1"
    printing = [one for one in page.lines if one.heading == "Who prints it"]
    assert [(one.title, one.aside) for one in printing] == [
        ("Marrow Post", "1 claim in 1 article"),
        (NOT_STATED, "1 claim in 1 article · ○ denies 1"),
    ]
    assert [one.leads_to for one in printing] == [LeadsTo.PAGE, LeadsTo.EVENTS]


def test_a_page_of_a_paper_tells_its_own_claims_from_those_that_it_passes_on() -> None:
    market = Market()
    page = entity_page(market.index(), market.post)
    assert page.stances == "3 claims in 1 article: ● asserts 3 · passes on 1 of others"
    assert not [one for one in page.lines if one.heading == "Who prints it"]


def test_who_speaks_of_an_actor_is_who_names_it() -> None:
    market = Market()
    page = entity_page(market.index(), market.front)
    assert page.stances == "1 claim in 1 article: ○ denies 1"
    assert [one.title for one in page.lines if one.heading == "Who says so"] == ["Rana Dell"]


def test_who_denies_a_detail_is_in_the_tree_and_changes_no_count(tmp_path: Path) -> None:
    market = Market()
    found = who(market.index(), market.event_id)
    assert (found.articles, found.origins, found.denials) == (1, 1, 0)
    assert [
        (one.name, one.stance, one.detail, one.articles) for one in found.nodes if not one.depth
    ] == [
        ("Marrow Post", "asserts", False, 1),
        ("Rana Dell", "asserts", True, 1),
        ("Rana Dell", "denies", True, 1),
    ]
    shown = answer("who", market.event_id, "--case", market.write(tmp_path / "market.json"))
    assert "○ Rana Dell  denies details, outlet, 1 article" in shown
