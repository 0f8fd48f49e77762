"""The derived columns of every event, computed again in the slowest and plainest way.

Nothing here knows how the index counts: origins and copies are looked up for
each claim, and every claim is read against every other.
"""

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations, product
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seeds.bundled import BUNDLED
from store.analysis.event_order import COURSES, OrderRule, order_disputes
from store.analysis.incidents import incident_of
from store.analysis.read_pair import read
from store.analysis.readings import Reading
from store.analysis.sourced_claim import Slot, Statement, code_of
from store.analysis.speakers import Speaker
from store.analysis.supersession import current
from store.analysis.toll_context import surrounded
from store.analysis.toll_words import tells_of_change, tells_of_rise
from store.document.tinydb_file import read_case
from store.model.change import Change, Edit
from store.model.dates import bounds
from store.model.judgements import Kinship
from store.model.records import Actor as ActorRecord
from store.model.records import AnyRecord, Article, Claim, Event, Passage, Place, Source
from store.model.values import (
    TOLLS,
    Coded,
    Control,
    Count,
    Distance,
    Participant,
    When,
    Where,
)
from store.model.vocabulary import Kind, SourceKind, StampBasis, Stance
from tests.examples import examples
from tests.indexes import index_with
from tests.store.claims import ARTICLES, EVENTS, PASSAGES, cases, opening

pytestmark = pytest.mark.slow

FIGURES = (
    "articles",
    "publishers",
    "unknown_publishers",
    "origins",
    "unknown_origins",
    "hedges",
    "denials",
    "contradicts",
    "differs",
    "stale",
    "apart",
)

_SEVERAL = (Where, Participant, Coded)


class Plain:
    """The records of a case by id, and the columns derived from them."""

    def __init__(self, records: Iterable[AnyRecord]) -> None:
        self.by_id = {one.id: one for one in records}
        self.claims = [one for one in self.by_id.values() if isinstance(one, Claim)]
        self.events = [one for one in self.by_id.values() if isinstance(one, Event)]
        self.kinships = [one for one in self.by_id.values() if isinstance(one, Kinship)]
        self.wholes = {
            one.id: frozenset(self.above(one.id)) - {one.id}
            for one in self.by_id.values()
            if isinstance(one, ActorRecord | Place)
        }
        self.spoken = {claim.id: self.statement(claim) for claim in self.claims}
        self.supersede()

    def above(self, id: str) -> set[str]:
        """An actor or a place with all that it belongs to."""
        found, waiting = set[str](), [id]
        while waiting:
            record = self.by_id[waiting.pop()]
            if record.id not in found:
                found.add(record.id)
                waiting += record.part_of if isinstance(record, ActorRecord) else []
                waiting += [record.within] if isinstance(record, Place) and record.within else []
        return found

    def passage(self, claim: Claim) -> Passage:
        found = self.by_id[claim.passage]
        assert isinstance(found, Passage)
        return found

    def article(self, claim: Claim) -> Article:
        found = self.by_id[self.passage(claim).article]
        assert isinstance(found, Article)
        return found

    def text(self, claim: Claim) -> str:
        """The key that copies share."""
        article = self.article(claim)
        return article.id if article.text is None else article.text

    def origin(self, claim: Claim) -> str:
        """The origin; unknown ones are distinct in each text."""
        if not claim.chain and self.article(claim).publisher is None:
            return self.nobody(claim)
        origin = self.by_id[claim.chain[-1] if claim.chain else self.article(claim).publisher or ""]
        assert isinstance(origin, Source)
        unnamed = origin.kind is SourceKind.UNNAMED
        return f"?{origin.id} in {self.text(claim)}" if unnamed else origin.id

    def nobody(self, claim: Claim) -> str:
        """A publisher that is not stated: of a text, or of the two that a person found kin."""
        houses = (
            (one.about, one.other)
            for one in self.kinships
            if self.article(claim).id in (one.about, one.other)
        )
        return next((f"?{' and '.join(sorted(of))}" for of in houses), f"?{self.text(claim)}")

    def says(self, claim: Claim) -> str:
        """The value as text that is equal only for equal values."""
        match claim.value:
            case When(edtf=edtf):
                return edtf
            case Count() as count:
                return str((count.min, count.max, count.best, count.qualifier))
            case Distance(min=least, max=most):
                return str((least, most))
            case Control(holder=holder, state=state):
                return f"{holder} {state}"
            case Coded(code=code):
                return code
            case Where(place=place):
                return place
            case Participant(actor=actor):
                return actor
            case None:
                return ""

    def slot(self, claim: Claim) -> Slot:
        match claim.value:
            case Coded(scheme=scheme):
                return Slot(claim.kind, scheme)
            case Participant(role=role):
                return Slot(claim.kind, role)
            case _ if claim.kind in TOLLS:
                return Slot(claim.kind, "")
            case _:
                return Slot(claim.kind, claim.scope.lower())

    def statement(self, claim: Claim) -> Statement:
        article, subject = self.article(claim), self.by_id[claim.subject]
        stamp = article.published
        beside = {
            self.says(other)
            for other in self.about(claim.subject)
            if isinstance(other.value, _SEVERAL)
            and other.stance is Stance.ASSERTS
            and self.slot(other) == self.slot(claim)
            and (self.origin(other), self.article(other).id) == (self.origin(claim), article.id)
        }
        tolled = claim.kind in TOLLS
        if tolled:
            beside = {
                self.group(other)
                for other in self.about(claim.subject)
                if other.kind == claim.kind
                and (self.origin(other), self.article(other).id) == (self.origin(claim), article.id)
            }
        words = [self.passage(one).exact for one in self.voice(claim)] if tolled else []
        ways = {one for text in words for one in [incident_of(text)] if one}
        return Statement(
            claim=claim.id,
            subject=claim.subject,
            whole=(subject.part_of or "") if isinstance(subject, Event) else "",
            slot=self.slot(claim),
            value=claim.value,
            code=code_of(claim.value),
            stance=claim.stance,
            as_of=claim.as_of.edtf if claim.as_of else "",
            aggregate=claim.aggregate,
            article=article.id,
            copy=self.text(claim),
            origin=self.origin(claim),
            published=stamp.at if stamp else "",
            zone_stated=stamp is not None and stamp.basis is StampBasis.STATED,
            also=frozenset(beside),
            speaker=self.speaker(claim),
            publisher=article.publisher or "",
            scope=claim.scope if tolled else "",
            happened=self.happened(claim.subject) if tolled else "",
            held_until=self.held(claim) if tolled else "",
            first_said=self.held(claim) if tolled else "",
            replaces=any(tells_of_change(text) for text in words),
            rises=any(tells_of_rise(text) for text in words),
            nameless=self.origin(claim).startswith("?")
            and (not claim.chain or self.speaker(claim).vague),
            incident=ways.pop() if len(ways) == 1 else "",
        )

    def supersede(self) -> None:
        """Let every origin's claims replace its older ones, in each slot of each subject."""
        of: dict[object, list[Statement]] = {}
        for one in self.spoken.values():
            of.setdefault((one.subject, one.slot), []).append(one)
        for together in of.values():
            voices = {one.claim: self.voice(self.claim(one.claim))[0].id for one in together}
            around = [one for one in together if voices[one.claim] == one.claim]
            if around[0].slot.kind in TOLLS:
                around = surrounded(around)
            found = {one.claim: one for one in around}
            all_told = [found[voices[one.claim]]._replace(claim=one.claim) for one in together]
            for one in current(all_told, self.wholes):
                self.spoken[one.claim] = one

    def claim(self, id: str) -> Claim:
        found = self.by_id[id]
        assert isinstance(found, Claim)
        return found

    def held(self, claim: Claim) -> str:
        """The last day for which its number is told, else the day on which it was printed."""
        stamp = self.article(claim).published
        own = bounds(claim.as_of.edtf).latest if claim.as_of else None
        return own or (stamp.at[:10] if stamp else "")

    def speaker(self, claim: Claim) -> Speaker:
        """The party that the origin speaks for."""
        origin = self.by_id.get(claim.chain[-1] if claim.chain else self.publisher(claim))
        if not isinstance(origin, Source):
            return Speaker()
        unnamed = origin.kind is SourceKind.UNNAMED
        return Speaker(
            unnamed=unnamed,
            vague=unnamed and origin.name == "Residents",
            party=origin.speaks_for or origin.actor or "",
            fights=origin.kind is SourceKind.BELLIGERENT,
            press=origin.kind is not SourceKind.OFFICIAL,
        )

    def publisher(self, claim: Claim) -> str:
        return self.article(claim).publisher or ""

    def counts_as(self, claim: Claim) -> str:
        """The origin, or the party that it speaks for."""
        return self.speaker(claim).party or self.origin(claim)

    def group(self, claim: Claim) -> str:
        """The group that a toll counts."""
        return " ".join(claim.scope.lower().split()) if claim.kind in TOLLS else ""

    def voice(self, claim: Claim) -> list[Claim]:
        """The claims of one origin with the same value in one article."""
        return [
            one
            for one in self.about(claim.subject)
            if (self.slot(one), one.stance, one.as_of, one.aggregate)
            == (self.slot(claim), claim.stance, claim.as_of, claim.aggregate)
            and (self.says(one), self.group(one)) == (self.says(claim), self.group(claim))
            and (self.origin(one), self.article(one).id)
            == (self.origin(claim), self.article(claim).id)
        ]

    def happened(self, subject: str) -> str:
        """The last day on which the event is asserted."""
        days = [
            bounds(one.value.edtf).latest or ""
            for one in self.about(subject)
            if isinstance(one.value, When) and one.value.edtf and one.stance is Stance.ASSERTS
        ]
        return max(days, default="")

    def about(self, subject: str) -> list[Claim]:
        return [claim for claim in self.claims if claim.subject == subject]

    def support(self, event: str) -> dict[str, int]:
        """The support and the denials of an event."""
        asserting: list[Claim] = []
        hedging: list[Claim] = []
        for article in {self.article(claim).id for claim in self.about(event)}:
            claims = [one for one in self.about(event) if self.article(one).id == article]
            of_it = [one for one in claims if one.kind is Kind.OCCURRENCE] or claims
            asserting += [one for one in of_it if one.stance is Stance.ASSERTS]
            hedging += [one for one in of_it if one.stance is Stance.HEDGES]
        publishers = {self.article(one).publisher or self.nobody(one) for one in asserting}
        origins = {self.counts_as(one) for one in asserting}
        deniers = {
            self.counts_as(one)
            for one in self.about(event)
            if one.kind is Kind.OCCURRENCE and one.stance is Stance.DENIES
        }
        return {
            "articles": len({self.text(one) for one in asserting}),
            "publishers": len(publishers),
            "unknown_publishers": sum(one.startswith("?") for one in publishers),
            "origins": len(origins),
            "unknown_origins": sum(one.startswith("?") for one in origins),
            "hedges": len({self.counts_as(one) for one in hedging} - origins),
            "denials": len(deniers),
        }

    def at_odds(self, subject: str) -> dict[Reading, set[object]]:
        """The pairs of different claims about a subject, or across its parts, by reading."""
        parts = {event.id for event in self.events if event.part_of == subject}
        claims = [one for one in self.claims if one.subject in {subject, *parts}]
        found: dict[Reading, set[object]] = {reading: set() for reading in Reading}
        for one, other in combinations(claims, 2):
            if one.subject == other.subject != subject:
                continue
            reading = read(self.spoken[one.id], self.spoken[other.id], self.wholes).reading
            pair = frozenset(
                (a.subject, self.says(a), a.stance, self.spoken[a.id].as_of, self.group(a))
                for a in (one, other)
            )
            found[reading].add((self.slot(one), pair))
        at_odds = found[Reading.CONTRADICTS] | found[Reading.PERHAPS_CONTRADICTS]
        found[Reading.ANOTHER_EVENT] -= at_odds | found[Reading.GROWN]
        found[Reading.GROWN] -= at_odds
        for reading, dates in self.out_of_order(subject):
            found[reading].add(dates)
        return found

    def out_of_order(self, subject: str) -> Iterator[tuple[Reading, object]]:
        """The dates of a course of events that cannot stand beside that of a part, by reading.

        No passage of these worlds tells of an entry that is late.
        """
        whole = self.by_id[subject]
        if not isinstance(whole, Event) or whole.type not in COURSES or whole.planned:
            return
        for part in self.events:
            if part.part_of != subject or part.planned:
                continue
            for one, other in product(self.about(subject), self.about(part.id)):
                for odds in order_disputes(
                    OrderRule.PART, [self.spoken[one.id]], [self.spoken[other.id]]
                ):
                    yield odds.read.reading, (part.id, self.says(one), self.says(other))

    def stale_passages(self, subject: str) -> set[str]:
        """The passages that report an outdated state of the subject."""
        found = set()
        claims = self.about(subject)
        for one in claims:
            for other in claims:
                how = read(self.spoken[one.id], self.spoken[other.id], self.wholes)
                late = how.reading in (Reading.STALE, Reading.PERHAPS_STALE)
                if one is not other and late and how.first:
                    found.add(one.passage)
        return found

    def figures(self) -> dict[str, dict[str, int]]:
        """The derived columns of every event."""
        subjects = {one.subject for one in self.claims}
        stale = {subject: self.stale_passages(subject) for subject in subjects}
        found = {}
        for event in self.events:
            odds = self.at_odds(event.id)
            told_in = {one.passage for one in self.about(event.id)}
            elsewhere = set[str]().union(
                *(of for subject, of in stale.items() if subject != event.id)
            )
            contradicts, differs, stale_here, apart = self.heads(odds)
            found[event.id] = self.support(event.id) | {
                "contradicts": contradicts,
                "differs": differs,
                "stale": stale_here + len(told_in & elsewhere),
                "apart": apart,
            }
        return found

    def heads(self, odds: Mapping[Reading, set[object]]) -> tuple[int, int, int, int]:
        """The pairs counted under the four heads."""
        head = {
            Reading.CONTRADICTS: 0,
            Reading.ORDER: 0,
            Reading.PERHAPS_CONTRADICTS: 1,
            Reading.ONE_PARTY: 1,
            Reading.ITSELF: 1,
            Reading.PEOPLE_DIFFER: 1,
            Reading.DIFFERS: 1,
            Reading.PARTLY: 1,
            Reading.STALE: 2,
            Reading.PERHAPS_STALE: 2,
            Reading.GROWN: 3,
            Reading.FAR_APART: 3,
            Reading.ANOTHER_EVENT: 3,
        }
        counts = [0, 0, 0, 0]
        for reading, pairs in odds.items():
            if reading in head:
                counts[head[reading]] += len(pairs)
        return counts[0], counts[1], counts[2], counts[3]

    def disputes(self) -> dict[str, tuple[int, int, int, int]]:
        """The disputes of every subject that has any."""
        found = {}
        for subject in {one.subject for one in self.claims} | {one.id for one in self.events}:
            counts = self.heads(self.at_odds(subject))
            if any(counts):
                found[subject] = counts
        return found


def columns(connection: sqlite3.Connection) -> dict[str, dict[str, int]]:
    """The derived columns in the index."""
    rows = connection.execute(f"SELECT id, {', '.join(FIGURES)} FROM events").fetchall()
    return {id_: dict(zip(FIGURES, figures, strict=True)) for id_, *figures in rows}


def table(connection: sqlite3.Connection) -> dict[str, tuple[int, ...]]:
    rows = connection.execute("SELECT subject, contradicts, differs, stale, apart FROM disputes")
    return {subject: tuple(counts) for subject, *counts in rows}


def records(change: Change) -> list[AnyRecord]:
    return [edit.after for edit in change.edits if edit.after is not None]


@examples(300)
@given(cases())
def test_the_columns_of_any_case_are_what_its_records_come_to(claims: list[Claim]) -> None:
    change = opening(claims)
    connection, plain = index_with(change), Plain(records(change))
    assert columns(connection) == plain.figures()
    assert table(connection) == plain.disputes()


@pytest.fixture(scope="module")
def bundled() -> Mapping[str, Sequence[AnyRecord]]:
    return read_case(BUNDLED)


def test_the_columns_of_the_bundled_case_are_what_its_records_come_to(
    bundled: Mapping[str, Sequence[AnyRecord]],
) -> None:
    edits = [Edit(of, one.id, None, one) for of, ones in bundled.items() for one in ones]
    connection = index_with(Change("test", "", "open", edits))
    plain = Plain(one for ones in bundled.values() for one in ones)
    found = columns(connection)
    assert found == plain.figures()
    assert table(connection) == plain.disputes()
    for name in sorted({*FIGURES} - {"hedges"}):  # it has no hedged claim yet
        assert sum(figures[name] for figures in found.values()) > 0


@examples(200)
@given(cases(), st.randoms(use_true_random=False))
def test_the_order_of_an_import_does_not_matter(claims: list[Claim], dice: Random) -> None:
    mixed, articles = claims.copy(), list(ARTICLES)
    passages, events = list(PASSAGES), list(EVENTS)
    for records_ in (mixed, articles, passages, events):
        dice.shuffle(records_)
    first = index_with(opening(claims))
    again = index_with(opening(mixed, articles, events, passages))
    assert columns(first) == columns(again)
    assert table(first) == table(again)


@examples(200)
@given(cases())
def test_a_denial_never_raises_support(claims: list[Claim]) -> None:
    without = columns(index_with(opening([c for c in claims if c.stance is not Stance.DENIES])))
    with_them = columns(index_with(opening(claims)))
    for event, figures in with_them.items():
        for name in ("articles", "publishers", "origins"):
            assert figures[name] <= without[event][name]
