"""Paths sorted into files of articles and data sets, and the reading of such a file.

A file is recognised by its content; a folder gives every file in it and below.
"""

import os
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from store.articles.limits import MAX_BYTES
from store.articles.read_article import PassedOver
from store.articles.reader import LimitedReader, reader_or_new
from store.database.open_connections import is_open_here
from store.errors import ConflictError, MissingCase, UnfitFile, UsageError
from store.importing.open_files import ImportFiles

MAX_FILES = 100_000
"""The most files of a folder."""


_NO_DATA_SET = (b"<", b"%PDF-", b"WARC/", b"MIME-Version:", b"From: ", b"TY  - ")
"""Beginnings of files that are no data set, whatever follows."""


class ArticleFile(NamedTuple):
    """A file of articles: its path, its name for a person, and its format in words.

    A text that was pasted has its `content` here instead of a file.
    """

    path: Path
    name: str
    found: str
    content: bytes = b""


class SortedPaths(NamedTuple):
    """Files of articles, paths for the import of data sets, and files that are neither."""

    articles: tuple[ArticleFile, ...]
    data_sets: tuple[Path, ...]
    passed_over: tuple[PassedOver, ...] = ()


def sort_paths(
    paths: Sequence[Path], case: Path, reader: LimitedReader | None = None
) -> SortedPaths:
    """Sort files, and those in folders, by what they are; the reader recognises articles.

    A named file that is no article is left to the import of data sets, which says what
    is wrong with it. A file of a folder that is neither is passed over, with the reason;
    so are links, hidden files, and those of the `case`.

    Raises `MissingCase` if a path is not there, and `UsageError` if it cannot be read.
    """
    with reader_or_new(reader) as one:
        found = _sorted(paths, case, one)
    articles, data_sets, passed_over = found
    if not articles and not data_sets:
        first = f" ({passed_over[0].part}: {passed_over[0].reason})" if passed_over else ""
        raise UnfitFile(
            f"{paths[0]}: holds no article and no data set{first}", "name a folder that does"
        )
    return found


def _sorted(paths: Sequence[Path], case: Path, reader: LimitedReader) -> SortedPaths:
    articles: list[ArticleFile] = []
    data_sets: list[Path] = []
    passed_over: list[PassedOver] = []
    for path in paths:
        if _is(path, Path.is_dir):
            for file in _files_below(path, case):
                found = _found_in_folder(file, reader)
                if isinstance(found, ArticleFile):
                    articles.append(found)
                elif isinstance(found, PassedOver):
                    passed_over.append(found)
                else:
                    data_sets.append(found)
        elif found_as := _format_of_file(path, reader):
            articles.append(ArticleFile(path, str(path), found_as))
        else:
            data_sets.append(path)
    return SortedPaths(tuple(articles), tuple(data_sets), tuple(passed_over))


def read_bytes(path: Path) -> bytes:
    """The bytes of a file. Raises `MissingCase` and `UsageError`."""
    if is_open_here(path):  # reading it would drop the locks of SQLite
        raise UsageError(f"{path}: is the open case", "name a file of an article")
    try:
        with path.open("rb") as stream:
            return stream.read(MAX_BYTES + 1)
    except FileNotFoundError as error:
        raise MissingCase(f"{path}: there is no such file", "check the name") from error
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or error
        raise UsageError(f"{path}: cannot be read ({why})", "check its permissions") from error


def _format_of_file(path: Path, reader: LimitedReader) -> str:
    """The format of a file that was named, empty where it is none of articles."""
    if str(path) == "-" or not _is(path, Path.is_file):
        return ""  # the import of data sets says what is wrong
    if path.stat().st_size > MAX_BYTES:
        return ""  # a data set may have any size
    content = read_bytes(path)
    if not content.lstrip().startswith(_NO_DATA_SET) and _is_data_set(path):
        return ""
    return reader.recognise(content, str(path))


def _is(path: Path, kind: Callable[[Path], bool]) -> bool:
    """True if a path is of a kind; false for one that cannot be a path."""
    try:
        return kind(path)
    except (OSError, ValueError):
        return False


def _is_data_set(path: Path) -> bool:
    """True for a file that is known as a data set, with or without a header."""
    try:
        ImportFiles([path]).close()
    except ConflictError:
        return False
    return True


def _found_in_folder(file: Path, reader: LimitedReader) -> ArticleFile | PassedOver | Path:
    """A file of a folder as an article, a data set, or neither."""
    try:
        if found := _format_of_file(file, reader):
            return ArticleFile(file, str(file), found)
        ImportFiles([file]).close()
    except ConflictError as error:
        return PassedOver(str(file), error.message.removeprefix(f"{file}: "))
    return file


def _files_below(folder: Path, case: Path) -> Iterator[Path]:
    """The regular files below a folder, by name; none is hidden, a link, or of the case."""
    count = 0
    for at, folders, names in os.walk(folder, onerror=_raise):
        folders[:] = sorted(
            name for name in folders if not name.startswith(".") and not name.startswith(case.name)
        )
        for name in sorted(names):
            file = Path(at) / name
            if name.startswith((".", case.name)) or file.is_symlink() or not file.is_file():
                continue
            count += 1
            if count > MAX_FILES:
                raise UsageError(
                    f"{folder}: has more than {MAX_FILES:,} files", "name a part of it"
                )
            yield file


def _raise(error: OSError) -> None:
    raise UsageError(
        f"{error.filename}: cannot be read ({error.strerror})", "check its permissions"
    ) from error
