"""What the reader says of who words are decides where names and distances leave it open."""

from __future__ import annotations

import pytest

from pipelines.extract.actors.document_actors import DocumentActors
from pipelines.extract.actors.find import find_actors
from pipelines.language.parse import Article, Parse
from pipelines.reader.readings import Link, MentionReading
from tests.unit.extract.reading import PUBLISHED, parsed

BOTH = "Envoys of Kenya and Chad met on Monday. Nobody had expected it. The government denied the report."
FIRM = "Officials of Peru and Ghana met in Lima on Monday. Zorbano Holding paid 3 million dollars to both of them."


def _word(parse: Parse, text: str) -> int:
    return next(t.index for t in parse.tokens if t.text == text)


def _pointing(text: str, word: str, relation: str, to: str) -> DocumentActors:
    parse = parsed(text)
    mention = MentionReading(_word(parse, word), (Link(relation, _word(parse, to), 0.95),))
    return find_actors(Article("doc_test", text, published_on=PUBLISHED), parse, mentions=(mention,))


@pytest.mark.parametrize("state", ["Kenya", "Chad"])
def test_the_word_that_it_points_at_is_who_is_meant(state: str) -> None:
    actors = _pointing(BOTH, "government", "same", state)
    found = actors.who(_word(actors.parse, "government"))
    assert found is not None
    assert [actors.entities[e].name for e in found.entities] == [state]


@pytest.mark.parametrize(("state", "code"), [("Peru", "PER"), ("Ghana", "GHA")])
def test_a_name_without_a_state_gets_the_one_pointed_at(state: str, code: str) -> None:
    actors = _pointing(FIRM, "Zorbano", "state", state)
    entity = actors.entity_at(actors.parse.tokens[_word(actors.parse, "Zorbano")])
    assert entity is not None
    assert (entity.country, entity.country_basis) == (code, "inferred")


def test_nothing_said_changes_nothing() -> None:
    parse = parsed(BOTH)
    article = Article("doc_test", BOTH, published_on=PUBLISHED)
    plain, told = find_actors(article, parse), find_actors(article, parse, mentions=())
    assert plain.entities
    assert [plain.who(t.index) for t in parse.tokens] == [told.who(t.index) for t in parse.tokens]
