"""Changes of an article take its passages, and the dates that hang on its time, along."""

import msgspec

from store.coding.article_changes import LeftOut, dates_again, take_back
from store.coding.draft import SelectedSpan, passage_of
from store.extraction.dates import date_of
from store.model.records import Article, Claim, Stamp
from store.model.text import text_hash
from store.model.values import When
from store.model.vocabulary import Kind, TextKind

TEXT = "Rebels took Zed.\n\nThe army withdrew on Thursday."
ARTICLE = Article(
    id="art_1",
    title="Zed falls",
    publisher=None,
    text_kind=TextKind.FULL,
    published=Stamp(at="2024-12-06"),
    text=TEXT,
    text_sha256=text_hash(TEXT),
)
LEFT = LeftOut("Photo: smoke over Zed.", "a caption", "Rebels took Zed.")


def test_a_sentence_is_put_back_where_it_stood_and_passages_keep_their_words() -> None:
    spans = [(0, 16), (18, 36)]
    passages = [passage_of(ARTICLE, SelectedSpan("art_1", *span)) for span in spans]
    change = take_back(ARTICLE, passages, LEFT, "Ana", "")
    article, *moved = [edit.after for edit in change.edits]
    assert isinstance(article, Article)
    assert article.text == (
        "Rebels took Zed.\n\nPhoto: smoke over Zed.\n\nThe army withdrew on Thursday."
    )
    for one in moved:
        assert article.text[one.start : one.end] == one.exact  # type: ignore[union-attr]
        assert one.text_sha256 == article.text_sha256  # type: ignore[union-attr]
    assert not tuple(take_back(article, (), LEFT, "Ana", "").edits), "it is there already"


def test_a_sentence_is_not_put_into_a_passage() -> None:
    whole = passage_of(ARTICLE, SelectedSpan("art_1", 0, len(TEXT)))
    change = take_back(ARTICLE, [whole], LEFT, "Ana", "")
    assert not tuple(change.edits)
    assert "inside a passage" in change.why


def test_a_corrected_time_resolves_its_dates_again_and_no_others() -> None:
    thursday = date_of("on Thursday", ARTICLE.published)
    assert thursday is not None
    claims = [
        Claim(id="clm_1", subject="evt_1", kind=Kind.DATE, passage="psg_1", value=thursday),
        Claim(
            id="clm_2",
            subject="evt_1",
            kind=Kind.DATE,
            passage="psg_1",
            value=When(edtf="2024-11-30", printed="30 November 2024"),
        ),
    ]
    later = msgspec.structs.replace(ARTICLE, published=Stamp(at="2024-12-13"))
    (edit,) = dates_again(ARTICLE, later, claims)
    assert isinstance(edit.after, Claim)
    assert isinstance(edit.after.value, When)
    assert (thursday.edtf, edit.after.value.edtf) == ("2024-12-05", "2024-12-12")
    assert dates_again(ARTICLE, ARTICLE, claims) == ()
    without = msgspec.structs.replace(ARTICLE, published=None)
    (unknown,) = dates_again(ARTICLE, without, claims)
    assert isinstance(unknown.after, Claim)
    assert isinstance(unknown.after.value, When)
    assert unknown.after.value.edtf == "", "without a time Thursday stays Thursday"


def test_words_where_a_moved_passage_stood_are_a_passage_of_their_own() -> None:
    second = passage_of(ARTICLE, SelectedSpan("art_1", 18, 36))
    after = [one.after for one in take_back(ARTICLE, [second], LEFT, "Ana", "").edits]
    article, moved = after
    assert isinstance(article, Article)
    assert moved is not None
    assert moved.id == second.id
    assert passage_of(article, SelectedSpan("art_1", 18, 36)).id != second.id


def test_the_log_says_nothing_of_a_sentence_that_is_taken_back_and_redacted_later() -> None:
    assert "smoke" not in take_back(ARTICLE, (), LEFT, "Ana", "").why


def test_a_sentence_is_not_taken_back_into_a_text_that_is_not_kept() -> None:
    headline = msgspec.structs.replace(
        ARTICLE, text=None, text_sha256=None, text_kind=TextKind.HEADLINE
    )
    change = take_back(headline, (), LEFT, "Ana", "")
    assert not tuple(change.edits)
    assert "headline" in change.why
