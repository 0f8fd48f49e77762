"""The answers of an engine about imports whose entries hold all their edits."""

from collections.abc import Callable, Iterator

from store.database.facet_build import FacetBuild
from store.model.change import Change, Edit
from store.model.log_line import Act, Line
from store.reader import Reader


class WholeEntries:
    """An engine that stores nothing of an import beside its log."""

    def imports_of(self, id: str) -> frozenset[int]:
        """No entries, as each entry names all records that it edits."""
        return frozenset()

    def import_edits(self, line: Line) -> Iterator[Edit]:
        """No edits, as every entry holds its own."""
        return iter(())

    def undo_or_redo_import(self, line: Line, change: Change, act: Act) -> bool:
        """Return False, as every entry holds its edits."""
        return False

    def store_facet_index(self, build: Callable[[Reader], FacetBuild]) -> None:
        """Do nothing, as the index is built again at every opening."""
