"""What training learns of who words are: from a word for an actor to its other words and to those that tell its state."""

from __future__ import annotations

from typing import Any

from pipelines.language.annotations import parse_text
from pipelines.language.parse import Article
from training.reader.labelled_document import Document
from training.reader.mention_targets import mention_anchors

TEXT = (
    "Peru sent envoys to Ghana. The Peruvian insurgent Oscar Quispe met them in Accra. Lima said that the insurgent had no office. "
    "A volunteer from the audience clapped."
)


def _mention(words: str, name: str, nth: int = 0) -> dict[str, Any]:
    start = -1
    for _ in range(nth + 1):
        start = TEXT.index(words, start + 1)
    return {"start": start, "end": start + len(words), "names": [name], "place": False}


def _anchors(**of_oscar: Any) -> dict[str, dict[str, list[str] | None]]:
    label = {
        "document_id": "doc_test", "text": TEXT, "events": [], "figures": [],
        "actors": [
            {"name": "Peru", "type": "country", "country": "PER"},
            {"name": "Oscar Quispe", "type": "person", "country": "PER"} | of_oscar,
            {"name": "volunteer", "type": "population", "country": None},
        ],
        "mentions": [
            _mention("Lima", "Peru"), _mention("the insurgent", "Oscar Quispe"), _mention("A volunteer", "volunteer"),
            {**_mention("envoys", "Peru"), "names": ["Peru", "Oscar Quispe"]},
        ],
    }  # fmt: skip
    document = Document(Article("doc_test", TEXT, published_on=None), parse_text(TEXT), label)
    words = document.parse.tokens
    return {
        words[a["token"].index].text: {
            relation: None if found is None else [words[i].text for i in found]
            for relation, found in a["links"].items()
        }
        for a in mention_anchors(document)
    }


def test_a_word_leads_to_the_other_words_of_its_actor_and_to_those_of_its_state() -> None:
    found = _anchors()
    assert found["insurgent"]["same"] == ["Quispe"]
    assert {"Peru", "Peruvian"} <= set(found["insurgent"]["state"] or ())
    assert "Ghana" not in (found["insurgent"]["state"] or ())
    assert "Peru" in (found["Lima"]["same"] or ())
    assert "Lima" not in (found["Lima"]["same"] or ())


def test_who_has_no_state_leads_to_none_and_who_has_one_untold_to_nothing_known() -> None:
    assert _anchors()["volunteer"] == {"same": [], "state": []}
    assert _anchors(country=None, country_unknown=True)["insurgent"]["state"] is None


def test_a_word_for_two_actors_teaches_nothing() -> None:
    assert "envoys" not in _anchors()
