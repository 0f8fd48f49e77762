"""The commands that change a case, check it, mend it and mail it."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from tui.cli.import_commands import coding, gazetteer, import_data_sets, mapping, new
from tui.cli.options import A_CASE, BUNDLED, BY, FILE, NEW_CASE, into_case, into_named_case
from tui.cli.proof_commands import head, log, seal, verify

if TYPE_CHECKING:
    from store.model.case_address import CaseAddress


@click.command()
@click.argument("case", type=A_CASE, required=False)
@click.option("--repair", metavar="NEW", type=FILE, help="Save what can be saved in this new file.")
@BUNDLED
def doctor(case: Path | None, repair: Path | None) -> None:
    """Report damage to a case, and save what can be saved.

    It says what can and cannot be saved, and never writes to the damaged case.
    If the log is intact, the new case keeps it.

    \b
      conflict-tui doctor war.json
      conflict-tui doctor war.json --repair saved.json
    """
    from tui.cli.case_files import doctor_case

    doctor_case(case, repair)


@click.command()
@click.argument("case", type=A_CASE, required=False)
@click.option("--into", metavar="FILE", type=FILE, required=True, help="The new file.")
@click.option(
    "--with-restricted",
    is_flag=True,
    help="Include rows of data sets that may not be redistributed.",
)
@click.option(
    "--for",
    "whom",
    metavar="NAME",
    help="Leave out private notes and what may not be redistributed, in the log, too.",
)
@click.option(
    "--to",
    "recipient",
    metavar="KEY",
    default="",
    help="Encrypt it by age for this public key (age1…).",
)
@BY
@BUNDLED
def pack(
    case: Path | None,
    into: Path,
    whom: str | None,
    by: str | None,
    recipient: str,
    *,
    with_restricted: bool,
) -> None:
    """Put a case and its log into one file to send.

    The same case gives the same bytes. Nothing is encrypted without --to. A case with rows of
    a data set that may not be redistributed needs --for or --with-restricted.

    With --for, an entry is added to the log in the packed file: for whom what was left
    out, and by whom (--by). Earlier entries have only the hash of that; verify finds the
    log whole, and tells what was left out. The case itself is not changed.

    With --to, only who has the secret key reads the file: age --decrypt makes the packed
    file of it. It needs the program age, or the extra [age].

    \b
      conflict-tui pack war.json --into war.zip
      conflict-tui pack war.json --into for-ana.zip --for "Ana Nowak"
      conflict-tui pack war.json --into war.zip.age --to age1…
    """
    from tui.cli.packing import pack_case

    pack_case(case, into, whom, by, recipient, with_restricted=with_restricted)


@click.command()
@click.argument("file", type=FILE)
@click.option("--into", metavar="CASE", type=FILE, required=True, help="The new case file.")
def unpack(file: Path, into: Path) -> None:
    """Extract a case and its log from a packed file.

    \b
      conflict-tui unpack war.zip --into war.json
    """
    from tui.cli.packing import unpack_case

    unpack_case(file, into)


@click.command()
@click.argument("case", type=A_CASE)
@click.argument("new", metavar="NEW", type=NEW_CASE)
@click.option("--force", is_flag=True, help="Make a case file even if the case is large for one.")
def convert(case: Path, new: "Path | CaseAddress", *, force: bool) -> None:
    """Convert a case file to a database, or the other way round.

    If the name NEW ends with .db, it becomes a database, otherwise a case file; an
    address becomes a case on a server. It has every record and the whole log. CASE
    is not changed.

    \b
      conflict-tui convert war.json war.db
      conflict-tui convert war.db war.json
      conflict-tui convert war.db 'postgresql://host/db?case=war'
    """
    if not isinstance(new, Path):
        from tui.cli.server_cases import convert_to_server

        convert_to_server(case, new)
        return
    from tui.cli.case_files import convert_case

    convert_case(case, new, force=force)


@click.command()
@click.argument("address", type=NEW_CASE)
@click.argument("role", required=False)
@click.argument("member", required=False)
def grant(address: "Path | CaseAddress", role: str | None, member: str | None) -> None:
    """Give somebody a role in a case on a server.

    ROLE is reader, coder (adds and alters), editor (also withdraws, merges and
    redacts), owner (also grants), or none. MEMBER is a login role of the server,
    which must exist. Without ROLE and MEMBER: list the members. The server itself
    refuses what a role may not do, and logs under whose name each act was made.

    \b
      conflict-tui grant 'postgresql://host/db?case=war' coder ana
      conflict-tui grant 'postgresql://host/db?case=war'
    """
    from tui.cli.server_cases import show_or_grant

    show_or_grant(address, role, member)


@click.command()
@click.argument("files", metavar="FILE...", nargs=-1, required=True, type=FILE)
@into_case
def attach(files: tuple[Path, ...], into: Path | None, by: str | None) -> None:
    """Replace digests with the original articles.

    An original is recognised by its SHA-256, so every byte must match. Each
    passage moves to its position in the original. All files are checked before
    anything is changed. Each file is one change, which can be undone.

    \b
      conflict-tui attach originals/*.txt
      conflict-tui attach report.txt --into war.json --by "Ada Lovelace"
    """
    from tui.cli.edit import attach_originals

    attach_originals(files, into, by)


@click.command()
@click.argument("record", metavar="ID")
@click.option("--reason", metavar="WHY", required=True, help="The reason, for the log.")
@into_case
def withdraw(record: str, reason: str, into: Path | None, by: str | None) -> None:
    """Withdraw a record with everything that depends on it.

    An event or a passage takes its claims with it, and an article takes its
    passages and their claims. Notes and judgements on them go too. It is one
    change: the log keeps it all, and undo brings it back. An actor, a place or
    a source cannot be withdrawn while a record names it. The beginning of the
    ID is enough.

    \b
      conflict-tui withdraw art_p2 --reason "a forgery" --into war.json
    """
    from tui.cli.edit import withdraw_record

    withdraw_record(record, reason, into, by)


@click.command()
@click.argument("one", metavar="ID")
@click.argument("other", metavar="ID")
@click.argument("verdict", type=click.Choice(["one-house", "same-text", "apart"]))
@click.option("--reason", metavar="WHY", required=True, help="The reason, for the log.")
@into_case
def kinship(
    one: str, other: str, verdict: str, reason: str, into: Path | None, by: str | None
) -> None:
    """Record two articles as one text, from one house, or neither.

    Articles of the same text count as one. Articles from one house count as one
    publisher, and as one origin if they cite no other. Articles found apart are
    not proposed again. It is one change, which can be undone. The beginnings of
    the IDs are enough. To list candidates: conflict-tui copies.

    \b
      conflict-tui kinship art_p2 art_x4 one-house --reason "the same desk" --into war.json
    """
    from tui.cli.kinships import record_kinship

    record_kinship(one, other, verdict, reason, into, by)


@click.command()
@click.argument("record", metavar="ID")
@click.argument("field")
@click.option("--reason", metavar="WHY", required=True, help="The reason, for the log.")
@click.option(
    "--words",
    metavar="WORDS",
    default="",
    help="Only these words, wherever they occur in the field; - reads them from standard input,"
    " so that they stay out of the shell history. [default: the whole field]",
)
@click.option("--yes", is_flag=True, help="Do not ask for confirmation.")
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
    """Remove words from a record for good.

    It removes them from the FIELD of the record, the kept snapshots and the log.
    Their hash stays, so that somebody who knows the words can prove them. It
    cannot be undone. It lists the records and fields that still contain the
    words.

    FIELD is text or title of an article, value.printed or value.note of a
    claim, text of a note, name, aliases, note, and so on. If the record has no
    such field, the error lists its fields. The beginning of the ID is enough.

    \b
      conflict-tui redact art_p2 text --words - --reason "names a witness" --into war.json
      conflict-tui redact clm_x4 value.printed --reason "names a witness" --into war.json
    """
    from tui.cli.edit import redact_words

    redact_words(record, field, reason, words, into, by, yes=yes)


@click.command()
@click.option("--entry", metavar="NUMBER", type=int, help="Take back this entry of the log.")
@into_named_case
def undo(entry: int | None, into: Path | None, by: str | None) -> None:
    """Undo the last change, and say what it was.

    Each call undoes one change, including one from an earlier day; the log keeps
    both. A redaction cannot be undone, nor can a change whose words were redacted.
    An entry of the log is taken back whatever was done since, unless later changes
    of the same records stand in the way; then these are named.

    \b
      conflict-tui undo war.json
      conflict-tui undo --entry 12 war.json
    """
    from tui.cli.edit import take_back, turn_act

    if entry is None:
        turn_act(into, by, back=True)
    else:
        take_back(entry, into, by)


@click.command()
@into_named_case
def redo(into: Path | None, by: str | None) -> None:
    """Redo the change undone last, and say what it was.

    \b
      conflict-tui redo war.json
    """
    from tui.cli.edit import turn_act

    turn_act(into, by, back=False)


CUSTODY = (
    new,
    import_data_sets,
    mapping,
    coding,
    gazetteer,
    log,
    verify,
    head,
    seal,
    doctor,
    convert,
    grant,
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
