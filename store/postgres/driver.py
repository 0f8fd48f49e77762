"""The driver of PostgreSQL, which is an extra: without it one line says so."""

import os
import stat
from collections.abc import Mapping
from pathlib import Path
from types import ModuleType

from store.errors import UnfitMachine


def load_driver() -> ModuleType:
    """Import psycopg, when an address is opened. Raises `UnfitMachine` without the extra."""
    try:
        import psycopg
    except ImportError as error:
        raise UnfitMachine(
            f"a case on a server needs the extra [postgres] ({error})",
            "install it with: pipx install '.[postgres]'",
        ) from error
    return psycopg


def without_warning(settings: Mapping[str, str]) -> dict[str, str]:
    """Add a setting by which libpq finds no file of passwords where it would refuse the one there.

    It would write a warning on the screen, over the program.
    """
    named = settings.get("passfile") or os.environ.get("PGPASSFILE")
    try:
        file = Path(named) if named else Path.home() / ".pgpass"
        mode = file.stat().st_mode
    except (OSError, ValueError, RuntimeError):  # no file, or no home
        return dict(settings)
    if stat.S_ISREG(mode) and not mode & (stat.S_IRWXG | stat.S_IRWXO):
        return dict(settings)
    return {**settings, "passfile": str(file / "refused")}
