"""The redactions of one copy of a case that another lacks, with the words found in the other.

A log has of redacted words only the hash. The copy that still has them has what stood
around them, too: where that fits, and the hash, these are the words.
"""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from store.custody.branch import Branch, Side
from store.database.redaction import Redaction, redaction_of, tombstone
from store.errors import RefusedChange, UsageError
from store.model.log_line import Act, EntryEdit, Line, Redacted, reason_of
from store.model.records import AnyRecord, Article, Passage
from store.model.text import has_words, text_hash
from store.model.text_fields import editable_fields, texts

_TOMBSTONE = re.compile(r"\[redacted sha256:([0-9a-f]{64})\]")

_WORD = re.compile(r"\w+|[^\w\s]")
SHORT = 1_000
"""The most characters of a text of which every part is tried."""

MOST_WORDS = 12

Versions = dict[str, AnyRecord | None]
"""Records by id as one copy has them; None for one that it has not."""


class SharedRedaction(NamedTuple):
    """A redaction that a copy lacks: the entry of the other, and what is to be redacted here.

    With empty `words` it is the whole field.
    """

    line: Line
    id: str
    field: str
    words: str

    @property
    def request(self) -> Redaction:
        """The request for this redaction, also where only the log still has the words."""
        return Redaction(self.id, self.field, self.words, logged=bool(self.words))


def lacking(there: Branch, here: Branch, now: Versions) -> list[SharedRedaction]:
    """The redactions of the copy `there` that the copy `here` lacks; `now` are records of this."""
    found: list[SharedRedaction] = []
    for line, edits in there.acts:
        if line.act is not Act.REDACTION:
            continue
        for edit in edits:
            if edit.table != "passages":
                present = now.get(edit.id)
                versions = [*([present] if present else ()), *here.plain_versions(edit.id)]
                if versions:
                    found += _of_record(line, edit, there, present, versions)
    return list({one[1:]: one for one in reversed(found)}.values())[::-1]


def refuse_unfound(
    there: Branch, here: Branch, now: Versions, found: Iterable[SharedRedaction]
) -> None:
    """Raise `RefusedChange` where `here` may have words that `there` redacted, unfound.

    `found` are those of `lacking`. Unfound are words of which the log alone has the hash, words
    in a long text that was edited, and those of a record that is redacted otherwise here.
    """
    known = {(one.id, one.field, text_hash(one.words)) for one in found}
    redacted_here = {
        edit.id for act in here.acts if act.line.act is Act.REDACTION for edit in act.edits
    }
    for line, edits in there.acts:
        for edit in edits if line.act is Act.REDACTION else ():
            present, redacted = now.get(edit.id), _as_redacted(there, edit)
            versions = [*([present] if present else ()), *here.plain_versions(edit.id)]
            if redacted is None or not versions or edit.table == "passages":
                continue
            marks = [(field, digest) for field, text in texts(redacted) for digest in _marks(text)]
            unfound = [
                field
                for field, digest in marks
                if (edit.id, field, digest) not in known
                and not any(digest in other for one in versions for _, other in texts(one))
                and _may_have(here.when_last_known(edit.id, present), versions, field)
            ]
            if unfound or not (marks or edit.id in redacted_here):
                raise RefusedChange(
                    f"{here.archive.path}: words that {line.who} has redacted in {edit.id} are not"
                    " found in this copy",
                    "redact the same words in both copies, and merge then",
                )


def _may_have(parted: Side, versions: Iterable[AnyRecord], field: str) -> bool:
    """Tell if not every part of a field was tried, in the record as it was when the logs parted."""
    if isinstance(parted, Redacted):
        return True
    return any(len(text) > SHORT for one in versions for name, text in texts(one) if name == field)


def refuse_with_words(there: Branch, path: Path, records: Iterable[AnyRecord | None]) -> None:
    """Raise `RefusedChange` where a record of a copy has words that `there` has redacted.

    Looked at are runs of at most `MOST_WORDS` words.
    """
    digests = {
        digest
        for act in there.acts
        if act.line.act is Act.REDACTION
        for edit in act.edits
        if (redacted := _as_redacted(there, edit)) is not None
        for _, text in texts(redacted)
        for digest in _marks(text)
    }
    for one in records if digests else ():
        for field, text in texts(one) if one is not None else ():
            if any(text_hash(words) in digests for words in _runs(text)):
                raise RefusedChange(
                    f"{path}: {field} of {getattr(one, 'id', '')} has words that were redacted in"
                    " the other copy",
                    "redact them there, too, and merge then",
                )


def _of_record(
    line: Line,
    edit: EntryEdit,
    there: Branch,
    now: AnyRecord | None,
    versions: list[AnyRecord],
) -> Iterator[SharedRedaction]:
    redacted = _as_redacted(there, edit)
    if redacted is None:
        fields = _by_length(versions[0])
        # of a withdrawn record the first takes all its content out of the log
        yield from (SharedRedaction(line, edit.id, one, "") for one in fields[: None if now else 1])
        return
    for field, text in texts(redacted):
        for digest in dict.fromkeys(_marks(text)):
            if any(digest in other for one in versions for _, other in texts(one)):
                continue  # it is older than both, or was made here, too
            if words := _words(digest, text, field, versions):
                yield SharedRedaction(line, edit.id, field, words)


def _marks(text: str) -> list[str]:
    """The hashes of the words that were redacted in a text."""
    return _TOMBSTONE.findall(text)


def _by_length(one: AnyRecord) -> list[str]:
    """The fields of a record that can be redacted, but for who made it; the longest text first."""
    lengths = dict.fromkeys(editable_fields(one), 0)
    lengths.pop("by", None)
    for name, text in texts(one):
        if name in lengths:
            lengths[name] += len(text)
    return sorted(lengths, key=lambda name: -lengths[name])


def _as_redacted(there: Branch, edit: EntryEdit) -> AnyRecord | None:
    """A record as it was after its redaction, or later; None where only its hash is known."""
    if edit.after is not None and not isinstance(edit.after, Redacted):
        return edit.after
    if edit.after is None:
        return None
    later = (one.after for _, one in reversed(there.edits.get(edit.id, [])))
    return next((one for one in later if one is not None and not isinstance(one, Redacted)), None)


def _words(digest: str, redacted: str, field: str, versions: Iterable[AnyRecord]) -> str:
    """The words with this hash that a field of a record had; empty if it never had them."""
    had = dict.fromkeys(text for one in versions for name, text in texts(one) if name == field)
    for text in had:
        if words := _words_in(digest, redacted, text):
            return words
    return next((words for text in had if (words := _words_anywhere(digest, text))), "")


def _words_anywhere(digest: str, text: str) -> str:
    """Search a text that was edited before the redaction: every part of a short one.

    Of a longer one the parts that begin and end with a word, and have at most `MOST_WORDS`.
    """
    parts = _runs(text)
    if len(text) <= SHORT:
        ends = range(1, len(text) + 1)
        parts = (text[start:end] for end in ends for start in range(end))
    return next((words for words in parts if text_hash(words) == digest), "")


def _runs(text: str) -> Iterator[str]:
    """Every run of words of a text, of at most `MOST_WORDS`, with what stands between them."""
    words = list(_WORD.finditer(text))
    for number, first in enumerate(words):
        for last in words[number : number + MOST_WORDS]:
            yield text[first.start() : last.end()]


def _words_in(digest: str, redacted: str, text: str) -> str:
    """Find the words by what stands before and after them, one tombstone after another."""
    at, read = 0, 0
    for mark in _TOMBSTONE.finditer(redacted):
        before = redacted[read : mark.start()]
        if not text.startswith(before, at):
            return ""
        at, read = at + len(before), mark.end()
        if text.startswith(mark[0], at):
            at += len(mark[0])
            continue
        following = _TOMBSTONE.split(redacted[read:], maxsplit=1)[0]
        end = _end_of(mark[1], following, text, at, last=read + len(following) == len(redacted))
        if end < 0:
            return ""
        if mark[1] == digest:
            return text[at:end]
        at = end
    return ""


def _end_of(digest: str, following: str, text: str, at: int, *, last: bool) -> int:
    """The end of the words with this hash that begin at `at`; -1 where there are none."""
    end = len(text) - len(following) if last else at
    while end >= at:
        end = text.find(following, end)
        if end < 0 or text_hash(text[at:end]) == digest:
            return end
        end += 1
    return -1


def redact_versions(versions: Versions, redactions: Iterable[SharedRedaction]) -> None:
    """Redact the records of a copy as they are kept here; what does not have the words stays."""
    for one in redactions:
        target = versions.get(one.id)
        if target is None:
            continue
        records = {one.id: target} | {
            id: other
            for id, other in versions.items()
            if isinstance(other, Passage) and other.article == target.id
        }
        try:
            _, edits = redaction_of({id: ("", of) for id, of in records.items()}, one.request)
        except (RefusedChange, UsageError):
            continue
        versions.update((edit.id, edit.after) for edit in edits)


class Hidden(NamedTuple):
    """The ids of records and the words that a copy still has, and the other has redacted."""

    ids: frozenset[str]
    words: tuple[str, ...]

    def reason(self, why: str) -> str:
        """A reason for the log; its hash where it has the words."""
        if any(has_words(why, words) for words in self.words):
            return tombstone(why)
        return why


def hidden(
    branch: Branch, other: Branch, redactions: Iterable[SharedRedaction], versions: Versions
) -> Hidden:
    """Find what the acts of a copy say that the other has redacted.

    `versions` are the records of the copy before `redact_versions`.
    """
    ids = set[str]()
    words = list(_words_of_reasons(branch, other))
    for one in redactions:
        ids.add(one.id)
        target = versions.get(one.id)
        of_field = (text for name, text in texts(target) if name == one.field) if target else ()
        words += [one.words] if one.words else of_field
        if isinstance(target, Article):
            ids |= {
                id
                for id, edits in branch.edits.items()
                if any(_is_passage_of(one.id, side) for _, edit in edits for side in edit[2:])
            }
    return Hidden(frozenset(ids), tuple(words))


def _words_of_reasons(branch: Branch, other: Branch) -> Iterator[str]:
    """The words of reasons of one copy that the other has redacted, in whatever record."""
    redacted = (
        _as_redacted(other, edit)
        for act in other.acts
        if act.line.act is Act.REDACTION
        for edit in act.edits
    )
    digests = {
        digest for one in redacted if one for _, text in texts(one) for digest in _marks(text)
    }
    for act in branch.acts if digests else ():
        for words in _runs(reason_of(act.line)):
            if text_hash(words) in digests:
                yield words


def _is_passage_of(article: str, side: object) -> bool:
    return isinstance(side, Passage) and side.article == article
