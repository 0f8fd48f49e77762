"""Events of UCDP GED, coded from nothing but the headlines and offices of their articles.

The headlines are the publishers' and stay in the data set; here are only the
patterns by which they are read. What is decided:

- A headline's number is of all the dead of its event, and its scope is empty,
  also where it calls them civilians. The reports of an attack count the same
  dead, and one calls them "civilians", another "people", a third nothing: with
  the word as the scope none of them would be compared with another.
- Dead and wounded counted together are no count of the dead.
- A toll of many days or attacks is an aggregate.
- "More than 40" is at least 40, as in the bundled case. A count "until the
  moment" is at least that.
- "Monitor" is the Syrian Observatory, as AFP and Reuters use the word. Turkey
  and its ministries are one origin: to count them apart would make two of one.
- "Kurds", "Kurdish media", "a source" and "medic" are nobody in particular.
"""

import csv
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from store.model.change import Change, Edit
from store.model.record import make_id
from store.model.records import (
    RECORD_TYPES,
    SCHEMA,
    AnyRecord,
    Article,
    Case,
    Claim,
    Event,
    Passage,
    Source,
    Stamp,
)
from store.model.text import text_hash
from store.model.values import AnyValue, Count
from store.model.vocabulary import EventType, Kind, Qualifier, SourceKind, TextKind

FILE = "ucdp/ged_syria_2016_2019.csv"

_ITEM = re.compile(r'"(.*?),(\d{4}-\d\d-\d\d),(.*?)"(?=;"|\Z)', re.DOTALL)
"""One article in `source_article`; offices and headlines hold commas and semicolons."""


class Item(NamedTuple):
    """One article behind an event."""

    office: str
    day: str
    headline: str


class Row(NamedTuple):
    """The columns of an event of the data set that are used here."""

    id: str
    place: str
    items: tuple[Item, ...]


def rows(path: Path, ids: Iterable[str]) -> dict[str, Row]:
    """The events of these ids."""
    csv.field_size_limit(2**20)
    wanted = set(ids)
    with path.open(encoding="utf-8", newline="") as lines:
        return {
            row["id"]: Row(row["id"], row["where_coordinates"], tuple(items(row["source_article"])))
            for row in csv.DictReader(lines)
            if row["id"] in wanted
        }


def items(cell: str) -> Iterator[Item]:
    """The articles of a cell `source_article`, as often as they are listed."""
    return (Item(*found.groups()) for found in _ITEM.finditer(cell))


OFFICES = {
    "Agence France Presse": "AFP",
    "BBC Monitoring European": "BBC Monitoring",
    "BBC Monitoring Middle East": "BBC Monitoring",
    "BBC Monitoring Newsfile": "BBC Monitoring",
    "Reuters News": "Reuters",
    "Sputnik News Service": "Sputnik",
}
"""The offices that have another name here; those of one publisher are merged."""

_ORIGINS = {
    r"\bYPG\b(?=, monitor)": "YPG",
    r"\bmonitor$": "SOHR",
    r"\bKurds say$|\bKurdish media$": "Kurdish sources",
    r"\blocal council\b": "Local council of Al-Rai",
    r"\bmedic$": "A medic",
    r"- Source\b": "A source",
    r"\bTurkey (?:says|condemns)\b|\bDefen[cs]e Ministry(?: says|$)": "Turkish government",
}
"""The origins that headlines name."""

_WAYS = {r"-ANADOLU$": "Anadolu"}
"""The relaying media that headlines name."""

_KINDS = {
    "SOHR": SourceKind.MONITOR,
    "AFP": SourceKind.WIRE,
    "Reuters": SourceKind.WIRE,
    "YPG": SourceKind.BELLIGERENT,
    "Turkish government": SourceKind.OFFICIAL,
    "Local council of Al-Rai": SourceKind.OFFICIAL,
    "Kurdish sources": SourceKind.UNNAMED,
    "A medic": SourceKind.UNNAMED,
    "A source": SourceKind.UNNAMED,
}

_NUMBERS = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]
_NUMBER = rf"(?P<number>\d+|{'|'.join(_NUMBERS)}|dozens)"
_HOW = r"(?P<how>more than |at least |about |over )?"

_TOGETHER = r"casualties and injuries|martyrs and wounded"
_DEAD = (
    rf"\bkill(?:s|ed)? {_HOW}{_NUMBER}\b",
    rf"{_HOW}\b{_NUMBER} (?:civilians |people )?(?:were )?killed\b",
    rf"\bdeath toll to {_HOW}{_NUMBER}\b",
    rf"\blosses raise to {_HOW}{_NUMBER}\b",
    rf"\b{_NUMBER} casualties (?P<how>until the moment)\b",
)
_OF_MANY = (rf"\bdeath toll to {_HOW}{_NUMBER}\b", rf"\b{_NUMBER} killed in .* attacks\b")
_HURT = (rf"{_HOW}\b{_NUMBER} (?:injured|wounded)\b",)

_QUALIFIERS = {
    "more than": Qualifier.AT_LEAST,
    "at least": Qualifier.AT_LEAST,
    "over": Qualifier.AT_LEAST,
    "until the moment": Qualifier.AT_LEAST,
    "about": Qualifier.ABOUT,
}
DOZENS = 24

_ANOTHER = r"^Clashes\b"
"""A headline of another event than the explosion that GED lists it with."""

_TELLS = r"(?i)explosion|blast|bomb|attack|strike|kill|jets|death toll"
"""A headline that tells of the event at all."""


def _count(patterns: Iterable[str], headline: str) -> Count | None:
    for pattern in patterns:
        found = re.search(f"(?i){pattern}", headline)
        if found:
            words = found["number"].lower()
            how = (found["how"] or "").strip().lower() if "how" in found.groupdict() else ""
            if words == "dozens":
                return Count(min=DOZENS, qualifier=Qualifier.DOZENS, printed=found["number"])
            number = int(words) if words.isdigit() else _NUMBERS.index(words)
            qualifier = _QUALIFIERS.get(how, Qualifier.EXACT)
            open_ended = qualifier is Qualifier.AT_LEAST
            return Count(min=number, max=None if open_ended else number, qualifier=qualifier)
    return None


def _chains(headline: str) -> list[tuple[str, ...]]:
    """The ways by which a headline came to know it; an empty one where it names none."""
    way = tuple(name for pattern, name in _WAYS.items() if re.search(pattern, headline))
    origins = [name for pattern, name in _ORIGINS.items() if re.search(f"(?i){pattern}", headline)]
    return [(*way, origin) for origin in origins] or [()]


class Coded:
    """The records of some events; `scoped` takes the word "civilians" as the scope, too."""

    def __init__(self, of: Iterable[Row], *, scoped: bool = False) -> None:
        self._scoped = scoped
        self._tables: dict[str, dict[str, AnyRecord]] = {table: {} for table in RECORD_TYPES}
        self._add("case", Case(id="case_ged", schema=SCHEMA, name="ged", title="GED"))
        for row in of:
            for item in row.items:
                self._article(row, item)

    def opening(self) -> Change:
        """The case, as the change that opens it."""
        edits = [
            Edit(table, one.id, None, one)
            for table, ones in self._tables.items()
            for one in ones.values()
        ]
        return Change("test", "", "open", edits)

    def articles(self) -> list[AnyRecord]:
        """The articles, each once."""
        return list(self._tables["articles"].values())

    def _add(self, table: str, record: AnyRecord) -> str:
        return self._tables[table].setdefault(record.id, record).id

    def _source(self, name: str) -> str:
        kind = _KINDS.get(name, SourceKind.OUTLET)
        return self._add("sources", Source(id=make_id("src", name), name=name, kind=kind))

    def _event(self, row: Row, headline: str) -> str:
        another = re.search(_ANOTHER, headline)
        title = f"{'Clashes' if another else 'Attack'} at {row.place}"
        type = EventType.CLASH if another else EventType.ATTACK
        id = f"evt_{row.id}{'_clashes' if another else ''}"
        return self._add("events", Event(id=id, title=title, type=type))

    def _article(self, row: Row, item: Item) -> None:
        headline = item.headline.strip()
        article = self._add(
            "articles",
            Article(
                id=make_id("art", *item),
                title=headline,
                publisher=self._source(OFFICES.get(item.office, item.office)),
                text_kind=TextKind.HEADLINE,
                published=Stamp(at=item.day),
            ),
        )
        if not re.search(_TELLS, headline):
            return
        passage = self._add(
            "passages",
            Passage(
                id=make_id("psg", article),
                article=article,
                start=0,
                end=len(headline),
                exact=headline,
                text_sha256=text_hash(headline),
                in_title=True,
            ),
        )
        # the last line of some headlines is the agency's mark, not its words
        words = headline.removesuffix("CR РИАН").strip().replace("\n", " ")
        for chain in _chains(words):
            for kind, value, aggregate in _said(words):
                self._claim(row, words, passage, chain, kind, value, aggregate)

    def _claim(
        self,
        row: Row,
        words: str,
        passage: str,
        chain: tuple[str, ...],
        kind: Kind,
        value: AnyValue,
        aggregate: bool,
    ) -> None:
        event = self._event(row, words)
        civilians = self._scoped and value is not None and "civilian" in words.lower()
        self._add(
            "claims",
            Claim(
                id=make_id("clm", event, passage, kind, *chain),
                subject=event,
                kind=kind,
                passage=passage,
                value=value,
                chain=tuple(self._source(name) for name in chain),
                scope="civilians" if civilians else "",
                aggregate=aggregate,
            ),
        )


def decided(headline: str) -> Iterator[tuple[Kind, AnyValue, bool]]:
    """The coding of a headline, as decided here."""
    return _said(headline.strip().removesuffix("CR РИАН").strip().replace("\n", " "))


def _said(words: str) -> Iterator[tuple[Kind, AnyValue, bool]]:
    """Code a headline: its occurrence, the dead, the injured."""
    many = re.search(r"(?i)\b\d+ days of\b|\battacks on\b", words)
    yield Kind.OCCURRENCE, None, bool(many)
    if not re.search(f"(?i){_TOGETHER}", words):
        dead = _count(_OF_MANY if many else _DEAD, words)
        if dead:
            yield Kind.FATALITIES, dead, bool(many)
    hurt = _count(_HURT, words)
    if hurt:
        yield Kind.INJURIES, hurt, bool(many)
