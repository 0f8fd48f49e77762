"""Times of publication say on what they rest: what no text prints is not called printed."""

import pytest

from store.coding.editing import EDITABLE, edited
from store.model.records import Article, Capture, FieldReading, Stamp
from store.model.stamps import basis_of, field_words, stamp_words
from store.model.vocabulary import FieldBasis, StampBasis, TextKind

AT = "2024-12-06T09:55"
MADE = Stamp(
    at=AT, printed="D:20241206", basis=StampBasis.GUESSED, note="the time at which the PDF was made"
)


def article(stamp: Stamp, basis: FieldBasis | None = None) -> Article:
    """An article of this time, which a reader read with a basis, or which was coded by hand."""
    fields = (FieldReading(field="published", basis=basis),) if basis else ()
    capture = Capture(file="a.pdf", part="", imported=AT, by="Ada", tool="t", fields=fields)
    return Article(
        id="art_a",
        title="A",
        publisher=None,
        text_kind=TextKind.HEADLINE,
        published=stamp,
        capture=capture if basis else None,
    )


@pytest.mark.parametrize(
    ("stamp", "basis", "words"),
    [
        (Stamp(at=AT, printed="Friday, 9:55"), FieldBasis.STATED, "printed “Friday, 9:55”"),
        (Stamp(at=AT, printed=AT), FieldBasis.META, f"in the metadata “{AT}”"),
        (Stamp(at=AT, printed=AT), FieldBasis.FILE, f"in the file around it “{AT}”"),
        (MADE, FieldBasis.ASSUMED, "a guess, the time at which the PDF was made"),
        (MADE, FieldBasis.STATED, "a guess, the time at which the PDF was made"),
        (MADE, None, "a guess, the time at which the PDF was made"),
        (Stamp(at=AT, printed="Friday"), None, "printed “Friday”"),
        (Stamp(at=AT, printed="x"), FieldBasis.PERSON, "typed by a person"),
        (Stamp(at=AT, note="typed"), None, "typed by a person"),
        (
            Stamp(at=AT, printed="9:55 IST", basis=StampBasis.ZONE_ASSUMED, note="IST is Indian"),
            FieldBasis.STATED,
            "printed “9:55 IST”, zone assumed, IST is Indian",
        ),
    ],
)
def test_a_time_says_what_it_rests_on(stamp: Stamp, basis: FieldBasis | None, words: str) -> None:
    one = article(stamp, basis)
    assert stamp_words(stamp, basis_of(one, "published")) == f"6 Dec 2024 09:55, {words}"


@pytest.mark.parametrize("basis", [FieldBasis.STATED, FieldBasis.ASSUMED, None])
def test_a_time_that_a_person_typed_is_theirs(basis: FieldBasis | None) -> None:
    (field,) = [one for one in EDITABLE[Article] if one.key == "published"]
    typed = field.read("2024-12-07")
    after = edited(article(MADE, basis), {"published": typed})
    assert isinstance(after, Article)
    assert after.published is not None
    words = stamp_words(after.published, basis_of(after, "published"))
    assert words == "7 Dec 2024, typed by a person"


def test_each_basis_of_a_field_has_words_of_its_own() -> None:
    assert len({field_words(basis) for basis in FieldBasis}) == len(FieldBasis)
    assert field_words(FieldBasis.ASSUMED, "by its words") == "assumed (by its words)"
