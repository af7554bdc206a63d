"""Entry point of the Dagster code location, over the settings of the environment."""

from pipelines.defs.location import build_defs

defs = build_defs()
