"""The claims of one report, written by hand from its gold coding before the program coded it.

A sentence is found by its beginning; a claim has the number of its mention in the gold.
"""

from collections.abc import Sequence
from typing import NamedTuple

from store.model.vocabulary import EventType, Kind

FILE = "002_ac688885020f582c.txt"


class Wanted(NamedTuple):
    """A claim that is to be made: its mention, the event, and what is said of it.

    `type` is that of the event where it is a new one; `offered` is how the form shows the value
    where the words offer it, `typed` what is typed where they do not. `chain` is typed.
    """

    mention: str
    event: str
    type: EventType | None = None
    kind: Kind = Kind.OCCURRENCE
    offered: str = ""
    typed: str = ""
    chain: str = ""


class Sentence(NamedTuple):
    """A sentence of the report, by its first words, and its claims."""

    begins: str
    claims: Sequence[Wanted]


PUSH, COUNTER = "Rebels advance on Hama", "Government counteroffensive"
OFFENSIVE, ALEPPO = "Rebel offensive", "Rebels take Aleppo"
TOWNS, VILLAGES = "Rebels take Maardis and Soran", "Army retakes Kafraa and Maarshahour"
NDF, STRIKES = "National Defense Forces reinforce the army", "Air strikes on Hama and Idlib"
FLED, OF_1982, OF_2011 = "People flee Hama and Idlib", "Crackdown of 1982", "Protests of 2011"
ACCUSES, COUNCIL = "Russia accuses Ukraine of support", "Security Council meets on Syria"
CONDEMNS, CIVILIAN = "Washington condemns the strikes", "Strikes on civilian infrastructure"
PLEDGE, DEPLOYS = "Iran signals it may send troops", "Iran deploys fighters"
US_STRIKES, ROCKETS = "US strikes on militias", "Rockets near US bases"
CONTACT = "Russia, Turkey and Iran keep in contact"

REPORT: Sequence[Sentence] = (
    Sentence(
        "Syrian Rebels Advance on Hama",
        (
            Wanted("g058", PUSH, EventType.ADVANCE),
            Wanted("g058", PUSH, kind=Kind.PARTICIPANT, typed="+Syrian rebels, attacker"),
            Wanted("g058", PUSH, kind=Kind.PLACE, typed="+Hama @ 35.13 36.75"),
            Wanted("g059", COUNTER, EventType.OFFENSIVE),
        ),
    ),
    Sentence(
        "Syrian rebels, including",
        (
            Wanted("g060", OFFENSIVE, EventType.OFFENSIVE),
            Wanted("g060", OFFENSIVE, kind=Kind.PARTICIPANT, offered="Syrian rebels"),
            Wanted("g061", PUSH),
            Wanted("g062", ALEPPO, EventType.CAPTURE),
            Wanted("g062", ALEPPO, kind=Kind.PLACE, typed="+Aleppo @ 36.20 37.16"),
        ),
    ),
    Sentence(
        "Their campaign",
        (
            Wanted("g063", OFFENSIVE, kind=Kind.NAME, typed="Operation Deter the Aggression"),
            Wanted("g063", OFFENSIVE, kind=Kind.AIM, typed="displace the Assad regime"),
        ),
    ),
    Sentence(
        "Rebel forces advanced",
        (
            Wanted("g064", PUSH),
            Wanted("g064", PUSH, kind=Kind.DISTANCE, typed="10 km"),
            Wanted("g065", TOWNS, EventType.CAPTURE),
            Wanted("g065", TOWNS, kind=Kind.PLACE, typed="+Maardis"),
            Wanted("g065", TOWNS, kind=Kind.PLACE, typed="+Soran"),
        ),
    ),
    Sentence(
        "The Syrian government, backed",
        (
            Wanted("g066", COUNTER),
            Wanted("g066", COUNTER, kind=Kind.PARTICIPANT, typed="+Syrian army, attacker"),
            Wanted("g066", COUNTER, kind=Kind.PARTICIPANT, typed="+Russian army, supporter"),
        ),
    ),
    Sentence(
        "Regime forces retook",
        (
            Wanted("g067", VILLAGES, EventType.CAPTURE),
            Wanted("g067", VILLAGES, kind=Kind.PLACE, typed="+Kafraa"),
            Wanted("g067", VILLAGES, kind=Kind.PLACE, typed="+Maarshahour"),
            Wanted("g068", NDF, EventType.REINFORCEMENT),
        ),
    ),
    Sentence(
        "Intense airstrikes",
        (
            Wanted("g069", STRIKES, EventType.AIR_STRIKE),
            Wanted("g069", STRIKES, kind=Kind.PLACE, offered="Hama"),
            Wanted("g069", STRIKES, kind=Kind.PLACE, typed="+Idlib @ 35.93 36.63"),
            Wanted("g070", FLED, EventType.DISPLACEMENT, Kind.DISPLACED, "at least 50,000"),
        ),
    ),
    Sentence(
        "The city witnessed",
        (
            Wanted("g071", OF_1982, EventType.REPRESSION),
            Wanted("g071", OF_1982, kind=Kind.DATE, typed="1982"),
            Wanted("g072", OF_2011, EventType.PROTEST),
            Wanted("g072", OF_2011, kind=Kind.DATE, typed="2011"),
        ),
    ),
    Sentence(
        "The offensive coincides",
        (Wanted("g073", ACCUSES, EventType.STATEMENT, chain="+Russian government, official"),),
    ),
    Sentence("Moscow claimed", (Wanted("g074", ACCUSES, chain="Russian government"),)),
    Sentence(
        "The US and Russia",
        (
            Wanted("g075", COUNCIL, EventType.DIPLOMACY),
            Wanted("g076", CONDEMNS, EventType.STATEMENT, chain="+US government, official"),
            Wanted("g077", CIVILIAN, EventType.AIR_STRIKE, chain="US government"),
            Wanted("g078", ACCUSES, chain="Russian government"),
        ),
    ),
    Sentence(
        "Iran, another",
        (
            Wanted("g079", PLEDGE, EventType.STATEMENT, chain="+Iran's government, official"),
            Wanted("g080", DEPLOYS, EventType.REINFORCEMENT),
        ),
    ),
    Sentence(
        "The Syrian Democratic Forces",
        (
            Wanted("g082", US_STRIKES, EventType.ATTACK),
            Wanted("g083", ROCKETS, EventType.SHELLING),
        ),
    ),
    Sentence("Russia, Turkey, and Iran", (Wanted("g084", CONTACT, EventType.DIPLOMACY),)),
)
"""The 27 mentions that are events or statements; g081, g178 and g179 are optional in the gold."""

FURTHER_FILE = "000_7ed1cc5a8deeb2c8.txt"

FURTHER: Sequence[Sentence] = (
    Sentence(
        "On November 27, Syrian rebels",
        (
            Wanted("g001", OFFENSIVE),
            Wanted("g001", OFFENSIVE, kind=Kind.DATE, offered="27 Nov 2024"),
            Wanted("g002", ALEPPO),
        ),
    ),
    Sentence("On Wednesday (November 27)", (Wanted("g007", OFFENSIVE),)),
    Sentence("Within two days", (Wanted("g009", ALEPPO),)),
    Sentence("In response, the Syrian", (Wanted("g019", COUNTER),)),
)
"""Mentions of events that the first report made known, in another report."""
