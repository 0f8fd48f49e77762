"""Files to import: the tables that are recognised in them, and what else they hold."""

from collections.abc import Sequence
from pathlib import Path
from typing import IO

from store.database.open_connections import is_open_here
from store.errors import ConflictError, UnfitFile
from store.importers.detect import NearMiss, UnsupportedTable, recognised
from store.importers.source_files import SourceFiles
from store.importers.table import RecognisedTable
from store.importing.formats import KNOWN, Formats

_NAMED = 3
"""The most files that an error names."""


class ImportFiles:
    """Files to import, opened and recognised; the caller must close them.

    `found` says of each table what it is, as (file, what): ("ged.csv", "UCDP GED, 49 columns").
    `passed_over` are files in folders and archives that hold no table of a known format,
    each with the reason; `refused` are the errors of those that cannot be imported.
    """

    def __init__(
        self,
        paths: Sequence[Path],
        stdin: IO[bytes] | None = None,
        formats: Formats = KNOWN,
        *,
        dates: str = "",
    ) -> None:
        """Open the files; `-` is `stdin`, read to its end.

        `dates` is the order of day and month in dates of numbers, dmy, mdy or ymd, if the user
        gives it.

        Raises what is wrong with the first file if none can be imported: `MissingCase`
        if it is not there, `UnfitMachine` if an extra is missing, and `UsageError`.
        """
        self.formats = formats
        self.opened: list[RecognisedTable] = []
        self.passed_over: list[tuple[str, str]] = []
        self.refused: list[ConflictError] = []
        self._sources: list[SourceFiles] = []
        try:
            for path in paths:
                try:
                    self._open(path, stdin)
                except ConflictError as error:
                    self.refused.append(error)
            self._check()
        except BaseException:
            self.close()
            raise
        # mentions add to events that are in the files beside them
        self.opened.sort(key=lambda opened: opened.layout.format == "gdelt mentions")
        self.opened = [one._replace(layout=one.layout._replace(dates=dates)) for one in self.opened]
        self.found = tuple((one.table.name, one.layout.words) for one in self.opened)

    def _open(self, path: Path, stdin: IO[bytes] | None) -> None:
        """Open what a path names. Raises `ConflictError` if nothing in it can be imported."""
        for source in self._sources:
            source.rest()
        source = SourceFiles(path, stdin, is_open_here)
        self._sources.append(source)
        formats = self.formats
        opened: list[RecognisedTable] = []
        misses: list[ConflictError] = [*source.refused]
        unsupported: list[UnsupportedTable] = []
        for table in source.tables:
            try:
                opened.append(recognised(table, formats.recognisers, formats.unlike))
            except UnsupportedTable as error:
                unsupported.append(error)
                source.passed_over.append((table.name, "holds no data set that is known"))
            except (NearMiss, ConflictError) as error:
                misses.append(error)
        if not opened:
            raise _nothing(path, source, misses, unsupported)
        self.opened += opened
        self.passed_over += source.passed_over
        self.refused += misses

    def _check(self) -> None:
        if self.refused and not self.opened:
            raise self.refused[0]

    def rest(self, number: int) -> None:
        """End the process of the table of this number, from 1, if the next needs another."""
        this = self.opened[number - 1].table.process
        after = self.opened[number].table.process if number < len(self.opened) else None
        if this is not None and this is not after:
            this.end()

    def close(self) -> None:
        """Let the files go."""
        for source in self._sources:
            source.close()


def _nothing(
    path: Path,
    source: SourceFiles,
    misses: Sequence[ConflictError],
    unsupported: Sequence[UnsupportedTable],
) -> ConflictError:
    """The error for a path of which nothing can be imported."""
    if misses:
        return misses[0]
    if len(unsupported) == 1 == len(source.passed_over):
        return unsupported[0]
    files = source.passed_over
    if not files:
        return UnfitFile(f"{path}: contains no file", "name a data set file")
    shown = files[:_NAMED]
    told = "; ".join(f"{name.removeprefix(str(path))[1:].strip()} {why}" for name, why in shown)
    more = f"; and {len(files) - _NAMED:,} more" if len(files) > _NAMED else ""
    return UnfitFile(f"{path}: contains no supported file ({told}{more})", "name a data set file")
