"""The chain of another copy of a case, as the entry of a merge keeps it."""

from collections.abc import Container, Iterator, Sequence

import msgspec

from store.model.log_line import Line, Redacted, edit_by_hashes, hash_of_chain, without_reason
from store.model.undone_entries import undone_entries


def by_hashes(line: Line, known: Container[str]) -> Line:
    """Replace the records and the reason of a line by their hashes; its own hash holds.

    A chain that was merged with it is kept, unless all its hashes are `known`.
    """
    merged = line.merged
    if merged is not None and not isinstance(merged.lines, Redacted):
        lines: tuple[Line, ...] | Redacted = tuple(by_hashes(one, known) for one in merged.lines)
        if all(one.hash in known for one in merged.lines):
            lines = Redacted(hash_of_chain(merged))
        merged = msgspec.structs.replace(merged, lines=lines)
    edits = tuple(map(edit_by_hashes, line.edits))
    return msgspec.structs.replace(without_reason(line), merged=merged, edits=edits)


def merged_lines(line: Line) -> Iterator[Line]:
    """The entries of the chains that an entry has merged, those within others first."""
    if line.merged is not None and not isinstance(line.merged.lines, Redacted):
        for one in line.merged.lines:
            yield from merged_lines(one)
            yield one


def hashes_in_force(lines: Sequence[Line]) -> Iterator[str]:
    """The hashes of entries, and of those that they have merged, but for merges that are undone."""
    undone = undone_entries(lines)
    for line in lines:
        yield line.hash
        merged = line.merged
        if merged and line.sequence not in undone and not isinstance(merged.lines, Redacted):
            yield from hashes_in_force(merged.lines)
