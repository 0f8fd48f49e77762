"""The keys of a form, for its help and for docs/keys.md."""

from tui.commands.command import Command, Group

FORM_COMMANDS: tuple[Command, ...] = (
    Command(
        "enter",
        Group.CODE,
        ("enter",),
        "Take, fill, save",
        "Take the value that is offered (⏎). Without one, type or choose it. The last row saves.",
    ),
    Command("move(1)", Group.CODE, ("down", "tab"), "Next field", "Go on; nothing is taken."),
    Command(
        "move(-1)", Group.CODE, ("up", "shift+tab"), "Previous field", "Go back; nothing is taken."
    ),
    Command(
        "leave",
        Group.CODE,
        ("escape", "ctrl+c"),
        "Leave",
        "Leave the line that is typed in, else the form; what was filled in is kept as a draft.",
    ),
)
"""The keys that work everywhere in a form; the id is the action of its window."""

FIELD_COMMANDS: tuple[Command, ...] = (
    Command("turn(1)", Group.CODE, ("right",), "Other offer", "Show the next offer of the field."),
    Command("turn(-1)", Group.CODE, ("left",), "Offer before", "Show the offer before."),
    Command(
        "empty",
        Group.CODE,
        ("backspace", "delete"),
        "Empty",
        "Give back the value of the field. Any letter begins to fill it.",
    ),
    Command(
        "help", Group.CODE, ("?",), "Keys", "Show the keys of a form, and how values are typed."
    ),
)
"""The keys that work while no line is typed in."""
