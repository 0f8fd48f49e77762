"""The facts that matter about a source as an origin, such as the party for which it speaks."""

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from store.model.records import Source
from store.model.vocabulary import SourceKind


class Speaker(NamedTuple):
    """The facts that matter about a source as an origin.

    An `unnamed` one is no known origin, such as "police"; a `vague` one, moreover,
    may be anybody, such as "witnesses". `party` is the id of the actor that it is
    or speaks for. `fights` says that it is a belligerent, and `press` that it
    reports what is new, as an outlet does but a monitor or an NGO need not.
    """

    unnamed: bool = False
    vague: bool = False
    party: str = ""
    fights: bool = False
    press: bool = True


NOBODY = Speaker()
"""A source of which only the id matters."""

Speakers = Mapping[str, Speaker]
"""The sources of which more than the id matters, by their ids."""


_KEEPING = (SourceKind.MONITOR, SourceKind.NGO, SourceKind.OFFICIAL, SourceKind.DATA_SET)
"""The kinds of sources that keep records, and report events long after them."""

_ANYBODY = re.compile(
    r".*\b(?:sources?|reports?|media|witness(?:es)?|eyewitness(?:es)?|residents?|locals?|activists?"
    r"|tv|television|people|observers?|users?|speaker)",
    re.IGNORECASE,
)
"""Names of sources that may be anybody, and so may be the same as the other source."""


def speaker_of(source: Source) -> Speaker:
    """The facts that matter about a source as an origin."""
    unnamed = source.kind is SourceKind.UNNAMED
    return Speaker(
        unnamed=unnamed,
        vague=unnamed and _ANYBODY.fullmatch(source.name) is not None,
        party=source.speaks_for or source.actor or "",
        fights=source.kind is SourceKind.BELLIGERENT,
        press=source.kind not in _KEEPING,
    )


def speakers_of(sources: Iterable[Source]) -> dict[str, Speaker]:
    """The sources of which more than the id matters, by their ids."""
    found = ((one.id, speaker_of(one)) for one in sources)
    return {id: speaker for id, speaker in found if speaker != NOBODY}
