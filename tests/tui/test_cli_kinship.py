"""Two articles found to be one text or of one house, by someone with a shell."""

import csv
import io
import json
from pathlib import Path

import pytest

from tests.small import SmallCase
from tests.store.kept import NAMES, put_case
from tests.store.test_shared_text import BODY, LEAD, OTHER_LEAD
from tests.tui.test_cli_custody import done, refused, run

CLAIMED = "eleven were waiting in the roads"


@pytest.fixture(params=NAMES)
def case(tmp_path: Path, request: pytest.FixtureRequest) -> Path:
    """A case file or a database: two prints of an agency's text, and another text."""
    small = SmallCase()
    paper, radio = small.source("Paper"), small.source("Radio")
    port = small.event("Siege of the port")
    for name, text, publisher in (
        ("morning", LEAD + BODY, paper),
        ("noon", OTHER_LEAD + BODY, radio),
        ("own", f"Nobody counted them, but {CLAIMED}.", None),
    ):
        article = small.article(name, text, title=f"Port, {name}", publisher=publisher)
        small.claim(port, article, CLAIMED)
    path = tmp_path / str(request.param)
    put_case(path, small.records())
    return path


def support(case: Path) -> str:
    """The support of the event, as JSON has it."""
    (event,) = json.loads(done("events", "--case", case, "--format", "json"))
    return f"{event['articles']}/{event['origins']}, {event['publishers']} publishers"


def test_copies_are_proposed_with_the_words_that_both_share(case: Path) -> None:
    told = done("copies", "--case", case)
    assert told.startswith("copies of one text?\n")
    assert "art_morning  Port, morning  (Paper" in told
    assert "art_noon" in told
    assert "art_own" not in told
    assert "“Dock workers had been told to stay at home since the first strikes" in told
    assert told.endswith("conflict-tui kinship ID ID VERDICT --reason WHY\n")


def test_a_finding_is_recorded_counts_and_is_undone(case: Path) -> None:
    by = ("--into", case, "--by", "Ada")
    assert support(case) == "3/3, 3 publishers"
    found = run("kinship", "art_m", "art_n", "same-text", "--reason", "one agency's", *by)
    assert found.exit_code == 0, found.stderr
    assert found.stderr.startswith("Copies of one text, which count as one article: Port, morning")
    assert support(case) == "2/2, 3 publishers"
    told = done("copies", "--case", case)
    assert told.startswith("found: same text\n")
    assert "Ada, 20" in told
    assert "one agency's" in told
    assert "copies of one text?" not in told
    assert ": intact; " in done("verify", case)
    assert run("undo", *by).stderr == "Undone: same text: one agency's (1 record)\n"
    assert support(case) == "3/3, 3 publishers"
    run("redo", *by)
    assert support(case) == "2/2, 3 publishers"


def test_a_second_thought_takes_the_place_of_the_first(case: Path) -> None:
    by = ("--reason", "why", "--into", case, "--by", "Ada")
    run("kinship", "art_m", "art_n", "same-text", *by)
    run("kinship", "art_n", "art_m", "one-house", *by)
    (pair,) = json.loads(done("copies", "--case", case, "--format", "json"))
    assert (pair["found"], pair["verdict"]) == (True, "one house")
    assert support(case) == "3/2, 2 publishers"
    run("kinship", "art_n", "art_m", "apart", *by)
    assert support(case) == "3/3, 3 publishers"


def test_every_format_has_the_shared_words_and_where_they_stand(case: Path) -> None:
    (pair,) = json.loads(done("copies", "--case", case, "--format", "json"))
    assert (pair["found"], pair["verdict"], pair["copied"]) == (False, "same text", "")
    assert pair["containment"] > 0.8
    run_ = pair["runs"][0]
    assert (LEAD + BODY)[run_["start"] : run_["end"]] == run_["words"]
    assert (OTHER_LEAD + BODY)[run_["other_start"] : run_["other_end"]] == run_["other_words"]
    rows = list(csv.DictReader(io.StringIO(done("copies", "--case", case, "--format", "csv"))))
    assert len(rows) == len(pair["runs"])
    assert rows[0]["words"] == run_["words"]
    assert {row["one"] for row in rows} == {"art_morning"}


@pytest.mark.parametrize(
    ("code", "arguments", "words"),
    [
        (64, ("art_m", "art_n", "apart", "--reason", " "), "needs a reason"),
        (64, ("art_m", "art_m", "apart", "--reason", "x"), "was given twice"),
        (
            67,
            ("art_m", "evt_S", "apart", "--reason", "x"),
            "no article has an id that begins",
        ),
        (64, ("art_m", "art_n", "kin", "--reason", "x"), "'kin' is not one of"),
    ],
    ids=str,
)
def test_what_cannot_be_found_changes_nothing(
    case: Path, code: int, arguments: tuple[str, ...], words: str
) -> None:
    assert words in refused(code, "kinship", *arguments, "--into", case, "--by", "Ada")
    assert json.loads(done("log", "--case", case, "--format", "json")) == []


def test_a_case_of_texts_that_share_nothing_says_so(tmp_path: Path) -> None:
    small = SmallCase()
    small.article("one", LEAD)
    put_case(tmp_path / "case.json", small.records())
    told = run("copies", "--case", tmp_path / "case.json")
    assert (told.stdout, told.exit_code) == ("", 0)
    assert told.stderr == "no two articles in the case share much text\n"


def test_the_bundled_case_holds_that_two_of_its_reports_are_of_one_house() -> None:
    (pair,) = json.loads(done("copies", "--format", "json"))
    assert (pair["found"], pair["verdict"]) == (True, "one house")
    assert pair["runs"] == []  # they are held as digests, in words that are not theirs
    events = json.loads(done("events", "--format", "json"))
    (aleppo,) = [event for event in events if event["title"] == "Rebels take Aleppo"]
    assert (aleppo["articles"], aleppo["publishers"], aleppo["unknown_publishers"]) == (5, 4, 3)
