"""How sure rows are: calibrated chances, of mentions too."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pipelines.extract import sureness
from pipelines.extract.facts import Entity, Mention
from pipelines.extract.sureness import MENTION_FEATURES, mention_features, mention_sureness
from tests.unit.extract.test_who import actors_of


def _mention(mention_type: str, probability: float = 1.0) -> Mention:
    return Mention(0, 0, 0, 0, 1, "x", mention_type, None, probability)


def test_every_kind_of_row_has_a_weight_for_each_feature() -> None:
    weights = json.loads(Path(sureness.__file__).with_name("sureness.json").read_text(encoding="utf8"))
    features = {
        "events": sureness.EVENT_FEATURES, "figures": sureness.FIGURE_FEATURES, "mentions": MENTION_FEATURES,
    }  # fmt: skip
    assert weights.keys() == features.keys()
    for table, names in features.items():
        assert {*names, "intercept"} <= weights[table].keys()
        assert any(weights[table][name] for name in names), table


@pytest.mark.parametrize(
    ("mention_type", "actor_type", "relation", "told"),
    [
        ("name", "country", "nsubj", {"name", "named_state", "name_acts"}),
        ("name", "country", "pobj", {"name", "named_state", "state_behind_preposition"}),
        ("metonym", "country", "pobj", {"metonym", "named_state"}),
        ("nominal", "country", "amod", {"answer", "worded_state", "before_a_noun"}),
        ("pronoun", "person", "nsubj", {"pronoun", "answer", "worded_person"}),
        ("name", "igo", "dobj", {"name"}),
    ],
)
def test_a_mention_tells_how_it_stands_for_what(
    mention_type: str, actor_type: str, relation: str, told: set[str]
) -> None:
    values = mention_features(_mention(mention_type, 0.8), Entity(0, "Chad", actor_type), relation)
    assert {name for name, value in zip(MENTION_FEATURES, values, strict=True) if value} == told


def test_a_likelier_answer_is_surer_and_a_name_says_nothing_by_rule() -> None:
    chad = Entity(0, "Chad", "country", "TCD")
    chances = [mention_sureness(_mention("pronoun", p), chad, "nsubj") for p in (0.45, 0.7, 0.95)]
    assert chances == sorted(chances)
    assert chances[0] < chances[2]
    assert mention_sureness(_mention("name", 1.0), chad, "nsubj") == mention_sureness(
        _mention("name", 0.7), chad, "nsubj"
    )
    assert mention_sureness(_mention("name"), chad, "pobj") < mention_sureness(_mention("name"), chad, "nsubj")


def test_mentions_of_a_text_have_the_calibrated_chance_and_what_rests_on_them_its_own() -> None:
    actors = actors_of("Chad sent troops to Kenya. Its government denied it.")
    assert len(actors.mentions) > 2
    for mention in actors.mentions:
        head = actors.parse.head_of(actors.mention_tokens(mention))
        assert mention.confidence == mention_sureness(mention, actors.entities[mention.entity], head.dep)
        assert 0 < mention.confidence < 1
    first = actors.who(0)
    assert first is not None
    assert first.probability == 1.0  # a name is whom it names: what the row's own chance is, events do not count twice
