"""The commands that show the log of a case, and check that nothing of it was changed."""

from pathlib import Path
from typing import Any

import click

from store.errors import UsageError
from tui.cli.options import A_CASE, BUNDLED, FILE, of_named_case


@click.command()
@click.option(
    "--record",
    metavar="ID",
    default="",
    help="Only changes of this record, and of notes and judgements on it.",
)
@click.option(
    "--by", metavar="NAME", default="", help="Only changes by this person: a name or a part of it."
)
@of_named_case
def log(**asked: Any) -> None:
    """Show who changed what, when and why, the newest first.

    Each change lists its records before and after. The table gives times in your
    time zone, json and csv in UTC. json gives the complete records.

    \b
      conflict-tui log war.json
      conflict-tui log --record evt_6p --format json
      conflict-tui log --by "Ada Lovelace" --format csv
    """
    from tui.cli.log import show_log

    show_log(**asked)


@click.command()
@click.argument("case", type=A_CASE, required=False)
@click.option(
    "--head",
    metavar="HASH",
    help="Find this hash in the log: all 64 digits, in groups or not, as head shows it;"
    " perhaps with the number of its entry before it (12:9f86…).",
)
@click.option("--seal", metavar="FILE", type=FILE, help="Check this time stamp, with --ca.")
@click.option(
    "--ca",
    metavar="FILE",
    type=FILE,
    help="Certificates of trusted authorities (PEM); without --seal for all kept time stamps.",
)
@BUNDLED
def verify(case: Path | None, head: str | None, seal: Path | None, ca: Path | None) -> None:
    """Check every byte, hash and figure of a case.

    It checks the log, the case file, the older snapshots, each record and
    passage, and the figures computed from the claims. Each finding is a line
    with its file and place. If there are findings, the exit code is 65. Without
    CASE it checks your copy of the bundled case or, if there is none, the
    bundled case itself.

    A case whose end was cut off, or whose whole history was replaced, can still
    be intact. A hash or a time stamp that was taken earlier tells: if the log no
    longer has its entry, the exit code is 79; if the time stamp proves nothing,
    80. Otherwise it says who made how many entries since.

    \b
      conflict-tui verify war.json
      conflict-tui verify war.json && cp war.json* /backup
      conflict-tui verify war.json --head "9f86 d081 ... 0a08"
      conflict-tui verify war.json --seal war.tsr --ca ca.pem
    """
    from tui.cli.case_files import verify_case

    verify_case(case, head, seal, ca)


@click.command()
@click.argument("case", type=A_CASE, required=False)
@click.option("--json", "as_json", is_flag=True, help="As JSON, the hash without blanks.")
@BUNDLED
def head(case: Path | None, *, as_json: bool) -> None:
    """Show the hash of the log, to keep outside of the case.

    The hash is that of the last entry, and depends on every one before it.
    Print it, read it over the phone, or send it to somebody: later verify --head
    finds it in the log, or tells that the history was cut off or replaced.

    \b
      conflict-tui head war.json
      conflict-tui head war.json --json
    """
    from tui.cli.anchors import show_head

    show_head(case, as_json=as_json)


@click.command()
@click.argument("case", type=A_CASE, required=False)
@click.option(
    "--into", metavar="FILE", type=FILE, help="Write a request for a time stamp to this new file."
)
@click.option(
    "--answer", metavar="FILE", type=FILE, help="Keep this answer of an authority with the case."
)
@BUNDLED
def seal(case: Path | None, into: Path | None, answer: Path | None) -> None:
    """Ask for a time stamp of the log, or keep the answer.

    The request (RFC 3161) has only the hash of the last entry. This program sends nothing:
    send it to an authority from any machine, such as with curl. The answer is kept
    beside the case and goes with it into packed, converted and repaired cases.
    Check it with verify --seal. It needs the extra [seal].

    \b
      conflict-tui seal war.json --into war.tsq
      curl -H 'Content-Type: application/timestamp-query' --data-binary @war.tsq \\
        https://b.example/tsr > war.tsr
      conflict-tui seal war.json --answer war.tsr
    """
    from tui.cli.anchors import keep_seal, make_request

    if (into is None) == (answer is None):
        raise UsageError("seal needs --into or --answer", "conflict-tui seal --help shows both")
    if into:
        make_request(case, into)
    elif answer:
        keep_seal(case, answer)
