"""A version is in the store whole or not at all, and what is read is what was written."""

import os
import shutil
import tempfile
import threading
from collections import namedtuple
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pixora_pipeline.errors import Defect, TryAgain
from pixora_pipeline.store.artifacts import SIDECAR, Address, ArtifactStore, Stored, describe_files
from pixora_pipeline.store.sidecar import Sidecar
from pixora_pipeline_tests.locked import locked_folder, without_power

PLACE = Address("scene_image", "p-aaaaaaaaaa|s01", "f" * 32)


@pytest.fixture
def store(tmp_path: Path) -> ArtifactStore:
    return ArtifactStore(tmp_path / "artifacts")


def put(store: ArtifactStore, files: Mapping[str, bytes], address: Address = PLACE) -> Stored:
    with store.writing() as draft:
        for name, content in files.items():
            (draft / name).write_bytes(content)
        return store.commit(draft, address, sidecar_of(address, draft, list(files)))


def sidecar_of(address: Address, draft: Path, names: list[str]) -> Sidecar:
    return Sidecar(
        artifact=address.artifact,
        partition=address.partition,
        fingerprint=address.fingerprint,
        inputs={},
        files=describe_files(draft, names),
    )


def files_below(root: Path) -> list[str]:
    return sorted(str(path.relative_to(root)) for path in root.rglob("*") if path.is_file())


@settings(max_examples=40, deadline=None)
@given(content=st.binary(max_size=4096), second=st.binary(max_size=64))
def test_any_bytes_come_back_as_they_were(content: bytes, second: bytes) -> None:
    with tempfile.TemporaryDirectory() as root:
        store = ArtifactStore(Path(root))
        put(store, {"picture.png": content, "preview.webp": second})
        stored = store.find(PLACE)
        assert stored is not None
        assert stored.path.read_bytes() == content
        assert (stored.folder / "preview.webp").read_bytes() == second


def test_a_version_stands_at_its_address(store: ArtifactStore) -> None:
    stored = put(store, {"picture.png": b"x"})
    assert stored.folder == store.root / "scene_image" / "p-aaaaaaaaaa" / "s01" / ("f" * 32)
    assert store.find(PLACE) == stored
    assert store.peek(PLACE) == stored
    assert store.has(PLACE)


def test_what_was_never_made_is_absent(store: ArtifactStore) -> None:
    assert store.find(PLACE) is None
    assert store.peek(PLACE) is None
    assert not store.has(PLACE)


def test_a_crash_in_the_middle_leaves_nothing(store: ArtifactStore) -> None:
    with pytest.raises(RuntimeError), store.writing() as draft:
        (draft / "picture.png").write_bytes(b"half")
        raise RuntimeError
    assert store.find(PLACE) is None
    assert files_below(store.root) == []


def test_a_step_that_forgets_its_file_is_named(store: ArtifactStore) -> None:
    with pytest.raises(Defect, match=r"'picture\.png'"), store.writing() as draft:
        describe_files(draft, ["picture.png"])


def flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


def truncate(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1])


def become_a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


@pytest.mark.parametrize("harm", [flip, truncate, Path.unlink, become_a_folder])
@pytest.mark.parametrize("name", ["picture.png", "preview.webp"])
def test_a_damaged_file_is_found_on_read_and_set_aside(store: ArtifactStore, harm, name: str) -> None:
    stored = put(store, {"picture.png": b"a picture", "preview.webp": b"a small one"})
    harm(stored.folder / name)
    assert store.find(PLACE) is None
    assert not stored.folder.exists()
    assert len(list((store.root / "quarantine").iterdir())) == 1
    assert put(store, {"picture.png": b"a picture"}) == store.find(PLACE)


@pytest.mark.parametrize(
    "content", [b"", b"{", b"\xff\xfe", b"[]", b"{}", b"null"], ids=["empty", "cut", "binary", "list", "bare", "null"]
)
def test_a_broken_sidecar_counts_as_absent(store: ArtifactStore, content: bytes) -> None:
    stored = put(store, {"picture.png": b"x"})
    (stored.folder / SIDECAR).write_bytes(content)
    assert store.peek(PLACE) is None
    assert not store.has(PLACE)
    assert store.find(PLACE) is None
    assert not stored.folder.exists()


def test_a_byte_changed_in_a_sidecar_counts_like_one_in_a_file(store: ArtifactStore) -> None:
    stored = put(store, {"picture.png": b"x"})
    sidecar = stored.folder / SIDECAR
    sidecar.write_text(sidecar.read_text("utf-8").replace('"seconds_to_make": 0.0', '"seconds_to_make": 9.0'), "utf-8")
    assert store.peek(PLACE) is None
    assert store.find(PLACE) is None
    assert len(list((store.root / "quarantine").iterdir())) == 1


def test_a_sidecar_without_files_counts_as_absent(store: ArtifactStore) -> None:
    stored = put(store, {"picture.png": b"x"})
    empty = stored.sidecar.model_dump_json().replace(
        stored.sidecar.model_dump_json(include={"files"})[1:-1], '"files":[]'
    )
    (stored.folder / SIDECAR).write_text(empty, "utf-8")
    assert store.find(PLACE) is None


def test_a_lost_sidecar_counts_as_absent(store: ArtifactStore) -> None:
    stored = put(store, {"picture.png": b"x"})
    (stored.folder / SIDECAR).unlink()
    assert store.find(PLACE) is None
    assert put(store, {"picture.png": b"y"}).path.read_bytes() == b"y"


def test_a_cheap_look_misses_a_lost_or_cut_file(store: ArtifactStore) -> None:
    stored = put(store, {"picture.png": b"a picture", "preview.webp": b"a small one"})
    truncate(stored.folder / "preview.webp")
    assert not store.has(PLACE)


def test_committing_again_replaces_and_keeps_no_leftovers(store: ArtifactStore) -> None:
    put(store, {"picture.png": b"first", "extra.png": b"more"})
    put(store, {"picture.png": b"second"})
    stored = store.find(PLACE)
    assert stored is not None
    assert stored.path.read_bytes() == b"second"
    assert files_below(store.root) == sorted(
        str((stored.folder / name).relative_to(store.root)) for name in ("picture.png", SIDECAR)
    )


def test_commits_to_one_address_at_once_all_succeed(store: ArtifactStore) -> None:
    failures: list[Exception] = []

    def commit_often(content: bytes) -> None:
        try:
            for _ in range(25):
                put(store, {"picture.png": content})
        except Exception as error:
            failures.append(error)

    threads = [threading.Thread(target=commit_often, args=(bytes([letter]) * 100,)) for letter in b"abcd"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    stored = store.find(PLACE)
    assert failures == []
    assert stored is not None
    assert len(set(stored.path.read_bytes())) == 1


def test_a_version_is_refused_before_the_disk_is_full(store: ArtifactStore, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage(10**12, 10**12 - 10**6, 10**6))
    with pytest.raises(TryAgain, match=r"artifacts has 1 MB left; .* needed\. Free some room"), store.writing():
        raise AssertionError("the work was begun")
    assert list((store.root / "drafts").iterdir()) == []


def test_a_disk_that_fills_up_meanwhile_leaves_nothing(store: ArtifactStore) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("this system has no /dev/full")
    with pytest.raises(TryAgain, match="is full"), store.writing() as draft:
        (draft / "picture.png").symlink_to("/dev/full")
        (draft / "picture.png").write_bytes(b"x" * 10)
    assert files_below(store.root) == []


def test_a_store_that_cannot_be_written_says_which(tmp_path: Path) -> None:
    with locked_folder() as folder:
        store = ArtifactStore(folder / "artifacts")
        with pytest.raises(TryAgain) as told, store.writing():
            raise AssertionError("the work was begun")
        assert os.listdir(folder) == []  # noqa: PTH208
    assert str(store.root) in str(told.value)
    assert "PIXORA_HOME" in str(told.value)


def test_a_store_whose_place_is_taken_by_a_file_says_so(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("a file")
    with pytest.raises(TryAgain, match="PIXORA_HOME"), ArtifactStore(tmp_path / "home" / "artifacts").writing():
        raise AssertionError("the work was begun")
    assert files_below(tmp_path) == ["home"]


def test_a_corrupt_version_that_cannot_be_moved_is_absent_all_the_same() -> None:
    with tempfile.TemporaryDirectory(prefix="pixora-") as root:
        store = ArtifactStore(Path(root))
        flip(put(store, {"picture.png": b"x"}).path)
        set_mode(Path(root), 0o555)
        with without_power():
            assert store.find(PLACE) is None
        set_mode(Path(root), 0o755)


def set_mode(root: Path, mode: int) -> None:
    for folder in (root, *(path for path in root.rglob("*") if path.is_dir())):
        folder.chmod(mode)
