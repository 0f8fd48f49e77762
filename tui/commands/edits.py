"""The commands that change the case, or show what was changed."""

from tui.commands.command import Command, Completion, Group
from tui.commands.panes import VIEWS

CHANGES: tuple[Command, ...] = (
    Command(
        "note",
        Group.CASE,
        ("e",),
        "Write a note",
        "Write a note on the selected record, in Markdown. The log records author and time. Ctrl+P"
        " makes it private: `pack --for` leaves it out. Ctrl+O opens it in $EDITOR.",
        typed="note",
        argument="private",
        changes_case=True,
    ),
    Command(
        "tag",
        Group.CASE,
        ("t",),
        "Tag",
        "Add a tag, to find the record again.",
        typed="tag",
        argument="TAG",
        changes_case=True,
    ),
    Command(
        "star",
        Group.CASE,
        ("*",),
        "Star",
        "Star the record, or remove the star.",
        changes_case=True,
    ),
    Command(
        "read",
        Group.CASE,
        ("M",),
        "Mark as read",
        "Mark the article as read; again: as unread. Read articles are dim among the sources.",
        changes_case=True,
    ),
    Command(
        "assess",
        Group.CASE,
        ("A",),
        "Assess the event",
        "Assess it as confirmed, fair, weak, contested or discounted, with a reason.",
        typed="assess",
        argument="VERDICT REASON",
        changes_case=True,
    ),
    Command(
        "grade",
        Group.CASE,
        ("=",),
        "Grade the source or claim",
        "Grade the reliability A-F of a source, publisher or origin, or the credibility 1-6 of a"
        " claim, with a reason.",
        typed="grade",
        argument="GRADE REASON",
        changes_case=True,
    ),
    Command(
        "rule",
        Group.CASE,
        ("R",),
        "Rule on two claims",
        "Rule how the cell's claim relates to the one compared: same, refines, compatible or"
        " contradicts, with a reason. The ruling appears beside the reading, as §.",
        VIEWS[:1],
        typed="rule",
        argument="VERDICT REASON",
        changes_case=True,
    ),
    Command(
        "kinship",
        Group.CASE,
        (),
        "Copy or one house",
        "Record if this article and another are one text, from one house, or apart, with a reason;"
        " it shows their shared words. One text, and one house, then count once.",
        typed="kinship",
        argument="VERDICT REASON",
        changes_case=True,
    ),
    Command(
        "date_rule",
        Group.CASE,
        (),
        "Choose the date rule",
        "Set how the event's date follows from its claims: majority or range.",
        typed="date-rule",
        argument="RULE",
        changes_case=True,
        completion=Completion.DATE_RULE,
    ),
    Command(
        "attach",
        Group.CASE,
        (),
        "Attach an original",
        "Replace the digest of an article with its original. The file is recognised by its SHA-256:"
        " every byte must match.",
        typed="attach",
        argument="FILE",
        changes_case=True,
        completion=Completion.FILE,
    ),
    Command(
        "import",
        Group.CASE,
        (),
        "Import articles or data sets",
        "Import reports (text, pages, mails, PDF, Word …) or UCDP GED, ACLED, GTD and GDELT, a file"
        " or a folder, or a case as text, while you go on reading; :import stop cancels it, and"
        " nothing is kept."
        " --dates dmy or mdy after the file says whether day or month comes first."
        " Without a file: show the last import report.",
        typed="import",
        argument="FILE",
        changes_case=True,
        completion=Completion.FILE,
    ),
    Command(
        "coding",
        Group.CASE,
        (),
        "Write the case as text",
        "Write the case into a new folder of TOML files and articles, to edit it; :import takes it"
        " back in. Its log and the original files are not in it.",
        typed="coding",
        argument="FOLDER",
    ),
    Command(
        "withdraw",
        Group.CASE,
        ("d",),
        "Withdraw",
        "Withdraw the selected event, article, passage or claim with everything that depends on it,"
        " listed beforehand. After the reason, ↓ Enter withdraws it. The log keeps it, and undo"
        " brings it back.",
        typed="withdraw",
        argument="REASON",
        waits_for_panes=True,
        changes_case=True,
    ),
    Command(
        "redact",
        Group.CASE,
        (),
        "Redact words",
        "Remove words, such as a witness's name, from the selected record, the log and the older"
        " snapshots, for good. Their hash stays.",
        typed="redact",
        argument="WORDS",
        changes_case=True,
    ),
    Command(
        "said",
        Group.CASE,
        ("i",),
        "Notes and judgements",
        "List notes, tags, grades, assessments, rulings and findings on this, to edit or withdraw"
        " them.",
    ),
    Command(
        "undo",
        Group.CASE,
        ("u",),
        "Undo",
        "Undo the last change of the case.",
        changes_case=True,
    ),
    Command(
        "redo",
        Group.CASE,
        ("ctrl+r",),
        "Redo",
        "Redo the change undone last.",
        changes_case=True,
    ),
    Command(
        "log",
        Group.CASE,
        ("L",),
        "Log",
        "Show who changed what and when. Enter shows the full change; Enter again goes there.",
        typed="log",
    ),
    Command(
        "filter.save",
        Group.CASE,
        (),
        "Save the filter",
        "Save the current filters under a name.",
        typed="save",
        argument="NAME",
        changes_case=True,
    ),
)
"""Part of the registry in `tui.commands.registry`."""
