"""Figures of a held-out fold come from models that have not learnt from it: they are fitted without it, said to be, and asked."""

from __future__ import annotations

import importlib
import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from pipelines.extract.actors import network
from pipelines.extract.money import purpose_model
from pipelines.extract.money.purpose import code_of_money
from pipelines.extract.money.purpose_model import Told
from training import train_sectors
from training.held_out import fold_mark, held_out
from training.reader import calibrate, evaluate
from training.resolver.documents import Labelled, load

PRODUCT = network.MODEL, purpose_model.SECTORS
resolver = importlib.import_module("training.resolver.__main__")


def _document(folder: Path, ident: str, fold: int | None, text: str, dac: str = "210") -> None:
    """A labelled document whose one figure is the `$5` of its one sentence, for the words after `for`."""
    start = text.index("$5")
    figure = {
        "sentence": 0,
        "quote": "$5",
        "start": start,
        "end": start + 2,
        "purpose": text[text.index("for ") + 4 : -1],
        "dac": dac,
    }
    row = {
        "document_id": ident, "title": None, "published_on": None, "text": text, "fold": fold, "actors": [], "events": [],
        "figures": [figure | {"donor": [], "recipient": []}],
    }  # fmt: skip
    folder.mkdir(exist_ok=True)
    (folder / f"{ident}.json").write_text(json.dumps(row), encoding="utf8")


@pytest.fixture
def labels(tmp_path: Path) -> Path:
    folder = tmp_path / "json"
    for n in range(2):
        _document(folder, f"held{n}", 0, "Norway gave $5 for zeppelin masts.")
        _document(folder, f"other{n}", 1, "Norway gave $5 for gravel lanes.")
        _document(folder, f"own{n}", None, "Norway gave $5 for heifer breeding.", "311")
    return folder


@pytest.fixture
def models(labels: Path, tmp_path: Path) -> tuple[Path, Path]:
    """A resolver that knows no noun, and a model of sectors of the toy labels: both without fold 0."""
    sectors, actors = tmp_path / "sectors.npz", tmp_path / "resolver.npz"
    train_sectors.main([str(labels), "--without-fold", "0", "--out", str(sectors)])
    with np.load(PRODUCT[0], allow_pickle=False) as arrays:
        blind = dict(arrays) | {"is_noun": np.zeros_like(arrays["is_noun"])}
    with actors.open("wb") as out:
        np.savez(out, **blind | fold_mark(0))
    return actors, sectors


def test_the_model_of_sectors_learns_no_word_of_the_fold_and_says_so(models: tuple[Path, Path]) -> None:
    with np.load(models[1], allow_pickle=False) as arrays:
        words = arrays["vocabulary"].tobytes().decode().split("\n")
        assert int(arrays["without_fold"]) == 0
    assert {"gravel", "heifer"} <= set(words)
    assert not {"zeppelin", "mast", "~zeppelin"} & set(words)


def test_a_fold_that_no_label_has_cannot_be_held_out(labels: Path, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"is of fold 4 \(folds that are there: \[0, 1\]\)"):
        train_sectors.main([str(labels), "--without-fold", "4", "--out", str(tmp_path / "none.npz")])
    assert not (tmp_path / "none.npz").exists()


def test_a_model_without_a_fold_never_takes_the_products_place(labels: Path) -> None:
    before = PRODUCT[1].read_bytes()
    with pytest.raises(SystemExit):
        train_sectors.main([str(labels), "--without-fold", "0"])
    assert PRODUCT[1].read_bytes() == before


def test_the_resolver_is_fitted_without_the_fold(labels: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[tuple[list[str], Sequence[str]]] = []

    def fitted(documents: Sequence[Labelled], lemmas: Sequence[str], *_: Any) -> None:
        seen.append(([d.ident for d in documents], lemmas))

    monkeypatch.setattr(resolver, "train", fitted)
    monkeypatch.setattr(resolver, "arrays_of", lambda *_: {"lemmas": np.array(["x"])})
    out = tmp_path / "without"
    words = ["resolver", str(labels), "--cache", str(tmp_path / "parses"), "--without-fold", "0", "--out", str(out)]
    monkeypatch.setattr(sys, "argv", words)
    resolver.main()
    (idents, lemmas), *more = seen
    assert not more
    assert idents == ["other0", "other1", "own0", "own1"]
    assert "gravel" in lemmas
    assert "zeppelin" not in lemmas
    with np.load(out, allow_pickle=False) as arrays:
        assert int(arrays["without_fold"]) == 0
    folds = {d.ident: d.reader_fold for d in load([labels], tmp_path / "parses")}
    assert folds == {"held0": 0, "held1": 0, "other0": 1, "other1": 1, "own0": None, "own1": None}


def test_extraction_asks_the_models_that_have_not_seen_the_fold_and_then_the_products(
    models: tuple[Path, Path],
) -> None:
    def asked() -> tuple[bool, Any]:
        told = code_of_money(Told("relief of the hungry", "Norway gave $5 for relief of the hungry."), 0.0)
        return bool(network.shipped().nouns), told and told[0][:3]

    before = asked()
    assert before == (True, "720")
    with held_out(*models, [0]):
        nouns, sector = asked()
        assert not nouns
        assert sector in ("210", "311")
    assert asked() == before
    with pytest.raises(KeyError), held_out(*models, [0]):
        raise KeyError
    assert (network.MODEL, purpose_model.SECTORS) == PRODUCT


def test_a_model_that_has_learnt_from_the_fold_is_refused(models: tuple[Path, Path], tmp_path: Path) -> None:
    for actors, sectors, folds, why in (
        (PRODUCT[0], models[1], [0], "resolver_model.npz has learnt from all labels and is asked about fold 0"),
        (models[0], PRODUCT[1], [0], "sector_model.npz has learnt from all labels"),
        (*models, [1], "all labels but those of fold 0 and is asked about fold 1"),
        (*models, [0, 1], "is asked about fold 0, 1"),
        (*models, None, "is asked about all folds"),
        (tmp_path / "none.npz", None, [0], r"none.npz is not there: make it with python -m training\.resolver"),
    ):
        with pytest.raises(ValueError, match=why), held_out(actors, sectors, folds):
            pass
    assert (network.MODEL, purpose_model.SECTORS) == PRODUCT


@pytest.fixture
def scored(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[list[str], list[tuple[Path, Path]]]:
    """Words of a command that scores a fold of toy labels, and what extraction would have asked in it."""
    gold = tmp_path / "gold"
    gold.mkdir()
    (gold / "a.json").write_text(json.dumps({"document_id": "a", "fold": 0}), encoding="utf8")
    score = tmp_path / "score.py"
    score.write_text("""print('{"event mode": {"accuracy": 0.5, "n": 2}}')\n""", encoding="utf8")
    asked: list[tuple[Path, Path]] = []

    def extraction(*_: Any) -> None:
        asked.append((network.MODEL, purpose_model.SECTORS))

    for module in (evaluate, calibrate):
        monkeypatch.setattr(module, "documents", lambda *_: [])
        monkeypatch.setattr(module, "readings", lambda *_: {})
    monkeypatch.setattr(evaluate, "warehouse_of", extraction)
    return [str(tmp_path / "wh"), str(gold), "release", "--fold", "0", "--score", str(score)], asked


def test_a_release_is_scored_and_calibrated_with_them(
    scored: tuple[list[str], list[tuple[Path, Path]]],
    models: tuple[Path, Path],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    words, asked = scored
    words = [*words, "--resolver", str(models[0]), "--sectors", str(models[1])]
    record = tmp_path / "folds.csv"
    monkeypatch.setattr(sys, "argv", ["evaluate", *words, "--record", str(record)])
    evaluate.main()
    assert asked == [models]
    assert record.read_text(encoding="utf8").splitlines()[1].endswith("release,0,event mode,0.5,2")

    def judged(_: Any) -> dict[str, Any]:
        asked.append((network.MODEL, purpose_model.SECTORS))
        return {}

    monkeypatch.setattr(calibrate, "_judged", judged)
    monkeypatch.setattr(sys, "argv", ["calibrate", *words, "--out", str(tmp_path / "sureness.json")])
    calibrate.main()
    assert asked == [models, models]
    assert (network.MODEL, purpose_model.SECTORS) == PRODUCT


def test_figures_of_models_that_have_learnt_from_the_fold_are_told_and_not_recorded(
    scored: tuple[list[str], list[tuple[Path, Path]]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    words, asked = scored
    monkeypatch.setattr(sys, "argv", ["evaluate", *words])
    evaluate.main()
    assert asked == [PRODUCT]
    assert capsys.readouterr().out.count("HAS LEARNT from these documents") == 2
    record = tmp_path / "folds.csv"
    for module, more in ((evaluate, ["--record", str(record)]), (calibrate, ["--out", str(record)])):
        monkeypatch.setattr(sys, "argv", ["command", *words, *more])
        with pytest.raises(SystemExit):
            module.main()
    assert not record.exists()
