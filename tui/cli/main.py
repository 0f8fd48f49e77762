"""The commands. A screen is imported when one opens, the store when a command runs."""

import gc
from pathlib import Path
from typing import Any

import click

from store import __version__
from store.errors import UsageError
from tui.cli.case_commands import CUSTODY
from tui.cli.export_command import export
from tui.cli.merge_commands import MERGING
from tui.cli.options import (
    A_CASE,
    BUNDLED,
    CASE,
    FILE,
    FilteredCommand,
    ask_for_bundled,
    of_case,
    of_named_case,
    one_of,
    readings,
    sorts,
)
from tui.cli.shell import Commands, exit_codes
from tui.output import NAME, has_terminal

_READ_ONLY = click.option(
    "--read-only", is_flag=True, help="Open the case read-only: nothing of it is written."
)


@click.command("CASE", help="Open a case on the screen.")
@click.argument("case", type=A_CASE)
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
    help="Open the bundled case itself, not your own copy of it.",
)
@click.version_option(__version__, prog_name=NAME, message="%(prog)s %(version)s")
@click.pass_context
def cli(ctx: click.Context, *, read_only: bool, bundled: bool) -> int | None:
    """Trace each event of a conflict to the articles that support it.

    Without a command it opens a case on the screen: CASE or, without a name, the
    bundled case, Hama at the end of 2024. A command answers one question without
    a screen, for people, pipes and scripts.

    \b
      conflict-tui                      open the bundled case
      conflict-tui war.json             open another case
      conflict-tui ./events             open a case whose file is called "events"
      conflict-tui 'postgresql://host/db?case=syria'
                                        open a case on a server (no password here:
                                        PGPASSFILE, a service or a socket)
      conflict-tui events --actor HTS   list the events in which HTS acts
      conflict-tui search prison        find words in events and articles
      conflict-tui log                  show who changed what, and when

    Data goes to stdout, everything else to stderr. Tables show control characters
    as symbols; JSON and CSV never contain them raw. A table fits the terminal,
    with … where it is cut. In a pipe or a file it is complete.
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
    gc.disable()  # until the first frame: of the modules nothing is to be collected
    from seeds.bundled import BUNDLED
    from tui.run import run

    bundled = case is None or (case.exists() and case.samefile(BUNDLED))
    return run(case or BUNDLED, bundled=bundled, read_only=read_only)


@cli.command(cls=FilteredCommand)
@of_named_case
@click.option(
    "--sort",
    metavar="ORDER",
    default="date",
    help="date, place, title, killed, support, disputed or another column. [default: date]",
    **one_of(sorts),
)
def events(sort: str, **asked: Any) -> None:
    """List events with their support, the earliest first.

    Different options narrow the list; one option given twice widens it. A name
    may be an id or an unambiguous part of a name. SUPPORT is articles/origins:
    3/2 means three articles with two independent origins, 3/2? that an origin
    is unknown, and −1 that one origin denies the event. AT ODDS marks events
    that are disputed ≠ (two origins contradict each other), stale ◁ (an earlier
    state, reported after a later one) or differ ◇.

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

    Each claim shows the stance of its origin (asserts ●, doubts ◐, denies ○), the
    chain of sources, and the passage. The beginning of the ID is enough.

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
    """Compare what every article says about one subject.

    ID is the beginning of the id of an event, an actor or a place, or the name
    of an actor or a place. An event includes its sub-events and the place that
    it is about. Each statement shows how it relates to the others.

    \b
      conflict-tui compare evt_6p
      conflict-tui compare Hama --format csv       one statement per line
    """
    from tui.cli.compare import show_comparison

    show_comparison(subject, **asked)


@cli.command(cls=FilteredCommand)
@of_named_case
@click.option(
    "--reading",
    metavar="READING",
    multiple=True,
    help="Only pairs with this reading: contradicts, perhaps-contradicts, out-of-order,"
    " stale (includes perhaps-stale), perhaps-stale, one-party-two-voices, at-odds-with-itself,"
    " who-the-dead-were-differs, differs, partly, grown, far-apart, perhaps-another-event,"
    " superseded; or perhaps-one-event, alone: events that may be one.",
    **one_of(readings),
)
def contradictions(**asked: Any) -> None:
    """List the statements that are at odds, each conflict once.

    Statements that contradict cannot both be true. A stale statement gives an
    earlier state of a place, but was reported after a later one. If statements
    differ, only a person can judge whether both are true. Tolls that grew or are
    far apart may both be right. A filter limits the list to conflicts about the
    matching events and their places.

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
    """Show who says something, and on whose authority.

    ID is the beginning of the id of an event, an actor or a place, or the name
    of an actor or a place. Under each origin of a statement come those who
    pass it on, down to the articles and their passages.

    \b
      conflict-tui who evt_6p
      conflict-tui who Hama --format csv           one article per line
    """
    from tui.cli.provenance import show_lineage

    show_lineage(subject, **asked)


@cli.command(cls=FilteredCommand)
@click.argument("subject", metavar="[ID]", required=False)
@click.option(
    "--into", type=FILE, metavar="FILE", required=True, help="The new file: .html or .md."
)
@click.option(
    "--borders",
    metavar="POLICY",
    default="de-facto",
    help="Borders on the map: de-facto or none. [default: de-facto]",
    **one_of(lambda: ("de-facto", "none")),
)
@click.option("--force", is_flag=True, help="Replace the file if it exists.")
@CASE
@BUNDLED
def dossier(borders: str, **asked: Any) -> None:
    """Write a dossier in which all claims are cited.

    ID is the beginning of the id of an event, an actor or a place, or its name; or
    the id of a claim that is at odds with others, for a dossier about that dispute.
    With a filter in place of an ID it is about all matching events. Every sentence
    has its passages, with the SHA-256 of their texts; HTML also has a timeline, the
    figures over time and a map. Rows that may not be passed on are left out.

    \b
      conflict-tui dossier "Rebels take Aleppo" --into aleppo.html
      conflict-tui dossier --place Hama --date 2024-12 --into hama.md
    """
    from tui.cli.dossier import write

    write(**asked, borders=borders != "none")


@cli.command()
@of_named_case
def copies(**asked: Any) -> None:
    """List articles that are copies of a text, or from one house.

    First come people's findings, then candidates: texts that share many words,
    and reports that share a few distinctive ones, above all if their time stamps
    have the same form. Quotations, names and headlines do not count. Articles
    count as one only after a person confirms it with conflict-tui kinship.

    \b
      conflict-tui copies war.json
      conflict-tui copies --format csv            one shared run of words per line
    """
    from tui.cli.kinships import list_copies

    list_copies(**asked)


@cli.command(cls=FilteredCommand)
@of_named_case
def articles(**asked: Any) -> None:
    """List articles, the earliest first.

    With a filter, the articles behind the matching events; EVENTS counts those.

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

    It shows the full text, then each passage with the events that it supports.
    The beginning of the ID is enough.

    \b
      conflict-tui article art_p2
      conflict-tui article art_p2 --format csv    one passage per line
    """
    from tui.cli.show import show_article

    show_article(beginning, **asked)


@cli.command(cls=FilteredCommand)
@of_named_case
def sources(**asked: Any) -> None:
    """List sources, those with most events first.

    ARTICLES counts what a source published itself; EVENTS also counts what
    others published on its authority.

    \b
      conflict-tui sources --date 2024-12
    """
    from tui.cli.lists import list_sources

    list_sources(**asked)


@cli.command(cls=FilteredCommand)
@of_named_case
def actors(**asked: Any) -> None:
    """List actors, those with most events first.

    \b
      conflict-tui actors --place Hama
    """
    from tui.cli.lists import list_actors

    list_actors(**asked)


@cli.command(cls=FilteredCommand)
@of_named_case
def places(**asked: Any) -> None:
    """List places, those with most events first.

    A place known only to the province or less exactly shows no coordinates. json
    and csv give its centre with a precision code, as in UCDP GED (1 exact to 7
    international).

    \b
      conflict-tui places --actor HTS --format csv
    """
    from tui.cli.lists import list_places

    list_places(**asked)


@cli.command()
@of_named_case
def datasets(**asked: Any) -> None:
    """List the data sets in the case.

    ROWS counts events, FLAGGED those with a flag. For data sets that may not be
    redistributed, commands report on stderr how many records they output.

    \b
      conflict-tui datasets war.json --format json
    """
    from tui.cli.lists import list_datasets

    list_datasets(**asked)


@cli.command()
@click.argument("words", nargs=-1, required=True)
@of_case
def search(words: tuple[str, ...], **asked: Any) -> None:
    """Find words in events and articles, the best matches first.

    All words must occur; the last may be the beginning of a word. Accents and
    hyphens do not matter. "Two words" in double quotes must occur together.

    \b
      conflict-tui search prison
      conflict-tui search '"central prison" hama'
    """
    from tui.cli.lists import list_hits

    list_hits(" ".join(words), **asked)


for _command in (export, *CUSTODY, *MERGING):
    cli.add_command(_command)


def main() -> None:
    """Run the command line and exit."""
    cli.main()
