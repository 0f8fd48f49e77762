"""The result of an importer for a row: a draft of its records, or the reason for none."""

from typing import NamedTuple

from store.model.records import AnyRecord, Article, Claim, Event, Passage


class Row(NamedTuple):
    """One row of a data set: its place, its id there, the SHA-256 of its cells, the cells.

    `number` counts the rows of the file from 1, without the header; `line` is
    the line of the file on which it begins.
    """

    number: int
    line: int
    id: str
    sha256: str
    cells: list[str]


class Rejected(NamedTuple):
    """A row that was not imported: its place, the field that is wrong, and why.

    `kind` is the reason without this row's own details, by which rows are counted;
    it is empty if the reason has no such details. `cut` says that the file ends
    in the middle of this row. `value` is the cell that is wrong, as a message quotes it.
    """

    number: int
    line: int
    field: str
    reason: str
    kind: str = ""
    cut: bool = False
    value: str = ""

    @property
    def counted_as(self) -> str:
        """The words under which it is counted with others of its kind."""
        words = self.kind or self.reason
        return f"{self.field}: {words}" if self.field else words


class Joined(NamedTuple):
    """A row that is a part of the event of an earlier row, which was drafted with its cells."""

    number: int
    line: int
    id: str


class Draft(NamedTuple):
    """The records of one row.

    `shared` holds, each with its table, those that other rows may refer to as
    well (sources, actors, places, articles and the passages in their titles).
    Each is only in the first draft that needs it, after the records to which it
    refers. The others belong to this row alone: the article that holds its cells,
    and the passages and claims. A row that only adds to an event has no event.
    `links` counts the articles as often as the row lists them, `distinct` each once.
    """

    row: Row
    event: Event | None
    shared: tuple[tuple[str, AnyRecord], ...]
    article: Article | None
    passages: tuple[Passage, ...]
    claims: tuple[Claim, ...]
    links: int = 0
    distinct: int = 0
