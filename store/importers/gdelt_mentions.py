"""GDELT mentions: the documents that report an event, and how sure the machine was.

A mention adds to an event of the case. Its place in the document is kept as
GDELT gives it, but not relied on: offsets count in a text that GDELT has
rewritten.
"""

from collections.abc import Mapping
from hashlib import sha256

from store.importers.base import BaseImporter
from store.importers.cells import BadCell, code, identifier, rejected
from store.importers.draft import Draft, Rejected, Row
from store.importers.gdelt import DATA_SET, document
from store.importers.gdelt_events import seen_at
from store.importers.record_factory import RecordFactory, words_of
from store.importers.row_ids import UsedCells
from store.importers.table import Cells, ColumnLayout
from store.model.record import make_id
from store.model.records import Claim
from store.model.vocabulary import Kind, ReadBy

_OFFSETS = ("actor1charoffset", "actor2charoffset", "actioncharoffset")
USED = (
    "globaleventid",
    "mentiontimedate",
    "mentionsourcename",
    "mentionidentifier",
    "sentenceid",
    *_OFFSETS,
    "inrawtext",
    "confidence",
)
"""The columns that are read."""


class GdeltMentions(BaseImporter):
    """Drafts of the rows of one file of mentions, each of which adds to an event."""

    dataset = DATA_SET
    whole = False
    offices: Mapping[str, str] = {}

    def __init__(self, layout: ColumnLayout, known: Mapping[str, str]) -> None:
        """`known` are the sources that the archive has, as `RecordFactory` takes them."""
        at = {name: number for number, name in enumerate(layout.columns)}
        self._shared = RecordFactory(known)
        self.not_taken = self._shared.not_taken
        self._used = UsedCells(at, USED)
        self._shared.add("datasets", DATA_SET)

    def row(self, found: Cells) -> Row | Rejected:
        """The row of a mention, identified by its event, its document and its sentence there."""
        content = "\x1f".join(found.cells)
        if "\0" in content:
            return Rejected(found.number, found.line, "", "contains a NUL byte")
        cells = self._used.of(found.cells)
        try:
            event = identifier("globaleventid", cells["globaleventid"])
        except BadCell as error:
            return rejected(found.number, found.line, error)
        key = f"{event} {cells['mentionidentifier'].strip()} {code(cells['sentenceid'])}"
        digest = sha256(content.encode()).hexdigest()
        return Row(found.number, found.line, key, digest, found.cells)

    def _draft(self, row: Row) -> Draft:
        cells = self._used.of(row.cells)
        if not cells["mentionidentifier"].strip():
            raise BadCell("mentionidentifier", "has no document")
        confidence = code(cells["confidence"])[:9]
        if not (confidence.isascii() and confidence.isdigit()) or int(confidence[:9]) > 100:
            raise BadCell("confidence", "is not a number from 0 to 100")
        event = make_id("evt", DATA_SET.id, code(cells["globaleventid"]))
        domain = words_of(cells["mentionsourcename"].strip())
        seen = seen_at(cells["mentiontimedate"])
        _, passage = document(self._shared, cells["mentionidentifier"], domain, seen)
        claim = Claim(
            id=make_id("clm", event, passage, "occurrence"),
            subject=event,
            kind=Kind.OCCURRENCE,
            passage=passage,
            read_by=ReadBy.MACHINE,
            confidence=int(confidence),
            note=_where(cells),
        )
        return Draft(
            row=row,
            event=None,
            shared=self._shared.take(),
            article=None,
            passages=(),
            claims=(claim,),
            links=1,
            distinct=1,
        )


def _where(cells: Mapping[str, str]) -> str:
    """The place of the mention in the document, as GDELT gives it."""
    offsets = ", ".join(words_of(cells[name].strip()) or "none" for name in _OFFSETS)
    return (
        f"GDELT has it in sentence {words_of(cells['sentenceid'].strip()) or 'unknown'}, at"
        f" {offsets} (actor 1, actor 2, deed; raw text {words_of(cells['inrawtext'].strip())});"
        " not checked"
    )
