"""The support of an event: articles, publishers, origins, and separately denials."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.analysis.sourced_claim import UNKNOWN
from store.analysis.support import SupportClaim, denials_of, stance_of, support_of
from store.model.vocabulary import Kind, Stance


def said(
    article: str = "a",
    *,
    copy: str = "",
    publisher: str | None = "paper",
    origin: str = "",
    kind: Kind = Kind.OCCURRENCE,
    stance: Stance = Stance.ASSERTS,
) -> SupportClaim:
    """One claim; the publisher is its own origin and the article its own copy where not given."""
    copy = copy or article
    return SupportClaim(
        article, copy, publisher, origin or publisher or UNKNOWN + copy, kind, stance
    )


def figures(*claims: SupportClaim) -> dict[str, int]:
    return {name: count for name, count in support_of(claims)._asdict().items() if count}


def test_no_claim_is_no_support() -> None:
    assert figures() == {}


def test_one_article_of_one_publisher_has_one_origin() -> None:
    assert figures(said(), said()) == {"articles": 1, "publishers": 1, "origins": 1}


def test_two_papers_that_quote_one_agency_have_one_origin() -> None:
    found = figures(
        said("a", publisher="paper", origin="agency"), said("b", publisher="radio", origin="agency")
    )
    assert found == {"articles": 2, "publishers": 2, "origins": 1}


def test_an_article_that_quotes_two_has_two_origins() -> None:
    assert figures(said(origin="agency"), said(origin="army"))["origins"] == 2


def test_copies_of_one_text_count_once_whatever_number_of_papers_print_it() -> None:
    found = figures(
        said("a", copy="same", publisher="paper", origin="agency"),
        said("b", copy="same", publisher="radio", origin="agency"),
    )
    assert found == {"articles": 1, "publishers": 2, "origins": 1}


def test_publishers_that_are_not_stated_are_different_and_unknown() -> None:
    found = figures(said("a", publisher=None), said("b", publisher=None))
    assert found == {
        "articles": 2,
        "publishers": 2,
        "unknown_publishers": 2,
        "origins": 2,
        "unknown_origins": 2,
    }


def test_copies_without_a_publisher_are_one_unknown_origin() -> None:
    found = figures(
        said("a", copy="same", publisher=None),
        said("b", copy="same", publisher=None),
    )
    assert (found["articles"], found["origins"], found["unknown_origins"]) == (1, 1, 1)


def test_a_denial_is_no_support_and_is_counted_apart() -> None:
    denial = said("b", publisher="radio", origin="army", stance=Stance.DENIES)
    assert figures(denial) == {"denials": 1}
    assert figures(said(), denial) == {"articles": 1, "publishers": 1, "origins": 1, "denials": 1}


def test_who_denies_twice_denies_once() -> None:
    once = said("a", origin="army", stance=Stance.DENIES)
    again = said("b", publisher="radio", origin="army", stance=Stance.DENIES)
    assert denials_of([once, again]) == 1


def test_a_doubt_is_no_support_either() -> None:
    assert figures(said(stance=Stance.DOUBTS)) == {}


def test_a_claim_of_another_kind_supports_the_event_where_nothing_is_said_of_it() -> None:
    assert figures(said(kind=Kind.FATALITIES)) == {"articles": 1, "publishers": 1, "origins": 1}


def test_where_the_occurrence_is_claimed_only_its_origins_count() -> None:
    assert figures(said(), said(kind=Kind.FATALITIES, origin="ministry"))["origins"] == 1


@pytest.mark.parametrize(
    ("claims", "stance"),
    [
        ([said()], Stance.ASSERTS),
        ([said(), said(stance=Stance.DENIES)], Stance.ASSERTS),
        ([said(stance=Stance.DOUBTS), said(stance=Stance.DENIES)], Stance.DOUBTS),
        ([said(stance=Stance.DENIES), said(kind=Kind.FATALITIES)], Stance.DENIES),
        ([said(kind=Kind.DATE, stance=Stance.DENIES)], Stance.ASSERTS),
        ([said(kind=Kind.DATE, stance=Stance.DOUBTS)], Stance.DOUBTS),
    ],
)
def test_what_an_article_does_with_an_event(claims: list[SupportClaim], stance: Stance) -> None:
    assert stance_of(claims) is stance


names = st.sampled_from(["a", "b", "c"])
claims = st.lists(
    st.builds(
        SupportClaim,
        article=names,
        copy=names,
        publisher=st.none() | names,
        origin=names | names.map(UNKNOWN.__add__),
        kind=st.sampled_from([Kind.OCCURRENCE, Kind.DATE, Kind.FATALITIES]),
        stance=st.sampled_from(Stance),
    ),
    max_size=12,
)


@given(claims, st.randoms())
def test_the_order_of_the_claims_does_not_matter(told: list[SupportClaim], dice: object) -> None:
    mixed = told.copy()
    dice.shuffle(mixed)  # type: ignore[attr-defined]
    assert support_of(mixed) == support_of(told)


@given(claims)
def test_saying_it_again_adds_nothing(told: list[SupportClaim]) -> None:
    assert support_of([*told, *told]) == support_of(told)


@given(claims)
def test_the_unknown_are_among_all(told: list[SupportClaim]) -> None:
    found = support_of(told)
    assert found.unknown_origins <= found.origins
    assert found.unknown_publishers <= found.publishers
    assert found.articles <= len({claim.copy for claim in told})
    assert bool(found.articles) == bool(found.origins) == bool(found.publishers)


def test_a_row_of_a_data_set_supports_only_by_what_it_says_of_the_occurrence() -> None:
    row = said("row", publisher="UCDP", kind=Kind.FATALITIES)._replace(implies=False)
    report = said("report", publisher="Reuters")
    assert support_of([row, report]).origins == 1
    assert support_of([row]).articles == 0
    assert support_of([row._replace(kind=Kind.OCCURRENCE)]).origins == 1
