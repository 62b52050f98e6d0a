"""Half a file from a service is refused, however well it decodes, and fetched again before it is paid for again."""

import io
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import av
import imageio_ffmpeg
import numpy as np
import pytest

from pixora_pipeline.model.requests import MusicRequest, MusicSection, SpeechRequest
from pixora_pipeline.providers.faults import BadOutput
from pixora_pipeline.providers.received.sound import check_sound
from pixora_pipeline.providers.received.video import check_video
from pixora_pipeline_tests.media.checksum import check_sum
from pixora_pipeline_tests.providers.hosted.conftest import Engage
from pixora_pipeline_tests.providers.servers.media import mp4, speech
from pixora_pipeline_tests.providers.servers.service import Misfortune, Seen
from pixora_pipeline_tests.providers.servers.street import Street

REQUEST = SpeechRequest(text="Anna kept a red boat at the end of the pier.", voice="Joanna", language="en-US")
RATE = 48_000
FRAGMENTED = {"movflags": "frag_keyframe+empty_moov"}


class Pipe(io.RawIOBase):
    """Where a service streams to: nothing that was written can be changed."""

    def __init__(self) -> None:
        self.data = bytearray()

    def write(self, data: Any) -> int:
        self.data += data
        return len(data)

    def writable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return False


def coded(format: str, codec: str, streamed: bool = False, **options: str) -> bytes:
    """Two seconds of a sound that never sounds alike."""
    file = Pipe() if streamed else io.BytesIO()
    noise = np.random.default_rng(1).normal(0, 4000, RATE * 2).astype("<i2")
    with av.open(file, "w", format=format, options=options) as container:
        stream = container.add_stream(codec, rate=RATE, layout="mono")
        frame = av.AudioFrame.from_ndarray(noise[None, :], format="s16", layout="mono")
        frame.sample_rate = RATE
        resampler = av.AudioResampler(
            stream.codec_context.format, "mono", RATE, stream.codec_context.frame_size or None
        )
        for each in [*resampler.resample(frame), *resampler.resample(None), None]:
            container.mux(stream.encode(each))
    return bytes(file.data if streamed else file.getvalue())


def moving(format: str, codec: str, streamed: bool = False, **options: str) -> bytes:
    """Two seconds of a video that never looks alike."""
    file, noise = Pipe() if streamed else io.BytesIO(), np.random.default_rng(1)
    with av.open(file, "w", format=format, options=options) as container:
        stream = container.add_stream(codec, rate=12, options={"g": "8"})
        stream.width, stream.height, stream.pix_fmt = 96, 64, "yuv420p"
        for _ in range(24):
            frame = av.VideoFrame.from_ndarray(noise.integers(0, 255, (64, 96, 3), np.uint8), format="rgb24")
            container.mux(stream.encode(frame))
        container.mux(stream.encode())
    return bytes(file.data if streamed else file.getvalue())


def bare_mp3() -> bytes:
    """Frames and nothing else."""
    return coded("mp3", "libmp3lame", write_xing="0", id3v2_version="0")


SOUNDS: dict[str, Callable[[], bytes]] = {
    "WAV": lambda: coded("wav", "pcm_s16le"),
    "MP3": lambda: coded("mp3", "libmp3lame"),
    "MP3 without a count": lambda: coded("mp3", "libmp3lame", streamed=True),
    "Opus": lambda: coded("ogg", "libopus"),
    "FLAC": lambda: coded("flac", "flac"),
    "AAC": lambda: coded("mp4", "aac"),
    "AAC in fragments": lambda: coded("mp4", "aac", **FRAGMENTED),
}


def table_first(data: bytes) -> bytes:
    """The same video with the table of contents where players begin to read."""
    with tempfile.TemporaryDirectory() as folder:
        source, to = Path(folder) / "from.mp4", Path(folder) / "to.mp4"
        source.write_bytes(data)
        command = [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-i", source, "-c", "copy", "-movflags", "faststart"]
        subprocess.run([*command, to], check=True)
        return to.read_bytes()


VIDEOS: dict[str, Callable[[], bytes]] = {
    "MP4": mp4,
    "MP4 with its table first": lambda: table_first(mp4()),
    "MP4 in fragments": lambda: moving("mp4", "libx264", **FRAGMENTED),
    "WebM": lambda: moving("webm", "libvpx"),
    "WebM that was streamed": lambda: moving("webm", "libvpx", streamed=True),
    "WebM that was streamed live": lambda: moving("webm", "libvpx", streamed=True, live="1"),
}


@pytest.mark.parametrize("kind", SOUNDS)
def test_half_a_sound_is_refused(kind: str, tmp_path: Path) -> None:
    whole, path = SOUNDS[kind](), tmp_path / "v"
    path.write_bytes(whole)
    assert check_sound("speaker", path) == pytest.approx(2.0, abs=0.1)
    for part in (0.3, 0.5, 0.75, 0.99):
        path.write_bytes(whole[: int(len(whole) * part)])
        with pytest.raises(BadOutput, match=r"its sound (is cut short|can't be decoded)"):
            check_sound("speaker", path)


@pytest.mark.parametrize("kind", VIDEOS)
def test_half_a_video_is_refused(kind: str, tmp_path: Path) -> None:
    whole, path = VIDEOS[kind](), tmp_path / "v"
    path.write_bytes(whole)
    assert check_video("animator", path).seconds == pytest.approx(2.0, abs=0.1)
    for part in (0.3, 0.5, 0.75, 0.99):
        path.write_bytes(whole[: int(len(whole) * part)])
        with pytest.raises(BadOutput, match="its moving picture"):
            check_video("animator", path)


def with_lengths(whole: int, samples: int) -> bytes:
    """A WAV that says such lengths of itself."""
    data = coded("wav", "pcm_s16le", bitexact="1", fflags="+bitexact")
    at = data.index(b"data") + 4
    riff, told = whole.to_bytes(4, "little"), samples.to_bytes(4, "little")
    return data[:4] + riff + data[8:at] + told + data[at + 4 :]


def unended() -> bytes:
    """An Ogg whose last page does not say that it is the last."""
    data = bytearray(coded("ogg", "libopus"))
    last = data.rindex(b"OggS")
    data[last + 5] &= ~4
    page = bytes(data[last : last + 22] + bytes(4) + data[last + 26 :])
    data[last + 22 : last + 26] = check_sum(page, 0).to_bytes(4, "little")
    return bytes(data)


STRANGE: dict[str, Callable[[], bytes]] = {
    "WAV as OpenAI streams it": lambda: with_lengths(0xFFFFFFFF, 0xFFFFFFFF),
    "WAV as ElevenLabs streams it": lambda: with_lengths(0x7FFFFFFF, 0x7FFFFFFF - 36),
    "WAV of two thousand million bytes": lambda: with_lengths(2_000_000_036, 2_000_000_000),
    "WAV without lengths": lambda: with_lengths(0, 0),
    "WAV that counts its own head": lambda: with_lengths(RATE * 4 + 44, RATE * 4 + 8),
    "Ogg that never ends": unended,
    "MP3 with a tag at its end": lambda: SOUNDS["MP3"]() + b"TAG" + bytes(125),
    "MP3 of two pieces, the first one counted": lambda: SOUNDS["MP3"]() + bare_mp3(),
    "MP3 of an encoder that saves its last bytes": lambda: SOUNDS["MP3 without a count"]()[:-3],
}


@pytest.mark.parametrize("kind", STRANGE)
def test_a_sound_that_is_whole_in_its_own_way_is_taken(kind: str, tmp_path: Path) -> None:
    (tmp_path / "v").write_bytes(STRANGE[kind]())
    assert check_sound("speaker", tmp_path / "v") >= 1.9


def test_half_a_voice_is_fetched_again_and_not_paid_for_again(hired: Engage, street: Street, tmp_path: Path) -> None:
    # Three halves of different lengths: it is not the file that is broken, but the way to it.
    street.replicate.spoiled.extend([9_000, 20_000, 30_000])
    speaker = hired("speech", "replicate/llasa-3b-long")
    whole = check_sound("speaker", _written(speech(REQUEST.text), tmp_path))
    assert speaker.speak(REQUEST, tmp_path / "v.wav").seconds == pytest.approx(whole, abs=0.6)
    assert len(street.replicate.predictions) == 1 and len(street.replicate.fetched) == 4


def _written(data: bytes, folder: Path) -> Path:
    (folder / "whole.wav").write_bytes(data)
    return folder / "whole.wav"


def test_music_that_stays_half_is_told_in_a_sentence(hired: Engage, street: Street, tmp_path: Path) -> None:
    street.replicate.spoiled.extend([90_000, 90_000])
    request = MusicRequest(sections=(MusicSection(mood="calm", seconds=8.0),), seed=7)
    with pytest.raises(BadOutput) as told:
        hired("music", "replicate/musicgen").compose(request, tmp_path / "m.wav")
    assert str(told.value) == (
        "replicate gave back something that can't be used: its sound is cut short. "
        "Run the same command to have it made again."
    )
    assert len(street.replicate.predictions) == 1 and len(street.replicate.fetched) == 2


def test_a_connection_that_breaks_off_is_no_end(hired: Engage, street: Street, tmp_path: Path) -> None:
    cuts = [Misfortune(cut_after=10_000), Misfortune(cut_after=44)]

    def weather(seen: Seen) -> Misfortune | None:
        return cuts.pop() if "/delivery/" in seen.path and cuts else None

    street.replicate.weather = weather
    hired("speech", "replicate/llasa-3b-long").speak(REQUEST, tmp_path / "v.wav")
    assert not cuts and len(street.replicate.predictions) == 1


def test_a_voice_that_ends_before_its_last_word_is_asked_for_again(
    hired: Engage, street: Street, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pixora_pipeline_tests.providers.servers import aws_format

    whole = aws_format.pcm
    monkeypatch.setattr(aws_format, "pcm", lambda text, rate: whole(text, rate)[:40_000])
    speaker = hired("speech", "polly/neural")
    with pytest.raises(BadOutput, match="its sound ends before its last word"):
        speaker.speak(REQUEST, tmp_path / "v.wav")
    monkeypatch.setattr(aws_format, "pcm", whole)
    assert speaker.speak(REQUEST, tmp_path / "v.wav").words[-1].text == "pier."
    assert [seen.json["OutputFormat"] for seen in street.aws.paid] == ["pcm", "json", "pcm"]
