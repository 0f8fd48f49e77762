"""What is wrong with a case in a person's words, and all that can be saved of it in a new file."""

import re
from collections.abc import Iterator
from pathlib import Path

import msgspec

from store.custody.verify import LogLine, log_lines, verify, wrong_with
from store.engines import disk
from store.engines.casefile import Head, read_snapshot
from store.engines.snapshot import KEPT, kept, rows_of, write_snapshot
from store.errors import ConflictError, DamagedCase, UnwritableCase
from store.model.entry import Line, Redacted, as_entry
from store.model.records import RECORD_TYPES, AnyRecord, Case

_TABLE = re.compile(rb'^,?\s*"(\w+)": ?\{$')
_RECORD = re.compile(rb'^,?\s*"\d+": ?(\{.*\}),?\s*$')

_Held = dict[str, tuple[str, AnyRecord]]
"""Records with their tables, by id."""


def doctor(path: Path) -> list[str]:
    """What is wrong with the case at `path`, a line each, and none where nothing is.

    Raises `UnreadableCase`, and `MissingCase` where not even a snapshot is left.
    """
    if not path.exists() and (left := [one for one in _snapshots(path) if one.exists()]):
        return [f"{path}: is not there; {left[0].name} is"]
    return [": ".join(filter(None, (str(file), where, what))) for file, where, what in verify(path)]


def repair(path: Path, to: Path) -> list[str]:
    """Save all that can be saved of a case in a new file; gives what was done and left out.

    The case itself is not touched. Where its log is whole the new case has it,
    and can be undone as before. Raises `UnwritableCase` where `to` is there
    already or cannot be written, and `DamagedCase` where nothing can be saved.
    """
    log = to.with_name(to.name + ".log")
    for new in (to, log):
        if new.exists():
            raise UnwritableCase(f"{new}: is there already", "name a file that is not there yet")
    lines = list(log_lines(path.with_name(path.name + ".log")))
    told: list[str] = []
    held, head = _best(path, told)
    sequence = _replay(held, head, lines, told)
    _drop(held, told)
    if not any(isinstance(one, Case) for _, one in held.values()):
        raise DamagedCase(f"{path}: nothing could be saved of it", "look for an older copy")
    rows = rows_of(_in_order(held))
    whole = _whole(lines, head, sequence)
    if whole:
        try:
            disk.write_new(log, [one + b"\n" for one in whole])
        except OSError as error:
            raise UnwritableCase(
                f"{log}: cannot be written ({error.strerror})", "see to the folder and the disk"
            ) from error
        hash = lines[len(whole) - 1].line
        assert hash is not None
        write_snapshot(to, rows, sequence=hash.sequence, hash=hash.hash)
    else:
        if lines:
            told.append("the log is not whole, and stays with the old case: the new one has none")
        write_snapshot(to, rows, sequence=0, hash=None)
    return told
