"""Batches of records as dynamic partitions: the unit of work, retry and monitoring."""

from __future__ import annotations

from collections.abc import Sequence

import dagster as dg

batches = dg.DynamicPartitionsDefinition(name="batches")
assert batches.name is not None
NAME = batches.name


def register(instance: dg.DagsterInstance, live: Sequence[str]) -> None:
    """Make Dagster's partitions be the live batches."""
    known = instance.get_dynamic_partitions(NAME)
    for gone in sorted(set(known) - set(live)):
        instance.delete_dynamic_partition(NAME, gone)
    added = sorted(set(live) - set(known))
    if added:
        instance.add_dynamic_partitions(NAME, added)


def range_tags(keys: Sequence[str], live: Sequence[str]) -> dict[str, str]:
    """Run tags that ask for the batches from the first to the last of `keys`, in one run.

    Batches between them that are up to date cost nothing: their stages find the result there.
    """
    ordered = [b for b in live if b in set(keys)]
    return {
        "dagster/asset_partition_range_start": ordered[0],
        "dagster/asset_partition_range_end": ordered[-1],
    }
