"""The pictures of a dossier in HTML, each with a caption that says what it does not show."""

from collections.abc import Iterator, Mapping

from store.dossier.dossier import Dossier
from store.dossier.drawn import Life, Spot
from store.dossier.facts import BORDERS, LINES
from store.dossier.safe import markup_text
from store.dossier.svg_life import life
from store.dossier.svg_map import EXACT, map_of
from store.dossier.svg_timeline import timeline
from store.model.labels import count_text


def overview(of: Dossier, *, borders: bool) -> Iterator[str]:
    """The timeline and the map."""
    drawn = of.drawn
    if when := timeline(drawn):
        left = [
            f"{count_text(drawn.undated, 'event')} without a first and a last day"
            for _ in range(bool(drawn.undated))
        ]
        undated = len(of.articles) - len(drawn.reports)
        left += [f"{count_text(undated, 'article')} of unknown time"] if undated else []
        yield from _figure("When", when, f"Not shown: {', '.join(left)}." if left else "")
    if where := map_of(drawn.spots, borders=borders):
        yield from _figure("Where", where, _map_words(drawn.spots, drawn.unplaced, borders=borders))


def lives(of: Dossier, numbers: Mapping[str, int]) -> Iterator[str]:
    """The figures over time; `numbers` holds the number of each passage by its id."""
    if of.drawn.lives:
        yield "<section>\n<h2>Figures over time</h2>\n"
        yield f'<p class="about">{LIVES}</p>\n'
        for one in of.drawn.lives:
            yield f"<h3>{markup_text(one.label)}</h3>\n"
            yield from _drawn(life(one, numbers), _life_words(one))
        yield "</section>\n"


LIVES = (
    "Each dot is the value in one article, at the day of its publication; the numbers are the"
    " passages. A line shows the low and the high value, an arrow that it is open upwards."
)
"""The legend of all figures over time."""


def _figure(heading: str, picture: str, caption: str) -> Iterator[str]:
    yield f"<section>\n<h2>{heading}</h2>\n"
    yield from _drawn(picture, caption)
    yield "</section>\n"


def _drawn(picture: str, caption: str) -> Iterator[str]:
    yield f"<figure>\n{picture}"
    yield f"<figcaption>{markup_text(caption)}</figcaption>\n" if caption else ""
    yield "</figure>\n"


def _life_words(of: Life) -> str:
    words = []
    if any(one.denied for one in of.points):
        words.append("A ring is a value that is denied.")
    if of.undated:
        words.append(f"Not shown: {count_text(of.undated, 'value')} of unknown time.")
    return " ".join(words)


def _map_words(spots: tuple[Spot, ...], unplaced: tuple[str, ...], *, borders: bool) -> str:
    words = f"{LINES} {BORDERS}" if borders else f"{LINES} Borders are left out."
    if any(spot.precision > EXACT for spot in spots):
        words += " A dashed ring is a place known only to the district or less exactly."
    if unplaced:
        words += f" Without a point on the map: {', '.join(unplaced)}."
    return words
