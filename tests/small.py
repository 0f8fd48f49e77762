"""A small case that a test writes line by line: articles, events and claims."""

from collections.abc import Iterator
from itertools import count
from pathlib import Path

from store.document.snapshot import write_case
from store.model.records import (
    SCHEMA,
    Actor,
    AnyRecord,
    Article,
    Case,
    Claim,
    DataSet,
    Event,
    Passage,
    Place,
    RowRef,
    Source,
    Stamp,
)
from store.model.text import text_hash
from store.model.values import AnyValue, Participant, When, Where
from store.model.vocabulary import (
    ActorKind,
    DateRule,
    EventType,
    Flag,
    Kind,
    PlaceKind,
    ReadBy,
    Role,
    SourceKind,
    Stance,
    TextKind,
)


class SmallCase:
    """Records in the order in which they are named; the id of each is its name with a prefix."""

    def __init__(self) -> None:
        self.tables: dict[str, dict[str, AnyRecord]] = {
            "case": {
                "case_small": Case(id="case_small", schema=SCHEMA, name="small", title="Small")
            }
        }
        self._count = count(1)

    def dataset(
        self,
        name: str,
        *,
        version: str = "",
        licence: str = "",
        citation: str = "",
        free: bool = True,
    ) -> str:
        """A data set, whose rows may be passed on where it is `free`."""
        return self.add(
            "datasets",
            DataSet(
                id=f"dst_{name}",
                name=name,
                version=version,
                licence=licence,
                citation=citation,
                redistributable=free,
            ),
        )

    def actor(self, name: str, *aliases: str, part_of: str = "") -> str:
        """An actor, part of another where that is given by its id."""
        whole = (part_of,) if part_of else ()
        kind = ActorKind.ARMED_GROUP
        return self.add(
            "actors",
            Actor(id=f"act_{name}", name=name, kind=kind, aliases=aliases, part_of=whole),
        )

    def place(
        self, name: str, *, within: str | None = None, kind: PlaceKind = PlaceKind.CITY
    ) -> str:
        """A place, within another where that is given by its id."""
        return self.add(
            "places",
            Place(id=f"plc_{name}", name=name, kind=kind, precision=1, within=within),
        )

    def source(self, name: str) -> str:
        """A source."""
        return self.add("sources", Source(id=f"src_{name}", name=name, kind=SourceKind.OUTLET))

    def article(
        self,
        name: str,
        text: str | None,
        *,
        title: str | None = None,
        publisher: str | None = None,
        published: str | None = None,
        dataset: str | None = None,
    ) -> str:
        """An article; one without a text is a headline, and has its name as title."""
        return self.add(
            "articles",
            Article(
                id=f"art_{name}",
                title=title if text is not None else title or name,
                publisher=publisher,
                published=Stamp(at=published) if published else None,
                text_kind=TextKind.HEADLINE if text is None else TextKind.FULL,
                text=text,
                text_sha256=None if text is None else text_hash(text),
                dataset=dataset,
            ),
        )

    def row(self, name: str, cells: str, *, publisher: str, dataset: str) -> str:
        """A row of a data set as an article, its cells a column a line."""
        return self.add(
            "articles",
            Article(
                id=f"art_{name}",
                title=name,
                publisher=publisher,
                text_kind=TextKind.ROW,
                text=cells,
                text_sha256=text_hash(cells),
                dataset=dataset,
            ),
        )

    def event(
        self,
        title: str,
        *,
        type: EventType = EventType.OTHER,
        background: bool = False,
        planned: bool = False,
        rule: DateRule = DateRule.MAJORITY,
        row: RowRef | None = None,
        flags: tuple[Flag, ...] = (),
        hint: str = "",
        machine: bool = False,
    ) -> str:
        """An event, which may be a row of a data set."""
        return self.add(
            "events",
            Event(
                id=f"evt_{title}",
                title=title,
                type=type,
                background=background,
                planned=planned,
                date_rule=rule,
                row=row,
                flags=flags,
                hint=hint,
                machine=machine,
            ),
        )

    def claim(
        self,
        event: str,
        article: str,
        exact: str,
        *,
        value: AnyValue = None,
        kind: Kind = Kind.OCCURRENCE,
        stance: Stance = Stance.ASSERTS,
        chain: tuple[str, ...] = (),
        read_by: ReadBy = ReadBy.PERSON,
        confidence: int | None = None,
        aggregate: bool = False,
    ) -> str:
        """Add a claim of an article in these words, in its text or else in its title."""
        found = self.tables["articles"][article]
        assert isinstance(found, Article)
        in_title = exact not in (found.text or "")
        text = (found.title if in_title else found.text) or ""
        start = text.index(exact)
        passage = f"psg_{article}_{'title' if in_title else 'text'}_{start}_{len(exact)}"
        self.tables.setdefault("passages", {}).setdefault(
            passage,
            Passage(
                id=passage,
                article=article,
                start=start,
                end=start + len(exact),
                exact=exact,
                text_sha256=text_hash(text),
                in_title=in_title,
            ),
        )
        return self.add(
            "claims",
            Claim(
                id=f"clm_{next(self._count)}",
                subject=event,
                kind=kind,
                passage=passage,
                stance=stance,
                value=value,
                chain=chain,
                read_by=read_by,
                confidence=confidence,
                aggregate=aggregate,
            ),
        )

    def dated(
        self,
        event: str,
        article: str,
        exact: str,
        edtf: str,
        *,
        read_by: ReadBy = ReadBy.PERSON,
        confidence: int | None = None,
    ) -> None:
        """Add the article's date of the event."""
        self.claim(
            event,
            article,
            exact,
            kind=Kind.DATE,
            value=When(edtf=edtf),
            read_by=read_by,
            confidence=confidence,
        )

    def placed(
        self,
        event: str,
        article: str,
        exact: str,
        place: str,
        *,
        read_by: ReadBy = ReadBy.PERSON,
    ) -> None:
        """Add the article's place of the event."""
        value = Where(place=place)
        self.claim(event, article, exact, kind=Kind.PLACE, value=value, read_by=read_by)

    def acted(self, event: str, article: str, exact: str, actor: str) -> None:
        """Add the article's attacker."""
        value = Participant(actor=actor, role=Role.ATTACKER)
        self.claim(event, article, exact, kind=Kind.PARTICIPANT, value=value)

    def records(self) -> Iterator[tuple[str, AnyRecord]]:
        """Every record with its table."""
        for table, records in self.tables.items():
            yield from ((table, one) for one in records.values())

    def write(self, path: Path) -> Path:
        """Write the case to a file."""
        write_case(path, self.records())
        return path

    def add(self, table: str, record: AnyRecord) -> str:
        """Add a record as it is; its id."""
        self.tables.setdefault(table, {})[record.id] = record
        return record.id
