"""The tree of provenance from origins to articles."""

from collections.abc import Iterable

import pytest
from hypothesis import given

from store.analysis.lineage import Branch, Origin, carrier, lineage, said
from store.analysis.sourced_claim import SourcedClaim
from store.analysis.speakers import NOBODY
from store.analysis.support import support_of
from store.model.records import Claim
from store.model.values import Count
from store.model.vocabulary import Kind, Stance
from tests.store.claims import SPEAKERS, cases, told

NAMES = {"src_agency": "Agency", "src_ministry": "Ministry", "src_paper": "Paper"}


def saying(
    article: str, *chain: str, kind: Kind = Kind.OCCURRENCE, stance: Stance = Stance.ASSERTS
) -> SourcedClaim:
    """A claim on the first words of an article: that it happened, or that three were killed."""
    value = Count(min=3, max=3) if kind is Kind.FATALITIES else None
    claim = Claim(
        id=f"clm_{article}_{'_'.join(chain)}_{kind}_{stance}",
        subject="evt_one",
        kind=kind,
        passage=f"psg_art_{article}_00",
        stance=stance,
        value=value,
        chain=tuple(f"src_{name}" for name in chain),
    )
    (one,) = told([claim])
    return one


def drawn(origins: Iterable[Origin]) -> list[str]:
    """The tree, one line for each branch, indented by its depth."""

    def below(branch: Branch, depth: int) -> Iterable[str]:
        for child in branch.below.values():
            yield "  " * depth + child.key
            yield from below(child, depth + 1)

    return [
        line
        for origin in origins
        for line in (f"{origin.origin} {origin.stance}", *below(origin.branch, 1))
    ]


def test_every_way_from_one_origin_is_a_branch() -> None:
    found = lineage(
        [
            saying("headline"),
            saying("stated", "agency"),
            saying("assumed", "radio", "agency"),
        ]
    )
    assert drawn(found) == [
        "src_agency asserts",
        "  art_headline",
        "  art_stated",
        "  src_radio",
        "    art_assumed",
    ]
    assert len(found[0].branch.copies) == 3


def test_those_who_assert_come_first_and_of_them_who_is_carried_most() -> None:
    found = lineage(
        [
            saying("stated", "ministry", stance=Stance.DENIES),
            saying("assumed", stance=Stance.DOUBTS),
            saying("stated", "police", stance=Stance.HEDGES),
            saying("stated", "agency"),
            saying("headline"),
            saying("timeless"),
        ]
    )
    known = [one.origin if one.origin.startswith("src_") else "unknown" for one in found]
    assert known == ["src_agency", "unknown", "unknown", "src_radio", "src_ministry"]
    assert [one.stance for one in found] == [Stance.ASSERTS, Stance.ASSERTS, *list(Stance)[1:]]


def test_copies_of_one_text_are_carried_once() -> None:
    found = lineage([saying("copied", "agency"), saying("copy", "agency"), saying("stated")])
    assert [(one.origin, len(one.branch.copies)) for one in found] == [
        ("src_agency", 1),
        ("src_paper", 1),
    ]
    assert drawn(found)[:3] == ["src_agency asserts", "  art_copied", "  art_copy"]


def test_residents_of_two_articles_are_two_origins() -> None:
    found = lineage([saying("stated", "residents"), saying("assumed", "residents")])
    assert len({one.origin for one in found}) == 2
    assert all(one.origin.endswith(":src_residents") for one in found)


def test_what_an_article_says_of_the_occurrence_decides() -> None:
    found = lineage([saying("stated"), saying("stated", "ministry", kind=Kind.FATALITIES)])
    assert [one.origin for one in found] == ["src_paper"]


def test_who_denies_a_detail_neither_supports_the_event_nor_denies_it() -> None:
    denial = saying("stated", "ministry", kind=Kind.FATALITIES, stance=Stance.DENIES)
    assert lineage([denial]) == []
    assert [one.origin for one in lineage([denial, saying("headline")])] == ["src_agency"]


@pytest.mark.parametrize(
    ("spoken", "carried"),
    [
        ([saying("stated"), saying("assumed")], None),
        ([saying("stated", "agency"), saying("assumed", "agency")], ("src_agency", 2)),
        ([saying("copied", "agency"), saying("copy", "agency")], None),
        ([saying("stated", "residents"), saying("assumed", "residents")], None),
        (
            [saying(a, "ministry", stance=Stance.DENIES) for a in ("stated", "assumed")],
            None,
        ),
    ],
)
def test_who_carries_several_texts(
    spoken: list[SourcedClaim], carried: tuple[str, int] | None
) -> None:
    assert carrier(lineage(spoken), NAMES) == carried


@given(cases())
def test_the_tree_and_the_figures_count_alike(claims: list[Claim]) -> None:
    for subject in {claim.subject for claim in claims}:
        spoken = told([claim for claim in claims if claim.subject == subject])
        origins, figures = lineage(spoken), support_of([said(one) for one in spoken])
        asserting = [one for one in origins if one.stance is Stance.ASSERTS]
        counts_as = {one.origin: one.counts_as for one in spoken}  # organs of one party as one
        voices = {
            stance: {counts_as[one.origin] for one in origins if one.stance is stance}
            for stance in Stance
        }
        assert len(voices[Stance.ASSERTS]) == figures.origins
        assert sum(one.origin.startswith("?") for one in asserting) == figures.unknown_origins
        assert len(voices[Stance.HEDGES] - voices[Stance.ASSERTS]) == figures.hedges
        texts = set[str]().union(*(one.branch.copies for one in asserting))
        assert len(texts) == figures.articles
        assert len(voices[Stance.DENIES]) == figures.denials
        most = carrier(origins, NAMES)
        if most is not None:
            assert 2 <= most.texts <= figures.articles
            assert not SPEAKERS.get(most.origin, NOBODY).unnamed
