"""Lines of an article that look like labels, notices or feet of an export, and are text."""

from __future__ import annotations

import time

from pipelines.reading import exports
from pipelines.reading.closing_lines import closed_by_database
from pipelines.reading.export_headers import labelled


def test_the_first_line_below_an_empty_label_is_text() -> None:
    text = "Title: Wells\nDate: 14 May 2013\nSection:\nThe first line.\n\nSecond line.\n\nThird."
    body = labelled(text).body
    assert body.startswith("The first line.")


def test_a_paragraph_on_copyright_ends_no_article() -> None:
    text = (
        "Le Courrier\nTuesday, May 14, 2013\n\nReform of rights\n\nThe senate met on Tuesday to hear the ministers.\n\n"
        "Copyright reform was debated all day.\n\nThe rest was put off.\n\n© 2013 Le Courrier\n\nnews·20130514·MS·0001\n"
    )
    found = closed_by_database(text)
    assert found
    assert "The rest was put off." in found[0].body


def test_a_day_in_the_body_is_not_the_header_s() -> None:
    body = "\n".join(f"Paragraph {n} of it." for n in range(20))
    text = f"2013 WLNR 123456\nSome Paper\nTitle here\n\n{body}\n\nMay 14, 2013\n\nLast.\nEND OF DOCUMENT\n"
    found = closed_by_database(text)
    assert found
    assert "Paragraph 9 of it." in found[0].body


def test_feet_of_pages_are_sought_once_in_a_run_of_blank_lines() -> None:
    text = "Document ABCDEF0020130514e95e0001x\n" + "\n" * 30_000 + "End."
    started = time.process_time()
    exports.split(text)
    assert time.process_time() - started < 3
