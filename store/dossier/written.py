"""A file that is written complete or not at all, and that only its owner may read."""

import os
from contextlib import suppress
from pathlib import Path

from store.database import disk
from store.errors import UnwritableOutput


def write_whole(path: Path, content: str, *, force: bool = False) -> None:
    """Write a file beside its name, flush it to the disk, and then give it its name.

    Raises `UnwritableOutput` if it exists already and `force` is not set, or if it cannot
    be written: then what was there is unchanged.
    """
    try:
        if disk.exists(path) and not force:
            raise UnwritableOutput(
                f"{path}: exists already", "name a new file, or give --force to replace it"
            )
        if disk.exists(path) and (why := disk.irregular(path)):
            raise UnwritableOutput(f"{path}: {why}", "name a new file")
        beside = path.with_name(f".{path.name}.{os.getpid()}.new")
        disk.write_new(beside, (content.encode("utf-8", "replace"),))
        try:
            if not force:  # takes the name, and replaces nothing that came meanwhile
                disk.close(disk.open_file(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL))
            disk.rename(beside, path)
        finally:
            with suppress(OSError):
                disk.unlink(beside)
        disk.flush_folder(path.parent)
    except FileExistsError as error:
        raise UnwritableOutput(
            f"{path}: exists already", "name a new file, or give --force to replace it"
        ) from error
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or str(error)
        raise UnwritableOutput(
            f"{path}: cannot be written ({why})", "name a file in a folder that you may write"
        ) from error
