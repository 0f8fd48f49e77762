"""Redaction of words in records, such as the name of a witness."""

from collections.abc import Callable, Iterable

import msgspec

from store.errors import RefusedChange, UnknownRecord
from store.model.change import Edit
from store.model.log_line import (
    Line,
    LineEdit,
    Redacted,
    as_entry,
    by_hash,
    edit_by_hashes,
    without_reason,
)
from store.model.records import AnyRecord, Article, ById, Passage
from store.model.text import has_words, text_hash
from store.model.text_fields import FieldOfRecord, texts, texts_in, with_text_changed

_TEXTS = ("text", "title")
"""The fields of an article in which the offsets of passages count."""


class Redaction(msgspec.Struct, frozen=True):
    """A request to redact words, or, with empty `words`, a whole field of a record.

    `texts_removed` holds each text that is removed, once that is known. With `logged` the
    record itself need not have the words, as it had them once.
    """

    id: str
    field: str
    words: str
    texts_removed: tuple[str, ...] = ()
    logged: bool = False


def tombstone(words: str) -> str:
    """The replacement for redacted words, with their hash.

    The hash proves the words to somebody who knows them. Somebody with a list of
    names can test them against the hash.
    """
    return f"[redacted sha256:{text_hash(words)}]"


def redaction_of(records: ById, request: Redaction) -> tuple[Redaction, list[Edit]]:
    """Complete a request with the words found, and make the edits that redact the records.

    The passages of an article move with its text, and quote the tombstone where
    they quoted the words. Raises `UnknownRecord` where there is no such record,
    `UsageError` where the field cannot be redacted, and `RefusedChange` where it
    does not contain the words.
    """
    if request.id not in records:
        raise UnknownRecord(f"there is no record {request.id!r}", "give its id")
    one = records[request.id][1]
    if request.logged and not any(request.words in text for _, text in texts(one)):
        redaction = msgspec.structs.replace(request, texts_removed=(request.words,))
        return redaction, _edits(records, [one])
    found = texts_in(one, request.field)
    words = request.words or "\n".join(found)
    whole = not request.words
    if not (whole or any(words in text for text in found)):
        raise RefusedChange(f"{request.id}: its {request.field} does not contain these words", "")
    redaction = Redaction(request.id, request.field, words, found if whole else (words,))

    def hide(text: str) -> str:
        return tombstone(text) if whole else _without(text, words)

    if not isinstance(one, Article) or request.field not in _TEXTS:
        return redaction, _edits(records, [_altered(one, request.field, hide)])
    (value,) = found
    after = {"text_sha256": text_hash(hide(value))} if request.field == "text" else {}
    passages = [
        _moved(passage, value, words)
        for _, passage in records.values()
        if isinstance(passage, Passage)
        and passage.article == one.id
        and passage.in_title == (request.field == "title")
    ]
    return redaction, _edits(records, [_altered(one, request.field, hide, **after), *passages])


def _edits(records: ById, after: list[AnyRecord]) -> list[Edit]:
    return [Edit(records[one.id][0], one.id, records[one.id][1], one) for one in after]


def _altered(one: AnyRecord, field: str, hide: Callable[[str], str], **others: object) -> AnyRecord:
    try:
        return with_text_changed(one, field, hide, **others)
    except msgspec.ValidationError as error:
        raise RefusedChange(
            f"{one.id}: {field}: cannot be redacted: {error}", "withdraw the record"
        ) from error


def _without(text: str, words: str) -> str:
    return text.replace(words, tombstone(words))


def _moved(passage: Passage, text: str, words: str) -> Passage:
    """Move a passage to its offsets after the redaction; a partly quoted word is quoted whole."""
    after, grown = _without(text, words), len(tombstone(words)) - len(words)
    start, end, at = passage.start, passage.end, text.find(words)
    shift_start = shift_end = 0
    while at >= 0:
        past = at + len(words)
        if at < passage.start < past:
            start = at
        if at < passage.end < past:
            end = past
        shift_start += grown if past <= passage.start else 0
        shift_end += grown if at < passage.end else 0
        at = text.find(words, past)
    start, end = start + shift_start, end + shift_end
    return msgspec.structs.replace(
        passage,
        start=start,
        end=end,
        exact=after[start:end],
        prefix=after[max(0, start - len(passage.prefix)) : start],
        suffix=after[end : end + len(passage.suffix)],
        text_sha256=text_hash(after),
    )


def redacted_line(line: Line, redaction: Redaction, ids: frozenset[str]) -> Line:
    """Redact a line of the log: the content of these records, and a reason with the words."""
    if isinstance(line.why, str) and any(
        has_words(line.why, words) for words in redaction.texts_removed
    ):
        line = without_reason(line)
    edits = tuple(redacted_edit(edit, redaction, ids) for edit in line.edits)
    return msgspec.structs.replace(line, edits=edits)


def redacted_edit(edit: LineEdit, redaction: Redaction, ids: frozenset[str]) -> LineEdit:
    """Redact an edit of the log if it is about one of these records or quotes the text."""
    if edit.id not in ids and not _quotes(edit, redaction):
        return edit
    return edit_by_hashes(edit)


def _quotes(edit: LineEdit, redaction: Redaction) -> bool:
    """Tell if an edit is about a passage, present or withdrawn, of the redacted text or title."""
    if edit.table != "passages" or redaction.field not in _TEXTS:
        return False
    article = b'"article":' + msgspec.json.encode(redaction.id)
    return any(
        article in bytes(side)
        and (b'"in_title":true' in bytes(side)) == (redaction.field == "title")
        for side in (edit.before, edit.after)
    )


def fields_in_records(records: ById, redaction: Redaction) -> list[FieldOfRecord]:
    """Find the fields of these records that contain the redacted words."""
    wanted = [msgspec.json.encode(words)[1:-1] for words in redaction.texts_removed]
    found: list[FieldOfRecord] = []
    for _, one in records.values():
        if any(words in msgspec.json.encode(one) for words in wanted):
            found += fields_in_record(one, redaction)
    return found


def fields_in_record(one: AnyRecord, redaction: Redaction) -> list[FieldOfRecord]:
    """Find the fields of a record that contain the redacted words, given that it does."""
    fields = [
        field
        for field, text in texts(one)
        if any(words in text for words in redaction.texts_removed)
    ]
    return [FieldOfRecord(one.id, field) for field in dict.fromkeys(fields) or ("",)]


def last_version(lines: Iterable[Line], id: str) -> ById:
    """The last logged version of the record with this id; empty where no line has it."""
    found: dict[str, tuple[str, AnyRecord]] = {}
    for line in lines:
        for table, of, *sides in as_entry(line).edits if _mentions(line, id) else ():
            for one in sides:
                if of == id and one is not None and not isinstance(one, Redacted):
                    found[id] = table, one
    return found


def _mentions(line: Line, id: str) -> bool:
    return any(edit.id == id for edit in line.edits)


def without_old_content(line: Line) -> Line:
    """Replace the old content of records in the entry of a redaction by its hash."""
    return msgspec.structs.replace(
        line,
        edits=tuple(
            LineEdit(one.table, one.id, by_hash(one.before), one.after) for one in line.edits
        ),
    )
