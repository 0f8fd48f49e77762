"""The numbers of victims of an event: which claims count, and what low, best and high are."""

from collections.abc import Sequence

import pytest

from store.analysis.sourced_claim import SourcedClaim, sourced
from store.analysis.toll_figures import TollFigure, Verdicts, toll_figures, verdicts_of
from store.model.judgements import Grade, Ruling, RulingKind
from store.model.records import Article, Claim, Passage, Stamp
from store.model.text import text_hash
from store.model.values import Count
from store.model.vocabulary import Kind, Qualifier, ReadBy, Stance, TextKind

AT_LEAST = Qualifier.AT_LEAST


def count(low: int, high: int | None = -1, qualifier: Qualifier = Qualifier.EXACT) -> Count:
    """A number as a report gives it: exact, unless it is open or a range."""
    return Count(min=low, max=low if high == -1 else high, qualifier=qualifier)


def row(low: int, best: int, high: int) -> Count:
    """A number as a row of a data set gives it."""
    return Count(min=low, best=best, max=high)


def says(
    publisher: str,
    value: Count,
    *,
    day: str = "2024-12-06",
    scope: str = "",
    kind: Kind = Kind.FATALITIES,
    stance: Stance = Stance.ASSERTS,
    aggregate: bool = False,
    words: str = "",
    compiled: bool = False,
    read_by: ReadBy = ReadBy.PERSON,
) -> SourcedClaim:
    """One claim of a publisher, in an article of its own for each day."""
    text = words or f"{publisher} on {day}"
    article = Article(
        id=f"art_{publisher}_{day}",
        title=text,
        publisher=f"src_{publisher}",
        text_kind=TextKind.ROW if compiled else TextKind.FULL,
        published=None if compiled else Stamp(at=day),
        text=text,
        text_sha256=text_hash(text),
    )
    passage = Passage(
        id=f"psg_{publisher}_{day}",
        article=article.id,
        start=0,
        end=len(text),
        exact=text,
        text_sha256=text_hash(text),
    )
    claim = Claim(
        id=f"clm_{publisher}_{day}_{value.min}_{scope}_{kind}_{stance}",
        subject="evt_battle",
        kind=kind,
        passage=passage.id,
        stance=stance,
        value=value,
        scope=scope,
        aggregate=aggregate,
        read_by=read_by,
    )
    return sourced(claim, passage, article, {}, "")


def killed(
    claims: Sequence[SourcedClaim], scope: str = "", verdicts: Verdicts | None = None
) -> tuple[int, int, int | None] | None:
    """Low, best and high of the killed of a scope; None where they are unknown."""
    figures = toll_figures(claims, verdicts or Verdicts())
    return next((one[2:] for one in figures if one[:2] == (Kind.FATALITIES, scope)), None)


def test_what_nobody_counts_is_unknown_and_not_zero() -> None:
    assert toll_figures([]) == []
    assert killed([says("AFP", count(0))]) == (0, 0, 0)


@pytest.mark.parametrize("stance", [Stance.DENIES, Stance.DOUBTS])
def test_a_denial_and_a_doubt_give_no_number(stance: Stance) -> None:
    assert killed([says("army", count(40), stance=stance)]) is None
    assert killed([says("AFP", count(12)), says("army", count(40), stance=stance)]) == (12, 12, 12)


def test_the_range_is_that_of_the_current_claims() -> None:
    claims = [
        says("AFP", count(12)),
        says("Reuters", count(15), stance=Stance.HEDGES),
        says("SANA", count(9)),
    ]
    assert killed(claims) == (9, 9, 15)


def test_at_least_is_open_where_nobody_gives_more() -> None:
    assert killed([says("AFP", count(27, None, AT_LEAST))]) == (27, 27, None)
    both = [says("AFP", count(27, None, AT_LEAST)), says("Reuters", count(31))]
    assert killed(both) == (27, 31, 31)
    more = [says("AFP", count(27, None, AT_LEAST)), says("Reuters", count(20))]
    assert killed(more) == (20, 20, None)


def test_the_best_is_what_most_origins_can_agree_to_and_else_the_lowest() -> None:
    claims = [says("AFP", count(12)), says("Reuters", count(15)), says("AP", count(15))]
    assert killed(claims) == (12, 15, 15)
    assert killed(claims[:2]) == (12, 12, 15)


def test_a_figure_that_its_origin_replaced_does_not_count() -> None:
    claims = [says("AFP", count(12), day="2024-12-06"), says("AFP", count(20), day="2024-12-08")]
    assert killed(claims) == (20, 20, 20)


def test_a_figure_that_grew_into_a_later_one_does_not_count() -> None:
    claims = [says("AFP", count(12), day="2024-12-06"), says("AP", count(20), day="2024-12-08")]
    assert killed(claims) == (20, 20, 20)


def test_a_data_set_gives_the_best_and_reports_widen_the_range() -> None:
    claims = [says("GED", row(10, 12, 14), compiled=True), says("AFP", count(17))]
    assert killed(claims) == (10, 12, 17)


@pytest.mark.parametrize("read_by", [ReadBy.RULE, ReadBy.MACHINE])
def test_what_the_program_read_in_headlines_does_not_widen_the_range_of_a_row(
    read_by: ReadBy,
) -> None:
    headline = says("AFP", count(17), read_by=read_by)
    told = [says("GED", row(10, 12, 14), compiled=True), headline]
    assert killed(told) == (10, 12, 14)
    assert killed([headline]) == (17, 17, 17), "without a row it is what there is"
    confirmed = Verdicts(confirmed=frozenset({headline.claim.id}))
    assert killed(told, verdicts=confirmed) == (17, 17, 17)


def test_a_row_counts_its_event_whatever_it_covers_and_a_report_of_several_events_does_not() -> (
    None
):
    assert killed([says("GED", row(459, 459, 459), compiled=True, aggregate=True)]) == (
        (459, 459, 459)
    )
    assert killed([says("AFP", count(459), aggregate=True)]) is None


def test_the_kinds_are_apart() -> None:
    claims = [says("AFP", count(4)), says("AFP", count(30), kind=Kind.INJURIES)]
    assert toll_figures(claims) == [
        TollFigure(Kind.FATALITIES, "", 4, 4, 4),
        TollFigure(Kind.INJURIES, "", 30, 30, 30),
    ]


def test_a_part_gives_the_least_of_a_whole_that_nobody_counts() -> None:
    claims = [says("AFP", count(5), scope="children"), says("AFP", count(3), scope="soldiers")]
    assert killed(claims) == (8, 8, None)
    assert killed(claims, "children") == (5, 5, 5)
    assert killed(claims, "civilians") == (5, 5, None)
    assert killed([*claims, says("AP", count(9))]) == (9, 9, 9)


def test_a_scope_that_is_no_group_counts_for_all_alone() -> None:
    figures = toll_figures([says("AFP", count(6), scope="Government of Syria")])
    assert figures == [TollFigure(Kind.FATALITIES, "", 6, 6, None)]


def test_what_a_person_confirmed_counts_alone_and_what_is_set_aside_does_not() -> None:
    afp, reuters = says("AFP", count(12)), says("Reuters", count(15))
    grade = Grade(
        id="grd_1",
        about=reuters.claim.id,
        by="Ana",
        at="2026-01-01T00:00:00Z",
        grade="1",
        reason="seen",
    )
    assert killed([afp, reuters], "", verdicts_of([grade])) == (15, 15, 15)
    improbable = Grade(
        id="grd_2",
        about=reuters.claim.id,
        by="Ana",
        at="2026-01-02T00:00:00Z",
        grade="5",
        reason="no",
    )
    assert killed([afp, reuters], "", verdicts_of([improbable, grade])) == (12, 12, 12)
    finer = Ruling(
        id="rul_1",
        about=afp.claim.id,
        other=reuters.claim.id,
        verdict=RulingKind.REFINES,
        by="Ana",
        at="2026-01-01T00:00:00Z",
        reason="it counts bodies",
    )
    assert killed([afp, reuters], "", verdicts_of([finer])) == (12, 12, 12)
    again = Ruling(
        id="rul_2",
        about=reuters.claim.id,
        other=afp.claim.id,
        verdict=RulingKind.COMPATIBLE,
        by="Ben",
        at="2026-01-02T00:00:00Z",
        reason="both can be",
    )
    assert killed([afp, reuters], "", verdicts_of([again, finer])) == (12, 12, 15)
