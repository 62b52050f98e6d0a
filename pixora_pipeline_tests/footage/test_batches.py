"""Many sources come in by few runs; what is wrong with one of them keeps no other out."""

from pathlib import Path

import pytest

from pixora_pipeline.assets.intake import add_video
from pixora_pipeline.assets.library_batches import MOST_BYTES, MOST_SOURCES, VIDEOS, batches
from pixora_pipeline.assets.library_run import is_current
from pixora_pipeline.footage.library import open_index
from pixora_pipeline.runner import make_findable
from pixora_pipeline_tests.conftest import Bench
from pixora_pipeline_tests.footage.test_library import registered


def test_neighbours_share_a_run(bench: Bench) -> None:
    ids = [registered(bench, f"clip {n}") for n in range(2 * MOST_SOURCES + 1)]
    found = list(batches(bench.studio, bench.instance, ids))
    assert [len(batch.ids) for batch in found] == [MOST_SOURCES, MOST_SOURCES, 1]
    assert [id for batch in found for id in batch.ids] == ids
    assert found[0].partition is None and {ids[0], ids[MOST_SOURCES - 1]} < set(found[0].tags.values())
    assert found[2].partition == ids[-1]
    assert [batch.tags[VIDEOS] for batch in found] == [
        "clip 0, clip 1, clip 2 and 13 more", "clip 16, clip 17, clip 18 and 13 more", "clip 32"
    ]  # fmt: skip


def test_a_range_never_spans_many_that_were_not_asked_for(bench: Bench) -> None:
    ids = [registered(bench, f"clip {n}") for n in range(2 * MOST_SOURCES)]
    list(batches(bench.studio, bench.instance, ids))
    found = list(batches(bench.studio, bench.instance, [ids[-1], ids[0], ids[1]]))
    assert [batch.ids for batch in found] == [(ids[0], ids[1]), (ids[-1],)]


def test_long_videos_have_a_run_of_their_own(bench: Bench, tmp_path: Path) -> None:
    ids = []
    for number in range(2):
        large = tmp_path / f"large {number}"
        with large.open("wb") as file:
            file.truncate(MOST_BYTES - 1000 - number)
        bench.studio.videos.root.mkdir(parents=True, exist_ok=True)
        large.rename(bench.studio.videos.root / large.name)
        ids.append(registered(bench, large.name))
    assert [batch.ids for batch in batches(bench.studio, bench.instance, ids)] == [(ids[0],), (ids[1],)]


def test_one_that_fails_keeps_no_other_out(bench: Bench, takes: list[Path]) -> None:
    added = [add_video(bench.studio, bench.instance, video, None, None) for video in takes[:3]]
    bench.studio.videos.path(added[1].video).write_bytes(b"no video any more" * 20)
    failed = make_findable(bench.studio, bench.instance, *(source.id for source in added))
    assert list(failed) == [added[1].id]
    assert added[1].name in str(failed[added[1].id])
    assert [is_current(bench.studio, bench.instance, source) for source in added] == [True, False, True]
    assert len(bench.instance.get_run_ids()) == 1
    with open_index(bench.studio.settings) as index:
        assert {id for id in (s.id for s in added) if any(index.ids(id).values())} == {added[0].id, added[2].id}


def test_the_only_one_that_fails_is_an_error(bench: Bench, takes: list[Path]) -> None:
    source = add_video(bench.studio, bench.instance, takes[0], None, None)
    bench.studio.videos.drop(source.video)
    with pytest.raises(Exception, match=r"is gone. Add the video again"):
        make_findable(bench.studio, bench.instance, source.id)
