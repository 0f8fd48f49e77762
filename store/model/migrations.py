"""Records of older schemas, made those of this one: numbered steps, each to the next schema.

A step changes the fields of one record as they stand in a file. A table that
a step does not name is read as it is: fields that were added have defaults.
"""

from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from store.model.records import SCHEMA

Fields = dict[str, Any]
Step = Mapping[str, Callable[[Fields], Fields]]
"""What becomes of the records of each table that it names."""


def _raised(fields: Fields) -> Fields:
    """The record of the case, which says its schema."""
    return {**fields, "schema": fields["schema"] + 1}


STEPS: Mapping[int, Step] = {
    # the data set of an event, its flags, and how a claim was read
    1: {"case": _raised},
    # whom a source speaks for; hedged claims, and kinds for the missing, distances and words
    2: {"case": _raised},
}
"""The step from each schema to the next."""


def migrated(table: str, content: msgspec.Raw, schema: int) -> msgspec.Raw:
    """The record, given as JSON of a schema, as JSON of this one.

    What is no JSON object stays as it is: whoever reads the record says so.
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
