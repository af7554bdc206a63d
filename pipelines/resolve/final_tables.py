"""The warehouse's tables: facts of all documents joined to actor ids, written as Parquet, one file a table.

Every function takes lazy stage results and gives a lazy frame with exactly the columns of its contract.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property, partial
from pathlib import Path

import polars as pl

from pipelines.progress import Progress
from pipelines.reference.roles import is_office
from pipelines.reference.seats import seats
from pipelines.resolve.flows.build import Flows
from pipelines.resolve.flows.build import build as build_flows
from pipelines.resolve.identities import resolve
from pipelines.resolve.known_copies import find_known_copies
from pipelines.resolve.known_forms import known_forms
from pipelines.resolve.stage_results import StageResults
from pipelines.resolve.stories import story_events
from pipelines.resolve.sure import is_sure
from pipelines.resolve.usd import add_usd
from pipelines.stages import plan
from pipelines.tables import WAREHOUSE_TABLES


def conform(frame: pl.LazyFrame, table: str) -> pl.LazyFrame:
    """Select a table's columns, in its order and types. Raises polars' ColumnNotFoundError where one is missing.

    Codes stay text: one that its list has not is a matter of the contract, not the end of the run.
    """
    schema = WAREHOUSE_TABLES[table].create_empty().schema
    return frame.select(
        pl.col(name).cast(pl.String if isinstance(dtype, pl.Enum) else dtype) for name, dtype in schema.items()
    )


def _best_date_basis() -> pl.Expr:
    """What the best date of an event rests on; null where it has none."""
    exact = pl.col("date_precision").is_in(["day", "unknown"])
    told = pl.when(exact).then(pl.lit("told")).otherwise(pl.lit("told: ") + pl.col("date_precision"))
    inferred = pl.when(pl.col("published_on").is_not_null()).then(pl.lit("publication"))
    return pl.when(pl.col("date_start").is_not_null()).then(told).otherwise(inferred)


# Their rows are published as extraction made them.
_AS_EXTRACTED = ("sentences", "evidence", "time_expressions", "quantities")


class FinalTables:
    """All tables but `runs`, from the stage results of a warehouse.

    `entities` and `entity_actors` (document_id, entity -> actor_id) are resolved once, at the start. A method a table gives its rows
    as a lazy frame, which may have more columns than its contract; what they search or look up is done once.
    """

    def __init__(self, results: StageResults) -> None:
        self.results = results
        version = plan.IDENTITIES.version()
        counted = known_forms(results.warehouse, results.batch_digests, results.entities, version)
        self.entities, entity_actors = resolve(counted)
        self.entity_actors = entity_actors.rename({"entity_index": "entity"})

    def _named(self, frame: pl.LazyFrame, entity: str, actor: str) -> pl.LazyFrame:
        """Replace a column of document-local entities by one of actor ids."""
        names = self.entity_actors.lazy().rename({"entity": entity, "actor_id": actor})
        return frame.join(names, on=["document_id", entity], how="left", maintain_order="left")

    @cached_property
    def _copies(self) -> pl.DataFrame:
        """document_id -> the document that it repeats: a search over the whole corpus, made where it is new."""
        results = self.results
        documents = results.told.drop("content_key")
        return find_known_copies(results.warehouse, documents, results.minhashes, plan.COPIES.version())

    def documents(self) -> pl.LazyFrame:
        """Documents with the one that each repeats, and their length in characters and words."""
        text = pl.col("text")
        return (
            self.results.documents()
            .join(self._copies.lazy(), on="document_id", how="left", maintain_order="left")
            .with_columns(char_count=text.str.len_chars(), word_count=text.str.count_matches(r"\S+"))
        )

    def document_cuts(self) -> pl.LazyFrame:
        """What cleaning left out of each document, a row a piece."""
        cuts = self.results.documents().select("document_id", "cuts").filter(pl.col("cuts").list.len() > 0)
        return (
            cuts.with_columns(cut_index=pl.int_ranges(pl.col("cuts").list.len()))
            .explode("cuts", "cut_index")
            .unnest("cuts")
            .with_columns(char_count=pl.col("text").str.len_chars())
        )

    def raw_files(self) -> pl.LazyFrame:
        """Files of the ledger with what of each was loaded and refused; one whose content another file has counts as its copy."""
        loaded = self.results.told.lazy().group_by("content_key").agg(loaded=pl.len())
        refused = (
            self.results.refusals.lazy()
            .group_by("source_path")
            .agg(quarantined=pl.len(), _after_read=(pl.col("stage") == "clean").sum())
        )
        copy = pl.col("source_path") != pl.col("source_path").min().over("content_key")
        count = pl.col("loaded", "quarantined", "_after_read").fill_null(0)
        return (
            self.results.ledger.lazy()
            .join(loaded, on="content_key", how="left", maintain_order="left")
            .join(refused, on="source_path", how="left", maintain_order="left")
            .with_columns(count, _copy=copy.fill_null(False))
            .with_columns(loaded=pl.when("_copy").then(0).otherwise("loaded"))
            .with_columns(
                duplicates=(pl.col("records") - pl.col("loaded") - pl.col("_after_read")).clip(0),
                modified_at=(pl.col("modified_ns") // 1000).cast(pl.Datetime("us", "UTC")),
                batch=pl.col("batches").list.first(),
                status=pl.when("_copy")
                .then(pl.lit("copy"))
                .when(pl.col("quarantined") == 0)
                .then(pl.lit("ok"))
                .when(pl.col("loaded") > 0)
                .then(pl.lit("partial"))
                .otherwise(pl.lit("quarantined")),
            )
        )

    def actors(self) -> pl.LazyFrame:
        """Actors of the documents, and those that flows add: what several givers are together."""
        return pl.concat([self.entities, self._flows.added_actors]).sort("actor_id").lazy()

    def mentions(self) -> pl.LazyFrame:
        """Mentions with the actor that each is of."""
        return self._named(self.results.facts("mentions"), "entity", "actor_id")

    def event_actors(self) -> pl.LazyFrame:
        """Who takes part in which event: two entities of a document that are one actor count once."""
        named = self._named(self.results.facts("event_actors"), "entity", "actor_id")
        return named.unique(["event_id", "actor_id", "role"], keep="first", maintain_order=True)

    def events(self) -> pl.LazyFrame:
        """Events with their best date, the story that each is told in, and whether they are sure."""
        events = self.results.facts("events")
        stories = story_events(events, self.event_actors())
        published = self.results.told.lazy().select("document_id", "published_on")
        events = events.join(published, on="document_id", how="left", maintain_order="left").with_columns(
            best_date=pl.coalesce("date_start", "published_on"), best_date_basis=_best_date_basis()
        )
        events = events.with_columns(is_sure("events"))
        return self._named(events, "attributed_entity", "attributed_to").join(
            stories, on="event_id", how="left", maintain_order="left"
        )

    def financial_figures(self) -> pl.LazyFrame:
        """Figures with the actors that they name, in dollars of their day and of one year, and whether they are sure."""
        return self._figures.lazy()

    @cached_property
    def _figures(self) -> pl.DataFrame:
        figures = self.results.facts("financial_figures")
        for entity, actor in (
            ("payer_entity", "payer_id"),
            ("payee_entity", "payee_id"),
            ("attributed_entity", "attributed_to"),
            ("channel_entity", "channel_id"),
        ):
            figures = self._named(figures, entity, actor)
        figures = figures.with_columns(is_sure("financial_figures"), donor_id="payer_id", recipient_id="payee_id")
        figures = figures.join(self._joint_donors(figures), on="figure_id", how="left", maintain_order="left")
        figures = figures.with_columns(pl.col("joint_donor_ids").fill_null([]))
        published = self.results.told.lazy().select("document_id", "published_on")
        in_usd = add_usd(figures.join(published, on="document_id", how="left", maintain_order="left"))
        return conform(in_usd, "financial_figures").collect()

    def _joint_donors(self, figures: pl.LazyFrame) -> pl.LazyFrame:
        """figure_id -> actor ids of the further payers of one sum, for figures that have some."""
        some = figures.filter(pl.col("joint_entities").list.len() > 0)
        each = some.select("document_id", "figure_id", joint="joint_entities").explode("joint")
        named = self._named(each, "joint", "actor_id").group_by("figure_id", maintain_order=True)
        return named.agg(joint_donor_ids=pl.col("actor_id").drop_nulls())

    @cached_property
    def _flows(self) -> Flows:
        """Flows of the whole corpus: made once, for three tables."""
        roles = self.mentions().filter(pl.col("role").is_not_null()).select("actor_id", "role").unique().collect()
        is_official = roles["role"].map_elements(is_office, return_dtype=pl.Boolean)
        officials = roles.filter(is_official).select("actor_id").unique()
        documents = self.documents().select("document_id", "publisher", "published_on", "duplicate_of").collect()
        return build_flows(self._figures, documents, self.entities, officials["actor_id"], self._city_names())

    def _city_names(self) -> pl.DataFrame:
        """(document_id, actor_id, city) of actors whom a document calls by the name of one seat and nothing else."""
        names = self.mentions().filter(pl.col("mention_type").is_in(["name", "metonym"]))
        called = names.group_by("document_id", "actor_id").agg(
            city=pl.col("text").first(), _ways=pl.col("text").n_unique()
        )
        wanted = (pl.col("_ways") == 1) & pl.col("city").is_in(list(seats()))
        return called.filter(wanted).drop("_ways").sort("document_id", "actor_id").collect()

    def aid_flows(self) -> pl.LazyFrame:
        """Each grant, loan, pledge or payment once."""
        return self._flows.flows.lazy()

    def aid_flow_reports(self) -> pl.LazyFrame:
        """Which figure plays what part in which flow."""
        return self._flows.reports.lazy()

    def quotes(self) -> pl.LazyFrame:
        """Quotations with their speaker."""
        return self._named(self.results.facts("quotes"), "speaker_entity", "speaker_id")

    def tables(self) -> Iterator[tuple[str, pl.LazyFrame]]:
        """Every table with its frame, in the contract's columns."""
        of: dict[str, Callable[[], pl.LazyFrame]] = {
            "documents": self.documents,
            "document_cuts": self.document_cuts,
            "actors": self.actors,
            "mentions": self.mentions,
            "events": self.events,
            "event_actors": self.event_actors,
            "financial_figures": self.financial_figures,
            "aid_flows": self.aid_flows,
            "aid_flow_reports": self.aid_flow_reports,
            "quotes": self.quotes,
            "quarantine": self.results.refusals.lazy,
            "raw_files": self.raw_files,
            **{table: partial(self.results.facts, table) for table in _AS_EXTRACTED},
        }
        for table in WAREHOUSE_TABLES:
            if table != "runs":  # which is the warehouse's own
                yield table, conform(of[table](), table)

    def write(self, folder: Path, progress: Progress) -> dict[str, int]:
        """Write every table as `<folder>/<table>.parquet`; returns rows a table."""
        folder.mkdir(parents=True, exist_ok=True)
        rows: dict[str, int] = {}
        total = len(WAREHOUSE_TABLES) - 1

        def write(named: tuple[str, pl.LazyFrame]) -> tuple[str, int]:
            table, frame = named
            path = folder / f"{table}.parquet"
            frame.sink_parquet(path, compression="zstd", compression_level=3, maintain_order=True)
            return table, pl.scan_parquet(path).select(pl.len()).collect().item()

        # Much of a table's writing keeps one core busy: two at a time.
        with ThreadPoolExecutor(2) as pool:
            for table, height in pool.map(write, self.tables()):
                rows[table] = height
                progress("resolve", len(rows), total, table)
        return rows
