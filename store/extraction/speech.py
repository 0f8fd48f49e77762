"""Verbs by which a text says that somebody speaks, as patterns."""

import re

SAYING = (
    r"(?:said|says|say|told|tells|reported|reports|reporting|announced|announces|confirmed|confirms"
    r"|claimed|claims|added|adds|stated|states|wrote|writes|estimated|estimates|documented|counted"
    r"|recorded|acknowledged|noted|warned|alleged|insisted|quoted|described|vowed|accused|condemned"
    r"|urged|pledged|declared|argued|explained|stressed|emphasi[sz]ed|admitted|remarked|tweeted)"
)
"""Words of speech, after the speaker or before."""

SAID_ON = re.compile(
    rf"\b{SAYING}(?: \w+)?(?: on| late| early)? (?:mon|tues|wednes|thurs|fri|satur|sun)day\b",
    re.IGNORECASE,
)
"""A day on which somebody spoke, which need not be that of what is told."""

ADDRESSING = r"(?:told|urged|warned|stated|announced|vowed|added|declared)"
"""Words of speech before which the speaker stands, also after a comma."""

DENYING = r"(?:denied|denies|denying)"
"""Words of speech whose object is what is denied, and not who speaks."""
