"""The articles of a synthetic case: their texts, passages and claims."""

from collections.abc import Sequence
from datetime import date, timedelta
from random import Random
from typing import NamedTuple

from seeds.synthetic.happenings import Happening, draw_date
from seeds.synthetic.sharing import ArticleEvents, EventInArticle
from seeds.synthetic.words import ARABIC_HEADLINE, FILLERS, LEADS
from seeds.synthetic.world import World, Zipf
from store.model.record import make_id
from store.model.records import (
    CONTEXT,
    Article,
    Claim,
    Passage,
    Source,
    Stamp,
)
from store.model.text import text_hash
from store.model.values import AnyValue, Count, Participant, When, Where
from store.model.vocabulary import Kind, Qualifier, SourceKind, StampBasis, Stance, TextKind

TEXT_LENGTH = 3000
"""The mean length of an article's text in code points; a sixth is the standard deviation."""
NO_PUBLISHER = 0.06
"""The share of articles whose publisher is not stated."""
DENIED, DOUBTED = 0.03, 0.02
"""The shares of reported events that the same article says are denied, or itself doubts."""

_PUBLISHING = {SourceKind.OUTLET, SourceKind.WIRE, SourceKind.MONITOR, SourceKind.NGO}


class DraftClaim(NamedTuple):
    """A claim without its passage."""

    event: str
    kind: Kind
    value: AnyValue = None
    stance: Stance = Stance.ASSERTS
    chain: tuple[str, ...] = ()


class ArticleRecords(NamedTuple):
    """An article with its passages in order, and their claims."""

    article: Article
    passages: list[Passage]
    claims: list[Claim]


class _Speakers(NamedTuple):
    """The sources that publish and that are quoted, the most frequent first."""

    publishers: Zipf[Source]
    origins: Zipf[Source]
    relays: Zipf[Source]


class ArticleWriter:
    """A writer of the articles of a case, in chronological order.

    `length` is the mean length of a text in code points; the sentences on its
    events are always included.
    """

    def __init__(self, rng: Random, world: World, length: int = TEXT_LENGTH) -> None:
        self.rng = rng
        self.world = world
        self.length = length
        publishers = [one for one in world.sources if one.kind in _PUBLISHING]
        self.speakers = _Speakers(
            Zipf(rng, publishers),
            Zipf(rng, world.sources[::-1]),
            Zipf(rng, [one for one in publishers if one.kind is not SourceKind.MONITOR]),
        )

    def write(self, shared: ArticleEvents[Happening]) -> ArticleRecords:
        """Write the article on these events, with passages and claims."""
        number, told, headline = shared
        if headline:
            return _headline(self.rng, self.world, self.speakers, number, told)
        wanted = max(self.length // 2, round(self.rng.gauss(self.length, self.length / 6)))
        return _ArticleDraft(self.rng, self.world, self.speakers, number, told, wanted).finished()


class _ArticleDraft:
    """An article while it is written."""

    def __init__(
        self,
        rng: Random,
        world: World,
        speakers: _Speakers,
        number: int,
        told: Sequence[EventInArticle[Happening]],
        wanted: int,
    ) -> None:
        self.rng = rng
        self.world = world
        self.speakers = speakers
        self.number = number
        self.told = told
        self.text = ""
        self.spans: list[tuple[int, int, list[DraftClaim]]] = []
        self.wanted = wanted

    def finished(self) -> ArticleRecords:
        """Write the text, and return its records."""
        self._add(self.rng.choice(LEADS))
        for told in self.told:
            self._tell(*told)
            if len(self.text) < self.wanted:
                self._fill(told.happening)
        while len(self.text) < self.wanted:
            self._fill(self.rng.choice(self.told).happening if self.told else None)
        title = self.told[0].happening.event.title if self.told else "A quiet week"
        article = _article(
            self.rng, self.world.case, self.speakers, self.number, self.told, title, text=self.text
        )
        return _with_passages(article, self.text, self.spans)

    def _tell(self, happening: Happening, first: bool) -> None:
        """Add a sentence on the event, and perhaps one on the dead and a denial or doubt."""
        chain, attribution = self._chain()
        event = happening.event.id
        when = happening.when
        if not first and self.rng.random() < 0.15:
            when = draw_date(self.rng, happening.day + timedelta(1))
        drawn = self.rng.random()
        says = _main_claims(self.rng, happening, first, when, chain)
        if drawn < DENIED and all(said.kind is not Kind.OCCURRENCE for said in says):
            # both sides are given, otherwise the denial would be the article's own stance
            says.append(DraftClaim(event, Kind.OCCURRENCE, chain=chain))
        told = happening.told()
        self._add(f"{when.printed[0].upper()}{when.printed[1:]}, {told}{attribution}.", says)
        if happening.killed and (first or self.rng.random() < 0.6):
            words, count = _dead(self.rng, happening.killed, first)
            chain, attribution = self._chain()
            self._add(
                f"{words.capitalize()} people were killed{attribution}.",
                [DraftClaim(event, Kind.FATALITIES, count, chain=chain)],
            )
        if drawn < DENIED:
            denier = self.speakers.origins.draw()
            self._add(
                f"{denier.name} denied that anything of the kind took place at"
                f" {happening.place.name}.",
                [DraftClaim(event, Kind.OCCURRENCE, None, Stance.DENIES, (denier.id,))],
            )
        elif drawn < DENIED + DOUBTED:
            self._add(
                f"Whether it happened as told at {happening.place.name} is not known.",
                [DraftClaim(event, Kind.OCCURRENCE, None, Stance.DOUBTS)],
            )

    def _chain(self) -> tuple[tuple[str, ...], str]:
        """Draw a chain of sources: their ids, and the words that name them."""
        drawn = self.rng.random()
        if drawn < 0.35:
            return (), ""
        origin = self.speakers.origins.draw()
        if drawn < 0.85:
            return (origin.id,), f", {origin.name} said"
        relay = self.speakers.relays.draw()
        if relay == origin:
            return (origin.id,), f", {origin.name} said"
        return (relay.id, origin.id), f", {relay.name} reported, citing {origin.name}"

    def _fill(self, happening: Happening | None) -> None:
        place = happening.place if happening else self.world.places[-1]
        self._add(
            self.rng.choice(FILLERS).format(
                p=place.name,
                arabic=self.world.arabic.get(place.id, place.name),
                n=self.rng.randint(4, 90),
            )
        )

    def _add(self, sentence: str, says: Sequence[DraftClaim] = ()) -> None:
        if self.text:
            self.text += "\n\n" if self.rng.random() < 0.3 else " "
        if says:
            start = len(self.text)
            self.spans.append((start, start + len(sentence), list(says)))
        self.text += sentence


def _main_claims(
    rng: Random, happening: Happening, first: bool, when: When, chain: tuple[str, ...]
) -> list[DraftClaim]:
    """The claims of the main sentence on an event: nearly all kinds in its main article."""
    event = happening.event.id
    found: list[DraftClaim] = []
    if first or rng.random() < 0.5:
        found.append(DraftClaim(event, Kind.DATE, when, chain=chain))
    if first:
        where = Where(place=happening.place.id, printed=happening.place.name)
        found.append(DraftClaim(event, Kind.PLACE, where, chain=chain))
        for actor, role in zip(happening.actors, happening.pattern.roles, strict=False):
            who = Participant(actor=actor.id, role=role, printed=actor.name)
            found.append(DraftClaim(event, Kind.PARTICIPANT, who, chain=chain))
    if not found or rng.random() < 0.2:
        found.append(DraftClaim(event, Kind.OCCURRENCE, chain=chain))
    return found


def _dead(rng: Random, killed: int, first: bool) -> tuple[str, Count]:
    """Draw a number of dead as printed and as a value; later reports usually have more."""
    number = killed if first else max(2, round(killed * rng.uniform(0.8, 2)))
    drawn = rng.random()
    if number >= 24 and drawn < 0.2:
        return "dozens of", Count(min=24, qualifier=Qualifier.DOZENS, printed="dozens")
    if drawn < 0.4:
        words = f"at least {number}"
        return words, Count(min=number, qualifier=Qualifier.AT_LEAST, printed=words)
    if drawn < 0.5:
        words = f"about {number}"
        count = Count(min=number, max=number, qualifier=Qualifier.ABOUT, printed=words)
        return words, count
    return f"{number}", Count(min=number, max=number, printed=f"{number}")


def _headline(
    rng: Random,
    world: World,
    speakers: _Speakers,
    number: int,
    told: Sequence[EventInArticle[Happening]],
) -> ArticleRecords:
    """Write an article with only a headline, sometimes in Arabic."""
    title = told[0].happening.event.title if told else "Fighting goes on"
    language = "en"
    if told and rng.random() < 0.3:
        place = told[0].happening.place
        arabic = world.arabic.get(place.id, "قصيرة")
        title, language = ARABIC_HEADLINE.format(arabic=arabic, p=place.name), "ar"
    article = _article(rng, world.case, speakers, number, told, title, language)
    spans = [
        (0, len(title), [DraftClaim(one.happening.event.id, Kind.OCCURRENCE) for one in told])
    ] * bool(told)
    return _with_passages(article, title, spans)


def _article(
    rng: Random,
    case: str,
    speakers: _Speakers,
    number: int,
    told: Sequence[EventInArticle[Happening]],
    title: str,
    language: str = "en",
    text: str | None = None,
) -> Article:
    """Make the article record, published up to two days after its last event."""
    id_ = make_id("art", case, str(number))
    last = max((one.happening.day for one in told), default=date(2015, 1, 1))
    published = _stamp(rng, last + timedelta(rng.randint(0, 2))) if rng.random() < 0.95 else None
    updated = published if published and rng.random() < 0.15 else None
    return Article(
        id=id_,
        title=title,
        publisher=None if rng.random() < NO_PUBLISHER else speakers.publishers.draw().id,
        text_kind=TextKind.HEADLINE if text is None else TextKind.FULL,
        published=published,
        updated=updated,
        language=language,
        url=f"https://news.example/{id_[4:]}" if rng.random() < 0.9 else None,
        text=text,
        text_sha256=None if text is None else text_hash(text),
    )


def _stamp(rng: Random, day: date) -> Stamp:
    drawn = rng.random()
    if drawn < 0.1:
        return Stamp(at=f"{day}", printed=f"{day}", basis=StampBasis.GUESSED)
    time = f"{rng.randrange(24):02}:{rng.randrange(60):02}"
    basis = StampBasis.ZONE_ASSUMED if drawn < 0.3 else StampBasis.STATED
    return Stamp(at=f"{day}T{time}Z", printed=f"{day.day} {day:%B %Y} {time}", basis=basis)


def _with_passages(
    article: Article, text: str, spans: list[tuple[int, int, list[DraftClaim]]]
) -> ArticleRecords:
    """Make the passages of a text or headline, with their claims."""
    passages: list[Passage] = []
    claims: list[Claim] = []
    in_title = article.text is None
    sha256 = text_hash(text)
    for start, end, says in spans:
        passage = Passage(
            id=make_id("psg", article.id, str(start), str(end), str(in_title)),
            article=article.id,
            start=start,
            end=end,
            exact=text[start:end],
            prefix=text[max(0, start - CONTEXT) : start],
            suffix=text[end : end + CONTEXT],
            text_sha256=sha256,
            in_title=in_title,
        )
        passages.append(passage)
        for number, said in enumerate(says):
            claims.append(
                Claim(
                    id=make_id("clm", passage.id, str(number)),
                    subject=said.event,
                    kind=said.kind,
                    passage=passage.id,
                    stance=said.stance,
                    value=said.value,
                    chain=said.chain,
                )
            )
    return ArticleRecords(article, passages, claims)
