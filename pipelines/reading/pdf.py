"""PDF with a text layer: one document. Needs the extra `pdf` (pypdf)."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import IO

from pipelines.reading.records import RawRecord, Reason, Rejected
from pipelines.reading.single import LARGEST_DOCUMENT, stem

MOST_PAGES = 500


def read(stream: IO[bytes], source_path: str) -> Iterator[RawRecord | Rejected]:
    """The text of a PDF, page by page; what is scanned has none, and is quarantined."""
    try:
        import pypdf
        from pypdf.errors import PyPdfError
    except ImportError:
        detail = "PDF needs the extra of that name: `make -B install EXTRAS=pdf` in newsledger's folder adds it."
        yield Rejected(source_path, None, "read", Reason.UNSUPPORTED, detail)
        return
    content = stream.read(LARGEST_DOCUMENT + 1)
    if len(content) > LARGEST_DOCUMENT:
        yield Rejected(source_path, None, "read", Reason.TOO_LARGE, f"A PDF of more than {LARGEST_DOCUMENT:,} bytes.")
        return
    try:
        document = pypdf.PdfReader(io.BytesIO(content))
        if document.is_encrypted and not document.decrypt(""):
            yield Rejected(source_path, None, "read", Reason.ENCRYPTED, "The PDF is locked with a password.")
            return
        if len(document.pages) > MOST_PAGES:
            detail = f"{len(document.pages)} pages: a book, not an article (at most {MOST_PAGES})."
            yield Rejected(source_path, None, "read", Reason.TOO_LARGE, detail)
            return
        text = "\n\n".join(page.extract_text() for page in document.pages).strip()
        about = document.metadata
        title, author = (about.title, about.author) if about else (None, None)
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError, OSError) as error:
        detail = f"The PDF is damaged: {str(error)[:200]}. Fetch it again."
        yield Rejected(source_path, None, "read", Reason.TRUNCATED, detail)
        return
    if not text:
        detail = "The PDF has no text layer: scanned pages have to be read by OCR first."
        yield Rejected(source_path, None, "read", Reason.EMPTY, detail)
        return
    # When a PDF was made says nothing of when its text was published.
    yield RawRecord(
        source_path=source_path,
        record_index=0,
        external_id=stem(source_path),
        title=(title or "").strip() or None,
        author=(author or "").strip() or None,
        content=text,
        content_type="text",
    )
