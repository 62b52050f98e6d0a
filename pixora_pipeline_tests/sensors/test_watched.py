"""What is known of the watched folder's files outlives the process, and a file is taken in when nobody writes it."""

import os
from pathlib import Path

import pytest

from pixora_pipeline.sensors import watched
from pixora_pipeline.sensors.watched import WatchedFiles


@pytest.fixture
def video(tmp_path: Path) -> Path:
    file = tmp_path / "a.mp4"
    file.write_bytes(b"one")
    return file


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    return tmp_path / "home" / "watched.json"


def test_a_file_is_settled_when_it_is_the_same_twice(video: Path, kept: Path) -> None:
    first = WatchedFiles(kept)
    assert not first.looks_settled(video)
    first.keep([video])
    video.write_bytes(b"still being written")
    second = WatchedFiles(kept)
    assert not second.looks_settled(video)
    second.keep([video])
    assert WatchedFiles(kept).looks_settled(video) and not WatchedFiles(kept).is_done(video)


def test_what_is_done_stays_done_until_it_is_changed(video: Path, kept: Path) -> None:
    files = WatchedFiles(kept)
    files.looks_settled(video)
    files.finish(video)
    files.keep([video])
    again = WatchedFiles(kept)
    assert again.looks_settled(video) and again.is_done(video)
    os.utime(video, (1, 1))
    assert not again.looks_settled(video) and not again.is_done(video)


def test_a_tick_that_is_cut_off_has_kept_what_it_took_in(
    video: Path, kept: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(watched, "_KEPT_EVERY", 0.0)
    files = WatchedFiles(kept)
    files.looks_settled(video)
    files.finish(video)
    assert WatchedFiles(kept).is_done(video)


def test_nothing_is_written_where_nothing_has_changed_and_what_is_gone_is_forgotten(video: Path, kept: Path) -> None:
    files = WatchedFiles(kept)
    files.looks_settled(video)
    files.keep([video])
    written = kept.stat().st_mtime_ns
    same = WatchedFiles(kept)
    same.looks_settled(video)
    same.keep([video])
    assert kept.stat().st_mtime_ns == written
    same.keep([])
    assert not WatchedFiles(kept).looks_settled(video)


@pytest.mark.parametrize("content", ["", "{", "[1]", '{"a": {"size": "x"}}'])
def test_what_was_lost_is_looked_at_again(video: Path, kept: Path, content: str) -> None:
    kept.parent.mkdir()
    kept.write_text(content)
    assert not WatchedFiles(kept).looks_settled(video)
