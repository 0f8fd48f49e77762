"""The commands that compare claims, as an analyst uses them."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from store.analysis.readings import GLYPHS, MEANINGS, SHOWN
from store.exporters.listing import Terminal
from store.exporters.table import cells
from store.model.vocabulary import Stance
from tests.small import SmallCase
from tests.tui.test_cli import answer, rows, run
from tui.cli.layout import wrapped

ALEPPO = "evt_6p7uzmsmhbcv"
HAMA_TAKEN = "evt_ijxclxvqx5a5"
OFFENSIVE = "evt_kn43d32hyfoi"


def whole(*arguments: str | Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(answer(*arguments, "--format", "json"))
    return found


def table(*arguments: str | Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(answer(*arguments, "--format", "csv"))))


def block(lines: list[str], beginning: str) -> list[str]:
    """The lines from the one with this beginning to the next blank one."""
    start = next(at for at, line in enumerate(lines) if line.startswith(beginning))
    return lines[start : lines.index("", start)]


# compare


def test_the_reports_contradict_each_other_about_the_day_on_which_aleppo_fell() -> None:
    lines = answer("compare", "evt_6p").splitlines()
    assert lines[0] == "Rebels take Aleppo"
    assert "  at odds    ≟ perhaps contradicts   2  when" in lines
    assert any("⇄ out of order " in line and "2  when: Rebels push south" in line for line in lines)
    said = block(lines, "  when")
    (weekend,) = [line for line in said if line.startswith("    ● 30 Nov to 1 Dec 2024")]
    assert "“over the weekend”" in weekend
    assert weekend.endswith("≟ perhaps contradicts")
    assert sum("≟ perhaps contradicts" in line for line in said) == 4
    assert sum("cannot both be true" in line for line in said) == 2, "why is told once"
    assert sum(line.startswith("        against ● 30 Nov to 1 Dec") for line in said) == 3


def test_that_hama_is_encircled_was_stale_when_it_was_told() -> None:
    said = block(answer("compare", "Hama").splitlines(), "  control")
    stale = [line for line in said if line.endswith("  ◁ stale")]
    assert len(stale) == 1
    assert stale[0].startswith("    ● encircled by Syrian rebels")
    assert "→ The Guardian, 6 Dec 2024" in stale[0]
    fresh = [line for line in said if line.endswith("  ◁ the other is stale")]
    assert {line.split("  ")[2] for line in fresh} == {
        "● entered by Syrian rebels",
        "● held by Syrian rebels",
    }
    assert any(line.endswith("  ◁ the other is perhaps stale") for line in said)
    assert any("but entered by Syrian rebels already as of 5 Dec 2024" in line for line in said)


def test_hama_was_overrun_or_left_and_each_place_was_fought_for_by_itself() -> None:
    lines = answer("compare", HAMA_TAKEN).splitlines()
    (overrun,) = [line for line in lines if line.startswith("    ● overrun, which")]
    assert overrun.endswith("◇ differs")
    start = lines.index(overrun)
    assert "or left by the army, to preserve civilian lives?" in lines[start + 1]
    assert lines[start + 2].startswith("        against ● left by the army, to preserve")
    fought = [line for line in lines if "any fight" in line or "● after intense fight" in line]
    assert len(fought) == 3
    assert not any(line.endswith("◇ differs") for line in fought)


def test_an_event_comes_with_its_parts_and_the_place_that_it_is_about() -> None:
    groups = whole("compare", HAMA_TAKEN)["groups"]
    assert groups[0]["id"] == HAMA_TAKEN
    assert [group["kind"] for group in groups] == ["event", *["part"] * (len(groups) - 2), "place"]
    lines = answer("compare", HAMA_TAKEN).splitlines()
    assert "the event itself" in lines
    assert "place: Hama  plc_aco6hwyxuakw" in lines
    assert sum(line.startswith("part: ") for line in lines) == len(groups) - 2


def test_the_articles_stand_below_by_the_numbers_that_stand_for_them() -> None:
    lines = answer("compare", ALEPPO).splitlines()
    below = lines[lines.index("Articles") :]
    articles = whole("compare", ALEPPO)["articles"]
    for number, article in enumerate(articles, 1):
        assert any(line.startswith(f"  [{number}] {article['id']}  ") for line in below)
    published = [article["published"] for article in articles]
    assert published == sorted(published, reverse=True), "the newest first"


@pytest.mark.parametrize("subject", [ALEPPO, "Hama", "HTS"])
def test_every_format_has_every_statement(subject: str) -> None:
    found, lines = whole("compare", subject), table("compare", subject)
    claims = [voice["claim"] for voice in found["voices"]]
    assert claims
    assert [line["claim"] for line in lines] == claims
    assert [claim for line in found["lines"] for claim in line["voices"]] == claims
    spoken = [line for line in answer("compare", subject).splitlines() if line[:5] == "    ●"]
    assert len(spoken) == sum(line["stance"] == "asserts" for line in lines)


def test_the_data_says_what_is_against_what_and_why() -> None:
    found = whole("compare", "Hama")
    voices = {voice["claim"]: voice for voice in found["voices"]}
    for dispute in found["disputes"]:
        assert dispute["rule"]
        assert dispute["one"]
        assert dispute["other"]
        assert {*dispute["one"], *dispute["other"]} <= set(voices)
    (stale,) = [voice for voice in voices.values() if voice["is_stale"]]
    assert stale["origin"] == "The Guardian"
    assert stale["reading"] == "stale"
    assert voices[stale["against"]]["against"] == stale["claim"]
    assert stale["against_exact"] == voices[stale["against"]]["exact"]
    assert all(
        dispute["one"] == [stale["claim"]]
        for dispute in found["disputes"]
        if "stale" in dispute["reading"]
    )
    (line,) = [line for line in table("compare", "Hama") if line["is_stale"] == "true"]
    assert line["chain"] == "publisher not stated → The Guardian"
    assert line["passage"].startswith("psg_")
    assert line["group_id"] == "plc_aco6hwyxuakw"


def test_who_denies_says_so(tmp_path: Path) -> None:
    small = SmallCase()
    event, article = small.event("bridge"), small.article("a", "It fell. It did not.")
    army = small.source("Army")
    small.claim(event, article, "It fell")
    small.claim(event, article, "It did not", stance=Stance.DENIES, chain=(army,))
    case = small.write(tmp_path / "case.json")
    lines = answer("compare", event, "--case", case).splitlines()
    assert any(line.startswith("    ● asserts  ") for line in lines)
    assert any(line.startswith("    ○ denies ") for line in lines)
    assert sum(line.endswith("≠ contradicts") for line in lines) == 2


def test_a_subject_of_which_nothing_is_said_is_no_error(tmp_path: Path) -> None:
    small = SmallCase()
    small.place("Nowhere")
    case = small.write(tmp_path / "case.json")
    lines = answer("compare", "Nowhere", "--case", case).splitlines()
    assert "  said       0 statements in 0 articles" in lines
    assert "  at odds    nothing" in lines
    assert table("compare", "Nowhere", "--case", case) == []


# what an id or a name means


@pytest.mark.parametrize("command", ["compare", "who"])
def test_a_place_or_an_actor_may_be_named(command: str) -> None:
    assert answer(command, "hama") == answer(command, "plc_aco6")
    assert answer(command, "HTS") == answer(command, "Hayat Tahrir al-Sham")
    assert answer(command, "HTS").startswith("Hayat Tahrir al-Sham\n")


@pytest.mark.parametrize("command", ["compare", "who"])
@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("evt_", "several ids match 'evt_'; see: conflict-tui events, conflict-tui actors, "),
        ("", "no event, actor or place has the id or name ''; see: conflict-tui events, "),
        ("zzzz", "no event, actor or place has the id or name 'zzzz'; see: conflict-tui events"),
        ("Syrian", "'Syrian' is ambiguous: "),
    ],
)
def test_what_means_nothing_or_several_things_is_one_line(
    command: str, words: str, said: str
) -> None:
    found = run(command, words)
    assert (found.exit_code, found.stdout) == (67, "")
    assert found.stderr.startswith(f"conflict-tui: {said}")
    assert found.stderr.count("\n") == 1


def test_a_name_of_an_actor_and_a_place_asks_which(tmp_path: Path) -> None:
    small = SmallCase()
    small.actor("Hama Brigade", "Hama")
    small.place("Hama")
    case = small.write(tmp_path / "case.json")
    found = run("compare", "Hama", "--case", case)
    assert found.exit_code == 67
    assert found.stderr == (
        "conflict-tui: 'Hama' is ambiguous: Hama Brigade (actor act_Hama Brigade),"
        " Hama (place plc_Hama); give the id of one\n"
    )
    assert answer("compare", "plc_Hama", "--case", case).startswith("Hama\n")


@pytest.mark.parametrize("words", ["Rebels take Aleppo", "  rebels TAKE aleppo "])
def test_an_event_is_meant_by_its_whole_title(words: str) -> None:
    assert answer("compare", words) == answer("compare", ALEPPO)
    found = run("compare", words[:-5])
    assert (found.exit_code, found.stdout) == (67, "")


def test_a_title_of_two_events_asks_which(tmp_path: Path) -> None:
    small = SmallCase()
    small.event("Town falls")
    small.event("town falls")
    case = small.write(tmp_path / "case.json")
    found = run("compare", "Town Falls", "--case", case)
    assert found.exit_code == 67
    assert "Town falls (event evt_Town falls), town falls (event evt_town falls)" in found.stderr


# contradictions


def test_every_pair_at_odds_is_listed_once_where_it_belongs() -> None:
    found = rows("contradictions")
    pairs = [
        frozenset(claim["claim"] for side in ("one", "other") for claim in pair[side])  # type: ignore[attr-defined]
        for pair in found
    ]
    assert len(set(pairs)) == len(pairs)
    events = {row["id"]: row for row in rows("events")}
    for column, readings in (
        ("contradicts", {"contradicts", "out of order"}),
        ("differs", {"differs", "partly", "perhaps contradicts"}),
    ):
        counted = {id_: row[column] for id_, row in events.items() if row[column]}
        listed = [str(pair["subject"]) for pair in found if pair["reading"] in readings]
        assert {id_: listed.count(id_) for id_ in listed if id_ in events} == counted
    assert {pair["about"] for pair in found if pair["subject"] == OFFENSIVE} == {
        *("aim", "manner, direction"),
    }


def test_events_come_in_their_order_then_places_then_actors() -> None:
    subjects = list(dict.fromkeys(row["subject"] for row in rows("contradictions")))
    timeline = [row["id"] for row in rows("events") if row["id"] in subjects]
    assert subjects[: len(timeline)] == timeline
    kinds = [str(subject)[:4] for subject in subjects[len(timeline) :]]
    assert kinds == ["plc_"] * 2 + ["act_"] * 2
    names = {row["id"]: str(row["name"]) for row in rows("places")}
    places = [names[id_] for id_ in subjects if id_ in names]
    assert places == sorted(places) == ["Hama", "Idlib province"]


def test_a_pair_is_told_with_both_sides_and_their_passages() -> None:
    lines = answer("contradictions", "--reading", "perhaps-contradicts").splitlines()
    assert lines[0] == f"Rebels take Aleppo  {ALEPPO}"
    assert lines[2] == "  ≟ perhaps contradicts  when"
    assert lines[-1] == "1 conflict, 2 pairs of values: ≟ perhaps contradicts 1"
    told = block(lines, "  ≟ perhaps contradicts  when")
    assert (
        "29 Nov 2024 (counted from another date) and 30 Nov to 1 Dec 2024 (our reading of"
        in told[1]
    )
    assert "27 Nov to 29 Nov 2024 (counted from another date) and 30 Nov to 1 Dec 2024" in told[2]
    weekend = told.index("    ● 30 Nov to 1 Dec 2024 (our reading of “over the weekend”)")
    assert told[weekend + 1] == "      “captured Aleppo over the weekend”"
    assert told[weekend + 2] == "      in the original “over the weekend”"
    assert told[weekend + 3] == "      publisher not stated  art_smstg4jb6233"
    assert told[weekend + 4] == "      without a title"


def test_what_stands_across_the_parts_of_an_event_names_the_parts() -> None:
    lines = answer("contradictions", "--type", "capture").splitlines()
    left = "    ● left by the army, to preserve civilian lives"
    assert f"{left}  (Syrian army withdraws from Hama)" in lines


def test_a_filter_leaves_its_events_and_the_places_that_they_are_about() -> None:
    subjects = {row["subject"] for row in rows("contradictions", "--place", "plc_aco6hwyxuakw")}
    assert HAMA_TAKEN in subjects
    assert "plc_aco6hwyxuakw" in subjects
    assert ALEPPO not in subjects
    assert {row["subject"] for row in rows("contradictions", "--date", "2024-11-29")} >= {ALEPPO}
    assert all(
        row["subject_kind"] != "actor"
        for row in rows("contradictions", "--place", "plc_aco6hwyxuakw")
    ), "an actor is no event"


def test_who_asks_for_an_actor_is_told_what_is_at_odds_about_it() -> None:
    def actors(*asked: str) -> set[object]:
        found = rows("contradictions", *asked)
        return {row["subject_title"] for row in found if row["subject_kind"] == "actor"}

    assert actors() >= {"Iran", "Russia"}
    assert actors("--actor", "Russia") == {"Russia"}
    assert not actors("--actor", "HTS"), "about it nothing is at odds"


def test_what_is_perhaps_stale_is_stale_but_not_the_other_way_round() -> None:
    readings = [row["reading"] for row in rows("contradictions", "--reading", "stale")]
    assert readings == ["stale"] * 2 + ["perhaps stale"]
    perhaps = rows("contradictions", "--reading", "perhaps-stale")
    assert [row["reading"] for row in perhaps] == ["perhaps stale"]
    both = rows("contradictions", "--reading", "perhaps-stale", "--reading", "contradicts")
    assert {row["reading"] for row in both} == {"perhaps stale", "contradicts"}


def test_csv_has_a_line_for_each_statement_of_each_side() -> None:
    lines, pairs = table("contradictions"), rows("contradictions")
    for number, pair in enumerate(pairs, 1):
        for side in ("one", "other"):
            found = [line for line in lines if (line["pair"], line["side"]) == (str(number), side)]
            assert [line["claim"] for line in found] == [one["claim"] for one in pair[side]]  # type: ignore[attr-defined]
            assert {line["rule"] for line in found} == {pair["rule"]}
        lines = [line for line in lines if line["pair"] != str(number)]
    assert lines == []


def test_nothing_at_odds_is_said_and_is_no_error(tmp_path: Path) -> None:
    found = run("contradictions", "--words", "zzzz", "--reading", "differs", "--format", "json")
    assert (found.exit_code, found.stdout) == (0, "[]\n")
    assert found.stderr == (
        "no statements at odds match words=zzzz reading=differs; conflict-tui contradictions"
        " lists all\n"
    )
    case = SmallCase().write(tmp_path / "case.json")
    found = run("contradictions", "--case", case)
    assert (found.exit_code, found.stdout) == (0, "")
    assert found.stderr == "no statements in the case are at odds\n"


def test_the_help_names_every_reading_that_can_be_asked_for() -> None:
    written = " ".join(answer("contradictions", "--help").split()).replace("- ", "-")
    names = [reading.replace(",", "").replace(" ", "-") for reading in SHOWN]
    assert [name for name in names if name not in written] == []
    assert set(GLYPHS) == set(MEANINGS)


# on a terminal


@pytest.mark.parametrize("width", [40, 80, 160])
@pytest.mark.parametrize("asked", [["compare", "Hama"], ["who", ALEPPO], ["contradictions"]])
def test_a_sheet_fits_the_terminal_and_loses_no_word(
    asked: list[str], width: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = " ".join(answer(*asked).split())
    for module in ("layout", "compare"):
        monkeypatch.setattr(f"tui.cli.{module}.terminal", lambda _: Terminal(width))
    fitted = answer(*asked)
    assert max(cells(line) for line in fitted.splitlines()) <= width
    rails = str.maketrans("│├└─", "    ")
    found = fitted.translate(rails).split()
    assert sorted(found) == sorted(whole.translate(rails).split())


def test_a_word_that_is_wider_than_the_terminal_is_parted_and_whole() -> None:
    text = "哈馬" * 30 + " e" + "\u0301" * 50 + " end"
    pieces = list(wrapped(text, 21))
    assert all(cells(piece) <= 21 for piece in pieces)
    assert "".join(pieces).replace(" ", "") == text.replace(" ", "")
    assert list(wrapped("", 5)) == [""]
    assert list(wrapped("one two", 7)) == ["one two"]
    assert list(wrapped("one two", 6)) == ["one", "two"]
    assert list(wrapped("  x", 2)) == ["  ", "x"]


# what is at odds, in the other commands


def test_events_can_be_filtered_and_ordered_by_what_is_at_odds() -> None:
    found = rows("events")
    disputed = {row["id"] for row in found if row["contradicts"]}
    stale = {row["id"] for row in found if row["stale"]}
    assert {row["id"] for row in rows("events", "--support", "disputed")} == disputed
    both = rows("events", "--support", "disputed", "--support", "stale")
    assert {row["id"] for row in both} == disputed | stale
    assert {row["id"] for row in rows("events", "--sort", "disputed")[: len(disputed)]} == disputed


def test_a_table_of_events_says_what_is_at_odds() -> None:
    heading, *lines = answer(
        "events", "--support", "differs", "--support", "disputed", "--support", "stale"
    ).splitlines()
    assert heading.split("  ")[-1].strip() == "TITLE"
    assert heading.split()[-3:] == ["AT", "ODDS", "TITLE"]
    (aleppo,) = [line for line in lines if line.startswith(ALEPPO)]
    assert aleppo.split("Aleppo  ", 1)[1].split() == [
        *("5/5?", "◇", "differs", "Rebels", "take", "Aleppo")
    ]
    (encircled,) = [
        line for line in lines if line.endswith("Rebels encircle Hama from three sides")
    ]
    assert " ◁ " in encircled
    assert "  stale  " in encircled


def test_an_event_says_what_is_at_odds_and_where_to_read_on() -> None:
    lines = answer("event", ALEPPO).splitlines()
    start = lines.index("  at odds    ≟ perhaps contradicts   2  when")
    assert f"             see: conflict-tui compare {ALEPPO}" in lines[start:]
    assert not any("at odds" in line for line in answer("event", "evt_oicx").splitlines())
