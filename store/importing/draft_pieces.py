"""The pieces in which one process hands the drafts of a file over to another."""

from collections.abc import Iterable
from typing import NamedTuple

import msgspec

from store.importers.draft import Draft, Joined, Rejected, Row
from store.importers.table import PassedOver
from store.model.records import (
    Actor,
    AnyRecord,
    Article,
    Claim,
    DataSet,
    Event,
    Passage,
    Place,
    Source,
)


class _Shared(msgspec.Struct, array_like=True, omit_defaults=True):
    """The records that rows share, by table."""

    datasets: list[DataSet] = []
    actors: list[Actor] = []
    places: list[Place] = []
    sources: list[Source] = []
    articles: list[Article] = []
    passages: list[Passage] = []


class _Drafted(msgspec.Struct, array_like=True):
    """A draft without its row."""

    event: Event | None
    shared: _Shared
    article: Article | None
    passages: tuple[Passage, ...]
    claims: tuple[Claim, ...]
    links: int
    distinct: int


class _Place(NamedTuple):
    """A row without its cells."""

    number: int
    line: int
    id: str
    sha256: str


class _Item(msgspec.Struct, array_like=True, omit_defaults=True):
    """A row of the file: its draft, or the reason for none; or what was passed over."""

    row: _Place | None = None
    draft: _Drafted | None = None
    rejected: Rejected | None = None
    joined: Joined | None = None
    passed_over: PassedOver | None = None


class Begun(msgspec.Struct, tag=True):
    """The file was counted: its SHA-256, and facts of its importer."""

    sha256: str
    may_be_other: bool
    whole: bool


class Counted(msgspec.Struct, tag=True):
    """Rows were counted, and `read` bytes of the file."""

    rows: int
    passed_over: list[PassedOver]
    read: int


class Drafts(msgspec.Struct, tag=True):
    """Rows with their drafts, in the order of the file, of which `read` bytes are read."""

    items: list[_Item]
    read: int


class Ended(msgspec.Struct, tag=True):
    """All rows were drafted: what the report says of the reading, and of the importer."""

    reading: list[str]
    importer: list[str]
    offices: dict[str, str]


AnyPiece = Begun | Counted | Drafts | Ended

encode_piece = msgspec.msgpack.Encoder().encode
decode_piece = msgspec.msgpack.Decoder(AnyPiece).decode


class DraftedRow(NamedTuple):
    """A row with what was drafted from it; None if its id had been read before."""

    row: Row
    draft: Draft | Rejected | None


AnyDrafted = DraftedRow | Rejected | Joined | PassedOver


def item_of(found: AnyDrafted) -> _Item:
    """A row, or what was passed over, as it is handed over."""
    if isinstance(found, DraftedRow):
        row, draft = found
        place = _Place(*row[:4])
        if isinstance(draft, Draft):
            return _Item(row=place, draft=_drafted(draft))
        return _Item(row=place, rejected=draft)
    if isinstance(found, Rejected):
        return _Item(rejected=found)
    if isinstance(found, Joined):
        return _Item(joined=found)
    return _Item(passed_over=found)


def found_in(item: _Item) -> AnyDrafted:
    """The row, or what was passed over, that was handed over."""
    if item.row is not None:
        row = Row(*item.row, cells=[])
        draft = _draft(row, item.draft) if item.draft is not None else item.rejected
        return DraftedRow(row, draft)
    found = item.rejected or item.joined or item.passed_over
    if found is None:
        raise msgspec.ValidationError("an item that holds nothing")
    return found


def _drafted(draft: Draft) -> _Drafted:
    shared = _Shared()
    for table, record in draft.shared:
        of_table = getattr(shared, table)
        if of_table:
            of_table.append(record)
        else:
            setattr(shared, table, [record])
    return _Drafted(
        draft.event,
        shared,
        draft.article,
        draft.passages,
        draft.claims,
        draft.links,
        draft.distinct,
    )


def _draft(row: Row, drafted: _Drafted) -> Draft:
    return Draft(
        row=row,
        event=drafted.event,
        shared=tuple(_by_table(drafted.shared)),
        article=drafted.article,
        passages=drafted.passages,
        claims=drafted.claims,
        links=drafted.links,
        distinct=drafted.distinct,
    )


def _by_table(shared: _Shared) -> Iterable[tuple[str, AnyRecord]]:
    for table in _Shared.__struct_fields__:
        for record in getattr(shared, table):
            yield table, record
