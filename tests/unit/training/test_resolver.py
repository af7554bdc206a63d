"""The resolver's training: spans are moved, names matched, the same labels give the same weights."""

from __future__ import annotations

from datetime import date

import numpy as np

from pipelines.extract.actors.candidates import FORMS
from pipelines.extract.actors.find import find_names
from pipelines.extract.actors.lemmas import WIDTH, LemmaTable
from pipelines.extract.actors.options import KINDS
from pipelines.extract.actors.resolve import prepare
from pipelines.extract.facts import Entity
from pipelines.language.annotations import parse_text
from pipelines.language.parse import Article
from training.resolver.documents import Alignment, Labelled, LabelledActor, LabelledMention
from training.resolver.fit import Recipe, fit, flatten
from training.resolver.matching import is_same, state_of_entity
from training.resolver.targets import targets_of

TEXT = "Kenyan President John Otieno visited Chad. He thanked the government. The two countries signed an accord."


def test_spans_are_moved_onto_the_cleaned_text() -> None:
    alignment = Alignment("NAIROBI, May 1 (Agency) - Kenya  thanked\nChad.", "Kenya thanked Chad.")
    assert alignment.move(26, 31) == (0, 5)
    assert alignment.move(41, 45) == (14, 18)
    assert alignment.move(0, 7) is None


def test_labelled_actors_are_matched_to_entities() -> None:
    kenya = LabelledActor("Kenya", "country", "KEN")
    person = LabelledActor("John Otieno", "person", "KEN")
    assert is_same(kenya, Entity(0, "Kenya", "country", "KEN"))
    assert not is_same(kenya, Entity(0, "John Otieno", "person", "KEN"))
    assert is_same(person, Entity(0, "Otieno", "person"))
    assert not is_same(person, Entity(0, "Mary Otieno", "person"))
    assert state_of_entity(Entity(0, "Soviet Union", "country", "SUN"), []) == "RUS"


def _labelled() -> Labelled:
    parse = parse_text(TEXT)
    names = {"He": ("John Otieno",), "the government": ("Chad",), "The two countries": ("Kenya", "Chad")}
    mentions = [LabelledMention(TEXT.index(w), TEXT.index(w) + len(w), who) for w, who in names.items()]
    actors = {
        "Kenya": LabelledActor("Kenya", "country", "KEN"),
        "Chad": LabelledActor("Chad", "country", "TCD"),
        "John Otieno": LabelledActor("John Otieno", "person", "KEN"),
    }
    return Labelled("doc", 0, Article("doc", TEXT, published_on=date(2010, 5, 1)), parse, actors, mentions)


def test_the_same_labels_give_the_same_weights_and_these_learn_them() -> None:
    labelled = _labelled()
    nouns = frozenset({"government", "country"})
    table = LemmaTable(sorted(nouns), np.zeros((2, WIDTH), np.int8), np.zeros(2, np.float32))
    maker = prepare(find_names(labelled.article, labelled.parse), table, nouns)
    assert maker is not None
    targets = targets_of(labelled, maker)
    assert [maker.found[i].head.text for i in targets.rows] == ["He", "government", "countries"]
    assert targets.good.any(axis=1).all()
    features = maker.first_pass()
    pairs = flatten([(features, targets, 1.0)] * 8, by_set=True)
    recipe = Recipe(hidden=8, epochs=40, dropout=0.0, batch=8)
    one, two = (fit(pairs, len(FORMS), len(KINDS), recipe) for _ in range(2))
    assert np.array_equal(one.pair, two.pair)
    scores = one.scores(features)
    best = scores[targets.rows].argmax(axis=1)
    assert targets.good[np.arange(len(best)), best].all()
