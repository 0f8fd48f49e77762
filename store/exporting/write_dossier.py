"""A dossier of an open case, written to a file."""

from pathlib import Path

from store.archive import Archive
from store.dossier.dossier import Dossier, dossier_of, dossier_of_filter
from store.dossier.forms import form_of
from store.exporting.export_file import export_file
from store.queries.filters import Filters


def write_dossier(
    archive: Archive,
    about: str | Filters,
    into: Path,
    *,
    borders: bool = True,
    force: bool = False,
) -> Dossier:
    """Write the dossier about a subject, a claim at odds or a filter, and return it.

    The ending of the file is its form. Raises what `form_of`, `dossier_of`,
    `dossier_of_filter` and `export_file` raise: then nothing was written.
    """
    form = form_of(into)
    case = archive.case.title or archive.case.name
    with export_file(into, archive.path, force=force) as stream:
        if isinstance(about, str):
            found = archive.ask(dossier_of, about, case)
        else:
            words = " ".join(one.text() for one in about.filters)
            found = archive.ask(dossier_of_filter, about, words, case)
        stream.writelines(form(found, borders=borders))
    return found
