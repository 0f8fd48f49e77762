"""The commands. A screen is imported when one opens, the store when a command runs."""

from pathlib import Path
from typing import Any

import click

from store import __version__
from store.errors import UsageError
from tui.console.options import (
    BUNDLED,
    FILE,
    ask_for_bundled,
    into_case,
    of_case,
    of_filter,
    one_of,
    readings,
    sorts,
)
from tui.console.output import NAME, has_terminal
from tui.console.shell import Commands, exit_codes


@click.command("CASE", help="Open a case on the screen.")
@click.argument("case", type=FILE)
@click.pass_obj
def open_case(read_only: bool | None, case: Path) -> int:
    """Open a case on the screen; the exit status."""
    return open_screen(case, read_only=bool(read_only))


@click.group(
    cls=Commands,
    opener=open_case,
    invoke_without_command=True,
    subcommand_metavar="[CASE] | COMMAND [ARGS]...",
    epilog=exit_codes(),
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@click.option(
    "--read-only", is_flag=True, help="Open the case for reading: nothing is written anywhere."
)
@click.option(
    "--bundled",
    is_flag=True,
    help="Open the bundled case itself, where you have changed your own copy of it.",
)
@click.version_option(__version__, prog_name=NAME, message="%(prog)s %(version)s")
@click.pass_context
def cli(ctx: click.Context, *, read_only: bool, bundled: bool) -> int | None:
    """From the events of a conflict to every article that supports them.

    Without a command a case opens on the screen: the CASE that is named, or the
    bundled one, Hama at the end of 2024. A command answers one question without
    a screen, for people, pipes and scripts.

    \b
      conflict-tui                      open the bundled case
      conflict-tui war.json             open another case
      conflict-tui ./events             open a case whose file is called "events"
      conflict-tui events --actor HTS   list the events in which HTS acts
      conflict-tui search prison        find words in events and articles
      conflict-tui log                  tell who changed what, and when

    Data goes to stdout, everything else to stderr. Tables show the control
    characters of a text as pictures, JSON and CSV never hold them raw. A table
    fits the terminal, with … where it is cut; in a pipe or a file it is whole.
    """
    if ctx.invoked_subcommand is None:
        return open_screen(None, read_only=read_only or bundled)
    ctx.obj = read_only
    ask_for_bundled(ctx, None, bundled)
    return None


def open_screen(case: Path | None, *, read_only: bool) -> int:
    """Open a case, the bundled one if None, on the screen; the exit status.

    Raises `UsageError` where there is no terminal.
    """
    if not has_terminal():
        raise UsageError(
            "opening a case on the screen needs a terminal",
            f"without one, use a command: {', '.join(cli.commands)}",
        )
    from seeds.bundled import BUNDLED
    from tui.app import run

    bundled = case is None or (case.exists() and case.samefile(BUNDLED))
    return run(case or BUNDLED, bundled=bundled, read_only=read_only)


@cli.command()
@of_filter
@click.option(
    "--sort",
    metavar="ORDER",
    default="date",
    help="date, support, disputed, place, type or title. [default: date]",
    **one_of(sorts),
)
def events(sort: str, **asked: Any) -> None:
    """List events with their support, the earliest first.

    Several options narrow the list; one option given twice widens it. A name
    may be a part of the name, as long as it is clear, or an id. The support is
    articles/roots: 3/2 are three articles with two independent origins, 3/2?
    says that an origin is unknown, and −1 that one origin denies the event.
    What is said is at odds where it is disputed ≠ (two origins contradict each
    other), stale ◁ (told later than a further state) or differs ≁.

    \b
      conflict-tui events --place Hama --date 2024-12-01..
      conflict-tui events --type capture --type withdrawal --sort support
      conflict-tui events --support disputed --support stale
      conflict-tui events --words prison --words '!Aleppo' --format csv
    """
    from tui.console.listing import list_events

    list_events(**asked, sort=sort)


@cli.command()
@click.argument("beginning", metavar="ID")
@of_case
def event(beginning: str, **asked: Any) -> None:
    """Show one event with every claim about it.

    Each claim says what its origin does with it (asserts ●, doubts ◐, denies ○),
    through whom it came, and the passage that says so. The beginning of the ID
    is enough.

    \b
      conflict-tui event evt_4k
      conflict-tui event evt_4k --format json
    """
    from tui.console.sheets import show_event

    show_event(beginning, **asked)


@cli.command()
@click.argument("subject", metavar="ID")
@of_case
def compare(subject: str, **asked: Any) -> None:
    """Set side by side what every article says of one subject.

    ID is the beginning of the id of an event, an actor or a place, or the name
    of an actor or a place. An event comes with its parts, and with the place
    that it is about; each statement says how it stands to the others.

    \b
      conflict-tui compare evt_6p
      conflict-tui compare Hama --format csv       one statement a line
    """
    from tui.console.comparison import show_comparison

    show_comparison(subject, **asked)


@cli.command()
@of_filter
@click.option(
    "--reading",
    metavar="READING",
    multiple=True,
    help="Only pairs that are read so: contradicts, stale (perhaps, too), perhaps-stale or"
    " differs.",
    **one_of(readings),
)
def contradictions(**asked: Any) -> None:
    """List the pairs of statements that are at odds.

    What contradicts cannot both be true; of two states of a place, what is
    stale is told later and was true earlier; whether what differs can both be
    true, only a person can say. With a filter, the pairs about the events that
    it leaves and the places that these are about; without one, all pairs.

    \b
      conflict-tui contradictions --reading contradicts
      conflict-tui contradictions --place Hama --format json
    """
    from tui.console.contradictions import list_contradictions

    list_contradictions(**asked)


@cli.command()
@click.argument("subject", metavar="ID")
@of_case
def who(subject: str, **asked: Any) -> None:
    """Show on whose authority something is said.

    ID is the beginning of the id of an event, an actor or a place, or the name
    of an actor or a place. Each root, the origin of a statement, stands above
    those who pass it on, down to the articles and the passages in them.

    \b
      conflict-tui who evt_6p
      conflict-tui who Hama --format csv           one article a line
    """
    from tui.console.lineage import show_lineage

    show_lineage(subject, **asked)


@cli.command()
@of_filter
def articles(**asked: Any) -> None:
    """List articles, the first published first.

    With a filter, those behind the events that it leaves; EVENTS counts these.

    \b
      conflict-tui articles --actor Russia
    """
    from tui.console.listing import list_articles

    list_articles(**asked)


@cli.command()
@click.argument("beginning", metavar="ID")
@of_case
def article(beginning: str, **asked: Any) -> None:
    """Show one article, its passages and what they support.

    The text stands there whole, and after it each passage with the events that
    it supports. The beginning of the ID is enough.

    \b
      conflict-tui article art_p2
      conflict-tui article art_p2 --format csv    its passages, one a line
    """
    from tui.console.sheets import show_article

    show_article(beginning, **asked)


@cli.command()
@of_filter
def sources(**asked: Any) -> None:
    """List who says so, those with most events first.

    ARTICLES counts what a source published itself, EVENTS also what others
    published on its authority.

    \b
      conflict-tui sources --date 2024-12
    """
    from tui.console.listing import list_sources

    list_sources(**asked)


@cli.command()
@of_filter
def actors(**asked: Any) -> None:
    """List who acts in the events, those with most events first.

    \b
      conflict-tui actors --place Hama
    """
    from tui.console.listing import list_actors

    list_actors(**asked)


@cli.command()
@of_filter
def places(**asked: Any) -> None:
    """List where the events are, those with most events first.

    A place that is only known to its province or less exactly shows no
    coordinates; json and csv hold its centre with its precision, as UCDP GED
    codes it (1 exact to 7 international).

    \b
      conflict-tui places --actor HTS --format csv
    """
    from tui.console.listing import list_places

    list_places(**asked)


@cli.command()
@click.argument("words", nargs=-1, required=True)
@of_case
def search(words: tuple[str, ...], **asked: Any) -> None:
    """Find words in events and articles, the best first.

    All words must occur; the last may be a beginning. Accents and hyphens do
    not matter, and "two words" in double quotes stay together.

    \b
      conflict-tui search prison
      conflict-tui search '"central prison" hama'
    """
    from tui.console.listing import list_hits

    list_hits(" ".join(words), **asked)


@cli.command()
@click.argument("case", type=FILE)
@click.option("--title", default="", help="What it is called. [default: the name of the file]")
def new(case: Path, title: str) -> None:
    """Make an empty case.

    CASE is a file that is not there yet: nothing is written over.

    \b
      conflict-tui new war.json
      conflict-tui new war.json --title "The war in the north"
    """
    from tui.console.custody import new_case

    new_case(case, title)


@cli.command()
@click.option(
    "--record", metavar="ID", default="", help="Only acts on this record, or what was said of it."
)
@click.option("--by", metavar="NAME", default="", help="Only acts of this person.")
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
    from tui.console.log import show_log

    show_log(**asked)


@cli.command()
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
    from tui.console.custody import verify_case

    verify_case(case)


@cli.command()
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
    from tui.console.custody import doctor_case

    doctor_case(case, repair)


@cli.command()
@click.argument("case", type=FILE, required=False)
@click.option("--into", metavar="FILE", type=FILE, required=True, help="The new file.")
@BUNDLED
def pack(case: Path | None, into: Path) -> None:
    """Put a case and its log into one file to send.

    The same case gives the same bytes. Nothing is encrypted.

    \b
      conflict-tui pack war.json --into war.zip
    """
    from tui.console.custody import pack_case

    pack_case(case, into)


@cli.command()
@click.argument("file", type=FILE)
@click.option("--into", metavar="CASE", type=FILE, required=True, help="The new case file.")
def unpack(file: Path, into: Path) -> None:
    """Get a case and its log out of a packed file.

    \b
      conflict-tui unpack war.zip --into war.json
    """
    from tui.console.custody import unpack_case

    unpack_case(file, into)


@cli.command()
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
    from tui.console.changing import attach_originals

    attach_originals(files, into, by)


@cli.command()
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
    undone. The ids of the records that still hold the words are written.

    \b
      conflict-tui redact art_p2 text --words - --reason "names a witness" --into war.json
    """
    from tui.console.changing import redact_words

    redact_words(record, field, reason, words, into, by, yes=yes)


def main() -> None:
    """Run the command line and exit."""
    cli.main()
