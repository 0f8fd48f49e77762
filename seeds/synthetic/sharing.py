"""Which articles of a synthetic case tell of which of its events."""

from collections.abc import Iterable, Iterator
from random import Random
from typing import Generic, NamedTuple, TypeVar

LINK_SHARES = (0.81, 0.14, 0.032, 0.017)
"""The shares of events with one, two, three, and four or more articles (UCDP GED, Syria)."""
EVENTS_AN_ARTICLE = 5
"""Events for each article; with the links above, an article tells of six or seven."""
HEADLINES = 0.04
"""The share of articles of which only the headline is known."""
NEAR = 8
"""An event is told by the article whose turn it is, and by others so many before or after it."""

CHAPTER = 1_920
"""Articles, without headlines, that tell of no other events than those of their own chapter.

So that a chapter, of 10,000 events, is whole when it ends, and can be let go.
"""

T = TypeVar("T")


class Told(NamedTuple, Generic[T]):
    """An event in an article; `first` in the article that tells of it at length."""

    happening: T
    first: bool


class Shared(NamedTuple, Generic[T]):
    """What the article of a number tells of, and whether only its headline is known."""

    number: int
    told: list[Told[T]]
    headline: bool


def shared_out(rng: Random, happened: Iterable[T], events: int) -> Iterator[T | Shared[T] | None]:
    """Each of so many events and, as soon as nothing more is told in it, each article.

    There is an article for every five events, six at least. They come in the
    order of their numbers, each after the events that it tells of. An event has
    its first article in the order of time and others nearby, so that only what
    is near is held: beside that a byte for each article and a number for each
    headline. `None` comes between two chapters.
    """
    sharing = _Sharing[T](rng, events)
    chapter = 0
    for number, happening in enumerate(happened):
        home = sharing.home(number)
        if home // CHAPTER > chapter:
            chapter = home // CHAPTER
            yield from sharing.end_chapter(chapter)
            yield None
        yield happening
        yield from sharing.share(home, happening)
    yield from sharing.end_chapter(chapter + 1)


class _Sharing(Generic[T]):
    """Articles while events are shared out; whole are those that are more than a headline."""

    def __init__(self, rng: Random, events: int) -> None:
        self.rng = rng
        self.events = events
        self.count = max(6, events // EVENTS_AN_ARTICLE)
        headlines = rng.sample(range(self.count), round(self.count * HEADLINES))
        self.is_headline = bytearray(self.count)
        for number in headlines:
            self.is_headline[number] = True
        self.whole = self.count - len(headlines)
        self.waiting = sorted(headlines, reverse=True)
        """Headlines that tell of nothing yet, the next one last."""
        self.articles: dict[int, list[Told[T]]] = {}
        self.numbers: dict[int, int] = {}
        """The number of each whole article that is near, by its place among the whole ones."""
        self._unseen = enumerate(at for at in range(self.count) if not self.is_headline[at])
        self._next = 0

    def home(self, number: int) -> int:
        """Which of the whole articles tells of the event of a number at length."""
        return number * self.whole // self.events

    def share(self, home: int, happening: T) -> Iterator[Shared[T]]:
        """Give an event its articles; then the articles that are complete before it."""
        yield from self._complete(home)
        rng = self.rng
        (links,) = rng.choices((1, 2, 3, 4), LINK_SHARES)
        while links >= 4 and rng.random() < 0.4:
            links += 1
        own = self.numbers[home]
        self._tell(own, Told(happening, True))
        first = home // CHAPTER * CHAPTER
        end = min(first + CHAPTER, self.whole)
        near = [
            at for at in range(home - NEAR, home + NEAR + 1) if at != home and first <= at < end
        ]
        others = [self.numbers[at] for at in rng.sample(near, min(links - 1, len(near)))]
        if others and self.waiting and self.waiting[-1] <= own:
            others[0] = self.waiting.pop()
        for other in others:
            self._tell(other, Told(happening, False))

    def end_chapter(self, chapter: int) -> Iterator[Shared[T]]:
        """The articles that are complete before a chapter begins; headlines of it have waited."""
        self._come_to(chapter * CHAPTER)
        first = self.numbers.get(chapter * CHAPTER, self.count)
        while self.waiting and self.waiting[-1] < first:
            self.waiting.pop()
        yield from self._before(first)

    def _tell(self, article: int, told: Told[T]) -> None:
        self.articles.setdefault(article, []).append(told)

    def _complete(self, home: int) -> Iterator[Shared[T]]:
        """Come to the articles around `home`; those that are now behind it, as far as in order."""
        self._come_to(home)
        yield from self._before(next(iter(self.numbers.values()), self.count))

    def _come_to(self, home: int) -> None:
        """Know the numbers of the articles around `home`, and forget those behind them."""
        while home + NEAR not in self.numbers and (found := next(self._unseen, None)):
            self.numbers[found[0]] = found[1]
        for at in list(self.numbers):
            if at >= home - NEAR:
                break
            del self.numbers[at]

    def _before(self, first: int) -> Iterator[Shared[T]]:
        """The next articles before that of a number, as far as none waits for something to tell."""
        for number in range(self._next, first):
            if self.waiting[-1:] == [number]:
                break
            self._next = number + 1
            told = self.articles.pop(number, [])
            yield Shared(number, told, bool(self.is_headline[number]))
