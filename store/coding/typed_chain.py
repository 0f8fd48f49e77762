"""A chain of sources as a person types it: `Reuters > SOHR`, the origin last."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from store.coding.offered_claim import CitedSource
from store.coding.typed_values import NEW_MARK, new_source
from store.errors import UsageError
from store.model.labels import source_kind_text
from store.model.records import AnyRecord, Source
from store.model.typed_text import one_typed_line
from store.model.vocabulary import SourceKind
from store.queries.search import NamedKind, called, named, the_named
from store.reader import Reader

ARROW = " → "
"""Between the names of a chain."""

UNNAMED = " (no name)"
"""After the words of a speaker who has no name."""

_ARROW = re.compile(r"\s*(?:→|->|>)\s*")


class Chain(NamedTuple):
    """The sources behind the publisher, the origin last; its names, and those that are new.

    `speaker` is the name of an origin in words alone, which the case has no source for.
    """

    sources: tuple[str, ...]
    names: tuple[str, ...]
    speaker: str = ""
    made: tuple[tuple[str, AnyRecord], ...] = ()

    @property
    def shown(self) -> str:
        """The chain in words."""
        new = {one.name: f"{one.name} (new, {source_kind_text(one.kind)})" for one in self._new}
        return ARROW.join((*(new.get(name, name) for name in self.names), *self._unnamed))

    @property
    def typed(self) -> str:
        """The words that mean this chain when they are typed."""
        new = {one.name: f"{NEW_MARK}{one.name}, {one.kind}" for one in self._new}
        return ARROW.join((*(new.get(name, name) for name in self.names), *self._unnamed))

    @property
    def _new(self) -> list[Source]:
        return [one for _, one in self.made if isinstance(one, Source)]

    @property
    def _unnamed(self) -> tuple[str, ...]:
        return (f"{self.speaker}{UNNAMED}",) if self.speaker else ()


def cited_chain(cited: Sequence[CitedSource]) -> Chain:
    """The chain of sources that words cite, those that the case has not as new ones."""
    new = {one.name: new_source(one.name) for one in cited if not one.id}
    return Chain(
        tuple(one.id or new[one.name].id for one in cited),
        tuple(one.name for one in cited),
        made=tuple(("sources", one) for one in new.values()),
    )


def chains(connection: Reader, typed: str) -> Sequence[Chain]:
    """The chains that typed words may mean: all before the last arrow as named, the last begun.

    A name after `+` makes a new source, and `(no name)` after words means a speaker in words
    alone; of words that no source has, a name in capitals is a new source first. Raises
    `UsageError` where a name before an arrow is unknown, or stands twice.
    """
    *before, last = _ARROW.split(one_typed_line(typed, "source"))
    head = Chain((), ())
    for words in before:
        if not words:
            raise UsageError("a name is missing before the arrow", "type Reuters > SOHR")
        head = _longer(head, _typed_one(connection, words))
    if last.startswith(NEW_MARK):
        ends: list[Chain] = [_typed_one(connection, last)] if last.strip(f"{NEW_MARK} ") else []
    elif last.endswith(UNNAMED):
        ends = [Chain((), (), speaker=last.removesuffix(UNNAMED).strip())]
    else:
        found = named(connection, last, NamedKind.SOURCE)
        ends = [Chain((one.id,), (one.name,)) for one in found]
        if last and not called(connection, last, NamedKind.SOURCE):
            from store.coding.new_speakers import is_proper_name  # its patterns, for a new name

            new = Chain((), (), speaker=last), _new(last)
            ends += reversed(new) if is_proper_name(last) else new
    return [_longer(head, one) for one in ends if not set(one.sources) & set(head.sources)]


def _typed_one(connection: Reader, words: str) -> Chain:
    name = words.removeprefix(NEW_MARK).strip()
    if words.startswith(NEW_MARK) and not called(connection, name, NamedKind.SOURCE):
        return _new(name)
    found = the_named(connection, name, NamedKind.SOURCE)
    return Chain((found.id,), (found.name,))


def _new(words: str) -> Chain:
    made = new_source(words)
    if not made.name:
        raise UsageError("the new source has no name", f"type a name, {', '.join(SourceKind)}")
    return Chain((made.id,), (made.name,), made=(("sources", made),))


def _longer(head: Chain, end: Chain) -> Chain:
    if set(head.sources) & set(end.sources):
        raise UsageError(f"{end.names[0]} stands twice in the chain", "name each source once")
    return Chain(
        (*head.sources, *end.sources),
        (*head.names, *end.names),
        end.speaker,
        (*head.made, *end.made),
    )
