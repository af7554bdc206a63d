"""How well articles are taken out of pages and of plain text with chrome around: measures, added to `scores.csv`.

    python -m tests.measure.cleaning [html] [plain] [speed] [--shared DIR] [--no-record]

HTML: the pages of ../shared/gold/html_dev, F1 of word 4-grams beside trafilatura's own on the same pages, titles, dates.
Plain text: 200 articles of eight publishers, each publisher given the menus and footers of one real site and each
article some of its links; which lines of the body come through, and which others, over all and by publisher. Records are read,
repeated chrome learnt and documents cleaned as by a run; what a run does behind that (parses, readings) is left out: it changes no
text and takes by far the longest. The corpus has chrome of its own
in the articles: gold are the lines that end a sentence and that fewer than three of a publisher's articles share, the
rest (captions, headings, rights notices, pleas to subscribe) counts neither way.
Scaling: the pages read on one core and on two.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import re
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import date
from pathlib import Path
from typing import Any

import lxml.html
import polars as pl
import trafilatura

from pipelines import progress
from pipelines.reading.records import RawRecord
from pipelines.settings import Settings, project_folder
from pipelines.stages import batches, chrome
from pipelines.stages.engine import SerialEngine
from pipelines.stages.ingest import ingest
from pipelines.stages.plan import DOCUMENTS
from pipelines.text.clean import CleanDocument, clean
from tests.measure.score_record import append, version

PUBLISHERS, ARTICLES_EACH, SEED = 8, 25, 7
_SENTENCE = re.compile(r"\w.*[.!?][\"'”’)]{0,2}$", re.DOTALL)
_WORD = re.compile(r"\w+")


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf8") as lines:
        yield from map(json.loads, lines)


def _grams(text: str) -> Counter[tuple[str, ...]]:
    words = _WORD.findall(text.lower())
    return Counter(zip(words, words[1:], words[2:], words[3:], strict=False)) or Counter([tuple(words)])


def f1(found: str, gold: str) -> float:
    """F1 of word 4-grams, each counted as often as it stands there."""
    a, b = _grams(found), _grams(gold)
    shared = (a & b).total()
    return 2 * shared / (a.total() + b.total()) if shared else 0.0


def cleaned(page: str) -> CleanDocument | None:
    """A page through the pipeline's own reading."""
    record = RawRecord(source_path="page.html", record_index=0, content=page, content_type="html")
    found = clean(record)
    return found if isinstance(found, CleanDocument) else None


def _mean(values: Iterable[float]) -> float:
    told = list(values)
    return round(sum(told) / len(told), 4) if told else 0.0


def of_html(shared: Path) -> list[dict[str, Any]]:
    """Measures over the labelled pages."""
    pages = list(_rows(shared / "gold" / "html_dev.jsonl.gz"))
    results = []
    for group in sorted({p["set"] for p in pages}):
        some = [p for p in pages if p["set"] == group]
        ours = [cleaned(p["html"]) for p in some]
        theirs = [trafilatura.extract(p["html"]) or "" for p in some]
        n = len(some)
        own = _mean(f1(o.text if o else "", p["text"]) for o, p in zip(ours, some, strict=True))
        peer = _mean(f1(t, p["text"]) for t, p in zip(theirs, some, strict=True))
        results += [
            {"set": f"html {group}", "measure": "body, word 4-grams", "f1": own, "n": n},
            {"set": f"html {group}", "measure": "body, word 4-grams, trafilatura alone", "f1": peer, "n": n},
        ]
        titles = [(o, p) for o, p in zip(ours, some, strict=True) if p["title"]]
        days = [(o, p) for o, p in zip(ours, some, strict=True) if p["published_on"]]
        if titles:
            right = _mean(float(o is not None and _plain(o.title) == _plain(p["title"])) for o, p in titles)
            results.append({"set": f"html {group}", "measure": "title", "accuracy": right, "n": len(titles)})
        if days:
            right = _mean(
                float(o is not None and o.published_on == date.fromisoformat(p["published_on"][:10])) for o, p in days
            )
            results.append({"set": f"html {group}", "measure": "date", "accuracy": right, "n": len(days)})
    return results


def _plain(title: str | None) -> str:
    return " ".join(_WORD.findall((title or "").lower()))


def scaling(shared: Path) -> list[dict[str, Any]]:
    """Pages a second on one process and on two, ratio of both."""
    pages = [p["html"] for p in _rows(shared / "gold" / "html_dev.jsonl.gz")]
    seconds = []
    for workers in (1, 2):
        with ProcessPoolExecutor(workers) as pool:
            list(pool.map(cleaned, pages[:8]))  # processes started, libraries loaded
            started = time.perf_counter()
            list(pool.map(cleaned, pages, chunksize=4))
            seconds.append(time.perf_counter() - started)
    return [{"set": "html", "measure": "speed of two processes over one", "accuracy": round(seconds[0] / seconds[1], 2), "n": len(pages)}]  # fmt: skip


def chrome_lines(page: dict[str, Any]) -> list[str]:
    """Lines that a reader of a page sees and that are no part of its article."""
    tree = lxml.html.fromstring(page["html"])
    for element in tree.xpath("//script|//style|//noscript|//template|//head"):
        element.drop_tree()
    body = " ".join(page["text"].split())
    blocks = tree.xpath("//li|//p|//a|//h2|//h3|//h4|//footer//div[not(*)]|//nav//span|//button|//figcaption")
    seen: dict[str, None] = {}
    for block in blocks:
        line = " ".join(block.text_content().split())
        if 3 <= len(line) <= 200 and line not in body and any(c.isalpha() for c in line) and line.isprintable():
            seen.setdefault(line)
    return list(seen)


def mixed_articles(shared: Path) -> list[dict[str, Any]]:
    """Articles with chrome around: `text` as a crawler would have it, `body` its own paragraphs."""
    dice = random.Random(SEED)
    sites = [lines for p in _rows(shared / "gold" / "html_dev.jsonl.gz") if 25 <= len(lines := chrome_lines(p)) <= 250]
    dice.shuffle(sites)
    shared_lines: dict[str, Counter[str]] = defaultdict(Counter)
    by_publisher: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in _rows(shared / "corpus" / "allsides.jsonl.gz"):
        paragraphs = [" ".join(p.split()) for p in row["text"].split("\n") if p.strip()]
        if 8 <= len(paragraphs) <= 40:
            by_publisher[row["source"]].append(row | {"body": paragraphs})
            shared_lines[row["source"]].update(set(paragraphs))
    largest = sorted(by_publisher, key=lambda s: (-len(by_publisher[s]), s))[:PUBLISHERS]
    articles = []
    for publisher, site in zip(largest, sites, strict=False):
        menu, footer = site[:6], site[-8:]
        links = [line for line in site[6:-8] if line.count(" ") >= 3] or site[6:-8]
        for row in dice.sample(by_publisher[publisher], ARTICLES_EACH):
            body = row["body"]
            inside = dice.randrange(2, len(body) - 2)
            linked = dice.sample(links, min(3, len(links)))
            # between paragraphs stands what the site puts there everywhere, or a link to another story
            between = dice.choice((links[0], linked[0]))
            lines = [*menu, *body[:inside], between, *body[inside:], *linked[1:], *footer]
            articles.append(
                {"id": row["id"], "source": publisher, "published_on": row["published_on"], "text": "\n\n".join(lines), "own": body,
                 "body": [p for p in body if _SENTENCE.search(p) and shared_lines[publisher][p] < 3]}
            )  # fmt: skip
    return articles


def cleaned_texts(raw: Path, warehouse: Path) -> dict[str, str]:
    """Cleaned text by the id of its record: a run's own steps up to the documents."""
    settings = Settings(raw=raw, warehouse=warehouse)
    found = ingest(raw, warehouse, settings.batch_documents, settings.batch_bytes, progress.silent)
    chrome.learn(warehouse)
    batches.clean_batches(warehouse, found.live_batches, SerialEngine(), progress.silent)
    parts = [
        p for b in found.live_batches for p in (warehouse / "batches" / b).glob(f"{DOCUMENTS.name}-*/part-*.parquet")
    ]
    return dict(pl.concat([pl.read_parquet(p, columns=["external_id", "text"]) for p in parts]).iter_rows())


def of_plain_text(shared: Path) -> list[dict[str, Any]]:
    """Precision and recall of body lines after cleaning, chrome learnt over all of the articles: of all, then by publisher."""
    articles = mixed_articles(shared)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "raw").mkdir()
        lines = (json.dumps({k: v for k, v in a.items() if k not in ("body", "own")}) for a in articles)
        (folder / "raw" / "mixed.jsonl").write_text("\n".join(lines) + "\n", encoding="utf8")
        texts = cleaned_texts(folder / "raw", folder / "warehouse")
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    examples: Counter[str] = Counter()
    lost: Counter[str] = Counter()
    for article in articles:
        count = counts[article["source"]]
        found = [" ".join(p.split()) for p in texts.get(article["id"], "").split("\n\n")]
        whole = " ".join(found)
        for paragraph in article["body"]:
            count["body"] += 1
            # a dateline or a byline in front is told apart from the text
            inside = paragraph in whole or any(line and paragraph.endswith(line) for line in found)
            count["kept"] += inside
            lost[paragraph[:70]] += not inside
        own = " ".join(article["own"])
        for line in found:
            if line and line not in own:
                count["wrong"] += 1
                examples[line[:70]] += 1
    sys.stdout.write(f"kept though chrome: {examples.most_common(30)}\n")
    sys.stdout.write(f"lost though body: {[e for e in lost.most_common(60) if e[1]]}\n")
    total: Counter[str] = Counter()
    for count in counts.values():
        total.update(count)
    return [_of_lines("plain text", total)] + [_of_lines(f"plain text, {s}", counts[s]) for s in sorted(counts)]


def _of_lines(name: str, count: Counter[str]) -> dict[str, Any]:
    precision, recall = count["kept"] / max(count["kept"] + count["wrong"], 1), count["kept"] / max(count["body"], 1)
    return {
        "set": name, "measure": "body lines", "precision": round(precision, 4), "recall": round(recall, 4),
        "f1": round(2 * precision * recall / max(precision + recall, 1e-9), 4), "n": count["body"],
    }  # fmt: skip


PARTS = {"html": of_html, "plain": of_plain_text, "speed": scaling}


def main() -> int:
    """Measure and record."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("parts", nargs="*", choices=[[], *PARTS], default=[], help="what to measure; all without")
    parser.add_argument("--shared", type=Path, default=project_folder().parent / "shared")
    parser.add_argument("--no-record", action="store_true", help="tell the figures and leave scores.csv as it is")
    given = parser.parse_args()
    results = []
    for part in given.parts or PARTS:
        for row in PARTS[part](given.shared):
            results.append(row)
            sys.stdout.write(f"{row}\n")
            sys.stdout.flush()
    if not given.no_record:
        append(results, version())
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
