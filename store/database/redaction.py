"""Words that must not be known any more, such as the name of a witness, taken out of records."""

from collections.abc import Callable, Iterable

import msgspec

from store.errors import RefusedChange, UnknownRecord, UsageError
from store.model.change import Edit
from store.model.log_line import (
    Line,
    LineEdit,
    Redacted,
    as_entry,
    is_redacted,
    redacted,
    without_reason,
)
from store.model.records import AnyRecord, Article, ById, Passage
from store.model.text import text_hash
from store.model.text_fields import FieldOfRecord, reworded, texts, worded

_TEXTS = ("text", "title")
"""The fields of an article in which the offsets of passages count."""


class Redaction(msgspec.Struct, frozen=True):
    """What is to be redacted: the words, or all that the field of a record holds.

    `every` has each text that is taken out, once that is known.
    """

    id: str
    field: str
    words: str
    every: tuple[str, ...] = ()


def tombstone(words: str) -> str:
    """What stands in the place of words that were redacted.

    The hash of a short word can be found by trying; it proves what stood there
    to whoever knows it, and hides it from nobody who has a list of names.
    """
    return f"[redacted sha256:{text_hash(words)}]"


def fields_with(one: AnyRecord, words: str) -> tuple[str, ...]:
    """The fields of a record in which the words stand and can be redacted."""
    holding = {field for field, text in texts(one) if words in text}
    return tuple(field for field in worded(one) if field in holding)


def texts_in(one: AnyRecord, field: str) -> tuple[str, ...]:
    """The texts of a field that can be redacted; a list has several.

    Raises `UsageError`, which names the fields that there are, where it is none of them.
    """
    fields = worded(one)
    if field in fields:
        return tuple(text for name, text in texts(one) if name == field)
    hint = f"it has words in: {', '.join(fields)}" if fields else "it has no words of its own"
    if isinstance(one, Passage):
        side = "title" if one.in_title else "text"
        hint = f"it quotes {one.article}: redact the words in the {side} of that"
    raise UsageError(f"{one.id}: has no words in its field {field!r}", hint)


def redaction_of(held: ById, asked: Redaction) -> tuple[Redaction, list[Edit]]:
    """What is redacted, with its words, and the edits that take them out of these records.

    The passages of an article go with its text, and quote the tombstone where
    they quoted the words. Raises `UnknownRecord` where there is no such record,
    `UsageError` where the field holds no words, and `RefusedChange` where it
    does not hold these.
    """
    if asked.id not in held:
        raise UnknownRecord(f"there is no record {asked.id!r}", "name it by its id")
    one = held[asked.id][1]
    found = texts_in(one, asked.field)
    words = asked.words or "\n".join(found)
    whole = not asked.words
    if not (whole or any(words in text for text in found)):
        raise RefusedChange(f"{asked.id}: its {asked.field} does not hold these words", "")
    made = Redaction(asked.id, asked.field, words, found if whole else (words,))

    def hide(text: str) -> str:
        return tombstone(text) if whole else _without(text, words)

    if not isinstance(one, Article) or asked.field not in _TEXTS:
        return made, _edits(held, [_altered(one, asked.field, hide)])
    (value,) = found
    after = {"text_sha256": text_hash(hide(value))} if asked.field == "text" else {}
    passages = [
        _moved(passage, value, words)
        for _, passage in held.values()
        if isinstance(passage, Passage)
        and passage.article == one.id
        and passage.in_title == (asked.field == "title")
    ]
    return made, _edits(held, [_altered(one, asked.field, hide, **after), *passages])


def _edits(held: ById, after: list[AnyRecord]) -> list[Edit]:
    return [Edit(held[one.id][0], one.id, held[one.id][1], one) for one in after]


def _altered(one: AnyRecord, field: str, hide: Callable[[str], str], **others: object) -> AnyRecord:
    try:
        return reworded(one, field, hide, **others)
    except msgspec.ValidationError as error:
        raise RefusedChange(
            f"{one.id}: {field}: cannot be redacted: {error}", "withdraw the record"
        ) from error


def _without(text: str, words: str) -> str:
    return text.replace(words, tombstone(words))


def _moved(passage: Passage, text: str, words: str) -> Passage:
    """The passage where its words stand once these words are redacted; a part of them is all."""
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


def hidden_line(line: Line, made: Redaction, ids: frozenset[str]) -> Line:
    """A line of the log once these records are redacted, and reasons that hold the words."""
    if isinstance(line.why, str) and any(words in line.why for words in made.every):
        line = without_reason(line)
    edits = tuple(hidden(edit, made, ids) for edit in line.edits)
    return msgspec.structs.replace(line, edits=edits)


def hidden(edit: LineEdit, made: Redaction, ids: frozenset[str]) -> LineEdit:
    """An edit of the log once its records are redacted, where it is about one of them."""
    if edit.id not in ids and not _quotes(edit, made):
        return edit
    return LineEdit(edit.table, edit.id, _by_hash(edit.before), _by_hash(edit.after))


def _by_hash(side: msgspec.Raw) -> msgspec.Raw:
    return side if is_redacted(side) or bytes(side) == b"null" else redacted(side)


def _quotes(edit: LineEdit, made: Redaction) -> bool:
    """Whether it is about a passage of the redacted text or title, perhaps one that is gone."""
    if edit.table != "passages" or made.field not in _TEXTS:
        return False
    article = b'"article":' + msgspec.json.encode(made.id)
    return any(
        article in bytes(side) and (b'"in_title":true' in bytes(side)) == (made.field == "title")
        for side in (edit.before, edit.after)
    )


def still_holding(held: ById, made: Redaction) -> list[FieldOfRecord]:
    """Where in these records the words stand, field by field."""
    wanted = [msgspec.json.encode(words)[1:-1] for words in made.every]
    found: list[FieldOfRecord] = []
    for _, one in held.values():
        if any(words in msgspec.json.encode(one) for words in wanted):
            found += standing(one, made)
    return found


def standing(one: AnyRecord, made: Redaction) -> list[FieldOfRecord]:
    """Where in a record that holds the words they stand."""
    fields = [field for field, text in texts(one) if any(words in text for words in made.every)]
    return [FieldOfRecord(one.id, field) for field in dict.fromkeys(fields) or ("",)]


def last_known(lines: Iterable[Line], id: str) -> ById:
    """The record with this id as it was before it was withdrawn; nothing where no line has it."""
    found: dict[str, tuple[str, AnyRecord]] = {}
    for line in lines:
        for table, of, *sides in as_entry(line).edits if _mentions(line, id) else ():
            for one in sides:
                if of == id and one is not None and not isinstance(one, Redacted):
                    found[id] = table, one
    return found


def _mentions(line: Line, id: str) -> bool:
    return any(edit.id == id for edit in line.edits)


def told_by_hash(line: Line) -> Line:
    """The entry of a redaction as the log has it: what was there before by its hash only."""
    return msgspec.structs.replace(
        line,
        edits=tuple(
            LineEdit(one.table, one.id, _by_hash(one.before), one.after) for one in line.edits
        ),
    )
