"""A small film of numbered footage: what every frame shows and when every flash beeps is known."""

from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import numpy as np

from pixora_pipeline.media.film import make_film
from pixora_pipeline.media.footage_clip import make_footage_clip
from pixora_pipeline.media.footage_sound import write_reel_sound
from pixora_pipeline.media.joint import make_joint
from pixora_pipeline.media.reel import Cut, Reel
from pixora_pipeline.media.sound import PlacedVoice, mix_sound
from pixora_pipeline.media.timing import FilmFormat, FilmTimeline, film_timeline
from pixora_pipeline_tests.media.numbered import Source, make_source

SOURCE_SECONDS = 6


@dataclass(frozen=True)
class FootageFilm:
    """The film, its timeline, and the source's number of each scene's first frame."""

    path: Path
    fmt: FilmFormat
    timeline: FilmTimeline
    firsts: tuple[int, ...]

    def number(self, frame: int) -> int:
        """What a film that is cut in the middle of its joints shows at that frame."""
        shown = [at for at, span in enumerate(self.timeline.scenes) if span.start <= frame < span.end]
        middle = self.timeline.scenes[shown[-1]].start + self.fmt.handle // 2
        scene = shown[-1] if len(shown) == 1 or frame >= middle else shown[0]
        return self.firsts[scene] + frame - self.timeline.scenes[scene].start


def make_footage_film(
    folder: Path,
    fmt: FilmFormat,
    sound: np.ndarray | None = None,
    kind: str = "cut",
    scenes: tuple[int, ...] = (40, 50, 45),
) -> FootageFilm:
    """Scenes of that many frames, from a source of the film's frame rate that has the `sound` (mono)."""
    source = make_source(
        folder / "source.mp4", Source(rate=Fraction(fmt.fps), frames=SOURCE_SECONDS * fmt.fps, keyint=37), sound
    )
    firsts = tuple(7 + 31 * at for at in range(len(scenes)))
    reels = [
        Reel((Cut(source, first / fmt.fps, (first + count) / fmt.fps),), count)
        for first, count in zip(firsts, scenes, strict=True)
    ]
    timeline = film_timeline(scenes, fmt)
    segments, heard = [], []
    ends = [None, *reels, None]
    for at in range(len(reels) + 1):
        segments.append(folder / f"joint{at}.mp4")
        make_joint(ends[at], ends[at + 1], kind, fmt, segments[-1])
        if at < len(reels):
            original = folder / f"sound{at}.wav"
            write_reel_sound(reels[at], fmt, original)
            heard.append(PlacedVoice(original, timeline.scenes[at].start * fmt.samples_per_frame))
            segments.append(folder / f"clip{at}.mp4")
            make_footage_clip(reels[at], None, original, fmt, segments[-1])
    mix_sound(heard, None, timeline.frames, fmt, folder / "sound.wav")
    make_film(segments, folder / "sound.wav", (), "Numbered", "en", fmt, folder / "film.mp4")
    return FootageFilm(folder / "film.mp4", fmt, timeline, firsts)
