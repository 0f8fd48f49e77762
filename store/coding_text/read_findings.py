"""Reading of what persons added to a case as text: notes, tags, grades, rulings and so on."""

from collections.abc import Iterator, Mapping
from typing import Any

from store.coding_text.keys import SUBJECTS, Keys, Place, record_of, table_place
from store.coding_text.toml_file import TomlFile
from store.model import changes
from store.model.records import AnyRecord

FINDINGS_TABLES: Mapping[str, str] = {
    "note": "notes",
    "tag": "tags",
    "mark": "marks",
    "grade": "grades",
    "assessment": "assessments",
    "ruling": "rulings",
    "kinship": "kinships",
    "filter": "filters",
}
"""The arrays of `findings.toml`, with their tables."""

_PREFIXES = {
    "note": "not",
    "tag": "tag",
    "mark": "mrk",
    "grade": "grd",
    "assessment": "ass",
    "ruling": "rul",
    "kinship": "kin",
    "filter": "flt",
}

PAIRS: Mapping[str, tuple[str, ...]] = {
    "ruling": ("claims",),
    "kinship": ("articles", "actors", "places", "sources", "events"),
}
"""The findings on two records: the tables of which these are, which are the words for the pair."""


def findings(file: TomlFile, keys: Keys) -> Iterator[tuple[str, AnyRecord]]:
    """Read the findings of a file; raises `DamagedCase`."""
    for name in file.tables:
        if name not in FINDINGS_TABLES:
            known = ", ".join(FINDINGS_TABLES)
            raise file.error(f"{name!r} is none of {known}", "correct the name of the table", name)
    for name, table in FINDINGS_TABLES.items():
        for number, given in enumerate(file.array(name)):
            place = table_place(file, name, number)
            fields = dict(given)
            if name in PAIRS:
                fields |= _pair(PAIRS[name], fields, keys, place)
            elif name != "filter":
                fields |= _about(fields, keys, place)
            id = str(fields.get("id") or natural_id(table, fields))
            keys.take(id, place, _PREFIXES[name])
            yield table, record_of(table, {**fields, "id": id}, place)


def _pair(
    tables: tuple[str, ...], fields: dict[str, Any], keys: Keys, place: Place
) -> dict[str, str]:
    table = next((one for one in tables if one in fields), tables[0])
    pair = fields.pop(table, None)
    if not isinstance(pair, list) or len(pair) != 2:
        raise place(f"{table}: is not a list of two", f'write {table} = ["one", "other"]')
    about, other = (keys.id(table, key, place) for key in pair)
    return {"about": about, "other": other}


def _about(fields: dict[str, Any], keys: Keys, place: Place) -> dict[str, str]:
    about = [word for word in SUBJECTS if word in fields]
    if len(about) != 1:
        raise place(f"it is about {len(about)} records, not one", 'such as event = "its-key"')
    return {"about": keys.id(SUBJECTS[about[0]], fields.pop(about[0]), place)}


def natural_id(table: str, fields: Mapping[str, Any]) -> str:
    """The id of a finding that names none; empty where it lacks a field that it follows from."""

    def text(field: str) -> str:
        return str(fields[field])

    try:
        by, at = text("by"), text("at")
        if table == "filters":
            return changes.saved_filter(text("name"), (), by, at).id
        about = text("about")
        match table:
            case "notes":
                return changes.note(about, text("text"), by, at).id
            case "tags":
                return changes.tag(about, text("name"), by, at).id
            case "marks":
                return changes.mark(about, fields["kind"], by, at).id
            case "grades":
                return changes.grade(about, text("grade"), "", by, at).id
            case "assessments":
                return changes.assessment(about, fields["verdict"], "", by, at).id
            case "rulings":
                return changes.ruling(about, text("other"), fields["verdict"], "", by, at).id
            case _:
                return changes.kinship(about, text("other"), fields["verdict"], "", by, at).id
    except (KeyError, TypeError, ValueError):
        return ""
