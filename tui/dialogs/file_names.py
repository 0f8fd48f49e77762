"""File names that complete the argument of a command."""

import os
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

from tui.commands.registry import Command, typed_form
from tui.dialogs.picker import PickerRow
from tui.session.read_original import home
from tui.session.session import Session

STOP = "stop"
"""What is typed in place of a file to stop the import."""

READ = 5_000
"""Entries of a folder that are looked at."""

OWN = (
    *("", ".log", ".lock", ".index", ".new", ".originals", "-wal", "-shm", "-journal"),
    *(f".{n}" for n in range(1, 6)),
)
"""The endings of the files of the open case, which are never offered."""

OFFERED = 50
"""Files and folders that are offered at most."""


def complete_file(session: Session, command: Command, argument: str) -> Iterator[PickerRow]:
    """The files whose names continue what is typed; a folder ends in `/`.

    The typed name itself comes first if it is a file, or a case as text; if no name continues it,
    it is said that there is no such file.
    """
    begun = argument.rpartition("/")[2]
    folder = argument.removesuffix(begun)
    from store.coding_text.read_folder import is_case_text  # with all that reads such a folder

    where, case = home(Path(folder or ".")), session.archive.path
    own = {f"{case.name}{ending}" for ending in OWN} if _is_there(where / case.name) else set()
    offered = (name for name in _names(where, begun) if name.removesuffix("/") not in own)
    found = sorted(offered)[:OFFERED]
    title = f"{command.label}: {argument}" if argument else command.label
    # without its slash a folder is meant itself, and not what is in it
    itself = argument.rstrip("/") or argument
    as_typed = PickerRow(title, typed_form(command), command.help, (command.id, itself))
    there = argument in ("", STOP) or _is_there(home(Path(argument)))
    whole = there and (not argument or not found or begun in found or argument == STOP)
    whole = whole or (there and is_case_text(home(Path(argument))))
    if whole:
        yield as_typed
    for name in found:
        kind = "folder" if name.endswith("/") else "file"
        yield PickerRow(folder + name, kind, command.help, (command.id, folder + name))
    if there and not whole:
        yield as_typed
    if not (there or found):
        why = f"No such file can be read: {argument}"
        yield PickerRow(why, typed_form(command), command.help, None)


def folders(typed: str) -> Iterator[str]:
    """The folders whose names continue what is typed, each with a `/`."""
    begun = typed.rpartition("/")[2]
    folder = typed.removesuffix(begun)
    found = (name for name in _names(home(Path(folder or ".")), begun) if name.endswith("/"))
    yield from (folder + name for name in sorted(found)[:OFFERED])


def _is_there(file: Path) -> bool:
    try:
        return file.exists()
    except (OSError, ValueError):
        return False


def _names(folder: Path, begun: str) -> Iterator[str]:
    """The names in a folder that begin so; hidden ones only if a dot is typed.

    Leaves out names that cannot be typed, or would not be shown as they are.
    """
    try:
        with os.scandir(folder) as entries:
            for entry in islice(entries, READ):
                name = entry.name
                if not name.lower().startswith(begun.lower()) or name != name.strip():
                    continue
                if name.isprintable() and (begun or not name.startswith(".")):
                    yield f"{name}/" if entry.is_dir() else name
    except (OSError, ValueError):  # it is no folder, or may not be read
        return
