"""The abbreviations of time zones: the offset of each, or the several zones that it may mean."""

from collections.abc import Mapping

OFFSETS: Mapping[str, str] = {
    **dict.fromkeys(("Z", "UTC", "GMT", "WET"), "+00:00"),
    **dict.fromkeys(("CET", "WEST", "MEZ"), "+01:00"),
    **dict.fromkeys(("CEST", "EET", "MESZ", "CAT"), "+02:00"),
    **dict.fromkeys(("EEST", "MSK", "TRT", "EAT", "IDT"), "+03:00"),
    "IRST": "+03:30",
    "AFT": "+04:30",
    "PKT": "+05:00",
    "NPT": "+05:45",
    **dict.fromkeys(("ICT", "WIB"), "+07:00"),
    **dict.fromkeys(("HKT", "SGT", "AWST"), "+08:00"),
    **dict.fromkeys(("JST", "KST"), "+09:00"),
    "AEDT": "+11:00",
    "NZDT": "+13:00",
    "NZST": "+12:00",
    "EDT": "-04:00",
    "MDT": "-06:00",
    "PDT": "-07:00",
}
"""The offset from UTC of the abbreviations that mean one zone."""

AMBIGUOUS: Mapping[str, str] = {
    "IST": "Indian (+05:30), Israel (+02:00) or Irish (+01:00) time",
    "BST": "British Summer (+01:00) or Bangladesh (+06:00) time",
    "CST": "Central (-06:00), China (+08:00) or Cuba (-05:00) time",
    "CDT": "Central (-05:00) or Cuba (-04:00) time",
    "EST": "Eastern (-05:00) or Australian Eastern (+10:00) time",
    "PST": "Pacific (-08:00) or Philippine (+08:00) time",
    "MST": "Mountain (-07:00), Malaysia (+08:00) or Myanmar (+06:30) time",
    "AST": "Arabia (+03:00) or Atlantic (-04:00) time",
    "GST": "Gulf (+04:00) or South Georgia (-02:00) time",
    "WAT": "West Africa (+01:00) or West Australia time",
    "ET": "Eastern time, -05:00 or -04:00",
    "CT": "Central time, -06:00 or -05:00",
    "PT": "Pacific time, -08:00 or -07:00",
}
"""The zones that each other abbreviation may mean."""
