"""The packed lines of the map."""

from hypothesis import given
from hypothesis import strategies as st

from store.dossier.drawn import Spot
from store.dossier.map_lines import SCALE, MapLine, map_lines, packed, unpacked
from store.dossier.svg_map import map_of

hundredths = st.tuples(st.integers(-18000, 18000), st.integers(-9000, 9000))


@given(st.lists(st.tuples(st.booleans(), st.lists(hundredths, min_size=2, max_size=6)), max_size=5))
def test_lines_are_unpacked_as_they_were_packed(
    given_: list[tuple[bool, list[tuple[int, int]]]],
) -> None:
    lines = [
        MapLine(border, tuple((x / SCALE, y / SCALE) for x, y in points))
        for border, points in given_
    ]
    assert list(unpacked(packed(lines))) == lines


def test_the_lines_are_on_the_earth_and_none_goes_around_it() -> None:
    lines = map_lines()
    assert sum(one.border for one in lines) > 400
    assert sum(len(one.points) for one in lines) > 35_000
    for one in lines:
        assert all(-180 <= x <= 180 and -90 <= y <= 90 for x, y in one.points)
        assert all(abs(a[0] - b[0]) < 60 for a, b in zip(one.points, one.points[1:], strict=False))


def test_the_border_of_syria_and_turkey_is_a_border_and_the_coast_a_coast() -> None:
    def near(x: float, y: float) -> set[bool]:
        return {
            one.border
            for one in map_lines()
            for a, b in one.points
            if abs(a - x) < 0.25 and abs(b - y) < 0.25
        }

    assert near(38.0, 36.8) == {True}
    assert near(35.75, 35.55) == {False}


def test_a_map_far_in_the_north_or_of_one_place_is_drawn() -> None:
    for latitude in (89.9, -89.9, 0.0):
        text = map_of([Spot("x", latitude, 179.9, 1, 1)], borders=True)
        assert text.count("<circle") == 1
        assert "nan" not in text
