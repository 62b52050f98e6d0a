"""The film's sound as it is heard: coded as AAC once, and its peaks held after coding, not only before."""

import tempfile
from pathlib import Path

from pixora_pipeline.media.encoding import FILM_BIT_RATE, add_sound, encode_sound, mp4
from pixora_pipeline.media.facts import Loudness
from pixora_pipeline.media.loudness import MASTER_PEAK_DBTP, Blocks, master, measure_file
from pixora_pipeline.media.wav import stereo, wav_blocks

HIGHEST_PEAK_DBTP = -1.1
"""A tenth under the limit, which is as fine as ffmpeg tells it."""

MAXIMUM_TRIES = 4
BLOCK = 1 << 16


def master_coded(blocks: Blocks, to: Path, target: float) -> Loudness:
    """Write the mix as AAC in an MP4 at the target (LUFS); see `loudness.master`. What is then heard.

    Coding may lift a hard consonant by more than a decibel, and nothing tells beforehand where. So the coded sound is
    measured, and where it peaks too high the mix is mastered anew under a lower ceiling.
    """
    ceiling = MASTER_PEAK_DBTP
    with tempfile.TemporaryDirectory(prefix="sound-", dir=to.parent) as folder:
        wav = Path(folder) / "mastered.wav"
        for _ in range(MAXIMUM_TRIES):
            master(blocks, wav, target, ceiling)
            code(wav, to)
            heard = measure_file(to)
            if heard.true_peak <= HIGHEST_PEAK_DBTP:
                break
            ceiling -= heard.true_peak - HIGHEST_PEAK_DBTP + 0.1
    return heard


def code(wav: Path, to: Path) -> None:
    """Code a WAV as the film's AAC."""
    with mp4(to) as container:
        stream = add_sound(container, FILM_BIT_RATE)
        container.mux(list(encode_sound(stream, map(stereo, wav_blocks(wav, BLOCK)))))
