"""Judgements of persons, in words for the screen."""

import pytest

from store.model import changes
from store.model.judgements import MarkKind, Verdict
from store.model.vocabulary import Stance
from store.queries.judgements import JudgementRow
from tui.draw.phrases import (
    about_said,
    capital,
    done_words,
    facts_said,
    is_whole_title,
    local_time,
    printed_words,
    stance_words,
)

EVENT, AT = "evt_a", "2026-11-22T14:05:09Z"
WHO = ("Ana", AT)


def said(table: str, one: object) -> JudgementRow:
    return JudgementRow(table, one)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("zone", "words"),
    [
        ("UTC", "22 Nov 2026 14:05 UTC"),
        ("XXX-5:45", "22 Nov 2026 19:50 XXX"),
        ("YYY11", "22 Nov 2026 03:05 YYY"),
    ],
)
def test_times_are_those_of_the_user(
    zone: str, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    import time

    monkeypatch.setenv("TZ", zone)
    time.tzset()
    assert local_time(AT) == words
    monkeypatch.undo()
    time.tzset()


@pytest.mark.parametrize("at", ["", "soon", "2026-99-99T99:99:99Z", "0001-01-01T00:00:00Z"])
def test_what_is_no_time_does_no_harm(at: str) -> None:
    assert local_time(at) in (at, "1 Jan 0001 00:00 UTC", "1 Jan 1 00:00 UTC")


def test_facts_in_few_words() -> None:
    note, other = changes.note(EVENT, "a", *WHO), changes.note(EVENT, "b", *WHO)
    star, read = changes.mark(EVENT, MarkKind.STAR, *WHO), changes.mark(EVENT, MarkKind.READ, *WHO)
    weak = changes.assessment(EVENT, Verdict.WEAK, "one origin", *WHO)
    tag = changes.tag(EVENT, "ambush", *WHO)
    tables = [("notes", note), ("notes", other), ("tags", tag), ("assessments", weak)]
    found = [said(table, one) for table, one in [*tables, ("marks", star), ("marks", read)]]
    assert facts_said(found) == "★ #ambush assessed weak 2 notes"
    assert facts_said(found[:1]) == "1 note"
    assert facts_said(found[2:3]) == "#ambush"
    assert facts_said([]) == ""
    assert about_said(found[3]) == "weak: one origin (Ana, 22 Nov 2026 14:05 UTC)"


@pytest.mark.parametrize(
    ("why", "words"),
    [
        ("tag Fall #siege", "Tagged Fall #siege."),
        ("attach the original of News", "Attached the original of News."),
        ("starred: Fall", "Starred Fall."),
        ("no longer read: News", "Marked as unread: News."),
        ("date by range", "Dated by range."),
        ("withdraw tag", "Withdrew tag."),
    ],
)
def test_what_was_done_is_said_as_done(why: str, words: str) -> None:
    assert done_words(why) == words


def test_names_ids_and_files_keep_their_letters() -> None:
    assert capital("nothing can be changed: it is") == "Nothing can be changed: it is"
    for words in ("art_a: has no words", "case.json: is damaged", "12 of them", ""):
        assert capital(words) == words


def test_hearsay_stands_behind_the_value_and_other_stances_before_it() -> None:
    assert stance_words(Stance.HEDGES, "thousands") == "thousands (as hearsay)"
    assert stance_words(Stance.ASSERTS, "thousands") == "thousands"
    assert stance_words(Stance.DENIES, "12") == "denies 12"
    assert [stance_words(stance, "") for stance in Stance] == [str(stance) for stance in Stance]


def test_words_of_a_digest_are_said_to_stand_in_the_original() -> None:
    assert printed_words("on Thursday", digest=True) == "in the original “on Thursday”"
    assert printed_words("on Thursday", digest=False) == "printed “on Thursday”"
    assert printed_words("", digest=True) == ""


def test_a_passage_that_is_the_title_is_known_by_its_words() -> None:
    assert is_whole_title("Four die  in Anton", "Four die in Anton", in_title=True)
    assert not is_whole_title("Four die in Anton", "Four die in Anton", in_title=False)
    assert not is_whole_title("Four die", "Four die in Anton", in_title=True)
