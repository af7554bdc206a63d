"""Contracts of what was read: raw files, documents, their sentences, and what was quarantined."""

from __future__ import annotations

import dataframely as dy

from pipelines.tables import columns


class RawFiles(dy.Schema):
    """Every file under raw/ that the last run saw, and what became of it."""

    source_path = dy.String(primary_key=True, description="Path below the raw folder, with forward slashes.")
    sha256 = dy.String(nullable=True, description="SHA-256 of the file's bytes.")
    size_bytes = dy.Int64(nullable=True, min=0, description="Size of the file in bytes.")
    modified_at = dy.Datetime(
        time_unit="us", time_zone="UTC", nullable=True, description="When the file was last changed."
    )
    records = dy.Int64(nullable=False, min=0, description="Records found in the file.")
    loaded = dy.Int64(nullable=False, min=0, description="Records that are documents of the warehouse.")
    quarantined = dy.Int64(nullable=False, min=0, description="Rows in quarantine that come from the file.")
    duplicates = dy.Int64(
        nullable=False, min=0, description="Records already loaded from the same content in another place."
    )
    status = dy.String(nullable=False, description="ok, partial (some records quarantined), quarantined or copy.")
    batch = dy.String(nullable=True, description="First batch (Dagster partition) that holds its records.")


class Quarantine(dy.Schema):
    """Input that could not be loaded, and rows that could not be published, with the reason. Nothing is lost in silence."""

    source_path = dy.String(nullable=False, description="File, as a path below the raw folder.")
    record_index = dy.Int64(nullable=True, description="Record of the file, from 0; null where the whole file.")
    stage = dy.String(
        nullable=False, description="Where it failed: read, clean, annotate, extract or publish (one row)."
    )
    reason = dy.String(nullable=False, description="Short code of the reason.")
    detail = dy.String(nullable=True, description="What was found, the likely cause and what to do.")
    seen_at = dy.Datetime(time_unit="us", time_zone="UTC", nullable=False, description="When it was quarantined.")


class Documents(dy.Schema):
    """One article, speech or report, cleaned."""

    document_id = columns.document_id(key=True)
    external_id = dy.String(nullable=True, description="The source's own id, or the stem of the file's name.")
    source_path = dy.String(nullable=False, description="File it came from, below the raw folder.")
    record_index = dy.Int64(nullable=False, min=0, description="Record of that file, from 0.")
    publisher = dy.String(nullable=True, description="Who published it, as the input or the dateline says.")
    url = dy.String(nullable=True, description="Where it was published.")
    title = dy.String(nullable=True, description="Headline; it is not part of text.")
    author = dy.String(nullable=True, description="Byline, without 'By'.")
    published_on = dy.Date(nullable=True, description="Day of publication.")
    published_on_basis = dy.String(nullable=True, description="Where that day was read: metadata, dateline, …")
    dateline_place = dy.String(nullable=True, description="Place in the dateline, as printed.")
    dateline_country = columns.country("Country of the dateline's place")
    language = dy.String(
        nullable=True,
        description="ISO 639-1 code, told from the text or by the input; what is not en is not extracted from.",
    )
    text = dy.String(nullable=False, min_length=1, description="Cleaned body; all offsets point into it.")
    char_count = dy.Int32(nullable=False, min=1, description="Length of text in code points.")
    word_count = dy.Int32(nullable=False, min=0, description="Words in text (runs of non-space).")
    text_sha256 = dy.String(nullable=False, description="SHA-256 of text as UTF-8.")
    repairs = dy.List(
        dy.String(nullable=False),
        nullable=False,
        description="What was mended before reading: encoding (mojibake), line breaks (CR and the like), invisible characters, "
        "entities, marks of lines (of quoted mail, of numbered lines), wrapped lines, hyphens (words broken at line ends), chrome (paragraphs around the article left out).",
    )
    duplicate_of = dy.String(
        nullable=True, description="Earliest document of the same story, where this is a copy: equal, edited or cut."
    )
    batch = dy.String(nullable=False, description="Batch (Dagster partition) that loaded it.")
    ingested_at = dy.Datetime(time_unit="us", time_zone="UTC", nullable=False, description="When its batch was read.")


class DocumentCuts(dy.Schema):
    """What cleaning left out of a document, in its order. `documents.text` with each of them put in at `at_char` is the record again.

    Of web pages these are the cuts from the article's text; what stood around it on the page is in the raw file alone.
    """

    document_id = columns.document_id(key=True)
    cut_index = dy.Int32(primary_key=True, min=0, description="Number of the cut in its document, from 0.")
    reason = dy.String(
        nullable=False,
        description="Why it is no body: headline, byline, dateline, date line (their words are in columns of documents), above the "
        "article, repeated by the publisher, known of the publisher, page furniture, title between paragraphs, credit or rights, after the credit, "
        "signature, notice to the reader, aside of the page, title of another story; cover, header or footer of the export.",
    )
    text = dy.String(nullable=False, description="The words that were left out.")
    at_char = dy.Int32(nullable=False, min=0, description="Character of documents.text before which they stood.")
    char_count = dy.Int32(nullable=False, min=0, description="Length of the words in code points.")


class Sentences(dy.Schema):
    """Sentences of each document."""

    document_id = columns.document_id(key=True)
    sentence_index = columns.sentence_index(key=True)
    start_char = columns.start_char()
    end_char = columns.end_char()
