"""The commands of coding: selecting words of an article, and claiming by them."""

from tui.commands.command import Command, Completion, Group

CODING: tuple[Command, ...] = (
    Command(
        "select",
        Group.CODE,
        ("v",),
        "Select words",
        "Select the sentence at the cursor of the article; again: its paragraph, then one word."
        " The arrow keys and h j k l move the end of the selection; Esc leaves it.",
        waits_for_panes=True,
    ),
    Command(
        "select.word.next",
        Group.CODE,
        ("W",),
        "One word more",
        "Select one word more, at the end with the cursor.",
        ("article",),
        waits_for_panes=True,
    ),
    Command(
        "select.word.previous",
        Group.CODE,
        ("B",),
        "One word less",
        "Select one word less.",
        ("article",),
        waits_for_panes=True,
    ),
    Command(
        "select.sentence.next",
        Group.CODE,
        (")",),
        "One sentence more",
        "Select one sentence more.",
        ("article",),
        waits_for_panes=True,
    ),
    Command(
        "select.sentence.previous",
        Group.CODE,
        ("(",),
        "One sentence less",
        "Select one sentence less.",
        ("article",),
        waits_for_panes=True,
    ),
    Command(
        "select.paragraph.next",
        Group.CODE,
        ("}",),
        "One paragraph more",
        "Select one paragraph more.",
        ("article",),
        waits_for_panes=True,
    ),
    Command(
        "select.paragraph.previous",
        Group.CODE,
        ("{",),
        "One paragraph less",
        "Select one paragraph less.",
        ("article",),
        waits_for_panes=True,
    ),
    Command(
        "claim",
        Group.CODE,
        ("a",),
        "Add a claim",
        "Claim by the selected words, or by the passage at the cursor: about which event, actor or"
        " place, what, and on whose authority. What the words offer is shown; Enter takes it.",
        typed="claim",
        waits_for_panes=True,
        changes_case=True,
    ),
    Command(
        "edit",
        Group.CODE,
        ("E",),
        "Edit the record",
        "Edit the event, actor, source or article under the cursor in a form. The log keeps what it"
        " was.",
        typed="edit",
        waits_for_panes=True,
        changes_case=True,
    ),
    Command(
        "gazetteer",
        Group.CODE,
        (),
        "Gazetteer",
        "Index a gazetteer (a dump of GeoNames, or CSV), from which new places, +Name in a form,"
        " get their coordinates. Without a file: say which one is indexed.",
        typed="gazetteer",
        argument="FILE",
        completion=Completion.FILE,
    ),
)
"""Part of the registry in `tui.commands.registry`."""
