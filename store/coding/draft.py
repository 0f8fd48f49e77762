"""A claim that is being made, and the change that adds it to the case."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

import msgspec

from store.errors import UsageError
from store.model.change import Change, Edit
from store.model.record import make_id
from store.model.records import CONTEXT, AnyRecord, Article, Claim, Event, Passage, Source
from store.model.text import text_hash
from store.model.values import AnyValue, When
from store.model.vocabulary import EventType, Kind, ReadBy, SourceKind, Stance

Held = Callable[[str, str], AnyRecord | None]
"""Gives the record of a table with an id, as the case has it now; None where it has none."""


class SelectedSpan(NamedTuple):
    """Selected words: a span of an article's text, or of its title (code points, end exclusive)."""

    article: str
    start: int
    end: int
    in_title: bool = False


class NewEvent(NamedTuple):
    """An event that is made with its first claim."""

    title: str
    type: EventType = EventType.OTHER
    part_of: str | None = None
    planned: bool = False
    background: bool = False


class ClaimDraft(NamedTuple):
    """A claim as a person gave it; `event` is set where its subject is a new one.

    `speaker` is the name of an origin that the case has no source for; `made` are the
    actors and places that the value names and the case has not, each with its table.
    """

    subject: str
    kind: Kind = Kind.OCCURRENCE
    value: AnyValue = None
    scope: str = ""
    stance: Stance = Stance.ASSERTS
    as_of: When | None = None
    chain: tuple[str, ...] = ()
    speaker: str = ""
    event: NewEvent | None = None
    aggregate: bool = False
    note: str = ""
    made: tuple[tuple[str, AnyRecord], ...] = ()


def passage_of(article: Article, span: SelectedSpan) -> Passage:
    """Make the passage of selected words. Raises `UsageError` where the article has them not."""
    text = (article.title or "") if span.in_title else (article.text or "")
    exact = text[span.start : span.end]
    if not exact.strip() or len(exact) != span.end - span.start:
        raise UsageError("the article has no such words", "select them again")
    of_text = text_hash(text)  # a passage that moved with its words keeps its id
    return Passage(
        id=make_id("psg", article.id, str(span.start), str(span.end), str(span.in_title), of_text),
        article=article.id,
        start=span.start,
        end=span.end,
        exact=exact,
        prefix=text[max(0, span.start - CONTEXT) : span.start],
        suffix=text[span.end : span.end + CONTEXT],
        text_sha256=of_text,
        in_title=span.in_title,
    )


def event_of(new: NewEvent, by: str, at: str) -> Event:
    """Make the record of a new event. Raises `UsageError` where it has no title."""
    title = " ".join(new.title.split())
    if not title:
        raise UsageError("the event has no title", "say in a few words what happened")
    return Event(
        id=make_id("evt", title, by, at),
        title=title,
        type=new.type,
        part_of=new.part_of,
        planned=new.planned,
        background=new.background,
    )


def unnamed_source(words: str, publisher: str) -> Source:
    """Make the source for a speaker without a name: one for each publisher and its words."""
    return Source(
        id=make_id("src", "unnamed", publisher, words.casefold()),
        name=words,
        kind=SourceKind.UNNAMED,
    )


def claim_of(draft: ClaimDraft, passage: str, subject: str, chain: Sequence[str]) -> Claim:
    """Make the record of a claim. Raises `UsageError` where a field does not fit its kind."""
    key = msgspec.json.encode([draft.value, draft.as_of, draft.stance, list(chain)]).decode()
    try:
        return Claim(
            id=make_id("clm", passage, subject, draft.kind, draft.scope, key),
            subject=subject,
            kind=draft.kind,
            passage=passage,
            stance=draft.stance,
            value=draft.value,
            scope=draft.scope,
            as_of=draft.as_of,
            chain=tuple(chain),
            aggregate=draft.aggregate,
            note=draft.note,
        )
    except ValueError as error:
        raise UsageError(str(error), "check the value") from error


def claim_change(
    draft: ClaimDraft,
    article: Article,
    passage: Passage,
    held: Held,
    by: str,
    at: str,
) -> Change:
    """Make the change that adds a claim, with its passage, event and speaker where they are new.

    Without edits, and with a reason, where the case has the claim itself.
    """
    subject, chain, edits = _with_what_is_new(draft, article, by, at)
    edits.append(Edit("passages", passage.id, None, passage))
    claim = claim_of(draft, passage.id, subject, chain)
    there = held("claims", claim.id)
    if isinstance(there, Claim):
        if _means_the_same(there, claim):
            return Change(by, at, "the case has this claim already", ())
        claim = msgspec.structs.replace(claim, id=make_id("clm", claim.id, by, at))
    edits.append(Edit("claims", claim.id, None, claim))
    return Change(by, at, f"claim: {draft.kind}", _missing(edits, held))


def correction_change(
    draft: ClaimDraft, article: Article, before: Claim, held: Held, by: str, at: str
) -> Change:
    """Make the change that corrects a claim, which is a person's reading from then on.

    Without edits, and with a reason, where nothing is different, or the passage has the
    corrected claim already.
    """
    subject, chain, edits = _with_what_is_new(draft, article, by, at)
    made = claim_of(draft, before.passage, subject, chain)
    after = msgspec.structs.replace(
        made, id=before.id, aggregate=before.aggregate, read_by=ReadBy.PERSON, confidence=None
    )
    if _means_the_same(before, after) and before.note == after.note:
        return Change(by, at, "nothing is different", ())
    there = held("claims", made.id) if made.id != before.id else None
    if isinstance(there, Claim) and _means_the_same(there, made):
        return Change(by, at, "the passage has this claim already", ())
    edits = [*_missing(edits, held), Edit("claims", before.id, before, after)]
    return Change(by, at, f"correct claim: {draft.kind}", tuple(edits))


def _with_what_is_new(
    draft: ClaimDraft, article: Article, by: str, at: str
) -> tuple[str, tuple[str, ...], list[Edit]]:
    """The subject and the chain of a claim, and the edits that add what they name and is new."""
    edits = [Edit(table, one.id, None, one) for table, one in draft.made]
    subject, chain = draft.subject, draft.chain
    if draft.event is not None:
        event = event_of(draft.event, by, at)
        subject = event.id
        edits.append(Edit("events", event.id, None, event))
    if draft.speaker:
        speaker = unnamed_source(draft.speaker, article.publisher or article.id)
        chain = (*chain, speaker.id)
        edits.append(Edit("sources", speaker.id, None, speaker))
    return subject, chain, edits


def _missing(edits: Sequence[Edit], held: Held) -> tuple[Edit, ...]:
    return tuple(edit for edit in edits if held(edit.table, edit.id) is None)


def _means_the_same(one: Claim, other: Claim) -> bool:
    """True if two claims differ in nothing but their ids, notes and readers."""
    alike = msgspec.structs.replace(
        other, id=one.id, note=one.note, read_by=one.read_by, confidence=one.confidence
    )
    return one == alike and one.aggregate == other.aggregate
