"""The commands that count, sort and choose columns."""

from tui.commands.command import Command, Completion, Group
from tui.commands.panes import PANES

_TIMELINE = PANES[:1]

FIGURES: tuple[Command, ...] = (
    Command(
        "sort",
        Group.FIGURES,
        ("s",),
        "Sort the timeline",
        "Choose what to sort by, the focused column first. Events that lack it come last.",
        PANES,
        typed="sort",
        argument="ORDER",
        completion=Completion.SORT,
    ),
    Command(
        "sort.turn",
        Group.FIGURES,
        ("S",),
        "Turn the order",
        "Sort the other way round. Events that lack what is sorted by stay last.",
        PANES,
    ),
    Command(
        "frequency",
        Group.FIGURES,
        ("F",),
        "How often",
        "Count the events of the filter by the values of the focused column or list: actors,"
        " places, sources, types or months, with their dead. Enter filters by one.",
        PANES,
        typed="frequency",
        argument="FIELD",
        completion=Completion.FIELD,
    ),
    Command(
        "trend",
        Group.FIGURES,
        ("P",),
        "Trend",
        "Plot the events or the dead of the filter over time, in one line or by actor, place,"
        " source or type. Enter filters.",
        PANES,
        typed="trend",
        argument="FIELD",
        completion=Completion.FIELD,
    ),
    Command(
        "measure",
        Group.FIGURES,
        ("H",),
        "Events or dead",
        "Let the histogram show the dead instead of the events, or the events.",
        PANES,
    ),
    Command(
        "brush",
        Group.FIGURES,
        ("b",),
        "Choose dates in the histogram",
        "Move with h and l; b again holds the one end. Enter filters by the dates, Esc leaves.",
        PANES,
    ),
    Command(
        "columns",
        Group.FIGURES,
        (),
        "Choose columns",
        "Show or hide a column of the timeline. :columns by-width lets the width decide again.",
        PANES,
        typed="columns",
        argument="COLUMN",
        completion=Completion.COLUMN,
    ),
    Command(
        "column.narrower",
        Group.FIGURES,
        ("shift+left",),
        "Narrower column",
        "Give the focused column less room.",
        _TIMELINE,
    ),
    Command(
        "column.wider",
        Group.FIGURES,
        ("shift+right",),
        "Wider column",
        "Give the focused column more room.",
        _TIMELINE,
    ),
)
"""Part of the registry in `tui.commands.registry`."""
