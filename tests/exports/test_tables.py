"""Events, claims and articles in CSV, JSON and JSON Lines, as other readers find them."""

import csv
import io
import json
from pathlib import Path
from typing import Any

import pytest

from store.model.text import text_hash
from tests.exports.case import ARABIC, TEXT, URL, exported, exports_case, lines
from tests.imports import run


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return exports_case(tmp_path_factory.mktemp("exports") / "war.json")


def _table(case: Path, what: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(exported(case, "csv", "--what", what), newline="")))


def test_an_event_is_whole(case: Path) -> None:
    found = {row["title"]: row for row in lines(case, "events")}
    bare, market, province = found["bare"], found["@market"], found["somewhere in Syria"]
    assert market == {
        **bare,
        "id": "evt_@market",
        "title": "@market",
        "type": "shelling",
        "date": "2024-11-29~",
        "start": "2024-11-29",
        "end": "2024-11-29",
        "date_precision": "day",
        "date_approximate": True,
        "place_id": "plc_hama",
        "place": "Hama · حماة",
        "latitude": -35.1318,
        "longitude": 36.7578,
        "place_precision": 1,
        "coordinates_basis": "a map",
        "within": ["Syria"],
        "country": "Syria",
        "actors": [
            {
                "id": "act_hts",
                "name": "هيئة & <HTS>",
                "kind": "armed-group",
                "role": "attacker",
                "stance": "asserts",
            },
            {
                "id": "act_ana",
                "name": "Ana",
                "kind": "person",
                "role": "victim",
                "stance": "asserts",
            },
        ],
        "killed_low": 12,
        "killed_best": 12,
        "killed_high": None,
        "killed_by_scope": [{"scope": "civilians", "low": 12, "best": 12, "high": 12}],
        "injured_low": 3,
        "injured_best": 3,
        "injured_high": None,
        "support": "1/1",
        "articles": 1,
        "publishers": 1,
        "unknown_publishers": 0,
        "origins": 1,
        "unknown_origins": 0,
    }
    assert bare["latitude"] is bare["place_precision"] is bare["killed_best"] is None
    assert bare["actors"] == bare["killed_by_scope"] == []
    assert (bare["date"], bare["start"], bare["place"], bare["country"]) == ("", "", "", "")
    assert (province["country"], province["place_precision"]) == ("Syria", 6)


def test_a_claim_has_its_passage_its_article_and_its_origin(case: Path) -> None:
    found = {(one["kind"], one["scope"]): one for one in lines(case, "claims")}
    killed = found["fatalities", "civilians"]
    start = TEXT.index("12 civilians were killed")
    assert {name: killed[name] for name in _KILLED} == _KILLED | {
        "start": start,
        "end": start + len("12 civilians were killed"),
        "text_sha256": text_hash(TEXT),
    }
    assert found["participant", ""]["record"] in ("act_ana", "act_hts")
    assert TEXT[start : killed["end"]] == killed["words"], "offsets are those of the text"


_KILLED: dict[str, Any] = {
    "subject": "evt_@market",
    "subject_title": "@market",
    "stance": "asserts",
    "value": "12",
    "printed": "12",
    "low": 12,
    "best": None,
    "high": 12,
    "qualifier": "exact",
    "chain": ["SOHR"],
    "chain_ids": ["src_sohr"],
    "words": "12 civilians were killed",
    "article": "art_1",
    "title": "=HYPERLINK(1) ‘Market’ in Hama",
    "publisher": "وكالة; «Enab»",
    "published": "2024-11-30T14:30+02:00",
    "url": URL,
    "start": 0,
    "end": 0,
    "text_sha256": "",
}


@pytest.mark.parametrize("what", ["events", "claims", "articles"])
def test_csv_and_json_have_the_values_of_json_lines(what: str, case: Path) -> None:
    rows = lines(case, what)
    assert json.loads(exported(case, "json", "--what", what)) == rows
    for cells, row in zip(_table(case, what), rows, strict=True):
        assert list(cells) == list(row)
        for name, value in row.items():
            assert cells[name] == _cell(value), name


def _cell(value: object) -> str:
    """The cell that a value must be, written anew here."""
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case list():
            return "; ".join(_of(one) for one in value)
        case str() if value[:1] in ("=", "@", "+", "-"):
            return "'" + value
    return str(value)


def _of(one: object) -> str:
    match one:
        case {"name": name, "role": role}:
            return f"{name} ({role})"
        case {"scope": scope, "low": low, "best": best, "high": high}:
            return f"{scope} {best}" if low == best == high else f"{scope} {best} ({low}–{high})"
    return str(one)


def test_a_filter_and_an_empty_one(case: Path) -> None:
    assert [one["title"] for one in lines(case, "events", "--type", "shelling")] == ["@market"]
    claims = lines(case, "claims", "--type", "shelling")
    assert {one["subject"] for one in claims} == {"evt_@market"}
    assert [one["id"] for one in lines(case, "articles", "--type", "shelling")] == ["art_1"]
    none = run("export", case, "--to", "json", "--type", "protest")
    assert (none.exit_code, none.stdout) == (0, "[]\n")
    assert none.stderr == "no events match type=protest; conflict-tui events lists all\n"


def test_restricted_rows_are_left_out_and_counted(case: Path) -> None:
    for what, number in (("events", 1), ("claims", 2), ("articles", 1)):
        without = run("export", case, "--to", "jsonl", "--what", what)
        assert "SYR7" not in without.stdout
        assert "restricted" not in without.stdout
        is_ = f"{number} record{'s are' if number > 1 else ' is'} of ACLED 2024 (terms)"
        assert without.stderr == (
            f"left out, as not redistributable: {is_}; --restricted writes them, too\n"
        )
        everything = run("export", case, "--to", "jsonl", "--what", what, "--restricted")
        assert everything.stderr == f"not redistributable: {is_}\n"
        assert len(everything.stdout.splitlines()) == len(without.stdout.splitlines()) + number
    assert ARABIC in run("export", case, "--to", "csv", "--what", "claims").stdout
