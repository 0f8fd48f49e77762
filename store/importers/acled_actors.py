"""The actors of a row of ACLED, and of the other rows of its event in a file by actor."""

from collections.abc import Iterator, Mapping, Sequence

from store.importers.acled_columns import KIND_OF, OF_ACTORS
from store.importers.cells import one_line_of
from store.importers.missing import is_missing_word
from store.importers.record_factory import RecordFactory, words_of
from store.importers.row_article import RowArticle
from store.model.record import make_id
from store.model.records import Actor
from store.model.values import Participant
from store.model.vocabulary import ActorKind, Flag, Kind, Role

_SIDES = (("actor1", "assoc_actor_1", "inter1"), ("actor2", "assoc_actor_2", "inter2"))
_WHO = "who"
"""The group of the columns of actors in the article of a row."""


def with_others(
    text: str, spans: Mapping[str, tuple[int, int]], others: Sequence[Mapping[str, str]]
) -> tuple[str, dict[str, tuple[int, int]]]:
    """The text of a row and its spans, with the actors of the other rows of its event."""
    found = dict(spans)
    for number, cells in enumerate(others, 1):
        lines = (f"{name}: {cells[name]}" for name in OF_ACTORS if cells.get(name))
        part = "\n".join(words_of(one_line_of(line)) for line in lines)
        if part:
            found[_group(number)] = len(text) + 1, len(text) + 1 + len(part)
            text = f"{text}\n{part}"
    return text, found


def participants(
    told: RowArticle,
    rows: Sequence[Mapping[str, str]],
    shared: RecordFactory,
    flags: list[Flag],
) -> list[str]:
    """Add the participants of the rows of an event, and return the names of its actors.

    By the codebook no actor is the attacker; civilians are victims. The associated actors of
    civilians are the group of the victims, and no party.
    """
    names: dict[str, None] = {}
    for number, cells in enumerate(rows):
        for name, others, inter in _SIDES:
            kind = KIND_OF.get(cells[inter].lower())
            if kind is None:
                flags.append(Flag.UNKNOWN_CODE)
            actor = words_of(one_line_of(cells[name]))
            slot = f"{name} row {number + 1}" if number else name
            found = [] if not actor or actor in names else [(slot, actor, kind or ActorKind.GROUP)]
            names.update({one: None for _, one, _ in found})
            found += _associated(cells[others], slot)
            victims = _is_civilian(actor, kind)
            for as_slot, one, of_kind in found:
                value = _participant(one, of_kind, shared, victim=victims)
                told.says(_group(number), Kind.PARTICIPANT, value, as_slot=as_slot)
    return list(names)


def _group(number: int) -> str:
    return f"{_WHO} row {number + 1}" if number else _WHO


def _associated(cell: str, slot: str) -> Iterator[tuple[str, str, ActorKind]]:
    """The associated actors of a cell, each with its slot."""
    for number, other in enumerate(cell.split(";")):
        if other.strip() and not is_missing_word(other):
            yield f"{slot} {number}", words_of(one_line_of(other)), ActorKind.GROUP


def _participant(name: str, kind: ActorKind, shared: RecordFactory, *, victim: bool) -> Participant:
    civilians = _is_civilian(name, kind)
    made = Actor(
        id=make_id("act", "acled", name),
        name=name,
        kind=ActorKind.CIVILIANS if civilians else kind,
    )
    role = Role.VICTIM if civilians or victim else Role.PARTY
    return Participant(actor=shared.add("actors", made), role=role)


def _is_civilian(name: str, kind: ActorKind | None) -> bool:
    return kind is ActorKind.CIVILIANS or name.lower().startswith("civilians")
