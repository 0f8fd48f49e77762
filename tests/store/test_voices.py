"""Origins that count as one, and claims of sets, of manners and in quoted words."""

from collections.abc import Sequence

import pytest

from store.analysis.lineage import said
from store.analysis.read_pair import voices_of
from store.analysis.readings import Reading, Voices
from store.analysis.sourced_claim import SourcedClaim, Statement, sourced
from store.analysis.speakers import NOBODY, Speaker, speaker_of, speakers_of
from store.analysis.support import Support, support_of
from store.model.records import Claim, Source
from store.model.values import AnyValue, Coded, Distance
from store.model.vocabulary import Kind, SourceKind, Stance
from store.queries import timeline
from store.queries.compare import compare
from tests.indexes import index_with
from tests.store.claims import ARTICLE, PASSAGE, WHOLES, opening, statement
from tests.store.figures import ARMY, REBELS, SPOKESMAN, dead, exactly, reading

COMPATIBLE, CONTRADICTS, DIFFERS = (
    Reading.COMPATIBLE,
    Reading.CONTRADICTS,
    Reading.DIFFERS,
)
PARTLY, PARTY = Reading.PARTLY, Reading.ONE_PARTY


# one party


def test_two_voices_of_one_party_do_not_contradict_each_other_but_that_is_seen() -> None:
    army, spokesman = dead(9, "army", speaker=ARMY), dead(30, "spokesman", speaker=SPOKESMAN)
    assert voices_of(army, spokesman) is Voices.ONE_PARTY
    assert reading(army, spokesman) is PARTY
    assert reading(army, dead(9, "spokesman", speaker=SPOKESMAN)) is Reading.REPEAT
    assert reading(army, dead(30, "paper")) is CONTRADICTS


def test_a_party_that_denies_what_its_spokesman_says_has_two_voices() -> None:
    spoken = statement(Kind.OCCURRENCE, origin="spokesman", speaker=SPOKESMAN)
    denied = statement(Kind.OCCURRENCE, origin="army", speaker=ARMY, stance=Stance.DENIES)
    assert reading(spoken, denied) is PARTY
    assert reading(statement(Kind.OCCURRENCE, origin="paper"), denied) is CONTRADICTS


def test_how_two_voices_of_one_party_and_a_third_tell_that_it_went() -> None:
    def went(code: str, origin: str, speaker: Speaker = NOBODY) -> Statement:
        value = Coded(scheme="resistance", code=code, label=code)
        return statement(Kind.MANNER, value, origin=origin, speaker=speaker)

    fierce = went("fierce", "army", speaker=ARMY)
    none = went("none", "spokesman", speaker=SPOKESMAN)
    third = went("none", "paper")
    assert reading(fierce, none, third) is PARTY
    assert reading(fierce, third, none) is DIFFERS


def test_a_coalition_and_its_member_stay_two_voices() -> None:
    member = REBELS._replace(party="act_hts")
    assert (
        reading(dead(9, "hts", speaker=member), dead(30, "rebels", speaker=REBELS)) is CONTRADICTS
    )


def test_who_speaks_for_an_actor_is_of_its_party_and_who_is_the_actor_too() -> None:
    agency = Source(
        id="src_1", name="State Agency", kind=SourceKind.WIRE, speaks_for="act_army", actor="act_2"
    )
    fighters = Source(id="src_2", name="Rebels", kind=SourceKind.BELLIGERENT, actor="act_rebels")
    assert speaker_of(agency).party == "act_army"
    assert not speaker_of(agency).fights
    assert (speaker_of(fighters).party, speaker_of(fighters).fights) == ("act_rebels", True)


@pytest.mark.parametrize(
    ("name", "vague"),
    [
        ("Witnesses", True),
        ("local sources", True),
        ("Residents", True),
        ("state TV", True),
        ("Police", False),
        ("local council", False),
        ("Medics", False),
        ("Hospital director", False),
    ],
)
def test_who_may_be_anybody(name: str, vague: bool) -> None:
    found = speaker_of(Source(id="src_1", name=name, kind=SourceKind.UNNAMED))
    assert (found.unnamed, found.vague) == (True, vague)
    named = Source(id="src_1", name=name, kind=SourceKind.OFFICIAL)
    assert speaker_of(named).vague is False


# support


def telling(article: str, *chain: str, stance: Stance = Stance.ASSERTS) -> Claim:
    """A claim of an article of the small world that the whole happened."""
    return Claim(
        id=f"clm_{article}_{'_'.join(chain)}_{stance}",
        subject="evt_whole",
        kind=Kind.OCCURRENCE,
        passage=f"psg_art_{article}_00",
        stance=stance,
        chain=chain,
    )


def support(*claims: Claim) -> str:
    """The support of the event, as the timeline shows it."""
    connection = index_with(opening(claims))
    n = timeline.number_of(connection, "evt_whole")
    assert n is not None
    (row,) = timeline.rows(connection, [n])
    return row.support


def test_an_army_and_its_spokesman_count_once() -> None:
    assert support(telling("stated", "src_army"), telling("assumed", "src_spokesman")) == "2/1"
    assert support(telling("stated", "src_army"), telling("assumed", "src_rebels")) == "2/2"


def test_an_army_and_its_spokesman_deny_it_once() -> None:
    army, spokesman = (
        telling(article, source, stance=Stance.DENIES)
        for article, source in (("stated", "src_army"), ("assumed", "src_spokesman"))
    )
    assert support(telling("headline"), army, spokesman) == "1/1 −1"


def test_members_of_a_coalition_count_each() -> None:
    assert WHOLES["act_hts"] == {"act_rebels"}, "the one is part of the other"
    told = of_sources(
        Source(id="src_a", name="A", kind=SourceKind.BELLIGERENT, actor="act_hts"),
        Source(id="src_b", name="B", kind=SourceKind.BELLIGERENT, actor="act_rebels"),
    )
    assert told.origins == 2


def of_sources(*sources: Source) -> Support:
    """The support of an event that each of these sources reports in an article of its own."""
    articles = [ARTICLE["art_stated"], ARTICLE["art_assumed"]]
    claims = [
        telling(one.id.removeprefix("art_"), by.id)
        for one, by in zip(articles, sources, strict=True)
    ]
    found: Sequence[SourcedClaim] = [
        sourced(claim, PASSAGE[claim.passage], article, speakers_of(sources), "")
        for claim, article in zip(claims, articles, strict=True)
    ]
    return support_of([said(one) for one in found])


def test_hearsay_stands_apart_in_the_support() -> None:
    hearsay = telling("stated", "src_agency", stance=Stance.HEDGES)
    assert support(hearsay) == "0/0 ~1"
    assert support(hearsay, telling("assumed")) == "1/1 ~1"


def test_who_asserts_it_elsewhere_does_not_only_hedge_it() -> None:
    hearsay = telling("stated", "src_agency", stance=Stance.HEDGES)
    assert support(hearsay, telling("headline")) == "1/1"


def test_hearsay_against_a_denial_differs_and_is_no_contradiction() -> None:
    claims = (
        telling("stated", "src_agency", stance=Stance.HEDGES),
        telling("assumed", "src_army", stance=Stance.DENIES),
    )
    assert [
        row.reading for row in compare(index_with(opening(claims)), "evt_whole").disputes()
    ] == [DIFFERS]


# sets


def listed(scheme: str, *codes: str, origin: str, text: str) -> list[Claim]:
    return [
        Claim(
            id=f"clm_{origin}_{code}",
            subject="act_hts",
            kind=Kind.DESIGNATION,
            passage=f"psg_art_{text}_00",
            value=Coded(scheme=scheme, code=code, label=code.upper()),
            chain=(f"src_{origin}",),
        )
        for code in codes
    ]


def between(scheme: str, one: Sequence[str], other: Sequence[str]) -> set[Reading]:
    """The reading of the lists of two articles."""
    claims = [
        *listed(scheme, *one, origin="agency", text="stated"),
        *listed(scheme, *other, origin="ministry", text="assumed"),
    ]
    rows = compare(index_with(opening(claims)), "act_hts").disputes()
    return {row.reading for row in rows}


@pytest.mark.parametrize(
    ("one", "other", "found"),
    [
        (("us", "un"), ("us", "un"), set()),
        (("us", "un"), ("us", "syria", "russia"), {PARTLY}),
        (("us",), ("us", "un"), set()),
        (("us", "un"), ("syria", "russia"), {DIFFERS}),
    ],
)
def test_lists_of_who_calls_it_terrorist(
    one: Sequence[str], other: Sequence[str], found: set[Reading]
) -> None:
    assert between("listed-by", one, other) == found


@pytest.mark.parametrize("scheme", ["backed-by", "aim", "target", "next-target"])
def test_backers_aims_and_targets_are_sets_too(scheme: str) -> None:
    assert between(scheme, ("a", "b"), ("b", "c")) == {PARTLY}


def test_a_scheme_that_is_no_set_is_not_partly_the_same() -> None:
    assert between("status", ("a", "b"), ("b", "c")) == set()
    assert between("status", ("a",), ("b",)) == {DIFFERS}


# distances


def away(least: float, most: float | None, origin: str, as_of: str = "2024-12-04") -> Statement:
    return statement(Kind.DISTANCE, Distance(min=least, max=most), origin=origin, as_of=as_of)


@pytest.mark.parametrize(
    ("one", "other", "found"),
    [
        ((5, 5), (5, 5), Reading.AGREES),
        ((5, 5), (4, 6), Reading.REFINES),
        ((3, 5), (4, 6), COMPATIBLE),
        ((5, 5), (20, 20), CONTRADICTS),
        ((0, 5), (10, None), CONTRADICTS),
        ((12, 12), (10, None), Reading.REFINES),
    ],
)
def test_how_far_away_two_say_that_it_was(
    one: tuple[float, float | None], other: tuple[float, float | None], found: Reading
) -> None:
    a, b = away(*one, origin="paper"), away(*other, origin="agency")
    assert reading(a, b) is found


def test_distances_that_do_not_meet_are_compared_only_of_one_time() -> None:
    five = away(5, 5, "paper")
    for as_of in ("", "2024-12-03"):
        assert reading(five, away(20, 20, "agency", as_of)) is Reading.INCOMPARABLE


# quoted words


def vow(code: str, origin: str, text: str = "") -> Statement:
    value: AnyValue = Coded(scheme="vow", code=code, label=code)
    return statement(Kind.WORDS, value, origin=origin, text=text)


def test_one_vow_in_two_wordings_differs_and_in_one_agrees() -> None:
    first = vow("we will return", "paper")
    assert reading(first, vow("we shall be back", "agency")) is DIFFERS
    assert reading(first, vow("we will return", "agency")) is Reading.AGREES


def test_a_row_of_a_data_set_takes_no_part_in_what_reports_say() -> None:
    row = dead(exactly(40), "ged")._replace(compiled=True)
    assert reading(row, dead(9, "paper")) is Reading.INCOMPARABLE
