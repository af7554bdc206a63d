"""Which language a text is in, told by py3langid where there is enough of it to be sure."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from py3langid.langid import MODEL_FILE, LanguageIdentifier

ENGLISH = "en"
# What is looked at, and the fewest letters that tell: a list of shares or scores is in no language.
_HEAD = 1500
_FEWEST_LETTERS = 80
_SURE = 0.95
_LETTER = re.compile(r"[^\W\d_]")
_CODE = re.compile(r"[A-Za-z]{2}\b")


def language_of(text: str, declared: str | None) -> str | None:
    """ISO 639-1 code of a text's language: what its words tell where they are many and sure, else what its source declares.

    None where neither tells. A declared code comes without its region ("en-GB" is "en").
    """
    declared_code = _CODE.match(declared.strip()) if declared else None
    given = declared_code[0].lower() if declared_code else None
    head = text[:_HEAD]
    if len(_LETTER.findall(head)) < _FEWEST_LETTERS or head.isupper():
        return given  # the model knows no text in capitals
    code, probability = _identifier().classify(head)
    return str(code) if probability >= _SURE else given


def is_foreign(language: str | None) -> bool:
    """Whether a text is in a language that is not extracted from."""
    return language is not None and language != ENGLISH


@cache
def _identifier() -> Any:
    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)
