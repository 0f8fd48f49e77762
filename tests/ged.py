"""Rows of UCDP GED as tests make them up, in every layout."""

import csv
import io
from collections.abc import Iterable, Sequence

from store.importers.ged_columns import COLUMNS_41, COLUMNS_49

Cells = dict[str, str]

PLAIN: Cells = {
    "id": "1",
    "year": "2016",
    "type_of_violence": "1",
    "conflict_name": "Norland: Government",
    "dyad_name": "Government of Norland - Southern Front",
    "side_a_new_id": "118",
    "side_a": "Government of Norland",
    "side_b_new_id": "4456",
    "side_b": "Southern Front",
    "number_of_sources": "1",
    "source_article": '"Reuters News,2016-03-02,Blast kills 4 in Anton"',
    "source_original": "police",
    "where_prec": "1",
    "where_coordinates": "Anton town",
    "adm_1": "Upper province",
    "adm_2": "Anton district",
    "latitude": "34.8",
    "longitude": "36.7",
    "country": "Norland",
    "event_clarity": "1",
    "date_prec": "1",
    "date_start": "2016-03-01",
    "date_end": "2016-03-01",
    "deaths_a": "1",
    "deaths_b": "3",
    "deaths_civilians": "0",
    "deaths_unknown": "0",
    "low": "4",
    "best": "4",
    "high": "5",
}
"""A row in which nothing is odd."""


def row(**cells: str) -> Cells:
    """A plain row, but for these cells."""
    return {**PLAIN, **cells}


def articles(*items: tuple[str, str, str]) -> str:
    """A cell `source_article` of offices, days and headlines."""
    return ";".join(f'"{office},{day},{headline}"' for office, day, headline in items)


def listing(*items: tuple[str, str, str], **cells: str) -> Cells:
    """A row that lists these articles, and says how many they are."""
    return row(source_article=articles(*items), number_of_sources=str(len(items)), **cells)


def text(rows: Iterable[Cells], columns: Sequence[str] = COLUMNS_41, *, header: bool = True) -> str:
    """The rows as CSV with these columns, in their order."""
    stream = io.StringIO()
    writer = csv.DictWriter(stream, columns, restval="", lineterminator="\n")
    if header:
        writer.writeheader()
    writer.writerows(rows)
    return stream.getvalue()


__all__ = ["COLUMNS_41", "COLUMNS_49", "PLAIN", "articles", "listing", "row", "text"]
