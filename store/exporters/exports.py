"""The formats in which a case leaves the program, and what each can hold."""

from collections.abc import Iterable, Mapping
from enum import StrEnum
from typing import Any, NamedTuple, Protocol, TextIO

import msgspec

from store.exporters import annotations, csl, csv, followthemoney, geojson, json, kml, ris
from store.exporters.listing import Listing, Terminal
from store.model.records import Case
from store.queries.export_articles import ArticleExport
from store.queries.export_claims import ClaimExport
from store.queries.export_events import EventExport


class What(StrEnum):
    """The records that an export has a row for."""

    EVENTS = "events"
    CLAIMS = "claims"
    ARTICLES = "articles"


ROW_OF: Mapping[What, type[msgspec.Struct]] = {
    What.EVENTS: EventExport,
    What.CLAIMS: ClaimExport,
    What.ARTICLES: ArticleExport,
}
"""The type of the rows."""


class Writer(Protocol):
    """The writer of a format: it takes the rows as they come, and keeps none."""

    def __call__(self, stream: TextIO, rows: Iterable[Any], what: What, case: Case, /) -> None:
        """Write the rows."""


class ExportFormat(NamedTuple):
    """A format: its name in words, what it can hold, the usual first, and its writer.

    A `linked` one also has the articles of its events, and what ties them.
    """

    label: str
    holds: tuple[What, ...]
    write: Writer
    linked: bool = False


def _csv(stream: TextIO, rows: Iterable[Any], what: What, _case: Case) -> None:
    csv.write(stream, Listing(ROW_OF[what], ()), rows, Terminal())


def _json(stream: TextIO, rows: Iterable[Any], what: What, _case: Case) -> None:
    json.write(stream, Listing(ROW_OF[what], ()), rows, Terminal())


def _json_lines(stream: TextIO, rows: Iterable[Any], _what: What, _case: Case) -> None:
    json.write_lines(stream, rows)


def _geojson(stream: TextIO, rows: Iterable[Any], _what: What, _case: Case) -> None:
    geojson.write(stream, rows)


def _kml(stream: TextIO, rows: Iterable[Any], _what: What, case: Case) -> None:
    kml.write(stream, rows, case.title)


def _csl(stream: TextIO, rows: Iterable[Any], _what: What, _case: Case) -> None:
    csl.write(stream, rows)


def _ris(stream: TextIO, rows: Iterable[Any], _what: What, _case: Case) -> None:
    ris.write(stream, rows)


def _annotations(stream: TextIO, rows: Iterable[Any], _what: What, case: Case) -> None:
    annotations.write(stream, rows, case.id)


def _followthemoney(stream: TextIO, rows: Iterable[Any], _what: What, _case: Case) -> None:
    followthemoney.write(stream, rows)


EXPORTS: Mapping[str, ExportFormat] = {
    "csv": ExportFormat("CSV", (*What,), _csv),
    "json": ExportFormat("JSON", (*What,), _json),
    "jsonl": ExportFormat("JSON Lines", (*What,), _json_lines),
    "geojson": ExportFormat("GeoJSON", (What.EVENTS,), _geojson),
    "kml": ExportFormat("KML", (What.EVENTS,), _kml),
    "csl": ExportFormat("CSL-JSON", (What.ARTICLES,), _csl),
    "ris": ExportFormat("RIS", (What.ARTICLES,), _ris),
    "annotations": ExportFormat("W3C Web Annotation", (What.CLAIMS,), _annotations),
    "ftm": ExportFormat("FollowTheMoney", (What.EVENTS,), _followthemoney, linked=True),
}
"""Every format by the name of its command option."""
