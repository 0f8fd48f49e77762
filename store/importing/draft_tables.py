"""Tables of values in a draft: what each value of a column stands for."""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from store.importers.acled_columns import OLD_TYPES
from store.importers.acled_columns import TYPES as ACLED_TYPES
from store.importing.column_profile import ColumnProfile, without_accents
from store.importing.draft_parts import Line, Section
from store.importing.header_words import CODES, words
from store.model.labels import count_text
from store.model.vocabulary import EVENT_TYPES, Stance

MOST = 80
"""The most different values of a column that a table of values lists."""
Words = Sequence[tuple[re.Pattern[str], str]]


class ValueWords(NamedTuple):
    """The words by which values are known, in this order, and what the others stand for."""

    words: Words
    exact: Mapping[str, str] = {}
    otherwise: str = ""
    number: bool = False

    def value_of(self, cell: str, header: str = "") -> str | None:
        """The meaning of a cell; None if it is not known."""
        folded = without_accents(" ".join(cell.split())).casefold()
        code = CODES.get(header, {}).get(folded.removesuffix(".0"))
        if code or (code := self.exact.get(folded)):
            return code
        return next((value for pattern, value in self.words if pattern.search(folded)), None)

    def share(self, column: ColumnProfile) -> float:
        """The part of the different values of a column that is known, 0 to 1."""
        known = sum(self.value_of(value, column.words) is not None for value in column.distinct)
        return known / len(column.distinct) if column.distinct else 0.0


def table_of(heading: str, column: ColumnProfile | None, known: ValueWords) -> list[Section]:
    """The section with a line for each value of a column; those not known are told."""
    if column is None:
        return []
    lines = []
    for value, times in column.distinct.most_common(MOST):
        told = known.value_of(value, column.words)
        why = count_text(times, "row") + ("" if told else ": NOT KNOWN, check this")
        if told or known.otherwise:
            meant = told or known.otherwise
            lines.append(Line(value, int(meant) if known.number else meant, why, quoted=True))
    return [Section(heading, lines)] if lines else []


TYPES = ValueWords(
    words(
        (r"air.?strike|air.?raid|aerial|drone|uav|bombardement aerien|ataque aereo", "air-strike"),
        (r"barrel bomb|helicopter|warplane|cluster bomb", "air-strike"),
        (r"shell|artiller|mortar|missile|rocket|grad\b|mlrs|bombard|tank fire", "shelling"),
        (r"chemical|obus|roquette|cohete|misil", "shelling"),
        (r"ied\b|explo|suicide|\bmines?\b|car bomb|grenade|bomb|attentat|uxo", "explosion"),
        (r"protest|demonstrat|riot|manifest", "protest"),
        (r"arrest|detention|detain|detenci", "arrest"),
        (r"abduct|kidnap|hostage|disappear|torture|rape|sexual", "repression"),
        (r"enlevement|secuestro|desaparici|disparition", "repression"),
        (r"displace|evict|desplaza|deplace", "displacement"),
        (r"one.?sided?\b", "attack"),
        (r"(?:non.?)?state.?based|non.?state|two.?sided", "clash"),
        (r"clash|battle|fighting|combat|firefight|skirmish|enfrentamiento|affront", "clash"),
        (r"offensive", "offensive"),
        (r"captur|seiz|overtak|territory taken|takeover|prise de", "capture"),
        (r"withdraw|retreat", "withdrawal"),
        (r"ceasefire|truce|agreement|accord|acuerdo", "agreement"),
        (r"cyber|blackout|outage|disrupt|sabotage|infrastructure", "disruption"),
        (r"attack|shoot|shot|kill|murder|massacre|execution|assassin|ambush|sniper", "attack"),
        (r"firearm|small arms|\bguns?\b|knife", "attack"),
        (r"stabb|raid|violence|homicid|masacre|ataque|attaque", "attack"),
    ),
    {
        **{type.value: type.value for type in EVENT_TYPES},
        **{row.label: type.value for type, row in EVENT_TYPES.items()},
        **{name: type.value for name, type in {**OLD_TYPES, **ACLED_TYPES}.items()},
    },
    otherwise="other",
)
STANCES = ValueWords(
    words(
        (r"discount|denied|debunk|refuted|rejected|hoax", Stance.DENIES.value),
        (r"contest|disput|doubt|question|contradict", Stance.DOUBTS.value),
        (r"unconfirm|unverif|not verif|weak|possibl|alleg|suspect|claim", Stance.HEDGES.value),
        (r"\blow\b|pending|partial|non confirm|presunt", Stance.HEDGES.value),
        (r"confirm|verif|fair|likely|probabl|certain|\bhigh\b|declared", Stance.ASSERTS.value),
        (r"medium|moderate|strong|geolocated", Stance.ASSERTS.value),
    ),
    {
        **{stance.value: stance.value for stance in Stance},
        **dict.fromkeys(("true", "yes", "y", "1", "oui", "si"), Stance.ASSERTS.value),
        **dict.fromkeys(("false", "no", "n", "0", "non"), Stance.HEDGES.value),
    },
    otherwise=Stance.ASSERTS.value,
)
DATE_PRECISIONS = ValueWords(
    words(
        (r"approx|about|estimat|circa|uncertain|range", "about"),
        (r"exact|day|jour|dia|precise", "day"),
        (r"week|semaine|semana", "week"),
        (r"month|mois|mes", "month"),
        (r"year|annee|ano", "year"),
    ),
    otherwise="about",
)
PLACE_PRECISIONS = ValueWords(
    words(
        (r"exact|precise|address|street|building|landmark|\bsite|point|rooftop|\bhigh", "1"),
        (r"sub.?district|district|county|admin ?2|municip|cercle", "3"),
        (r"near|\bkm\b|neighbou?rhood|village|town|city|settlement|within|ville|ciudad", "2"),
        (r"province|governorate|region|state|admin ?1|oblast|departement", "4"),
        (r"country|nation|pays|pais", "6"),
    ),
    otherwise="4",
    number=True,
)
