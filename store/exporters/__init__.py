"""Writers of rows to a stream, one module for each format."""

from collections.abc import Mapping

from store.exporters import csv, json, table
from store.exporters.listing import Exporter

FORMATS: Mapping[str, Exporter] = {
    "table": table.write,
    "json": json.write,
    "csv": csv.write,
}
"""Every format by the name of its command option."""
