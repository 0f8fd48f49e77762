"""A claim that is being made, and the change that adds it to the case."""

from collections.abc import Sequence
from typing import NamedTuple

import msgspec

from store.errors import UsageError
from store.model.change import Change, Edit
from store.model.record import make_id
from store.model.records import CONTEXT, AnyRecord, Article, Claim, Event, Passage, Source
from store.model.text import text_hash
from store.model.values import AnyValue, When
from store.model.vocabulary import EventType, Kind, SourceKind, Stance


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
            note=draft.note,
        )
    except ValueError as error:
        raise UsageError(str(error), "check the value") from error


def claim_change(
    draft: ClaimDraft,
    article: Article,
    passage: Passage,
    held: frozenset[str],
    by: str,
    at: str,
) -> Change:
    """Make the change that adds a claim, with its passage, event and speaker where they are new.

    `held` are the ids, of those that this would add, that the case has already. Without
    edits, and with a reason, where the case has the claim itself.
    """
    edits = [Edit(table, one.id, None, one) for table, one in draft.made]
    subject = draft.subject
    if draft.event is not None:
        event = event_of(draft.event, by, at)
        subject = event.id
        edits.append(Edit("events", event.id, None, event))
    chain = draft.chain
    if draft.speaker:
        speaker = unnamed_source(draft.speaker, article.publisher or article.id)
        chain = (*chain, speaker.id)
        edits.append(Edit("sources", speaker.id, None, speaker))
    edits.append(Edit("passages", passage.id, None, passage))
    claim = claim_of(draft, passage.id, subject, chain)
    edits.append(Edit("claims", claim.id, None, claim))
    if claim.id in held:
        return Change(by, at, "the case has this claim already", ())
    return Change(
        by, at, f"claim: {draft.kind}", tuple(edit for edit in edits if edit.id not in held)
    )
