"""Findings of persons on two articles, turned into what each article and publisher counts as.

Findings join by steps: if one and two are of one house, and two and three are,
so are one and three. Of several findings on the same two articles the last holds.
A finding that two are apart joins nothing. Two versions of one article count as one text
without any finding, until a person finds them apart.
"""

from collections.abc import Callable, Collection, Hashable, Iterable, Mapping
from typing import TypeVar

from store.analysis.sourced_claim import (
    HOUSE,
    NO_KINSHIPS,
    UNKNOWN,
    ArticleFacts,
    KinshipIndex,
    copy_of,
    own_origin,
    text_of,
)
from store.analysis.speakers import Speakers
from store.model.judgements import Kinship, KinshipKind

T = TypeVar("T", bound=Hashable)

_NONE_EARLIER: Mapping[str, str] = {}


def standing(findings: Iterable[Kinship]) -> list[Kinship]:
    """The findings that hold: the last one on each pair of articles."""
    found: dict[frozenset[str], Kinship] = {}
    for one in sorted(findings, key=lambda one: (one.at, one.id)):
        found[frozenset((one.about, one.other))] = one
    return list(found.values())


def kin_of(
    findings: Iterable[Kinship],
    articles: Mapping[str, ArticleFacts],
    speakers: Speakers,
    earlier: Mapping[str, str] = _NONE_EARLIER,
) -> KinshipIndex:
    """An index of what articles and publishers count as; `articles` holds all that are named.

    `earlier` is the version before of each article that is a later version.
    """
    held = standing(findings)
    apart = {frozenset((one.about, one.other)) for one in held if one.verdict is KinshipKind.APART}
    later = {one: of for one, of in earlier.items() if frozenset((one, of)) not in apart}
    pairs = [
        (one.verdict, articles[one.about], articles[one.other])
        for one in held
        if one.verdict is not KinshipKind.APART
    ]
    if not pairs and not later:
        return NO_KINSHIPS
    same = [(a, b) for verdict, a, b in pairs if verdict is KinshipKind.SAME_TEXT]
    same += [(articles[one], articles[of]) for one, of in later.items()]
    houses = [(a, b) for verdict, a, b in pairs if verdict is KinshipKind.ONE_HOUSE]
    copies = joined(((copy_of(a), copy_of(b)) for a, b in same), min)
    of_copies = KinshipIndex(copies, {}, {}, {})

    def origin(article: ArticleFacts) -> str:
        return own_origin(article, speakers, of_copies)

    voices: dict[str, tuple[bool, str, str]] = {}
    for article in (one for pair in same for one in pair):
        published = article.published.at if article.published else "9999"
        voice = (article.publisher is None, published, origin(article))
        copy = copy_of(article, of_copies)
        voices[copy] = min(voice, voices.get(copy, voice))
    return KinshipIndex(
        copies,
        joined(((origin(a), origin(b)) for a, b in houses), _house),
        {copy: origin for copy, (*_, origin) in voices.items()},
        _numbered(later, articles),
    )


def _numbered(later: Mapping[str, str], articles: Mapping[str, ArticleFacts]) -> dict[str, int]:
    """The number of the version of each text that has several, the first being 1."""
    found: dict[str, int] = {}
    for id in {*later, *later.values()}:
        seen, at = {id}, id
        while at in later and later[at] not in seen:
            at = later[at]
            seen.add(at)
        text = text_of(articles[id])
        found[text] = min(len(seen), found.get(text, len(seen)))
    return found


def _house(origins: Iterable[str]) -> str:
    """The origin that represents a house: one of its sources, if any is known."""
    found = sorted(origins)
    known = [origin for origin in found if not origin.startswith(UNKNOWN)]
    return known[0] if known else HOUSE + found[0].removeprefix(UNKNOWN)


def joined(pairs: Iterable[tuple[T, T]], first: Callable[[Iterable[T]], T]) -> dict[T, T]:
    """The representative of each thing that is joined by steps: the `first` of its group."""
    group_of: dict[T, list[T]] = {}
    for one, other in pairs:
        a, b = group_of.setdefault(one, [one]), group_of.setdefault(other, [other])
        if a is not b:
            a.extend(b)
            group_of.update(dict.fromkeys(b, a))
    stands = {id(group): first(group) for group in group_of.values()}
    return {one: stands[id(group)] for one, group in group_of.items()}


def unlike(one: KinshipIndex, other: KinshipIndex) -> set[str]:
    """The sources, and the texts before findings, that the two indexes count differently."""
    origins = {
        key
        for a, b in zip(one, other, strict=True)
        for key in {*a, *b}
        if a.get(key, key) != b.get(key, key)
    }
    return _keys((one, other), origins)


def voiced_by(kin: KinshipIndex, sources: Collection[str]) -> set[str]:
    """The other sources, and the texts, whose words count as those of the given sources."""
    houses = {origin for origin, house in kin.houses.items() if house in sources}
    texts = {copy for copy, voice in kin.voices.items() if kin.houses.get(voice, voice) in sources}
    return _keys((kin,), houses | texts).difference(sources)


def _keys(indexes: Collection[KinshipIndex], origins: Iterable[str]) -> set[str]:
    """The sources and the texts of these origins and texts, with the copies that they stand for."""
    keys = {origin.removeprefix(UNKNOWN).partition(":")[0] for origin in origins}
    return keys | {copy for kin in indexes for copy, stands in kin.copies.items() if stands in keys}
