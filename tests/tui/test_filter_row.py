"""The row of the filters: each whole, the newest in sight, and a click finds what it meant."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.queries.filters import Filter, FilterKind
from tests.tui.test_draw import INK
from tui.draw.filter_bar import DROP, filter_row


def actor(name: str, *, negated: bool = False) -> Filter:
    return Filter(FilterKind.ACTOR, name, name, negated)


COUNTS = ("2 of 9 events", "2/9")

HTS, SNA = actor("HTS"), actor("SNA")
ALEPPO = Filter(FilterKind.PLACE, "plc_a", "Aleppo")
DAYS = Filter(FilterKind.DATE, "2024-11-29/2024-11-30", "29 Nov to 30 Nov 2024")


def drawn(*filters: Filter, width: int = 80, most: int = 3) -> list[str]:
    return [line.plain for line in filter_row(filters, COUNTS, width, most, INK).lines]


def test_each_filter_is_whole_and_the_count_is_at_the_end() -> None:
    assert drawn(HTS, ALEPPO) == [
        f" actor=HTS {DROP}  place=Aleppo {DROP}{'2 of 9 events ':>52}",
    ]
    assert drawn() == []


def test_filters_of_one_kind_stand_together_and_say_that_they_widen() -> None:
    (line,) = drawn(HTS, ALEPPO, SNA)
    assert line.split("  ")[:3] == [
        f" actor=HTS {DROP}",
        f"or actor=SNA {DROP}",
        f"place=Aleppo {DROP}",
    ]
    words = [Filter(FilterKind.WORDS, one, one) for one in ("took", "hill")]
    assert " or " not in drawn(*words, actor("IS", negated=True), actor("FSA", negated=True))[0]


def test_what_has_no_line_is_counted() -> None:
    assert drawn(HTS, ALEPPO, DAYS, width=40, most=3)[-1].endswith(" 2/9 "), "in no line of its own"
    assert drawn(HTS, ALEPPO, DAYS, width=32, most=3)[-1].endswith(" 2 of 9 events ")
    lines = drawn(HTS, ALEPPO, DAYS, width=40, most=1)
    assert lines[0].startswith(" +2  date=29 Nov")
    assert drawn(HTS, ALEPPO, DAYS, width=36, most=2)[0].startswith(f" actor=HTS {DROP}")
    assert "date=29 Nov to 30 Nov 2024" in "".join(lines)


def test_a_filter_longer_than_a_line_goes_on_in_the_next_and_is_cut_after_the_last() -> None:
    long = Filter(FilterKind.WORDS, "", "".join(f"word{n:02} " for n in range(12)).strip())
    lines = drawn(long, width=40, most=4)
    assert "".join(line.strip() for line in lines).startswith(f"words={long.label}"[:70])
    assert drawn(long, width=40, most=2)[-1].rstrip().endswith("…")


names = st.text(st.characters(codec="utf-8"), min_size=1, max_size=60)


@given(st.lists(names, min_size=1, max_size=8), st.integers(4, 200), st.integers(1, 3))
def test_it_fits_its_lines_and_every_sign_that_is_drawn_can_be_clicked(
    labels: list[str], width: int, most: int
) -> None:
    filters = [actor(label) for label in labels]
    row = filter_row(filters, COUNTS, width, most, INK)
    assert 1 <= len(row.lines) <= most
    assert all(line.cell_length <= width for line in row.lines)
    for piece in row.pieces:
        assert row.at(piece.start, piece.line) == piece
    dropping = [piece.number for piece in row.pieces if piece.dropping]
    assert len(set(dropping)) == len(dropping)


@pytest.mark.parametrize(("word", "number", "dropping"), [("SNA", 2, False), (DROP, 0, True)])
def test_a_click_finds_the_filter_by_its_number(word: str, number: int, dropping: bool) -> None:
    row = filter_row((HTS, ALEPPO, SNA), (), 80, 1, INK)
    found = row.at(row.lines[0].plain.index(word), 0)
    assert found is not None
    assert (found.number, found.dropping) == (number, dropping)
    assert row.at(79, 0) is None
