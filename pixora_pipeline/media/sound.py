"""The film's one sound pass: voices at their samples, music under them, one loudness from end to end."""

import wave
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from pixora_pipeline.media.coded_sound import master_coded
from pixora_pipeline.media.ducking import Spoken, background_gain, music_gain, spoken_stretches
from pixora_pipeline.media.loudness import SILENCE_LUFS, master, measure_blocks, measure_file, measure_loudness
from pixora_pipeline.media.music import Arrangement, Piece
from pixora_pipeline.media.timing import SAMPLE_RATE, FilmFormat
from pixora_pipeline.media.wav import Recording, read_wav, stereo
from pixora_pipeline.model.results import Music
from pixora_pipeline.model.sound import SoundWishes
from pixora_pipeline.model.value import Value

BLOCK = 10 * SAMPLE_RATE
AS_USUAL = SoundWishes()
CODED = ".m4a"
VOICE_LUFS = -20.0
"""The loudness of the voice where there is none, for the music to go by."""


@dataclass(frozen=True)
class PlacedVoice:
    """A voice's WAV (or another sound that goes with the picture), the film's sample it begins at, and its volume.

    The music steps back for it unless it is `background`, which steps back itself.
    """

    path: Path
    onset: int
    volume: float = 1.0
    background: bool = False


@dataclass(frozen=True)
class Score:
    """The music's WAV and the facts its composer gave."""

    path: Path
    music: Music


class SoundFacts(Value):
    """The mixed sound's length and loudness (LUFS; minus infinity for silence), and its true peak in dBTP."""

    seconds: float
    loudness: float
    true_peak: float


def mix_sound(
    voices: Sequence[PlacedVoice],
    score: Score | None,
    frames: int,
    fmt: FilmFormat,
    to: Path,
    wishes: SoundWishes = AS_USUAL,
) -> SoundFacts:
    """Write the sound of a film of `frames` frames in the loudness wished for: as a 16-bit stereo WAV, or, where `to`
    ends in .m4a, coded as the film's own AAC.

    Its true peak stays under -1 dBTP, and what still sounds at the film's end is gone with its last picture. Works
    without music, without voices and without both (silence). `UserError` when a WAV can't be read.
    """
    mix = _Mix(voices, score, frames * fmt.samples_per_frame, wishes)
    if to.suffix == CODED:
        heard = master_coded(mix.raw_blocks, to, wishes.loudness)
    else:
        master(mix.raw_blocks, to, wishes.loudness)
        heard = measure_file(to)
    return SoundFacts(seconds=mix.length / SAMPLE_RATE, loudness=heard.integrated, true_peak=heard.true_peak)


def write_music(
    voices: Sequence[PlacedVoice],
    score: Score,
    frames: int,
    fmt: FilmFormat,
    to: Path,
    wishes: SoundWishes = AS_USUAL,
) -> None:
    """Write the music alone as it lies under the voices, as loud against them as in the film: a 16-bit stereo WAV."""
    mix = _Mix(voices, score, frames * fmt.samples_per_frame, wishes)
    with wave.open(str(to), "wb") as out:
        out.setparams((2, 2, SAMPLE_RATE, 0, "NONE", ""))
        for block in mix.music_blocks():
            out.writeframes(_sixteen_bits(block))


def write_background(
    voices: Sequence[PlacedVoice], frames: int, fmt: FilmFormat, to: Sequence[Path], wishes: SoundWishes = AS_USUAL
) -> None:
    """Write each sound of the background alone, as it lies under the voices: a 16-bit stereo WAV for each, in order."""
    mix = _Mix(voices, None, frames * fmt.samples_per_frame, wishes)
    background = [(placed, sound) for placed, sound in mix.voices if placed.background]
    for (placed, sound), path in zip(background, to, strict=True):
        end = min(placed.onset + len(sound), mix.length)
        with wave.open(str(path), "wb") as out:
            out.setparams((2, 2, SAMPLE_RATE, 0, "NONE", ""))
            for low in range(placed.onset, end, BLOCK):
                out.writeframes(_sixteen_bits(mix.alone(placed, sound, low, min(low + BLOCK, end))))


def _sixteen_bits(samples: NDArray[np.float32]) -> bytes:
    return np.clip(np.rint(samples * 32767), -32768, 32767).astype("<i2").tobytes()


class _Mix:
    """The mix before mastering, made block by block so that a long film needs no more memory than a short one."""

    def __init__(self, voices: Sequence[PlacedVoice], score: Score | None, length: int, wishes: SoundWishes) -> None:
        self.length = length
        self.wishes = wishes
        self.voices = [(voice, Recording(voice.path)) for voice in voices if voice.volume > 0]
        self.spoken: list[Spoken] = [
            part
            for placed, voice in self.voices
            if not placed.background
            for part in spoken_stretches(voice, placed.onset)
        ]
        self.music = Arrangement(_piece(score), length) if score else None
        self.music_level = self._music_level(score) if score else 0.0

    def raw_blocks(self) -> Iterator[bytes]:
        """The mix as little-endian float32 pairs."""
        for start in range(0, self.length, BLOCK):
            end = min(start + BLOCK, self.length)
            yield self._block(start, end).astype("<f4").tobytes()

    def _block(self, start: int, end: int) -> NDArray[np.float32]:
        out = self._voice_block(start, end)
        if self.music is not None:
            out += self._music_block(self.music, start, end)
        return self._faded(out, start)

    def music_blocks(self) -> Iterator[NDArray[np.float32]]:
        """The music alone, (samples, 2)."""
        for start in range(0, self.length, BLOCK):
            end = min(start + BLOCK, self.length)
            if self.music is not None:
                yield self._faded(self._music_block(self.music, start, end), start)

    def alone(self, placed: PlacedVoice, sound: Recording, low: int, high: int) -> NDArray[np.float32]:
        """One of the sounds from one of the film's samples to another, as it is heard, (samples, 2)."""
        return self._faded(self._sounding(placed, sound, low, high), low)

    def _music_block(self, music: Arrangement, start: int, end: int) -> NDArray[np.float32]:
        gain = music_gain(self.spoken, start, end, self.wishes.ducking) * self.music_level
        return music.stretch(start, end) * gain[:, None]

    def _faded(self, sound: NDArray[np.float32], start: int) -> NDArray[np.float32]:
        """The sound from sample `start` on: everything comes up at the film's start and goes down at its end."""
        rising, falling = (max(fade * SAMPLE_RATE, 1) for fade in (self.wishes.fade_in, self.wishes.fade_out))
        end = start + len(sound)
        if rising <= start and end <= self.length - falling:
            return sound
        at = np.arange(start, end)
        share = np.minimum(at / rising, (self.length - at) / falling)
        return sound * np.sin(np.clip(share, 0.0, 1.0) * np.pi / 2).astype(np.float32)[:, None]

    def _voice_block(self, start: int, end: int) -> NDArray[np.float32]:
        out = np.zeros((end - start, 2), np.float32)
        for placed, voice in self.voices:
            low, high = max(placed.onset, start), min(placed.onset + len(voice), end)
            if low < high:
                out[low - start : high - start] += self._sounding(placed, voice, low, high)
        return out

    def _sounding(self, placed: PlacedVoice, sound: Recording, low: int, high: int) -> NDArray[np.float32]:
        heard = stereo(sound[low - placed.onset : high - placed.onset])
        if placed.background:
            heard = heard * background_gain(self.spoken, low, high, self.wishes.ducking)[:, None]
        return heard * np.float32(placed.volume)

    def _music_level(self, score: Score) -> float:
        """The gain that makes the music as loud as the voices; ducking then sets it back from there."""
        music = measure_loudness(score.path)
        voice = measure_blocks(self._voice_blocks).integrated if self.voices else VOICE_LUFS
        if min(music, voice) <= SILENCE_LUFS:
            return 1.0
        return 10 ** ((voice - music) / 20)

    def _voice_blocks(self) -> Iterator[bytes]:
        for start in range(0, self.length, BLOCK):
            yield self._voice_block(start, min(start + BLOCK, self.length)).astype("<f4").tobytes()


def _piece(score: Score) -> Piece:
    samples = read_wav(score.path)
    start, end = (min(round(at * SAMPLE_RATE), len(samples)) for at in (score.music.loop_start, score.music.loop_end))
    return Piece(samples=samples, loop_start=start, loop_end=end)
