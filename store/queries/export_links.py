"""The ties of events, articles and actors: who reports an event, and names whom."""

from collections.abc import Sequence

import msgspec

from store.database.checksums import checked
from store.model.vocabulary import Kind, Stance
from store.reader import Reader


class LinkExport(msgspec.Struct, frozen=True, kw_only=True):
    """An article that says something of an event, with its stance, and the actors it names."""

    event: str
    article: str
    stance: Stance
    dataset_id: str
    actors: tuple[str, ...]

    @property
    def known_from(self) -> tuple[str, ...]:
        """The id of the data set that the article is known from."""
        return (self.dataset_id,)


def export_links(connection: Reader, events: Sequence[int]) -> list[LinkExport]:
    """The articles behind the events with these numbers."""
    marks = ", ".join("?" * len(events))
    named: dict[tuple[int, int], dict[str, None]] = {}
    for event, article, actor in connection.execute(
        f"""SELECT event, article, json_extract({checked("claims", "body")}, '$.value.actor')
        FROM claims WHERE event IN ({marks}) AND kind = ? ORDER BY n""",
        (*events, Kind.PARTICIPANT.value),
    ):
        named.setdefault((event, article), {})[actor] = None
    return [
        LinkExport(
            event=event_id,
            article=article_id,
            stance=Stance(stance),
            dataset_id=dataset,
            actors=tuple(named.get((event, article), ())),
        )
        for event, article, event_id, article_id, stance, dataset in connection.execute(
            f"""SELECT event, article, events.id, articles.id, stance, coalesce(datasets.id, '')
            FROM evidence JOIN events ON events.n = event JOIN articles ON articles.n = article
            LEFT JOIN datasets ON datasets.n = articles.dataset
            WHERE event IN ({marks}) ORDER BY event, article""",
            tuple(events),
        )
    ]
