"""The commands that mark rows of a list, so that one act is on all of them."""

from tui.commands.command import Command, Completion, Group

MARKABLE = ("timeline", "actors", "sources")
"""The panes whose rows can be marked."""

MARKS: tuple[Command, ...] = (
    Command(
        "mark",
        Group.CASE,
        ("comma",),
        "Mark the row",
        "Mark the row, or take its mark off, and go to the next; :mark all marks every row of the"
        " list, as the filter leaves it. Tags, stars, grades, assessments, types and withdrawal are"
        " then on all marked rows of the list, as one change. Marks stay while you filter.",
        MARKABLE,
        typed="mark",
        argument="all",
    ),
    Command(
        "mark.range",
        Group.CASE,
        (";",),
        "Mark up to here",
        "Mark the rows from the one that was marked last to the cursor.",
        MARKABLE,
    ),
    Command(
        "unmark",
        Group.CASE,
        ("U",),
        "Take the marks off",
        "Take the marks off all rows. The case does not change.",
        typed="unmark",
    ),
    Command(
        "type.set",
        Group.CASE,
        (),
        "Set the type",
        "Set the type of the event, or of the marked events.",
        typed="set-type",
        argument="TYPE",
        changes_case=True,
        completion=Completion.EVENT_TYPE,
    ),
)
"""Part of the registry in `tui.commands.registry`."""
