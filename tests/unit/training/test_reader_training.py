"""The network that the reader is: batches, losses, the encoder, going on from weights, a training in small.

Needs torch, which lives in the environment of training (training/reader/README.md) and not in the product's: skipped there.
"""

from __future__ import annotations

import json
import random
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

torch = pytest.importorskip("torch")

from pipelines.reader.labels import AMOUNT, MENTION, RELATIONS, SEVERAL  # noqa: E402
from training.reader import arrays, train  # noqa: E402
from training.reader.arrays import Example  # noqa: E402
from training.reader.batch import Batch, batches  # noqa: E402
from training.reader.losses import links_loss, loss_of  # noqa: E402
from training.reader.network import Encoder, Heads, Shape, buckets, load_encoder  # noqa: E402
from training.reader.start import begin_from, weights_of  # noqa: E402
from training.reader.whole_network import Reader  # noqa: E402

_SHAPE = Shape(64, 128, 4, 2, True)
_SHARE = {"trigger": 1.0, "mention": 1.0, "mode": 1.0, "factuality": 1.0, "kind": 1.0, "stage": 1.0, "sector": 1.0, "links": 1.0, "mention_links": 1.0}  # fmt: skip
_RELEASES = Path(train.__file__).parents[2] / "pipelines" / "reader" / "releases"


def _anchor(words: int, word: int, type_: int, links: dict[str, list[int] | None], **labels: int) -> dict[str, Any]:
    target = np.full((words, len(RELATIONS)), -1, dtype=np.int8)
    for relation, found in links.items():
        if found is not None:
            target[:, RELATIONS.index(relation)] = 0
            target[found, RELATIONS.index(relation)] = 1
    unknown = dict.fromkeys(("mode", "kind", "stage", "sector", "factuality"), -1)
    paths = np.stack([np.arange(words) + 2, np.arange(words) % 16], axis=1).astype(np.int16)
    return unknown | {"word": word, "type": type_, "weight": 1.0, "paths": paths, "target": target} | labels


def _example(
    words: int, *anchors: dict[str, Any], document: str = "d", fold: int = 1, trigger: int | None = None
) -> Example:
    """Each word has two pieces, between a first and a last piece of no word."""
    word_of = np.array([-1, *(n for w in range(words) for n in (w, w)), -1], dtype=np.int16)
    types = np.zeros(words, dtype=np.int8)
    if trigger is not None:
        types[trigger] = 1 + trigger % 3
    pieces = np.array([0, *(5 + (3 * w + half) % 20 for w in range(words) for half in (0, 1)), 2], dtype=np.int32)
    codes = np.stack([np.arange(words) % n for n in (5, 7, 3, 6, 4)], axis=1).astype(np.int16)
    return Example(
        document, fold, 0, pieces, word_of, codes, types, np.ones(words, dtype=np.float32), np.full(words, -1, dtype=np.int8),
        np.zeros(words, dtype=np.int16), list(anchors),
    )  # fmt: skip


def _event(words: int, word: int, source: int) -> dict[str, Any]:
    return _anchor(words, word, 1 + word % 3, {"source": [source], "time": []}, mode=0, factuality=1)


def test_words_of_windows_lie_behind_each_other_and_padding_is_masked() -> None:
    batch = Batch([_example(3, _event(3, 1, 0)), _example(5, _event(5, 4, 2), _event(5, 0, 1))])
    assert batch.words == 8
    assert batch.mask.sum(1).tolist() == [8, 12]
    assert batch.anchor_word.tolist() == [1, 3 + 4, 3 + 0]
    assert batch.pair_row.tolist() == [0] * 3 + [1] * 5 + [2] * 5
    assert batch.pair_word.tolist() == [0, 1, 2, *(3, 4, 5, 6, 7) * 2]
    assert batch.pair_target[:, RELATIONS.index("source")].tolist() == [1, 0, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0]
    assert not hasattr(Batch([_example(3)]), "pair_row")


def test_a_word_is_the_mean_of_its_pieces() -> None:
    batch = Batch([_example(2), _example(3)])
    hidden = torch.arange(2 * 8, dtype=torch.float32).reshape(2, 8, 1)
    assert batch.pool(hidden)[:, 0].tolist() == [1.5, 3.5, 9.5, 11.5, 13.5]


def test_every_window_comes_once_in_batches_of_like_length() -> None:
    examples = [_example(2 + n % 9, document=str(n)) for n in range(60)]
    found = list(batches(examples, 60, random.Random(1)))
    assert sorted(e.document for b in found for e in b.examples) == sorted(str(n) for n in range(60))
    assert all(b.pieces.numel() <= 60 for b in found)
    assert len(found) > 5
    orders = [[e.document for b in batches(examples, 60, random.Random(s)) for e in b.examples] for s in (1, 1, 2)]
    assert orders[0] == orders[1] != orders[2]


def _perfect(batch: Batch, by: float = 30.0) -> dict[str, Any]:
    """Scores that say what the labels say."""
    sizes = {"mode": 4, "factuality": 4, "kind": 9, "stage": 5, "sector": 31}
    out = {"trigger": by * torch.nn.functional.one_hot(batch.types, 17).float()}
    out["mention"] = by * torch.nn.functional.one_hot(batch.mention.clamp(min=0), 4).float()
    for name, size in sizes.items():
        out[name] = by * torch.nn.functional.one_hot(batch.anchor_label[name].clamp(min=0), size).float()
    out["links"] = by * (2 * (batch.pair_target == 1).float() - 1)
    return out


def _batch() -> Batch:
    amount = _anchor(4, 2, AMOUNT, {"payer": [0], "payee": [3], "total": []}, kind=1, stage=2)
    mention = _anchor(4, 3, MENTION, {"same": [1], "state": None})
    example = _example(4, _event(4, 1, 0), amount, mention, trigger=1)
    return Batch([replace(example, mention=np.array([0, 1, -1, 2], dtype=np.int8))])


def test_what_says_the_labels_loses_nothing_and_each_wrong_answer_something() -> None:
    batch = _batch()
    assert float(loss_of(batch, _perfect(batch), _SHARE)) == pytest.approx(0, abs=1e-4)
    for name in ("trigger", "mention", "mode", "factuality", "kind", "stage", "links"):
        wrong = _perfect(batch) | {name: -_perfect(batch)[name]}
        assert float(loss_of(batch, wrong, _SHARE)) > 1, name
        assert float(loss_of(batch, wrong, _SHARE | {name: 0.0, "mention_links": 0.0})) == pytest.approx(0, abs=1e-4), (
            name
        )


def test_what_is_not_known_costs_nothing() -> None:
    batch = _batch()
    out = _perfect(batch)
    out["sector"] = -out["sector"]  # nobody labelled one
    out["links"] = out["links"].clone()
    out["links"][batch.pair_row == 2, RELATIONS.index("state")] = 30.0
    assert float(loss_of(batch, out, _SHARE)) == pytest.approx(0, abs=1e-4)
    unsure = Batch([replace(_batch().examples[0], weight=np.array([1, 0, 1, 1], dtype=np.float32))])
    wrong = _perfect(unsure)
    wrong["trigger"][1] = -wrong["trigger"][1]
    assert float(loss_of(unsure, wrong, _SHARE)) == pytest.approx(0, abs=1e-4)


def test_one_word_or_none_is_chosen_where_one_alone_is_meant() -> None:
    batch = Batch([_example(3, _anchor(3, 1, 1, {"time": [2]}), _anchor(3, 1, 1, {"time": []}))])
    links = torch.zeros(6, len(RELATIONS))
    assert "time" not in SEVERAL
    loss = links_loss(batch, links)
    assert loss.tolist() == pytest.approx([np.log(4)] * 2)  # of three words and none each is as likely
    links[:, RELATIONS.index("time")] = torch.tensor([-9.0, -9.0, 9.0, -9.0, -9.0, -9.0])
    assert float(links_loss(batch, links).max()) < 0.01
    links[:, RELATIONS.index("time")] *= -1
    assert float(links_loss(batch, links).min()) > 5


def test_positions_are_exact_when_near_and_rough_when_far() -> None:
    found = buckets(200)
    row = found[150].tolist()
    assert len(set(row[143:150])) == 7
    assert len(set(row[:60])) <= 3
    assert row[149] != row[151]
    assert min(row) >= 0
    assert max(row) < 32
    assert int(found[150, 150]) == 0


def _encoder(seed: int = 3) -> Encoder:
    torch.manual_seed(seed)
    return Encoder(_SHAPE, 30).eval()


def test_padding_changes_no_vector() -> None:
    encoder = _encoder()
    pieces = torch.tensor([[0, 5, 9, 2]])
    padded = torch.tensor([[0, 5, 9, 2, 1, 1, 1]])
    mask = torch.tensor([[1.0] * 4 + [0.0] * 3])
    with torch.no_grad():
        alone = encoder(encoder.embed(pieces), torch.ones(1, 4))
        beside = encoder(encoder.embed(padded), mask)
    assert torch.allclose(alone, beside[:, :4], atol=1e-5)
    with torch.no_grad():
        assert not torch.allclose(alone, encoder(encoder.embed(padded), torch.ones(1, 7))[:, :4], atol=1e-3)


def test_dropout_is_of_training_alone_and_keeps_the_mean() -> None:
    layer = _encoder().layers[0]
    x = torch.ones(100_000)
    assert layer._dropped(x, 0.1) is x
    layer.train()
    dropped = layer._dropped(x, 0.1)
    assert float((dropped == 0).float().mean()) == pytest.approx(0.1, abs=0.01)
    assert float(dropped.mean()) == pytest.approx(1.0, abs=0.01)


@pytest.mark.parametrize("relative", [True, False])
def test_published_weights_are_read_by_their_names(tmp_path: Path, relative: bool) -> None:
    from safetensors.torch import save_file

    shape = Shape(8, 16, 2, 1, relative)
    names = {"q": "attn.q", "k": "attn.k", "v": "attn.v", "o": "attn.o"} if relative else {}
    size = {"word": (30, 8), "position": (514 if relative else 512, 8)}
    weights = {f"embeddings.{k}_embeddings.weight": torch.randn(*s) for k, s in size.items()}
    weights |= {"embeddings.LayerNorm.weight": torch.randn(8), "embeddings.LayerNorm.bias": torch.randn(8)}
    if relative:
        weights["encoder.relative_attention_bias.weight"] = torch.randn(32, 2)
        parts = [f"attention.{n}" for n in names.values()] + ["attention.LayerNorm"]
    else:
        weights["embeddings.token_type_embeddings.weight"] = torch.randn(2, 8)
        parts = [
            *(f"attention.self.{n}" for n in ("query", "key", "value")),
            "attention.output.dense",
            "attention.output.LayerNorm",
        ]
    for n in (0, 1):  # one layer more than is asked for
        for part in (*parts, "intermediate.dense", "output.dense", "output.LayerNorm"):
            rows, inputs = (16, 8) if "intermediate" in part else (8, 16) if part == "output.dense" else (8, 8)
            is_norm = part.endswith("LayerNorm")
            weights[f"encoder.layer.{n}.{part}.weight"] = torch.randn(8) if is_norm else torch.randn(rows, inputs)
            weights[f"encoder.layer.{n}.{part}.bias"] = torch.randn(rows)
    prefix = "mpnet." if relative else "bert."
    save_file({prefix + k: v for k, v in weights.items()}, str(tmp_path / "model.safetensors"))
    encoder = load_encoder(tmp_path / "model.safetensors", shape)
    first = "encoder.layer.0.attention.attn.q.weight" if relative else "encoder.layer.0.attention.self.query.weight"
    assert torch.equal(encoder.layers[0].q.weight, weights[first])
    assert torch.equal(encoder.layers[0].up.weight, weights["encoder.layer.0.intermediate.dense.weight"])
    positions = weights["embeddings.position_embeddings.weight"]
    if not relative:
        positions = positions + weights["embeddings.token_type_embeddings.weight"][0]
    assert torch.equal(encoder.positions.weight, positions)
    assert len(encoder.layers) == 1


def test_heads_score_each_label_and_each_pair() -> None:
    heads = Heads(64).eval()
    batch = _batch()
    x = heads.words(torch.randn(batch.words, 64), batch.codes)
    assert {k: v.shape[1] for k, v in heads.anchors(x).items()}["kind"] == 9
    scores = heads.links(x[batch.pair_anchor], x[batch.pair_word], batch.pair_type, batch.pair_paths)
    assert scores.shape == (12, len(RELATIONS))
    other = heads.links(x[batch.pair_anchor], x[batch.pair_word], batch.pair_type, batch.pair_paths * 0)
    assert not torch.allclose(scores, other)


def test_rows_that_an_earlier_run_did_not_have_keep_their_start() -> None:
    own, known = torch.nn.Linear(3, 4), torch.nn.Linear(3, 2)
    start = own.weight.detach().clone()
    begin_from(own, known.state_dict())
    assert torch.equal(own.weight[:2], known.weight)
    assert torch.equal(own.weight[2:], start[2:])
    wide, narrow = torch.nn.Linear(5, 4, bias=False), torch.nn.Linear(3, 4, bias=False)
    last = wide.weight.detach()[:, 3:].clone()
    begin_from(wide, narrow.state_dict())
    assert torch.equal(wide.weight[:, :3], narrow.weight)
    assert torch.equal(wide.weight[:, 3:], last)


def test_the_release_that_ships_is_unpacked_to_the_weights_of_a_run(tmp_path: Path) -> None:
    (release,) = (p for p in _RELEASES.iterdir() if (p / "manifest.json").is_file())
    weights = weights_of(release)
    assert weights["encoder.pieces.weight"].shape[1] == 768
    assert weights["encoder.layers.0.q.weight"].shape == (768, 768)
    assert {"heads.trigger.weight", "heads.link.weight"} <= weights.keys()
    assert not {"heads.mention.weight", "heads.sector.weight"} & weights.keys()
    torch.save({"model": weights}, tmp_path / "model.pt")
    assert weights_of(tmp_path / "model.pt").keys() == weights.keys()
    with pytest.raises(FileNotFoundError):
        weights_of(tmp_path / "nothing")


_CONFIG = {"seed": 1, "rate": 1e-3, "head_rate": 5e-3, "batch": 60, "epochs": 4, "packed": 1, "dropout": 0.0}


def _learnt(out: Path, examples: list[Example], held: list[Example], **config: float) -> Reader:
    torch.manual_seed(1)
    model = Reader(Encoder(_SHAPE, 30), 1)
    out.mkdir()
    train.fit(model, examples, _CONFIG | config, train.CONFIG["share"], held, out)
    return model


def test_a_training_in_small_learns_keeps_its_lower_layers_and_can_be_gone_on_from(tmp_path: Path) -> None:
    examples = [
        _example(4 + n % 3, _event(4 + n % 3, n % 4, (n + 1) % 4), trigger=n % 4, document=str(n)) for n in range(24)
    ]
    torch.manual_seed(1)
    before = Reader(Encoder(_SHAPE, 30), 1).state_dict()
    model = _learnt(tmp_path / "run", examples, examples[:4])
    log = [json.loads(line) for line in (tmp_path / "run" / "log.jsonl").read_text().splitlines()]
    assert [line["epoch"] for line in log] == [0, 1, 2, 3]
    assert log[2]["loss"] < 0.7 * log[0]["loss"]
    assert len(log[0]) > 3  # scores of the held-out ones
    after = model.state_dict()
    assert torch.equal(after["encoder.positions.weight"], before["encoder.positions.weight"])
    assert not torch.equal(after["encoder.layers.1.q.weight"], before["encoder.layers.1.q.weight"])
    kept = weights_of(tmp_path / "run" / "model.pt")
    assert all(torch.equal(kept[name], weight) for name, weight in after.items())
    again = _learnt(tmp_path / "again", examples, [])
    assert all(torch.equal(again.state_dict()[name], weight) for name, weight in after.items())


def test_a_packed_epoch_leaves_weights_of_fifteen_steps_a_group(tmp_path: Path) -> None:
    examples = [_example(5, _event(5, 1, 0), trigger=1)]
    packed = _learnt(tmp_path / "run", examples, [], epochs=1, packed=1).state_dict()["encoder.layers.1.q.weight"]
    plain = _learnt(tmp_path / "plain", examples, [], epochs=1, packed=0).state_dict()["encoder.layers.1.q.weight"]
    assert max(len(row.unique()) for row in packed) <= 15
    assert min(len(row.unique()) for row in plain) > 15


def test_the_command_holds_out_a_fold(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    windows = [_example(4, _event(4, 1, 0), trigger=1, document=f"d{n}", fold=n % 2) for n in range(6)]
    seen: dict[str, list[str]] = {}

    def fit(
        _model: Any, examples: list[Example], config: Any, _share: Any, held: list[Example], _out: Path, _teacher: Any
    ) -> None:
        seen["learnt"], seen["held"] = [e.document for e in examples], [e.document for e in held]
        assert config["epochs"] == 2

    monkeypatch.setattr(arrays, "read", lambda _: windows)
    monkeypatch.setattr(train, "read", lambda _: windows)
    monkeypatch.setattr(train, "load_encoder", lambda _, shape: Encoder(replace(_SHAPE, layers=shape.layers), 30))
    monkeypatch.setattr(train, "fit", fit)
    asked = [
        "train",
        "--data",
        "x.npz",
        "--encoder",
        "mpnet",
        "--out",
        str(tmp_path / "run"),
        "--epochs",
        "2",
        "--layers",
        "2",
        "--frozen",
        "1",
    ]
    monkeypatch.setattr(sys, "argv", [*asked, "--fold", "1"])
    train.main()
    assert seen == {"learnt": ["d0", "d2", "d4"], "held": ["d1", "d3", "d5"]}
    assert "3 documents to learn from, 3 held out" in capsys.readouterr().out
    monkeypatch.setattr(sys, "argv", [*asked, "--fold", "-1"])
    train.main()
    assert len(seen["learnt"]) == 6
    assert seen["held"] == []
