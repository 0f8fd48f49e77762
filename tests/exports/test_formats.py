"""Formats of other programs, each read back by a reader that is not the program's writer."""

import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from store.articles.citations import read_csl, read_ris
from store.articles.read_article import ReadArticle
from store.exporters.followthemoney import entity_id
from tests.exports.case import ARABIC, TEXT, URL, exported, exports_case, lines
from tests.imports import run

KML = {"k": "http://www.opengis.net/kml/2.2"}


@pytest.fixture(scope="module")
def case(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return exports_case(tmp_path_factory.mktemp("exports") / "war.json")


def test_geojson_places_what_has_a_place(case: Path) -> None:
    found = json.loads(exported(case, "geojson"))
    assert found.keys() == {"type", "features"}
    assert found["type"] == "FeatureCollection"
    rows = {row["id"]: row for row in lines(case, "events")}
    assert [one["id"] for one in found["features"]] == [*rows]
    for one in found["features"]:
        assert one.keys() == {"type", "id", "geometry", "properties"}
        assert one["type"] == "Feature"
        assert one["properties"] == rows[one["id"]]
        row, geometry = rows[one["id"]], one["geometry"]
        if row["title"] == "@market":
            # RFC 7946 has the longitude first
            assert geometry == {"type": "Point", "coordinates": [36.7578, -35.1318]}
        else:
            assert geometry is None
    told = run("export", case, "--to", "geojson").stderr
    assert (
        "2 events without a point: 1 without coordinates, 1 known only to the province or less"
        " exactly\n" in told
    )


def test_kml_has_a_span_of_time_a_point_and_every_field(case: Path) -> None:
    root = ElementTree.fromstring(exported(case, "kml"))
    assert root.findtext("k:Document/k:name", None, KML) == "Small"
    rows = lines(case, "events")
    marks = root.findall("k:Document/k:Placemark", KML)
    assert [one.findtext("k:name", None, KML) for one in marks] == [row["title"] for row in rows]
    for one, row in zip(marks, rows, strict=True):
        order = [child.tag.rpartition("}")[2] for child in one]
        assert order == [
            tag
            for tag in ("name", "TimeSpan", "ExtendedData", "Point")
            if (tag != "TimeSpan" or row["start"] or row["end"])
            and (tag != "Point" or row["title"] == "@market")
        ]
        assert (one.findtext("k:TimeSpan/k:begin", None, KML) or "") == row["start"]
        assert (one.findtext("k:TimeSpan/k:end", None, KML) or "") == row["end"]
        data = {
            of.get("name"): of.findtext("k:value", None, KML)
            for of in one.findall("k:ExtendedData/k:Data", KML)
        }
        assert list(data) == list(row)
        for name in ("id", "date", "place", "country", "killed_best", "latitude", "support"):
            assert data[name] == ("" if row[name] is None else str(row[name])), name
    market = next(one for one in marks if one.find("k:Point", KML) is not None)
    assert market.findtext("k:Point/k:coordinates", None, KML) == "36.7578,-35.1318"
    actors = "هيئة & <HTS> (attacker); Ana (victim)"
    assert actors in {of.text for of in market.iterfind("k:ExtendedData/k:Data/k:value", KML)}


def _as_read(one: ReadArticle) -> tuple[str, ...]:
    published = one.published.stamp.at[:10] if one.published else ""
    fields = (one.title, one.author, one.publisher, one.language, one.url)
    title, author, publisher, language, url = (of.value if of else "" for of in fields)
    return title, author, publisher, published, language, url


@pytest.mark.parametrize(("form", "read"), [("csl", read_csl), ("ris", read_ris)])
def test_references_are_read_back_as_they_were(form: str, read: Any, case: Path) -> None:
    rows = {row["title"]: row for row in lines(case, "articles")}
    found = [_as_read(one) for one in read(exported(case, form).encode()).articles]
    assert sorted(found) == sorted(
        tuple(row[name][: 10 if name == "published" else None] for name in _READ)
        for row in rows.values()
    )
    assert (
        "=HYPERLINK(1) ‘Market’ in Hama",
        "Zoë Ö",
        "وكالة; «Enab»",
        "2024-11-30",
        "ar",
        URL,
    ) in (found)


_READ = ("title", "author", "publisher", "published", "language", "url")


def test_csl_has_the_types_of_its_schema(case: Path) -> None:
    market, bare = sorted(json.loads(exported(case, "csl")), key=lambda one: one["id"])
    note = market.pop("note")
    assert market == {
        "id": "art_1",
        "type": "article-newspaper",
        "title": "=HYPERLINK(1) ‘Market’ in Hama",
        "container-title": "وكالة; «Enab»",
        "author": [{"literal": "Zoë Ö"}],
        "issued": {"date-parts": [[2024, 11, 30]]},
        "URL": URL,
        "language": "ar",
    }
    assert note.startswith("Published: 2024-11-30T14:30+02:00; SHA-256 of the text: ")
    assert bare == {
        "id": "art_headline",
        "type": "article-newspaper",
        "title": "headline",
        "language": "en",
    }


def test_ris_is_a_tag_a_line(case: Path) -> None:
    found = exported(case, "ris")
    assert found.count("\r\n") == found.count("\n")
    first, second = found.removesuffix("\r\n\r\n").split("\r\n\r\n")
    market = max(first, second, key=len).split("\r\n")
    assert market[0] == "TY  - NEWS"
    assert market[-1] == "ER  - "
    assert "DA  - 2024/11/30" in market
    assert f"UR  - {URL}" in market


def test_an_annotation_selects_the_words_in_the_text(case: Path) -> None:
    whole = json.loads(exported(case, "annotations"))
    assert whole["@context"][0] == "http://www.w3.org/ns/anno.jsonld"
    assert (whole["type"], whole["first"]["type"]) == ("AnnotationCollection", "AnnotationPage")
    assert whole["id"] == "urn:conflict-tui:case_small"
    rows = lines(case, "claims")
    items = whole["first"]["items"]
    assert whole["total"] == len(items) == len(rows)
    for one, row in zip(items, rows, strict=True):
        assert (one["type"], one["id"]) == ("Annotation", f"urn:conflict-tui:{row['id']}")
        words, subject = one["body"]
        assert (words["type"], words["purpose"]) == ("TextualBody", "describing")
        assert row["value"] in words["value"]
        assert {name: words.get(f"conflict:{name}") for name in ("kind", "stance", "low")} == {
            name: row[name] for name in ("kind", "stance", "low")
        }
        assert subject["source"] == f"urn:conflict-tui:{row['subject']}"
        source = one["target"]["source"]
        assert source["id"] == (row["url"] or f"urn:conflict-tui:{row['article']}")
        assert source["conflict:text_sha256"] == row["text_sha256"]
        quote, position = one["target"]["selector"]
        assert (quote["type"], position["type"]) == ("TextQuoteSelector", "TextPositionSelector")
        if row["article"] == "art_1":
            assert TEXT[position["start"] : position["end"]] == quote["exact"] == row["words"]
    assert ARABIC in {one["target"]["selector"][0]["exact"] for one in items}


PROPERTIES = {
    "Article": {"title", "author", "publisher", "publishedAt", "modifiedAt", "retrievedAt",
                "sourceUrl", "fileName", "notes"},
    "Event": {"name", "startDate", "endDate", "summary", "location", "addressEntity", "involved",
              "keywords", "publisher", "recordId", "notes"},
    "Organization": {"name"}, "Person": {"name"}, "LegalEntity": {"name"},
    "Address": {"full", "latitude", "longitude", "remarks"},
    "Documentation": {"document", "entity", "role"},
    "Mention": {"document", "resolved"},
}  # fmt: skip
"""The properties that the ontology gives to each schema, or to one that it extends."""
RANGES = {
    "addressEntity": {"Address"},
    "involved": {"Organization", "Person", "LegalEntity"},
    "resolved": {"Organization", "Person", "LegalEntity"},
    "document": {"Article"},
    "entity": {"Event"},
}
"""The schemata to which the properties of other entities point."""


def test_entities_are_those_of_follow_the_money(case: Path) -> None:
    found = [json.loads(line) for line in exported(case, "ftm").splitlines()]
    schema = {one["id"]: one["schema"] for one in found}
    assert len(schema) == len(found), "an entity comes once"
    for one in found:
        assert one.keys() == {"id", "schema", "properties"}
        assert one["properties"].keys() <= PROPERTIES[one["schema"]]
        for name, values in one["properties"].items():
            assert values
            assert all(isinstance(value, str) and value for value in values)
            assert {schema[value] for value in values if name in RANGES} <= RANGES.get(name, set())
    of = {one["id"]: one["properties"] for one in found}
    assert (schema["act-ana"], schema["act-hts"]) == ("Person", "Organization")
    market = of[entity_id("evt_@market")]
    assert market["name"] == ["@market"]
    assert (market["startDate"], market["endDate"]) == (["2024-11-29"], ["2024-11-29"])
    assert market["involved"] == ["act-hts", "act-ana"]
    assert of[market["addressEntity"][0]]["longitude"] == ["36.7578"]
    assert of["art-1"]["publishedAt"] == ["2024-11-30T12:30:00"]
    links = [one["properties"] for one in found if one["schema"] == "Documentation"]
    assert {
        "document": ["art-1"],
        "entity": [entity_id("evt_@market")],
        "role": ["asserts"],
    } in links
    mentions = [one["properties"] for one in found if one["schema"] == "Mention"]
    assert {"document": ["art-1"], "resolved": ["act-hts"]} in mentions
    assert "SYR7" not in json.dumps(found)
