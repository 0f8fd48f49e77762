"""`python -m seeds.synthetic EVENTS CASE [--seed N] [--text N]`: write a synthetic case."""

import argparse
import sys
from pathlib import Path

from seeds.synthetic import synthetic_case
from seeds.synthetic.articles import TEXT_LENGTH
from seeds.synthetic.filling import fill_database
from store.archive import has_database_suffix
from store.custody.new_case import stream_case

MOST = 10_000_000
"""The largest number of events that was tested."""


def main(arguments: list[str]) -> int:
    """Write the requested case, and return the exit code."""
    parser = argparse.ArgumentParser("python -m seeds.synthetic", description=__doc__)
    parser.add_argument("events", type=int, help=f"how many events it has, {MOST:,} at most")
    parser.add_argument(
        "case",
        type=Path,
        help="the file to write: JSON, or a database where its name ends with .db",
    )
    parser.add_argument("--seed", type=int, default=1, help="another case of the same size")
    parser.add_argument(
        "--text",
        type=int,
        default=TEXT_LENGTH,
        metavar="N",
        help="letters of an article on average (%(default)s); less than what there is to say"
        " of its events, about 1,300, is not possible: 0 for huge cases",
    )
    asked = parser.parse_args(arguments)
    if not 1 <= asked.events <= MOST:
        parser.error(f"a case has from 1 to {MOST:,} events")
    if not 0 <= asked.text <= 100_000:
        parser.error("a text has from 0 to 100,000 letters")
    if not has_database_suffix(asked.case):
        stream_case(asked.case, synthetic_case(asked.events, asked.seed, asked.text))
    elif asked.case.exists():
        parser.error(f"{asked.case} exists already")
    else:
        fill_database(asked.case, asked.events, asked.seed, asked.text)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
