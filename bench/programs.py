"""A program that is measured from its start to its end."""

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from typing import NamedTuple


class Ran(NamedTuple):
    """A program that has ended: its output, seconds by the clock and of CPU, and its peak memory.

    `mebibytes` is the resident memory of the largest process, be it a child that it waited for.
    """

    output: bytes
    seconds: float
    cpu: float
    mebibytes: float


def run(command: tuple[str, ...], environment: Mapping[str, str]) -> Ran:
    """Run a command to its end; raise RuntimeError with its last words if it fails."""
    with tempfile.TemporaryFile() as words:
        start = time.perf_counter()
        process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=words)
        assert process.stdout is not None
        output = process.stdout.read()
        process.stdout.close()
        _, status, used = os.wait4(process.pid, 0)
        taken = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            words.seek(0)
            raise RuntimeError(f"{' '.join(command)} failed: {words.read()[-500:]!r}")
    kibibytes = used.ru_maxrss / (1024 if sys.platform == "darwin" else 1)
    return Ran(output, taken, used.ru_utime + used.ru_stime, kibibytes / 1024)
