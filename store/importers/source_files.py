"""The tables in what a user names: a file, an archive, a folder of them, standard input."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO

from store.errors import ConflictError, UnfitFile, UsageError
from store.importers.file_kinds import FileKind, kind_of
from store.importers.limits import MAX_MEMBERS
from store.importers.object_table import ObjectTable
from store.importers.packed import PackedSource
from store.importers.readers.answers import DOCUMENT, WORKBOOK
from store.importers.sheet_table import sheet_tables
from store.importers.streams import File, Source, Spooled
from store.importers.table import Table
from store.importers.text_table import TextTable
from store.sandbox.process import ReaderProcess

_DEPTH = 3
"""The most archives within one another."""


class SourceFiles:
    """The tables in what a path names, and what else is there.

    `passed_over` are files that hold no table, each with what it is ("is a PDF");
    `refused` are those that may hold one, and cannot be read.
    """

    def __init__(self, path: Path, stdin: IO[bytes] | None, in_use: Callable[[Path], bool]) -> None:
        """`-` is `stdin`, which is read to its end; a file that is `in_use` is not opened.

        Raises `MissingCase` if there is no such file, and `UsageError` if it cannot be
        read. Of a folder or an archive nothing is raised for single files in it.
        """
        self.tables: list[Table] = []
        self.passed_over: list[tuple[str, str]] = []
        self.refused: list[ConflictError] = []
        self._in_use = in_use
        self._processes: list[ReaderProcess] = []
        self._spooled: Spooled | None = None
        try:
            self._add_path(path, stdin)
        except BaseException:
            self.close()
            raise

    def rest(self) -> None:
        """End the processes that read the files, until they are read again."""
        for process in self._processes:
            process.end()

    def close(self) -> None:
        """Let the files go."""
        self.rest()
        if self._spooled is not None:
            self._spooled.close()

    def _add_path(self, path: Path, stdin: IO[bytes] | None) -> None:
        if str(path) == "-":
            if stdin is None:
                raise UsageError("standard input is closed", "name a file")
            self._spooled = Spooled(stdin)
            self._add(self._spooled)
        elif os.path.isdir(path):  # noqa: PTH112 - false for a name that no file can have
            self._add_folder(path)
        else:
            name = str(path)
            folder = name.removesuffix(path.name) if name.endswith(path.name) else ""
            self._add(self._file(path, name, folder))

    def _add_folder(self, folder: Path) -> None:
        files = sorted(self._files_in(folder))
        if len(files) > MAX_MEMBERS:
            raise UsageError(
                f"{folder}: contains {len(files):,} files, more than {MAX_MEMBERS:,}",
                "name the files you want",
            )
        for path in files:
            name = str(path)
            try:
                if path.stat().st_size:
                    self._add(self._file(path, name, name.removesuffix(path.name)))
                else:
                    self.passed_over.append((name, "is empty"))
            except _NoTable as error:
                self.passed_over.append((error.name, f"is {error.words}"))
            except ConflictError as error:
                self.refused.append(error)
            except OSError as error:
                self._refuse(error)
            self.rest()

    def _files_in(self, folder: Path) -> Iterator[Path]:
        """The files in a folder and below, without hidden ones; no link leads out of it."""
        inside = folder.resolve()
        for where, folders, files in os.walk(folder, onerror=self._refuse):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            for name in files:
                path = Path(where, name)
                if name.startswith(".") or not path.is_file():
                    continue
                if not path.is_symlink() or path.resolve().is_relative_to(inside):
                    yield path

    def _refuse(self, error: OSError) -> None:
        words = f"{error.filename}: cannot be read ({error.strerror})"
        self.refused.append(UnfitFile(words, "check its permissions"))

    def _file(self, path: Path, name: str, folder: str) -> File:
        if self._in_use(path):
            raise UsageError(f"{name}: is the open case", "name a file of a data set")
        return File(path, name, folder)

    def _add(self, source: Source) -> None:
        """Add the tables of a source. Raises `UsageError` if it has none."""
        kind, words = kind_of(source.beginning)
        if kind is FileKind.TEXT:
            self.tables.append(TextTable(source))
        elif kind is FileKind.OTHER:
            raise _NoTable(source.name, words)
        else:
            if not isinstance(source, PackedSource):
                source = PackedSource.of(source)
                self._processes.append(source.process)
            self._add_packed(source, kind)

    def _add_packed(self, source: PackedSource, kind: FileKind) -> None:
        if kind is FileKind.ZIP:
            package = source.package()
            if package == DOCUMENT:
                raise _NoTable(source.name, DOCUMENT)
            kind = FileKind.WORKBOOK if package == WORKBOOK else kind
        if kind is FileKind.JSON:
            self.tables.append(ObjectTable(source))
        elif kind is FileKind.WORKBOOK:
            self.tables += sheet_tables(source)
        elif len(source.inside) == _DEPTH:
            raise UnfitFile(f"{source.name}: is an archive in too many others", "unzip it first")
        elif kind is FileKind.GZIP:
            self._add(source.unpacked())
        else:
            self._add_members(source)

    def _add_members(self, source: PackedSource) -> None:
        members = source.members()
        if not members:
            raise UnfitFile(f"{source.name}: contains no file", "download it again")
        for member, why in members:
            try:
                if why:
                    raise UnfitFile(f"{member.name}: {why}", "name a file that can be read")
                if member.size:
                    self._add(member)
                else:
                    self.passed_over.append((member.name, "is empty"))
            except _NoTable as error:
                self.passed_over.append((error.name, f"is {error.words}"))
            except ConflictError as error:
                self.refused.append(error)


class _NoTable(UnfitFile):
    """A file that is of a kind that holds no table."""

    def __init__(self, name: str, words: str) -> None:
        super().__init__(f"{name}: is {words}, not a table", "save its table as CSV")
        self.name = name
        self.words = words
