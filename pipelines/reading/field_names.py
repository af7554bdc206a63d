"""Names that exporters, crawlers and interfaces give to the fields of an article, and to what they wrap articles in."""

from __future__ import annotations

import re

# Best first.
SYNONYMS: dict[str, tuple[str, ...]] = {
    "text": (
        "text", "content", "body", "article", "maintext", "article_text", "articlebody", "doc_text", "story", "full_text",
        "content_text", "body_text", "plain_text", "story_text", "news_text", "main_text", "main_content", "clean_text", "transcript", "paragraphs",
        "post_content", "article_content", "news_content", "story_body", "full_content", "raw_text", "text_content", "document_text", "page_text",
        "extracted_text", "contents", "selftext", "article_text_clean", "cleaned_text", "news_body", "text_body", "body_text_summary", "sentences", "blocks", "content_elements",
        "inhalt", "contenu", "contenido", "texte", "texto",
    ),
    # a summary is read where there is no text
    "teaser": ("lead_paragraph", "abstract", "abstract_note", "description", "summary", "snippet", "excerpt", "standfirst", "trail_text", "teaser", "lead", "dek", "opening_text", "hit_sentence"),
    "html": ("html", "raw_html", "content_html", "body_html", "html_content", "content:encoded", "article_html"),
    "id": (
        "id", "uid", "_id", "doc_id", "docid", "stories_id", "document_id", "article_id", "body id", "articleid", "guid", "itemid", "newid", "newsid", "docno",
        "uuid", "nid", "post_id", "story_id", "item_id",
    ),
    "title": (
        "title", "headline", "headlines", "head", "title_page", "web_title", "article_title", "post_title", "news_title", "story_title", "heading", "doc_title", "titel", "titre", "titulo", "título",
    ),
    "published_on": (
        "published_on", "published_at", "date", "publish_date", "date_publish", "published", "published_date", "date_published", "pubdate", "pub_date",
        "datepublished", "publication_date", "firstcreated", "versioncreated", "created_at", "timestamp",
        "web_publication_date", "seendate", "date_gmt", "first_publication_date", "pubtime", "published_parsed", "publication_datetime", "article_date",
        "news_date", "post_date", "posted_at", "posted", "issued", "display_date", "release_date", "date_time_pub", "datetime", "date_time",
        "publish_time", "published_time", "publishing_date", "date_of_publication", "created", "date_created", "creation_date", "created_utc", "time", "datum", "fecha",
    ),
    "url": ("url", "link", "web_url", "source_url", "uri", "canonical_url", "short_url", "permalink", "article_url", "news_url", "page_url", "requested_url"),
    "publisher": (
        "source", "publisher", "provider_name", "site", "source_domain", "source_name", "newspaper", "outlet", "provider", "media_name", "publication", "domain",
        "site_name", "source_title", "publication_name", "newspaper_name", "clean_url", "source_id", "feed_title", "journal", "news_source", "distributor", "publication_title", "quelle", "fuente",
    ),
    "author": ("author", "authors", "byline", "creator", "author_name", "writer", "reporter"),
    "language": ("language", "lang", "meta_lang", "language_code"),
}  # fmt: skip


def folded(name: str) -> str:
    """A name as it is compared: exporters write publish_date, publishDate and Publish-Date, and _source.title where they flatten objects."""
    return _SEPARATORS.sub("", _FLATTENED.sub("", name.lower()))


_FLATTENED = re.compile(r"^(?:(?:_source|fields|attributes|article|data|doc|document|node|item)\.)+(?=\w)")
_SEPARATORS = re.compile(r"[_\- ]+")
FOLDED = {field: tuple(dict.fromkeys(map(folded, names))) for field, names in SYNONYMS.items()}
TEXTS = (*FOLDED["text"], *FOLDED["html"], *FOLDED["teaser"])
# Keys under which feeds and interfaces keep their articles, or an article its fields.
WRAPPERS = (
    "items", "articles", "entries", "documents", "docs", "results", "records", "stories", "posts", "rows", "hits", "data", "response", "result",
    "feed", "item", "article", "_source", "news", "rss", "channel", "@graph", "attributes", "fields", "post", "story", "document", "doc", "entry", "payload",
    "message", "node", "object", "objects", "row", "edges", "nodes", "value", "list", "newsitems", "news_results", "search_results", "bindings",
)  # fmt: skip
# The one value that an object stands for: {"rendered": "<p>…"}, {"main": "…"}, {"$oid": "…"}, {"name": "…"}.
INNER = (
    "rendered", "main", "basic", "name", "original", "value", "#text", "$t", "_text", "__text", "_cdata", "__cdata", "raw", "text", "body", "content", "plain",
    "html", "p", "paragraph", "bodytextsummary", "bodyhtml", "label", "default", "title", "$oid", "en", "children", "data", "blocks", "paragraphs", "domain",
)  # fmt: skip
