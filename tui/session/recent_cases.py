"""The cases that were opened last, kept for the user only."""

import json
import os
from pathlib import Path

from store.model.case_address import is_address
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
    own = (case.absolute(), place_of(case))
    others = [
        str(one)
        for one in recent_cases()
        if one != own[0] and not (is_address(own[1]) and place_of(one) == own[1])
    ]
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8", errors="replace") as file:
            os.fchmod(descriptor, 0o600)
            json.dump([str(case.absolute()), *others][:KEPT], file)
    except OSError:
        return


def place_of(case: Path) -> str:
    """The folder of a case, for the user; of the copy of a case on a server, its address."""
    from store.custody.server_cases import address_of  # with TinyDB: after the first frame

    return str(address_of(case) or case.parent)


def _file() -> Path:
    return state_folder() / "recent-cases.json"
