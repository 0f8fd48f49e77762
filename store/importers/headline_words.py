"""Patterns of words in headlines that report dead, and of words that sum up several events."""

import re

HURT = (
    r"(?:wound\w*|injur\w*|hurt|missing|prisoners?|captives?|captur\w*|arrest\w*|displac\w*"
    r"|abduct\w*|kidnap\w*|detain\w*|rescue\w*|held|surrender\w*|burnt houses)"
)
NOT_PEOPLE = (
    r"days?|hours?|hrs?|weeks?|months?|years?|minutes?|times?|km|kilomet\w+|kms?|miles?|villages?"
    r"|towns?|communit(?:y|ies)|LGs?|LGAs?|states?|districts?|camps?|churches|church|mosques?"
    r"|schools?|neighbou?rhoods?|areas?|provinces?|cities|city|raids?|air-?strikes?|strikes?"
    r"|attacks?"
    r"|explosions?|blasts?|bomb(?:s|ings?)?|shells?|missiles?|rockets?|barrels?|warplanes?|planes?"
    r"|drones?|helicopters?|cars?|vehicles?|trucks?|tanks?|massacres?|operations?|battles?|clashes"
    r"|posts?|checkpoints?|bases?|mines?|factions?|regions?|fronts|IEDs?|points?|million|billion"
    r"|thousand|percent|governorates?|hospitals?|houses?|homes?|buildings?|sheep|cows?|cattle"
    r"|famil(?:y|ies)|groups?|gangs?|cults?|sides?|suspects? (?:held|arrested)|naira|guns?|rifles?"
    r"|yrs?|incidents?|names?|killings?|abductees|hostages|injur\w+|wound\w+"
)
KILLED = (
    r"(?:(?:shot|burn(?:t|ed)|hacked|feared|found|presumed|beaten|stabbed|blown) (?:dead|to death)"
    r"|gunned down|lost (?:their )?lives|lose (?:their )?lives|killed|kille?d|dead|died|dies?|slain"
    r"|martyred|murdered|slaughtered|butchered|assassinated|executed|perish\w*|beheaded|massacred"
    r"|lynched|drown(?:ed)?|KIA)"
)
KILLS = (
    r"(?:kill(?:s|ed|ing|ings of)?|claim(?:s|ed|ing)? the (?:lives|life) of|slay(?:s|ing)?|slew"
    r"|murder(?:s|ed|ing)?|slaughter(?:s|ed|ing)?|massacre(?:s|d)?|butcher(?:s|ed)?|gun(?:s"
    r"|ned)? down"
    r"|shoots? dead|shot dead|execut(?:es?|ed|ing)|behead(?:s|ed|ing)?|assassinat(?:es?|ed|ing)"
    r"|(?:deaths?|martyrdom|killing|assassination) of)"
)
DEATHS = r"(?:deaths?|martyrs?|fatalities|deads|dead(?: bodies)?)"
PASSIVE = (
    r"(?:\s+(?:were|was|are|is|be|have been|has been|had been|have|has|had|been"
    r"|reported|reportedly|confirmed|believed|feared|allegedly|said|to be|may have been|all|also"
    r"|now|at least|at most|so far|until (?:the moment|now)))*"
)
TELLS = (
    *("kill", "dead", "death", "casualt", "died", "dies", " die", "slain", "martyr", "assassin"),
    *("execut", "lost ", "lose ", "losses", "toll", "lives", "life of", "massacre", "victim"),
    *("murder", "slaughter", "perish", "behead", "fatalit", "slay", "slew", "gunned", "guns down"),
    *("shot", "shoot", "butcher", "lynch", "drown", "hack", "burn", "kia"),
)
"""Words of which every headline with a number of dead has one."""

_I = re.IGNORECASE
TOGETHER = re.compile(
    r"\b(?:kill\w*|dead|death|deaths|casualt\w+|martyrs?|died|victims)\s*(?:and|or|,|&|/)\s*"
    rf"(?:the )?(?:{HURT}|wounds|injuries)"
    rf"|\b{HURT}\s*(?:and|or|,|&|/)\s*(?:kill\w*|dead|deaths?|martyr\w*)"
    r"|\bcasualties\s+and\s+(?:injur|wound)",
    _I,
)
"""Dead and wounded together: the number after or before them is of both."""

BACKGROUND = re.compile(
    r"\b(?:after|follow\w*|since|including|among them|aveng\w+|anniversary|mourn\w*|remember\w*"
    r"|behind|over(?: the)?(?= (?:kill|murder|death))|revenge for|retaliation for|reprisal for"
    r"|(?:arrest|sentence|convict|charge|tr(?:y|ies)|indict|jail|suspect)\w*\b.*\b(?:for|who|over)"
    r"|suspects in|trial (?:for|over|of)|prob\w+|investigat\w+|condemn\w*|condole\w*|days? after"
    r"|compensat\w+|famil(?:y|ies) of)\b[^,…;]*$",
    _I,
)
"""Words after which the rest is about an earlier event, or a part of the dead."""

_NAME = r"(?:[A-Z][\w’'‘-]+)"
_WAYS = r"(?:north|south|east|west)\w*"
_MANY = (
    r"(?:two|three|four|five|six|seven|eight|nine|ten|several|different|many|various|multiple|some"
    r"|separate|\d+)"
)
SERIES = re.compile(
    r"\bsince\b|\bincluding (?:in|at|on)\b"
    r"|\b(?:in|during|within|for|over|throughout|of|after)\s+(?:about |around |the"
    r" |more than |less than |nearly |only |just |past |last |first |its )*(?:\d+|two|three|four"
    r"|five|six|seven|eight|nine|ten|few|several|a|one)?(?:\s+\w+)?\s*"
    r"(?:-| |consecutive |continuous )?(?:days?|weeks?|months?|years?|hours)\b"
    rf"|\b{_MANY}[- ](?:day|week|month)s?\b(?!\s+(?:after|before|later|earlier|ago)\b)"
    r"|\bweekend\b|\bhours of\b|\bdaily\b|\bweekly\b"
    r"|\b\d+(?:st|nd|rd|th) (?:day|week|month)\b|\bdays? of\b"
    r"|\b(?:a|one|two|three|four|\d+) (?:weeks?|months?) of\b"
    r"|\bduring the (?:\w+ )?(?:week|month) of\b"
    r"|\btotal of\b|\bin total\b"
    r"|\b(?:killed|died|dead|martyred|fell|joined) yesterday\b|\bconvoy of\b"
    r"|\bpolls\b|\belections?\b"
    r"|\bin (?:January|February|March|April|May|June|July|August|September|October|November"
    r"|December)\b(?! \d{1,2}\b)|\bso far this\b|\bthis (?:week|month|year)\b"
    r"|\bin (?:19|20)\d\d\b|\blast (?:week|month|year)\b"
    r"|\bagreement\b|\bErdogan\b|\bde-?escalation\b|\bmonthly\b|\bannual\b"
    r"|\bsyrians? (?:people )?(?:were )?(?:killed|died|martyred)\b|\bkilled today,"
    r"|\b(?:remnants|war ordnance) of\b|\bacross\b",
    _I,
)
"""Words that sum up more than one day."""
_NOUN = (
    r"(?=\s+(?:in|on|at|across|near|kill\w*|leave|left|claim\w*|by|that|as|of|against|along"
    r"|around|between"
    r"|with|target\w*|over|carried|outside|inside|during|reported)\b|\s*[,;:.'’\"”()-]|\s*$)"
)
"""Words that follow "attacks" if it is not a verb."""
_ATTACK = r"(?:blast|attack|ambush|bombing|raid|clash|explosion|shooting|air ?strike)"
ATTACKS = re.compile(
    rf"\b(?:attacks|massacres|bombings|explosions|ambushes|battles|operations|assassinations"
    rf"|killings"
    rf"|riots|invasions|shootings|offensives|executions){_NOUN}"
    r"|\b(?:land)?(?:mines|IEDs|remnants) (?:kill|claim|explo|of)"
    r"|\b(?:communal|ethnic|sectarian|herd\w+|farm\w+[-/ ]herd\w+|herd\w+[-/ ]farm\w+|cult)"
    r" (?:violence|war|crisis|conflict)\b|\bcommunal clashes\b|\bviolence in\b"
    r"|\b(?:war|crisis|conflict|violence) (?:claims?|kill)"
    rf"|\b{_ATTACK}s?(?:,| and| &) (?:\w+ )?{_ATTACK}s?\b"
    rf"|\b{_MANY} (?:\w+ ){{0,2}}(?:raids|clashes|incidents|fronts)\b|\b(?!two ){_MANY} blasts\b"
    r"|\b(?:continu(?:ing|ous|ed)|successive|renewed) (?:\w+ )?(?:bombing|shelling|attacks"
    r"|strikes)\b"
    r"|\bduring the advanc\w+|\b(?:series|spate|wave|string|rounds|spree) of\b"
    r"|(?<!\bnew )(?<!\bfresh )(?<!\banother )(?<!\blatest )\bround of\b",
    _I,
)
"""Words that may mean several attacks; a few attacks at once count as one."""
RAIDS = re.compile(
    r"\braids\b[^,;]*\bon (?:the )?(?:north|south|east|west)(?:ern)?\b"
    r"(?! (?:town|village|city|camp))"
    r"|^(?!.*(?:\bair|aerial|warplane|jets?\b|helicopter|bomb|shell|russia|coalition|missile))"
    r".*\braids\b(?! on\b| target|\s+(?:the |a |\w+ )?(?:village|town|market|church|camp|school))",
    _I,
)
"""Raids on a region; and, as a noun, raids that are not from the air."""
_TOLL_OF_ONE = r"\b(?:attacks|bombings|blasts|explosions)(?= (?:death )?toll\b)"
"""Attacks with one toll, as in the news of a day: "suicide attacks toll reaches 45"."""
AT_ONCE = re.compile(
    r"\b(?:twin|double|triple|coordinated|simultaneous) \w*\s*\w*(?:attacks|bombings|explosions"
    r"|blasts|ambushes)\b|\bmop-up operations\b"
    r"|\b(?:two|three|four|five|six|[2-6])\s+(?:[\w-]+\s+){0,2}?suicide"
    r"\s+(?:attacks|bombings|blasts)\b"
    rf"|{_TOLL_OF_ONE}|\b(?:today|day)['’]s battles\b",
    _I,
)
PLACES = re.compile(
    rf"(?<!between)\s(?:in|on|at|near|of|hit|target|targets|pound|shelling)\s+(?:the\s+)?"
    rf"(?:\w+\s+){{0,4}}?(?<!between\s)"
    rf"{_NAME}(?:\s+{_NAME}){{0,2}}"
    rf"(?:\s+(?:city|town|province|countryside|village))?\s*(?:and|&)\s+"
    rf"(?:the\s+|in\s+|its\s+|{_WAYS}\s+)*(?:\w+\s+of\s+)?(?:{_NAME}|countryside|outskirts)"
    rf"|\b{_WAYS} and (?:the )?{_WAYS} (?:of |countryside)|\b(?i:areas of|provinces|states"
    rf"|villages|towns|communities|cities)\b"
    rf"|\b(?i:{_MANY}) (?:\w+ )?(?i:areas|villages|towns|neighbou?rhoods|cities|communities|LGA?s"
    r"|states|districts|settlements|locations|places|camps|churches|provinces)\b"
    r"|\s(?:and|&) (?:in|on|at) "
)
"""Two places or more, as a headline names them."""
LISTED_PLACES = re.compile(
    rf"\s(?:in|on|at|near|hits?|targets?|pounds?|strikes?)\s+(?:the\s+)?{_NAME}(?:\s+{_NAME})?"
    rf"(?:,\s+{_NAME}(?:\s+{_NAME})?){{1,5}},?\s+(?:and|&)\s+(?:{_WAYS}\s+)?{_NAME}"
    rf"|\b{_NAME}(?:\s+{_NAME})?,\s+{_NAME}(?:\s+{_NAME})?\s+"
    r"(?i:markets|mosques|schools|camps|bases)\b"
)
"""Places with commas between them: "in A, B and C", "A, B markets"."""

BIG = 100
"""The least number of dead that is more than most single attacks have."""
BIG_CAMPAIGN = re.compile(
    r"\b(?:bombardment|shelling|air ?strikes|raids|strikes|battles|fighting|war|offensive|campaign"
    r"|regime forces and their allie\w*|operations?)\b",
    _I,
)
"""Events of many days, so that so many dead are not those of one attack."""
SERIES_MARKS = (
    *(
        "since",
        "including",
        "day",
        "week",
        "month",
        "year",
        "hour",
        "total",
        "daily",
        " in ",
        "so far",
    ),
    *(
        "agreement",
        "erdogan",
        "escalation",
        "annual",
        "syrian",
        "poll",
        "election",
        "across",
        "remnants",
        "ordnance",
    ),
)
PLACES_MARKS = (
    *(
        " and ",
        "&",
        "areas",
        "provinces",
        "states",
        "villages",
        "towns",
        "neighbo",
        "cities",
        "lgs",
    ),
    *(
        "lgas",
        "communities",
        "districts",
        "settlements",
        "locations",
        "places",
        "camps",
        "churches",
        "markets",
        "mosques",
        "schools",
        "bases",
    ),
)
ATTACKS_MARKS = (
    *("attacks", "massacres", "bombings", "explosions", "ambushes", "battles", "operations"),
    *("assassinations", "killings", "riots", "invasions", "shootings", "offensives", "executions"),
    *("mines", "ieds", "remnants", "violence", "war", "crisis", "conflict", "communal", "raids"),
    *("clashes", "incidents", "fronts", "blasts", "series", "spate", "wave", "string", "round"),
    *("spree", "bombing", "shelling", "strike", "advanc", "ambush", "blast", "attack", "raid"),
)
"""For each pattern above, the words of which at least one must occur."""
ONE_ATTACK = re.compile(
    r"\b(?:explosion|detonation|blast|bombing|car bomb|bus|vehicle|massacre of"
    r"|(?<!new )massacre in|massacre (?=rises)"
    r"|attack|ambush|hospital|wedding|market|clash|raid|air ?strike|plane|crash|mosque|church"
    r"|strike|shooting|stampede|siege|hotel|school|apartment|rescuers|rubble|debris"
    r"|(?<!reconnaissance )(?:missile|rocket|drone)(?! (?:and|strikes|attacks|war|campaign|raids"
    r"|barrages|shell\w*|bombardment|bombing)))\b"
    rf"|{_TOLL_OF_ONE}",
    _I,
)
"""Words for a single attack, to which a number that rises belongs."""

HEDGES = re.compile(
    r"\b(?:reportedly|allegedly|purportedly|feared|unconfirmed|presumed|believed (?:to be "
    r"|to have been"
    r" )?(?:dead|killed)|said (?:to (?:be|have|kill)|killed|dead)|reports? of|may have|might have"
    r"|could have|rumou?red|(?<!police )(?<!army )reported (?:killed|dead|slain|missing)"
    r"|alleged (?:killings?|massacres?|deaths?|murders?|executions?"
    r"|air ?strikes?"
    r"|strikes?|bombings?|attacks?))\b",
    _I,
)
"""Words that report the killing itself with a reserve."""
HEDGES_MARKS = (
    *("report", "alleg", "feared", "said", "believed", "presum", "may have", "might", "could have"),
    *("rumo", "purport", "unconfirm"),
)
