"""The columns and codes of ACLED, by the names of its codebooks since 2010."""

from collections.abc import Mapping

from store.model.vocabulary import ActorKind, EventType


def _columns(names: str) -> tuple[str, ...]:
    return tuple(names.split())


COLUMNS = _columns(
    """event_id_cnty event_date year time_precision disorder_type event_type sub_event_type actor1
    assoc_actor_1 inter1 actor2 assoc_actor_2 inter2 interaction civilian_targeting iso region
    country admin1 admin2 admin3 location latitude longitude geo_precision source source_scale notes
    fatalities tags timestamp"""
)
"""The columns since 20 March 2023; older files have some of them and some others."""
OLDER = _columns("data_id event_id_no_cnty gwno iso3")
"""Columns of files before 2023 (`gwno`: before 2018)."""
ALIASES: Mapping[str, str] = {
    "ally_actor_1": "assoc_actor_1",
    "ally_actor_2": "assoc_actor_2",
    "time_precis": "time_precision",
    "time_preci": "time_precision",
    "geo_precis": "geo_precision",
    "event_id_c": "event_id_cnty",
    "event_id_n": "event_id_no_cnty",
    "sub_event_": "sub_event_type",
    "sub_event": "sub_event_type",
    "assoc_acto": "assoc_actor_1",
    "assoc_ac_1": "assoc_actor_2",
    "ally_actor": "assoc_actor_1",
    "ally_act_1": "assoc_actor_2",
    "interactio": "interaction",
}
"""Names before 2018, and as shapefiles cut them to ten letters."""
IDS = _columns("event_id_cnty data_id event_id_no_cnty")
"""The columns that tell a row from all others, the best first."""
TYPES_IN = _columns("sub_event_type event_type")
"""The columns one of which says what happened."""
EXPECTED = _columns(
    """time_precision event_type sub_event_type actor1 assoc_actor_1 inter1 actor2 assoc_actor_2
    inter2 country admin1 location latitude longitude geo_precision source notes fatalities"""
)
"""The columns that are read where a file has them; the account names those that it lacks."""
DISTINCTIVE = frozenset(
    _columns(
        """event_id_cnty event_id_no_cnty sub_event_type assoc_actor_1 assoc_actor_2 inter1 inter2
        interaction disorder_type civilian_targeting time_precision geo_precision source_scale"""
    )
)
"""Columns that hardly any other table has."""
OF_ACTORS = _columns("actor1 assoc_actor_1 inter1 actor2 assoc_actor_2 inter2 interaction")
"""The columns in which the rows of one event differ in a file by actor."""

TYPES: Mapping[str, EventType] = {
    "armed clash": EventType.CLASH,
    "government regains territory": EventType.CAPTURE,
    "non-state actor overtakes territory": EventType.CAPTURE,
    "chemical weapon": EventType.SHELLING,
    "air/drone strike": EventType.AIR_STRIKE,
    "suicide bomb": EventType.EXPLOSION,
    "shelling/artillery/missile attack": EventType.SHELLING,
    "remote explosive/landmine/ied": EventType.EXPLOSION,
    "grenade": EventType.EXPLOSION,
    "sexual violence": EventType.ATTACK,
    "attack": EventType.ATTACK,
    "abduction/forced disappearance": EventType.REPRESSION,
    "peaceful protest": EventType.PROTEST,
    "protest with intervention": EventType.PROTEST,
    "excessive force against protesters": EventType.REPRESSION,
    "violent demonstration": EventType.PROTEST,
    "mob violence": EventType.PROTEST,
    "agreement": EventType.AGREEMENT,
    "arrests": EventType.ARREST,
    "change to group/activity": EventType.OTHER,
    "disrupted weapons use": EventType.DISRUPTION,
    "headquarters or base established": EventType.OTHER,
    "looting/property destruction": EventType.OTHER,
    "non-violent transfer of territory": EventType.WITHDRAWAL,
    "other": EventType.OTHER,
}
"""The type of event by the sub-event type (codebook of 2019 and later)."""
OLD_TYPES: Mapping[str, EventType] = {
    "battle-no change of territory": EventType.CLASH,
    "battle-non-state actor overtakes territory": EventType.CAPTURE,
    "battle-government regains territory": EventType.CAPTURE,
    "battle-rebels overtake territory": EventType.CAPTURE,
    "battle-rebels gain territory": EventType.CAPTURE,
    "battles": EventType.CLASH,
    "remote violence": EventType.OTHER,
    "explosions/remote violence": EventType.OTHER,
    "violence against civilians": EventType.ATTACK,
    "riots/protests": EventType.PROTEST,
    "riots": EventType.PROTEST,
    "protests": EventType.PROTEST,
    "headquarters or base established": EventType.OTHER,
    "non-violent activity by a conflict actor": EventType.OTHER,
    "non-violent rebel activity": EventType.OTHER,
    "non-violent rebel presence": EventType.OTHER,
    "non-violent transfer of territory": EventType.WITHDRAWAL,
    "strategic development": EventType.OTHER,
    "strategic developments": EventType.OTHER,
}
"""The type of event by the event type, where a row has no sub-event type (before 2018).

Remote violence is bombs, shells and air strikes: none of these alone.
"""

_KINDS = {
    ("1", "state forces", "state force"): ActorKind.GOVERNMENT_FORCE,
    ("2", "rebel group", "rebel groups", "rebel forces", "rebels"): ActorKind.ARMED_GROUP,
    ("3", "political militia", "political militias"): ActorKind.MILITIA,
    ("4", "identity militia", "identity militias", "ethnic militias"): ActorKind.MILITIA,
    ("5", "rioters"): ActorKind.GROUP,
    ("6", "protesters"): ActorKind.GROUP,
    ("7", "civilians"): ActorKind.CIVILIANS,
    ("8", "external/other forces", "other forces", "external forces"): ActorKind.ORGANISATION,
    ("", "0"): ActorKind.GROUP,
}
KIND_OF: Mapping[str, ActorKind] = {code: kind for codes, kind in _KINDS.items() for code in codes}
"""The kind of an actor by the code of `inter`, as a number or in words."""
PRECISIONS: Mapping[str, int] = {"1": 1, "2": 2, "3": 4}
"""The values of `geo_precision` in the codes of UCDP: a town, near one, a larger region."""


def named_type(event_type: str, sub_event_type: str) -> EventType | None:
    """The type of event that a row names, None if it is in no codebook."""
    sub, whole = (" ".join(cell.lower().split()) for cell in (sub_event_type, event_type))
    if sub:
        return TYPES.get(sub) or OLD_TYPES.get(sub)
    return OLD_TYPES.get(whole) or OLD_TYPES.get(whole.replace(" - ", "-").replace("–", "-"))
