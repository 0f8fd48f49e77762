"""FollowTheMoney as its own library reads it; skipped where that is not installed.

The library brings 30 packages and 300 MB, ICU among them, so it is no dependency.
"""

import json
from pathlib import Path

import pytest

from tests.exports.case import exported, exports_case

ftm = pytest.importorskip("followthemoney", reason="the library followthemoney is not installed")


def test_every_entity_and_value_is_one_of_the_model(tmp_path: Path) -> None:
    lines = exported(exports_case(tmp_path / "war.json"), "ftm").splitlines()
    held = {entity["id"]: entity for entity in map(json.loads, lines)}
    assert len(held) == len(lines)
    for id, entity in held.items():
        schema = ftm.model.get(entity["schema"])
        assert schema is not None, entity["schema"]
        schema.validate(entity)
        read = ftm.model.get_proxy(entity, cleaned=False)
        assert read.id == id
        for name, values in entity["properties"].items():
            prop = schema.properties[name]
            assert not prop.stub, name
            assert sorted(read.get(prop)) == sorted(set(values)), (id, name)
            if prop.type.name != "entity":
                continue
            for value in values:
                target = ftm.model.get(held[value]["schema"])
                assert target.is_a(prop.range), (id, name, value)
