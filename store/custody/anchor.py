"""The head of the log of a case, and the search for an earlier head in its chain of hashes."""

import re
from collections import Counter
from contextlib import closing
from pathlib import Path
from typing import NamedTuple

from store.custody.chain import chain
from store.database import sqlite
from store.database.disk import resolve_link
from store.database.log_table import LogTable
from store.document.snapshot_and_log import CaseFiles
from store.errors import DamagedCase, LostHistory, ReadOnlyCase, RefusedChange, UsageError
from store.model.labels import count_text
from store.model.log_line import Line
from store.model.merged_chain import merged_lines

_TYPED = re.compile(r"(?:([0-9]+):)?([0-9a-fA-F]*)")
_DIGITS = 64


class TypedHash(NamedTuple):
    """A hash as a person typed it; `sequence` is the number of its entry, None if not given."""

    sequence: int | None
    hash: str


class Anchored(NamedTuple):
    """An entry that was found by its hash; the number of entries after it, by person, and the last.

    The persons are in the order of their first entry. `merged` is true if the entry is of the
    log of a copy that was merged.
    """

    entry: Line
    later: Counter[str]
    last: Line | None
    merged: bool = False


def typed_hash(typed: str) -> TypedHash:
    """Read a hash of 64 digits, in groups or not, with or without `12:` before it.

    Raises `UsageError` where it is none, or shorter.
    """
    read = _TYPED.fullmatch("".join(typed.split()))
    if read is None:
        raise UsageError(
            "the hash has other characters than 0-9 and a-f", "type it as head shows it"
        )
    sequence, digits = read.groups()
    if len(digits) != _DIGITS:
        raise UsageError(
            f"the hash has {count_text(len(digits), 'digit')}, not {_DIGITS}",
            "give the whole hash: a part of it proves nothing",
        )
    return TypedHash(int(sequence) if sequence else None, digits.lower())


def grouped(hash: str) -> str:
    """A hash in groups of four digits, on two lines, to be read aloud or printed."""
    groups = re.findall("....", hash)
    return "\n".join(" ".join(groups[at : at + 8]) for at in (0, 8))


def head(path: Path) -> Line:
    """The last entry of the log of a case.

    Raises `RefusedChange` where the log is empty, `ReadOnlyCase` where the case was
    edited outside and the log does not tell, and what opening the case raises.
    """
    found = _head_of_database(path) if sqlite.is_database(path) else _head_of_files(path)
    if found is None:
        raise RefusedChange(
            f"{path}: its log has no entry yet", "change something first, such as a note"
        )
    return found


def refuse_unlogged_edits(path: Path) -> None:
    """Raise `ReadOnlyCase` where a case was edited outside and the log does not tell."""
    if not sqlite.is_database(path):
        _head_of_files(path)


def _head_of_files(path: Path) -> Line | None:
    files = CaseFiles(path, writing=False, by_index=False)
    try:
        if files.edited_outside:
            raise ReadOnlyCase(
                f"{path}: was edited outside this program, and its log does not record that yet",
                "open it and change something, such as a note",
            )
        log_file = files.log_file
        return log_file.entry(log_file.last) if log_file.last else None
    finally:
        files.close()


def _head_of_database(path: Path) -> Line | None:
    log = LogTable(path)
    with closing(sqlite.connect(resolve_link(path), writing=False)) as connection:
        if missing := log.missing_entries(connection):
            raise DamagedCase(f"{path}: {missing}", "see what verify finds")
        last = log.last(connection)
        return log.entry(connection, last) if last else None


def find(path: Path, wanted: TypedHash) -> Anchored:
    """Find an entry in the log of a case, or of a copy that it has merged. Raises `LostHistory`."""
    found: Line | None = None
    other: Line | None = None
    last: Line | None = None
    later: Counter[str] = Counter()
    in_merged = False
    for last in chain(path):
        for line in (*merged_lines(last), last):
            is_kept = line is not last
            if line.hash == wanted.hash:
                found, in_merged = line, is_kept
            elif found and (in_merged or not is_kept):
                later[line.who] += 1  # the acts of a kept chain were made anew before the merge
            if line.sequence == wanted.sequence:
                other = line
    if found:
        return Anchored(found, later, last if later else None, in_merged)
    raise LostHistory(_lost_message(path, wanted.sequence, other, last), _HINT)


_HINT = "do not go on with this file; compare it with an earlier copy, and ask who had it"


def _lost_message(path: Path, sequence: int | None, other: Line | None, last: Line | None) -> str:
    end = f"its log ends with entry {last.sequence:,}" if last else "it has no log"
    if other:
        return f"{path}: its history was replaced: entry {sequence:,} of its log has another hash"
    if sequence is not None:
        return f"{path}: the end of its history was cut off: {end}, and the hash is of {sequence:,}"
    return (
        f"{path}: no entry of its log has this hash: the end of its history was cut off, or all of"
        f" it replaced ({end}), or the hash is of another case"
    )
