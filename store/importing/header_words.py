"""The words by which headers of tables of incidents name their columns.

English, and the common ones in French and Spanish, without accents, in small letters
(`ColumnProfile.words`). For each field the patterns stand in the order of preference.
"""

import re
from collections.abc import Mapping
from typing import NamedTuple

from store.analysis.scopes import GROUPS, group_of
from store.importers.mapping import TollKind
from store.model.vocabulary import Role

_EVENT = r"(?:event|incident|attack|strike|case|evenement|evento|incidente|caso|hecho)"


def _patterns(*patterns: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(pattern) for pattern in patterns)


HEADERS: Mapping[str, tuple[re.Pattern[str], ...]] = {
    "row.id": _patterns(
        rf"(?:unique )?{_EVENT} (?:id|code|ref|reference|number|no|nr|uid|key)(?: cnty)?",
        rf"(?:id|code|ref|reference|numero|no) (?:de |del |de l |of )?{_EVENT}",
        r"(?:unique |record |entry |global |case |observation )*(?:id|uid|uuid|guid|ref|reference)",
        r"identifiant|identificador|codigo|identifier|code|(?:record|entry) ?(?:number|no|nr)",
        r"(?!.*\b(?:source|actor|user|place|location|media|country|side|dyad)\b).* (?:id|ref|code)",
        r"number|no|nr|numero|num|objectid|fid",
    ),
    "date.start": _patterns(
        rf"(?:start|begin(?:ning)?|from)? ?(?:date|day)(?: of| de l| del| de)? {_EVENT}",
        rf"{_EVENT} (?:start )?(?:date|day)(?: start| from| begin)?",
        r"(?:start|begin|from|first) ?(?:date|day)|date ?(?:start|from|begin|debut|inicio)",
        r"date|datum|fecha|dates|day of .*|date de debut|fecha de inicio|fecha inicial",
        r"(?:date|fecha|datetime|timestamp|when|quand|cuando|start|debut|inicio|from|begins?)",
        r"date .*|.* date|fecha .*",
    ),
    "date.end": _patterns(
        rf"(?:end|last|to|until) ?(?:date|day)(?: of)?(?: {_EVENT})?",
        rf"{_EVENT} (?:end date|date end)",
        r"date ?(?:end|to|until|fin)|date de fin|fecha (?:de )?(?:fin|final|termino)",
        r"end|until|fin|ends?",
    ),
    "date.year": _patterns(rf"(?:{_EVENT} )?(?:year|annee|ano|anio)(?: {_EVENT})?"),
    "date.month": _patterns(rf"(?:{_EVENT} )?(?:month|mois|mes)(?: {_EVENT})?"),
    "date.day": _patterns(rf"(?:{_EVENT} )?(?:day|jour|dia)(?: {_EVENT})?"),
    "date.precision": _patterns(
        r"(?:time|date|temporal) ?(?:precision|prec|accuracy|certainty|quality)"
    ),
    "event.title": _patterns(
        rf"title|headline|titre|titulo|(?:{_EVENT}) (?:title|name)|name of (?:the )?{_EVENT}",
        rf"summary|short description|resume|resumen|what|{_EVENT}|name|nom|nombre",
    ),
    "event.note": _patterns(
        r"description|notes?|details?|narrative|what happened|descripcion|hechos|faits|relato",
        rf"(?:{_EVENT} )?(?:description|notes?|details?|narrative|summary)(?: .*)?",
        r"comments?|remarks?|commentaires?|observations?|observaciones|text|texte|texto",
        r".* (?:summary|description|narrative|details|notes|descripcion)",
    ),
    "event.type": _patterns(
        rf"sub ?(?:{_EVENT} )?(?:type|category)|{_EVENT} sub ?type",
        rf"(?:{_EVENT} )?(?:type|category|subtype|nature)(?: (?:of|de l|d) {_EVENT})?",
        r"violations?(?: type)?|tipo(?: de .*)?|(?:type|category|means|method|form) (?:of|de|d) .*",
        r"(?:attack|weapon|violence|violations?|strike) (?:type|category|method)",
        r"method|means|kind|(?:main )?category|categorie|categoria|modalidad",
        r"weapons?(?: .*)?|munitions?(?: .*)?",
    ),
    "event.confidence": _patterns(
        r"confidence(?: .*)?|grading|certainty|reliability|fiabilite|confianza|grade",
        r"verification(?: status)?|verified|credibility|.* (?:grading|confidence|status)|status",
    ),
    "place.name": _patterns(
        r"location(?: name)?|place(?: name)?|locality|localite|lugar|lieu|where(?: .*)?",
        r"town|city|village|settlement|city town|town city|ville|ciudad|pueblo|community",
        r"municipality|municipio|commune|localidad|neighbou?rhood|area|site|sitio|adm3|admin3",
        r"district|sub ?district|adm2|admin2|admin2 name|county|cercle",
        r"(?:.* )?(?:location|place|town|city|village)(?: .*)?",
    ),
    "place.admin1": _patterns(
        r"adm(?:in)? ?1(?: name)?|province|governorate|gouvernorat|mohafaza|muhafaza|oblast",
        r"region|state|departement|departamento|department|provincia|estado|wilaya|state province",
    ),
    "place.country": _patterns(r"country(?: name)?|pays|pais|nation|adm(?:in)? ?0(?: name)?"),
    "place.latitude": _patterns(
        r"lat|latitude|latitud|latitude .*|(?:.* )?(?:lat|latitude)", r"y|point y|y coord(?:inate)?"
    ),
    "place.longitude": _patterns(
        r"lon|long|lng|longitude|longitud|longitude .*|(?:.* )?(?:lon|lng|longitude)",
        r"x|point x|x coord(?:inate)?",
    ),
    "place.point": _patterns(
        r"(?:.* )?(?:coordinates?|coords?|lat ?lo?ng?|geo ?location|geo ?point|gps)(?: .*)?",
        r"coordonnees|coordenadas|wkt|geom|the geom|geometry|geo|point|shape|location",
    ),
    "place.precision": _patterns(
        r"(?:geo|location|place|where|spatial|geolocation|coordinates?)"
        r" ?(?:precision|prec|accuracy)"
    ),
}
"""The patterns of each field that has one column."""

NOT_OF_EVENT = re.compile(
    r"\b(?:created?|creation|updated?|modified|edited|added|publi\w+|report\w*|verifi\w+|entry"
    r"|entered|upload\w*|access\w*|retriev\w+|archiv\w+|birth|posted|last|source|article)\b"
)
"""Words of headers of dates that are not those of an event."""

ROLES: tuple[tuple[re.Pattern[str], Role], ...] = tuple(
    (re.compile(pattern), role)
    for pattern, role in (
        (
            r"(?:.* )?(?:attackers?|perpetrators?|perp|aggressors?|assailants?|perpetrated by"
            r"|auteurs?|autor(?:es)?|agresor(?:es)?|responsables?|responsible|perpetrador(?:es)?)"
            r"(?: (?:group|name|actor|party|affiliation|presumes?|supposes?|alleged|suspected))?"
            r"|alleged responsibility"
            r"|responsible (?:party|actor|group)|(?:belligerents?|party) assessed responsible",
            Role.ATTACKER,
        ),
        (
            r"(?:.* )?victims?(?: (?:group|type|affiliation|category))?|victimes?|victimas?",
            Role.VICTIM,
        ),
        (r"targets? (?:group|name|actor)|targeted (?:group|actor|party)", Role.TARGET),
        (r"defenders?|defending (?:party|side)|defenseurs?", Role.DEFENDER),
        (
            r"(?:primary |main |known |armed |conflict )?(?:actors?|part(?:y|ies)|belligerents?"
            r"|groups?|factions?|combatants|acteurs?|actor(?:es)?|grupos?|sides?|groupes?)"
            r"(?: (?:name|[ab12]))?"
            r"|(?:actor|side|party)[12ab]|armed group(?: name)?|actors? involved|acteur ?\d"
            r"|(?:assoc(?:iated)?|allied) actor ?\d?|known belligerents?",
            Role.PARTY,
        ),
    )
)
"""The role of an actor by the header of its column."""

_KINDS: tuple[tuple[TollKind, re.Pattern[str]], ...] = (
    (
        TollKind.KILLED,
        re.compile(
            r"\b(?:killed|dead|deaths?|deceased|fatalit(?:y|ies)|kia|morts?|tues?|deces"
            r"|muert[oa]s?|fallecid[oa]s?|asesinad[oa]s?)\b"
        ),
    ),
    (
        TollKind.INJURED,
        re.compile(r"\b(?:injured|injur(?:y|ies)|wounded|wia|hurt|blesse(?:e?s)?|herid[oa]s?)\b"),
    ),
    (
        TollKind.MISSING,
        re.compile(r"\b(?:missing|disappeared|disparu(?:e?s)?|desaparecid[oa]s?)\b"),
    ),
    (
        TollKind.DISPLACED,
        re.compile(r"\b(?:displaced|idps?|deplace(?:e?s)?|desplazad[oa]s?)\b"),
    ),
)
_BOUNDS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("low", re.compile(r"\b(?:min(?:imum|imo)?|low(?:er|est)?|least)\b")),
    ("high", re.compile(r"\b(?:max(?:imum|imo)?|high(?:er|est)?|upper|most)\b")),
    ("best", re.compile(r"\bbest\b")),
)
_FILLERS = re.compile(
    r"\b(?:number|no|nb|nr|num|nombre|numero|of|de|des|los|las|the|were|reported|count|total|people"
    r"|persons?|personnes|personas|sum|toll|estimated?|estimates?|estimacion|and|in|by|est|reports?"
    r"|all|victims?|confirmed|documented|claimed|alleged|bound)\b"
)
_GROUPS = {
    "civ": "civilians",
    "civilian": "civilians",
    "civils": "civilians",
    "civiles": "civilians",
    "enfants": "children",
    "ninos": "children",
    "child": "children",
    "femmes": "women",
    "mujeres": "women",
    "soldats": "soldiers",
    "soldados": "soldiers",
    "military": "soldiers",
    "militaires": "soldiers",
    "militares": "soldiers",
}
"""The groups of people by words that no report has, but a header."""


_ESTIMATES = {
    **dict.fromkeys(("best", "best est", "best estimate"), "best"),
    **dict.fromkeys(("low", "low est", "low estimate"), "low"),
    **dict.fromkeys(("high", "high est", "high estimate"), "high"),
}
_NOBODY = frozenset(
    (
        *("unknown", "other", "others", "side", "date", "cause", "location", "names"),
        *("suspects", "suspect", "perpetrators", "perpetrator", "attackers", "attacker"),
    )
)
"""Words beside a toll that name no group of people, or one that lists count apart from all."""


class TollHeader(NamedTuple):
    """The meaning of the header of a column of numbers: whom it counts, and which estimate it is.

    `sure` is false if it names an estimate, and nobody who is counted.
    """

    kind: TollKind
    bound: str
    scope: str
    sure: bool = True


def toll_of(words: str) -> TollHeader | None:
    """The toll that a header names; None if it names none, or two together.

    An estimate alone, as UCDP heads its columns, is one of the dead.
    """
    if words in _ESTIMATES:
        return TollHeader(TollKind.KILLED, _ESTIMATES[words], "", sure=False)
    kinds = [(kind, pattern) for kind, pattern in _KINDS if pattern.search(words)]
    if len(kinds) != 1:
        return None
    kind, pattern = kinds[0]
    bounds = [name for name, of in _BOUNDS if of.search(words)]
    rest = pattern.sub(" ", words)
    for _, of in _BOUNDS:
        rest = of.sub(" ", rest)
    whose = " ".join(_FILLERS.sub(" ", rest).split())
    if whose in _NOBODY:
        return None
    scope = _GROUPS.get(whose) or group_of(whose)
    if scope and scope not in GROUPS and len(scope) < 3:
        return None
    return TollHeader(kind, bounds[0] if len(bounds) == 1 else "number", scope)


REPORTS: Mapping[str, re.Pattern[str]] = {
    "url": re.compile(
        r"(?:.* )?(?:urls?|links?|href|lien|enlace|web ?page|web ?site)(?: .*)?|references?"
        r"|geolocation|(?:source|evidence|media|video|post)s?"
    ),
    "publisher": re.compile(
        r"(?:data |news |primary |main |information )?(?:sources?|publishers?|outlets?|media"
        r"|fuentes?|medios?|reported by|agency|newspaper|quelle|creator|uploader|channel)"
        r"(?: (?:name|organi[sz]ation|outlet))?"
    ),
    "title": re.compile(
        r"(?:article|source|report|news) (?:title|headline)|headline|titre de l article"
    ),
    "date": re.compile(
        r"(?:article|source|report|publication|published|reporting|post) ?(?:date|day)"
        r"|(?:posted|published)(?: at| on)?|date (?:posted|published|reported)"
        r"|date of (?:publication|report|source)"
    ),
}
"""The columns of a report; the same word may head addresses or names."""


def words(*rows: tuple[str, str]) -> tuple[tuple[re.Pattern[str], str], ...]:
    """Patterns of words with the values that they stand for."""
    return tuple((re.compile(pattern), value) for pattern, value in rows)


CODES: Mapping[str, Mapping[str, str]] = {
    "time precision": {"1": "day", "2": "week", "3": "month"},
    "date prec": {"1": "day", "2": "about", "3": "week", "4": "month", "5": "year"},
    "geo precision": {"1": "1", "2": "2", "3": "4"},
    "where prec": {str(number): str(number) for number in range(1, 8)},
    "type of violence": {"1": "clash", "2": "clash", "3": "attack"},
}
"""The codes of ACLED and of UCDP GED, by the headers of their columns."""
