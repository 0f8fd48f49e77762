"""The claims of every article about an event, an actor or a place, side by side.

An event comes with its parts, a place with the places in it, and an event
about who holds a place with what is said of that place.
"""

from collections.abc import Iterable, Sequence
from itertools import groupby

import msgspec

from store.analysis.comparison import Dispute
from store.analysis.event_order import EventDate, OrderedPair
from store.analysis.explain import ClaimInWords, Rule, rule, teller, why_not
from store.analysis.read_pair import PairReading
from store.analysis.readings import DISPUTES, RANK, STALE, WEAKER, Reading
from store.analysis.sourced_claim import SourcedClaim, Statement
from store.analysis.time_bounds import figure_by
from store.database.kept_while_unchanged import kept
from store.model.labels import NOT_STATED, cell_text, date_text, scope_suffix, value_text
from store.model.records import Claim
from store.model.values import TOLLS
from store.model.vocabulary import Kind, ReadBy, Stance
from store.queries.compare_columns import columns
from store.queries.comparison_data import ComparisonData, compared
from store.queries.event_orders import by_claim, order_words
from store.reader import Reader

LABELS = {
    Kind.OCCURRENCE: "it happened",
    Kind.DATE: "when",
    Kind.PLACE: "where",
    Kind.PARTICIPANT: "who",
    Kind.FATALITIES: "killed",
    Kind.INJURIES: "injured",
}
"""The label of a line where it is not the name of its kind."""

_KINDS = list(Kind)

BRIEFLY = 6
"""The most values of one thing that a brief names."""


class Voice(msgspec.Struct, frozen=True):
    """One statement on a line: by one origin, in one article.

    `article` is the place of its column, `passage` the number of the passage in
    the index. `chain` holds the names behind the publisher, the origin last;
    `origin` is the origin's name, and `origin_id` begins with `?` where it is not
    known. `reading` is the most urgent reading against another voice, and
    `against` the place of that voice; both are None where nobody else speaks.
    `first` says that this voice is the stale or the finer one of the two. For a
    figure without the time at which it was true, `at_latest` is the day on which
    its text was published (ISO 8601): it was true by then. `apart` says how many
    times one number is the other if they are far apart or grew; else it is 0. An
    `aggregate` covers several events at once. `why` says why the voice is
    compared with nothing, else it is empty. `confidence` is the certainty of
    the machine that read it, in per cent.
    """

    claim: str
    line: int
    article: int
    passage: int
    passage_id: str
    exact: str
    in_title: bool
    stance: Stance
    value: str
    detail: str
    printed: str
    as_of: str
    note: str
    chain: tuple[str, ...]
    origin: str
    origin_id: str
    reading: Reading | None
    first: bool
    against: int | None
    apart: float = 0
    at_latest: str = ""
    aggregate: bool = False
    why: str = ""
    read_by: ReadBy = ReadBy.PERSON
    confidence: int | None = None

    @property
    def at_odds(self) -> bool:
        """True if a person should look at it: it is disputed, or numbers are far apart."""
        return self.reading in DISPUTES


class LineRow(msgspec.Struct, frozen=True):
    """A claimed thing: `of` is the scope, scheme or role; `group` and `voices` are places."""

    group: int
    kind: Kind
    of: str
    voices: tuple[int, ...]

    @property
    def label(self) -> str:
        """`when`, `killed, civilians`, `manner, resistance`."""
        words = LABELS.get(self.kind, self.kind.value)
        of = self.of.replace("-", " ")
        if of.startswith(words):
            return of
        return f"{words}, {of}" if of else words


class PairInWords(msgspec.Struct, frozen=True):
    """The reading of a voice against the one at the place `other`, with the rule in words.

    `values` and `who` are the two halves of the rule: how the values compare,
    and whether one or two say so. `first` says, where it matters, that it is
    this voice that is stale, is the finer one, or is the later one that counts.
    """

    other: int
    reading: Reading
    rule: str
    values: str
    who: str
    first: bool


class DisputeRow(msgspec.Struct, frozen=True):
    """Two values that a person should look at: the rule, and the places of the voices of each.

    `own` says that it is about the subject itself or across its parts, not about
    one of its parts or its place alone; `first` says that, if one of the two is
    stale, it is `one`.
    """

    reading: Reading
    line: int
    rule: str
    one: tuple[int, ...]
    other: tuple[int, ...]
    own: bool
    first: bool


class Comparison:
    """Everything that is said about a subject and what belongs to it. It does not change.

    `groups`, `lines` and `voices` refer to each other by their places;
    `articles` come newest first, those of unknown time last. `left_off` counts the
    events of an actor that are left out because they are too many; `siblings` are the
    events that are perhaps the same as the subject.
    """

    def __init__(self, of: ComparisonData) -> None:
        telling, lines = of.telling, of.lines
        self.groups = tuple(of.groups)
        self.siblings = of.siblings
        self.left_off = of.left_off
        self._orders = of.orders
        self._ordered = by_claim(of.orders)
        self._telling = telling
        self._told = {one.claim.id: one for one in telling.told}
        self._line_of = {one.claim: line for line in lines for one in line.voices}
        self._analysed = tuple(lines)
        self._tellers: dict[str, ClaimInWords] = {}
        self.articles = columns(telling)
        at = {column.id: place for place, column in enumerate(self.articles)}
        of_group = {group.id: place for place, group in enumerate(self.groups)}
        self._statements = sorted(
            (one for line in lines for one in line.voices),
            key=lambda one: (
                of_group[one.subject],
                _KINDS.index(one.slot.kind),
                one.slot.of,
                at[one.article],
            ),
        )
        self._place = {one.claim: place for place, one in enumerate(self._statements)}
        self.lines = tuple(
            LineRow(
                of_group[subject], slot.kind, slot.of, tuple(self._place[one.claim] for one in ones)
            )
            for (subject, slot), ones in groupby(
                self._statements, key=lambda one: (one.subject, one.slot)
            )
        )
        line_of = {place: line for line, row in enumerate(self.lines) for place in row.voices}
        self.voices = tuple(
            self._voice(one, line_of[place], at[one.article])
            for place, one in enumerate(self._statements)
        )

    def stands(self, voice: int) -> tuple[PairInWords, ...]:
        """The readings of one voice against all others, the most urgent first.

        The voice that it is `against` comes before all. Those out of order come last.
        """
        one, first = self._statements[voice], self.voices[voice].against
        found = [
            self._stands(one, other, read) for other, read in self._line_of[one.claim].against(one)
        ]
        found += [self._stands(one, *against) for against in self._ordered.get(one.claim, ())]
        return tuple(sorted(found, key=lambda stands: stands.other != first))

    def foremost(self, voice: int) -> PairInWords | None:
        """The reading of one voice and the one it is `against`, None where nobody else speaks."""
        one, place = self._statements[voice], self.voices[voice].against
        if place is None:
            return None
        other = self._statements[place]
        for against in self._ordered.get(one.claim, ()):
            if against.other.claim == other.claim:
                return self._stands(one, *against)
        return self._stands(one, other, self._line_of[one.claim].read(one, other))

    def _stands(
        self, one: Statement, other: Statement, read: PairReading, pair: OrderedPair | None = None
    ) -> PairInWords:
        found = self._rule(read, one, other, pair)
        return PairInWords(
            other=self._place[other.claim],
            reading=read.reading,
            rule=str(found),
            values=found.values,
            who=found.who,
            first=read.first,
        )

    def uncompared(self, line: int) -> int:
        """The number of pairs of values of a line left uncompared, as there are very many."""
        return self._line_of[self.voices[self.lines[line].voices[0]].claim].uncompared

    def disputes(self, *, past: bool = False) -> tuple[DisputeRow, ...]:
        """All pairs of values that are at odds, in the order of the lines.

        With `past` also pairs with a superseded value: they show why a mark is gone.
        """
        found = [self._dispute(one) for line in self._analysed for one in line.disputes(past=past)]
        found += [self._dispute(one, pair) for pair, one in self._orders]
        return tuple(sorted(found, key=lambda one: (one.line, RANK[one.reading])))

    def _dispute(self, dispute: Dispute, pair: OrderedPair | None = None) -> DisputeRow:
        a, b, here = dispute.one[0], dispute.other[0], self.groups[0].id
        return DisputeRow(
            reading=dispute.read.reading,
            line=self.voices[self._place[a.claim]].line,
            rule=str(self._rule(dispute.read, a, b, pair)),
            one=self._places(dispute.one),
            other=self._places(dispute.other),
            own=here == pair.subject
            if pair
            else here in (a.subject, b.subject)
            or (a.subject != b.subject and here == a.whole == b.whole),
            first=dispute.read.first,
        )

    def _places(self, side: Iterable[Statement]) -> tuple[int, ...]:
        """The places of the voices of a side; a repetition in one text has no place of its own."""
        return tuple(self._place[one.claim] for one in side if one.claim in self._place)

    def brief(self) -> str:
        """The values that are at odds, as one line of text; empty where none are.

        `contradicts: when (29 Nov 2024 / 30 Nov to 1 Dec 2024) · stale: held by (…)`. Of many
        values it has the first few and the number of the others.
        """
        passages = {voice.passage for voice in self.voices if self.lines[voice.line].group == 0}
        values: dict[Reading, dict[str, dict[str, None]]] = {}
        for row in self.disputes():
            sides = [self.voices[place] for place in (*row.one, *row.other)]
            told_here = any(voice.passage in passages for voice in sides)
            if row.own or (row.reading in STALE and told_here):
                label = self.lines[row.line].label
                found = values.setdefault(row.reading, {}).setdefault(label, {})
                found.update(dict.fromkeys(f"{_STANCE[v.stance]} {v.value}".strip() for v in sides))
        return " · ".join(
            f"{reading}: "
            + ", ".join(
                f"{label} ({_few(list(filter(None, found)))})" if any(found) else label
                for label, found in values[reading].items()
            )
            for reading in sorted(values, key=RANK.__getitem__)
        )

    def _rule(
        self, read: PairReading, one: Statement, other: Statement, pair: OrderedPair | None = None
    ) -> Rule:
        found = rule(read, self._teller(one), self._teller(other))
        if pair is None:
            return found
        titles = {group.id: group.title for group in self.groups}
        a, b = (
            EventDate(titles[said.subject], self._teller(said).value, said.code)
            for said in (one, other)
        )
        return found._replace(values=order_words(pair, a, b, turned=one.subject == pair.other))

    def _teller(self, one: Statement) -> ClaimInWords:
        """A voice in words; they are the same against every other voice."""
        if one.claim not in self._tellers:
            told = self._told[one.claim]
            found = teller(told.claim, told.article, self._telling.names, self._origin(told))
            if one.superseded_by:
                by = self._told[one.superseded_by]
                new = teller(by.claim, by.article, self._telling.names, self._origin(by))
                found = found._replace(replaced_by=f"{new.value}, {new.time}", by_whom=new.origin)
            self._tellers[one.claim] = found
        return self._tellers[one.claim]

    def _origin(self, told: SourcedClaim) -> str:
        origin = told.claim.chain[-1] if told.claim.chain else told.article.publisher
        return self._telling.names[origin] if origin else NOT_STATED

    def _foremost(self, one: Statement) -> tuple[Statement, PairReading] | None:
        """The most urgent reading of a statement, and the other one; in its line or by an order."""
        in_line = self._line_of[one.claim].foremost(one)
        found = [in_line] if in_line else []
        found += [(other, read) for other, read, _ in self._ordered.get(one.claim, ())]
        return min(found, key=lambda stands: RANK[stands[1].reading], default=None)

    def _voice(self, one: Statement, line: int, article: int) -> Voice:
        told, known = self._told[one.claim], self._telling
        claim, passage = told.claim, told.passage
        foremost = self._foremost(one)
        return Voice(
            claim=claim.id,
            line=line,
            article=article,
            passage=known.passages[passage.id],
            passage_id=passage.id,
            exact=passage.exact,
            in_title=passage.in_title,
            stance=claim.stance,
            value=cell_text(claim.value, known.names) + _scope(claim),
            detail=value_text(claim.value, known.names) + _scope(claim),
            printed=claim.value.printed if claim.value else "",
            as_of=date_text(claim.as_of) if claim.as_of else "",
            at_latest=figure_by(claim, told.article.published),
            note=claim.note or getattr(claim.value, "note", ""),
            chain=tuple(known.names[source] for source in claim.chain),
            origin=self._origin(told),
            origin_id=told.origin,
            reading=foremost[1].reading if foremost else None,
            first=foremost is not None and foremost[1].first,
            against=self._place[foremost[0].claim] if foremost else None,
            apart=foremost[1].times if foremost and foremost[1].reading in WEAKER else 0,
            aggregate=claim.aggregate,
            why=why_not(foremost[1].why, one, foremost[0]) if foremost else "",
            read_by=claim.read_by,
            confidence=claim.confidence,
        )


def _few(values: Sequence[str]) -> str:
    more = len(values) - BRIEFLY
    return " / ".join(values[:BRIEFLY]) + (f" and {more:,} more" if more > 0 else "")


def _scope(claim: Claim) -> str:
    """The suffix for the people that a toll counts; empty for other kinds and without a scope."""
    return scope_suffix(claim) if claim.kind in TOLLS else ""


_STANCE = {
    Stance.ASSERTS: "",
    Stance.HEDGES: "reported",
    Stance.DOUBTS: "doubted",
    Stance.DENIES: "denied",
}


def compare(connection: Reader, subject: str) -> Comparison:
    """Everything that is said about the event, actor or place with this id.

    For an actor, also its acts and statements and what is at odds with them; for an
    event, also the dates of other events that are out of order with it. It is kept
    until the case changes, as the keys lead back and forth between few subjects.
    """
    return kept(connection, _compare, subject)


def _compare(connection: Reader, subject: str) -> Comparison:
    return Comparison(compared(connection, subject))
