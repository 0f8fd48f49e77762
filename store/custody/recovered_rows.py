"""The rows of a case among those of a damaged database, each by what it says of itself.

A record has a checksum, an entry of the log its hash. The rows of `brought`,
`withdrawn` and `resealed` have neither: they are known by their form, and
checked against the log.
"""

from collections.abc import Mapping, Sequence

from store.custody.page_cells import Columns
from store.database.checksums import COLUMNS, tables_of
from store.database.read_records import INDEXED
from store.model.log_line import read_line

_BY_WIDTH: Mapping[int, Sequence[str]] = {
    len(columns) + 1: [table for table in COLUMNS if len(COLUMNS[table]) == len(columns)]
    for columns in COLUMNS.values()
}
"""The tables of records by their number of columns, with the checksum."""

_BROUGHT = (int, int, int, str, int, int, str, (bytes, type(None)))
_LOG = (int, str, str)
_WITHDRAWN = (str, int, str)
_RESEALED = (int, int, int, str)


class RowIdentifier:
    """A function that tells the table of a row; `altered` has the JSON of damaged records by id."""

    def __init__(self) -> None:
        self.altered: dict[str, str] = {}

    def __call__(self, columns: Columns) -> str | None:
        """The table of a row: empty if it is of another one, None if bytes of it were altered."""
        if _is_like(columns, _WITHDRAWN) and columns[0] in INDEXED:
            return "withdrawn"
        if _is_like(columns, _RESEALED):
            return "resealed"
        if _is_like(columns, _LOG):
            return "log" if _is_entry(columns) else None
        if _is_like(columns, _BROUGHT):
            return "brought"
        return self._record_table(columns)

    def _record_table(self, columns: Columns) -> str | None:
        tables = _BY_WIDTH.get(len(columns))
        if not tables:
            return ""
        *row, checksum = columns
        if not isinstance(checksum, int) or not isinstance(row[1], str):
            return ""
        for table in tables_of(row, checksum, tables):
            return table
        self.altered.setdefault(row[1], str(row[-1]))
        return None


def _is_like(columns: Columns, types: Sequence[type | tuple[type, ...]]) -> bool:
    return len(columns) == len(types) and all(map(isinstance, columns, types))


def _is_entry(columns: Columns) -> bool:
    """Tell if a row is an entry of the log, with nothing altered but perhaps its undo state."""
    sequence, _, line = columns
    try:
        return read_line(str(line).encode() + b"\n").sequence == sequence
    except ValueError:
        return False
