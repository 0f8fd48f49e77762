"""Rows in, a stream out: one module a format, all of one shape."""

from collections.abc import Mapping

from store.exporters import csv, json, table
from store.exporters.listing import Exporter

FORMATS: Mapping[str, Exporter] = {
    "table": table.write,
    "json": json.write,
    "csv": csv.write,
}
"""Every format by the name that a command takes."""
