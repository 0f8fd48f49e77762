"""The cases that were opened last, kept for the user only."""

import json
import os
from pathlib import Path

from tui.session.settings import state_folder

KEPT = 20
"""The most cases that are remembered."""


def recent_cases() -> tuple[Path, ...]:
    """The cases opened last that are still there, the newest first; empty if none is known."""
    try:
        found = json.loads(_file().read_text("utf-8"))
    except (OSError, ValueError):
        return ()
    names = [name for name in found if isinstance(name, str)] if isinstance(found, list) else []
    return tuple(path for path in map(Path, names[:KEPT]) if path.is_file())


def remember_case(case: Path) -> None:
    """Put a case first among the recent ones; where that fails, nothing is remembered."""
    path = _file()
    others = [str(one) for one in recent_cases() if one != case.absolute()]
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8", errors="replace") as file:
            os.fchmod(descriptor, 0o600)
            json.dump([str(case.absolute()), *others][:KEPT], file)
    except OSError:
        return


def _file() -> Path:
    return state_folder() / "recent-cases.json"
