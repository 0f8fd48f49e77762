"""The map of the places, on coast and border lines."""

import math
from collections.abc import Iterator, Sequence

from store.dossier.drawn import Spot
from store.dossier.map_lines import MapLine, map_lines
from store.dossier.svg import LETTER, WIDTH, circle, line, shortened, svg, text

TALLEST, LOWEST = 480, 300
LEAST = 4.0
"""The degrees of latitude and longitude that a map shows at least."""

EXACT = 2
"""The precision, as UCDP GED codes it, up to which a place is a point."""

LABELS = 40
KM_OF_DEGREE = 111.32


def map_of(spots: Sequence[Spot], *, borders: bool) -> str:
    """The picture; empty without places."""
    if not spots:
        return ""
    view = _View(spots)
    drawn = [*_lines(view, borders=borders), *_spots(view, spots), *_scale(view)]
    return svg(view.height, f"Map of {len(spots):,} places", drawn)


class _View:
    """The part of the earth on the map, in a projection true to scale at its middle."""

    def __init__(self, spots: Sequence[Spot]) -> None:
        latitudes = [spot.latitude for spot in spots]
        longitudes = [spot.longitude for spot in spots]
        middle = (min(latitudes) + max(latitudes)) / 2
        self._shrink = max(0.1, math.cos(math.radians(middle)))
        tall = max(LEAST, (max(latitudes) - min(latitudes)) * 1.3)
        wide = max(LEAST, (max(longitudes) - min(longitudes)) * 1.4) * self._shrink
        wide = max(wide, tall * WIDTH / TALLEST)
        self.unit = WIDTH / wide  # of a degree of latitude
        self.height = min(TALLEST, max(LOWEST, tall * self.unit))
        self.north = middle + self.height / self.unit / 2
        self.south = middle - self.height / self.unit / 2
        centre = (min(longitudes) + max(longitudes)) / 2
        self.west = centre - wide / self._shrink / 2
        self.east = centre + wide / self._shrink / 2

    def place(self, longitude: float, latitude: float) -> tuple[float, float]:
        """The place of a point."""
        x = (longitude - self.west) * self._shrink * self.unit
        return x, (self.north - latitude) * self.unit

    def shows(self, a: tuple[float, float], b: tuple[float, float]) -> bool:
        """Tell if a stretch between two points can be on the map."""
        return (
            max(a[0], b[0]) >= self.west
            and min(a[0], b[0]) <= self.east
            and max(a[1], b[1]) >= self.south
            and min(a[1], b[1]) <= self.north
        )


def _lines(view: _View, *, borders: bool) -> Iterator[str]:
    for one in map_lines():
        if borders or not one.border:
            for run in _runs(view, one):
                places = (view.place(*point) for point in run)
                points = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
                yield f'<polyline class="{"border" if one.border else "coast"}" points="{points}"/>'


def _runs(view: _View, of: MapLine) -> Iterator[list[tuple[float, float]]]:
    """The stretches of a line that can be on the map."""
    run: list[tuple[float, float]] = []
    for a, b in zip(of.points, of.points[1:], strict=False):
        if view.shows(a, b):
            run = run or [a]
            run.append(b)
        elif run:
            yield run
            run = []
    if run:
        yield run


def _spots(view: _View, spots: Sequence[Spot]) -> Iterator[str]:
    """A circle for each place, dashed where it is known only roughly; names where there is room."""
    taken: list[tuple[float, float, float]] = []
    named: list[str] = []
    for spot in spots:
        x, y = view.place(spot.longitude, spot.latitude)
        radius = min(10.0, 3 + math.sqrt(spot.statements))
        rough = spot.precision > EXACT
        yield circle("vague" if rough else "dot", x, y, radius + 6 * rough, spot.name)
        words = shortened(spot.name, 28)
        wide = len(words) * LETTER
        gap = radius + 6 * rough + 4
        left = x + gap if x + gap + wide < WIDTH else x - gap - wide
        free = all(
            abs(y - other) > 13 or left > end or left + wide < start for start, end, other in taken
        )
        if free and left > 0 and len(taken) < LABELS:
            taken.append((left, left + wide, y))
            named.append(text(words, left, y + 4))
    yield from named


def _scale(view: _View) -> Iterator[str]:
    """A bar of a round number of kilometres."""
    most = WIDTH / 4 / view.unit * KM_OF_DEGREE
    power = 10 ** math.floor(math.log10(most))
    km = max(step * power for step in (1, 2, 5) if step * power <= most)
    length = km / KM_OF_DEGREE * view.unit
    y = view.height - 12
    yield line("ruler", 12, y, 12 + length, y)
    yield text(f"{km:,.0f} km", 12, y - 5, of="soft")
