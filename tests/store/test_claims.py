"""All claims about a subject, read back from the index as they were put in."""

import sqlite3

from hypothesis import given

from store.analysis.sourced_claim import SourcedClaim
from store.database.read_records import wholes_of
from store.model.records import Claim
from store.queries.claims import told_about
from tests.indexes import index_with
from tests.store.claims import ARTICLE, SUBJECTS, WHOLES, cases, opening, told


def opened(claims: list[Claim]) -> sqlite3.Connection:
    return index_with(opening(claims))


def facts(one: SourcedClaim) -> tuple[object, ...]:
    """The facts on which the comparison of a claim depends, for any form of its article."""
    article = one.article
    return (
        one.claim,
        one.passage,
        one.origin,
        one.whole,
        (article.id, article.publisher, article.published, article.text_sha256),
    )


@given(cases())
def test_every_claim_comes_back_with_who_tells_it(claims: list[Claim]) -> None:
    connection = opened(claims)
    for subject in SUBJECTS:
        put_in = told([claim for claim in claims if claim.subject == subject])
        found = told_about(connection, [subject]).told
        assert {one.claim.id: facts(one) for one in found} == {
            one.claim.id: facts(one) for one in put_in
        }


@given(cases())
def test_all_that_is_mentioned_has_a_name_and_all_passages_a_number(claims: list[Claim]) -> None:
    found = told_about(opened(claims), SUBJECTS)
    assert len(found.told) == len(claims)
    for one in found.told:
        assert set(one.claim.chain) <= set(found.names)
        assert one.passage.id in found.passages
        article = found.articles[one.article.id]
        assert article.publisher is None or article.publisher in found.names
        assert article.title == ARTICLE[article.id].title
        for field in ("actor", "holder", "place"):
            mentioned = getattr(one.claim.value, field, None)
            assert mentioned is None or mentioned in found.names


def test_nothing_is_told_of_what_is_not_there() -> None:
    found = told_about(opened([]), ["evt_nowhere"])
    assert (found.told, found.articles, found.names) == ((), {}, {})


def test_what_belongs_to_what() -> None:
    assert wholes_of(opened([]), ["act_hts", "act_army", "plc_palace", "evt_one"]) == WHOLES
