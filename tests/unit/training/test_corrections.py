"""From a row of a warehouse to a sheet, from a judged sheet to lines of labels, from those to what training weighs."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from pipelines.language.annotations import to_parse
from pipelines.language.model import annotate
from pipelines.language.parse import Article
from pipelines.reader.labels import MENTION, RELATIONS, TYPES
from pipelines.reader.release import RELEASES
from pipelines.reader.windows import Pieces
from tests import small_warehouse as small
from training.reader import notation
from training.reader.arrays import Writer, read
from training.reader.corrections import main
from training.reader.labelled_document import Document
from training.reader.prepare import add

Line = dict[str, str]


@pytest.fixture
def judge(warehouse: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    """Writes a sheet, lets a function change its lines, makes labels: (exit status, what was told, the label file)."""

    def done(change: Callable[[list[Line]], None], table: str = "events") -> tuple[int, str, str]:
        sheet = tmp_path / "sheet.csv"
        assert main(["sheet", str(warehouse), str(sheet), "--table", table]) == 0
        with sheet.open(encoding="utf8", newline="") as file:
            reader = csv.DictReader(file)
            lines, names = list(reader), list(reader.fieldnames or [])
        change(lines)
        with sheet.open("w", encoding="utf8", newline="") as file:
            writer = csv.DictWriter(file, names)
            writer.writeheader()
            writer.writerows(lines)
        capsys.readouterr()
        where = ["--out", str(tmp_path / "judged"), "--texts", str(tmp_path / "texts.jsonl")]
        code = main(["labels", str(warehouse), str(sheet), *where])
        told = capsys.readouterr()
        label = tmp_path / "judged" / f"{small.DOC}.lab"
        return code, told.out + told.err, label.read_text(encoding="utf8") if label.exists() else ""

    return done


def test_a_row_that_is_right_becomes_a_line(judge: Callable[..., tuple[int, str, str]]) -> None:
    code, _, label = judge(lambda lines: lines[0].update(verdict="right"))
    assert code == 0
    assert label == (
        "A k1 | Ruritania | country | RUR\n"
        "A k2 | Elbonia | country | ELB\n"
        "E 1 | give | AID | k1@Ruritania > k2@Elbonia | - | - | actual | -\n"
    )


def test_a_correction_is_what_the_label_says(judge: Callable[..., tuple[int, str, str]]) -> None:
    def change(lines: list[Line]) -> None:
        lines[0].update(
            verdict="corrected", event_type="AGREE", factuality="planned", date="2024-03",
            recipient="Border Guard of Elbonia (armed_forces, ELB) @ border posts + Ruritania",
        )  # fmt: skip

    code, _, label = judge(change)
    assert code == 0
    assert "A k2 | Border Guard of Elbonia | armed_forces | ELB\n" in label
    assert "E 1 | give | AGREE | k1@Ruritania > k2@border posts + k1@Ruritania | 2024-03 | - | planned | -\n" in label


def test_sums_of_money_have_a_sheet_too(judge: Callable[..., tuple[int, str, str]]) -> None:
    def change(lines: list[Line]) -> None:
        assert [line["words"] for line in lines] == ["$30 million", "$12 million"]
        lines[1].update(verdict="corrected", payer="Ruritania @ Ruritania", payee="Elbonia", flow_stage="committed")

    code, told, label = judge(change, "figures")
    assert code == 0, told
    assert label.splitlines()[-1] == (
        "F 1 | $12 million | 12000000 USD | exact | aid committed | k1@Ruritania > k2@Elbonia | border posts | - | 2024 | $30 million | actual | -"
    )


def test_what_is_no_event_becomes_a_decoy_and_a_missed_one_a_line(judge: Callable[..., tuple[int, str, str]]) -> None:
    def change(lines: list[Line]) -> None:
        lines[0]["verdict"] = "none"
        lines.append(
            dict.fromkeys(lines[0], "")
            | {
                "document_id": small.DOC, "sentence": small.LEAD.strip(), "words": "signed", "event_type": "AGREE",
                "source": "Ruritania (country, RUR)", "factuality": "actual", "verdict": "corrected",
            }
        )  # fmt: skip

    code, told, label = judge(change)
    assert code == 0, told
    assert "X 1 | give\n" in label
    assert "E 0 | signed | AGREE | k1@Ruritania > - | - | - | actual | -\n" in label


def test_what_is_judged_again_replaces_what_was(judge: Callable[..., tuple[int, str, str]]) -> None:
    assert "E 1 | give" in judge(lambda lines: lines[0].update(verdict="right"))[2]
    label = judge(lambda lines: lines[0].update(verdict="none"))[2]
    assert "X 1 | give" in label
    assert "E 1" not in label


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"verdict": "yes"}, "line 2: the verdict is one of right, corrected, none"),
        ({"verdict": "right", "event_type": "AGREE"}, "judged right, but event_type was changed"),
        ({"verdict": "corrected"}, "no cell was changed"),
        ({"verdict": "corrected", "event_type": "GIFT"}, "type or factuality: GIFT"),
        ({"verdict": "corrected", "source": "Zenda"}, "say type and state"),
        ({"verdict": "corrected", "source": "Ruritania @ the kingdom"}, "'the kingdom' is not in the sentence"),
        ({"verdict": "right", "row_id": "ev_gone"}, "no row ev_gone"),
        ({"verdict": "right", "document_id": "doc_gone"}, "no document doc_gone"),
    ],
)
def test_what_cannot_be_taken_is_told_by_line(
    judge: Callable[..., tuple[int, str, str]], change: Line, told: str
) -> None:
    code, said, label = judge(lambda lines: lines[0].update(change))
    assert code == 1
    assert told in said
    assert label == ""


def test_what_nobody_judged_makes_no_label(judge: Callable[..., tuple[int, str, str]]) -> None:
    code, told, label = judge(lambda lines: None)
    assert (code, label) == (0, "")
    assert told.startswith("0 judged rows")


def test_training_reads_it_and_knows_nothing_of_the_rest(
    judge: Callable[..., tuple[int, str, str]], tmp_path: Path
) -> None:
    judge(lambda lines: lines[0].update(verdict="right"))
    out = tmp_path / "json"
    assert notation.main([str(tmp_path / "judged"), str(tmp_path / "texts.jsonl"), str(out), "--partial"]) == 0
    label = json.loads((out / f"{small.DOC}.json").read_text(encoding="utf8"))
    article = Article(document_id="d", title=None, published_on=None, text=small.TEXT)
    parse = to_parse(small.TEXT, next(iter(annotate([("d", small.TEXT)]))))
    writer = Writer(RELATIONS)
    add(writer, Document(article, parse, label), Pieces(next(RELEASES.glob("*/tokenizer.json"))), -1)
    writer.save(tmp_path / "a.npz")
    (window,) = read(tmp_path / "a.npz")
    judged = np.nonzero(window.weight)[0]
    assert [parse.tokens[i].text for i in judged] == ["give"]
    assert window.types[judged[0]] == 1 + TYPES.index("AID")
    (anchor,) = (a for a in window.anchors if a["type"] != MENTION)
    source = anchor["target"][:, RELATIONS.index("source")]
    assert [parse.tokens[i].text for i in np.nonzero(source == 1)[0]] == ["Ruritania"]
