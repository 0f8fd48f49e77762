"""A file in a folder beside a case, complete or not there at all."""

from pathlib import Path

from store.database import disk
from store.errors import UnwritableCase

NEW = ".new"
"""The ending of such a file while it is written."""


def keep_file(file: Path, content: bytes) -> None:
    """Write a file in a folder beside a case, which is made; when this returns it is on the disk.

    Raises `UnwritableCase`.
    """
    folder = file.parent
    try:
        if folder.is_symlink():
            raise UnwritableCase(f"{folder}: is a symbolic link", "put a folder in its place")
        disk.make_folder(folder)
        new = folder / f"{file.name}{NEW}"
        disk.write_new(new, [content])
        disk.rename(new, file)
        disk.flush_folder(folder)
        disk.flush_folder(folder.parent)
    except OSError as error:
        raise UnwritableCase(
            f"{file}: cannot be written ({error.strerror})", "check the folder and the disk"
        ) from error
