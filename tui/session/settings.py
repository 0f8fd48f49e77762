"""Files that the program keeps for its user: their name for the log, and texts no case takes."""

import os
import tomllib
from datetime import UTC, datetime
from pathlib import Path

from store.errors import UnwritableOutput, UsageError

FILE = "config.toml"


def config_file() -> Path:
    """The path of the settings file, in the user's folder for configuration."""
    from platformdirs import user_config_path

    return user_config_path("conflict-tui", appauthor=False) / FILE


def author() -> str:
    """The name under which acts are logged; empty if it was never given.

    Raises `UsageError`, naming the file, if that cannot be understood.
    """
    path = config_file()
    try:
        found = tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError:
        return ""
    except OSError as error:
        raise UsageError(
            f"{path}: cannot be read ({error.strerror})", "check or delete the file"
        ) from error
    except (UnicodeDecodeError, tomllib.TOMLDecodeError, RecursionError) as error:
        raise UsageError(
            f"{path}: cannot be understood ({error})", "correct or delete it"
        ) from error
    unknown = [key for key in found if key != "author"]
    name = found.get("author", "")
    if unknown:
        raise UsageError(f"{path}: unknown setting {unknown[0]!r}", "the only setting is author")
    if not isinstance(name, str):
        raise UsageError(f"{path}: author is not a text", 'write author = "Your Name"')
    return " ".join(name.split())


def remember_author(name: str) -> None:
    """Save the name in a file for its owner only; raises `UnwritableOutput` if that fails."""
    path = config_file()
    quoted = "".join(_escaped(letter) for letter in name)
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            os.fchmod(descriptor, 0o600)
            file.write(f'author = "{quoted}"\n')
    except OSError as error:
        raise UnwritableOutput(
            f"{path}: cannot be written ({error.strerror})", "the name applies to this session only"
        ) from error


def _escaped(letter: str) -> str:
    """A letter as it is written in a basic string of TOML 1.0."""
    if letter in '"\\':
        return "\\" + letter
    return letter if letter.isprintable() else f"\\U{ord(letter):08x}"


def state_folder() -> Path:
    """The user's folder for texts that were put aside, and for crash reports."""
    from platformdirs import user_state_path

    return user_state_path("conflict-tui", appauthor=False)


def put_aside(text: str) -> Path | None:
    """Write a text that no case takes to its own file, for its owner only.

    Returns the file, in the user's folder for state; None if that fails.
    """
    folder = state_folder()
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        path = folder / f"note-{datetime.now(UTC):%Y%m%dT%H%M%S.%fZ}-{os.getpid()}.md"
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8", errors="backslashreplace") as file:
            file.write(text)
            file.flush()
            os.fsync(descriptor)
    except OSError:
        return None
    return path
