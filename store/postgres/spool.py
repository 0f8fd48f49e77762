"""The batches of an import, kept on the side while it is applied, to be sent and replayed."""

import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from store.database.import_parts import pack_edits, unpack_edits
from store.model.change import Edit
from store.model.log_line import as_edit, as_line_edit


class BatchSpool:
    """Compressed batches in a file without a name, which only this program can read."""

    def __init__(self, folder: Path) -> None:
        self._file = tempfile.TemporaryFile(dir=folder)  # noqa: SIM115  # closed by `close`
        self._sizes: list[int] = []

    def kept(self, batches: Iterable[Sequence[Edit]]) -> Iterator[Sequence[Edit]]:
        """Pass batches on, keeping each."""
        self._file.seek(0)
        self._file.truncate()
        self._sizes.clear()
        for batch in batches:
            content = pack_edits(list(map(as_line_edit, batch)))
            self._file.write(content)
            self._sizes.append(len(content))
            yield batch

    def contents(self) -> Iterator[bytes]:
        """Read the compressed batches."""
        self._file.seek(0)
        for size in self._sizes:
            yield self._file.read(size)

    def edits(self) -> Iterator[Sequence[Edit]]:
        """Read the batches."""
        for content in self.contents():
            yield decoded(content)

    def close(self) -> None:
        """Drop all batches."""
        self._file.close()


def decoded(content: bytes) -> list[Edit]:
    """Read one compressed batch. Raises `ValueError`."""
    return [as_edit(one) for one in unpack_edits(content)]
