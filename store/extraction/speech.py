"""Verbs by which a text says that somebody speaks, as patterns."""

SAYING = (
    r"(?:said|says|say|told|tells|reported|reports|reporting|announced|announces|confirmed|confirms"
    r"|claimed|claims|added|adds|stated|states|wrote|writes|estimated|estimates|documented|counted"
    r"|recorded|acknowledged|noted|warned|alleged|insisted|quoted|described|vowed|accused|condemned"
    r"|urged|pledged|declared|argued|explained|stressed|emphasi[sz]ed|admitted|remarked|tweeted"
    r"|blamed|blames|puts? the (?:number|toll|death toll|figure|count|total)\b)"
)
"""Words of speech, after the speaker or before."""

ADDRESSING = r"(?:told|urged|warned|stated|announced|vowed|added|declared|blamed)"
"""Words of speech before which the speaker stands, also after a comma."""

TOWARDS = r"(?:told|tells|accused|condemned|described|blamed|blames|puts?)\b"
"""Words of speech after which stands who hears it or is spoken of, and never who speaks."""

DENYING = (
    r"(?:denied|denies|deny|denying|(?:rejected|rejects|dismissed|dismisses)"
    r" (?:the |an? |any |all |these |such )?(?:accusation|allegation|claim|report|charge)s?)"
)
"""Words of speech whose object is what is denied, and not who speaks."""

RECORDS = r"(?:counts?|tall(?:y|ies)|lists?|tolls?|estimates?|databases?|surveys?|records?)"
"""Records of which a source says by whom they are: "a count by the Zed Centre"."""

OFFICE = r"(?:the|its|his|her|their|our|an?)"
"""Words with which an office begins that stands before a name: "its commander, Ilan Roe"."""
