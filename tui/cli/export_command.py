"""The declaration of the command that writes a case for other programs."""

from pathlib import Path
from typing import Any

import click

from tui.cli.options import (
    A_CASE,
    BUNDLED,
    FILE,
    FilteredCommand,
    export_formats,
    exported,
    one_of,
)


@click.command(cls=FilteredCommand)
@click.argument("case", type=A_CASE, required=False)
@click.option(
    "--to",
    metavar="FORMAT",
    required=True,
    help="csv, json or jsonl; geojson or kml (events on a map); csl or ris (articles, for"
    " Zotero); annotations (claims, W3C Web Annotation); ftm (FollowTheMoney).",
    **one_of(export_formats),
)
@click.option(
    "--what",
    metavar="RECORDS",
    help="events, claims or articles. [default: what the format is for]",
    **one_of(exported),
)
@click.option("--into", metavar="FILE", type=FILE, help="The new file. [default: standard output]")
@click.option("--force", is_flag=True, help="Replace the file if it exists.")
@click.option(
    "--restricted",
    is_flag=True,
    help="Include rows of data sets that may not be redistributed.",
)
@BUNDLED
def export(case: Path | None, **asked: Any) -> None:
    """Write events, claims or articles for other programs.

    Filters are those of conflict-tui events. An event is written whole, with its
    sides, places, victims and support; a claim with its passage and article; an
    article without its text. Rows of data sets that may not be redistributed are
    left out, and stderr says how many. The file appears once it is complete.

    \b
      conflict-tui export --to geojson --into hama.geojson --place Hama
      conflict-tui export war.json --to csv --what claims --into claims.csv
      conflict-tui export war.json --to ris --into for-zotero.ris
    """
    from tui.cli.export import export_case

    export_case(case, **asked)
