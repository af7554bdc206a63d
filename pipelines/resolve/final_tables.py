"""The warehouse's tables: facts of all documents, or of some, joined to actor ids. `written_tables` writes them."""

from __future__ import annotations

from collections.abc import Callable
from copy import copy
from functools import cached_property, partial
from pathlib import Path

import polars as pl

from pipelines.reference.roles import is_office
from pipelines.reference.seats import seats
from pipelines.resolve.flows.build import Flows
from pipelines.resolve.flows.build import build as build_flows
from pipelines.resolve.flows.reports import may_be_of_flow
from pipelines.resolve.identities import resolve
from pipelines.resolve.known_copies import find_known_copies
from pipelines.resolve.known_forms import known_forms
from pipelines.resolve.stage_results import StageResults
from pipelines.resolve.stories import story_events
from pipelines.resolve.sure import is_sure
from pipelines.resolve.usd import add_usd
from pipelines.stages import plan
from pipelines.tables import WAREHOUSE_TABLES


def in_contract(table: str) -> list[pl.Expr]:
    """A table's columns, in its order and types.

    Codes stay text: one that its list has not is a matter of the contract, not the end of the run.
    """
    schema = WAREHOUSE_TABLES[table].create_empty().schema
    return [pl.col(name).cast(pl.String if isinstance(dtype, pl.Enum) else dtype) for name, dtype in schema.items()]


def _best_date_basis() -> pl.Expr:
    """What the best date of an event rests on; null where it has none."""
    exact = pl.col("date_precision").is_in(["day", "unknown"])
    stated = pl.when(exact).then(pl.lit("told")).otherwise(pl.lit("told: ") + pl.col("date_precision"))
    inferred = pl.when(pl.col("published_on").is_not_null()).then(pl.lit("publication"))
    return pl.when(pl.col("date_start").is_not_null()).then(stated).otherwise(inferred)


# Their rows are published as extraction made them.
_AS_EXTRACTED = ("sentences", "evidence", "time_expressions", "quantities")


class FinalTables:
    """All tables but `runs`, from the stage results of a warehouse.

    `entities` and `entity_actors` (document_id, entity -> actor_id) are resolved once, at the start. A method a table gives its rows
    as a lazy frame, which may have more columns than its contract; what they search or look up is done once. `of` gives the
    rows of some documents. What takes the whole corpus (stories, flows) reads tables that lie in `written` from there.
    """

    def __init__(self, results: StageResults) -> None:
        self.results = results
        self._whole = self
        self.written: Path | None = None
        version = plan.IDENTITIES.version()
        counted = known_forms(results.warehouse, results.batch_digests, results.entities, version)
        self.entities, entity_actors = resolve(counted)
        self.entity_actors = entity_actors.rename({"entity_index": "entity"})

    def of(self, documents: pl.Series) -> FinalTables:
        """Rows of some documents, as they are among all."""
        part = copy(self)
        part.results = self.results.of(documents)
        part.entity_actors = self.entity_actors.filter(pl.col("document_id").is_in(documents.implode()))
        return part

    def _of_all(self, table: str) -> pl.LazyFrame:
        """A table of all documents in its contract's columns: as it is written, if it is."""
        path = self.written / f"{table}.parquet" if self.written is not None else None
        return pl.scan_parquet(path) if path is not None and path.exists() else self.rows(table)

    def _named(self, frame: pl.LazyFrame, entity: str, actor: str) -> pl.LazyFrame:
        """Replace a column of document-local entities by one of actor ids."""
        names = self.entity_actors.lazy().rename({"entity": entity, "actor_id": actor})
        return frame.join(names, on=["document_id", entity], how="left", maintain_order="left")

    @cached_property
    def copies(self) -> pl.DataFrame:
        """document_id -> the document that it repeats: a search over the whole corpus, made where it is new."""
        results = self.results
        documents = results.document_index.drop("content_key")
        return find_known_copies(results.warehouse, documents, results.minhashes, plan.COPIES.version())

    def documents(self) -> pl.LazyFrame:
        """Documents with the one that each repeats, and their length in characters and words."""
        text = pl.col("text")
        return (
            self.results.documents()
            .join(self._whole.copies.lazy(), on="document_id", how="left", maintain_order="left")
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
        loaded = self.results.document_index.lazy().group_by("content_key").agg(loaded=pl.len())
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
        published = self.results.document_index.lazy().select("document_id", "published_on")
        events = events.join(published, on="document_id", how="left", maintain_order="left").with_columns(
            best_date=pl.coalesce("date_start", "published_on"), best_date_basis=_best_date_basis()
        )
        events = events.with_columns(is_sure("events"))
        return self._named(events, "attributed_entity", "attributed_to").join(
            self._whole.stories.lazy().drop("document_id"), on="event_id", how="left", maintain_order="left"
        )

    @cached_property
    def stories(self) -> pl.DataFrame:
        """document_id, event_id and story_event_id of events that are told of a day and two sides."""
        events = self.results.facts("events")
        stories = story_events(events, self._of_all("event_actors"))
        return events.select("document_id", "event_id").join(stories, on="event_id").collect()

    def financial_figures(self) -> pl.LazyFrame:
        """Figures with the actors that they name, in dollars of their day and of one year, and whether they are sure."""
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
        published = self.results.document_index.lazy().select("document_id", "published_on")
        return add_usd(figures.join(published, on="document_id", how="left", maintain_order="left"))

    def _joint_donors(self, figures: pl.LazyFrame) -> pl.LazyFrame:
        """figure_id -> actor ids of the further payers of one sum, for figures that have some."""
        some = figures.filter(pl.col("joint_entities").list.len() > 0)
        each = some.select("document_id", "figure_id", joint="joint_entities").explode("joint")
        named = self._named(each, "joint", "actor_id").group_by("figure_id", maintain_order=True)
        return named.agg(joint_donor_ids=pl.col("actor_id").drop_nulls().unique(maintain_order=True))

    @cached_property
    def _flows(self) -> Flows:
        """Flows of the whole corpus: made once, for three tables."""
        mentions = self._of_all("mentions")
        roles = mentions.filter(pl.col("role").is_not_null()).select("actor_id", "role").unique().collect()
        is_official = roles["role"].map_elements(is_office, return_dtype=pl.Boolean)
        officials = roles.filter(is_official).select("actor_id").unique()
        documents = self.documents().select("document_id", "publisher", "published_on", "duplicate_of").collect()
        figures = self._of_all("financial_figures").filter(may_be_of_flow()).collect()
        return build_flows(figures, documents, self.entities, officials["actor_id"], _city_names(mentions))

    def aid_flows(self) -> pl.LazyFrame:
        """Each grant, loan, pledge or payment once."""
        return self._flows.flows.lazy()

    def aid_flow_reports(self) -> pl.LazyFrame:
        """Which figure plays what part in which flow."""
        return self._flows.reports.lazy()

    def quotes(self) -> pl.LazyFrame:
        """Quotations with their speaker."""
        return self._named(self.results.facts("quotes"), "speaker_entity", "speaker_id")

    def rows(self, table: str) -> pl.LazyFrame:
        """A table in its contract's columns. Raises polars' ColumnNotFoundError where one is missing."""
        return self.frame(table).select(in_contract(table))

    def frame(self, table: str) -> pl.LazyFrame:
        """A table's rows; those told of documents have document_id."""
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
            **{name: partial(self.results.facts, name) for name in _AS_EXTRACTED},
        }
        return of[table]()


def _city_names(mentions: pl.LazyFrame) -> pl.DataFrame:
    """(document_id, actor_id, city) of actors whom a document calls by the name of one seat and nothing else."""
    key = ["document_id", "actor_id"]
    names = mentions.filter(pl.col("mention_type").is_in(["name", "metonym"])).select(*key, "text")
    is_seat = pl.col("text").is_in(list(seats()))
    # Few are called by a seat's name at all: only what these are called is counted.
    asked = names.filter(is_seat).select(key).unique()
    called = (
        names.join(asked, on=key, how="semi", nulls_equal=True)
        .group_by(key)
        .agg(city=pl.col("text").first(), _ways=pl.col("text").n_unique())
    )
    return called.filter(pl.col("_ways") == 1).drop("_ways").sort(key).collect()
