"""The event at hand, in the first line of the screen."""

from store.model.dates import long_or_latest
from store.model.labels import flag_texts
from store.model.vocabulary import EVENT_TYPES
from tui.draw.marks import FLAGGED, MACHINE, named
from tui.draw.phrases import facts_said
from tui.session.views import EventAnswer


def event_facts(event: EventAnswer) -> str:
    """The facts of the event: judgements, maker, type, date, place, data set and oddities."""
    row = event.row
    planned = "planned " if row.planned else ""
    said = facts_said(one for one in event.said if one.judgement.about == row.id)
    made = f"{MACHINE} machine-made" if row.machine else ""
    odd = f"{FLAGGED} {'; '.join(flag_texts(row.flags))}" if row.flags else ""
    what = planned + EVENT_TYPES[row.type].label
    place = named(row.place)
    facts = (said, made, what, long_or_latest(row.edtf, row.at_latest), place, row.dataset, odd)
    return " · ".join(fact for fact in facts if fact)
