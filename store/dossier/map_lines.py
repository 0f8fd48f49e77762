"""Coast and border lines of Natural Earth (1:50 million, public domain), packed small.

`map_lines.bin` is a zlib stream: a line is 1 for a border or 0 for a coast, its number of
points, and its points in hundredths of a degree, each as the difference from the one before
it, the first of a line from the last of the line before. All are variable-length integers of
seven bits a byte, the lowest first; differences are zigzag coded.
"""

import zlib
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

_FILE = Path(__file__).with_name("map_lines.bin")
SCALE = 100
"""The units of a degree."""


class MapLine(NamedTuple):
    """A line of a coast or a border: longitude and latitude of its points in degrees."""

    border: bool
    points: tuple[tuple[float, float], ...]


@cache
def map_lines() -> tuple[MapLine, ...]:
    """All lines."""
    return tuple(unpacked(_FILE.read_bytes()))


def packed(lines: Iterable[MapLine]) -> bytes:
    """The lines as the content of the file."""
    content = bytearray()
    before = (0, 0)
    for line in lines:
        content += _coded(int(line.border)) + _coded(len(line.points))
        for point in line.points:
            x, y = (round(degrees * SCALE) for degrees in point)
            content += _coded(_zigzag(x - before[0])) + _coded(_zigzag(y - before[1]))
            before = (x, y)
    return zlib.compress(bytes(content), 9)


def unpacked(content: bytes) -> Iterator[MapLine]:
    """The lines of the content of the file."""
    numbers = _decoded(zlib.decompress(content))
    x = y = 0
    for border in numbers:
        points = []
        for _ in range(next(numbers)):
            x += _straight(next(numbers))
            y += _straight(next(numbers))
            points.append((x / SCALE, y / SCALE))
        yield MapLine(bool(border), tuple(points))


def _zigzag(number: int) -> int:
    return number * 2 if number >= 0 else -number * 2 - 1


def _straight(number: int) -> int:
    return number // 2 if number % 2 == 0 else -(number + 1) // 2


def _coded(number: int) -> bytes:
    found = bytearray()
    while number > 0x7F:
        found.append(number & 0x7F | 0x80)
        number >>= 7
    found.append(number)
    return bytes(found)


def _decoded(content: bytes) -> Iterator[int]:
    number = shift = 0
    for byte in content:
        number |= (byte & 0x7F) << shift
        if byte & 0x80:
            shift += 7
        else:
            yield number
            number = shift = 0
