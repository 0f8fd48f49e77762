"""The commands that merge two copies of a case, and list what is left to rule on."""

from pathlib import Path

import click

from tui.cli.options import A_CASE, into_case, of_named_case


@click.command()
@click.argument("theirs", metavar="THEIRS", type=A_CASE)
@into_case
def merge(theirs: Path, into: Path | None, by: str | None) -> None:
    """Merge another copy of a case into yours.

    It finds the last entry that both logs have, and makes every later act of THEIRS in
    your case, by its author and with its time. Where both changed the same, the later act
    holds; the other value is kept in a note, and the record gets the tag merge-conflict:
    conflict-tui conflicts lists them. What either has redacted is redacted. THEIRS is not
    changed. Merging either into the other gives the same records.

    Into a case on a server a coder or an editor merges acts of their own, and an owner
    those of all.

    It is undone entry by entry, the merge itself first. The entry of the merge keeps the
    hashes of the other log: verify --head and --seal find those of both copies.

    \b
      conflict-tui merge from-ana.json --into war.json
      conflict-tui merge away.json --into 'postgresql://db.example/war?case=syria'
      conflict-tui conflicts war.json
    """
    from tui.cli.merge import merge_case

    merge_case(theirs, into, by)


@click.command()
@of_named_case
def conflicts(case: Path | None, form: str) -> None:
    """List the conflicts that merges have left.

    Each is about a record that both copies changed, or that one withdrew and the other
    used. Edit the record if the other value is right, and take off its tag
    merge-conflict: then it is ruled on, and its note stays.

    \b
      conflict-tui conflicts war.json
      conflict-tui conflicts war.json --format csv
    """
    from tui.cli.merge import list_conflicts

    list_conflicts(case, form)


MERGING = (merge, conflicts)
"""In the order of the help."""
