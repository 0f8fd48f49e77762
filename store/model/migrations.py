"""Migration of records of older schemas, in steps from each schema to the next.

A step changes the decoded fields of a record. Tables that a step does not name
stay unchanged, as added fields have defaults.
"""

from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from store.model.records import SCHEMA

Fields = dict[str, Any]
Step = Mapping[str, Callable[[Fields], Fields]]
"""A function by table that migrates the fields of a record."""


def _next_schema(fields: Fields) -> Fields:
    """Migrate the case record, which holds the schema."""
    return {**fields, "schema": fields["schema"] + 1}


STEPS: Mapping[int, Step] = {
    # schema 2 adds the data set and flags of an event, and the reader of a claim
    1: {"case": _next_schema},
    # schema 3 adds `speaks_for`, hedged claims, and the kinds missing, distance and words
    2: {"case": _next_schema},
}
"""The step from each schema to the next."""


def migrated(table: str, content: msgspec.Raw, schema: int) -> msgspec.Raw:
    """Migrate a record, given as JSON of a schema, to the present one.

    JSON that is not an object is returned unchanged; decoding it raises an error.
    """
    steps = [STEPS[n][table] for n in range(schema, SCHEMA) if table in STEPS[n]]
    if not steps:
        return content
    fields = msgspec.json.decode(content)
    if not isinstance(fields, dict):
        return content
    for step in steps:
        fields = step(fields)
    return msgspec.Raw(msgspec.json.encode(fields))
