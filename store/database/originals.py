"""The originals of articles: the bytes of the files that they were read from, beside a case.

They lie in the folder `war.json.originals` or `war.db.originals`, each under its
SHA-256, so that the same file is kept once. An original is there, complete, before an
article refers to it; until then an empty file marks it, so that one whose import was
interrupted is removed when the case is opened for writing.
"""

import hashlib
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from store.database import disk
from store.database.disk import resolve_link
from store.database.kept_file import NEW, keep_file
from store.errors import ConflictError, UnpurgedRedaction, UnreadableCase, UnwritableCase

_NAME = re.compile(r"[0-9a-f]{64}")
_SET_ASIDE = ".redacting"
"""The ending of an original while the words of its article are redacted."""
_MARK = ".importing"
"""The ending of an empty file beside an original that no article refers to yet."""


def originals_folder(case: Path) -> Path:
    """The folder of the originals of a case, which may not exist."""
    case = resolve_link(case)
    return case.with_name(case.name + ".originals")


def keep_original(case: Path, content: bytes) -> str:
    """Keep the bytes of an original; return their SHA-256 when they are on the disk.

    Raises `UnwritableCase`; then nothing is left of it.
    """
    digest = hashlib.sha256(content).hexdigest()
    file = originals_folder(case) / digest
    try:
        if disk.exists(file) and disk.read_file(file) == content:
            return digest
    except OSError as error:
        raise UnwritableCase(
            f"{file}: cannot be written ({error.strerror})", "check the folder and the disk"
        ) from error
    keep_file(file, content)
    return digest


def read_original(case: Path, digest: str) -> bytes | None:
    """The bytes of an original, None where it is not kept. Raises `UnreadableCase`."""
    if _NAME.fullmatch(digest) is None:  # a case from elsewhere may hold any text there
        return None
    file = originals_folder(case) / digest
    try:
        return disk.read_file(file)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise UnreadableCase(
            f"{file}: cannot be read ({error.strerror})", "check its permissions, and the disk"
        ) from error


def kept_originals(case: Path) -> list[Path]:
    """The originals of a case, by their hashes. Raises `UnreadableCase`."""
    folder = originals_folder(case)
    try:
        return sorted(file for file in folder.iterdir() if _NAME.fullmatch(file.name))
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as error:
        raise UnreadableCase(
            f"{folder}: cannot be read ({error.strerror})", "check its permissions, and the disk"
        ) from error


def copy_originals(case: Path, to: Path) -> None:
    """Keep the originals of a case beside another, a new one. Raises `UnwritableCase`."""
    try:
        for original in kept_originals(case):
            keep_original(to, disk.read_file(original))
    except BaseException:
        remove_originals(to)
        raise


def remove_originals(case: Path) -> None:
    """Remove the originals of a new case that could not be completed."""
    for original in kept_originals(case):
        disk.unlink(original)
    folder = originals_folder(case)
    if folder.is_dir() and not any(folder.iterdir()):
        folder.rmdir()


def copied_originals(case: Path, to: Path) -> str:
    """Keep the originals of a case beside a copy of it; where that fails, words that say so."""
    try:
        copy_originals(case, to)
    except (OSError, ConflictError) as error:
        why = error.strerror if isinstance(error, OSError) else error
        return f"its originals could not be copied ({why}), and stay in {originals_folder(case)}"
    return ""


@contextmanager
def keeping_original(case: Path, content: bytes) -> Iterator[None]:
    """Keep the bytes of an original if what adds its article within the context is made.

    Raises `UnwritableCase`; then nothing of it is kept.
    """
    digest = hashlib.sha256(content).hexdigest()
    folder = originals_folder(case)
    if disk.exists(folder / digest):
        keep_original(case, content)
        yield
        return
    mark = folder / f"{digest}{_MARK}"
    try:
        if folder.is_symlink():
            raise UnwritableCase(f"{folder}: is a symbolic link", "put a folder in its place")
        disk.make_folder(folder)
        mark.touch(0o600)
    except OSError as error:
        raise UnwritableCase(
            f"{mark}: cannot be written ({error.strerror})", "check the folder and the disk"
        ) from error
    try:
        keep_original(case, content)
        yield
    except ConflictError:  # after any other error it is not known here if it was made
        _discard(folder, digest)
        raise
    with suppress(OSError):  # it is removed when the case is opened again
        disk.unlink(mark)


def finish_imports(case: Path, is_referred_to: Callable[[str], bool]) -> list[str]:
    """Remove the originals of interrupted imports to which no article refers.

    Returns the SHA-256 of each that is removed.
    """
    folder = originals_folder(case)
    removed = []
    for digest in _ending_in(case, _MARK):
        if not is_referred_to(digest):
            removed.append(digest)
            _discard(folder, digest)
        with suppress(OSError):
            disk.unlink(folder / f"{digest}{_MARK}")
    for digest in _ending_in(case, NEW):
        with suppress(OSError):
            disk.unlink(folder / f"{digest}{NEW}")
    return removed


def _discard(folder: Path, digest: str) -> None:
    """Remove what an import that was not made left of an original, its mark last."""
    for ending in (NEW, "", _MARK):
        with suppress(OSError):
            disk.unlink(folder / f"{digest}{ending}")


def set_aside(case: Path) -> list[str]:
    """The SHA-256 of the originals that an interrupted redaction set aside."""
    return _ending_in(case, _SET_ASIDE)


def _ending_in(case: Path, ending: str) -> list[str]:
    """The SHA-256 in the names of the files beside the originals that end so."""
    try:
        names = [file.name for file in originals_folder(case).iterdir()]
    except OSError:
        return []
    found = (name.removesuffix(ending) for name in names if name.endswith(ending))
    return sorted(name for name in found if _NAME.fullmatch(name))


def finish_set_aside(case: Path, is_redacted: Callable[[str], bool]) -> None:
    """Remove, or put back, the originals that an interrupted redaction set aside.

    `is_redacted` says of the SHA-256 of one if the redaction was made. Raises
    `UnwritableCase`.
    """
    for digest in set_aside(case):
        (_remove if is_redacted(digest) else _put_back)(case, [digest])


@contextmanager
def redacting_originals(case: Path, digests: Iterable[str]) -> Iterator[None]:
    """Remove originals if the redaction within the context is made, else keep them.

    Raises `UnwritableCase` if one cannot be set aside: then nothing is redacted.
    """
    named = [digest for digest in digests if _NAME.fullmatch(digest)]
    aside = [digest for digest in named if disk.exists(originals_folder(case) / digest)]
    try:
        for digest in aside:
            _rename(case, digest, "", _SET_ASIDE)
        yield
    except UnpurgedRedaction:
        _remove(case, aside)
        raise
    except BaseException:
        _put_back(case, aside)
        raise
    _remove(case, aside)


def _remove(case: Path, digests: Iterable[str]) -> None:
    """Remove originals that were set aside. Raises `UnpurgedRedaction`."""
    folder = originals_folder(case)
    try:
        for digest in digests:
            disk.unlink(folder / f"{digest}{_SET_ASIDE}")
        if disk.exists(folder):
            disk.flush_folder(folder)
    except OSError as error:
        raise UnpurgedRedaction(
            f"{folder}: redacted, but the original is not removed ({error.strerror})",
            "open the case for writing again",
        ) from error


def _put_back(case: Path, digests: Iterable[str]) -> None:
    """Keep originals that were set aside, as their words are not redacted."""
    for digest in digests:
        if disk.exists(originals_folder(case) / f"{digest}{_SET_ASIDE}"):
            _rename(case, digest, _SET_ASIDE, "")


def _rename(case: Path, digest: str, before: str, after: str) -> None:
    folder = originals_folder(case)
    try:
        disk.rename(folder / f"{digest}{before}", folder / f"{digest}{after}")
        disk.flush_folder(folder)
    except OSError as error:
        raise UnwritableCase(
            f"{folder}: cannot be written ({error.strerror})", "check the folder and the disk"
        ) from error
