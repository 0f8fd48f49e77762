"""The claims that a sentence may make, each with the stance of the clause that says it."""

from bisect import bisect_left
from collections.abc import Iterator, Sequence, Set
from typing import NamedTuple

from store.coding.denied_clauses import DeniedClause, denied_clauses, says_more
from store.coding.offered_claim import SUM_OF, OfferedClaim
from store.coding.read_sentence import offered_counts
from store.extraction.calendar_dates import FoundDate
from store.importers.headline_words import HEDGES
from store.importers.toll_lists import SUM_SIGN
from store.model.text import folded
from store.model.values import COUNT_KINDS, Participant, Where
from store.model.vocabulary import Kind, Role, Stance
from store.queries.names_in_words import NameInWords
from store.queries.search import NamedKind


class SentenceClaims(NamedTuple):
    """The claims that a sentence may make, the likeliest first, and the stance of all of it."""

    claims: tuple[OfferedClaim, ...]
    stance: Stance


def claims_of(
    line: str,
    names: Sequence[NameInWords],
    speaking: Set[tuple[int, int]],
    dates: Sequence[FoundDate],
) -> SentenceClaims:
    """The claims of a line with these names and dates; those at `speaking` only speak."""
    clauses = denied_clauses(line)
    more = says_more(line, clauses)
    heard = Stance.HEDGES if HEDGES.search(line) else Stance.ASSERTS
    counts = offered_counts(line)
    found = [(one, _place_of(line, one)) for one in counts]
    found += ((OfferedClaim(Kind.DATE, one.when), one.start) for one in dates)
    found += _of_names(line, names, speaking, clauses)
    claims = [
        one._replace(stance=Stance.DENIES if _is_denied(clauses, at, one) else heard)
        for one, at in found
    ]
    counted = len(counts)
    happened = _happened(clauses, claims[:counted], heard, more=more)
    all_ = dict.fromkeys((*claims[:counted], *happened, *claims[counted:]))
    return SentenceClaims(tuple(all_), Stance.DENIES if clauses and not more else heard)


def _place_of(line: str, one: OfferedClaim) -> int:
    """The place of an offered number in a line; that of the first that it sums."""
    printed = one.value.printed if one.value is not None else ""
    return line.find(printed or one.note.removeprefix(SUM_OF).split(SUM_SIGN)[0])


def _of_names(
    line: str,
    names: Sequence[NameInWords],
    speaking: Set[tuple[int, int]],
    clauses: Sequence[DeniedClause],
) -> Iterator[tuple[OfferedClaim, int]]:
    """The places and actors of a line, each with its place, without those that only speak.

    Who denies a part in something is offered as one that had none.
    """
    same = len(folded(line)) == len(line)
    for one in names:
        at = one.start if same else _unfolded(line, one.start)
        if one.kind is NamedKind.PLACE:
            yield OfferedClaim(Kind.PLACE, Where(place=one.id, printed=one.name)), at
        elif one.kind is NamedKind.ACTOR:
            own = any(part.part and part.subject <= at < part.start for part in clauses)
            if own or (one.start, one.end) not in speaking:
                value = Participant(actor=one.id, role=Role.PARTY, printed=one.name)
                yield OfferedClaim(Kind.PARTICIPANT, value), at


def _unfolded(line: str, place: int) -> int:
    """The place in a line of a place in its folded form."""
    return bisect_left(range(len(line)), place, key=lambda end: len(folded(line[:end])))


def _is_denied(clauses: Sequence[DeniedClause], at: int, one: OfferedClaim) -> bool:
    """True if a claim is one of a clause that is denied, or of who denies a part in something."""
    for clause in clauses:
        if clause.part:
            if one.kind is Kind.PARTICIPANT and clause.subject <= at < clause.start:
                return True
            if one.kind not in COUNT_KINDS:
                continue
        if clause.start <= at < clause.end:
            return True
    return False


def _happened(
    clauses: Sequence[DeniedClause], counts: Sequence[OfferedClaim], heard: Stance, *, more: bool
) -> list[OfferedClaim]:
    """The offer that the event happened, or did not; none where a sentence may say either."""
    denied = any(not one.part for one in clauses)
    counted = any(one.stance is not Stance.DENIES for one in counts)
    if not clauses or counted or (more and not denied):
        return [OfferedClaim(Kind.OCCURRENCE, None, stance=heard)]
    if denied and not more:
        return [OfferedClaim(Kind.OCCURRENCE, None, stance=Stance.DENIES)]
    return []
