"""Changes of an article with what hangs on it: its passages on its text, dates on its time."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import msgspec

from store.model.change import Change, Edit
from store.model.records import CONTEXT, Article, Claim, Passage
from store.model.text import text_hash
from store.model.values import AnyValue, When
from store.model.vocabulary import DateBasis


class LeftOut(NamedTuple):
    """A sentence of the original that is not in the text: the reason, and the words before it."""

    sentence: str
    reason: str
    before: str


def take_back(
    article: Article, passages: Iterable[Passage], left: LeftOut, by: str, at: str
) -> Change:
    """Make the change that puts a sentence of the original into the text, where it stood.

    The passages keep their words: those after it move by its length. Without edits where
    the text has the sentence already.
    """
    text = article.text
    if text is None:
        return Change(by, at, "only the headline of this article is kept, and no text", ())
    if left.sentence in text:
        return Change(by, at, "the text has this sentence already", ())
    found = text.rfind(left.before) if left.before else 0
    place = found + len(left.before) if found >= 0 else len(text)
    added = f"\n\n{left.sentence}" if place else f"{left.sentence}\n\n"
    longer = text[:place] + added + text[place:]
    after = msgspec.structs.replace(article, text=longer, text_sha256=text_hash(longer))
    edits = [Edit("articles", article.id, article, after)]
    for passage in passages:
        if passage.in_title:
            continue
        by_ = len(added) if passage.start >= place else 0
        start, end = passage.start + by_, passage.end + by_
        if longer[start:end] != passage.exact:  # the sentence would be put into a passage
            return Change(by, at, "it would stand inside a passage; withdraw that first", ())
        moved = msgspec.structs.replace(
            passage,
            start=start,
            end=end,
            prefix=longer[max(0, start - CONTEXT) : start],
            suffix=longer[end : end + CONTEXT],
            text_sha256=after.text_sha256 or "",
        )
        edits.append(Edit("passages", passage.id, passage, moved))
    return Change(by, at, "take back a sentence that was left out", tuple(edits))


def dates_again(before: Article, after: Article, claims: Iterable[Claim]) -> Sequence[Edit]:
    """The edits of the claims whose dates were counted from a publication that was corrected.

    A date is read again from its printed words, if they gave it before: what a person read
    otherwise stays. Without a time of publication "Thursday" has no date.
    """
    if before.published == after.published:
        return ()
    edits = []
    for claim in claims:
        value, as_of = _again(claim.value, before, after), _again(claim.as_of, before, after)
        if (value, as_of) != (claim.value, claim.as_of):
            changed = msgspec.structs.replace(claim, value=value, as_of=as_of)
            edits.append(Edit("claims", claim.id, claim, changed))
    return edits


_COUNTED = (
    DateBasis.RELATIVE_TO_PUBLICATION,
    DateBasis.YEAR_ASSUMED,
    DateBasis.UNRESOLVED,
)
"""The bases of dates that hang on a time of publication, or would if it were known."""


def _again(value: AnyValue, before: Article, after: Article) -> AnyValue:
    if not isinstance(value, When) or value.basis not in _COUNTED or not value.printed:
        return value
    from store.extraction.dates import date_of  # its patterns, when a date is read again

    then, now = (date_of(value.printed, one.published) for one in (before, after))
    if then is None or now is None or then.edtf != value.edtf:
        return value  # a person read it otherwise
    return now
