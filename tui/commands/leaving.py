"""The commands that take something out of the program: copy, open, read elsewhere."""

from tui.commands.command import Command, Completion, Group

LEAVING: tuple[Command, ...] = (
    Command(
        "copy",
        Group.LEAVE,
        ("y",),
        "Copy",
        "Copy the passage with its citation, a citation, the address, the id or the row; compared:"
        " both passages face to face. By tmux, a program of the desktop, or the terminal (OSC 52).",
        typed="copy",
        argument="WHAT",
        waits_for_panes=True,
        of_selection=True,
    ),
    Command(
        "open.address",
        Group.LEAVE,
        ("o",),
        "Open the address",
        "Open the address of the article in a browser. Where there is none, show it whole and copy"
        " it. This is the only command that makes another program use the network.",
        typed="browse",
        waits_for_panes=True,
    ),
    Command(
        "pager",
        Group.LEAVE,
        ("V",),
        "Read in the pager",
        "Read the article in $PAGER, or of an event all claims with their passages.",
        typed="pager",
        waits_for_panes=True,
    ),
    Command(
        "export",
        Group.LEAVE,
        (),
        "Export",
        "Write what the filter leaves to a new file: csv, json, jsonl, geojson or kml (events), csl"
        " or ris (articles), annotations (claims), ftm (FollowTheMoney). Esc stops it.",
        typed="export",
        argument="FORMAT FILE",
        completion=Completion.EXPORT,
    ),
    Command(
        "dossier",
        Group.LEAVE,
        (),
        "Write a dossier",
        "Write what is claimed about the event, actor or place at hand, each sentence with its"
        " passages, to a new file: FILE.html or FILE.md. `filter` before it: about the events of"
        " the filter; `dispute`: about what the cursor compares. --force after it replaces a file.",
        typed="dossier",
        argument="FILE",
        completion=Completion.DOSSIER,
        waits_for_panes=True,
    ),
)
"""Part of the registry in `tui.commands.registry`."""
