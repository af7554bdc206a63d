"""Descriptions of aid projects as training arrays: which words a row's countries and years are found in."""

from __future__ import annotations

from typing import Any

from pipelines.language.annotations import parse_text
from pipelines.language.parse import Article
from training.reader.descriptions import MOST_OF_SECTOR, anchors_of, chosen, is_held_out
from training.reader.labelled_document import Document
from training.reader.prepare import sector_number

TEXT = (
    "Norway pays for a clinic in Chad. In May 2009 the Norwegian ambassador signed an agreement over $4 million with the Chadian "
    "government. A second phase is planned for 2012."
)


def _document(text: str) -> Document:
    label: dict[str, Any] = {"document_id": "doc_test", "text": text, "events": [], "figures": [], "mentions": []}
    return Document(Article("doc_test", text, published_on=None), parse_text(text), label)


def _words(document: Document, found: list[int] | None) -> list[str]:
    return [document.parse.tokens[i].text for i in found or ()]


def test_a_flow_leads_to_the_words_of_its_sentence_that_stand_for_its_countries_and_year() -> None:
    document = _document(TEXT)
    start = TEXT.index("$4 million")
    flow = {
        "start": start, "end": start + 10, "donor_iso3": "NOR", "recipient_iso3": "TCD", "year": 2009, "purpose_code": "12220",
        "flow": "grant", "stage": "commitment",
    }  # fmt: skip
    (anchor,) = anchors_of(document, {"id": "aidc-1", "flows": [flow]})
    assert "ambassador" in _words(document, anchor["links"]["payer"])
    assert "government" in _words(document, anchor["links"]["payee"])
    assert "Norway" not in _words(document, anchor["links"]["payer"])  # another sentence
    assert len(anchor["links"]["time"]) == 1
    assert anchor["sector"] == sector_number("120") >= 0
    (unknown,) = anchors_of(document, {"id": "aidc-1", "flows": [flow | {"donor_iso3": "PER", "year": 1999}]})
    assert unknown["links"]["payer"] is None
    assert unknown["links"]["time"] is None


def test_of_each_sector_as_many_as_are_wanted_and_none_that_figures_are_quoted_on() -> None:
    aid = [{"id": f"aidc-{i}", "flows": []} for i in range(400)]
    purposes = [
        {"id": f"p-{i}-{code}", "purpose_code": code} for i in range(80) for code in ("11220", "72010", "99999")
    ]
    found = chosen(aid, purposes)
    kept = [i for i in found if i.startswith("aidc")]
    assert 240 < len(kept) < 320
    assert not any(map(is_held_out, kept))
    assert sum(i.startswith("p-") for i in found) == 2 * MOST_OF_SECTOR


def test_codes_of_other_levels_have_their_sector() -> None:
    assert sector_number("23630") == sector_number("230") >= 0
    assert sector_number("150") == sector_number("15110") == sector_number("151")
    assert sector_number(None) == sector_number("") == -1
