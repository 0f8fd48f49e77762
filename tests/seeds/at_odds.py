"""The disputes that the program lists for the bundled case, by subject."""

from collections.abc import Iterator
from typing import NamedTuple

from store.analysis.readings import Reading
from store.archive import Archive
from store.queries.compare import Comparison, DisputeRow, compare
from store.queries.compare_groups import title_of


class Odds(NamedTuple):
    """Two values at odds: the subject, what is claimed, how it is read, the labels of the values.

    `about` holds the titles or names of all that the two sides speak of, the
    parts of the subject among them, and `origins` the names of who says so.
    """

    subject: str
    label: str
    reading: Reading
    values: frozenset[str]
    about: frozenset[str]
    origins: frozenset[str]


def at_odds(archive: Archive) -> Iterator[Odds]:
    """All pairs of values that `conflict-tui contradictions` lists."""
    subjects = archive.ask(
        lambda connection: connection.execute("SELECT subject FROM disputes").fetchall()
    )
    for (subject,) in subjects:
        found = archive.ask(compare, subject)
        for row in found.disputes():
            if row.own:
                yield _odds(archive.ask(title_of, subject), found, row)


def _odds(title: str, found: Comparison, row: DisputeRow) -> Odds:
    voices = [found.voices[place] for place in (*row.one, *row.other)]
    return Odds(
        title,
        found.lines[row.line].label,
        row.reading,
        frozenset(voice.value for voice in voices),
        frozenset(found.groups[found.lines[voice.line].group].title for voice in voices),
        frozenset(voice.origin for voice in voices),
    )
