"""The columns and codes of the Global Terrorism Database, by its codebook (START, 2021)."""

from collections.abc import Mapping

from store.model.vocabulary import ActorKind, EventType


def _columns(names: str) -> tuple[str, ...]:
    return tuple(names.split())


READ = _columns(
    """eventid iyear imonth iday approxdate extended resolution country_txt region_txt provstate
    city latitude longitude specificity vicinity location summary crit1 crit2 crit3 doubtterr
    alternative_txt success suicide attacktype1 attacktype1_txt attacktype2_txt attacktype3_txt
    targtype1 targtype1_txt targsubtype1_txt corp1 target1 natlty1_txt gname gsubname gname2
    gsubname2 gname3 gsubname3 guncertain1 guncertain2 guncertain3 motive nperps claimed
    weaptype1_txt weapsubtype1_txt weapdetail nkill nkillus nkillter nwound nwoundus nwoundte
    property propextent_txt propcomment ishostkid nhostkid addnotes scite1 scite2 scite3 dbsource
    int_log int_ideo int_misc int_any related"""
)
"""The columns that an event or the article of its row has, in their order; a file has 135."""
OTHERS = _columns(
    """country region alternative multiple attacktype2 attacktype3 targsubtype1 natlty1 targtype2
    targtype2_txt targsubtype2 targsubtype2_txt corp2 target2 natlty2 natlty2_txt targtype3
    targtype3_txt targsubtype3 targsubtype3_txt corp3 target3 natlty3 natlty3_txt individual
    nperpcap claimmode claimmode_txt claim2 claimmode2 claimmode2_txt claim3 claimmode3
    claimmode3_txt compclaim weaptype1 weapsubtype1 weaptype2 weaptype2_txt weapsubtype2
    weapsubtype2_txt weaptype3 weaptype3_txt weapsubtype3 weapsubtype3_txt weaptype4 weaptype4_txt
    weapsubtype4 weapsubtype4_txt propextent propvalue nhostkidus nhours ndays divert
    kidhijcountry ransom ransomamt ransomamtus ransompaid ransompaidus ransomnote hostkidoutcome
    hostkidoutcome_txt nreleased"""
)
"""The columns that are only hashed with their row."""
NEEDED = _columns("eventid iyear imonth iday")
"""The columns without which a row has no id or no date."""
EXPECTED = _columns(
    """country_txt provstate city latitude longitude specificity summary attacktype1_txt
    targtype1_txt gname nkill nwound scite1 scite2 scite3"""
)
"""The columns that are read where a file has them; the account names those that it lacks."""
CITED_IN = _columns("scite1 scite2 scite3")
GROUPS = (
    ("row", ("eventid", "dbsource", "related")),
    ("when", ("iyear", "imonth", "iday", "approxdate", "extended", "resolution")),
    (
        "where",
        (
            "city",
            "location",
            "specificity",
            "vicinity",
            "provstate",
            "country_txt",
            "region_txt",
            "latitude",
            "longitude",
        ),
    ),
    (
        "what",
        (
            *("attacktype1", "attacktype1_txt", "attacktype2_txt", "attacktype3_txt", "success"),
            *("suicide", "weaptype1_txt", "weapsubtype1_txt", "weapdetail", "crit1", "crit2"),
            *("crit3", "doubtterr", "alternative_txt", "property", "propextent_txt"),
            *("propcomment", "ishostkid", "nhostkid", "int_log", "int_ideo", "int_misc", "int_any"),
        ),
    ),
    (
        "who",
        (
            *("gname", "gsubname", "guncertain1", "gname2", "gsubname2", "guncertain2", "gname3"),
            *("gsubname3", "guncertain3", "claimed", "motive", "nperps", "targtype1"),
            *("targtype1_txt", "targsubtype1_txt", "corp1", "target1", "natlty1_txt"),
        ),
    ),
    ("deaths", ("nkill", "nkillus", "nkillter")),
    ("injuries", ("nwound", "nwoundus", "nwoundte")),
    ("reports", CITED_IN),
    ("note", ("summary", "addnotes")),
)
"""The columns that the article of a row holds, each group a passage."""

ATTACKS: Mapping[str, str] = {
    "1": "Assassination",
    "2": "Armed Assault",
    "3": "Bombing/Explosion",
    "4": "Hijacking",
    "5": "Hostage Taking (Barricade Incident)",
    "6": "Hostage Taking (Kidnapping)",
    "7": "Facility/Infrastructure Attack",
    "8": "Unarmed Assault",
    "9": "Unknown",
}
"""The words of `attacktype1` by its code."""
TYPES: Mapping[str, EventType] = {
    "assassination": EventType.ATTACK,
    "armed assault": EventType.ATTACK,
    "bombing/explosion": EventType.EXPLOSION,
    "hijacking": EventType.REPRESSION,
    "hostage taking (barricade incident)": EventType.REPRESSION,
    "hostage taking (kidnapping)": EventType.REPRESSION,
    "facility/infrastructure attack": EventType.OTHER,
    "unarmed assault": EventType.ATTACK,
    "unknown": EventType.OTHER,
}
"""The type of event by the type of attack."""
FORCES = frozenset(("police", "military", "terrorists/non-state militia"))
"""Types of targets that are armed: an assault on them is a clash, not an attack on civilians."""
TARGETS: Mapping[str, ActorKind] = {
    "police": ActorKind.GOVERNMENT_FORCE,
    "military": ActorKind.GOVERNMENT_FORCE,
    "government (general)": ActorKind.STATE,
    "government (diplomatic)": ActorKind.STATE,
    "terrorists/non-state militia": ActorKind.ARMED_GROUP,
    "violent political party": ActorKind.ARMED_GROUP,
    "private citizens & property": ActorKind.CIVILIANS,
    "business": ActorKind.CIVILIANS,
    "educational institution": ActorKind.CIVILIANS,
    "journalists & media": ActorKind.CIVILIANS,
    "religious figures/institutions": ActorKind.CIVILIANS,
    "tourists": ActorKind.CIVILIANS,
    "ngo": ActorKind.ORGANISATION,
}
"""The kind of actor by the type of target; any other is a group."""
PRECISIONS: Mapping[str, int] = {"1": 1, "2": 3, "3": 3, "4": 4, "5": 6}
"""The values of `specificity` in the codes of UCDP.

1 the town, 2 and 3 the centre of the smallest area known, 4 of the first-order area, 5 none.
"""
NEAR = 2
"""The precision of an event near its town (`vicinity`)."""
UNKNOWN = frozenset(("unknown", "not applicable", "unaffiliated", "other"))
"""Words for a party, a target or a place that is not known."""
