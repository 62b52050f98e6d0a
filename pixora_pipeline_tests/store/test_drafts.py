"""A draft whose writer was killed does not stay for ever, and nobody's work is swept away."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pixora_pipeline.settings import CHECKOUT
from pixora_pipeline.store.artifacts import ArtifactStore
from pixora_pipeline.store.videos import VideoShelf

_WRITING = """
import sys
from pathlib import Path
from pixora_pipeline.store.artifacts import ArtifactStore
with ArtifactStore(Path(sys.argv[1])).writing() as draft:
    (draft / "picture.png").write_bytes(b"half")
    print(draft.name, flush=True)
    sys.stdin.read()
"""


def begin(store: ArtifactStore) -> tuple[subprocess.Popen, Path]:
    """Another process begins a version; its draft."""
    command = [sys.executable, "-c", _WRITING, str(store.root)]
    writer = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=CHECKOUT)
    return writer, store.root / "drafts" / writer.stdout.readline().strip()


def age(draft: Path, hours: float) -> None:
    then = time.time() - hours * 3600
    os.utime(draft, (then, then))


def begin_another(store: ArtifactStore) -> None:
    with store.writing():
        pass


@pytest.fixture
def store(tmp_path: Path) -> ArtifactStore:
    return ArtifactStore(tmp_path)


@pytest.mark.parametrize(("hours", "kept"), [(25, False), (23, True)])
def test_what_a_killed_writer_left_is_swept_after_a_day(store: ArtifactStore, hours: float, kept: bool) -> None:
    writer, draft = begin(store)
    with writer:
        writer.kill()
    assert draft.is_dir()
    age(draft, hours)
    begin_another(store)
    assert draft.is_dir() == kept


def test_what_is_being_written_stays_however_old(store: ArtifactStore) -> None:
    writer, draft = begin(store)
    age(draft, 100)
    begin_another(store)
    assert draft.is_dir()
    with writer:
        writer.kill()
    begin_another(store)
    assert not draft.exists()


@pytest.mark.parametrize("name", ["0a1b2c3d", "another-machine-1-2-3", "", "-"])
def test_what_nobody_here_writes_is_swept_as_well(store: ArtifactStore, name: str) -> None:
    draft = store.root / "drafts" / f"{name}.old"
    draft.mkdir(parents=True)
    age(draft, 25)
    begin_another(store)
    assert not draft.exists()


def test_half_a_video_is_swept_and_whole_ones_stay(tmp_path: Path) -> None:
    shelf, video = VideoShelf(tmp_path / "videos"), tmp_path / "a.mp4"
    video.write_bytes(b"a video")
    first = shelf.take_in(video)
    half = shelf.root / ".0a1b2c"
    half.write_bytes(b"half a vid")
    for path in (half, shelf.path(first)):
        age(path, 25)
    video.write_bytes(b"another video")
    second = VideoShelf(shelf.root).take_in(video)
    assert {path.name for path in shelf.root.iterdir()} == {first, second}


def test_the_folder_of_videos_is_looked_through_once_however_many_come(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_through, scandir, shelf = [], os.scandir, VideoShelf(tmp_path / "videos")
    monkeypatch.setattr(os, "scandir", lambda folder: looked_through.append(folder) or scandir(folder))
    for content in ("one", "another", "a third", "one", "a third"):
        (tmp_path / "a.mp4").write_text(content)
        shelf.take_in(tmp_path / "a.mp4")
    assert looked_through.count(shelf.root) <= 2, "for what is here, and for what was left half written"
    assert len(shelf.contents()) == 3
    # What was damaged or taken away by others is taken in again.
    (tmp_path / "a.mp4").write_text("one")
    name = shelf.take_in(tmp_path / "a.mp4")
    shelf.path(name).write_text("two")
    assert shelf.take_in(tmp_path / "a.mp4") == name and shelf.is_sound(name)
    shelf.path(name).unlink()
    assert shelf.take_in(tmp_path / "a.mp4") == name and shelf.is_sound(name)
