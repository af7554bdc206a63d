"""What a published version was made from, so that a run can tell that there is nothing to publish."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pipelines.reader.interface import ENCODER
from pipelines.resolve.stage_results import StageResults
from pipelines.stages import plan
from pipelines.stages.fingerprints import digest
from pipelines.warehouse import parts, sql_models, versions


def inputs_digest(results: StageResults) -> str:
    """Digest of all that decides a version's content: facts, live files, resolving code, SQL."""
    ledger = results.ledger.select("source_path", "content_key", "reason").rows()
    sql = [(m.name, m.query) for kind in ("intermediate", "marts", "checks") for m in sql_models.models(kind)]
    return digest(results.fingerprints, results.event_confidence, ledger, sql, plan.TABLES.version())


def about(results: StageResults, run_id: str) -> dict[str, Any]:
    """Facts kept beside a version, of the stage results that its tables are made from."""
    return {
        "inputs": inputs_digest(results),
        "batches": results.batches,  # kept on disk as long as the version is
        "run_id": run_id,
        "reader": results.reader,
        # No published part was taken for it: a store is given all of it again, whatever it has.
        "made_anew": not any(parts.noted(v.tables).keys for v in versions.all_versions(results.warehouse)),
    }


def is_current(warehouse: Path, event_confidence: float, reader: str = ENCODER) -> bool:
    """Whether the published version, or one that was rolled back from, was made from just what is there now."""
    published = versions.current(warehouse)
    if published is None:
        return False
    wanted = inputs_digest(StageResults(warehouse, event_confidence, reader))
    return wanted in (published.about().get("inputs"), versions.left_inputs(warehouse))
