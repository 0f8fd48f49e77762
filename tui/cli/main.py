"""The commands. A screen is imported when one opens, the store when a command runs."""

from pathlib import Path
from typing import Any

import click

from store import __version__
from store.errors import UsageError
from tui.cli.case_commands import CUSTODY
from tui.cli.options import FILE, FilteredCommand, ask_for_bundled, of_case, one_of, readings, sorts
from tui.cli.shell import Commands, exit_codes
from tui.output import NAME, has_terminal

_READ_ONLY = click.option(
    "--read-only", is_flag=True, help="Open the case for reading: nothing is written anywhere."
)


@click.command("CASE", help="Open a case on the screen.")
@click.argument("case", type=FILE)
@_READ_ONLY
@click.pass_obj
def open_case(before: bool | None, case: Path, *, read_only: bool) -> int:
    """Open a case on the screen; the exit status. The option may stand before the case, too."""
    return open_screen(case, read_only=bool(before) or read_only)


@click.group(
    cls=Commands,
    opener=open_case,
    invoke_without_command=True,
    subcommand_metavar="[CASE] | COMMAND [ARGS]...",
    epilog=exit_codes(),
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
)
@_READ_ONLY
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
    """Open a case, the bundled one if None, on the screen; return the exit status.

    Raises `UsageError` if there is no terminal.
    """
    if not has_terminal():
        raise UsageError(
            "opening a case on the screen needs a terminal",
            f"without one, use a command: {', '.join(cli.commands)}",
        )
    from seeds.bundled import BUNDLED
    from tui.run import run

    bundled = case is None or (case.exists() and case.samefile(BUNDLED))
    return run(case or BUNDLED, bundled=bundled, read_only=read_only)


@cli.command(cls=FilteredCommand)
@of_case
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
    articles/origins: 3/2 are three articles with two independent origins, 3/2?
    says that an origin is unknown, and −1 that one origin denies the event.
    What is said is at odds where it is disputed ≠ (two origins contradict each
    other), stale ◁ (told later than a further state) or differs ≁.

    \b
      conflict-tui events --place Hama --date 2024-12-01..
      conflict-tui events --type capture --type withdrawal --sort support
      conflict-tui events --support disputed --support stale
      conflict-tui events --words prison --words '!Aleppo' --format csv
    """
    from tui.cli.lists import list_events

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
    from tui.cli.show import show_event

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
    from tui.cli.compare import show_comparison

    show_comparison(subject, **asked)


@cli.command(cls=FilteredCommand)
@of_case
@click.option(
    "--reading",
    metavar="READING",
    multiple=True,
    help="Only pairs that are read so: contradicts, perhaps-contradicts, out-of-order,"
    " stale (perhaps, too), perhaps-stale, one-party-two-voices, at-odds-with-itself,"
    " who-the-dead-were-differs, differs, partly, grown, far-apart, perhaps-another-event,"
    " superseded; or, alone, perhaps-one-event: events that may be one.",
    **one_of(readings),
)
def contradictions(**asked: Any) -> None:
    """List the statements that are at odds, each conflict once.

    What contradicts cannot both be true; of two states of a place, what is
    stale is told later and was true earlier; whether what differs can both be
    true, only a person can say. A toll that grew, or is far from another, may
    be right all the same. With a filter, the conflicts about the events that it
    leaves and the places that these are about; without one, all of them.

    \b
      conflict-tui contradictions --reading contradicts
      conflict-tui contradictions --place Hama --format json
    """
    from tui.cli.contradictions import list_contradictions

    list_contradictions(**asked)


@cli.command()
@click.argument("subject", metavar="ID")
@of_case
def who(subject: str, **asked: Any) -> None:
    """Show on whose authority something is said.

    ID is the beginning of the id of an event, an actor or a place, or the name
    of an actor or a place. Each origin of a statement stands above those who
    pass it on, down to the articles and the passages in them.

    \b
      conflict-tui who evt_6p
      conflict-tui who Hama --format csv           one article a line
    """
    from tui.cli.provenance import show_lineage

    show_lineage(subject, **asked)


@cli.command()
@of_case
def copies(**asked: Any) -> None:
    """List articles that are copies, or reports of one house.

    First what persons found, then what may be: texts that share much, and
    reports that share a little of what is theirs alone, above all where their
    stamps are printed in one form. Quotations, names and headlines do not count.
    Nothing is counted once before a person says so: conflict-tui kinship.

    \b
      conflict-tui copies --case war.json
      conflict-tui copies --format csv            one shared run of words a line
    """
    from tui.cli.kinships import list_copies

    list_copies(**asked)


@cli.command(cls=FilteredCommand)
@of_case
def articles(**asked: Any) -> None:
    """List articles, the first published first.

    With a filter, those behind the events that it leaves; EVENTS counts these.

    \b
      conflict-tui articles --actor Russia
    """
    from tui.cli.lists import list_articles

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
    from tui.cli.show import show_article

    show_article(beginning, **asked)


@cli.command(cls=FilteredCommand)
@of_case
def sources(**asked: Any) -> None:
    """List who says so, those with most events first.

    ARTICLES counts what a source published itself, EVENTS also what others
    published on its authority.

    \b
      conflict-tui sources --date 2024-12
    """
    from tui.cli.lists import list_sources

    list_sources(**asked)


@cli.command(cls=FilteredCommand)
@of_case
def actors(**asked: Any) -> None:
    """List who acts in the events, those with most events first.

    \b
      conflict-tui actors --place Hama
    """
    from tui.cli.lists import list_actors

    list_actors(**asked)


@cli.command(cls=FilteredCommand)
@of_case
def places(**asked: Any) -> None:
    """List where the events are, those with most events first.

    A place that is only known to its province or less exactly shows no
    coordinates; json and csv hold its centre with its precision, as UCDP GED
    codes it (1 exact to 7 international).

    \b
      conflict-tui places --actor HTS --format csv
    """
    from tui.cli.lists import list_places

    list_places(**asked)


@cli.command()
@of_case
def datasets(**asked: Any) -> None:
    """List the data sets whose rows the case holds.

    ROWS are events, FLAGGED those about which something is odd. What is of a
    data set that is not to be passed on is let out by no command without a line
    on stderr that says so.

    \b
      conflict-tui datasets --case war.json --format json
    """
    from tui.cli.lists import list_datasets

    list_datasets(**asked)


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
    from tui.cli.lists import list_hits

    list_hits(" ".join(words), **asked)


for _command in CUSTODY:
    cli.add_command(_command)


def main() -> None:
    """Run the command line and exit."""
    cli.main()
