"""The hand-coded reports against the gold annotation of three of them.

Both point into the original texts, so they are compared there: `python -m
tests.seeds.gold` prints what the gold asks for, how much of it the coding has,
and everything that is missing or different, with our reason. The reports were
coded before anybody looked at the gold; what it then showed to be a mistake
was corrected, and what is left is in `DECIDED`.
"""

import hashlib
import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from store.model.records import Claim
from store.model.values import Count, Participant, When
from store.model.vocabulary import EventType, Kind, Role
from tests.seeds.test_hama import ORIGINALS, Coded, words

GOLD = ORIGINALS / "gold_three.json"

TYPES = {
    "air_strike": EventType.AIR_STRIKE,
    "prison_release": EventType.PRISON_RELEASE,
    "reinforce": EventType.REINFORCEMENT,
}
"""The types that the gold spells otherwise."""

SOURCES = {
    "ABDULGHANY": "Hassan Abdulghany",
    "ASSAD": "Bashar al-Assad",
    "CARDEN": "David Carden",
    "IRAN": "Iranian government",
    "JOLANI": "Abu Mohammed al-Julani",
    "PESKOV": "Dmitry Peskov",
    "RUS_GOV": "Russian government",
    "SOHR": "Syrian Observatory for Human Rights",
    "SYR_MIL": "Syrian army",
    "SYR_REBELS": "Rebel groups",
    "TURKEY": "Turkish government",
    "USA": "US government",
    "analysts": "Unnamed analysts",
    "media reports": "Unnamed media reports",
}
"""The sources that the gold names otherwise."""

NUMBERS = {
    "killed": Kind.FATALITIES,
    "displaced": Kind.DISPLACED,
    "population": Kind.POPULATION,
}
"""The kinds of claim that count what the gold counts; other numbers are matched by their words."""

DECIDED = {
    "g018": "a listing as terrorist is a designation of HTS by each state, not a statement",
    "g024": "the rebellion of 2011 is 'Armed rebel groups form' (other), apart from the protests",
    "g082": "by what means the US targeted assets is not said, and our attacks are on civilians",
    "g086": "the 27th or the 28th in one date ('one of'), which the gold has as an interval",
    "g089": "the fighting came before the entry on Thursday: an interval that ends there",
    "g103": "Israel against Hezbollah and Hamas is a clash: our attacks are on civilians",
    "g104": "the dead since 2011 are a number of the civil war, not an event of their own",
    "g106": "months after March 2011 and before 'mid-2012', both in the text: an interval",
    "g115": "Israel against Hezbollah and Hamas is a clash: our attacks are on civilians",
    "g118": "'after the fall of Aleppo' and before that of Hama, both in the text: an interval",
    "g123": "'prior to December 5' ends on the 4th, which the gold accepts for the words alone",
    "g133": "a denial is a claim that denies the event, not an event of its own",
    "g134": "an appeal for talks is diplomacy, as is the UN envoy's",
    "g021": "two sides named as one authority: one source, as nobody says who said what",
    "000@3365": "two sides named as one authority: one source, as nobody says who said what",
    "003@7005": "Russia's assurance is given by its spokesman, who is the origin",
    "000@3232": "both Thursdays in one date ('one of'), which the gold accepts for the event",
    "003@260": "the 27th or the 28th in one date ('one of'), which the gold has as an interval",
    "003@2894": "'by mid-2012' is the end of an interval of which the start is not said",
    "003@3183": "read as the date of the last major offensive before, not as a span since then",
}
"""Deliberate differences of the coding: the mention or the place, and the reason."""


@dataclass
class Result:
    """The gold's items of one group, and those of them that the coding has."""

    group: str
    wanted: int = 0
    found: int = 0
    missing: list[tuple[str, str]] = field(default_factory=list)

    def add(self, found: bool, key: str, what: str) -> None:
        """Count one more item of the gold; `key` identifies it in `DECIDED`."""
        self.wanted += 1
        self.found += found
        if not found:
            self.missing.append((key, f"{key} {what}"))

    @property
    def recall(self) -> float:
        """The share that was found."""
        return self.found / self.wanted if self.wanted else 1.0


class Comparison:
    """The gold and the coding, joined by where in the originals they point."""

    def __init__(self, gold: dict[str, Any], coded: Coded) -> None:
        self.gold = gold
        self.coded = coded
        self.claims: dict[str, list[tuple[int, int, Claim]]] = {}
        reports = {article.raw_sha256: article.id for article in coded.articles.values()}
        self.files = {
            article["file"]: reports[hashlib.sha256(read(article["file"])).hexdigest()]
            for article in gold["articles"]
        }
        for claim in coded.claims:
            passage = coded.passages[claim.passage]
            if passage.origin:
                self.claims.setdefault(passage.article, []).append(
                    (passage.origin.start, passage.origin.end, claim)
                )

    def over(self, where: dict[str, Any]) -> list[Claim]:
        """Our claims on passages that overlap a span of the gold."""
        spans = self.claims[self.files[where["file"]]]
        start, end = where["start"], where["end"]
        return [claim for first, last, claim in spans if first < end and start < last]

    def mentions(self, wanted: Callable[[dict[str, Any]], bool]) -> Iterator[dict[str, Any]]:
        """The mentions of the gold that are not optional, and are wanted."""
        return (one for one in self.gold["mentions"] if not one["optional"] and wanted(one))

    def about(self, mention: dict[str, Any], where: dict[str, Any] | None = None) -> list[Claim]:
        """Our claims there whose event is of a type that the mention accepts.

        A state of control is no event of ours but a claim about the place.
        """
        types = {TYPES.get(name, name) for name in (mention["type"], *mention["alt_types"])}
        control = "control" in types
        return [
            claim
            for claim in self.over(where or mention)
            if self.type_of(claim) in types or (control and claim.kind is Kind.CONTROL)
        ]

    def type_of(self, claim: Claim) -> EventType | None:
        """The type of the event that a claim is about; None where it is about something else."""
        event = self.coded.events.get(claim.subject)
        return event.type if event else None

    def results(self) -> list[Result]:
        """Every group."""
        return [
            self.events("event mentions of 2024", background=False),
            self.events("event mentions of the background", background=True),
            self.events("event mentions, by the trigger", trigger=True),
            self.dates(),
            self.undated(),
            self.attributions(),
            self.cited(),
            self.times(),
            self.numbers(),
        ]

    def events(self, group: str, background: bool | None = None, trigger: bool = False) -> Result:
        """Is there a passage of ours about an event of an accepted type?"""
        result = Result(group)
        for mention in self.mentions(lambda one: background in (None, one["background"])):
            where = {**mention["trigger"], "file": mention["file"]} if trigger else mention
            ours = {str(found) for claim in self.over(where) if (found := self.type_of(claim))}
            told = f"{_told(mention)}: ours {sorted(ours)}"
            result.add(bool(self.about(mention, where)), mention["id"], told)
        return result

    def dates(self) -> Result:
        """Is the date of a mention claimed of such an event, as the gold or another reading?"""
        result = Result("dates of mentions")
        for mention in self.mentions(lambda one: bool(one["date"])):
            accepted = {mention["date"], *mention["alt_dates"]}
            ours = {when.edtf for claim in self.about(mention) for when in _whens(claim)}
            told = f"{_told(mention)}: {sorted(accepted)}, ours {sorted(ours)}"
            result.add(bool(accepted & ours), mention["id"], told)
        return result

    def undated(self) -> Result:
        """Does a mention without a date stay without one?"""
        result = Result("mentions without a date that stay so")
        for mention in self.mentions(lambda one: not one["date"]):
            ours = {
                when.edtf
                for claim in self.about(mention)
                if claim.kind is Kind.DATE
                for when in _whens(claim)
                if when.edtf
            }
            result.add(not ours, mention["id"], f"{_told(mention)}: ours {sorted(ours)}")
        return result

    def attributions(self) -> Result:
        """Is each authority of a mention in a chain there, or the speaker of a statement?"""
        result = Result("authorities of mentions")
        for mention in self.mentions(lambda one: bool(one["attribution"])):
            ours = self.names(self.over(mention))
            for authority in mention["attribution"]:
                name = SOURCES.get(authority["source"], authority["source"])
                told = f"{_told(mention)}: {name}, ours {sorted(ours)}"
                result.add(name in ours, mention["id"], told)
        return result

    def cited(self) -> Result:
        """Is each source that is cited in a chain there, the speaker, or one of the article's?"""
        result = Result("sources that are cited")
        for source in self.gold["cited_sources"]:
            article = self.coded.articles[self.files[source["file"]]]
            listed = {self.coded.sources[key].name for key in article.sources}
            ours = self.names(self.over(source)) | listed
            name = SOURCES.get(source["source"], source["source"])
            told = f"{source['text'][:60]!r}: {name}, ours {sorted(ours)}"
            result.add(name in ours, _place(source), told)
        return result

    def names(self, claims: list[Claim]) -> set[str]:
        """The sources that stand behind claims: those of the chains, and who speaks."""
        sources = self.coded.sources
        found = {sources[key].name for claim in claims for key in claim.chain}
        speakers = {
            claim.value.actor
            for claim in claims
            if isinstance(claim.value, Participant) and claim.value.role is Role.SPEAKER
        }
        return found | {source.name for source in sources.values() if source.actor in speakers}

    def times(self) -> Result:
        """Is each expression of time printed there, with the gold's date or another reading?"""
        result = Result("expressions of time")
        for expression in self.gold["time_expressions"]:
            accepted = {expression["edtf"] or "", *expression["alt"]}
            ours = {
                when.edtf
                for claim in self.over(expression)
                for when in _whens(claim)
                if _shares_words(when.printed, expression["text"])
            }
            told = f"{expression['text']!r}: {sorted(accepted)}, ours {sorted(ours)}"
            result.add(bool(accepted & ours), _place(expression), told)
        return result

    def numbers(self) -> Result:
        """Is each number counted there, or printed where it counts no people?"""
        result = Result("numbers")
        wanted = [
            {**number, "file": mention["file"]}
            for mention in self.mentions(lambda one: bool(one["numbers"]))
            for number in mention["numbers"]
        ]
        for number in [*wanted, *self.gold["numbers_outside_events"]]:
            there = self.over(number)
            kind = NUMBERS.get(number["kind"])
            counts = [c.value for c in there if isinstance(c.value, Count) and c.kind is kind]
            if kind:
                found = any((c.min, c.max) == (number["min"], number["max"]) for c in counts)
            else:
                found = any(_shares_words(_printed(claim), number["text"]) for claim in there)
            told = f"{number['text']!r}: ours {[c.printed for c in counts]}"
            result.add(found, _place(number), told)
        return result


def read(file: str) -> bytes:
    """The bytes of an original, which tie the gold's offsets to the coding's."""
    return (ORIGINALS / file).read_bytes()


def _told(mention: dict[str, Any]) -> str:
    return f"{mention['file'][:3]} {mention['type']} {mention['quote'][:60]!r}"


def _place(where: dict[str, Any]) -> str:
    return f"{where['file'][:3]}@{where['start']}"


def _whens(claim: Claim) -> Iterator[When]:
    if isinstance(claim.value, When):
        yield claim.value
    if claim.as_of:
        yield claim.as_of


def _printed(claim: Claim) -> str:
    return claim.value.printed if claim.value else ""


def _shares_words(printed: str, text: str) -> bool:
    ours, golds = words(printed), words(text)
    return bool(ours) and (" ".join(golds) in " ".join(ours) or " ".join(ours) in " ".join(golds))


def main() -> int:
    """Print the comparison, and return the exit code."""
    if not GOLD.exists():
        sys.stderr.write(f"{GOLD} is not part of the project (see CONFLICT_DATA)\n")
        return 1
    for result in Comparison(json.loads(GOLD.read_text("utf-8")), Coded()).results():
        share = f"{result.found} of {result.wanted} ({result.recall:.1%})"
        sys.stdout.write(f"{result.group}: {share}\n")
        for key, what in result.missing:
            sys.stdout.write(f"    {what}\n        {DECIDED.get(key, 'not decided')}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
