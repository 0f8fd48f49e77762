"""Drafts: what was typed for a case and not yet saved, kept for a while, for its owner only."""

import hashlib
import os
import time
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from tui.session.settings import state_folder

DAYS = 30
"""Days that a draft is kept."""

LONGEST = 1_000_000
"""Code points of a draft at most."""


class Draft(NamedTuple):
    """A text that was begun, and when it was typed last (seconds since 1970, UTC)."""

    text: str
    at: float


class Drafts:
    """The drafts of one case, each by the place where it was begun: `note evt_1`.

    A file has the text alone; its name is a hash of case and place. What cannot be written or
    read is no draft: typing goes on.
    """

    def __init__(self, case: Path) -> None:
        self._case = case.absolute()

    def path(self, place: str) -> Path:
        """The file of the draft that was begun at a place."""
        key = f"{self._case}\0{place}".encode("utf-8", "surrogatepass")
        return state_folder() / f"draft-{hashlib.sha256(key).hexdigest()[:24]}.txt"

    def read(self, place: str) -> Draft | None:
        """The draft that was begun at a place; None if there is none."""
        path = self.path(place)
        try:
            descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW)
            with os.fdopen(descriptor, encoding="utf-8") as file:
                draft = Draft(file.read(LONGEST), os.fstat(descriptor).st_mtime)
        except (OSError, UnicodeDecodeError):
            return None
        return draft if draft.text.strip() and not _is_old(draft.at) else None

    def write(self, place: str, text: str) -> None:
        """Keep what was typed at a place; without text, keep nothing."""
        path = self.path(place)
        if not text.strip():
            with suppress(OSError):
                path.unlink(missing_ok=True)
            return
        new = path.with_suffix(".new.txt")
        with suppress(OSError):
            path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW
            descriptor = os.open(new, flags, 0o600)
            with os.fdopen(descriptor, "w", encoding="utf-8", errors="backslashreplace") as file:
                os.fchmod(descriptor, 0o600)
                file.write(text[:LONGEST])
                file.flush()
                os.fsync(descriptor)
            new.replace(path)


def drop_old() -> None:
    """Delete the drafts of all cases, and what an editor left, that are older than `DAYS`."""
    for pattern in ("draft-*.txt", "editing-*.md"):
        with suppress(OSError):
            for path in state_folder().glob(pattern):
                if _is_old(path.lstat().st_mtime):
                    path.unlink()


def _is_old(at: float) -> bool:
    return time.time() - at > DAYS * 24 * 60 * 60
