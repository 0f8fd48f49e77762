"""Events as KML 2.2, a placemark each, with the span of time in which each can have happened."""

from collections.abc import Iterable, Iterator
from typing import TextIO
from xml.sax.saxutils import escape

from store.exporters.csv import cell_words
from store.exporters.listing import fields_of
from store.model.text import HOSTILE, IN_PLACE, showable
from store.queries.export_events import EventExport

_FORBIDDEN = {
    code: showable(chr(code)) for code in range(0x20) if chr(code) not in "\t\n"
} | dict.fromkeys((*range(0xD800, 0xE000), 0xFFFE, 0xFFFF), "\ufffd")
"""The characters that XML 1.0 cannot hold, and CR, which a reader would make a line break of."""

_REFERRED = {
    code: f"&#x{code:X};" for code in HOSTILE | IN_PLACE if code >= 0x7F and code not in _FORBIDDEN
}
"""Characters that control a terminal or are unseen, as references: nothing of them is lost."""

_NO_YEAR = "0000"
"""The year before 1, which the dates of XML have not."""


def write(stream: TextIO, events: Iterable[EventExport], title: str) -> None:
    """Write a document with the title of the case, and a placemark for each event.

    All fields of the event are its extended data. Where it has no point on the map, it has no
    point here.
    """
    stream.write('<?xml version="1.0" encoding="UTF-8"?>\n')
    stream.write('<kml xmlns="http://www.opengis.net/kml/2.2"><Document>\n')
    stream.write(f"<name>{_text(title)}</name>\n")
    for event in events:
        stream.write("".join(_placemark(event)))
    stream.write("</Document></kml>\n")


def _placemark(event: EventExport) -> Iterator[str]:
    yield f"<Placemark><name>{_text(event.title)}</name>"
    span = "".join(
        f"<{tag}>{day}</{tag}>"
        for tag, day in (("begin", event.start), ("end", event.end))
        if day and not day.startswith(_NO_YEAR)
    )
    yield f"<TimeSpan>{span}</TimeSpan>" if span else ""
    yield "<ExtendedData>"
    for name in fields_of(EventExport):
        words = cell_words(getattr(event, name))
        yield f'<Data name="{name}"><value>{_text(words)}</value></Data>'
    yield "</ExtendedData>"
    if event.point:
        longitude, latitude = event.point
        yield f"<Point><coordinates>{longitude!r},{latitude!r}</coordinates></Point>"
    yield "</Placemark>\n"


def _text(words: str) -> str:
    return escape(words.translate(_FORBIDDEN)).translate(_REFERRED)
