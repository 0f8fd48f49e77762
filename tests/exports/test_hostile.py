"""Hostile texts of every record in every format: each stays a text, and is still one whole file."""

import csv
import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from store.archive import Archive
from store.articles.citations import read_ris
from store.exporters.exports import EXPORTS
from store.model.text import HOSTILE
from tests.exports.case import exported, written
from tests.exports.test_formats import KML
from tests.hostile import corpus, small
from tests.small import SmallCase

RAW = small.NEVER_RAW | {chr(code) for code in HOSTILE}


@pytest.fixture(scope="module", params=["small", "corpus"])
def case(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Archive]:
    folder = tmp_path_factory.mktemp("hostile")
    small_case = folder / "hostile.json"
    path = (
        small.hostile_case(small_case)
        if request.param == "small"
        else corpus.hostile_case(folder, big=False)
    )
    archive = Archive.open(path)
    yield archive
    archive.close()


def _lines(case: Archive, what: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in written(case, "jsonl", what).splitlines()]


@pytest.mark.parametrize("form", EXPORTS)
def test_no_format_lets_a_control_or_an_unseen_character_out(form: str, case: Archive) -> None:
    for what in EXPORTS[form].holds:
        found = written(case, form, what)
        allowed = {"\r"} if form == "ris" else set()
        assert set(found) & RAW <= allowed, what
        if form == "ris":
            assert "\r" not in found.replace("\r\n", "")


def test_json_keeps_every_character_and_each_format_every_row(case: Archive) -> None:
    events, claims = (_lines(case, what) for what in ("events", "claims"))
    features = json.loads(written(case, "geojson"))["features"]
    assert [one["properties"] for one in features] == events
    assert any(set(row["title"]) & RAW for row in events)
    items = json.loads(written(case, "annotations"))["first"]["items"]
    assert [one["target"]["selector"][0]["exact"] for one in items] == [
        row["words"] for row in claims
    ]
    for one in items:
        source = one["target"]["source"]["id"]
        assert source.startswith(("urn:conflict-tui:", "http://", "https://"))
    for line in written(case, "ftm").splitlines():
        urls = json.loads(line)["properties"].get("sourceUrl", ())
        assert all(url.startswith(("http://", "https://")) for url in urls)


def test_xml_is_well_formed_and_holds_the_titles_as_they_are(case: Archive) -> None:
    events = _lines(case, "events")
    root = ElementTree.fromstring(written(case, "kml"))
    names = [one.findtext("k:name", "", KML) for one in root.iterfind(".//k:Placemark", KML)]
    assert len(names) == len(events)
    for name, row in zip(names, events, strict=True):
        title = row["title"]
        assert len(name) == len(title)
        for found, meant in zip(name, title, strict=True):
            forbidden = (ord(meant) < 0x20 and meant not in "\n\t") or meant in "\ufffe\uffff"
            assert found == meant or forbidden or "\ud800" <= meant <= "\udfff"
    assert {one.tag.rpartition("}")[2] for one in root.iter()} <= {
        *("kml", "Document", "name", "Placemark", "TimeSpan", "begin", "end", "ExtendedData"),
        *("Data", "value", "Point", "coordinates"),
    }


def test_a_spreadsheet_calculates_nothing(case: Archive) -> None:
    for what in EXPORTS["csv"].holds:
        content = written(case, "csv", what)
        rows = list(csv.reader(io.StringIO(content, newline=""), strict=True))
        assert {len(row) for row in rows} == {len(rows[0])}
        numbers = {at for at, name in enumerate(rows[0]) if name in ("latitude", "longitude")}
        for row in rows[1:]:
            for at, cell in enumerate(row):
                assert at in numbers or not cell.startswith(("=", "+", "-", "@", "\t", "\r")), cell


def test_a_line_break_of_a_title_makes_no_tag_of_ris(tmp_path: Path) -> None:
    breaks = ("\n", "\r", "\r\n", "\x0b", "\x0c", "\x1c", "\x1d", "\x1e", "\x85", "\u2028")
    case = SmallCase()
    for number, one in enumerate(breaks):
        case.article(str(number), "text", title=f"A{one}ER  - {one}TI  - B{one}UR  - http://evil")
    found = exported(case.write(tmp_path / "war.json"), "ris")
    tags = [line[:2] for line in found.splitlines() if line]
    assert tags == ["TY", "ID", "TI", "LA", "N1", "ER"] * len(breaks)
    read = read_ris(found.encode()).articles
    assert [(one.url, one.title is not None) for one in read] == [(None, True)] * len(breaks)
