"""A case that is open, the ways in which it goes from its place, and what is done to it then."""

import errno
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from store.archive import Archive
from store.custody.verify import verify
from store.custody.verify_database import DatabaseCheck
from store.database.sqlite import is_database, wal_files
from store.errors import ReplacedCase
from tests.store.harvest import Harvest
from tests.store.importing import imported
from tests.store.kept import NAMES, KeptCase, entitle, title_of

Way = Callable[[Path], bytes | None]
"""A way in which a case goes from its place; returns the bytes that are there now."""


def replaced(path: Path) -> bytes:
    """Put another case in its place, as rsync, Syncthing and git do."""
    folder = path.parent / "elsewhere"
    folder.mkdir()
    other = KeptCase(folder, path.name)
    archive = other.write("Omar")
    entitle(archive, "Newcomer")
    archive.close()
    content = other.path.read_bytes()
    other.path.replace(path)
    return content


def moved(path: Path) -> None:
    """Give it another name."""
    path.rename(path.with_name("moved"))


def deleted(path: Path) -> None:
    """Delete it."""
    path.unlink()


def folder_replaced(path: Path) -> None:
    """Move the whole folder away, with all that is beside the case."""
    path.parent.rename(path.parent.with_name("away"))


WAYS: tuple[Way, ...] = (replaced, moved, deleted)


def _import(archive: Archive) -> None:
    archive.import_batches(imported(5), Harvest(5).batches())


ACTS: dict[str, Callable[[Archive], object]] = {
    "change": lambda archive: entitle(archive, "too late"),
    "undo": lambda archive: archive.undo(),
    "redo": lambda archive: archive.redo(),
    "import": _import,
    "redaction": lambda archive: archive.redact("evt_Fall", "title", "a name", "Hama"),
    "snapshot": lambda archive: archive.save_snapshot(),
    "close": lambda archive: archive.close(),
}

either = pytest.mark.parametrize("name", NAMES)
in_each_way = pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)


class OpenCase(KeptCase):
    """A case with three saved entries that is open to be changed; its event is `Hama falls`."""

    def __init__(self, folder: Path, name: str) -> None:
        folder.mkdir()
        super().__init__(folder, name)
        self.archive = self.write()
        for title in ("Hama falls", "Hama is taken"):
            entitle(self.archive, title)
        self.archive.undo()
        self.unsaved = folder / f"{name}.unsaved"

    def check_kept(self, refused: ReplacedCase, content: bytes | None) -> None:
        """The newcomer is as it was, and the copy beside has every saved change."""
        assert self.content() == content
        assert str(self.path) in refused.message
        said = refused.message.removesuffix("; nothing was redacted")
        assert said.endswith(f"every saved change is in {self.unsaved}")
        assert "choose which of the two" in refused.hint
        assert refused.exit_code == 72
        assert self.unsaved.stat().st_mode & 0o777 == 0o600
        check_copy(self.unsaved)
        assert not any(one.exists() for one in wal_files(self.path))

    def content(self) -> bytes | None:
        """The bytes in the place of the case."""
        return self.path.read_bytes() if self.path.exists() else None


def check_copy(path: Path) -> None:
    """The copy is a whole case with its log, which can be changed and undone."""
    assert list(findings(path)) == []
    archive = Archive.open(path, author="me", writing=True)
    assert title_of(archive) == "Hama falls"
    assert [entry.sequence for entry in archive.history()] == [3, 2, 1]
    assert archive.redo()
    assert title_of(archive) == "Hama is taken"
    archive.close()


def findings(path: Path) -> Iterator[object]:
    """All that is wrong with a case."""
    yield from DatabaseCheck(path).findings() if is_database(path) else verify(path)


def full(*_: object) -> None:
    """Fail as a full disk does."""
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
