"""How a case is opened for the screen: whose copy, to be written or only read."""

from pathlib import Path

from store.archive import Archive
from store.custody.own_copy import newer_bundled, own_copy_path
from store.errors import ReadOnlyCase, UnwritableCase
from tui.session.session import Session
from tui.session.settings import author


def open_session(case: Path, *, bundled: bool, read_only: bool) -> Session:
    """The session over a case.

    Of a bundled case the user's own copy is opened where there is one. A case
    that cannot be written is opened for reading, and the desk says why. Raises
    an error of `store.errors` where it cannot be read either.
    """
    name = author()
    copy = own_copy_path(case)
    told: tuple[str, ...] = ()
    if bundled and not read_only and copy.exists():
        if newer_bundled(copy, case):
            told = ("A newer version of the bundled case is there: see conflict-tui --bundled.",)
        case, bundled = copy, False
    if bundled or read_only:
        archive = Archive.open(case, author=name)
        why = "" if bundled and not read_only else "it was opened for reading only"
        return Session(
            archive,
            case,
            bundled=bundled and not read_only,
            author=name,
            why=why,
            told=archive.notices,
        )
    try:
        archive = Archive.open(case, author=name, writing=True)
    except (ReadOnlyCase, UnwritableCase) as error:
        archive = Archive.open(case, author=name)
        return Session(
            archive,
            case,
            bundled=False,
            author=name,
            why=error.message,
            told=(*told, *archive.notices),
            waits=True,
        )
    return Session(archive, case, bundled=False, author=name, told=(*told, *archive.notices))
