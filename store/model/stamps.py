"""Times of publication in words, and their basis."""

from collections.abc import Mapping

from store.model.dates import long
from store.model.records import Article, Stamp
from store.model.vocabulary import FieldBasis, StampBasis

TYPED = "typed"
"""The note of a time that a person typed."""

SURENESS: Mapping[StampBasis, str] = {
    StampBasis.STATED: "",
    StampBasis.ZONE_ASSUMED: "zone assumed",
    StampBasis.GUESSED: "a guess",
}
"""The words for a time of publication that the article does not state."""

_FIELD_WORDS: Mapping[FieldBasis, str] = {
    FieldBasis.STATED: "stated in the text",
    FieldBasis.META: "in the metadata",
    FieldBasis.FILE: "in the file around it",
    FieldBasis.ASSUMED: "assumed",
    FieldBasis.PERSON: "typed by a person",
}


def full_day_of(published: str) -> str:
    """`2 Dec 2024` from an ISO 8601 time, with the time of day and zone if they are known.

    What is no such time stays as it is.
    """
    day, _, time = published.partition("T")
    try:
        return f"{long(day)} {time}".rstrip() if day else ""
    except ValueError:
        return published


def basis_of(article: Article, field: str) -> FieldBasis:
    """The basis of the field of an article; that of one that no reader read is its stamp's."""
    readings = article.capture.fields if article.capture else ()
    found = next((one.basis for one in readings if one.field == field), None)
    stamp = getattr(article, field)
    if not isinstance(stamp, Stamp):
        return found or FieldBasis.STATED
    if found is FieldBasis.PERSON or stamp.note == TYPED:
        return FieldBasis.PERSON
    if stamp.basis is StampBasis.GUESSED:
        return FieldBasis.ASSUMED
    return found or FieldBasis.STATED


def field_words(basis: FieldBasis, note: str = "") -> str:
    """The basis of a field in words, with a note on how it was read."""
    return f"{_FIELD_WORDS[basis]}{f' ({note})' if note else ''}"


def field_text(article: Article, field: str, value: str) -> str:
    """A value of an article, and how a reader found it: `Omar Fitch, in the metadata`.

    The value alone where no reader found it.
    """
    readings = article.capture.fields if article.capture else ()
    found = next((field_words(one.basis, one.note) for one in readings if one.field == field), "")
    return ", ".join(filter(None, (value, found)))


def stamp_words(stamp: Stamp, basis: FieldBasis) -> str:
    """A time with its basis: `6 Dec 2024, printed “Friday”`; what was guessed is no print."""
    found = f"“{stamp.printed}”" if stamp.printed else ""
    match basis:
        case FieldBasis.STATED:
            words = f"printed {found}" if found else ""
        case FieldBasis.ASSUMED:
            words = "a guess"
        case FieldBasis.PERSON:
            words = _FIELD_WORDS[basis]
        case _:
            words = f"{_FIELD_WORDS[basis]} {found}".rstrip()
    zone = SURENESS[stamp.basis] if stamp.basis is StampBasis.ZONE_ASSUMED else ""
    note = stamp.note if stamp.note != TYPED else ""
    return ", ".join(filter(None, (full_day_of(stamp.at), words, zone, note)))
