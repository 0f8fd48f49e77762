"""Addresses of articles, of which several spellings are one."""

import re
from urllib.parse import parse_qsl, urlencode, urlsplit

_TRACKING = re.compile(r"utm_|fbclid$|gclid$|mc_[ce]id$|igshid$|ref$|cmpid$|ocid$|smid$|at_")


def address_key(url: str) -> str:
    """A key that is equal for the spellings of one address.

    The scheme, `www.`, capitals of the host, a closing slash, the fragment, and
    parameters that only say where a reader came from do not count.
    """
    try:
        parts = urlsplit(url.strip())
        host = (parts.hostname or "").removeprefix("www.").removeprefix("m.")
        port = f":{parts.port}" if parts.port not in (None, 80, 443) else ""
    except ValueError:
        return url.strip()
    kept = [(name, value) for name, value in parse_qsl(parts.query, keep_blank_values=True)
            if not _TRACKING.match(name.lower())]  # fmt: skip
    query = f"?{urlencode(sorted(kept))}" if kept else ""
    return f"{host}{port}{parts.path.rstrip('/')}{query}"
