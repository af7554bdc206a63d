"""What reading hands on: a record as the source has it, or the reason why there is none."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Reason(StrEnum):
    """Why input was quarantined. A closed list: analysts group by it."""

    EMPTY = "empty"
    UNREADABLE = "unreadable"
    UNSUPPORTED = "unsupported"
    NOT_A_FILE = "not_a_file"
    BAD_NAME = "bad_name"
    TOO_LARGE = "too_large"
    TOO_SLOW = "too_slow"
    TRUNCATED = "truncated"
    BINARY = "binary"
    BAD_JSON = "bad_json"
    BAD_CSV = "bad_csv"
    BAD_XML = "bad_xml"
    BAD_MAIL = "bad_mail"
    BOMB = "bomb"
    ENCRYPTED = "encrypted"
    NOT_AN_OBJECT = "not_an_object"
    MISSING_TEXT = "missing_text"
    DUPLICATE_KEY = "duplicate_key"
    NESTING = "nesting"
    NO_BODY = "no_body"
    COLLECTION = "collection"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class Cut:
    """Text that is no body of an article and is kept beside it, with the reason why."""

    reason: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RawRecord:
    """One article as it came: `content` is plain text or HTML (`content_type`), everything else metadata given.

    `source_path` is relative to the raw folder, `record_index` counts the records of the file from 0. `repairs` names what
    was mended in reading (`documents.repairs`), `cuts` what was taken from around the article (`document_cuts`).
    """

    source_path: str
    record_index: int
    content: str
    content_type: str
    external_id: str | None = None
    title: str | None = None
    published_on: date | None = None
    published_on_basis: str | None = None
    url: str | None = None
    publisher: str | None = None
    author: str | None = None
    language: str | None = None
    repairs: tuple[str, ...] = ()
    cuts: tuple[Cut, ...] = ()


@dataclass(frozen=True, slots=True)
class Rejected:
    """Input that was quarantined. `record_index` is None where it is the whole file."""

    source_path: str
    record_index: int | None
    stage: str
    reason: str
    detail: str
