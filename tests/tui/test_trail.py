"""The trail of locations: back, forward, and the moves that cut the way forward."""

from hypothesis import given
from hypothesis import strategies as st

from tui.session.trail import Location, Trail, View


def trail_over(*events: int) -> Trail:
    trail = Trail(Location(event=0))
    for event in events:
        trail.go(Location(event=event))
    return trail


def test_back_and_forward_go_over_the_same_locations() -> None:
    trail = trail_over(1, 2, 3)
    seen = [trail.location.event]
    while trail.back():
        seen.append(trail.location.event)
    assert seen == [3, 2, 1, 0]
    while trail.forward():
        seen.append(trail.location.event)
    assert seen[4:] == [1, 2, 3]


def test_at_the_ends_nothing_moves() -> None:
    trail = trail_over()
    assert not trail.back()
    assert not trail.forward()
    assert trail.location == Location(event=0)


def test_going_somewhere_new_cuts_off_what_was_ahead() -> None:
    trail = trail_over(1, 2)
    trail.back()
    trail.go(Location(event=9))
    assert trail.steps == (2, 0)
    assert not trail.forward()
    trail.back()
    assert trail.location.event == 1


def test_settling_is_no_step() -> None:
    trail = trail_over(1)
    trail.settle(Location(event=1, article=5))
    assert trail.steps == (1, 0)
    trail.back()
    trail.forward()
    assert trail.location == Location(event=1, article=5), (
        "the corrected spot is the one to come back to"
    )


def test_views_and_focus_are_kept_with_the_location_that_is_left() -> None:
    trail = trail_over()
    trail.keep_views({"timeline": View(3, 1)}, "timeline")
    trail.go(Location(event=1, pane="article"))
    trail.keep_views({"timeline": View(8, 5)}, "article")
    trail.back()
    assert trail.location.views == {"timeline": View(3, 1)}
    assert trail.location.pane == "timeline"
    trail.forward()
    assert trail.location.views == {"timeline": View(8, 5)}


def test_only_so_many_steps_are_kept_and_the_newest_of_them() -> None:
    trail = trail_over(*range(1, Trail.LENGTH + 51))
    steps = 0
    while trail.back():
        steps += 1
    assert steps == Trail.LENGTH
    assert trail.location.event == 50


@given(st.lists(st.sampled_from(["go", "back", "forward"]), max_size=60))
def test_a_trail_is_a_line_with_a_cursor(acts: list[str]) -> None:
    trail, line, at = Trail(Location(event=0)), [0], 0
    for number, act in enumerate(acts, 1):
        match act:
            case "go":
                trail.go(Location(event=number))
                line, at = [*line[: at + 1], number], at + 1
            case "back":
                assert trail.back() == (at > 0)
                at = max(0, at - 1)
            case _:
                assert trail.forward() == (at < len(line) - 1)
                at = min(len(line) - 1, at + 1)
        assert trail.location.event == line[at]
        assert trail.steps == (at, len(line) - 1 - at)
