"""Invented rows of a data set of events, with the records that an import makes of them."""

from collections.abc import Iterator
from random import Random

from store.model.change import Edit
from store.model.record import make_id
from store.model.records import (
    CONTEXT,
    Actor,
    AnyRecord,
    Article,
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
from store.model.values import AnyValue, Count, Participant, When, Where
from store.model.vocabulary import (
    ActorKind,
    EventType,
    Flag,
    Kind,
    PlaceKind,
    Qualifier,
    ReadBy,
    Role,
    SourceKind,
    TextKind,
)

_ORDER = ("datasets", "actors", "places", "sources", "articles", "passages", "events", "claims")
_DATA_SET = DataSet(id="dst_rows", name="Rows", version="1", licence="CC BY 4.0")
_OURS = Source(id="src_rows", name="Rows", kind=SourceKind.DATA_SET)


class Harvest:
    """Rows of one file, with articles, places and actors that several of them share."""

    def __init__(self, rows: int, seed: int = 1) -> None:
        self._rng = Random(seed)
        self._rows = rows
        self._seen: set[str] = set()
        self._headlines: list[Passage] = []
        self._batch: dict[str, list[AnyRecord]] = {}

    def batches(self, size: int = 100) -> Iterator[list[Edit]]:
        """The edits in batches of so many rows."""
        for first in range(0, self._rows, size):
            self._batch = {table: [] for table in _ORDER}
            for row in range(first, min(first + size, self._rows)):
                self._row(row)
            yield [
                Edit(table, one.id, None, one)
                for table, records in self._batch.items()
                for one in records
            ]

    def _add(self, table: str, record: AnyRecord) -> str:
        self._batch[table].append(record)
        return record.id

    def _shared(self, table: str, record: AnyRecord) -> str:
        if record.id not in self._seen:
            self._seen.add(record.id)
            self._add(table, record)
        return record.id

    def _actor(self) -> str:
        n = min(int(self._rng.paretovariate(0.7)), 1 + self._rows // 50)
        return self._shared(
            "actors",
            Actor(id=f"act_{n}", name=f"Brigade {n}", kind=ActorKind.ARMED_GROUP),
        )

    def _place(self) -> str:
        n = min(int(self._rng.paretovariate(0.5)), 1 + self._rows // 8)
        province = Place(
            id=f"plc_p{n % 14}",
            name=f"Province {n % 14}",
            kind=PlaceKind.PROVINCE,
            precision=4,
        )
        place = Place(
            id=f"plc_{n}",
            name=f"Village {n}",
            kind=PlaceKind.VILLAGE,
            precision=1,
            latitude=34 + n % 300 / 100,
            longitude=36 + n % 500 / 100,
            within=self._shared("places", province),
        )
        return self._shared("places", place)

    def _row(self, row: int) -> None:
        rng = self._rng
        self._shared("datasets", _DATA_SET)
        self._shared("sources", _OURS)
        day = f"{2016 + row % 4}-{1 + row % 12:02}-{1 + row % 28:02}"
        place, one, other = self._place(), self._actor(), self._actor()
        best = max(0, int(rng.paretovariate(0.9)) - 1)
        cells = (
            f"id: {row}\nrelid: SYR-{row}-1",
            f"date_start: {day} 00:00:00.000\ndate_end: {day} 00:00:00.000\ndate_prec: 1",
            f"where_coordinates: {place}\nwhere_description: in the fields west of {place}, on the"
            f" road to the next one\nwhere_prec: 1\nadm_1: Hama province\nadm_2: Hama district"
            f"\ncountry: Syria\nlatitude: 35.1\nlongitude: 36.7",
            f"type_of_violence: 1\nconflict_name: Syria: Government\ndyad_name: {one} - {other}"
            f"\nside_a: {one}\nside_b: {other}",
            f"best: {best}\nlow: {best}\nhigh: {best + 2}\ndeaths_a: 0\ndeaths_b: {best}",
            "event_clarity: 1\nnumber_of_sources: 1\nsource_original: SOHR",
        )
        text = "\n".join(cells)
        article = Article(
            id=make_id("art", "rows", str(row)),
            title=f"Rows {row}",
            publisher=_OURS.id,
            text_kind=TextKind.ROW,
            text=text,
            text_sha256=text_hash(text),
            dataset=_DATA_SET.id,
        )
        self._add("articles", article)
        passages = []
        start = 0
        for cell in cells:
            passages.append(self._passage(article, text, start, start + len(cell)))
            start += len(cell) + 1
        flags = (Flag.LOW_ABOVE_BEST,) if row % 50 == 0 else ()
        event = Event(
            id=make_id("evt", "rows", str(row)),
            title=f"{one} - {other}, {place}",
            type=EventType.CLASH,
            row=RowRef(dataset=_DATA_SET.id, row=str(row), sha256=text_hash(text)),
            flags=flags,
            hint="SOHR",
        )
        self._add("events", event)
        told: list[tuple[str, Kind, AnyValue, str]] = [
            (passages[1], Kind.DATE, When(edtf=day), ""),
            (passages[2], Kind.PLACE, Where(place=place), ""),
            (passages[3], Kind.PARTICIPANT, Participant(actor=one, role=Role.PARTY), ""),
            (passages[3], Kind.PARTICIPANT, Participant(actor=other, role=Role.PARTY), ""),
            (passages[4], Kind.FATALITIES, Count(min=best, best=best, max=best + 2), ""),
            (passages[4], Kind.FATALITIES, Count(min=best, best=best, max=best), other),
        ]
        if not best:
            del told[-1]
        for n, (passage, kind, value, scope) in enumerate(told):
            self._claim(event.id, n, passage, kind, value, scope, ReadBy.DATA_SET)
        links = rng.choices((1, 2, 3, 4), (81, 14, 3, 2))[0]
        for n in range(links):
            self._headline(event.id, n, day, best)

    def _passage(self, article: Article, text: str, start: int, end: int) -> str:
        return self._add(
            "passages",
            Passage(
                id=make_id("psg", article.id, str(start)),
                article=article.id,
                start=start,
                end=end,
                exact=text[start:end],
                text_sha256=str(article.text_sha256),
                prefix=text[max(0, start - CONTEXT) : start],
                suffix=text[end : end + CONTEXT],
            ),
        )

    def _headline(self, event: str, n: int, day: str, best: int) -> None:
        rng = self._rng
        if self._headlines and rng.random() < 0.35:
            passage = rng.choice(self._headlines[-500:])
        else:
            passage = self._new_headline(day, best)
        self._claim(event, 10 + n, passage.id, Kind.OCCURRENCE, None, "", ReadBy.DATA_SET)
        if rng.random() < 0.3:
            value = Count(min=best, qualifier=Qualifier.AT_LEAST, printed=f"at least {best}")
            self._claim(event, 20 + n, passage.id, Kind.FATALITIES, value, "", ReadBy.RULE)

    def _new_headline(self, day: str, best: int) -> Passage:
        number = len(self._headlines)
        office = min(int(self._rng.paretovariate(0.8)), 120)
        source = self._shared(
            "sources", Source(id=f"src_{office}", name=f"Agency {office}", kind=SourceKind.WIRE)
        )
        title = f"Fighting {number} in the north kills at least {best} as the army moves on"
        article = Article(
            id=make_id("art", "headline", str(number)),
            title=title,
            publisher=source,
            published=Stamp(at=day),
            text_kind=TextKind.HEADLINE,
            dataset=_DATA_SET.id,
        )
        passage = Passage(
            id=make_id("psg", article.id, "title"),
            article=article.id,
            start=0,
            end=len(title),
            exact=title,
            text_sha256=text_hash(title),
            in_title=True,
        )
        self._add("articles", article)
        self._add("passages", passage)
        self._headlines.append(passage)
        return passage

    def _claim(
        self,
        event: str,
        n: int,
        passage: str,
        kind: Kind,
        value: AnyValue,
        scope: str,
        read_by: ReadBy,
    ) -> None:
        self._add(
            "claims",
            Claim(
                id=make_id("clm", event, str(n)),
                subject=event,
                kind=kind,
                passage=passage,
                value=value,
                scope=scope,
                read_by=read_by,
            ),
        )
