"""The tags of materialisations are those that Dagster itself reads."""

import json
import sqlite3

from dagster import AssetKey, AssetMaterialization

from pixora_pipeline.assets.latest_events import latest_events, tags_of
from pixora_pipeline_tests.conftest import Bench

LAMP = AssetKey("lamp")


def test_tags_are_read_without_reading_the_events(bench: Bench) -> None:
    for number in range(3):
        tags = {"pixora/fingerprint": f"f{number}", "dagster/data_version": 'an "odd" value'} if number else None
        bench.instance.report_runless_asset_event(AssetMaterialization(LAMP, partition=str(number), tags=tags))
    numbers = latest_events(bench.instance, [LAMP], ["0", "1", "2"]).values()
    events = bench.instance.fetch_materializations(LAMP, limit=3).records
    assert tags_of(bench.instance, numbers) == {
        each.storage_id: each.asset_materialization.tags or {} for each in events
    }


def test_an_event_that_is_stored_in_another_way_is_left_to_dagster(bench: Bench) -> None:
    bench.instance.report_runless_asset_event(AssetMaterialization(LAMP, tags={"pixora/fingerprint": "f"}))
    [event] = bench.instance.fetch_materializations(LAMP, limit=1).records
    with sqlite3.connect(bench.studio.settings.dagster / "history" / "runs" / "index.db") as index:
        [stored] = index.execute("SELECT event FROM event_logs WHERE id = ?", [event.storage_id]).fetchone()
        older = json.loads(stored)
        del older["dagster_event"]["event_specific_data"]["materialization"]["tags"]
        index.execute("UPDATE event_logs SET event = ? WHERE id = ?", [json.dumps(older), event.storage_id])
    assert tags_of(bench.instance, [event.storage_id]) == {event.storage_id: {}}
