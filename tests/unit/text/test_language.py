"""The language of a text is told where there is enough of it, and taken from the source where there is not."""

from __future__ import annotations

import pytest

from pipelines.text.language import is_foreign, language_of

ENGLISH = "The ministers of both states met in the capital on Monday and agreed on a loan of five million dollars for new roads and schools."
GERMAN = "Die Minister beider Staaten trafen sich am Montag in der Hauptstadt und einigten sich auf einen Kredit über fünf Millionen Dollar für Straßen."


@pytest.mark.parametrize(
    ("text", "declared", "told"),
    [
        (ENGLISH, None, "en"),
        (GERMAN, None, "de"),
        (GERMAN, "en", "de"),
        ("Kurz.", "de-AT", "de"),
        ("Shares +3", None, None),
        ("Shares +3", "English", None),
        (ENGLISH.upper(), None, None),
    ],
)
def test_language_of(text: str, declared: str | None, told: str | None) -> None:
    assert language_of(text, declared) == told


def test_only_a_known_other_language_is_foreign() -> None:
    assert [is_foreign(code) for code in ("en", "de", None)] == [False, True, False]
