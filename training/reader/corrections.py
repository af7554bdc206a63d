"""Rows that people judged or corrected, as labels that training reads.

    python -m training.reader.corrections sheet WAREHOUSE OUT.csv [--table figures] [--rows 50] [--seed 1] [--ids ev_…]
    python -m training.reader.corrections labels WAREHOUSE judged.csv [--out training/labels/judged] [--texts .reader/judged.jsonl]

`sheet` writes rows with their sentences. Whoever judges sets `verdict` (right; corrected, after writing the right value over the
wrong cell; none, where the words tell no event or no sum of money) and leaves it empty where they don't know. A line without
`row_id` adds a row that was missed: document_id, sentence (copied) and words are needed. `labels` turns what was judged into lines of
`training/labels` (ids, sentence numbers and short words); the texts, which training needs beside them, go to a file that
stays outside the repository.
"""

from __future__ import annotations

import argparse
import csv
import random
import re
import sys
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from pipelines.query.published import opened, rows
from training.reader.judged import EVENT, FIGURE, VERDICTS, JudgedDocument, Person, people_as_text
from training.reader.notation import Fault

FIRST, LAST = ("row_id", "document_id", "published_on", "before", "sentence", "after"), ("confidence", "verdict")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_CHOSEN = """
select x.*, d.published_on, d.text as document, s.start_char as sentence_start, s.end_char as sentence_end
from {table} as x
inner join documents as d on x.document_id = d.document_id and d.duplicate_of is null
left join sentences as s on x.document_id = s.document_id and x.sentence_index = s.sentence_index
where {key} in (select unnest(?::varchar[]))
order by x.document_id, x.start_char, {key}
"""
_SIDES = """
select e.event_id as row_id, e.role as field, a.name, a.actor_type, a.country, m.start_char, m.end_char
from event_actors as e inner join actors as a on e.actor_id = a.actor_id left join mentions as m on e.mention_id = m.mention_id
where e.event_id in (select unnest(?::varchar[])) order by all
"""
_ENDS = """
select f.figure_id as row_id, f.field, a.name, a.actor_type, a.country, e.start_char, e.end_char
from (
    select figure_id, 'payer' as field, payer_id as actor_id from financial_figures
    union all select figure_id, 'payee' as field, payee_id as actor_id from financial_figures
) as f
inner join actors as a on f.actor_id = a.actor_id
left join evidence as e on f.figure_id = e.row_id and f.field = e.field
where f.figure_id in (select unnest(?::varchar[])) order by all
"""


def claims(warehouse: Path, table: str, ids: Sequence[str]) -> list[dict[str, Any]]:
    """What rows say, as cells of a sheet; `document` is the text, `people` the participants by field with their spans."""
    kind = EVENT if table == "events" else FIGURE
    with opened(warehouse) as con:
        found = rows(con, _CHOSEN.format(table=kind.table, key=f"x.{kind.key}"), list(ids))
        sides = rows(con, _SIDES if kind is EVENT else _ENDS, list(ids))
        names = {r["actor_id"]: r for r in rows(con, "select actor_id, name, actor_type, country from actors")}
        totals = {
            r["figure_id"]: r["text"]
            for r in rows(con, "select figure_id, text from financial_figures where figure_id in (select part_of_figure_id from financial_figures)")
        }  # fmt: skip
    by_row: dict[str, dict[str, list[Person]]] = defaultdict(lambda: defaultdict(list))
    for s in sides:
        span = None if s["start_char"] is None else (s["start_char"], s["end_char"])
        by_row[s["row_id"]][s["field"]].append(Person(s["name"], s["actor_type"], s["country"], span))
    claimed = []
    for row in found:
        people = by_row[row[kind.key]]
        said = names.get(row["attributed_to"])
        if said:
            people["attributed_to"] = [Person(said["name"], said["actor_type"], said["country"], None)]
        claimed.append(
            kind.claim(row | {"total": totals.get(row.get("part_of_figure_id"))}, people)
            | {"people": people, "raw": row}
        )
    return claimed


def sheet(warehouse: Path, table: str, ids: Sequence[str], count: int, seed: int) -> list[dict[str, str]]:
    """Lines of a sheet: of the rows named, or of `count` drawn at random from those of documents that are no copies."""
    kind = EVENT if table == "events" else FIGURE
    if not ids:
        query = f"select {kind.key} as id from {kind.table} inner join documents using (document_id) where duplicate_of is null order by 1"
        with opened(warehouse) as con:
            known = [str(r["id"]) for r in rows(con, query)]
        ids = random.Random(seed).sample(known, min(count, len(known)))
    lines = []
    for claim in claims(warehouse, table, ids):
        raw, people = claim["raw"], claim["people"]
        text = raw["document"]
        first, last = raw["sentence_start"], raw["sentence_end"]
        first, last = (raw["start_char"], raw["end_char"]) if first is None else (first, max(last, raw["end_char"]))
        marked = f"{text[first : raw['start_char']]}«{text[raw['start_char'] : raw['end_char']]}»{text[raw['end_char'] : last]}"
        lines.append(
            {
                "row_id": raw[kind.key], "document_id": raw["document_id"], "published_on": str(raw["published_on"] or ""),
                "before": _last_words(text[:first]), "sentence": " ".join(marked.split()),
                "after": " ".join(text[last : last + 200].split()),
            }
            | {name: claim[name] for name in kind.cells}
            | {name: people_as_text(people.get(name, []), text) for name in kind.sides}
            | {"confidence": f"{raw['confidence']:.2f}", "verdict": ""}
        )  # fmt: skip
    return lines


def labels(warehouse: Path, judged: Sequence[Path], out: Path, texts: Path) -> tuple[int, list[str]]:
    """Write labels of judged rows into a folder and their texts into a file; (rows taken, what was not taken and why).

    Judgements of a row replace earlier ones of the same words; other lines of a document's file stay.
    """
    taken, wrong = 0, []
    documents: dict[str, JudgedDocument] = {}
    for path in judged:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            lines_given = [{k: _unguarded(v or "") for k, v in line.items() if k} for line in csv.DictReader(lines)]
        if lines_given and not {"row_id", "document_id", "sentence", "verdict", "words"} <= lines_given[0].keys():
            wrong.append(
                f"{path}: these are no lines of `sheet`: row_id, document_id, sentence, words and verdict are needed"
            )
            continue
        table = "events" if lines_given and "event_type" in lines_given[0] else "figures"
        known = {
            c["raw"][_kind(table).key]: c
            for c in claims(warehouse, table, [t["row_id"] for t in lines_given if t["row_id"]])
        }
        with opened(warehouse) as con:
            asked = sorted({t["document_id"] for t in lines_given})
            found = rows(con, "select * from documents where document_id in (select unnest(?::varchar[]))", asked)
        for row in found:
            documents.setdefault(row["document_id"], JudgedDocument(row, out))
        for number, line in enumerate(lines_given, 2):
            try:
                taken += _take(line, known, documents, _kind(table))
            except Fault as fault:
                wrong.append(f"{path}, line {number}: {fault}")
    kept = [d for d in documents.values() if d.is_changed]
    for document in kept:
        document.write()
    _index(out, texts, kept)
    return taken, wrong


def _kind(table: str) -> Any:
    return EVENT if table == "events" else FIGURE


def _take(
    line: Mapping[str, str], known: Mapping[str, dict[str, Any]], documents: Mapping[str, JudgedDocument], kind: Any
) -> int:
    verdict = line["verdict"].strip().lower()
    if not verdict:
        return 0
    if verdict not in VERDICTS:
        raise Fault(f"the verdict is one of {', '.join(VERDICTS)}, or empty; not {verdict!r}")
    if line["document_id"] not in documents:
        raise Fault(f"there is no document {line['document_id']} in this warehouse")
    document, claim = documents[line["document_id"]], None
    if line["row_id"]:
        claim = known.get(line["row_id"])
        if claim is None:
            raise Fault(f"there is no row {line['row_id']} in this warehouse: judge rows of the version that is there")
        changed = [n for n in kind.cells if line.get(n, "").strip() != claim[n] and n != "words"] + [
            n
            for n in kind.sides
            if line.get(n, "").strip() != people_as_text(claim["people"].get(n, []), document.text)
        ]
        if changed and verdict == "right":
            raise Fault(f"the row is judged right, but {', '.join(changed)} was changed: is it corrected?")
        if not changed and verdict == "corrected":
            raise Fault("the row is judged corrected, but no cell was changed")
        span = claim["raw"]["start_char"], claim["raw"]["end_char"]
    else:
        span = document.span_of(line["sentence"], line["words"])
    if verdict == "none":
        document.decoy(span)
    else:
        document.add(kind, line, claim["people"] if claim else {}, span)
    return 1


def _index(out: Path, texts: Path, documents: Sequence[JudgedDocument]) -> None:
    """`documents.tsv` of the labels (id, characters), and the texts by id, each with what was there before."""
    import json

    index = out / "documents.tsv"
    sizes = dict(line.split("\t") for line in index.read_text(encoding="utf8").splitlines()) if index.exists() else {}
    sizes |= {d.ident: str(len(d.text)) for d in documents}
    if sizes:
        index.write_text("".join(f"{k}\t{v}\n" for k, v in sorted(sizes.items())), encoding="utf8")
    kept = {}
    if texts.exists():
        kept = {row["id"]: row for row in map(json.loads, texts.read_text(encoding="utf8").splitlines())}
    kept |= {d.ident: d.as_text() for d in documents}
    if kept:
        texts.parent.mkdir(parents=True, exist_ok=True)
        texts.write_text("".join(json.dumps(kept[k], ensure_ascii=False) + "\n" for k in sorted(kept)), encoding="utf8")


def _last_words(text: str) -> str:
    return " ".join(text[-200:].split())


def _guarded(cell: str) -> str:
    """A cell that a spreadsheet must not take for a formula."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def _unguarded(cell: str) -> str:
    return cell[1:] if re.match(r"'[=+\-@\t\r]", cell) else cell


def main(words: list[str] | None = None) -> int:
    """The command; returns 1 where some line was not taken."""
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    what = ask.add_subparsers(dest="what", required=True)
    make = what.add_parser("sheet")
    make.add_argument("warehouse", type=Path)
    make.add_argument("out", type=Path)
    make.add_argument("--table", choices=("events", "figures"), default="events")
    make.add_argument("--rows", type=int, default=50)
    make.add_argument("--seed", type=int, default=1)
    make.add_argument("--ids", nargs="*", default=[])
    take = what.add_parser("labels")
    take.add_argument("warehouse", type=Path)
    take.add_argument("judged", type=Path, nargs="+")
    take.add_argument("--out", type=Path, default=Path("training/labels/judged"))
    take.add_argument("--texts", type=Path, default=Path(".reader/judged.jsonl"))
    given = ask.parse_args(words)
    if given.what == "sheet":
        kind = _kind(given.table)
        with given.out.open("w", encoding="utf8", newline="") as file:
            writer = csv.DictWriter(file, [*FIRST, *kind.cells, *kind.sides, *LAST], lineterminator="\n")
            writer.writeheader()
            for line in sheet(given.warehouse, given.table, given.ids, given.rows, given.seed):
                writer.writerow({k: _guarded(v) for k, v in line.items()})
        print(f"{given.out}: set verdict ({', '.join(VERDICTS)}), correct the cells, then `labels`")
        return 0
    taken, wrong = labels(given.warehouse, given.judged, given.out, given.texts)
    print(f"{taken} judged rows in {given.out}; their texts are in {given.texts}, which is not to be committed")
    for one in wrong:
        print(f"not taken: {one}", file=sys.stderr)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
