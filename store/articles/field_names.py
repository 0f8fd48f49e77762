"""The usual names of an article's fields in tables, front matter and metadata."""

from collections.abc import Mapping

_NAMES: Mapping[str, str] = {
    "title": "title headline heading article_title news_title",
    "text": "text body content article maintext main_text full_text fulltext article_text"
    " content_text article_body articlebody story body_text",
    "url": "url link source_url web_url weburl article_url permalink canonical_url href",
    "publisher": "source publisher outlet domain site source_name sitename site_name media"
    " publication newspaper source_domain news_source media_name container-title journal",
    "published": "date published published_at publish_date date_publish pub_date pubdate datetime"
    " publication_date published_date publishedat date_published datepublished first_publish_date"
    " webpublicationdate issued timestamp created_at",
    "updated": "updated updated_at modified date_modify lastmod modified_at date_modified"
    " datemodified last_updated",
    "author": "author authors byline creator by",
    "language": "language lang",
    "summary": "summary description abstract standfirst subtitle snippet excerpt deck lead",
    "seen": "seendate seen_date",
}

FIELD_OF_NAME: Mapping[str, str] = {
    name: field for field, names in _NAMES.items() for name in names.split()
}
"""The field of an article by each usual name, in small letters."""
