"""Assignment of the events of a synthetic case to its articles."""

from collections.abc import Iterable, Iterator
from random import Random
from typing import Generic, NamedTuple, TypeVar

LINK_SHARES = (0.81, 0.14, 0.032, 0.017)
"""The shares of events with one, two, three, and four or more articles (UCDP GED, Syria)."""
EVENTS_AN_ARTICLE = 5
"""The number of events for each article; with the links above, an article covers six or seven."""
HEADLINES = 0.04
"""The share of articles of which only the headline is known."""
NEAR = 8
"""The distance to an event's main article within which others cover the event, too."""

CHAPTER = 1_920
"""The number of articles, without headlines, of a chapter.

They cover only events of their own chapter of about 10,000 events, so that a
chapter is complete when it ends.
"""

T = TypeVar("T")


class EventInArticle(NamedTuple, Generic[T]):
    """An event in an article; `first` in its main article."""

    happening: T
    first: bool


class ArticleEvents(NamedTuple, Generic[T]):
    """The events of an article, given by its number; `headline` where it has no text."""

    number: int
    events: list[EventInArticle[T]]
    headline: bool


def assign_events(
    rng: Random, happened: Iterable[T], events: int
) -> Iterator[T | ArticleEvents[T] | None]:
    """Yield each event and, as soon as it is complete, each article.

    There is an article for every five events, at least six. They come in the order
    of their numbers, each after its events. An event has its main article in
    chronological order and others nearby, so that only these are held in memory,
    beside a byte for each article and a number for each headline. `None` separates
    two chapters.
    """
    sharing = _Assignment[T](rng, events)
    chapter = 0
    for number, happening in enumerate(happened):
        main_article = sharing.main_article(number)
        if main_article // CHAPTER > chapter:
            chapter = main_article // CHAPTER
            yield from sharing.end_chapter(chapter)
            yield None
        yield happening
        yield from sharing.share(main_article, happening)
    yield from sharing.end_chapter(chapter + 1)


class _Assignment(Generic[T]):
    """The articles while events are assigned; whole ones are those with a text."""

    def __init__(self, rng: Random, events: int) -> None:
        self.rng = rng
        self.events = events
        self.count = max(6, events // EVENTS_AN_ARTICLE)
        headlines = rng.sample(range(self.count), round(self.count * HEADLINES))
        self.is_headline = bytearray(self.count)
        for number in headlines:
            self.is_headline[number] = True
        self.whole = self.count - len(headlines)
        self.empty_headlines = sorted(headlines, reverse=True)
        """Headlines without an event, the next one last."""
        self.articles: dict[int, list[EventInArticle[T]]] = {}
        self.numbers: dict[int, int] = {}
        """The number of each nearby whole article, by its index among the whole ones."""
        self._unseen = enumerate(at for at in range(self.count) if not self.is_headline[at])
        self._next = 0

    def main_article(self, number: int) -> int:
        """The index, among the whole ones, of the main article of an event, by its number."""
        return number * self.whole // self.events

    def share(self, main_article: int, happening: T) -> Iterator[ArticleEvents[T]]:
        """Assign an event to articles; yield the articles that are complete before it."""
        yield from self._complete(main_article)
        rng = self.rng
        (links,) = rng.choices((1, 2, 3, 4), LINK_SHARES)
        while links >= 4 and rng.random() < 0.4:
            links += 1
        own = self.numbers[main_article]
        self._add(own, EventInArticle(happening, True))
        first = main_article // CHAPTER * CHAPTER
        end = min(first + CHAPTER, self.whole)
        near = [
            at
            for at in range(main_article - NEAR, main_article + NEAR + 1)
            if at != main_article and first <= at < end
        ]
        others = [self.numbers[at] for at in rng.sample(near, min(links - 1, len(near)))]
        if others and self.empty_headlines and self.empty_headlines[-1] <= own:
            others[0] = self.empty_headlines.pop()
        for other in others:
            self._add(other, EventInArticle(happening, False))

    def end_chapter(self, chapter: int) -> Iterator[ArticleEvents[T]]:
        """Yield the articles before a chapter; its headlines without an event stay empty."""
        self._move_to(chapter * CHAPTER)
        first = self.numbers.get(chapter * CHAPTER, self.count)
        while self.empty_headlines and self.empty_headlines[-1] < first:
            self.empty_headlines.pop()
        yield from self._before(first)

    def _add(self, article: int, events: EventInArticle[T]) -> None:
        self.articles.setdefault(article, []).append(events)

    def _complete(self, main_article: int) -> Iterator[ArticleEvents[T]]:
        """Move to the articles around `home`, and yield those that are complete, in order."""
        self._move_to(main_article)
        yield from self._before(next(iter(self.numbers.values()), self.count))

    def _move_to(self, main_article: int) -> None:
        """Load the numbers of the articles around `home`, and drop those before them."""
        while main_article + NEAR not in self.numbers and (found := next(self._unseen, None)):
            self.numbers[found[0]] = found[1]
        for at in list(self.numbers):
            if at >= main_article - NEAR:
                break
            del self.numbers[at]

    def _before(self, first: int) -> Iterator[ArticleEvents[T]]:
        """Yield the next articles before a number, up to a headline without an event."""
        for number in range(self._next, first):
            if self.empty_headlines[-1:] == [number]:
                break
            self._next = number + 1
            events = self.articles.pop(number, [])
            yield ArticleEvents(number, events, bool(self.is_headline[number]))
