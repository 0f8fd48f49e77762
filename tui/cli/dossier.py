"""The command that writes a dossier."""

from pathlib import Path

from store.dossier import dossier, forms
from store.dossier.written import write_whole
from store.errors import UsageError
from store.model.text import one_line
from tui.cli.lists import Asked, chosen_filter, opened
from tui.output import say


def write_dossier(
    subject: str | None,
    into: Path,
    case: Path | None,
    *,
    borders: bool,
    force: bool,
    **asked: Asked,
) -> None:
    """Write the dossier about a subject, or about the events of a filter, to a file.

    The ending of the file is its form. Raises `UsageError` for another ending, and unless
    either a subject or a filter is given; and what `dossier_of` and `write_whole` do.
    """
    form = forms.form_of(into)
    with opened(case) as archive:
        chosen = chosen_filter(archive, asked)
        if bool(chosen.filters) == (subject is not None):
            raise UsageError(
                "a dossier is about either one ID or the events of a filter",
                "for example: conflict-tui dossier Hama --into hama.html",
            )
        name = archive.case.title or archive.case.name
        if subject is not None:
            found = archive.ask(dossier.dossier_of, subject, name)
        else:
            words = " ".join(one_line(one.text()) for one in chosen.filters)
            found = archive.ask(dossier.dossier_of_filter, chosen, words, name)
    write_whole(into, "".join(form(found, borders=borders)), force=force)
    say(f"wrote {into}: {found.summary}")
    for words in found.left_out:
        say(f"left out, as it may not be passed on: {words}")
