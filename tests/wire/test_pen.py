"""One pen becomes another, by the codes that a strict terminal knows."""

from itertools import product

from tests.wire.glass import Glass
from tui.terminal.pen import for_blank, of_blank, turn

PENS = [
    ";".join(filter(None, (attributes, ink, ground)))
    for attributes, ink, ground in product(
        ("", "1", "2", "1;2", "3", "4", "1;4;7", "7", "2;9", "53"),
        ("", "31", "97", "38;5;9", "38;2;1;2;3", "39"),
        ("", "41", "104", "48;5;9", "48;2;1;2;3", "49"),
    )
]


def letter(*written: str, text: str = "x") -> object:
    """A cell as it looks after some sequences."""
    glass = Glass(2, 1)
    glass.feed(f"{''.join(written)}{text}\x1b[m")
    return glass.cells[0][0]


def of(pen: str) -> str:
    """The sequence for a pen after a reset."""
    return f"\x1b[{pen}m" if pen else ""


def test_every_pen_becomes_every_other_by_the_shortest_way() -> None:
    for before, after in product(PENS[::5], PENS[::7]):
        sequence = turn(before, after)
        assert letter(of(before), sequence) == letter(of(after)), (before, after)
        assert len(sequence) <= len(f"\x1b[0;{after}m"), (before, after)


def test_what_stays_is_not_said_again() -> None:
    assert turn("1;38;2;1;2;3;48;2;4;5;6", "38;2;1;2;3;48;2;4;5;6") == "\x1b[22m"
    assert turn("1;2;31", "2;31") == "\x1b[22;2m"
    assert turn("31;41", "31;42") == "\x1b[42m"
    assert turn("38;2;1;2;3;48;2;4;5;6", "") == "\x1b[m"
    assert turn("39;49", "") == ""


def test_a_blank_looks_as_it_should_with_the_least_change() -> None:
    for before, after in product(PENS[::5], PENS[::7]):
        pen = for_blank(before, of_blank(after))
        assert letter(of(pen), text=" ") == letter(of(after), text=" "), (before, after)
    assert for_blank("1;31;44", of_blank("32;44")) == "1;31;44"
