"""The life of a figure: the values that articles give, over the time of their publication."""

import math
from collections.abc import Iterator, Mapping

from store.dossier.drawn import Life, Point
from store.dossier.svg import WIDTH, Days, circle, line, svg, text
from store.model.dates import long

TOP, BOTTOM = 34, 184
LEFT, RIGHT = 84, WIDTH - 24
NUMBER, LINE = 48, 13
"""The units of the number of a passage: its width, and the height of a line."""

STEEP = 50
"""The ratio of the highest to the lowest value from which the scale is logarithmic."""


def life(of: Life, numbers: Mapping[str, int]) -> str:
    """The picture of a figure; `numbers` holds the number of each passage by its id."""
    scale = Days((one.day for one in of.points), LEFT + 16, RIGHT - 16)
    values = _Values(of)
    drawn = [*values.axis(), *scale.axis(TOP, BOTTOM)]
    taken: list[tuple[float, float]] = []
    for one in of.points:
        x = scale.x(one.day)
        drawn += _point(one, x, values)
        y = values.y(_main(one))
        if all(abs(x - at) > NUMBER or abs(y - height) > LINE for at, height in taken):
            taken.append((x, y))
            words = f"[{numbers[one.passage]}]"
            if x + NUMBER < WIDTH:
                drawn.append(text(words, x + 7, y - 5, of="soft"))
            else:
                drawn.append(text(words, x - 7, y - 5, anchor="end", of="soft"))
    return svg(BOTTOM + 24, f"{of.label}: the values over the time of publication", drawn)


class _Values:
    """The scale of the values: from 0, or logarithmic where they are far apart."""

    def __init__(self, of: Life) -> None:
        known = [one.high or max(one.low, one.best or 0) for one in of.points]
        self.most = max(1, *known)
        least = min(one.low for one in of.points)
        self.steep = least > 0 and self.most / least > STEEP
        self._least = least if self.steep else 0

    def y(self, value: float) -> float:
        """The place of a value."""
        if self.steep:
            share = math.log(max(value, 1) / self._least) / math.log(self.most / self._least)
        else:
            share = value / self.most
        return BOTTOM - share * (BOTTOM - TOP)

    def axis(self) -> Iterator[str]:
        """Lines at the lowest, a middle and the highest value."""
        middle = (self._least * self.most) ** 0.5 if self.steep else self.most / 2
        for value in dict.fromkeys((self._least, round(middle), self.most)):
            y = self.y(value)
            yield line("axis", LEFT, y, RIGHT, y)
            yield text(f"{value:,}", LEFT - 6, y + 4, anchor="end", of="soft")


def _main(one: Point) -> int:
    return one.low if one.best is None else one.best


def _point(one: Point, x: float, values: _Values) -> Iterator[str]:
    """A dot, with a line to the low and the high value, or a line that is open upwards."""
    y = values.y(_main(one))
    low = values.y(one.low)
    if one.high is None:
        yield line("span", x, low, x, max(TOP - 8, low - 22))
        yield line("span", x - 4, max(TOP - 4, low - 18), x, max(TOP - 8, low - 22))
        yield line("span", x + 4, max(TOP - 4, low - 18), x, max(TOP - 8, low - 22))
    elif one.high != one.low:
        yield line("span", x, low, x, values.y(one.high))
    told = f"{one.who}, {long(one.day)}"
    yield circle("denied" if one.denied else "dot", x, y, 4, told)
