"""A new, empty case, and how a file is told to be one."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from store.archive import is_database
from store.custody.new_case import create_case
from store.errors import UnwritableCase, UsageError
from store.model.record import make_id
from store.model.records import SCHEMA, Case
from store.model.typed_text import one_typed_line


def make_case(path: Path, title: str = "") -> None:
    """Write an empty case, a database if its name says so.

    Raises `ExistingFile` where something is there already, and `UsageError` where the name
    or the title cannot be one.
    """
    title = one_typed_line(title, "title")
    with writing(path):
        name = path.stem
        at = f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}"
        case = Case(id=make_id("case", name, at), schema=SCHEMA, name=name, title=title or name)
        create_case(path, case)


def make_case_from_text(path: Path, folder: Path, title: str = "") -> None:
    """Write a new case with the records of a case as text; a title replaces that of the text.

    Raises `DamagedCase` where the text is not in order, and what `make_case` raises.
    """
    from store.coding_text.read_folder import coded_case

    title = one_typed_line(title, "title")
    with writing(path):
        (_, case), *records = coded_case(folder)
        assert isinstance(case, Case)
        create_case(path, msgspec.structs.replace(case, title=title or case.title), records)


def seems_a_case(path: Path) -> bool:
    """True if a file begins as a case does; False if it is something else, or cannot be read."""
    if is_database(path):
        return True
    try:
        with path.open("rb") as file:
            return file.read(1_000).removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{")
    except OSError:
        return False


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Turn what goes wrong with the name of a file to be written into an error of ours."""
    if not path.name:
        raise UsageError(f"{path}: is not a file name", "name a new file")
    try:
        yield
    except OSError as error:
        raise UnwritableCase(
            f"{path}: cannot be written ({error.strerror})", "name another file"
        ) from error
    except UnicodeEncodeError as error:
        raise UsageError(f"{error.object!r} is not UTF-8", "use valid Unicode text") from error
