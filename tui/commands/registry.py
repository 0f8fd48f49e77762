"""The one registry of commands: it feeds the keys, the palette, the help and docs/keys.md.

A key has its Textual name. A command is in the registry only if it works.
"""

from collections.abc import Iterator

from tui.commands.coding import CODING
from tui.commands.command import Command, Completion, Group
from tui.commands.edits import CHANGES
from tui.commands.figures import FIGURES
from tui.commands.filters import FILTERS
from tui.commands.leaving import LEAVING
from tui.commands.marks import MARKS
from tui.commands.panes import LISTS, PANE_ROWS, PANES, VIEWS
from tui.commands.reading import READING

THEME_NAMES = ("dark", "light", "terminal-dark", "terminal-light", "plain")
"""The names of the themes in `tui.styles.themes`."""

COMMANDS: tuple[Command, ...] = (
    Command(
        "pivot",
        Group.PIVOT,
        ("enter",),
        "Follow",
        "Timeline: go to the passage in the first article that supports the event. Sources: to"
        " that article. Actors: to the events of this actor. Article: to the event that the"
        " passage supports, or a list of several. Compared: to the passage in the article.",
        waits_for_panes=True,
    ),
    Command(
        "article.next",
        Group.PIVOT,
        ("]", "J"),
        "Next supporting article",
        "The next article that supports the event, from any pane; the focus stays. Compared:"
        " the next article that mentions this.",
        waits_for_panes=True,
    ),
    Command(
        "article.previous",
        Group.PIVOT,
        ("[", "K"),
        "Previous supporting article",
        "The previous supporting article, from any pane; the focus stays.",
        waits_for_panes=True,
    ),
    Command(
        "match.next",
        Group.PIVOT,
        ("n",),
        "Next match or passage",
        "The next match of the search; without one, the next passage of the article. With words"
        " selected: select the next sentence. Compared: the next claim to compare with this one.",
        waits_for_panes=True,
        of_selection=True,
    ),
    Command(
        "match.previous",
        Group.PIVOT,
        ("N",),
        "Previous match or passage",
        "The previous match or passage, or with words selected the previous sentence.",
        waits_for_panes=True,
        of_selection=True,
    ),
    Command(
        "back",
        Group.PIVOT,
        ("backspace", "alt+left"),
        "Back",
        "Go back to where you were, with cursor, scroll, filters and panes.",
    ),
    Command(
        "forward",
        Group.PIVOT,
        ("alt+right",),
        "Forward",
        "Reverse the last step back.",
    ),
    Command(
        "compare",
        Group.COMPARE,
        ("c",),
        "Compare what is claimed",
        "Compare what every article says about this event, or the selected actor, claim by"
        " claim: what agrees, updates or contradicts. Again: back.",
        typed="compare",
        argument="NAME",
        waits_for_panes=True,
        completion=Completion.SUBJECT,
    ),
    Command(
        "who",
        Group.COMPARE,
        ("w",),
        "Who says so",
        "Show each origin and the articles that rest on it. Again: back.",
        waits_for_panes=True,
    ),
    Command(
        "dispute.next",
        Group.COMPARE,
        ("x",),
        "Next contradiction",
        "Go to the next claim of the event that is contradicted, stale or otherwise at odds.",
        waits_for_panes=True,
    ),
    Command(
        "dispute.case",
        Group.COMPARE,
        ("X",),
        "Next contradiction of the case",
        "Go to the next event, place or actor with claims at odds.",
        waits_for_panes=True,
    ),
    Command(
        "disputes",
        Group.COMPARE,
        ("D",),
        "List what is at odds",
        "List every event, place and actor with claims at odds.",
        typed="disputes",
    ),
    Command(
        "by_origin",
        Group.COMPARE,
        ("r",),
        "By article or by origin",
        "Show one column per article, or one per origin.",
        VIEWS[:1],
        waits_for_panes=True,
    ),
    Command(
        "find",
        Group.FIND,
        ("/",),
        "Find in the pane",
        "Find as you type; lower case matches both cases. Enter keeps the matches for n and N;"
        " Esc takes you back.",
    ),
    *FILTERS,
    *FIGURES,
    Command("move.down", Group.MOVE, ("j", "down"), "Down", "Next row, or next line of the text."),
    Command("move.up", Group.MOVE, ("k", "up"), "Up", "Previous row, or line of the text."),
    Command(
        "move.left",
        Group.MOVE,
        ("h", "left"),
        "Left",
        "Previous character of the text, or previous column.",
        ("timeline", "article", "compare"),
        waits_for_panes=True,
    ),
    Command(
        "move.right",
        Group.MOVE,
        ("l", "right"),
        "Right",
        "Next character of the text, or next column.",
        ("timeline", "article", "compare"),
        waits_for_panes=True,
    ),
    Command(
        "move.top", Group.MOVE, ("g", "home"), "To the top", "First row, or start of the text."
    ),
    Command("move.end", Group.MOVE, ("G", "end"), "To the end", "Last row, or end of the text."),
    Command("move.page_down", Group.MOVE, ("ctrl+d", "pagedown"), "Page down", "Next page."),
    Command("move.page_up", Group.MOVE, ("ctrl+u", "pageup"), "Page up", "Previous page."),
    Command("pane.next", Group.MOVE, ("tab",), "Next pane", "Focus the next pane.", PANES),
    Command(
        "pane.previous",
        Group.MOVE,
        ("shift+tab",),
        "Previous pane",
        "Focus the previous pane.",
        PANES,
    ),
    *(
        Command(
            f"pane.{pane.id}",
            Group.MOVE,
            (pane.key,),
            pane.label,
            f"Focus the {pane.label.lower()}.",
        )
        for pane in PANE_ROWS
    ),
    *READING,
    *CODING,
    *MARKS,
    *CHANGES,
    *LEAVING,
    Command(
        "datasets",
        Group.VIEW,
        (),
        "Data sets",
        "List the data sets in the case, with licence, flags and citation. Enter filters by one.",
        typed="datasets",
    ),
    Command(
        "scope",
        Group.VIEW,
        (".",),
        "This event or all",
        "Actors and sources: those of this event, or of all matching events, with counts."
        " Compared: all, or only what is at odds.",
        ("actors", "sources", "compare"),
        waits_for_panes=True,
    ),
    Command(
        "zoom", Group.VIEW, ("z",), "Zoom", "Show the focused pane alone, or all again.", PANES
    ),
    Command("narrower", Group.VIEW, ("<",), "Narrower lists", "Give the article more room.", PANES),
    Command("wider", Group.VIEW, (">",), "Wider lists", "Give the lists more room.", PANES),
    Command(
        "theme",
        Group.VIEW,
        ("T",),
        "Dark or light",
        "Change between dark and light, or to the theme named: dark or light, terminal-dark or"
        " terminal-light in the terminal's own colours, or plain.",
        typed="theme",
        argument="NAME",
        completion=Completion.THEME,
        needs_case=False,
    ),
    Command(
        "palette",
        Group.PROGRAM,
        (":", "ctrl+p"),
        "Commands",
        "Find a command by its name, or type one, such as :actor HTS.",
    ),
    Command(
        "help",
        Group.PROGRAM,
        ("?",),
        "Keys",
        "Show the keys of the focused pane and the meaning of all signs.",
        needs_case=False,
    ),
    Command(
        "signs",
        Group.PROGRAM,
        ("!",),
        "Signs on the screen",
        "Explain the signs that are on the screen now.",
        typed="signs",
    ),
    Command(
        "cancel",
        Group.PROGRAM,
        ("escape",),
        "One step out",
        "Leave a window, a search or the zoom; it never changes filters and never quits.",
        of_selection=True,
    ),
    Command(
        "quit",
        Group.PROGRAM,
        ("q", "ctrl+q"),
        "Quit",
        "End the program.",
        typed="quit",
        aliases=("q", "q!", "wq", "x", "exit"),
        needs_case=False,
    ),
    Command(
        "interrupt",
        Group.PROGRAM,
        ("ctrl+c",),
        "How to quit",
        "Show how to quit, in case Ctrl+C was pressed by mistake.",
        needs_case=False,
    ),
    Command(
        "suspend",
        Group.PROGRAM,
        ("ctrl+z",),
        "Suspend",
        "Stop the program until the shell brings it back with fg.",
        needs_case=False,
    ),
    Command(
        "redraw", Group.PROGRAM, ("ctrl+l",), "Redraw", "Draw the screen anew.", needs_case=False
    ),
    Command(
        "author",
        Group.PROGRAM,
        (),
        "Your name",
        "Change the name under which the log records your changes.",
        typed="author",
        argument="NAME",
    ),
    Command(
        "saved",
        Group.PROGRAM,
        (),
        "What is saved",
        "Every change is saved at once; this says where.",
        typed="saved",
        aliases=("w", "write"),
    ),
)

__all__ = [
    "BY_FILTER",
    "BY_ID",
    "BY_TYPED",
    "COMMANDS",
    "LISTS",
    "OVERLAY_COMMANDS",
    "PANES",
    "THEME_NAMES",
    "VIEWS",
    "Command",
    "Completion",
    "Group",
]

BY_ID = {command.id: command for command in COMMANDS}

BY_TYPED = {
    word: command for command in COMMANDS for word in (command.typed, *command.aliases) if word
}
"""The commands by the words that are typed for them."""

BY_FILTER = {command.filter: command for command in COMMANDS if command.filter}
"""The command that adds a filter of each kind."""

OVERLAY_COMMANDS: tuple[Command, ...] = (
    Command("list.down", Group.MOVE, ("down", "ctrl+n"), "Down", "Next row."),
    Command("list.up", Group.MOVE, ("up",), "Up", "Previous row."),
    Command("list.page_down", Group.MOVE, ("pagedown",), "Page down", "Next page."),
    Command("list.page_up", Group.MOVE, ("pageup",), "Page up", "Previous page."),
    Command("list.choose", Group.PIVOT, ("enter",), "Choose", "Do what the row says."),
    Command(
        "list.close", Group.PROGRAM, ("escape", "ctrl+c"), "Close", "Go back to where you were."
    ),
    Command("list.suspend", Group.PROGRAM, ("ctrl+z",), "Suspend", "As on the screen."),
)
"""The commands of the windows over the screen: palette, help, choice of an event."""

_SHOWN = {
    "down": "↓",
    "up": "↑",
    "left": "←",
    "right": "→",
    "escape": "Esc",
    "comma": ",",
    "shift+tab": "Shift+Tab",
    "pagedown": "PgDn",
    "pageup": "PgUp",
    "alt+left": "Alt+←",
    "alt+right": "Alt+→",
    "shift+left": "Shift+←",
    "shift+right": "Shift+→",
}


def shown_key(key: str) -> str:
    """The key as it is written for people: `↓`, `Enter`, `Ctrl+D`."""
    if key in _SHOWN:
        return _SHOWN[key]
    if key.startswith("ctrl+"):
        return "Ctrl+" + key[5:].upper()
    return key.capitalize() if len(key) > 1 else key


def key_of(command: str) -> str:
    """The first key of the command with an id, as it is written for people."""
    return shown_key(BY_ID[command].keys[0])


def shown_keys(command: Command) -> str:
    """All keys of a command, `j ↓`; if it has no key, its typed form, `:actor NAME`."""
    if command.keys:
        return " ".join(shown_key(key) for key in command.keys)
    return typed_form(command)


def typed_form(command: Command) -> str:
    """`:actor NAME`; empty if the command has none."""
    return f":{command.typed} {command.argument}".rstrip() if command.typed else ""


def in_pane(pane: str) -> Iterator[Command]:
    """The commands that do something in a pane."""
    return (command for command in COMMANDS if not command.panes or pane in command.panes)
