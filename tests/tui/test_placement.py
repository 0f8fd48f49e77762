"""The place of a window: over nothing that it is about, and no larger than the screen."""

from hypothesis import given
from hypothesis import strategies as st
from textual.geometry import Region, Size

from tui.draw.placement import LEAST_HEIGHT, LEAST_WIDTH, Lines, heights, place

SCREEN = Size(120, 40)


def test_it_is_in_the_middle_where_nothing_is_to_be_seen() -> None:
    assert place(Size(60, 10), SCREEN) == Region(30, 15, 60, 10)


def test_it_goes_as_little_out_of_the_way_as_it_must() -> None:
    assert place(Size(60, 10), SCREEN, [Region(54, 18, 60, 2)]) == Region(30, 20, 60, 10)
    assert place(Size(60, 30), SCREEN, [Region(0, 22, 120, 18)]) == Region(30, 0, 60, 22)
    assert place(Size(40, 38), SCREEN, [Region(54, 0, 66, 40)]) == Region(14, 1, 40, 38)


sizes = st.builds(Size, st.integers(1, 200), st.integers(1, 60))
regions = st.builds(
    Region, st.integers(0, 150), st.integers(0, 50), st.integers(0, 100), st.integers(0, 40)
)


@given(sizes, sizes, st.lists(regions, max_size=2))
def test_it_is_on_the_screen_and_covers_nothing_unless_there_is_no_room(
    wanted: Size, screen: Size, avoided: list[Region]
) -> None:
    found = place(wanted, screen, avoided)
    whole = Region(0, 0, *screen)
    assert whole.contains_region(found)
    if any(found.overlaps(one) for one in avoided):
        taken = Region.from_union(
            [one.intersection(whole) for one in avoided if one.overlaps(whole)]
        )
        sides = ((whole.width, taken.y), (whole.width, whole.height - taken.bottom))
        least = min(LEAST_WIDTH, wanted.width), min(LEAST_HEIGHT, wanted.height)
        assert not any(width >= least[0] and height >= least[1] for width, height in sides)


@given(
    st.lists(st.builds(Lines, st.integers(0, 50), st.integers(0, 8)), max_size=5),
    st.integers(0, 60),
)
def test_every_part_gets_what_it_wants_or_the_room_is_used_up(
    parts: list[Lines], room: int
) -> None:
    given_ = heights(parts, room)
    assert all(0 <= lines <= part.wanted for lines, part in zip(given_, parts, strict=True))
    assert sum(given_) == min(room, sum(part.wanted for part in parts))
