"""Figures as reports of flows: made comparable, between states and bodies; and which figures can be no such report, and why.

Not here: what one figure tells (`figure_terms`), whether two reports speak of one flow (`decision`), who acts for which state (`ends`).
"""

from __future__ import annotations

import polars as pl

from pipelines.reference.seats import seats
from pipelines.resolve.flows.denials import DENIED, denied
from pipelines.resolve.flows.dollars import with_one_dollar
from pipelines.resolve.flows.ends import Ends
from pipelines.resolve.flows.figure_terms import amounts, is_instalment, meaning, no_report, range_rates, years_of_whole
from pipelines.resolve.flows.known_ends import with_known_ends, without_receiver
from pipelines.resolve.flows.purposes import stems
from pipelines.resolve.flows.schema import REPORTS

# Days that the longest month has: what is told of a longer time is no day of a payment.
_MONTH = 31
_NO_RECEIVER = "no receiver is told, and the reading of it is too unsure to add it without one"


def read(
    figures: pl.DataFrame, documents: pl.DataFrame, ends: Ends, named: pl.DataFrame, cities: pl.DataFrame
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Figures of aid, loans and debt relief as reports, and (figure_id, confidence, reason) of those that are none.

    Figures need the columns of the table `financial_figures`; documents document_id, publisher, published_on and
    duplicate_of; `named` is what `states_named` gives; cities (document_id, actor_id, city) are actors whom a document
    calls by a city alone. Other kinds of figures (prices, budgets, trade …) are in neither. Rows come sorted by figure_id.
    """
    chosen = _of_each_giver(
        figures.filter(_is_given() | _is_budget_of(figures) | _is_instalment_of(figures)).sort("figure_id")
    )
    dated = with_one_dollar(chosen.join(documents, on="document_id", how="left", maintain_order="left"))
    rows = ends.of(range_rates(years_of_whole(dated)).with_columns(**amounts()).with_columns(**meaning()))
    rows = _of_cities(_to_states(rows, ends, named), ends, cities)
    rows = rows.with_columns(reason=no_report()).with_columns(
        reason=pl.coalesce("reason", pl.when(denied(rows)).then(pl.lit(DENIED)))
    )
    rejected = (
        rows.filter(pl.col("reason").is_not_null())
        .select("figure_id", "confidence", "reason")
        .unique("figure_id", keep="first", maintain_order=True)
    )
    kept = _with_words(rows.filter(pl.col("reason").is_null()), ends).with_columns(part_of="part_of_figure_id")
    # "In aid" names no purpose, and a code made of such words says nothing either.
    empty = pl.col("purpose").is_not_null() & (pl.col("words").list.len() == 0)
    kept = kept.with_columns(
        pl.when(empty.fill_null(False)).then(None).otherwise(name).alias(name) for name in ("purpose", "purpose_code")
    )
    kept = with_known_ends(_of_running_totals(_without_words_of_parts(kept)))
    unsure = without_receiver(kept)
    told = unsure.select("figure_id", "confidence", reason=pl.lit(_NO_RECEIVER)).unique("figure_id", keep="first")
    kept = kept.join(unsure, on="anchor", how="anti", maintain_order="left")
    rejected = pl.concat([rejected, told.join(kept, on="figure_id", how="anti")]).sort("figure_id")
    return kept.select(REPORTS.names()).cast(REPORTS), rejected


def _of_each_giver(given: pl.DataFrame) -> pl.DataFrame:
    """One row a giver of sums that several each give; others as they are. Adds `anchor`, which tells the rows of a figure apart."""
    given = given.with_columns(
        anchor="figure_id", _each=pl.col("is_each").fill_null(False) & (pl.col("joint_donor_ids").list.len() > 0)
    )
    others = (
        given.filter("_each")
        .with_columns(payer_id="joint_donor_ids")
        .explode("payer_id")
        .join(
            given.select("figure_id", "payer_id"), on=["figure_id", "payer_id"], how="anti"
        )  # the payer himself is there
        .with_columns(anchor=pl.concat_str("figure_id", pl.lit(" "), "payer_id"))
        .unique("anchor", maintain_order=True)
    )
    return (
        pl.concat([given, others])
        .sort("figure_id", "anchor")
        .with_columns(joint_donor_ids=pl.when(~pl.col("_each")).then("joint_donor_ids"))
        .drop("_each")
    )


def may_be_of_flow() -> pl.Expr:
    """Figures that `read` looks at: others are in no flow and decide none."""
    return _is_given() | (pl.col("figure_kind") == "budget") | is_instalment()


def _is_given() -> pl.Expr:
    return pl.col("figure_kind").is_in(["aid", "loan"]) | pl.col("finance_type").is_not_null()


def _is_budget_of(figures: pl.DataFrame) -> pl.Expr:
    """Money that one report calls spent or needed, and another given: the whole of given parts, or the same sum and ends.

    What a project costs that one loan helps to pay for is not its lender's: a whole of one part is given where it is told to be.
    """
    given = figures.filter(_is_given() & pl.col("factuality").is_in(["actual", "planned"]))
    parts = given.group_by("part_of_figure_id").agg(count=pl.len())
    wholes = parts.filter(pl.col("count") > 1)["part_of_figure_id"].drop_nulls().implode()
    of_one = parts["part_of_figure_id"].drop_nulls().implode()
    ends = pl.struct("payer_id", "payee_id", "currency", "amount")
    same = (
        given.drop_nulls(["payer_id", "payee_id", "currency", "amount"]).select(ends.alias("_ends"))["_ends"].implode()
    )
    return (
        (pl.col("figure_kind") == "budget")
        & pl.col("payer_id").is_not_null()
        & (
            pl.col("figure_id").is_in(wholes)
            | (pl.col("figure_id").is_in(of_one) & (pl.col("flow_stage") != "unspecified"))
            | ends.is_in(same)
        )
    )


def _is_instalment_of(figures: pl.DataFrame) -> pl.Expr:
    """What a lender pays of a sum that it lends, told as debt ("paid $117 million, the first instalment of a $468 million loan")."""
    lent = figures.filter(_is_given()).drop_nulls(["payer_id", "payee_id"])
    ends = pl.struct("payer_id", "payee_id", figure="figure_id")
    of_lent = pl.struct("payer_id", "payee_id", figure="part_of_figure_id")
    return is_instalment() & of_lent.is_in(lent.select(ends.alias("_ends"))["_ends"].implode())


def _without_words_of_parts(rows: pl.DataFrame) -> pl.DataFrame:
    """Take from wholes what their sentence says of a part: "got a further 12 million, the second payment of a 40-million grant,
    in May" tells of no further grant, and none that was made in May."""
    span = ["period_start", "period_end"]
    is_short = (pl.col("period_end") - pl.col("period_start")).dt.total_days() <= _MONTH
    parts = rows.filter(pl.col("part_of").is_not_null()).select(
        *span, "status", "is_sequel", "document_id", figure_id="part_of", is_short=is_short.fill_null(False)
    )
    paid = parts.filter((pl.col("status") == "disbursed") & pl.col("is_short"))
    is_promise = pl.col("status").is_in(["pledged", "committed"])
    dated = rows.filter(is_promise).join(paid, on=["figure_id", "document_id", *span], how="semi")["figure_id"]
    further = parts.filter("is_sequel").join(rows, on=["figure_id", "document_id"], how="semi")["figure_id"]
    is_dated, is_of_further = (pl.col("figure_id").is_in(found.implode()) for found in (dated, further))
    return rows.with_columns(
        *(pl.when(~is_dated).then(name).alias(name) for name in ("year_start", "year_end", "day")),
        is_sequel=pl.col("is_sequel") & ~is_of_further,
    )


def _of_running_totals(rows: pl.DataFrame) -> pl.DataFrame:
    """What is told behind a running total as part of it, and of no year of its own, is running too ("lent 4.3 billion since 1957, of which
    1.2 billion is not paid out"). What stands before it is the news ("lent $24 million, which brings its loans to 441 million")."""
    totals = rows.filter("is_cumulative").select(part_of="figure_id", _total_at="start_char").unique("part_of")
    found = rows.join(totals, on="part_of", how="left", maintain_order="left")
    is_of_total = (pl.col("start_char") > pl.col("_total_at")).fill_null(False) & pl.col("year_start").is_null()
    return found.with_columns(is_cumulative=pl.col("is_cumulative") | is_of_total).drop("_total_at")


def _with_words(rows: pl.DataFrame, ends: Ends) -> pl.DataFrame:
    """Add `words`, the stems of what a sum is for: the names of its own ends ("schools in Nepal") tell no purpose from another."""
    names = ends.names.select("actor_id", _name=stems(pl.col("name")))
    of_ends = rows.select("anchor", "donor", "recipient").unpivot(index="anchor", value_name="actor_id").drop_nulls()
    known = of_ends.join(names, on="actor_id").group_by("anchor").agg(_names=pl.col("_name").explode())
    words = stems(pl.col("purpose")).list.set_difference(pl.col("_names").fill_null([])).list.sort()
    return rows.join(known, on="anchor", how="left", maintain_order="left").with_columns(words=words).drop("_names")


def _to_states(rows: pl.DataFrame, ends: Ends, named: pl.DataFrame) -> pl.DataFrame:
    """Aid to a body for one state is aid to that state through the body."""
    states = named.with_columns(_state=pl.col("iso3").replace_strict(ends.states, default=None, return_dtype=pl.String))
    is_through = pl.col("_state").is_not_null() & (pl.col("_state") != pl.col("donor")).fill_null(True)
    return (
        rows.join(states.select("figure_id", "_state"), on="figure_id", how="left", maintain_order="left")
        .with_columns(
            channel=pl.when(is_through).then(pl.coalesce("channel", "recipient")).otherwise("channel"),
            recipient=pl.when(is_through).then("_state").otherwise("recipient"),
        )
        .drop("_state")
    )


def _of_cities(rows: pl.DataFrame, ends: Ends, cities: pl.DataFrame) -> pl.DataFrame:
    """Add `seat_of`: the body that the giver's city may mean as well as its state."""
    bodies = {city: ends.bodies.get(seat.body) for city, seat in seats().items()}
    seat = cities.select(
        "document_id",
        payer_id="actor_id",
        seat_of=pl.col("city").replace_strict(bodies, default=None, return_dtype=pl.String),
    )
    return rows.join(seat, on=["document_id", "payer_id"], how="left", maintain_order="left")
