"""Whom words stand for: pure look-ups, once found."""

from __future__ import annotations

import random
from copy import deepcopy

from pipelines.extract.actors.document_actors import DocumentActors
from pipelines.extract.actors.find import find_actors
from pipelines.language.parse import Article
from tests.unit.extract.reading import PUBLISHED, parsed

TEXT = (
    "Kenyan President John Otieno visited Chad on Monday. He thanked the government for its help. Senior Chadian "
    "officials said the two countries would open the border. Russian troops left the town, and police arrested them."
)


def actors_of(text: str) -> DocumentActors:
    return find_actors(Article("doc_test", text, published_on=PUBLISHED), parsed(text))


def asked(actors: DocumentActors, word: str) -> list[str]:
    token = next(t for t in actors.parse.tokens if t.text == word)
    found = actors.who(token.index)
    return [] if found is None else [actors.entities[i].name for i in found.entities]


def test_asking_in_any_order_changes_nothing() -> None:
    actors = actors_of(TEXT)
    order = [t.index for t in actors.parse.tokens]
    assert order
    before = (list(actors.mentions), [e.name for e in actors.entities])
    first = {i: actors.who(i) for i in order}
    random.Random(3).shuffle(order)
    again = {i: actors.who(i) for i in order}
    assert again == first
    assert (list(actors.mentions), [e.name for e in actors.entities]) == before
    fresh = actors_of(TEXT)
    assert {i: fresh.who(i) for i in order} == first


def test_every_word_of_a_phrase_answers_for_it() -> None:
    actors = actors_of(TEXT)
    assert asked(actors, "Russian") == asked(actors, "troops") == ["Russia"]
    assert asked(actors, "Senior") == asked(actors, "officials") == ["Chad"]
    assert asked(actors, "He") == ["John Otieno"]
    border = actors.who(next(t.index for t in actors.parse.tokens if t.text == "border"))
    assert border is None or border.stands < 0.5


def test_a_pair_is_two_actors() -> None:
    actors = actors_of("Germany and France signed a treaty on Monday. The two countries said they would cooperate.")
    assert sorted(asked(actors, "countries")) == ["France", "Germany"]


def test_an_answer_says_how_sure_it_is() -> None:
    actors = actors_of(TEXT)
    token = next(t for t in actors.parse.tokens if t.text == "government")
    found = actors.who(token.index)
    assert found is not None
    assert 0 < found.probability <= 1
    assert found.runner_up is not None
    assert found.runner_up[1] <= found.probability


def test_a_group_is_of_the_state_that_its_own_words_tell() -> None:
    def state_of(text: str, word: str) -> set[str | None]:
        actors = actors_of(text)
        answer = actors.who(next(t for t in actors.parse.tokens if t.text == word).index)
        assert answer is not None
        return {actors.entities[e].country for e in answer.entities}

    assert state_of("Brazil asked Danish banks for 40 million dollars, and the banks refused.", "banks") == {"DNK"}
    assert state_of("Moldova accused pro-Russian insurgents of an attack on a bridge.", "insurgents") != {"RUS"}


def test_looking_up_writes_nothing() -> None:
    actors = actors_of(TEXT)

    def state() -> dict[str, object]:
        return {name: deepcopy(v) for name, v in vars(actors).items() if name not in ("parse", "article")}

    before = state()
    assert before["mentions"]
    of_token = (
        actors.participants, actors.mention_at, actors.mentions_at, actors.entity_at, actors.place_at, actors.mentions_before,
    )  # fmt: skip
    for token in actors.parse.tokens:
        actors.who(token.index)
        for look_up in of_token:
            look_up(token)
    subjects = [m.text for m in actors.mentions if actors.is_subject(m)]
    assert "He" in subjects
    assert "Chad" not in subjects
    _ = (
        actors.named_tokens(),
        actors.places(),
        actors.home_but("KEN"),
        actors.home_not("TCD"),
        actors.known_state("FRA"),
    )
    assert state() == before
