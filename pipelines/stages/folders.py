"""Where the stage results of a batch lie."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipelines.warehouse import files

DONE = "stage.json"


@dataclass(frozen=True)
class StageFolder:
    """Result of one stage for one batch: `<batch>/<stage>-<fingerprint>/`, with parts and a `stage.json`."""

    batch: Path
    stage: str
    fingerprint: str

    @property
    def path(self) -> Path:
        return self.batch / f"{self.stage}-{self.fingerprint}"

    @property
    def unfinished(self) -> Path:
        """Where parts gather until all are there; kept over a crash, so that the next run goes on."""
        return self.batch / f"{self.stage}-{self.fingerprint}.unfinished"

    def is_done(self) -> bool:
        return (self.path / DONE).is_file()

    def about(self) -> dict[str, Any]:
        """What `finish` recorded. Raises FileNotFoundError where the stage is not done."""
        content = files.read_json(self.path / DONE)
        if content is None:
            raise FileNotFoundError(f"{self.stage} of batch {self.batch.name} is not done: run it first.")
        return dict(content)

    def finish(self, about: dict[str, Any]) -> None:
        """Record facts of the stage, put the folder in its place and drop results of other fingerprints."""
        for dead in self.unfinished.glob(f".*{files.PARTIAL}"):  # of workers that died while others went on
            dead.unlink(missing_ok=True)
        files.write_json(about, self.unfinished / DONE)
        files.replace_folder(self.unfinished, self.path)
        for other in sorted(self.batch.glob(f"{self.stage}-*")):
            if other != self.path:
                files.remove_folder(other)

    def parts(self) -> list[Path]:
        return sorted(self.path.glob("part-*.parquet"))
