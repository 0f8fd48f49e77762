"""The commands that say which events are looked at; those of a kind are made from its row."""

from store.queries.filters import FilterKind
from tui.commands.command import Command, Completion, Group

_KEYS = {FilterKind.WORDS: ("&",)}
"""The keys of the kinds that have any; the others are typed."""


def _command(kind: FilterKind) -> Command:
    row = kind.row
    return Command(
        f"filter.{kind}",
        Group.FIND,
        _KEYS.get(kind, ()),
        row.label,
        row.help,
        typed=row.typed or row.name,
        argument=row.argument,
        filter=kind,
    )


FILTERS: tuple[Command, ...] = (
    *(_command(kind) for kind in _KEYS),
    Command(
        "filter.add",
        Group.FIND,
        ("space",),
        "Filter by the row",
        "Add a filter: only events of this actor or this source.",
        ("actors", "sources"),
        waits_for_panes=True,
    ),
    Command(
        "filter.drop", Group.FIND, ("-",), "Drop the newest filter", "Remove the newest filter."
    ),
    Command(
        "filter.edit",
        Group.FIND,
        ("_",),
        "Edit or drop a filter",
        "List the filters: Enter edits one, - drops it, ! excludes or includes.",
        typed="filters",
    ),
    Command("filter.clear", Group.FIND, (), "Drop all filters", "Show all events.", typed="all"),
    *(_command(kind) for kind in FilterKind if kind not in _KEYS),
    Command(
        "filter.open",
        Group.FIND,
        (),
        "Open a saved filter",
        "Use the filters saved under a name.",
        typed="filter",
        argument="NAME",
        completion=Completion.SAVED_FILTER,
    ),
)
"""Part of the registry in `tui.commands.registry`."""
