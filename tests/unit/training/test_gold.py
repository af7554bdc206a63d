"""Labels as the scorer reads them; the labels of texts that were written to be labelled fit their texts."""

from __future__ import annotations

import json
from pathlib import Path

from training.reader import gold, notation

TEXT = "Chad thanked Norway for $5 million. Norway and Oman also gave $5 million to Mali."
LINES = """A k1 | Chad | country | TCD
A k2 | Norway | country | NOR
A k3 | Oman | country | OMN
A k4 | Mali | country | MLI
F 0 | $5 million | 5000000 USD | exact | aid disbursed | k2@Norway > k1@Chad | - | - | - | - | actual | -
F 1 | $5 million | 5000000 USD | exact | aid disbursed | k2@Norway + k3@Oman > k4@Mali | - | - | - | - | actual | -
"""


def test_words_are_told_apart_by_number_and_joint_payers_are_none(tmp_path: Path) -> None:
    (tmp_path / "labels").mkdir()
    (tmp_path / "labels" / "own_1.fig").write_text(LINES, encoding="utf8")
    (tmp_path / "labels" / "documents.tsv").write_text(f"own:1\t{len(TEXT)}\t3\n", encoding="utf8")
    row = {"id": "own:1", "title": None, "published_on": "2004-02-25", "text": TEXT}
    (tmp_path / "texts.jsonl").write_text(json.dumps(row) + "\n", encoding="utf8")
    assert notation.main([str(tmp_path / n) for n in ("labels", "texts.jsonl", "json")]) == 0
    gold.main([str(tmp_path / "json"), str(tmp_path / "gold"), "--fold", "3", "--figures"])
    gold.main([str(tmp_path / "json"), str(tmp_path / "other"), "--fold", "2", "--figures"])
    assert not list((tmp_path / "other").iterdir())
    found = json.loads((tmp_path / "gold" / "own_1.json").read_text(encoding="utf8"))
    assert [(f["nth"], f["donor"], f["recipient"]) for f in found["figures"]] == [
        (0, "Norway", "Chad"),
        (1, None, "Mali"),
    ]
    assert found["events"] == found["quotes"] == []


def test_labels_of_written_texts_fit_them(tmp_path: Path) -> None:
    folder = Path(notation.__file__).parents[1] / "labels" / "written"
    texts = list(notation.texts_of(folder / "texts.jsonl"))
    assert len(texts) > 200
    assert len({t["id"] for t in texts}) == len(texts)
    assert {notation.safe(t["id"]) for t in texts} == {
        p.stem for ending in ("lab", "fig") for p in folder.glob(f"*.{ending}")
    }
    assert notation.main([str(folder), str(folder / "texts.jsonl"), str(tmp_path / "json")]) == 0
