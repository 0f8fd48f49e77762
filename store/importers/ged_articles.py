"""The articles that a row of UCDP GED lists, and what their headlines say of its event."""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from store.importers.attributions import attributed_to
from store.importers.headlines import Toll, toll_of
from store.importers.making import Shared, decoded, title_passage, words_of
from store.importers.offices import kind_of, office
from store.model.record import make_id
from store.model.records import Article, Claim, Stamp
from store.model.vocabulary import Kind, ReadBy, TextKind

_ITEM = re.compile(
    r'"([^"]*?),\s*(\d{4}-\d\d-\d\d)(?: [0-9:.]+)?,(.*?)"(?=\s*;\s*"|\s*;?\s*\Z)', re.DOTALL
)
"""One article in a cell; offices and headlines hold commas, semicolons and line breaks."""

MANY = 5
"""An article of more events than these tells of them together: its claims are aggregates."""

_REMEMBERED = 50_000
"""Articles that are kept in mind; those of one event stand near each other in a file."""


class Item(NamedTuple):
    """One article as it is listed."""

    office: str
    day: str
    headline: str


class Listed(NamedTuple):
    """One article of a row: its id, its day, the passage in its title, and what that says.

    `chains` are the ways by which it came to know; `many` is whether it tells
    of many events. The toll of an article of several may be that of any of
    them, or of all: it is an aggregate.
    """

    article: str
    day: str
    passage: str
    chains: tuple[tuple[str, ...], ...]
    toll: Toll | None
    many: bool

    def claims(self, event: str, *, aggregate: bool) -> Iterator[Claim]:
        """What it says of an event of the file; all of it where that is several at once."""
        aggregate = aggregate or self.many
        for chain in self.chains:
            yield Claim(
                id=make_id("clm", event, self.passage, "occurrence", *chain),
                subject=event,
                kind=Kind.OCCURRENCE,
                passage=self.passage,
                chain=chain,
                aggregate=aggregate,
                read_by=ReadBy.DATA_SET,
            )
            if self.toll is not None:
                yield Claim(
                    id=make_id("clm", event, self.passage, "fatalities", *chain),
                    subject=event,
                    kind=Kind.FATALITIES,
                    passage=self.passage,
                    value=self.toll.dead,
                    chain=chain,
                    aggregate=aggregate or self.toll.aggregate,
                    read_by=ReadBy.RULE,
                )


def items(cell: str) -> Iterator[Item]:
    """The articles of a cell `source_article`, as often as they are listed."""
    return (Item(office, day, decoded(headline)) for office, day, headline in _ITEM.findall(cell))


class Articles:
    """The articles of one file; `times` counts the events that each supports."""

    def __init__(self, shared: Shared, dataset: str) -> None:
        self.times: Mapping[Item, int] = {}
        self.offices: dict[str, str] = {}
        self._shared = shared
        self._dataset = dataset
        self._found: dict[tuple[Item, str], Listed | None] = {}

    def listed(self, cell: str, country: str) -> list[Listed]:
        """The articles of a row, as often as they are listed; those without a headline are not."""
        found = []
        for item in items(cell):
            key = (item, country)
            if key not in self._found:
                if len(self._found) > _REMEMBERED:
                    self._found.clear()
                self._found[key] = self._made(item, country)
            if (one := self._found[key]) is not None:
                found.append(one)
        return found

    def _made(self, item: Item, country: str) -> Listed | None:
        printed, title = item.office.strip(), words_of(item.headline).strip()
        if not title:
            return None
        by = office(printed)
        self.offices[printed] = f"{by.publisher} ← {by.origin}" if by.origin else by.publisher
        publisher = self._shared.source(by.publisher, kind_of(by.publisher))
        way = (self._shared.source(by.origin, kind_of(by.origin)),) if by.origin else ()
        ways = [
            tuple(self._shared.source(named.name, named.kind) for named in one)
            for one in attributed_to(title, country)
        ]
        chains = tuple(dict.fromkeys(_chain(publisher, (*way, *one)) for one in ways or [()]))
        id = make_id("art", printed, item.day, title)
        made = title_passage(id, title)
        self._shared.add(
            "articles",
            Article(
                id=id,
                title=title,
                publisher=publisher,
                text_kind=TextKind.HEADLINE,
                published=Stamp(at=item.day),
                dataset=self._dataset,
            ),
        )
        self._shared.add("passages", made)
        toll = toll_of(title, casualties_are_dead=by.publisher == "SOHR")
        times = self.times.get(item, 1)
        if toll is not None and times > 1:
            toll = toll._replace(aggregate=True)
        return Listed(id, item.day, made.id, chains, toll, times > MANY)


def _chain(publisher: str, named: tuple[str, ...]) -> tuple[str, ...]:
    """The way to an origin, in which nobody stands twice in a row."""
    chain: list[str] = []
    for source in named:
        if source != (chain[-1] if chain else publisher):
            chain.append(source)
    return tuple(chain)
