"""Several programs that write at once: one chain, no act lost, no act twice."""

import subprocess
import sys
from collections import Counter

from store.custody.server_cases import grant
from store.model.case_address import CaseAddress
from tests.imports import run
from tests.postgres.conftest import Opened, as_member

PROGRAMS, ACTS = 4, 50

_WRITER = """
import sys
from store.archive import Archive
from store.custody.server_cases import copy_of, read_address
from tests.postgres.acts import entitle, note
archive = Archive.open(copy_of(read_address(sys.argv[1])), writing=True)
for number in range(int(sys.argv[3])):
    note(archive, f"{sys.argv[2]}_{number}")
archive.close()
print("done")
"""


def test_many_programs_write_one_chain(address: CaseAddress, opened: Opened) -> None:
    grant(address, "carl", "coder")
    writers = [
        subprocess.Popen(
            [
                *(sys.executable, "-c", _WRITER),
                *(str(as_member(address, ("olga", "carl")[n % 2])), f"w{n}", str(ACTS)),
            ],
            stdout=subprocess.PIPE,
            text=True,
        )
        for n in range(PROGRAMS)
    ]
    assert [one.communicate()[0] for one in writers] == ["done\n"] * PROGRAMS
    archive = opened(writing=False)
    entries = archive.history()
    made = Counter(edit.id for entry in entries for edit in entry.edits)
    assert made == {f"not_w{n}_{k}": 1 for n in range(PROGRAMS) for k in range(ACTS)}
    assert Counter(entry.who for entry in entries) == dict.fromkeys(("olga", "carl"), 2 * ACTS)
    assert [entry.sequence for entry in entries] == list(range(PROGRAMS * ACTS, 0, -1))
    found = run("verify", str(address))
    assert found.exit_code == 0, found.stdout
