"""The command that writes a dossier."""

from pathlib import Path

from store.errors import UsageError
from store.exporting.write_dossier import write_dossier
from tui.cli.lists import Asked, chosen_filter, opened
from tui.output import say


def write(
    subject: str | None,
    into: Path,
    case: Path | None,
    *,
    borders: bool,
    force: bool,
    **asked: Asked,
) -> None:
    """Write the dossier about a subject, or about the events of a filter, to a file.

    Raises `UsageError` unless either a subject or a filter is given, and what
    `write_dossier` and `chosen_filter` raise.
    """
    if any(asked.values()) == (subject is not None):
        raise UsageError(
            "a dossier is about either one ID or the events of a filter",
            "for example: conflict-tui dossier Hama --into hama.html",
        )
    with opened(case) as archive:
        about = chosen_filter(archive, asked) if subject is None else subject
        found = write_dossier(archive, about, into, borders=borders, force=force)
    say(f"{into} has {found.summary}")
    for words in found.left_out:
        say(f"left out, as it may not be passed on: {words}")
