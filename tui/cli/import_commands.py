"""The commands that make a case, and bring into it or write out what it is coded from."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from tui.cli.options import A_CASE, BUNDLED, BY, FILE, FORMAT, NEW_CASE

if TYPE_CHECKING:
    from store.model.case_address import CaseAddress


@click.command()
@click.argument("case", type=NEW_CASE)
@click.option("--title", default="", help="Its title. [default: the name of the file]")
@click.option(
    "--from",
    "folder",
    metavar="FOLDER",
    type=FILE,
    help="Fill it from a case as text, which conflict-tui coding wrote.",
)
def new(case: "Path | CaseAddress", title: str, folder: Path | None) -> None:
    """Make an empty case, or one from a case as text.

    CASE is a new file; an existing file is never overwritten. A name that ends
    with .db makes a database, for cases of any size; an address makes a case on a
    server, for many writers.

    \b
      conflict-tui new war.json
      conflict-tui new war.db
      conflict-tui new war.json --title "The war in the north"
      conflict-tui new war.json --from war-text
      conflict-tui new 'postgresql://host/db?case=war'
    """
    if not isinstance(case, Path):
        from tui.cli.server_cases import new_on_server

        new_on_server(case, title, folder)
        return
    from tui.cli.case_files import new_case
    from tui.cli.case_text import new_from_text

    if folder is not None:
        new_from_text(case, title, folder)
    else:
        new_case(case, title)


@click.command("import")
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=FILE)
@click.option("--into", metavar="CASE", type=A_CASE, required=True, help="The case.")
@BY
@click.option(
    "--report",
    metavar="FILE",
    type=FILE,
    help="Write the full report to this file, .csv or .json: every row that is rejected,"
    " flagged or missing from FILE, every office name with its publisher, and every sentence"
    " of an article that was left out.",
)
@click.option(
    "--mapping",
    metavar="TOML",
    type=FILE,
    help="Read the files as tables of incidents, as this mapping says.",
)
@click.option(
    "--name",
    "data_set",
    metavar="NAME",
    help="With --mapping: the name of the data set. Rows under one name are one list: a row"
    " with a known id is updated.",
)
@click.option("--dry-run", is_flag=True, help="Only report what the import would do.")
@click.option(
    "--dates",
    metavar="ORDER",
    type=click.Choice(["dmy", "mdy", "ymd"]),
    help="Read dates such as 03/05/2024 day first (dmy), month first (mdy) or year first"
    " (ymd). Without it the dates of a file decide together, and the report says how.",
)
@FORMAT
def import_data_sets(
    files: tuple[Path, ...],
    into: Path,
    by: str | None,
    report: Path | None,
    mapping: Path | None,
    data_set: str | None,
    form: str,
    *,
    dry_run: bool,
    dates: str | None,
) -> int:
    """Import articles, data sets, and a case as text.

    Articles are recognised by content: plain text, Markdown, saved pages (HTML,
    MHTML), mails, feeds, PDF, Word, web archives, tables (CSV, JSON), and lists of
    references (CSL-JSON, RIS). FILE may be a folder. The original is kept, every
    sentence that is left out is told, and a changed text is a new version.

    Of data sets it reads UCDP GED (5.0 and later), ACLED (2010 and later, by event
    or by actor), the GTD, and GDELT events and mentions (a mention adds to its
    event, so give both), zipped or not; - reads standard input. The columns determine
    the format. Any other table needs a mapping, which conflict-tui mapping
    drafts. Odd rows are kept and flagged; unreadable rows are rejected and
    reported. Importing a file again adds its new rows and updates changed ones.
    Each file is one change: Ctrl-C discards the file being imported. The exit
    code is 65 if no row of a file was accepted, or if a file ends in the middle
    of a row; everything else is imported.

    A FOLDER with a case.toml is a case as text, which conflict-tui coding wrote:
    its records are added, and those that the case has otherwise are altered, each
    of which is told. Nothing is withdrawn. It is one change.

    \b
      conflict-tui import report.html pages/ --into war.json
      conflict-tui import war-text --into war.json --dry-run
      conflict-tui import ged231.zip --into war.db --report report.csv
      conflict-tui import *.export.CSV *.mentions.CSV --into war.db
      zcat ged231.csv.gz | conflict-tui import - --into war.db
    """
    from tui.cli.import_files import import_files

    return import_files(
        *(files, into, by, report, form),
        dry_run=dry_run,
        dates=dates or "",
        mapping=mapping,
        data_set=data_set,
    )


@click.command()
@click.argument("file", type=FILE)
@click.option("--into", metavar="TOML", type=FILE, help="Write the mapping to this new file.")
def mapping(file: Path, into: Path | None) -> None:
    """Draft a mapping of any table of incidents, to import it with.

    A mapping says in TOML which column gives which field: the date, the place,
    what happened, actors, numbers of dead, reports. The draft is a guess from
    the headers and the values of the first rows. Each guess has a comment that
    says why; check them all. Columns that it cannot place, and what is missing,
    are named. - reads standard input.

    \b
      conflict-tui mapping incidents.csv --into incidents.toml
      conflict-tui import incidents.csv --mapping incidents.toml --into war.db --dry-run
    """
    from tui.cli.mapping import draft_mapping

    draft_mapping(file, into)


@click.command()
@click.argument("case", type=A_CASE, required=False)
@click.option(
    "--into",
    metavar="FOLDER",
    type=FILE,
    help="The new folder. [default: CASE without its ending]",
)
@BUNDLED
def coding(case: Path | None, into: Path | None) -> None:
    """Write a case as text, to edit or compare.

    FOLDER gets a TOML file each of the case, its actors, places, sources and
    events, two files for each article (its text, and its passages with their
    claims), and one of what people added: notes, tags, grades, rulings and so on.
    Records keep their ids: conflict-tui new --from FOLDER makes the same case
    again, and conflict-tui import FOLDER takes what was edited into a case.

    The text has every record. It has not the log, which says who changed what,
    nor the original files of the articles; what it lacks is told. A redaction
    does not reach it. Only you can read the folder, and one with files in it is
    never written to.

    \b
      conflict-tui coding war.json --into war-text
      conflict-tui import war-text --into war.json --by "Ada Lovelace"
    """
    from tui.cli.case_text import write_case_text

    write_case_text(case, into)


@click.command()
@click.argument("file", type=FILE, required=False)
@click.option("--name", default="", help="Its name. [default: GeoNames, or that of the file]")
@click.option("--licence", default="", help="Its licence. [default: of GeoNames CC BY 4.0]")
def gazetteer(file: Path | None, name: str, licence: str) -> None:
    """Index a gazetteer for the places you make.

    FILE is a dump of GeoNames (allCountries.txt, cities1000.txt or that of a
    country, such as SY.txt), or CSV with the columns name, lat and lon, and perhaps
    alternatenames, admin1, admin2, country, population and feature_code. It is read
    once. The index replaces the one before and lies in your data folder, where
    only you can read it. When a place is made in a form, +Name, the places of this
    name are offered with their units, country, distance, population and
    coordinates. A place that is taken names the gazetteer as its basis. Without
    FILE: say which gazetteer is indexed. Nothing is downloaded.

    \b
      conflict-tui gazetteer SY.txt
      conflict-tui gazetteer villages.csv --name "Village list" --licence "CC0"
    """
    from tui.cli.gazetteer import use_gazetteer

    use_gazetteer(file, name, licence)
