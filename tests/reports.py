"""A case of any number of articles on one event, many of which quote one monitor, and disagree."""

from pathlib import Path
from typing import cast

from msgspec.structs import replace

from store.model.records import Claim, Event
from store.model.values import AnyValue, Coded, Control, Count, When
from store.model.vocabulary import ControlState, EventType, Kind, Qualifier, Stance
from tests.small import SmallCase

EVENT = "evt_Rebels take Northtown"

PUBLISHERS = ("The Daily Paper", "Radio Two", "Northern Herald", "Evening Post and Courier", "")
STANCES = {3: Stance.DENIES, 5: Stance.DOUBTS}
LONG = (
    "Rebels take Northtown after three days of heavy fighting in the northern suburbs as the army"
    " falls back towards the river and thousands of families leave on foot and by car"
)


class Reports(SmallCase):
    """The event, a part of it, and the town; then an article for each `report`."""

    def __init__(self) -> None:
        super().__init__()
        self.monitor = self.source("SOHR")
        self.agency = self.source("State agency")
        self.papers = {name: self.source(name) for name in PUBLISHERS if name}
        self.rebels, self.army = self.actor("The rebels"), self.actor("The army")
        self.town = self.place("Northtown")
        self.falls = self.event("Rebels take Northtown", type=EventType.CAPTURE)
        self.fight = self.event("Fighting in the northern suburbs", type=EventType.CLASH)
        part = cast(Event, self.tables["events"][self.fight])
        self.tables["events"][self.fight] = replace(part, part_of=self.falls)

    def report(self, number: int) -> None:
        """Add the article with this number, and its claims."""
        name = PUBLISHERS[number % len(PUBLISHERS)]
        day = 5 + number % 4
        killed = ("12", "12", "at least 20", "dozens of")[number % 4]
        how = ("without a fight", "after heavy fighting")[number % 2]
        text = (
            f"NORTHTOWN - This is report {number}, written in a hurry.\n\n"
            f"The rebels took Northtown {how} on {day} December, residents said. The front had"
            " not moved for four years, and few had expected that it would move now.\n\n"
            f"The Observatory counted {killed} civilians killed in the northern suburbs. The army"
            " spoke of a regrouping; the rebels hold the centre of the town and the road to the"
            " south. Nothing of this could be verified, and the lines were down in the evening."
        )
        article = self.article(
            f"{number:02}",
            text,
            title=None if number % 5 == 4 else LONG if number % 3 == 0 else f"Report {number}",
            publisher=self.papers.get(name),
            published=None if number == 7 else f"2024-12-{5 + number % 6:02}T{number % 24:02}:15Z",
        )
        via = (self.monitor,) if number % 5 else (self.agency,)
        stance = STANCES.get(number % 7, Stance.ASSERTS)
        self.claim(self.falls, article, "The rebels took Northtown", stance=stance)
        self.claim(
            self.falls,
            article,
            f"on {day} December",
            kind=Kind.DATE,
            value=When(edtf=f"2024-12-{day:02}", printed=f"on {day} December"),
        )
        self.placed(self.falls, article, "Northtown", self.town)
        self.acted(self.falls, article, "The rebels", self.rebels)
        told = Coded(scheme="resistance", code=how[:4].strip(), label=how, printed=how)
        self.claim(self.falls, article, how, kind=Kind.MANNER, value=told)
        self.count(article, f"{killed} civilians", killed, chain=via)
        if number % 3 == 0:
            self.hold(article, day)

    def count(self, article: str, exact: str, printed: str, *, chain: tuple[str, ...]) -> None:
        """Add the article's number of killed in the suburbs."""
        number = 20 if "20" in printed else 24 if "dozens" in printed else 12
        qualifier = {12: Qualifier.EXACT, 20: Qualifier.AT_LEAST, 24: Qualifier.DOZENS}[number]
        most = number if qualifier is Qualifier.EXACT else None
        value = Count(min=number, max=most, qualifier=qualifier, printed=printed)
        self.more(
            self.claim(self.fight, article, exact, kind=Kind.FATALITIES, value=value, chain=chain),
            scope="civilians",
        )

    def hold(self, article: str, day: int) -> None:
        """Add the article's state of the rebels' control."""
        state = ControlState.HELD if day % 2 else ControlState.ENTERED
        value = Control(holder=self.rebels, state=state, printed="hold the centre")
        claim = self.claim(
            self.town, article, "hold the centre of the town", kind=Kind.CONTROL, value=value
        )
        self.more(claim, as_of=When(edtf=f"2024-12-{day:02}"), note="the day of the report")

    def more(self, claim: str, **fields: str | When | AnyValue) -> None:
        """Set other fields of a claim."""
        found = cast(Claim, self.tables["claims"][claim])
        self.tables["claims"][claim] = replace(found, **fields)


def reported(path: Path, articles: int) -> Path:
    """Write the case with a number of articles to a file."""
    case = Reports()
    for number in range(1, articles + 1):
        case.report(number)
    return case.write(path)
