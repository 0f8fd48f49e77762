"""Actors, places, sources and events of an open case as records that are merged and split."""

from collections.abc import Callable, Collection

from store.coding.editing import edit_change, edited
from store.coding.merge import Merge, merge, merge_by_id
from store.coding.split import split_by_id
from store.errors import UsageError
from store.model import changes
from store.model.change import Change
from store.model.judgements import KinshipKind
from store.model.records import Actor, Place, Source
from store.model.references import TABLE_OF, references
from store.queries.doubles import Double, doubles
from store.queries.entities import (
    EntityRow,
    Parts,
    SplitPart,
    of_event,
    others,
    parts_of,
    publisher_of,
    records_of,
)
from store.queries.search import NamedRecord
from tui.session.session import Session

Act = Callable[[str, str], Change]
"""Makes a change for who acts, and when."""


class Entities:
    """The questions and acts on entities, for one session. The questions may run in any thread."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def of_event(self, event: int) -> tuple[EntityRow, ...]:
        """The actors, places and sources of an event."""
        return self._session.archive.ask(of_event, event)

    def publisher(self, article: str) -> str:
        """The id of the publisher of an article, empty where it is not stated."""
        return self._session.archive.ask(publisher_of, article)

    def named(self, words: str) -> tuple[NamedRecord, ...]:
        """The actors, places and sources with these words in their names."""
        return self._session.named(words)

    def others(self, id: str, typed: str) -> tuple[EntityRow, ...]:
        """The records that one may be merged into, the likeliest first."""
        return self._session.archive.ask(others, id, typed)

    def doubles(self) -> tuple[Double, ...]:
        """The pairs that may be one, the likeliest first."""
        return self._session.archive.ask(doubles)

    def merging(self, kept: str, gone: str) -> tuple[Merge, dict[str, str]]:
        """Two records to be merged, with the names of what they refer to."""
        found = self._session.archive.ask(merge, kept, gone)
        pair = (found.kept.entity, found.gone.entity)
        ids = {to for one in pair for _, to, _ in references(one)}
        return found, {id: self._session.title(id) for id in ids}

    def merge(self, kept: str, gone: str, taken: Collection[str]) -> Act:
        """The act that merges one record into another; it raises as `merge_by_id`."""
        ask = self._session.archive.ask
        return lambda by, at: ask(merge_by_id, kept, gone, taken, by, at)

    def parts(self, id: str) -> Parts:
        """The records that refer to one, in the parts that may go to a new one."""
        return self._session.archive.ask(parts_of, id)

    def records_of(self, part: SplitPart) -> tuple[SplitPart, ...]:
        """The records of a part of a split, one by one."""
        return self._session.archive.ask(records_of, part)

    def split(self, id: str, ids: Collection[str], name: str) -> Act:
        """The act that splits a record; it raises as `split_by_id`."""
        ask = self._session.archive.ask
        return lambda by, at: ask(split_by_id, id, ids, name, by, at)

    def apart(self, pair: Double) -> Act:
        """The act that finds two records not to be one."""
        words = f"{pair.one_name} and {pair.other_name} are two"

        def act(by: str, at: str) -> Change:
            made = changes.kinship(pair.one, pair.other, KinshipKind.APART, "", by, at)
            before = self._session.held("kinships", made.id)
            return changes.add_or_replace(before, made, words, by, at)

        return act

    def alias(self, id: str, name: str) -> Act:
        """The act that adds another name; it raises `UsageError` where that is one already."""
        name = " ".join(name.split())

        def act(by: str, at: str) -> Change:
            one = self._session.held(TABLE_OF[id[:3]], id)
            if not isinstance(one, Actor | Place | Source):
                raise UsageError("only actors, places and sources have other names", "")
            if name in (one.name, *one.aliases):
                return Change(by, at, f"{one.name} is called {name} already", ())
            after = edited(one, {"aliases": (*one.aliases, name)})
            words = f"{one.name}: also {name}"
            return edit_change(TABLE_OF[id[:3]], one, after, words, by, at)

        return act
