"""The list of pairs of events that are perhaps one; listing them merges nothing."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import click

from store.analysis.siblings import PERHAPS_ONE_EVENT
from store.errors import UsageError
from store.exporters import FORMATS
from store.exporters.listing import Column, Listing
from store.queries import timeline
from store.queries.event_sort import Sort
from store.queries.siblings import Sibling, siblings
from tui.cli.lists import Asked, chosen_filter, opened
from tui.output import output, terminal

SIBLINGS = PERHAPS_ONE_EVENT.replace(" ", "-")
"""What asks for them, in place of a reading."""

LISTED = Listing(
    Sibling,
    (
        Column("ID", lambda one: one.id),
        Column("OTHER", lambda one: one.other),
        Column("DATE", lambda one: one.other_date),
        Column("WHY", lambda one: one.why),
        Column("TITLES", lambda one: f"{one.title} / {one.other_title}"),
    ),
)


def list_siblings(
    case: Path | None, form: str, reading: Sequence[str], asked: Mapping[str, Asked]
) -> None:
    """Write the pairs of events that are perhaps one, if a filter leaves at least one of the two.

    Raises `UsageError` if pairs of values are asked for as well.
    """
    if len(reading) > 1:
        raise UsageError(f"{SIBLINGS} lists events, not pairs of values", "ask for it alone")
    with opened(case) as archive:
        chosen = chosen_filter(archive, asked)
        found = archive.ask(siblings)
        if chosen.filters:
            numbers = set(archive.ask(timeline.order, chosen, Sort.DATE))
            left = {
                id_
                for one in found
                for id_ in (one.id, one.other)
                if archive.ask(timeline.number_of, id_) in numbers
            }
            found = tuple(one for one in found if left & {one.id, one.other})
        with output() as stream:
            FORMATS[form](stream, LISTED, iter(found), terminal(stream))
        if not found:
            click.echo("no two events are perhaps one", err=True)
