"""Each passage of the bundled case contains what it is evidence for, looked up word by word."""

import re
from collections.abc import Iterator
from typing import NamedTuple

import pytest

from store.model.records import Actor, Place
from store.model.values import Coded as Worded
from store.model.values import Control, Count, Distance, Participant, When, Where
from tests.seeds.test_disagreements import Reports

CALLED = {
    "All parties in the conflict": ("all parties",),
    "Aleppo Industrial City": ("Industrial City of Aleppo",),
    "Areas on Syria's periphery": ("areas on the periphery",),
    "Armed Islamist movement in Hama": ("armed Islamists",),
    "Civilians": ("civilian",),
    "Field artillery college (Aleppo)": ("college of field artillery",),
    "Geir Pedersen": ("Pedersen",),
    "Government forces": (
        *("al-Assad's forces", "government's forces", "Syrian and Russian forces", "the troops"),
        *("government's lines", "government's defensive lines"),
    ),
    "Governor's palace in Hama": ("palace",),
    "Hama province": ("Hama and Idlib", "Hama's province"),
    "Hassan Abdulghany": ("Abdulghany",),
    "Hill north of Hama": ("hill just north of Hama",),
    "Homs province": ("province of Homs",),
    "Iran-backed militias": ("Iran-backed fighters",),
    "Kurds in Syria": ("Syria's Kurds",),
    "Northern Hama": ("around Hama",),
    "Palestinians": ("Israel-Palestine",),
    "Regime militias": ("regime's militias",),
    "Russian air force": ("from Russia", "Russian air strikes"),
    "SDF pocket near Aleppo": ("a pocket near Aleppo",),
    "Senior commander of the Revolutionary Guards": ("a senior commander",),
    "Students in Aleppo": ("students",),
    "Syrian air force": ("and Syria struck",),
    "Syrian government": ("Assad",),
    "Syrian rebels": ("rebel", "insurgency", "terroris", "militant"),
    "Syrian security apparatus": ("security apparatus",),
    "Syrian side of the Turkish border": ("near the Turkish border",),
    "Ukrainian military instructors": ("instructors from Ukraine",),
    "a siege": ("Under Seige",),
    "air strikes": ("airstrikes",),
    "leader of HTS": ("HTS under",),
    "listed by the UN": ("The US and the UN",),
    "listed by the US": ("The US and", "The United States"),
    "the rebels' entry": ("entered",),
}
"""How the digests word what the case names otherwise: actors, places, labels, times."""

NUMBERS = {
    1: ("a senior commander",),
    2: ("two",),
    4: ("four",),
    8: ("eight",),
    24: ("dozens",),
    2000: ("thousands",),
    50_000: ("50,000",),
    280_000: ("280,000",),
    500_000: ("half a million",),
    1_000_000: ("one million",),
    2_000_000: ("two million",),
}
"""How a number is written out, where not in its digits."""

SMALL_WORDS = frozenset(("from", "have", "that", "them", "they", "this", "with"))


class Missing(NamedTuple):
    """A part of a claim that its passage does not contain."""

    report: str
    passage: str
    lacks: str


def stems(words: str) -> set[str]:
    """The beginnings of the words that carry meaning, and the numbers."""
    found = re.findall(r"[^\W_]+", words.lower())
    return {one[:4] for one in found if (len(one) > 3 or one.isdigit()) and one not in SMALL_WORDS}


def names(record: Actor | Place) -> tuple[str, ...]:
    """The possible names of a record."""
    return record.name, *record.aliases, *CALLED.get(record.name, ())


def holds(passage: str, one_of: tuple[str, ...]) -> bool:
    """True if one of the names begins a word of the text; an abbreviation is a word."""
    return any(
        re.search(rf"\b{one}\b", passage)
        if one.isupper()
        else re.search(rf"(?<!\w){re.escape(one)}", passage, re.IGNORECASE)
        for one in one_of
    )


def missing(reports: Reports) -> Iterator[Missing]:
    """All parts of claims that the passages of the case do not contain."""
    coded = reports.coded
    for claim in coded.claims:
        passage = coded.passages[claim.passage].exact
        subject = coded.actors.get(claim.subject) or coded.places.get(claim.subject)
        named = [names(subject)] if subject else []
        match claim.value:
            case Participant(actor=actor):
                named.append(names(coded.actors[actor]))
            case Control(holder=holder):
                named.append(names(coded.actors[holder]))
            case Where(place=place):
                named.append(names(coded.places[place]))
            case Count(min=least):
                assert least is not None
                named.append((str(least), *NUMBERS.get(least, ())))
            case Distance(max=most):
                named.append((f"{most:g}",))
            case Worded(label=words) | When(printed=words) if not stems(words) & stems(passage):
                named.append((words, *CALLED.get(words, ())))
        for one_of in named:
            if not holds(passage, one_of):
                yield Missing(reports.report(claim), passage, one_of[0])


@pytest.fixture(scope="module")
def reports() -> Reports:
    return Reports()


def test_each_passage_contains_what_is_claimed_on_it(reports: Reports) -> None:
    assert list(missing(reports)) == []


@pytest.mark.parametrize("name", sorted(CALLED))
def test_no_other_wording_is_allowed_than_is_needed(
    name: str, reports: Reports, monkeypatch: pytest.MonkeyPatch
) -> None:
    for one in CALLED[name]:
        monkeypatch.setitem(CALLED, name, tuple(other for other in CALLED[name] if other != one))
        assert any(lack.lacks == name for lack in missing(reports)), one
        monkeypatch.undo()


def test_a_passage_that_names_no_backer_is_no_evidence_of_one() -> None:
    assert not stems("backed by Ukraine") & stems("supports the rebels, HTS among them")
    assert stems("backed by Ukraine") & stems("accusations at Ukraine, which supports the rebels")
