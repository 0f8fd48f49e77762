"""The records of a case.

Every record is frozen, has an `id`, and is validated when it is decoded: an
unknown field, a wrong type or a value outside its list is an error that names
the field. Text from outside is stored unchanged.
"""

import re
from collections.abc import Mapping
from typing import Annotated

import msgspec
from msgspec import Meta

from store.model.dates import bounds
from store.model.judgements import (
    Assessment,
    Grade,
    Kinship,
    Mark,
    Note,
    Ruling,
    SavedFilter,
    Tag,
)
from store.model.record import Record
from store.model.text import text_hash
from store.model.values import COUNT_KINDS, VALUE_OF_KIND, AnyValue, When
from store.model.vocabulary import (
    ActorKind,
    DateRule,
    EventType,
    FieldBasis,
    Flag,
    Kind,
    PlaceKind,
    ReadBy,
    SourceKind,
    StampBasis,
    Stance,
    TextKind,
)

SCHEMA = 1
"""The version of the records below; a case of a higher one is refused."""

CONTEXT = 32
"""Code points that a passage keeps of the text before and after it."""


class Case(Record, frozen=True, kw_only=True):
    """The case itself: its name, its coder, and the conventions of the coding."""

    schema: int
    name: str
    title: str
    about: str = ""
    coded_by: str = ""
    licence: str = ""
    conventions: tuple[str, ...] = ()


class DataSet(Record, frozen=True, kw_only=True):
    """A published data set from which records were imported.

    The records of a data set that is not `redistributable` may not be passed on.
    """

    name: str
    version: str = ""
    licence: str = ""
    redistributable: bool = True
    citation: str = ""


class RowRef(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True
):
    """A reference to a row of a data set: the row's id there, and the SHA-256 of its cells."""

    dataset: str
    row: str
    sha256: Annotated[str, Meta(pattern="^[0-9a-f]{64}$")]


class Actor(Record, frozen=True, kw_only=True):
    """A party to the conflict; `part_of` and `formerly` are ids of actors.

    `merged` are the ids of the records that were merged into this one: an import that
    knows one of them means this.
    """

    name: str
    kind: ActorKind
    aliases: tuple[str, ...] = ()
    part_of: tuple[str, ...] = ()
    formerly: tuple[str, ...] = ()
    position: str = ""
    merged: tuple[str, ...] = ()


class Place(Record, frozen=True, kw_only=True):
    """A named place in WGS84 degrees; `precision` 1-7 as UCDP GED codes `where_prec`.

    1 exact, 2 within about 25 km, 3 district, 4 province, 5 a line or fuzzy
    area, 6 country, 7 international. `basis` names the origin of the
    coordinates, which are None where they are unknown. `merged` is as for an actor.
    """

    name: str
    kind: PlaceKind
    precision: Annotated[int, Meta(ge=1, le=7)]
    latitude: Annotated[float, Meta(ge=-90, le=90)] | None = None
    longitude: Annotated[float, Meta(ge=-180, le=180)] | None = None
    aliases: tuple[str, ...] = ()
    within: str | None = None
    basis: str = ""
    merged: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if (self.latitude is None) != (self.longitude is None):
            raise ValueError("latitude and longitude go together")


class Source(Record, frozen=True, kw_only=True):
    """A possible origin of statements; `actor` is set where it is also an actor.

    `speaks_for` is the actor whose organ, leader, spokesman or state agency it
    is: all sources that speak for one party count once. `merged` is as for an actor.
    """

    name: str
    kind: SourceKind
    aliases: tuple[str, ...] = ()
    actor: str | None = None
    speaks_for: str | None = None
    merged: tuple[str, ...] = ()


_HOURS = re.compile(
    r"(T([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)?)?", re.ASCII
)
"""A pattern for the part of an ISO 8601 time after the day."""


class Stamp(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True
):
    """A time of publication: ISO 8601, to the day or the minute, with or without a zone."""

    at: Annotated[str, Meta(pattern=r"^\d{4}-\d\d-\d\d")]
    printed: str = ""
    basis: StampBasis = StampBasis.STATED
    note: str = ""

    def __post_init__(self) -> None:
        bounds(self.at[:10])
        if not _HOURS.fullmatch(self.at[10:]):
            raise ValueError(f"at: {self.at!r} has no such time of day")


class FieldReading(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The basis on which a reader found a field of an article, and how it was read."""

    field: str
    basis: FieldBasis
    note: str = ""


class Capture(
    msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True, omit_defaults=True
):
    """The provenance of an article that was read from a file, whose bytes the case keeps.

    `file` is its name, `part` the row or item in it, empty for one article a file.
    `at` is when the page was saved, as the file states, empty if it does not; `imported`
    when it came into the case (ISO 8601, UTC), `by` whom, and `tool` what read it.
    """

    file: str
    imported: str
    by: str
    tool: str
    part: str = ""
    at: str = ""
    fields: tuple[FieldReading, ...] = ()


class Article(Record, frozen=True, kw_only=True):
    """A published text.

    `publisher` is a source's id, None where it is not stated. `text` is None
    where only the headline is known; for a row of a data set it holds the cells,
    a column a line. `raw_sha256` is that of the original's bytes, `text_sha256`
    that of `text`, to which the offsets of passages refer. `dataset` is the id of
    the data set that it is known from. `sources` are ids of sources that the
    article names in general, without tying them to a statement: they are the
    origin of no claim. `version_of` is the id of the article of which this is a
    version that came later into the case. `capture` is set where it was read from a file.
    """

    title: str | None
    publisher: str | None
    text_kind: TextKind
    published: Stamp | None = None
    updated: Stamp | None = None
    language: str = "en"
    url: str | None = None
    text: str | None = None
    text_sha256: str | None = None
    raw_sha256: str | None = None
    dataset: str | None = None
    sources: tuple[str, ...] = ()
    author: str = ""
    dateline: str = ""
    version_of: str | None = None
    capture: Capture | None = None

    def __post_init__(self) -> None:
        if (self.text is None) != (self.text_kind is TextKind.HEADLINE):
            raise ValueError("text: must be missing if, and only if, the text_kind is headline")
        if self.text is not None and self.text_sha256 != text_hash(self.text):
            raise ValueError("text_sha256: does not match the text")
        if self.text is None and not self.title:
            raise ValueError("title: an article without a text needs one")


class OriginalSpan(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The place of a digest's passage in the original: code points, end exclusive."""

    start: int
    end: int
    raw_sha256: str


class Passage(Record, frozen=True, kw_only=True):
    """A span of an article's text, or of its title.

    `start` and `end` (code points, end exclusive) and the quoted words with
    their context are the TextPositionSelector and TextQuoteSelector of the W3C
    Web Annotation Data Model; `text_sha256` binds them to one text. `carried_from` is the
    id of the passage of an earlier version of the article that has the same words: what
    was claimed there is claimed here, too, and counts once.
    """

    article: str
    start: int
    end: int
    exact: str
    text_sha256: str
    prefix: str = ""
    suffix: str = ""
    in_title: bool = False
    origin: OriginalSpan | None = None
    carried_from: str | None = None

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"start {self.start} and end {self.end} span nothing")
        if self.end - self.start != len(self.exact):
            raise ValueError(
                f"exact: has {len(self.exact)} code points, not {self.end - self.start}"
            )


class Event(Record, frozen=True, kw_only=True):
    """Something that happened or is planned; a sub-event where `part_of` is set.

    Its date, place and participants are derived from claims, the date by
    `date_rule`. An event from a data set has the `row`, `flags` for
    inconsistencies of the row, and in `hint` the source that the data set names
    for the reports, which is not counted as an origin. `machine` marks an event
    that no person has reviewed. `merged` is as for an actor; `merged_rows` are the
    rows of the events that were merged into it.
    """

    title: str
    type: EventType
    planned: bool = False
    background: bool = False
    part_of: str | None = None
    date_rule: DateRule = DateRule.MAJORITY
    row: RowRef | None = None
    flags: tuple[Flag, ...] = ()
    hint: str = ""
    machine: bool = False
    merged: tuple[str, ...] = ()
    merged_rows: tuple[RowRef, ...] = ()


class Claim(Record, frozen=True, kw_only=True):
    """A statement of one passage about one subject: an event, an actor or a place.

    `chain` holds the sources behind the publisher, the origin last; it is empty
    where the publisher itself is the origin. `stance` is that of the origin. An
    `aggregate` covers several events at once, and is not compared. `confidence`
    is that of a machine reader, in per cent.
    """

    subject: Annotated[str, Meta(pattern="^(evt|act|plc)_")]
    kind: Kind
    passage: str
    stance: Stance = Stance.ASSERTS
    value: AnyValue = None
    scope: str = ""
    as_of: When | None = None
    chain: tuple[str, ...] = ()
    aggregate: bool = False
    read_by: ReadBy = ReadBy.PERSON
    confidence: Annotated[int, Meta(ge=0, le=100)] | None = None

    def __post_init__(self) -> None:
        wanted = VALUE_OF_KIND[self.kind]
        if not isinstance(self.value, wanted):
            raise ValueError(  # noqa: TRY004 - msgspec turns it into an error that names the field
                f"value: a claim of kind {self.kind} takes {wanted.__name__},"
                f" not {type(self.value).__name__}"
            )
        if self.scope and self.kind not in COUNT_KINDS:
            raise ValueError(f"scope: a claim of kind {self.kind} has none")


Entity = Actor | Place | Source | Event
"""The records that can be merged and split."""

AnyRecord = (
    Case
    | DataSet
    | Actor
    | Place
    | Source
    | Article
    | Passage
    | Event
    | Claim
    | Note
    | Tag
    | Mark
    | Grade
    | Assessment
    | Ruling
    | Kinship
    | SavedFilter
)

RECORD_TYPES: dict[str, type[AnyRecord]] = {
    "case": Case,
    "datasets": DataSet,
    "actors": Actor,
    "places": Place,
    "sources": Source,
    "articles": Article,
    "passages": Passage,
    "events": Event,
    "claims": Claim,
    "notes": Note,
    "tags": Tag,
    "marks": Mark,
    "grades": Grade,
    "assessments": Assessment,
    "rulings": Ruling,
    "kinships": Kinship,
    "filters": SavedFilter,
}
"""The tables of a case, each after what its records refer to."""

ById = Mapping[str, tuple[str, AnyRecord]]
"""Records with their tables, by id."""
