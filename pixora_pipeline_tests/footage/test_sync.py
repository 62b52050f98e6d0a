"""In the finished film, every segment's voice is heard over the pictures it was laid under: measured on the file."""

from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

from pixora_pipeline.model.project import Project
from pixora_pipeline_tests.conftest import Bench

MOST_SECONDS_APART = 0.1
RATE = 8_000


def pictures(path: Path) -> NDArray[np.float32]:
    """Every frame, tiny and grey."""
    with av.open(str(path)) as container:
        frames = (f.reformat(width=18, height=32, format="gray") for f in container.decode(video=0))
        return np.stack([frame.to_ndarray()[:32, :18].astype(np.float32) for frame in frames])


def sound(path: Path) -> NDArray[np.float32]:
    """All samples, mono."""
    with av.open(str(path)) as container:
        resampler = av.AudioResampler(format="flt", layout="mono", rate=RATE)
        blocks = [b.to_ndarray()[0] for frame in container.decode(audio=0) for b in resampler.resample(frame)]
    return np.concatenate(blocks)


def place_of_pictures(clip: NDArray[np.float32], film: NDArray[np.float32]) -> int:
    """The frame of the film from which on its pictures are most like the clip's."""
    apart = [np.abs(film[at : at + len(clip)] - clip).mean() for at in range(len(film) - len(clip) + 1)]
    return int(np.argmin(apart))


def place_of_sound(clip: NDArray[np.float32], film: NDArray[np.float32]) -> float:
    """The second of the film from which on it sounds most like the clip."""
    size = 1 << (len(clip) + len(film)).bit_length()
    fit = np.fft.irfft(np.fft.rfft(film, size) * np.conj(np.fft.rfft(clip, size)))
    return int(np.argmax(fit[: len(film)])) / RATE


def test_voice_and_picture_of_every_segment_are_less_than_a_tenth_of_a_second_apart(
    compiled: tuple[Bench, Project],
) -> None:
    bench, project = compiled
    film = bench.stored(project, "final_video").path
    shown, heard, apart = pictures(film), sound(film), {}
    for slot in bench.slots(project):
        clip = bench.stored(project, "scene_clip", slot).path
        seen = pictures(clip)
        # Away from the clip's ends, where it goes over into its neighbours.
        cut = len(seen) // 4
        at = (place_of_pictures(seen[cut:-cut], shown) - cut) / 30
        apart[slot] = abs(place_of_sound(sound(clip), heard) - at)
    assert len(apart) >= 4
    assert max(apart.values()) < MOST_SECONDS_APART, apart


def test_a_finished_compilation_passes_every_check(compiled: tuple[Bench, Project]) -> None:
    bench, project = compiled
    findings = bench.stored(project, "final_video").sidecar.findings
    assert {"true_peak", "frozen_picture", "loudness", "subtitles"} <= {finding.name for finding in findings}
    assert [finding.message for finding in findings if not finding.passed] == []
