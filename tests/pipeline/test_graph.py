"""The asset graph as a picture in text: every change of it shows as a difference here."""

import dagster as dg
from syrupy.assertion import SnapshotAssertion

from pipelines.defs import lineage
from pipelines.defs.location import build_defs
from pipelines.warehouse import files
from pipelines.warehouse.sql_models import sql_folder


def test_the_graph_is_as_recorded(snapshot: SnapshotAssertion) -> None:
    graph = build_defs().resolve_asset_graph()
    lines = []
    for key in sorted(graph.get_all_asset_keys(), key=dg.AssetKey.to_user_string):
        node = graph.get(key)
        parents = ", ".join(sorted(parent.to_user_string() for parent in node.parent_keys)) or "-"
        checks = len(node.check_keys)
        partitioned = " by batch" if node.partitions_def else ""
        lines.append(f"{key.to_user_string()} [{node.group_name}{partitioned}, {checks} checks] <- {parents}")
    assert "\n".join(lines) == snapshot


def test_every_asset_has_an_owner_a_group_and_a_description() -> None:
    graph = build_defs().resolve_asset_graph()
    keys = graph.get_all_asset_keys()
    assert len(keys) > 20
    for key in keys:
        node = graph.get(key)
        assert node.description, key
        assert node.owners, key
        assert node.group_name not in (None, "default"), key


def test_schedule_and_sensors_run_by_default() -> None:
    repository = build_defs().get_repository_def()
    assert repository.get_schedule_def("nightly").default_status == dg.DefaultScheduleStatus.RUNNING
    for name in ("raw_folder", "after_ingest"):
        assert repository.get_sensor_def(name).default_status == dg.DefaultSensorStatus.RUNNING


def test_the_kept_lineage_is_that_of_the_marts() -> None:
    kept = files.read_json(sql_folder() / "marts" / lineage.LINEAGE)
    assert kept == lineage.of_all_marts(), "run `python -m pipelines.defs.lineage`"
