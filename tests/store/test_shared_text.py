"""Suggestions of articles that share text or publisher, for a person to decide on."""

from typing import NamedTuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seeds.synthetic import synthetic_case
from store.analysis.kinship_hints import Hint, forms_of, hints, words_of
from store.analysis.shared_text import candidates, fingerprints, shared, worded
from store.model.judgements import KinshipKind
from store.model.records import Article, Stamp
from store.model.vocabulary import StampBasis
from tests.seeds.test_hama import ORIGINALS

LEAD = "Shelling of the port went on overnight and three grain silos burned until the morning."
BODY = (
    " Dock workers had been told to stay at home since the first strikes of last week. The harbour"
    " master said that no ship had left since then and that eleven were waiting in the roads."
    " Insurers have raised what they ask for a passage to four times the price of the spring, and"
    " two owners have called their captains back. Bread is still sold in the lower town, where"
    " people queue from five in the morning, but the mills have flour for nine days and not more."
    " A convoy of lorries that set out from the border was turned round at the second bridge."
)
OTHER_LEAD = "Grain is running out in the besieged port, where silos were hit again last night."
VOW = (
    "We shall not leave this city, neither today nor tomorrow, and whoever comes to take it from"
    " us will find every street defended by those who were born in it and who will be buried in"
    " it if that is what it takes to keep it"
)


class Text(NamedTuple):
    """An article that nobody holds in a case."""

    id: str
    text: str | None
    title: str | None = None
    publisher: str | None = None
    published: Stamp | None = None


def hinted(*texts: Text, **named: set[str]) -> list[Hint]:
    """The suggestions for these articles; `named` are the sources that one of them names."""
    return list(hints(texts, named, frozenset()))


def test_two_prints_of_an_agencys_text_with_another_lead_are_copies() -> None:
    (hint,) = hinted(Text("a", LEAD + BODY), Text("b", OTHER_LEAD + BODY))
    assert hint.verdict is KinshipKind.SAME_TEXT
    assert hint.shared.containment > 0.8
    assert hint.first is None


def test_a_short_copy_of_a_long_text_is_one_though_the_long_one_has_much_more() -> None:
    more = " ".join(
        f"On day {n} the {word} was closed while crews mended what the storm had left of it."
        for n, word in enumerate(("school", "market", "tunnel", "hospital", "station", "museum"))
    )
    (hint,) = hinted(Text("a", BODY), Text("b", f"{LEAD}{BODY}\n{more}\n{more}"))
    assert hint.verdict is KinshipKind.SAME_TEXT


def test_two_reports_that_quote_one_statement_at_length_are_not_kin() -> None:
    one = f"The governor spoke for an hour on the square. “{VOW}.” Few had come to listen to him."
    other = f"Nobody cheered. “{VOW}.” Then the loudspeakers were carried back into the town hall."
    assert hinted(Text("a", one), Text("b", other)) == []


def test_nor_where_the_statement_goes_over_paragraphs_that_each_open_anew() -> None:
    quoted = f'"{VOW}.\n"{VOW[::-1]}."'
    one = f"The governor spoke for an hour.\n{quoted}\nFew had come to listen."
    other = f"Nobody cheered on the square.\n{quoted}\nThen it rained."
    assert shared(worded(one), worded(other)).runs == ()


@pytest.mark.parametrize("marks", ["“”", "««", '""', "‘’", "„“", "''"])
def test_a_quotation_is_masked_however_it_is_marked(marks: str) -> None:
    end = "»" if marks[0] == "«" else marks[1]
    text = f"He said: {marks[0]}it isn't over until the last of us is home{end} and left the room."
    assert shared(worded(text), worded("it isn't over until the last of us is home")).runs == ()


def test_names_of_people_and_bodies_are_no_sign_of_a_house() -> None:
    name = "the Northern Observatory for Human Rights of Lower Amber"
    one, other = f"It was counted by {name} on foot.", f"Asked by phone, {name} gave no number."
    assert shared(worded(one), worded(other)).runs == ()


def test_nor_are_the_headlines_that_both_repeat() -> None:
    title = "rebels push on to the gates of the second city"
    one, other = f"{title}\nIt rained.", f"Read also: {title}"
    assert shared(worded(one, [title]), worded(other, [title])).runs == ()


SAID = "The road was open to people on foot only, and"


def stamped(minute: int, *sentences: str) -> str:
    return (
        f"Published 09:{minute} XST, December 6th 2024\n{' '.join(sentences)}\n"
        f"Updated 10:{minute} XST, December 6th 2024"
    )


FIRST = ("The fighting comes at a time when the harvest is still out.", "It forced them to pull")
LAST = ("All of this comes at a time when the roads are wet.", "What forced them to pull")
ENDS = ("back behind the river before dark.", "back behind the river is not known.")


def test_two_short_runs_are_a_sign_of_a_house_only_where_the_stamps_have_one_form() -> None:
    one, other = (f"{a[0]} {a[1]} {end}" for a, end in ((FIRST, ENDS[0]), (LAST, ENDS[1])))
    assert hinted(Text("a", one), Text("b", other)) == []
    (hint,) = hinted(Text("a", stamped(15, one)), Text("b", stamped(22, other)))
    assert hint.verdict is KinshipKind.ONE_HOUSE
    assert hint.forms == ("Published #:# XST, month #th #", "Updated #:# XST, month #th #")
    assert [words_of(stamped(15, one), run) for run in hint.shared.runs] == [
        "comes at a time when the",
        "forced them to pull back behind the river",
    ]


def test_one_form_of_stamps_alone_is_no_sign() -> None:
    assert hinted(Text("a", stamped(15, LEAD)), Text("b", stamped(22, VOW))) == []


def test_a_form_is_the_same_whatever_the_day() -> None:
    one, other = "Updated: 3 May 2024, 09:15 GMT", "Updated: 12 December 2025, 11:02 GMT"
    assert forms_of(one) == forms_of(other) == {"Updated: # month #, #:# GMT"}
    assert forms_of("Updated figures were not given.") == frozenset()


def test_reports_of_a_publisher_that_is_known_are_not_said_to_be_of_one_house() -> None:
    half = BODY[: len(BODY) // 3]
    one, other = f"{LEAD} {VOW}. {half}", f"{half} {VOW[::-1]} {OTHER_LEAD}"
    (hint,) = hinted(Text("a", one), Text("b", other, publisher="src_paper"))
    assert hint.verdict is KinshipKind.ONE_HOUSE
    known = (Text("a", one, publisher="src_paper"), Text("b", other, publisher="src_paper"))
    assert hinted(*known) == []


def test_a_pair_on_which_a_person_found_something_is_not_proposed_again() -> None:
    texts = [Text("a", LEAD + BODY), Text("b", OTHER_LEAD + BODY)]
    assert list(hints(texts, {}, {frozenset(("b", "a"))})) == []


# who copied whom


def copies(at: str, later: str, basis: StampBasis = StampBasis.STATED) -> tuple[Text, Text]:
    one = Text("a", LEAD + BODY, None, "src_agency", Stamp(at=at, basis=basis) if at else None)
    return one, Text("b", OTHER_LEAD + BODY, None, "src_paper", Stamp(at=later, basis=basis))


def test_who_copied_whom_is_told_where_both_times_are_known_and_differ() -> None:
    (hint,) = hinted(*copies("2024-12-05T08:00Z", "2024-12-06T09:00Z"))
    assert (hint.first, hint.why_first) == (0, "published before the other one")
    (hint,) = hinted(*copies("2024-12-06T09:00Z", "2024-12-05T08:00Z"))
    assert hint.first == 1


@pytest.mark.parametrize("at", ["", "2024-12-06", "2024-12-06T09:00Z"])
def test_it_is_not_told_where_the_order_is_not_known(at: str) -> None:
    (hint,) = hinted(*copies(at, "2024-12-06T09:00Z"))
    assert hint.first is None


def test_nor_where_a_time_is_guessed_or_another_zone_would_turn_it() -> None:
    for basis in (StampBasis.GUESSED, StampBasis.ZONE_ASSUMED):
        (hint,) = hinted(*copies("2024-12-06T08:00+05:30", "2024-12-06T09:00+05:30", basis))
        assert hint.first is None


def test_a_print_that_names_the_agency_is_the_copy() -> None:
    (hint,) = hinted(*copies("", "2024-12-06"), b={"src_agency"})
    assert (hint.first, hint.why_first) == (0, "the other one names its publisher")


# many texts


def test_fifty_prints_of_one_text_are_found_in_a_line_and_not_each_with_each() -> None:
    found = hinted(*(Text(f"{n:02}", f"Page {n}, column {n}. {BODY}") for n in range(50)))
    assert [(one.one, one.other) for one in found] == [(n, n + 1) for n in range(49)]
    assert {one.verdict for one in found} == {KinshipKind.SAME_TEXT}


def test_what_a_crowd_says_is_no_sign_of_two() -> None:
    foot = " Follow us for the latest news of the region and sign up for the letter of the day."
    texts = [
        Text(f"{n}", f"{''.join(chr(97 + (ord(c) * (n + 2)) % 26) for c in LEAD)}.{foot}")
        for n in range(12)
    ]
    assert hinted(*texts) == []


def test_nothing_is_suggested_of_the_articles_of_a_synthetic_case() -> None:
    articles = [one for _, one in synthetic_case(600) if isinstance(one, Article) and one.text]
    assert len(articles) > 100
    assert list(hints(articles, {}, frozenset())) == []


def test_of_the_five_original_reports_the_two_of_one_house_are_proposed_and_no_others() -> None:
    files = sorted(ORIGINALS.glob("0*.txt")) if ORIGINALS.exists() else []
    if len(files) < 5:
        pytest.skip("the originals are not part of the project (see CONFLICT_DATA)")
    texts = [Text(file.name[:3], file.read_text("utf-8").replace("\r\n", "\n")) for file in files]
    (hint,) = hinted(*texts)
    assert (texts[hint.one].id, texts[hint.other].id) == ("000", "001")
    assert hint.verdict is KinshipKind.ONE_HOUSE
    assert hint.first is None
    assert [words_of(texts[0].text or "", run) for run in hint.shared.runs] == [
        "to redeploy and announce a",
        "comes at a time when the",
    ]


# what holds of any texts

_text = st.lists(
    st.sampled_from(("a", "b", "c", "The", "Town,", "said.", "“", "”", "'", "’", "isn't", "on")),
    max_size=40,
).map(" ".join)


@given(_text, _text)
def test_which_of_two_texts_comes_first_does_not_matter(one: str, other: str) -> None:
    there, back = shared(worded(one), worded(other)), shared(worded(other), worded(one))
    assert there.shingles == back.shingles
    assert there.containment == back.containment
    assert set(there.runs) == {run.turned() for run in back.runs}


@given(_text, _text)
def test_a_run_stands_in_both_texts_with_the_same_words(one: str, other: str) -> None:
    for run in shared(worded(one), worded(other)).runs:
        assert run.words >= 5
        words = one[run.start : run.end], other[run.other_start : run.other_end]
        plain = ["".join(c for c in w.lower().replace("’", "'") if c.isalnum()) for w in words]
        assert plain[0] == plain[1]


@given(_text)
def test_a_text_is_contained_in_itself(text: str) -> None:
    found = worded(text)
    assert shared(found, found).containment == (1.0 if found.shingles else 0.0)


@given(st.text(max_size=400))
def test_any_text_can_be_compared(text: str) -> None:
    found = worded(text, [text[:5]])
    assert all(0 <= a < b <= len(text) for a, b in zip(found.starts, found.ends, strict=True))


@given(_text, _text)
def test_texts_that_share_six_words_meet(one: str, other: str) -> None:
    a, b = worded(one), worded(other)
    if shared(a, b).longest >= 6:
        assert (0, 1) in candidates([fingerprints(a), fingerprints(b)])
