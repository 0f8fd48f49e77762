"""The commands that change the case, or show what was changed."""

from tui.commands.command import VIEWS, Command, Group

CHANGES: tuple[Command, ...] = (
    Command(
        "note",
        Group.CASE,
        ("e",),
        "Write a note",
        "On what the cursor is on, in Markdown. Who and when go into the log.",
        typed="note",
    ),
    Command(
        "tag",
        Group.CASE,
        ("t",),
        "Tag",
        "A word by which this is found again.",
        typed="tag",
        argument="TAG",
    ),
    Command("star", Group.CASE, ("*",), "Star", "Mark this, or take the mark away."),
    Command(
        "read",
        Group.CASE,
        ("M",),
        "Mark as read",
        "The article; again: as not read. What is read is dim among the sources.",
    ),
    Command(
        "assess",
        Group.CASE,
        ("A",),
        "Assess the event",
        "confirmed, fair, weak, contested or discounted, and why.",
        typed="assess",
        argument="VERDICT REASON",
    ),
    Command(
        "grade",
        Group.CASE,
        ("=",),
        "Grade the source or claim",
        "Reliability A-F of a source, an article's publisher or an origin, credibility 1-6 of a"
        " claim, and why.",
        typed="grade",
        argument="GRADE REASON",
    ),
    Command(
        "rule",
        Group.CASE,
        ("R",),
        "Rule on two claims",
        "What the claim of the cell is to the one set against it: same, refines, compatible or"
        " contradicts, and why. It is shown beside the reading, as §.",
        VIEWS[:1],
        typed="rule",
        argument="VERDICT REASON",
    ),
    Command(
        "kinship",
        Group.CASE,
        (),
        "Copy or one house",
        "Whether this article and another are one text, of one house, or apart, and why; the words"
        " that both share are shown. One text, and one house, then count once.",
        typed="kinship",
        argument="VERDICT REASON",
    ),
    Command(
        "date_rule",
        Group.CASE,
        (),
        "Rule of the date",
        "How the date of the event follows from the claims: majority or range.",
        typed="date-rule",
        argument="RULE",
    ),
    Command(
        "attach",
        Group.CASE,
        (),
        "Attach an original",
        "Put the original of an article in place of its digest. The file is known by its SHA-256:"
        " every byte must be as it was.",
        typed="attach",
        argument="FILE",
    ),
    Command(
        "import",
        Group.CASE,
        (),
        "Import a data set",
        "Rows of UCDP GED, ACLED or GDELT, while you go on reading; :import stop stops it, and"
        " nothing of it stays. Without a file: what the last import came to.",
        typed="import",
        argument="FILE",
    ),
    Command(
        "withdraw",
        Group.CASE,
        ("d",),
        "Withdraw",
        "The event, article, passage or claim that the cursor is on, with all that rests on it;"
        " what goes is said before. It stays in the log, and undo brings it back.",
        typed="withdraw",
        argument="REASON",
    ),
    Command(
        "redact",
        Group.CASE,
        (),
        "Redact words",
        "Take words, such as the name of a witness, out of what the cursor is on, the log and the"
        " older snapshots, for good. Their hash stays.",
        typed="redact",
        argument="WORDS",
    ),
    Command(
        "said",
        Group.CASE,
        ("i",),
        "What persons say",
        "Notes, tags, grades, assessments, rulings and findings on this; alter or withdraw them"
        " there.",
    ),
    Command("undo", Group.CASE, ("u",), "Undo", "Take the last change of the case back."),
    Command("redo", Group.CASE, ("ctrl+r",), "Redo", "Do again what was taken back."),
    Command(
        "log",
        Group.CASE,
        ("L",),
        "Log",
        "Who changed what, when, before and after; Enter shows all of it, Enter again goes there.",
        typed="log",
    ),
    Command(
        "filter.save",
        Group.CASE,
        (),
        "Save the filter",
        "Keep the filters that there are under a name.",
        typed="save",
        argument="NAME",
    ),
)
"""Part of the registry in `tui.commands.registry`."""
