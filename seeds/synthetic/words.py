"""The vocabulary of synthetic cases, written for this project."""

from typing import NamedTuple

from store.model.vocabulary import ActorKind, EventType, Role, SourceKind

PREFIXES = (
    ("", ""),
    ("", ""),
    ("Tell ", "تل "),
    ("Kafr ", "كفر "),
    ("Khan ", "خان "),
    ("Deir ", "دير "),
    ("Ma'arrat ", "معرة "),
    ("Umm ", "أم "),
    ("Ras ", "رأس "),
)
# each syllable plain, in scholarly transliteration, and in Arabic
SYLLABLES = (
    ("ma", "mā", "ما"),
    ("ru", "rū", "رو"),
    ("ta", "ṭā", "طا"),
    ("li", "lī", "لي"),
    ("sa", "ṣā", "صا"),
    ("ni", "nī", "ني"),
    ("ha", "ḥā", "حا"),
    ("du", "dū", "دو"),
    ("qa", "qā", "قا"),
    ("bi", "bī", "بي"),
    ("za", "ẓā", "ظا"),
    ("fu", "fū", "فو"),
)
ENDINGS = (("n", "n", "ن"), ("ra", "ra", "رة"), ("b", "b", "ب"), ("sh", "š", "ش"), ("m", "m", "م"))
COLOURS = ("Northern", "Southern", "Eastern", "Western", "Coastal", "United", "Free", "Desert")
BODIES = ("Shield", "Falcon", "Dawn", "Mountain", "River", "Guard", "Lion", "Cedar", "Storm")
UNITS = (
    ("Brigade", ActorKind.ARMED_GROUP),
    ("Battalion", ActorKind.ARMED_GROUP),
    ("Front", ActorKind.COALITION),
    ("Militia", ActorKind.MILITIA),
    ("Committee", ActorKind.ORGANISATION),
)
TITLES = (
    ("Post", SourceKind.OUTLET),
    ("Wire", SourceKind.WIRE),
    ("Gazette", SourceKind.OUTLET),
    ("Monitor", SourceKind.MONITOR),
    ("Télé", SourceKind.OUTLET),
    ("Relief", SourceKind.NGO),
    ("Herald", SourceKind.OUTLET),
    ("Media Office", SourceKind.BELLIGERENT),
    ("Radio", SourceKind.OUTLET),
    ("Ministry", SourceKind.OFFICIAL),
)


class Pattern(NamedTuple):
    """A type of event in synthetic cases: weight in per cent, wording, and roles."""

    type: EventType
    weight: int
    title: str
    told: str
    roles: tuple[Role, ...]
    deadly: float = 0.0


_FIGHT = (Role.ATTACKER, Role.DEFENDER)
PATTERNS = (
    Pattern(EventType.CLASH, 24, "Clashes near {p}", "{a} fought {b} near {p}", _FIGHT, 0.5),
    Pattern(EventType.SHELLING, 18, "Shelling of {p}", "{a} shelled {p}", _FIGHT[:1], 0.5),
    Pattern(
        EventType.AIR_STRIKE, 16, "Air strike on {p}", "aircraft of {a} struck {p}", _FIGHT[:1], 0.6
    ),
    Pattern(
        EventType.EXPLOSION,
        7,
        "Explosion in {p}",
        "a blast shook {p}, laid to {a}",
        _FIGHT[:1],
        0.7,
    ),
    Pattern(
        EventType.ATTACK,
        6,
        "Attack on civilians in {p}",
        "{a} fired on civilians in {p}",
        _FIGHT[:1],
        0.8,
    ),
    Pattern(EventType.ADVANCE, 6, "{a} advances on {p}", "{a} pushed {b} back at {p}", _FIGHT, 0.2),
    Pattern(EventType.CAPTURE, 5, "{a} takes {p}", "{a} took {p} from {b}", _FIGHT, 0.3),
    Pattern(EventType.WITHDRAWAL, 3, "{a} leaves {p}", "{a} withdrew from {p}", (Role.PARTY,)),
    Pattern(
        EventType.DISPLACEMENT,
        4,
        "Families flee {p}",
        "families left {p} as {a} came closer",
        (Role.ATTACKER,),
    ),
    Pattern(
        EventType.REINFORCEMENT, 3, "{a} reinforces {p}", "{a} sent a convoy to {p}", (Role.PARTY,)
    ),
    Pattern(
        EventType.ARREST,
        3,
        "Arrests in {p}",
        "{a} detained several people in {p}",
        (Role.ATTACKER,),
    ),
    Pattern(
        EventType.PROTEST,
        2,
        "Protest in {p}",
        "a crowd marched through {p} against {a}",
        (Role.TARGET,),
    ),
    Pattern(
        EventType.STATEMENT,
        2,
        "{a} on {p}",
        "{a} accused {b} over {p}",
        (Role.SPEAKER, Role.ADDRESSEE),
    ),
    Pattern(
        EventType.AGREEMENT,
        1,
        "Truce at {p}",
        "{a} and {b} agreed on a truce at {p}",
        (Role.PARTY, Role.PARTY),
    ),
)
OFFENSIVE = Pattern(
    EventType.OFFENSIVE,
    0,
    "{a} offensive towards {p}",
    "{a} opened an offensive against {b} towards {p}",
    _FIGHT,
    0.3,
)
ARABIC_HEADLINE = "اشتباكات قرب {arabic} ({p})"
FILLERS = (
    "The road from {p} to the next town was closed for most of the day.",
    "Shops in the centre of {p} stayed shut, and the bakery sold out before noon.",
    "Neither side gave figures of its own, and telephones in the area did not work.",
    "A teacher in {p} said that classes would be held in cellars until the week was over.",
    "Doctors at the clinic in {p} were short of fuel, bandages and clean water.",
    "It was the third such report from the district within a month.",
    "Aid workers who reached {p} found {n} families in a school with two working taps.",
    "The front there had hardly moved since the autumn, and both sides had dug in.",
    "An officer who asked not to be named called the situation calm but brittle.",
    "Farmers near {p} had begun to bring in the harvest when the fighting came closer.",
    "Talks on a local truce were to go on, though nobody would say where or with whom.",
    "Pictures that were shared from {p} ({arabic}) could not be placed or dated with certainty.",
    "Power was cut in {n} villages, and repair crews waited for leave to pass.",
    "Prices of flour and heating oil in {p} have doubled since the spring.",
    "The bridge outside {p}, mended twice already, was open to people on foot only.",
    "A market trader in {p} said that he had slept in his shop for {n} nights.",
)
LEADS = (
    "Reports of fighting came in from several districts as the week drew on.",
    "What follows is drawn from accounts of people in the area and of both sides.",
    "Another restless week has ended without a word on the talks.",
)
