"""Lemmas that the model's lemmatizer has wrong, put right where a stored parse is read."""

import pytest

from pipelines.language.annotations import parse_text


@pytest.mark.parametrize(
    ("sentence", "form", "lemma"),
    [
        ("They waged a war for years.", "waged", "wage"),
        ("The dog wagged its tail.", "wagged", "wag"),
        ("The court fined the bank on Monday.", "fined", "fine"),
        ("Kenya forgave the debt.", "forgave", "forgive"),
        ("Troops retook the town.", "retook", "retake"),
        ("They stopped the convoy.", "stopped", "stop"),
        ("The cease-fire held for a week.", "fire", "ceasefire"),
        ("The fire burned for a week.", "fire", "fire"),
    ],
)
def test_lemma(sentence: str, form: str, lemma: str) -> None:
    assert [t.lemma for t in parse_text(sentence).tokens if t.lower == form] == [lemma]
