"""The address of a case in PostgreSQL: `postgresql://host/db?case=syria`."""

import hashlib
import re
from typing import NamedTuple
from urllib.parse import parse_qsl, quote, unquote, urlsplit

from store.errors import UsageError

SCHEMES = ("postgresql://", "postgres://")

_OPTIONS = frozenset(
    (
        *("host", "hostaddr", "port", "passfile", "dbname", "user", "service"),
        *("sslmode", "sslrootcert", "sslcert", "sslkey", "sslcrl", "sslnegotiation"),
        *("ssl_min_protocol_version", "channel_binding", "require_auth", "gssencmode"),
        *("krbsrvname", "connect_timeout", "target_session_attrs", "load_balance_hosts"),
    )
)
"""The settings of libpq that an address may have: none is a secret, or alters what is asked."""

_SECRETS = frozenset(("password", "sslpassword", "scram_client_key", "oauth_client_secret"))

_LONGEST = 63
"""The most bytes of the name of a schema in PostgreSQL, which cuts longer ones silently."""

_PASSFILE_HINT = (
    "write it into the file that PGPASSFILE names (~/.pgpass, mode 0600), or use a service or a"
    " socket; the address in your shell's history has it now, so change it"
)


class CaseAddress(NamedTuple):
    """The settings by which a server is reached, and the name of a case there."""

    settings: tuple[tuple[str, str], ...]
    case: str

    def __str__(self) -> str:
        """The address as a person would type it; it never has a password."""
        given = dict(self.settings)
        host, port, user = (given.pop(key, "") for key in ("host", "port", "user"))
        name = quote(given.pop("dbname", ""), safe="")
        ask = "".join(f"{quote(key)}={quote(value, safe='/')}&" for key, value in given.items())
        if "," in port:
            ask, port = f"port={port}&{ask}", ""
        if "/" in host or "," in host:
            ask, host = f"host={quote(host, safe='/,')}&{ask}", ""
        if ":" in host:
            host = f"[{host}]"
        where = f"{quote(user, safe='')}{'@' * bool(user)}{host}{':' * bool(port)}{port}"
        return f"postgresql://{where}/{name}?{ask}case={quote(self.case, safe='')}"

    @property
    def key(self) -> str:
        """A name for the folder of its copies: the same for each address of one case."""
        where = sorted(one for one in self.settings if one[0] in _WHERE)
        return hashlib.sha256(repr((where, self.case)).encode()).hexdigest()[:20]


_WHERE = ("host", "hostaddr", "port", "dbname", "service")


def is_address(text: str) -> bool:
    """Tell if a text is the address of a case on a server, and not the name of a file."""
    return text.lower().startswith(SCHEMES)


def read_address(text: str) -> CaseAddress:
    """Read an address. Raises `UsageError`, which never repeats a password."""
    try:
        found = urlsplit(text)
        host, port = _hosts(found.netloc.rpartition("@")[2])
        user, has_password = found.username, found.password is not None
        # of what a host cannot have, the parser leaves the letters as they are in the text
        asked = parse_qsl(found.query, keep_blank_values=True, strict_parsing=bool(found.query))
    except ValueError as error:
        raise _unreadable("is none", _EXAMPLE) from error
    if has_password or _SECRETS & {key.lower() for key, _ in asked}:
        raise _unreadable("has a password", _PASSFILE_HINT)
    settings = {"host": host, "port": port, "user": unquote(user or "")}
    settings["dbname"] = unquote(found.path.removeprefix("/"))
    case = ""
    for key, value in asked:
        if key == "case":
            case = value
        elif key in _OPTIONS:
            settings[key] = value
        else:
            raise _unreadable(f"has the unknown option {key!r}", f"it knows {', '.join(_known())}")
    if re.search(r"=|://", settings["dbname"]):
        raise _unreadable("names no database, but settings", _PASSFILE_HINT)
    if any("\0" in value for value in settings.values()):
        raise _unreadable("has a NUL", _EXAMPLE)
    _check_case(case)
    return CaseAddress(tuple((key, value) for key, value in settings.items() if value), case)


def _hosts(text: str) -> tuple[str, str]:
    """The hosts of an address and their ports, each joined with commas, as libpq has them.

    Raises `ValueError`.
    """
    found = [_HOST.fullmatch(one) for one in text.split(",")]
    if any(one is None or int(one["port"] or 0) >= 1 << 16 for one in found):
        raise ValueError(text)
    hosts = [unquote(one["six"] or one["host"] or "") for one in found if one]
    ports = [one["port"] or "" for one in found if one]
    named = (one if "/" in one else one.lower() for one in hosts)  # or it is a socket's folder
    return ",".join(named), ",".join(ports) if any(ports) else ""


_HOST = re.compile(r"(?:\[(?P<six>[^]\[]*)\]|(?P<host>[^:\[\]]*))(?::(?P<port>[0-9]{0,5}))?")
"""A host with its port: its name, or an address in brackets."""

_EXAMPLE = "such as postgresql://host/db?case=syria"


def _known() -> list[str]:
    return ["case", *sorted(_OPTIONS)]


def _check_case(case: str) -> None:
    if not case:
        raise _unreadable("names no case", _EXAMPLE)
    try:
        size = len(case.encode())
    except UnicodeEncodeError as error:
        raise _unreadable("names a case that is not UTF-8", _EXAMPLE) from error
    if size > _LONGEST:
        raise _unreadable(
            f"names a case with {size} bytes, and {_LONGEST} are the most", "shorten it"
        )
    if not case.isprintable():
        raise _unreadable("names a case with control characters", _EXAMPLE)
    if case.startswith("pg_") or case == "information_schema":
        raise _unreadable(f"names {case}, which is the server's own", "name the case otherwise")


def _unreadable(why: str, hint: str) -> UsageError:
    return UsageError(f"the address of the case {why}", hint)
