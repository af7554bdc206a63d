"""Full stops of abbreviations end no sentence."""

import pytest

from pipelines.language.annotations import parse_text


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("The ferry costs 30 million euros (approx. $33 million) and sails in May.", 1),
        ("Austria gave Benin 9 Mio. euros for wells.", 1),
        ("India gave Bhutan Rs. 35 crore on Monday. Bhutan thanked it.", 2),
        ("The works took 4 bn. Benin paid half of it.", 2),
        ("The minister said no. Talks ended.", 2),
    ],
)
def test_where_sentences_end(text: str, sentences: int) -> None:
    assert len(parse_text(text).sentences) == sentences
