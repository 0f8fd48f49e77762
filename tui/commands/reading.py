"""The commands that bring articles in, list them, and search them."""

from tui.commands.command import Command, Completion, Group

READING: tuple[Command, ...] = (
    Command(
        "articles",
        Group.FIND,
        ("I",),
        "Articles",
        "List all articles, the unread first: unread, uncoded (read, without a claim) and coded,"
        " also those behind no event. Typing finds words in title, text and publisher;"
        " Enter reads one.",
        typed="articles",
    ),
    Command(
        "search",
        Group.FIND,
        (),
        "Search the texts",
        'Find words in the texts, titles and events: "a phrase", -without, one OR other. Enter goes'
        " to the words in the text; n and N go on from there.",
        typed="search",
        argument="WORDS",
    ),
    Command(
        "original",
        Group.VIEW,
        ("O",),
        "Original",
        "Show the original of the article: its hash, where it came from, each field"
        " and how it was read, and the sentences that are not in the text. Enter takes such a"
        " sentence back.",
        typed="original",
        waits_for_panes=True,
    ),
    Command(
        "paste",
        Group.CASE,
        (),
        "Paste an article",
        "Bring in an article by pasting its text: the title, publisher, times and address in it are"
        " read, and shown in a form to be corrected.",
        typed="paste",
        changes_case=True,
    ),
    Command(
        "new",
        Group.PROGRAM,
        (),
        "New case",
        "Make an empty case, and open it.",
        typed="new",
        argument="FILE",
    ),
    Command(
        "open",
        Group.PROGRAM,
        (),
        "Open a case",
        "Open another case: one of the last, or a file.",
        typed="open",
        argument="CASE",
        completion=Completion.CASE,
    ),
)
"""Part of the registry in `tui.commands.registry`."""
