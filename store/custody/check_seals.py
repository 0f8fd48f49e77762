"""The check of the seals kept beside a case: their bytes, and that the log has their entries.

It needs no certificates: `store.custody.seal` checks their signatures.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path

from store.custody.chain import chain
from store.custody.findings import Finding
from store.database.seals import kept_seals, read_seal
from store.model.log_line import Line
from store.model.merged_chain import merged_lines


def seal_findings(path: Path, lines: Iterable[Line]) -> Iterator[Finding]:
    """Find kept seals whose bytes were altered, and those whose entry the log no longer has."""
    kept = kept_seals(path)
    if not kept:
        return
    wanted = {one.sequence for one in kept}
    found = [(line.sequence, line.hash) for line in lines if line.sequence in wanted]
    hashes = dict(found)
    for one in kept:
        if not one.is_as_kept(read_seal(one.file)):
            yield Finding(one.file, "", "its bytes were altered: its name does not match")
        if (one.sequence, one.hash) not in found:
            there = "has another hash" if one.sequence in hashes else "is not in the log"
            yield Finding(path, f"entry {one.sequence}", f"{there} since it was time-stamped")


def time_stamps(path: Path) -> dict[int, list[str]]:
    """The names of the seals of a case by the numbers of their entries, as the names say.

    Those of a merged copy, whose numbers are of another log, are left out.
    """
    found: dict[int, list[str]] = {}
    kept = kept_seals(path)
    merged = {one.hash for line in chain(path) for one in merged_lines(line)} if kept else ()
    for one in kept:
        if one.hash not in merged:
            found.setdefault(one.sequence, []).append(one.file.name)
    return found
