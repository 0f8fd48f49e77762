"""`python -m bench.exports CASE.db`: the memory and time of an export in each format.

Each export is a process of its own, which writes the whole case to nowhere; its peak of
memory is what the system says. Exits with 1 where one exceeds the budget.
"""

import os
import subprocess
import sys
import time
from pathlib import Path

from store.exporters.exports import EXPORTS

BUDGET = 150
"""MiB that an export may take, whatever the size of the case."""


def measured(case: Path, form: str, what: str) -> tuple[float, float]:
    """The peak of memory in MiB, and the seconds of CPU time, of one export."""
    command = (sys.executable, "-m", "tui", "export", str(case), "--to", form, "--what", what)
    process = subprocess.Popen(
        (*command, "--restricted"), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{form} of {what} ended with the code {process.returncode}")
    unit = 1 << 20 if sys.platform == "darwin" else 1 << 10
    return used.ru_maxrss / unit, used.ru_utime + used.ru_stime


def main(arguments: list[str]) -> int:
    """Measure all formats, or those that are named after the case, and return the exit code."""
    case, *forms = arguments
    exceeded = False
    print(f"{'format':<12} {'of':<9} {'MiB':>6} {'CPU s':>8} {'wall s':>8}")
    for form, of in EXPORTS.items():
        for what in of.holds if not forms or form in forms else ():
            begun = time.perf_counter()
            memory, seconds = measured(Path(case), form, what)
            wall = time.perf_counter() - begun
            print(f"{form:<12} {what:<9} {memory:>6.0f} {seconds:>8.1f} {wall:>8.1f}", flush=True)
            exceeded = exceeded or memory > BUDGET
    return int(exceeded)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
