"""The command that drafts a mapping of a table."""

import sys
from pathlib import Path

from store.errors import UnwritableOutput
from store.importing.mapping_draft import MappingDraft, draft_of
from store.importing.mapping_text import toml_of
from store.importing.table_sample import TableSample, sample_of
from store.model.labels import count_text
from tui.cli.new_file import new_file
from tui.output import output, say


def draft_mapping(file: Path, into: Path | None) -> None:
    """Draft a mapping of the table in a file, to a new file or to stdout.

    Raises what `sample_of` raises, and `UnwritableOutput`.
    """
    sample = sample_of(file, sys.stdin.buffer if sys.stdin is not None else None)
    draft = draft_of(sample)
    text = toml_of(draft, sample)
    if into is None:
        with output() as stream:
            stream.write(text)
    else:
        _write(into, text)
    _tell(sample, draft)
    if into is not None:
        say(f"The mapping is in {into}: check it, then import with --mapping {into}.")


def _write(path: Path, text: str) -> None:
    with new_file(path) as stream:
        try:
            stream.write(text)
            stream.flush()
        except OSError as error:
            raise UnwritableOutput(
                f"{path}: cannot be written ({error.strerror})", "is the disk full?"
            ) from error


def _tell(sample: TableSample, draft: MappingDraft) -> None:
    placed = len(sample.columns) - len(draft.unplaced)
    say(f"{sample.name}: {placed} of {count_text(len(sample.columns), 'column')} placed")
    if draft.unplaced:
        names = ", ".join(column.name for column in draft.unplaced)
        say(f"Not placed, kept in the article of each row: {names}")
    if sample.others:
        say(f"Also in the file, and not looked at: {', '.join(sample.others)}")
    if sample.known:
        say(f"It is {sample.known}: import reads it without a mapping.")
    for what in draft.missing:
        say(f"Missing: {what}. Name its column in the mapping, or nothing is imported.")
