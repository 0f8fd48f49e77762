"""The content of the bundled case file, read from its JSON without the program's queries."""

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

from seeds.bundled import BUNDLED


class Behind(NamedTuple):
    """One article behind an event, and the words of the first passage in it."""

    article: str
    passage: str
    exact: str


@cache
def tables(case: Path = BUNDLED) -> dict[str, dict[str, dict[str, Any]]]:
    """The tables of the case, each record under its id; the number of its row is `row`."""
    raw = json.loads(case.read_text("utf-8"))
    return {
        table: {record["id"]: {**record, "row": int(row)} for row, record in rows.items()}
        for table, rows in raw.items()
    }


def event_ids() -> list[str]:
    """The ids of all events, in the order of the file."""
    return list(tables()["events"])


def claims_on(event: str, case: Path = BUNDLED) -> Iterator[dict[str, Any]]:
    """The claims about an event."""
    return (claim for claim in tables(case)["claims"].values() if claim["subject"] == event)


def _in_the_order_of_reading(passage: dict[str, Any]) -> tuple[bool, int, int, int]:
    return not passage.get("in_title"), passage["start"], passage["end"], passage["row"]


def behind(event: str, case: Path = BUNDLED) -> list[Behind]:
    """Every article with a claim on the event, and its first passage; by date, undated last."""
    passages, articles = tables(case)["passages"], tables(case)["articles"]
    quoted = {claim["passage"]: passages[claim["passage"]] for claim in claims_on(event, case)}
    first: dict[str, dict[str, Any]] = {}
    for passage in sorted(quoted.values(), key=_in_the_order_of_reading):
        first.setdefault(passage["article"], passage)

    def published(article: str) -> tuple[bool, str, int]:
        at = articles[article].get("published", {}).get("at", "")
        return not at, at, articles[article]["row"]

    return [
        Behind(article, first[article]["id"], first[article]["exact"])
        for article in sorted(first, key=published)
    ]


def supported_by(passage: str) -> list[str]:
    """The ids of the events that a passage supports."""
    about = (
        claim["subject"] for claim in tables()["claims"].values() if claim["passage"] == passage
    )
    return [subject for subject in dict.fromkeys(about) if subject.startswith("evt_")]


def title(event: str) -> str:
    """The title of an event."""
    return str(tables()["events"][event]["title"])


def called(event_title: str, case: Path = BUNDLED) -> str:
    """The id of the event with this title."""
    events = tables(case)["events"]
    return next(id_ for id_, event in events.items() if event["title"] == event_title)


def members(actor: str) -> set[str]:
    """The ids of an actor and of everything that is part of it, however deep."""
    found = {actor}
    while more := {
        id_
        for id_, one in tables()["actors"].items()
        if id_ not in found and found & set(one.get("part_of", ()))
    }:
        found |= more
    return found


def events_of_actor(name: str) -> set[str]:
    """The titles of the events in which an actor, or a part of it, acts."""
    (actor,) = (id_ for id_, one in tables()["actors"].items() if one["name"] == name)
    wanted = members(actor)
    return {
        title(claim["subject"])
        for claim in tables()["claims"].values()
        if claim["kind"] == "participant" and claim["value"]["actor"] in wanted
    }
