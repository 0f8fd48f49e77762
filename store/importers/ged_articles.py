"""The articles that a row of UCDP GED lists, and what their headlines say of its event."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple, Protocol

from store.importers.article_listings import ArticleListings, RowPlace
from store.importers.attributions import Ways, heard, may_name_somebody
from store.importers.bylines import credited
from store.importers.cells import day_or_none
from store.importers.date_cells import date_cell
from store.importers.headline_words import (
    HEDGES,
    HEDGES_MARKS,
)
from store.importers.missing import is_missing
from store.importers.old_articles import citations
from store.importers.outlets import DATED_AS_ITS_EVENT, Outlet, Outlets, kind_of
from store.importers.record_factory import RecordFactory, decoded, title_passage, words_of
from store.importers.speakers import SpeakerContext, named, party_of
from store.importers.tolls import Toll, tolls_of
from store.model.labels import count_text
from store.model.record import make_id
from store.model.records import Article, Claim, Stamp
from store.model.vocabulary import Kind, ReadBy, SourceKind, StampBasis, Stance, TextKind

_ITEM = re.compile(
    r'"([^"]*?),\s*(\d{4}-\d\d-\d\d)(?: [0-9:.]+)?,(.*?)"(?=\s*;\s*"|\s*;?\s*\Z)', re.DOTALL
)
"""One article in a cell; offices and headlines hold commas, semicolons and line breaks."""

MANY = 5
"""The number of events above which an article is about them together, as an aggregate."""

CARRIERS = {"All Africa": "a paper carried by All Africa"}
"""Publishers that only carry others' texts, with a name for an origin that they do not name."""

_REMEMBERED = 50_000
"""The most articles kept in memory; those of one event are near each other in a file."""


class ListItem(NamedTuple):
    """One article as a row lists it; one that an old row cites may lack its day."""

    office: str
    day: str
    headline: str


class Chains(NamedTuple):
    """The chains of an article to the origins of its report, of its number and of its denial."""

    told: tuple[tuple[str, ...], ...]
    number: tuple[tuple[str, ...], ...]
    denied: tuple[tuple[str, ...], ...]


class ListedArticle(NamedTuple):
    """One article of a row: its id, its day, the passage in its title, and what the passage says.

    `day` is empty if the list gives a day that does not exist: it stays unknown.
    `chains` are the chains of its sources: for the event, for the number of dead,
    and for what is denied. `occurrence` is its stance on the event, None if it only
    denies a number. `many` is true if it reports many events, `shared` if its tolls
    may be those of another event of the file that lists it, or of all of them:
    they are aggregates.
    """

    article: str
    day: str
    title: str
    passage: str
    chains: Chains
    tolls: tuple[Toll, ...]
    occurrence: Stance | None
    many: bool
    shared: bool = False

    def claims(self, event: str, *, aggregate: bool, totals: bool) -> Iterator[Claim]:
        """The claims of the article about an event of the file, or about several: an `aggregate`.

        `totals` is true if its tolls count more than this event. Several events in one
        night need not make it so.
        """
        aggregate, totals = aggregate or self.many, totals or self.many
        denied = self.occurrence is Stance.DENIES
        if self.occurrence is not None:
            for chain in self.chains.denied if denied else self.chains.told:
                yield Claim(
                    id=make_id("clm", event, self.passage, "occurrence", *chain),
                    subject=event,
                    kind=Kind.OCCURRENCE,
                    passage=self.passage,
                    stance=self.occurrence,
                    chain=chain,
                    aggregate=aggregate,
                    read_by=_READ_BY[self.occurrence],
                )
        for toll in self.tolls:
            scope = (f"scope: {toll.scope}",) if toll.scope else ()
            denied = toll.stance is Stance.DENIES
            for chain in self.chains.denied if denied else self.chains.number:
                yield Claim(
                    id=make_id("clm", event, self.passage, "fatalities", *chain, *scope),
                    subject=event,
                    kind=Kind.FATALITIES,
                    passage=self.passage,
                    stance=toll.stance,
                    value=toll.dead,
                    scope=toll.scope,
                    chain=chain,
                    aggregate=totals or self.shared or toll.aggregate,
                    read_by=ReadBy.RULE,
                )


_READ_BY = {
    Stance.ASSERTS: ReadBy.DATA_SET,
    Stance.HEDGES: ReadBy.RULE,
    Stance.DENIES: ReadBy.RULE,
}
"""The reader of each stance on the event: UCDP itself codes only that the article is listed."""


def items(cell: str) -> Iterator[ListItem]:
    """The articles of a cell `source_article`, as often as they are listed."""
    return (
        ListItem(office, day, decoded(headline)) for office, day, headline in _ITEM.findall(cell)
    )


class RowArticles(NamedTuple):
    """The articles of a row; `cited` is true if they are citations of an old row in free words.

    `bare` counts those of its citations that have no headline, so that there are no words of
    an article, and `unread` those that could not be read.
    """

    listed: tuple[ListItem, ...]
    cited: bool = False
    bare: int = 0
    unread: int = 0


def articles_of(cell: str, start: str) -> RowArticles:
    """The articles of a row, whose event begins on a day, as its cell `date_start` writes it."""
    listed = tuple(items(cell))
    if listed or is_missing(cell):
        return RowArticles(listed)
    day = date_cell(start)
    found = citations(cell, day.day if day else "")
    cited = tuple(
        ListItem(one.office, one.day, decoded(one.headline)) for one in found.read if one.headline
    )
    bare = len(found.read) - len(cited)
    return RowArticles(cited, cited=True, bare=bare, unread=found.unread)


class NamedActors(Protocol):
    """The actors of one file by their names."""

    def named(self, name: str) -> str | None:
        """The id of the actor of a name, None if there is none."""


class ListedArticles:
    """The articles of one file; all rows are counted first."""

    def __init__(self, shared: RecordFactory, actors: NamedActors, dataset: str) -> None:
        self.listings = ArticleListings()
        self.offices: dict[str, str] = {}
        self._offices = Outlets()
        self._shared = shared
        self._actors = actors
        self._dataset = dataset
        self._found: dict[ListItem, ListedArticle | None] = {}
        self._chains: dict[tuple[ListItem, SpeakerContext], Chains] = {}

    def count(self, listed: Sequence[ListItem], place: RowPlace) -> None:
        """Take note of the articles of a row, each of which supports an event at its place."""
        self.listings.count(listed, place)
        for item in listed:
            self._offices.count(item.office)

    def counted(self) -> None:
        """End the counting of rows."""
        self.listings.counted()

    def listed(
        self, items: Sequence[ListItem], setting: SpeakerContext, place: RowPlace
    ) -> list[ListedArticle]:
        """The articles of a row, as often as it lists them, without those that have no words."""
        found = []
        for item in items:
            if item not in self._found:
                if len(self._found) > _REMEMBERED:
                    self._found.clear()
                    self._chains.clear()
                self._found[item] = self._made(item)
            one = self._found[item]
            if one is not None:
                if (
                    item.headline
                    and may_name_somebody(one.title)
                    and any(heard(one.title, setting))
                ):
                    occurrence = occurrence_of(one.title, one.tolls, setting)
                    chains = self._ways(item, one.title, setting)
                    one = one._replace(chains=chains, occurrence=occurrence)
                times = self.listings.times(item) if one.tolls else 1
                if times > 1 and not self.listings.names_only(item, place, one.title):
                    one = one._replace(shared=True)
                found.append(one)
        return found

    def _made(self, item: ListItem) -> ListedArticle | None:
        printed = item.office.strip()
        title, credit = credited(words_of(item.headline).strip())
        if not title:
            return None
        by = self._offices.office(printed)
        day = day_or_none(item.day) or ""
        if printed:
            self.offices[printed] = f"{by.publisher} ← {by.origin}" if by.origin else by.publisher
        publisher = self._publisher(printed, by)
        own = (_chain(publisher, self._way(by, credit)),)
        id = make_id("art", printed, item.day, title)
        made = title_passage(id, title)
        self._shared.add(
            "articles",
            Article(
                id=id,
                title=title,
                publisher=publisher,
                text_kind=TextKind.HEADLINE,
                published=_stamp(by.publisher, day) if day else None,
                dataset=self._dataset,
            ),
        )
        self._shared.add("passages", made)
        tolls = tolls_of(
            title,
            casualties_are_dead=by.publisher == "SOHR",
            provinces=self.listings.provinces,
        )
        many = self.listings.times(item) > MANY
        occurrence = occurrence_of(title, tolls, SpeakerContext())
        chains = Chains(own, own, own)
        return ListedArticle(id, day, title, made.id, chains, tolls, occurrence, many)

    def _ways(self, item: ListItem, title: str, setting: SpeakerContext) -> Chains:
        """The chains of an article's sources, with "the army" resolved by the row."""
        key = item, setting
        if key not in self._chains:
            by = self._offices.office(item.office.strip())
            publisher = self._publisher(item.office.strip(), by)
            way = self._way(by, credited(words_of(item.headline).strip()).origin)
            found = heard(title, setting)
            three = (found.told, found.number, found.denied)
            self._chains[key] = Chains(*(self._chains_of(publisher, way, ways) for ways in three))
        return self._chains[key]

    def _publisher(self, printed: str, by: Outlet) -> str | None:
        """The source that published an article, None if no office is stated."""
        return self._source(by.publisher, kind_of(by.publisher)) if printed else None

    def _chains_of(
        self, publisher: str | None, way: tuple[str, ...], ways: Ways
    ) -> tuple[tuple[str, ...], ...]:
        """The chains of a text's carriers and speakers; of carriers alone if nobody speaks."""
        named = [tuple(self._source(one.name, one.kind, one.party) for one in w) for w in ways]
        return tuple(dict.fromkeys(_chain(publisher, (*way, *one)) for one in named or [()]))

    def _way(self, by: Outlet, credit: str) -> tuple[str, ...]:
        """The sources whose text the publisher carries, from its name or the credit line."""
        way = [self._source(by.origin, kind_of(by.origin))] if by.origin else []
        if credit and (known := named(credit.casefold())):
            way.append(self._source(known.name, known.kind, known.party))
        elif credit:
            name = self._offices.office(credit).publisher
            way.append(self._source(name, kind_of(name)))
        if not way and by.publisher in CARRIERS:
            way.append(self._source(CARRIERS[by.publisher], SourceKind.UNNAMED))
        return tuple(way)

    def _source(self, name: str, kind: SourceKind, party: str = "") -> str:
        """The id of a source, which speaks for a party only if that is an actor of the file."""
        party = party or party_of(name)
        return self._shared.source(name, kind, self._actors.named(party) if party else None)


def occurrence_of(title: str, tolls: tuple[Toll, ...], setting: SpeakerContext) -> Stance | None:
    """The stance of a headline on the event itself; None if it only denies a number of dead.

    A belligerent that denies an attack denies whose it was, anybody else that it happened.
    """
    stances = {toll.stance for toll in tolls}
    if Stance.DENIES in stances:
        return Stance.ASSERTS if len(stances) > 1 else None
    if not tolls and heard(title, setting).no_event:
        return Stance.DENIES
    folded = title.lower()
    if Stance.HEDGES in stances:
        return Stance.HEDGES
    hedged = any(mark in folded for mark in HEDGES_MARKS) and HEDGES.search(title)
    return Stance.HEDGES if hedged else Stance.ASSERTS


def _chain(publisher: str | None, way: tuple[str, ...]) -> tuple[str, ...]:
    """The chain to an origin, in which nobody occurs twice in succession."""
    chain: list[str] = []
    for source in way:
        if source != (chain[-1] if chain else publisher):
            chain.append(source)
    return tuple(chain)


def _stamp(publisher: str, day: str) -> Stamp:
    """The time of an article's publication, as far as its day gives it."""
    if publisher in DATED_AS_ITS_EVENT:
        return Stamp(at=day, basis=StampBasis.GUESSED, note="the day of the event")
    return Stamp(at=day)


class FreeCitations:
    """The rows of a file that cite their articles in free words, and what was read of them."""

    def __init__(self) -> None:
        self._rows = self._read = self._bare = self._unread = self._silent = 0

    def count(self, articles: RowArticles) -> None:
        """Take note of a row."""
        if articles.cited:
            self._rows += 1
            self._read += len(articles.listed)
            self._bare += articles.bare
            self._unread += articles.unread
            self._silent += not articles.listed

    @property
    def remarks(self) -> list[str]:
        """The sentence for the account, if there are such rows."""
        if not self._rows:
            return []
        told = [
            f"articles cited in free words in {count_text(self._rows, 'row')}:"
            f" {self._read:,} read by a rule"
        ]
        if self._bare:
            told.append(f"{self._bare:,} without a headline and so not taken")
        if self._unread:
            told.append(f"{self._unread:,} not understood")
        if self._silent:
            told.append(f"{count_text(self._silent, 'row')} left without articles")
        return [", ".join(told)]
