"""`python -m seeds.synthetic EVENTS CASE.json [--seed N]`: write a synthetic case."""

import argparse
import sys
from pathlib import Path

from seeds.synthetic import synthetic_case
from store.engines.snapshot import write_case


def main(arguments: list[str]) -> int:
    """Write the case that is asked for; the exit code."""
    parser = argparse.ArgumentParser("python -m seeds.synthetic", description=__doc__)
    parser.add_argument("events", type=int, help="how many events it has")
    parser.add_argument("case", type=Path, help="the file to write")
    parser.add_argument("--seed", type=int, default=1, help="another case of the same size")
    asked = parser.parse_args(arguments)
    if asked.events < 1:
        parser.error("a case has one event at least")
    write_case(asked.case, synthetic_case(asked.events, asked.seed))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
