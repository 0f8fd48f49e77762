"""A program that is killed while it writes a case on a server: what it said is made, is made."""

import subprocess
import sys

from store.model.case_address import CaseAddress
from tests.imports import run
from tests.postgres.conftest import Opened

_WRITER = """
import sys
from itertools import count
from store.archive import Archive
from store.custody.server_cases import copy_of, read_address
from tests.postgres.acts import note
archive = Archive.open(copy_of(read_address(sys.argv[1])), writing=True)
for number in count():
    note(archive, f"{sys.argv[2]}_{number}")
    print(number, flush=True)
"""


def test_no_act_of_a_killed_program_is_lost_and_its_copy_goes_on(
    address: CaseAddress, opened: Opened
) -> None:
    acknowledged: list[str] = []
    for run_ in ("a", "b"):
        writer = subprocess.Popen(
            [sys.executable, "-c", _WRITER, str(address), run_], stdout=subprocess.PIPE, text=True
        )
        assert writer.stdout is not None
        told = [writer.stdout.readline().strip() for _ in range(8)]
        writer.kill()
        told += writer.communicate()[0].splitlines()
        acknowledged += [f"not_{run_}_{number}" for number in told if number.isdigit()]
    archive = opened()
    made = [edit.id for entry in archive.history() for edit in entry.edits]
    assert len(made) == len(set(made))
    assert set(acknowledged) <= set(made)
    assert len(made) <= len(acknowledged) + 2
    assert archive.path.parent.name == "1", "the lock went with the program"
    opened.close(archive)
    assert run("verify", str(address)).exit_code == 0
