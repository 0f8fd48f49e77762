"""The passages of articles of which one of two copies has changed the text."""

from collections.abc import Callable
from typing import Any

import msgspec

from store.custody.branch import Side
from store.custody.shared_redactions import Versions
from store.custody.three_way import Fields, groups
from store.custody.two_copies import Conflict, Copy
from store.database.record_rows import quotes
from store.errors import RefusedChange
from store.model.records import CONTEXT, AnyRecord, Article, Passage

_TEXT = next(group for group in groups(Article) if "text" in group)
_PLACE = next(group for group in groups(Passage) if "start" in group)


def place_passages(
    records: Versions, mine: Copy, theirs: Copy, unedited: Callable[[str], AnyRecord | None]
) -> list[Conflict]:
    """Find passages again in the text that their article has now.

    Where one has no place in it, the article keeps the text of the copy that has the passage,
    which is a conflict. Raises `RefusedChange` where neither text has all passages.
    """
    lost: dict[str, Passage] = {}
    articles: dict[str, Article] = {}
    for id, one in records.items():
        if not isinstance(one, Passage):
            continue
        article = records.get(one.article) or unedited(one.article)
        assert isinstance(article, Article)
        if quotes(one, article):
            continue
        if found := _found_again(one, article):
            records[id] = found
        else:
            lost[article.id], articles[article.id] = one, article
    return [
        _with_other_text(records, article, lost[id], mine, theirs)
        for id, article in sorted(articles.items())
    ]


def is_only_moved(before: Side, now: AnyRecord) -> bool:
    """Tell if a passage only went along with another text of its article: nobody edited it."""
    if not isinstance(before, Passage) or not isinstance(now, Passage):
        return False
    return msgspec.structs.replace(now, **_fields(before, _PLACE)) == before


def _with_other_text(
    records: Versions, article: Article, lost: Passage, mine: Copy, theirs: Copy
) -> Conflict:
    """Give an article the text of the copy that has a passage which the other text has not."""
    for copy, other in ((mine, theirs), (theirs, mine)):
        its = copy.now.get(article.id)
        if not isinstance(its, Article) or its.text == article.text:
            continue
        after = msgspec.structs.replace(article, **_fields(its, _TEXT))
        placed = {
            id: _placed(one, copy.now.get(id), after)
            for id, one in records.items()
            if isinstance(one, Passage) and one.article == article.id
        }
        if all(placed.values()):
            records.update({**placed, article.id: after})
            holds = copy.branch.last_touch(lost.id)
            yields = other.branch.last_touch(article.id, _TEXT)
            return Conflict(after, _TEXT, after, article, holds, yields)
    raise RefusedChange(
        f"passages {lost.id}: its words are not, or not only once, in {article.id}, which has"
        " another text in the other copy",
        "take back what changed the text, in either copy",
    )


def _placed(one: Passage, there: AnyRecord | None, article: Article) -> Passage | None:
    """A passage where it stands in an article, as a copy has it or found again."""
    if quotes(one, article):
        return one
    if isinstance(there, Passage) and quotes(there, article):
        return msgspec.structs.replace(one, **_fields(there, _PLACE))
    return _found_again(one, article)


def _found_again(passage: Passage, article: Article) -> Passage | None:
    """The passage at the one place where its words stand in the article, if there is one."""
    text = (article.title if passage.in_title else article.text) or ""
    start = text.find(passage.exact)
    if start < 0 or text.find(passage.exact, start + 1) >= 0:
        return None
    end = start + len(passage.exact)
    return msgspec.structs.replace(
        passage,
        start=start,
        end=end,
        prefix=text[max(0, start - CONTEXT) : start],
        suffix=text[end : end + CONTEXT],
        text_sha256=article.text_sha256 if not passage.in_title else passage.text_sha256,
    )


def _fields(one: AnyRecord, group: Fields) -> dict[str, Any]:
    return {name: getattr(one, name) for name in group}
