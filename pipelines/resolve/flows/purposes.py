"""What a sum is for, as stems of words that can be compared, and the one state that it names."""

from __future__ import annotations

import polars as pl

from pipelines.reference.countries import lookup

# Actors that money reaches others through.
_BODIES = ("igo", "ngo", "other_organization", "company")
_WORD, _STEM = r"[a-z]{3,}", 5
_EMPTY_WORDS = [
    "the",
    "and",
    "for",
    "with",
    "from",
    "into",
    "other",
    "their",
    "its",
    "this",
    "that",
    "those",
    "these",
    "new",
    "help",
    "helping",
    "support",
    "supporting",
    "aid",
    "assistance",
    "program",
    "programs",
    "programme",
    "programmes",
    "project",
    "projects",
    "grant",
    "loan",
    "money",
    "funds",
    "fund",
    "year",
    "years",
    "also",
    "more",
    "than",
    "about",
    "million",
    "billion",
    "were",
    "was",
    "are",
    "has",
    "have",
    "been",
    "will",
    "would",
    "which",
    "who",
    "whose",
    "all",
    "some",
    "under",
    "over",
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]


def stems(text: pl.Expr) -> pl.Expr:
    """Stems of the words of a text that tell one purpose from another: the first letters of each, empty words left out.

    >>> pl.select(stems(pl.lit("rural health clinics in 2021"))).item().to_list()
    ['clini', 'healt', 'rural']
    """
    words = text.fill_null("").str.to_lowercase().str.extract_all(_WORD)
    kept = words.list.set_difference(pl.lit(_EMPTY_WORDS, dtype=pl.List(pl.String)))
    return kept.list.eval(pl.element().str.slice(0, _STEM)).list.unique().list.sort()


def states_named(figures: pl.DataFrame, actors: pl.DataFrame) -> pl.DataFrame:
    """figure_id, iso3 of aid that reaches one state though no state is told to be paid.

    Aid to a body whose purpose names one state ("to UNICEF to vaccinate children in Chad"), what is asked for of nobody's
    ("appealed for $120 million for victims of the drought in Chad"), and what a body has of a sum for one state ("UNICEF
    got $36 million of it").
    """
    bodies = actors.filter(pl.col("actor_type").is_in(_BODIES))["actor_id"]
    of_body = (pl.col("figure_kind") == "aid") & pl.col("payee_id").is_in(bodies.implode())
    of_nobody = pl.col("payee_id").is_null() & (pl.col("flow_stage") == "requested")
    asked = figures.filter((of_body | of_nobody) & pl.col("purpose").is_not_null())
    purposes = asked["purpose"].unique(maintain_order=True)
    found = pl.DataFrame(
        {"purpose": purposes, "iso3": [_one_state(named) for named in purposes]},
        schema={"purpose": pl.String, "iso3": pl.String},
    )
    named = asked.join(found.drop_nulls(), on="purpose", maintain_order="left").select("figure_id", "iso3")
    states = actors.filter(pl.col("actor_type") == "country").select(payee_id="actor_id", iso3="country")
    of_states = figures.join(states, on="payee_id", maintain_order="left").select("figure_id", "iso3").drop_nulls()
    wholes = pl.concat([named, of_states]).rename({"figure_id": "part_of_figure_id"})
    of_parts = figures.filter(of_body).join(wholes, on="part_of_figure_id", maintain_order="left")
    of_parts = of_parts.join(named, on="figure_id", how="anti", maintain_order="left")
    return pl.concat([named, of_parts.select("figure_id", "iso3")])


def _one_state(purpose: str) -> str | None:
    words = purpose.split()
    found = {
        word.iso3
        for n in range(len(words))
        for size in (3, 2, 1)
        if (word := lookup(" ".join(words[n : n + size]).strip(".,;:()"))) is not None and word.kind == "name"
    }
    return found.pop() if len(found) == 1 else None
