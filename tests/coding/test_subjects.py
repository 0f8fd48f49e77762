"""The subjects and the speakers that are offered for selected words."""

from pathlib import Path

import pytest

from store.archive import Archive
from store.coding.attribution import attributed
from store.coding.offers import LONGEST, sentence_offers
from store.model.records import Source
from store.model.values import Participant, When, Where
from store.model.vocabulary import Kind, PlaceKind, Role, SourceKind
from store.queries.article import article_number
from store.queries.subjects import SelectedWords, proposed_subjects, typed_subjects
from tests.small import SmallCase
from tui.session.claim_form import claim_form
from tui.session.claim_words import NEW, save_words

BY = "Ada"


@pytest.mark.parametrize(
    ("article", "words", "first"),
    [
        ("report", "It rained.", True),
        ("other", "It rained.", False),
        ("other", "It rained in Zed.", True),
        ("other", "The Northern Guard marched.", True),
        ("other", "It rained on 8 December 2024.", True),
        ("other", "It rained on 9 December 2024.", False),
        ("other", "It rained in December 2024.", False),
    ],
)
@pytest.mark.parametrize("latest", [False, True])
def test_the_event_at_hand_is_first_where_it_is_spoken_of(
    tmp_path: Path, article: str, words: str, first: bool, latest: bool
) -> None:
    small = SmallCase()
    fall, rain = small.event("Fall"), small.event("Rain")
    report, other = small.article("report", "Zed fell."), small.article("other", "It rained.")
    zed, guard = small.place("Zed"), small.actor("Northern Guard")
    small.claim(fall, report, "Zed fell", kind=Kind.PLACE, value=Where(place=zed))
    party = Participant(actor=guard, role=Role.PARTY)
    small.claim(fall, report, "fell", kind=Kind.PARTICIPANT, value=party)
    velmora = small.place("Velmora", kind=PlaceKind.COUNTRY)
    small.claim(fall, report, "Zed fell.", kind=Kind.PLACE, value=Where(place=velmora))
    small.claim(fall, report, "Zed", kind=Kind.DATE, value=When(edtf="2024-12-08"))
    small.claim(rain, other, "rained")
    archive = Archive.open(small.write(tmp_path / "case.json"), author=BY)
    (at_hand,) = archive.ask(
        lambda reader: reader.execute("SELECT n FROM events WHERE id = ?", (fall,)).fetchone()
    )
    number = archive.ask(article_number, f"art_{article}")
    assert number is not None
    known = (None, fall) if latest else (at_hand, "")
    found = archive.ask(proposed_subjects, SelectedWords(number, 0, words, *known))
    events = [one.title for one in found if one.id.startswith("evt_")]
    assert (events[0] == "Fall") is first
    assert "Fall" in events, "it is offered, if not first"


@pytest.mark.parametrize(
    ("words", "apart"),
    [
        ("It rained.", True),
        ("It rained in Zed.", False),
        ("The Northern Guard marched.", False),
        ("It rained on 8 December 2024.", False),
        ("It rained on 9 December 2024.", True),
        ("It rained in Velmora.", True),
    ],
)
def test_an_event_that_nothing_connects_comes_after_a_new_one(
    tmp_path: Path, words: str, apart: bool
) -> None:
    small = SmallCase()
    fall, report = small.event("Fall"), small.article("report", "Zed fell.")
    small.article("other", words)
    small.claim(fall, report, "Zed", kind=Kind.PLACE, value=Where(place=small.place("Zed")))
    party = Participant(actor=small.actor("Northern Guard"), role=Role.PARTY)
    small.claim(fall, report, "fell", kind=Kind.PARTICIPANT, value=party)
    velmora = small.place("Velmora", kind=PlaceKind.COUNTRY)
    small.claim(fall, report, "Zed fell.", kind=Kind.PLACE, value=Where(place=velmora))
    small.claim(fall, report, "Zed", kind=Kind.DATE, value=When(edtf="2024-12-08"))
    archive = Archive.open(small.write(tmp_path / "case.json"), author=BY)
    number = archive.ask(article_number, "art_other")
    assert number is not None
    selected = SelectedWords(number, 0, words, None, fall)
    subjects = archive.ask(proposed_subjects, selected)
    assert [one.apart for one in subjects if one.id == fall] == [apart]
    offers = archive.ask(sentence_offers, words)
    form = claim_form(subjects, offers, {one: one.kind for one in offers.claims})
    first = form["subject"].offers[0].value
    assert first == (NEW if apart else fall)
    assert fall in [one.value for one in form["subject"].offers], "it is offered, if not first"


@pytest.mark.parametrize(
    ("words", "first"),
    [
        ("Shells hit Zed on 6 December 2024.", True),
        ("An air strike hit Zed on 7 December 2024.", False),
        ("Shells hit Zed on 6 December 2024, and again on 7 December 2024.", True),
        ("The toll of Zed rose to 19 on 7 December 2024.", True),
        ("It was in Zed, police said on Saturday 7 December 2024.", True),
        ("Shells hit Zed.", True),
        ("Zed, 7 December 2024: Shells hit Zed, police said on Sunday.", True),
        ("It was quiet in Zed, the mayor told Zed Wire in a statement on 7 December 2024.", True),
    ],
)
def test_an_event_of_another_day_comes_after_a_new_one(
    tmp_path: Path, words: str, first: bool
) -> None:
    small = SmallCase()
    raid, report = small.event("Raid"), small.article("report", words)
    small.claim(raid, report, words, kind=Kind.PLACE, value=Where(place=small.place("Zed")))
    small.claim(raid, report, words, kind=Kind.DATE, value=When(edtf="2024-12-06"))
    archive = Archive.open(small.write(tmp_path / "case.json"), author=BY)
    number = archive.ask(article_number, "art_report")
    assert number is not None
    for at_hand in (None, 1):
        found = archive.ask(proposed_subjects, SelectedWords(number, 0, words, at_hand))
        assert [one.apart for one in found if one.id == raid] == [not first]


def test_the_title_with_the_typed_words_comes_first(tmp_path: Path) -> None:
    small = SmallCase()
    text = "New shelling of Zed market. Shelling of Zed market. Shelling in the market of Zed."
    report = small.article("report", text)
    for title in ("Shelling in the market of Zed", "Shelling of Zed market"):
        small.claim(small.event(title), report, title)
    archive = Archive.open(small.write(tmp_path / "case.json"), author=BY)
    for typed in ("shelling of zed", "Shelling  of Zed"):
        assert archive.ask(typed_subjects, typed)[0].title == "Shelling of Zed market"


MONITOR, OSK = "The Velmora Monitor said so. It rained. ", "SANA said so. Per Osk denied it. "
SPOKEN = [
    (MONITOR, "The group later said that 14 died.", "the group", ["Velmora Monitor"], ""),
    (MONITOR, "They reported 14 dead.", "they", ["Velmora Monitor"], ""),
    (MONITOR, "Rebels took Zed, he said.", "he", [], ""),
    (OSK, "“We left,” she said.", "she", ["Per Osk"], ""),
    (OSK, "They reported 14 dead.", "they", ["Per Osk"], ""),
    (OSK, "The agency reported 14 dead.", "the agency", [], ""),
    ("SANA said so. ", "The agency reported 14 dead.", "the agency", ["SANA"], ""),
    ("SANA said so. ", "Rebels took Zed, he said.", "he", [], ""),
    ("The envoy, Per Osk, urged restraint. ", "They left, he said.", "he", ["Per Osk"], ""),
    ("Per Osk said so. A doctor said five died. ", "Six died, she said.", "she", [], "doctor"),
    ("Per Osk said so. It rained. It snowed. It froze. ", "Six died, he said.", "he", [], ""),
    ("It rained. ", "Six died, he said.", "he", [], ""),
    (OSK, "He told the group so.", "he", ["Per Osk"], ""),
    ("Police said so. The well said so. ", "He said that 11 died.", "he", [], ""),
    ("Police said so. She said no more. ", "She said that 11 died.", "she", [], "police"),
]


@pytest.mark.parametrize(("before", "words", "pronoun", "names", "speaker"), SPOKEN)
def test_a_pronoun_that_speaks_is_whom_a_sentence_before_cites(
    tmp_path: Path, before: str, words: str, pronoun: str, names: list[str], speaker: str
) -> None:
    small = SmallCase()
    small.add("sources", Source(id="src_SANA", name="SANA", kind=SourceKind.WIRE))
    archive = Archive.open(small.write(tmp_path / "case.json"), author=BY)
    offers = archive.ask(sentence_offers, words, None, before)
    assert offers.pronoun == pronoun
    assert [one.name for one in offers.chain] == names
    assert offers.speaker == speaker
    form = claim_form((), offers, {one: one.kind for one in offers.claims})
    offered = form["chain"].offers
    assert [f"a sentence before cites it, and “{pronoun}” may be it" in o.why for o in offered] == [
        True for _ in (*names, *filter(None, [speaker]))
    ]
    assert form["chain"].taken is None, "nothing is taken by itself"
    form.put(form["kind"], form["kind"].offers[0])
    who = (*names, speaker)[0]
    assert (f"though the words name {who}" if who else f"though “{pronoun}” speaks") in save_words(
        form
    )


def test_signs_of_emphasis_are_no_words(tmp_path: Path) -> None:
    archive = Archive.open(SmallCase().write(tmp_path / "case.json"), author=BY)
    words = "**ZED** (Reuters) - A drone hit Zed, killing at least *four* people, *Per Osk* said."
    offers = archive.ask(sentence_offers, words)
    assert offers.title == "A drone hit Zed"
    assert [one.name for one in offers.chain] == ["Per Osk"]
    value = offers.claims[0].value
    assert value is not None
    assert value.printed == "at least *four", "quoted as it is printed"


def test_a_speaker_that_is_not_found_is_told_of(tmp_path: Path) -> None:
    archive = Archive.open(SmallCase().write(tmp_path / "case.json"), author=BY)
    offers = archive.ask(sentence_offers, "The units in Zed announced their withdrawal.")
    form = claim_form((), offers, {one: one.kind for one in offers.claims})
    form.put(form["kind"], form["kind"].offers[0])
    assert "though somebody speaks: “announced”" in save_words(form)
    quiet = archive.ask(sentence_offers, "Zed fell, which was said to be calm.")
    assert (quiet.said, quiet.chain, quiet.speaker) == ("", (), "")


def test_of_a_very_long_selection_the_beginning_is_read(tmp_path: Path) -> None:
    archive = Archive.open(SmallCase().write(tmp_path / "case.json"), author=BY)
    for end in ("", "It rained. " * LONGEST):
        offers = archive.ask(sentence_offers, f"Rebels left on 8 December 2024. {end}")
        assert Kind.DATE in [one.kind for one in offers.claims]


@pytest.mark.parametrize(
    "words",
    [
        "Five died, the mayor of Qasr said.",
        "Reuters said that they left, he said.",
        "It is said to rain.",
    ],
)
def test_no_pronoun_speaks(tmp_path: Path, words: str) -> None:
    archive = Archive.open(SmallCase().write(tmp_path / "case.json"), author=BY)
    assert archive.ask(sentence_offers, words, None, "Per Osk said so. ").pronoun == ""


def test_a_source_with_the_words_of_a_speaker_is_offered_before_one_without_a_name(
    tmp_path: Path,
) -> None:
    small = SmallCase()
    for name, kind in (
        ("Tessalian health ministry", SourceKind.OFFICIAL),
        ("Health ministry workers", SourceKind.UNNAMED),
        ("Ministry of the healthy", SourceKind.OFFICIAL),
    ):
        small.add("sources", Source(id=f"src_{name}", name=name, kind=kind))
    archive = Archive.open(small.write(tmp_path / "case.json"), author=BY)
    offers = archive.ask(sentence_offers, "The toll is 19, the health ministry said.")
    assert (offers.chain, offers.speaker) == ((), "health ministry")
    form = claim_form((), offers, {one: one.kind for one in offers.claims})
    assert [one.shown for one in form["chain"].offers] == [
        "Tessalian health ministry",
        "health ministry (no name)",
    ]


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("The army used no gas, contrary to reports by the Zed Monitor.", []),
        ("The Zed Ministry rejects claims by the Trin Observatory that it fell.", ["Zed Ministry"]),
        ("Five died, according to Reuters, despite reports by Zed Wire.", ["Reuters"]),
    ],
)
def test_whose_word_is_not_taken_is_no_source(words: str, names: list[str]) -> None:
    assert [one.name for one in attributed(words, ())] == names
