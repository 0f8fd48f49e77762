"""A redaction as a person asks for it, and what it left to be decided on."""

from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from store.errors import ConflictError, UnpurgedRedaction
from store.model.labels import count_text
from store.model.text_fields import FieldOfRecord
from store.queries.near_matches import NearMatch, WordUse, near_matches, words_in_full_text
from tui.session.settings import state_folder

if TYPE_CHECKING:  # with TinyDB: imported after the first frame
    from store.archive import Archive


BEYOND = "the server's WAL, archives, logs, replicas and backups, where it has any"
"""The places that a redaction of a case on a server cannot reach."""


class RedactionOutcome(NamedTuple):
    """The places where words remain: fields, near matches, indexed words, and others.

    `error` says that the words were redacted and not yet purged.
    """

    fields: Sequence[FieldOfRecord]
    near: Sequence[NearMatch]
    uses: Sequence[WordUse]
    places: Sequence[str]
    error: UnpurgedRedaction | None = None


def redact_fields(
    archive: "Archive", id: str, fields: Sequence[str], reason: str, words: str
) -> RedactionOutcome:
    """Redact words in fields of a record, one after the other.

    Raises what `Archive.redact` does; the message of a later field says which were
    redacted before.
    """
    from store.custody.redaction_traces import traces

    others: list[FieldOfRecord] = []
    for number, field in enumerate(fields):
        try:
            others = archive.redact(id, field, reason, words)
        except ConflictError as error:
            done, left = fields[:number], fields[number + 1 :]
            if isinstance(error, UnpurgedRedaction) and not left:
                return RedactionOutcome((), (), (), (), error)
            if done:
                error.message = f"{' and '.join(done)} redacted before this: {error.message}"
            if left:
                error.message += f"; not redacted: {' and '.join(left)}"
            raise
    near, uses = left_in(archive, (words,), last_alone=True)
    places = (
        *traces(archive.path, (words,), state_folder()),
        *([BEYOND] if archive.member else ()),
    )
    return RedactionOutcome(others, near, uses, places)


def left_in(
    archive: "Archive", redacted: Iterable[str], *, last_alone: bool
) -> tuple[tuple[NearMatch, ...], tuple[WordUse, ...]]:
    """The near matches of redacted texts, and their words that the full text still has."""
    redacted = tuple(redacted)
    near = dict.fromkeys(
        match
        for words in redacted
        for match in archive.ask(near_matches, archive.case, words, last_alone=last_alone)
    )
    return tuple(near), archive.ask(words_in_full_text, redacted)


def near_lines(near: Iterable[NearMatch]) -> Iterator[str]:
    """Name each near match with its record and field: `not_a text: the last word alone`."""
    for id, field, nearness in near:
        yield f"{id} {field}: {nearness}"


def use_text(use: WordUse) -> str:
    """Say why the full-text index keeps a word."""
    return (
        f"The full-text index keeps the single word {use.word}, as"
        f" {count_text(use.texts, 'text')} still {'uses' if use.texts == 1 else 'use'} it."
    )
