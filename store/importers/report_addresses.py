"""The publishers of reports by their addresses: a site, or the account on a site of many."""

import re

_BEGINS = re.compile(r"(?<![/=\w])(?=https?://)", re.IGNORECASE)
"""The beginning of an address that is no part of another, as those of archives hold one."""
_ENDS = re.compile(r"[\s<>\"]")
_ARCHIVED = re.compile(
    r"https?://(?:web\.archive\.org/web/[^/]+|archive\.(?:ph|is|today|li|md|vn|fo)/[^/]+)"
    r"/(?P<of>https?://.+)",
    re.IGNORECASE,
)
_ACCOUNTS = {
    "twitter.com": "X",
    "x.com": "X",
    "t.me": "Telegram",
    "telegram.me": "Telegram",
    "facebook.com": "Facebook",
    "youtube.com": "YouTube",
    "instagram.com": "Instagram",
    "tiktok.com": "TikTok",
    "vk.com": "VK",
}
"""Sites on which many publish, each in the name of an account."""
_OF_MANY = frozenset(
    (
        *_ACCOUNTS,
        *("youtu.be", "fb.watch", "fb.com", "bit.ly", "t.co", "goo.gl", "drive.google.com"),
        *("web.archive.org", "archive.org", "archive.ph", "archive.is", "archive.today"),
        *("docs.google.com", "dropbox.com", "liveuamap.link", "imgur.com", "streamable.com"),
    )
)
"""Sites that publish nothing themselves: their name says nothing of the publisher."""
_NO_ACCOUNT = frozenset(
    (
        *("i", "watch", "shorts", "c", "s", "status", "hashtag", "search", "share", "story.php"),
        *("photo", "photo.php", "permalink.php", "groups", "playlist", "embed", "p", "reel"),
        *("video", "videos", "channel", "user", "intent", "home", "profile.php", "pages", "live"),
        *("joinchat", "reels", "stories", "tv", "explore", "public", "posts"),
    )
)
LONGEST = 2000
"""The most characters of an address."""


def addresses_in(cell: str) -> list[str]:
    """The web addresses of a cell, each once, in their order."""
    found = (_ENDS.split(part, maxsplit=1)[0].rstrip(";,|.)]'") for part in _BEGINS.split(cell))
    return list(
        dict.fromkeys(
            one for one in found if len(one) <= LONGEST and one.lower().startswith("http")
        )
    )


def publisher_of(address: str) -> str:
    """The publisher of an address: its site or its account; "" if it tells neither."""
    if archived := _ARCHIVED.fullmatch(address):
        address = archived["of"]
    _, _, rest = address.partition("://")
    host, _, path = rest.partition("/")
    site = host.rpartition("@")[2].partition(":")[0].lower()
    for prefix in ("www.", "m.", "mobile."):
        site = site.removeprefix(prefix)
    if site in _ACCOUNTS:
        account = _account(path)
        return f"@{account} ({_ACCOUNTS[site]})" if account else ""
    return "" if site in _OF_MANY else site


def _account(path: str) -> str:
    first, *others = re.split(r"[/?#]", path)
    if first == "s" and others:  # t.me/s/NAME is the page of a channel
        first = others[0]
    if first.lower() in _NO_ACCOUNT or first.isdigit():
        return ""
    return first.lstrip("@")
