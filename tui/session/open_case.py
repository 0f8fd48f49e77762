"""Opening a case for the screen: the copy to use, for writing or for reading only."""

from pathlib import Path

from store.archive import Archive
from store.custody.own_copy import newer_bundled, own_copy_path
from store.errors import ReadOnlyCase, UnwritableCase
from tui.session.recent_cases import remember_case
from tui.session.session import Session
from tui.session.settings import author


def open_session(case: Path, *, bundled: bool, read_only: bool) -> Session:
    """Open a session on a case, which is then the first of the recent ones.

    Raises what `_open` raises.
    """
    session = _open(case, bundled=bundled, read_only=read_only)
    if not bundled:
        remember_case(case)
    return session


def _open(case: Path, *, bundled: bool, read_only: bool) -> Session:
    """Open a session on a case.

    For the bundled case, opens the user's own copy if there is one. A case that
    cannot be written is opened for reading, and the session says why. Raises an
    error of `store.errors` if it cannot be read either.
    """
    name = author()
    copy = own_copy_path(case)
    told: tuple[str, ...] = ()
    if bundled and not read_only and copy.exists():
        if newer_bundled(copy, case):
            told = ("There is a newer version of the bundled case: conflict-tui --bundled.",)
        case, bundled = copy, False
    if bundled or read_only:
        archive = Archive.open(case, author=name)
        why = "" if bundled and not read_only else "it was opened read-only"
        return Session(
            archive,
            case,
            bundled=bundled and not read_only,
            author=archive.author,
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
            author=archive.author,
            why=error.message,
            told=(*told, *archive.notices),
            waits=True,
        )
    told = (*told, *archive.notices)
    return Session(archive, case, bundled=False, author=archive.author, told=told)
