"""The check of the seals kept beside a case: their bytes, and that the log has their entries.

It needs no certificates: `store.custody.seal` checks their signatures.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

from store.custody.findings import Finding
from store.database.seals import kept_seals, read_seal
from store.model.log_line import Line


def seal_findings(path: Path, lines: Iterable[Line]) -> Iterator[Finding]:
    """Find kept seals whose bytes were altered, and those whose entry the log no longer has."""
    kept = kept_seals(path)
    wanted = {one.sequence for one in kept}
    hashes = {line.sequence: line.hash for line in lines if line.sequence in wanted} if kept else {}
    for one in kept:
        if not one.is_as_kept(read_seal(one.file)):
            yield Finding(one.file, "", "its bytes were altered: its name does not match")
        if hashes.get(one.sequence) != one.hash:
            there = "has another hash" if one.sequence in hashes else "is not in the log"
            yield Finding(path, f"entry {one.sequence}", f"{there} since it was time-stamped")


def time_stamps(path: Path) -> dict[int, list[str]]:
    """The names of the seals of a case by the numbers of their entries, as the names say."""
    found: dict[int, list[str]] = {}
    for one in kept_seals(path):
        found.setdefault(one.sequence, []).append(one.file.name)
    return found
