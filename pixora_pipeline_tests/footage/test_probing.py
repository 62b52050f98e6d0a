"""A file is what its bytes say, not its name; what can't be used is refused in one sentence before anything else."""

import subprocess
from pathlib import Path

import av
import imageio_ffmpeg
import numpy as np
import pytest

from pixora_pipeline.errors import UserError
from pixora_pipeline.footage.probing import probe_source
from pixora_pipeline_tests.footage.material import FPS, SIZE, Take

PLAYLIST = b"#EXTM3U\n#EXTINF:10,\nfile:///etc/passwd\n"


def test_a_video_is_described(three_shots: tuple[Path, Take]) -> None:
    facts = probe_source(three_shots[0])
    assert (facts.container, facts.codec, facts.width, facts.height, facts.fps) == ("mp4", "h264", *SIZE, FPS)
    assert facts.seconds == pytest.approx(three_shots[1].lines[-1].end + 0.6, abs=0.1)
    assert facts.has_sound


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (PLAYLIST, "not a video"),
        (b"ffconcat version 1.0\nfile /etc/passwd\n", "not a video"),
        (b"v=0\no=- 0 0 IN IP4 127.0.0.1\n", "not a video"),
        (b"<?xml version='1.0'?><svg xmlns='http://www.w3.org/2000/svg'/>", "not a video"),
        (b"<MPD><BaseURL>file:///etc/passwd</BaseURL></MPD>", "not a video"),
        (b"\x89PNG\r\n\x1a\n" + bytes(200), "not a video"),
        (b"", "empty"),
        (b"\x00\x00\x00\x18ftypmp42" + bytes(400), "can't be read as a video"),
        (b"\x1a\x45\xdf\xa3" + bytes(400), "can't be read as a video"),
    ],
)
def test_what_is_no_video_is_refused(tmp_path: Path, content: bytes, said: str) -> None:
    file = tmp_path / "holiday.mp4"
    file.write_bytes(content)
    with pytest.raises(UserError, match=said) as refused:
        probe_source(file)
    assert "holiday.mp4" in str(refused.value)


def test_a_file_cut_short_is_refused(three_shots: tuple[Path, Take], tmp_path: Path) -> None:
    import ffmpeg

    from pixora_pipeline.media.ffmpeg import file_url, run

    whole, short = tmp_path / "whole.mp4", tmp_path / "short.mp4"
    run(
        ffmpeg.output(ffmpeg.input(file_url(three_shots[0]), stream_loop=2), str(whole), c="copy", movflags="faststart")
    )
    short.write_bytes(whole.read_bytes()[: whole.stat().st_size // 3])
    probe_source(whole)
    with pytest.raises(UserError, match="cut short"):
        probe_source(short)


SHORT = {
    "clip.mp4": ("-movflags", "faststart"), "clip.mov": ("-movflags", "faststart"), "clip.mkv": (), "clip.avi": (),
    "clip.webm": ("-c:v", "libvpx", "-b:v", "100k"),
}  # fmt: skip


@pytest.mark.parametrize("name", SHORT)
@pytest.mark.parametrize("share", [0.4, 0.97])
def test_a_short_file_cut_short_is_refused_too(
    three_shots: tuple[Path, Take], tmp_path: Path, name: str, share: float
) -> None:
    """Such a one is shorter than what is decoded at its end to see whether it is there."""
    whole, short = tmp_path / name, tmp_path / f"short-{name}"
    coded = () if "-c:v" in SHORT[name] else ("-c:v", "libx264", "-preset", "ultrafast")
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-t", "4", "-i", str(three_shots[0]), "-an", *coded]
    subprocess.run([*command, *SHORT[name], str(whole)], check=True, stdin=subprocess.DEVNULL)
    data = whole.read_bytes()
    short.write_bytes(data[: int(len(data) * share)])
    assert probe_source(whole).seconds == pytest.approx(4, abs=0.1)
    with pytest.raises(UserError, match=rf"short-{name} is cut short: it lacks .* by its own account"):
        probe_source(short)


def test_a_recording_whose_end_was_never_written_down_is_taken(three_shots: tuple[Path, Take], tmp_path: Path) -> None:
    live = tmp_path / "live.ts"
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-t", "4", "-i", str(three_shots[0]), "-c", "copy"]
    subprocess.run([*command, str(live)], check=True, stdin=subprocess.DEVNULL)
    live.write_bytes(live.read_bytes()[: 188 * (live.stat().st_size // 188 // 2)])
    assert 1 < probe_source(live).seconds < 3


def test_sound_alone_is_no_footage(tmp_path: Path) -> None:
    with av.open(str(tmp_path / "song.mp4"), "w") as container:
        stream = container.add_stream("aac", rate=48_000, layout="mono")
        frame = av.AudioFrame.from_ndarray(np.zeros((1, 1024), np.float32), "fltp", "mono")
        frame.sample_rate = 48_000
        container.mux([*stream.encode(frame), *stream.encode(None)])
    with pytest.raises(UserError, match="no picture"):
        probe_source(tmp_path / "song.mp4")


def test_a_picture_that_is_too_large_is_refused(tmp_path: Path) -> None:
    with av.open(str(tmp_path / "wall.mkv"), "w") as container:
        stream = container.add_stream("rawvideo", rate=1)
        stream.width, stream.height, stream.pix_fmt = 16_000, 4_000, "gray"
        frame = av.VideoFrame(16_000, 4_000, "gray")
        container.mux([*stream.encode(frame), *stream.encode(None)])
    with pytest.raises(UserError, match="16000 x 4000"):
        probe_source(tmp_path / "wall.mkv")
