"""Writing of the bundled case: `python -m seeds.coding FOLDER CASE.json`."""

import sys
from pathlib import Path

from store.coding_text.read_folder import coded_case
from store.custody.new_case import write_case
from store.errors import ConflictError


def main(arguments: list[str]) -> int:
    """Write the case of a folder, and return the exit code."""
    folder, target = (Path(argument) for argument in arguments)
    try:
        write_case(target, coded_case(folder))
    except ConflictError as error:
        sys.stderr.write(f"{error.message}\n")
        return error.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
