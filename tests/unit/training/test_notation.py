"""Labels as they are written, read into what training takes: sentences, words by place, faults that are told."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from training.reader.notation import main, occurrences, pointed, read, sentences

TEXT = (
    "ZENDA, March 5 (SW) -- Gen. Rupert of Hentzau met President Ana Petrov on Monday. He asked her for $2 million.\n\n"
    "Petrov refused.  \"We won't pay,\" she said, and Elbonia's Elbonian troops, which Elbonia had sent, left."
)
LINES = """# a note
A k1 | Rupert of Hentzau | person | RUR
A k2 | Ana Petrov | person | ELB
A k3 | Elbonia | country | ELB
E 0 | met | CONSULT/meet | k1@Gen. Rupert of Hentzau > k2@Ana Petrov | 2024-03-04 | - | actual | -
E? 1 | asked | REQUEST | k1@He > k2@her + k3@- | - | - | actual | -
F 1 | $2 million | 2000000 USD | exact | other - | k3@- > k1@- | - | - | - | - | actual | k1
X 3 | said
"""


def test_sentences_end_at_stops_and_blank_lines_not_at_titles() -> None:
    found = [TEXT[a:b].split()[0] + " … " + TEXT[a:b].split()[-1] for a, b in sentences(TEXT)]
    assert found == ["ZENDA, … Monday.", "He … million.", "Petrov … refused.", '"We … left.']


def test_lines_become_rows_with_spans() -> None:
    found = read("d", TEXT, LINES)
    assert not found.wrong
    met, asked = found.rows["events"]
    assert [TEXT[slice(p["start"], p["end"])] for p in (*met["source"], *met["recipient"])] == [
        "Gen. Rupert of Hentzau",
        "Ana Petrov",
    ]
    assert (met["type"], met["mode"], met["date"], met["place"], met["optional"]) == (
        "CONSULT",
        "meet",
        "2024-03-04",
        None,
        False,
    )
    assert [(p["name"], p["start"] is None) for p in asked["recipient"]] == [("Ana Petrov", False), ("Elbonia", True)]
    assert asked["optional"]
    (sum_,) = found.rows["figures"]
    assert (sum_["amount"], sum_["currency"], sum_["kind"], sum_["stage"], sum_["attributed_to"]) == (
        2e6,
        "USD",
        "other",
        None,
        "Rupert of Hentzau",
    )
    assert [TEXT[slice(d["start"], d["end"])] for d in found.rows["decoys"]] == ["said"]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("E 9 | met | CONSULT | - > - | - | - | actual | -", "no sentence 9"),
        ("E 0 | mets | CONSULT | - > - | - | - | actual | -", "'mets' is not in that sentence"),
        ("E 0 | met | MEET | - > - | - | - | actual | -", "type or factuality: MEET actual"),
        ("E 0 | met | CONSULT | k9@He > - | - | - | actual | -", "an actor's key"),
        ("E 0 | met | CONSULT | - > - | 3 March | - | actual | -", "a date is"),
        ("E 0 | met | CONSULT", "not as many fields as E has"),
        ("F 1 | $2 million | two USD | exact | other - | - > - | - | - | - | - | actual | -", "not as many fields"),
        ("F 1 | $2 million | 2 USD | exact | aid given | - > - | - | - | - | - | actual | -", "kind, stage"),
        ("Q 1 | x", "unknown mark 'Q'"),
    ],
)
def test_a_line_that_cannot_be_right_is_told_and_left_out(line: str, told: str) -> None:
    found = read("d", TEXT, line)
    assert len(found.wrong) == 1
    assert told in found.wrong[0]
    assert not any(found.rows.values())


def test_words_are_pointed_at_by_their_occurrence() -> None:
    low, high = sentences(TEXT)[3]
    spans = occurrences(TEXT, "Elbonia", low, high)
    assert len(spans) == 2  # not within "Elbonian"
    assert [pointed(TEXT, span, low, high) for span in spans] == ["Elbonia", "Elbonia:1"]
    assert pointed(TEXT, (low, low + 2), low, high) is None  # half a word is no words of it


def test_mentions_and_folds_come_with_the_file(tmp_path: Path) -> None:
    folder = tmp_path / "labels"
    folder.mkdir()
    (folder / "a_1.lab").write_text(LINES, encoding="utf8")
    (folder / "a_1.men").write_text(
        "A m | Ana Petrov | person | ELB\nM 2 | Petrov=m\nM 3 | she=m ; Elbonia:1=place ; We=none\n", encoding="utf8"
    )
    (folder / "b.fig").write_text(
        "F 1 | $2 million | 2000000 USD | exact | other - | - > - | - | - | - | - | actual | -\n", encoding="utf8"
    )
    (folder / "documents.tsv").write_text("a:1\t9\t3\n", encoding="utf8")
    texts = tmp_path / "texts.jsonl"
    texts.write_text(
        "".join(json.dumps({"id": i, "title": "T", "text": TEXT}) + "\n" for i in ("a:1", "b")), encoding="utf8"
    )
    assert main([str(folder), str(texts), str(tmp_path / "out")]) == 0
    full, money = (json.loads((tmp_path / "out" / f"{n}.json").read_text(encoding="utf8")) for n in ("a_1", "b"))
    assert [(m["quote"], m["names"], m["place"]) for m in full["mentions"]] == [
        ("Petrov", ["Ana Petrov"], False), ("she", ["Ana Petrov"], False), ("Elbonia", [], True), ("We", [], False),
    ]  # fmt: skip
    assert (full["fold"], full["figures_only"], full["partial"]) == (3, False, False)
    assert (money["fold"], money["figures_only"]) == (None, True)


def test_a_folder_with_faults_says_where(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "a.lab").write_text("X 0 | met\nX 0 | nothing\n", encoding="utf8")
    (tmp_path / "gone.lab").write_text("N\n", encoding="utf8")
    texts = tmp_path / "texts.jsonl"
    texts.write_text(json.dumps({"id": "a", "text": TEXT}) + "\n", encoding="utf8")
    assert main([str(tmp_path), str(texts), str(tmp_path / "out"), "--partial"]) == 1
    told = capsys.readouterr().out
    assert "a.lab, line 2: 'nothing' is not in that sentence" in told
    assert "gone.lab: its text is not in" in told
    written = json.loads((tmp_path / "out" / "a.json").read_text(encoding="utf8"))
    assert (len(written["decoys"]), written["partial"]) == (1, True)
