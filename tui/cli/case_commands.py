"""The commands that change a case, check it, mend it and mail it."""

from pathlib import Path
from typing import Any

import click

from tui.cli.options import BUNDLED, BY, FILE, FORMAT, into_case, of_case


@click.command()
@click.argument("case", type=FILE)
@click.option("--title", default="", help="What it is called. [default: the name of the file]")
def new(case: Path, title: str) -> None:
    """Make an empty case.

    CASE is a file that is not there yet: nothing is written over. One that ends
    with .db is a database, for archives of any size.

    \b
      conflict-tui new war.json
      conflict-tui new war.db
      conflict-tui new war.json --title "The war in the north"
    """
    from tui.cli.case_files import new_case

    new_case(case, title)


@click.command()
@click.option(
    "--record", metavar="ID", default="", help="Only acts on this record, or what was said of it."
)
@click.option(
    "--by", metavar="NAME", default="", help="Only acts of this person: a name or a part of it."
)
@of_case
def log(**asked: Any) -> None:
    """Tell who changed what, when and why, the newest first.

    Each act stands with its records as they were and became. The table has the
    time in your zone, json and csv in UTC; json has the records whole.

    \b
      conflict-tui log --case war.json
      conflict-tui log --record evt_6p --format json
      conflict-tui log --by "Ada Lovelace" --format csv
    """
    from tui.cli.log import show_log

    show_log(**asked)


@click.command()
@click.argument("case", type=FILE, required=False)
@BUNDLED
def verify(case: Path | None) -> None:
    """Check every byte, hash and figure of a case.

    The log, the case file, the snapshots before it, each record and passage,
    and the figures that follow from the claims. Each finding is a line with
    its file and place, and then the exit code is 65. Without CASE, your copy
    of the bundled case, else that itself.

    \b
      conflict-tui verify war.json
      conflict-tui verify war.json && cp war.json* /backup
    """
    from tui.cli.case_files import verify_case

    verify_case(case)


@click.command()
@click.argument("case", type=FILE, required=False)
@click.option(
    "--repair", metavar="NEW", type=FILE, help="Save all that can be saved in this new file."
)
@BUNDLED
def doctor(case: Path | None, repair: Path | None) -> None:
    """Say what is wrong with a case, and save what can be.

    It says what can be saved and what not; the damaged case is never written.
    Where its log is whole, the new case has it.

    \b
      conflict-tui doctor war.json
      conflict-tui doctor war.json --repair saved.json
    """
    from tui.cli.case_files import doctor_case

    doctor_case(case, repair)


@click.command()
@click.argument("case", type=FILE, required=False)
@click.option("--into", metavar="FILE", type=FILE, required=True, help="The new file.")
@click.option(
    "--with-restricted",
    is_flag=True,
    help="Also rows of data sets that may not be passed on: for whoever may have them.",
)
@BUNDLED
def pack(case: Path | None, into: Path, *, with_restricted: bool) -> None:
    """Put a case and its log into one file to send.

    The same case gives the same bytes. Nothing is encrypted. A case with rows of
    a data set that may not be passed on is packed only with --with-restricted.

    \b
      conflict-tui pack war.json --into war.zip
    """
    from tui.cli.case_files import pack_case

    pack_case(case, into, with_restricted=with_restricted)


@click.command()
@click.argument("file", type=FILE)
@click.option("--into", metavar="CASE", type=FILE, required=True, help="The new case file.")
def unpack(file: Path, into: Path) -> None:
    """Get a case and its log out of a packed file.

    \b
      conflict-tui unpack war.zip --into war.json
    """
    from tui.cli.case_files import unpack_case

    unpack_case(file, into)


@click.command()
@click.argument("case", type=FILE)
@click.argument("new", metavar="NEW", type=FILE)
@click.option("--force", is_flag=True, help="A case file, though the case is large for one.")
def convert(case: Path, new: Path, *, force: bool) -> None:
    """Make a database of a case file, or a case file of a database.

    NEW becomes what its name says: a database where it ends with .db, else a
    case file. It has every record and the whole log; CASE stays as it is.

    \b
      conflict-tui convert war.json war.db
      conflict-tui convert war.db war.json
    """
    from tui.cli.case_files import convert_case

    convert_case(case, new, force=force)


@click.command()
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=FILE)
@into_case
def attach(files: tuple[Path, ...], into: Path | None, by: str | None) -> None:
    """Put original articles in place of their digests.

    An original is known by its SHA-256: every byte must be as it was. Each
    passage moves to where it stands in the original. Every file is looked at
    before anything is changed, and each is one act, which can be undone.

    \b
      conflict-tui attach originals/*.txt
      conflict-tui attach report.txt --into war.json --by "Ada Lovelace"
    """
    from tui.cli.edit import attach_originals

    attach_originals(files, into, by)


@click.command("import")
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=FILE)
@click.option("--into", metavar="CASE", type=FILE, required=True, help="The case.")
@BY
@click.option(
    "--report",
    metavar="FILE",
    type=FILE,
    help="Write the whole report into this file, .csv or .json: every row that is rejected,"
    " flagged or gone, every name of an office and whose it is.",
)
@click.option("--dry-run", is_flag=True, help="Only tell what would come of it.")
@FORMAT
def import_data_sets(
    files: tuple[Path, ...],
    into: Path,
    by: str | None,
    report: Path | None,
    form: str,
    *,
    dry_run: bool,
) -> int:
    """Import data sets with the articles behind their events.

    UCDP GED (49 or 41 columns, in any order, with or without a header), ACLED,
    and GDELT 2.0 events and mentions (a mention adds to its event, so give
    both), zipped or not; - reads standard input. What a FILE is, its columns
    say. Rows that are odd are kept and flagged, rows that cannot be read are
    rejected and told; a file that is imported again adds and changes what is
    new in it. Each file is one act: Ctrl-C leaves the one under way out. The
    exit code is 65 where no row of a file was accepted, or a file ends in the
    middle of a row; all else is imported.

    \b
      conflict-tui import ged231.zip --into war.db --report account.csv
      conflict-tui import *.export.CSV *.mentions.CSV --into war.db
      zcat ged231.csv.gz | conflict-tui import - --into war.db
    """
    from tui.cli.import_files import import_files

    return import_files(files, into, by, report, form, dry_run=dry_run)


@click.command()
@click.argument("record", metavar="ID")
@click.option("--reason", metavar="WHY", required=True, help="Why; the log keeps it.")
@into_case
def withdraw(record: str, reason: str, into: Path | None, by: str | None) -> None:
    """Withdraw a record with all that rests on it.

    An event or a passage goes with its claims, an article with its passages
    and theirs, each with what persons said of it. It is one act: the log keeps
    all of it, and undo brings it back. An actor, a place or a source that
    something names stays. The beginning of the ID is enough.

    \b
      conflict-tui withdraw art_p2 --reason "a forgery" --into war.json
    """
    from tui.cli.edit import withdraw_record

    withdraw_record(record, reason, into, by)


@click.command()
@click.argument("one", metavar="ID")
@click.argument("other", metavar="ID")
@click.argument("verdict", type=click.Choice(["one-house", "same-text", "apart"]))
@click.option("--reason", metavar="WHY", required=True, help="Why; the log keeps it.")
@into_case
def kinship(
    one: str, other: str, verdict: str, reason: str, into: Path | None, by: str | None
) -> None:
    """Say that two articles are one text, of one house, or neither.

    Articles of the same text count as one. Those of one house count one
    publisher, and one origin where they speak for themselves. Those that are
    apart are not proposed again. It is one act, which can be undone; the
    beginnings of the IDs are enough. What may be found: conflict-tui copies.

    \b
      conflict-tui kinship art_p2 art_x4 one-house --reason "the same desk" --into war.json
    """
    from tui.cli.kinships import record_kinship

    record_kinship(one, other, verdict, reason, into, by)


@click.command()
@click.argument("record", metavar="ID")
@click.argument("field")
@click.option("--reason", metavar="WHY", required=True, help="Why; the log keeps it.")
@click.option(
    "--words",
    metavar="WORDS",
    default="",
    help="Only these words, wherever they stand in the field; - reads them from standard input,"
    " so that no shell remembers them. [default: all of it]",
)
@click.option("--yes", is_flag=True, help="Do not ask whether it is meant.")
@into_case
def redact(
    record: str,
    field: str,
    reason: str,
    words: str,
    *,
    yes: bool,
    into: Path | None,
    by: str | None,
) -> None:
    """Take words out of a record for good.

    Out of the FIELD of the record, the snapshots that are kept, and the log;
    their hash stays, and proves them to whoever knows them. It cannot be
    undone. Where else the words still stand is written: records and fields.

    FIELD is text or title of an article, value.printed or value.note of a
    claim, text of a note, name, aliases, note, and so on; where a record has no
    such field, those that it has are told. The beginning of the ID is enough.

    \b
      conflict-tui redact art_p2 text --words - --reason "names a witness" --into war.json
      conflict-tui redact clm_x4 value.printed --reason "names a witness" --into war.json
    """
    from tui.cli.edit import redact_words

    redact_words(record, field, reason, words, into, by, yes=yes)


@click.command()
@into_case
def undo(into: Path | None, by: str | None) -> None:
    """Take the last act back, and say what it was.

    Each call takes back one act, also of an earlier day; the log keeps both. A
    redaction, and what was redacted, cannot be taken back.

    \b
      conflict-tui undo --into war.json
    """
    from tui.cli.edit import turn_act

    turn_act(into, by, back=True)


@click.command()
@into_case
def redo(into: Path | None, by: str | None) -> None:
    """Do again what was taken back last, and say what it was.

    \b
      conflict-tui redo --into war.json
    """
    from tui.cli.edit import turn_act

    turn_act(into, by, back=False)


CUSTODY = (
    new,
    import_data_sets,
    log,
    verify,
    doctor,
    convert,
    pack,
    unpack,
    attach,
    withdraw,
    kinship,
    undo,
    redo,
    redact,
)
"""In the order of the help."""
