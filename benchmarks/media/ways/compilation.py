"""A compilation as the assets make it: scenes of two cuts each under a voice, and music under them.

`python -m benchmarks.media.ways.compilation 50 720x1280 voice.wav music.wav out.mp4 source.mp4 ...`, first the scenes.
"""

import sys
import tempfile
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from pixora_pipeline.assets.workers import Workers, get_ready
from pixora_pipeline.media.timing import FilmFormat, film_timeline
from pixora_pipeline.model.results import Music

SCENE_FRAMES, SECONDS = 195, 3.25

BREATH = 0.7
"""Seconds before and after the words of a clip, by which it may be moved."""


@dataclass(frozen=True)
class Moment:
    """A stretch of a source, in seconds."""

    source: Path
    start: float
    end: float


def planned(sources: Sequence[Path], scenes: int) -> list[tuple[Moment, Moment]]:
    """What the scenes show, begun at key frames as the planner does with clips in which somebody speaks."""
    from pixora_pipeline.footage.beginnings import nearest
    from pixora_pipeline.footage.key_frames import key_frames

    shown = moments(sources, scenes)
    rooms = {source: [_room(one) for scene in shown for one in scene if one.source == source] for source in sources}
    keys = {source: key_frames(source, each) for source, each in rooms.items()}

    def begun(moment: Moment) -> Moment:
        start = nearest(moment.start, _room(moment), keys[moment.source])
        return Moment(moment.source, start, start + SECONDS)

    return [(begun(first), begun(second)) for first, second in shown]


def _room(moment: Moment) -> tuple[float, float]:
    return moment.start - BREATH, moment.start + BREATH


def moments(sources: Sequence[Path], scenes: int) -> list[tuple[Moment, Moment]]:
    """What the scenes show, from all over the sources: neighbours never share one."""
    found = []
    for at in range(scenes):
        first, second = (sources[(2 * at + part) % len(sources)] for part in (0, 1))
        starts = 11.3 * at + 1.7, 588.1 - 11.3 * at
        found.append((Moment(first, starts[0], starts[0] + SECONDS), Moment(second, starts[1], starts[1] + SECONDS)))
    return found


class Making:
    """One film under way: the calls that the assets `scene_footage`, `scene_clip` and `final_video` hand to workers."""

    def __init__(self, fmt: FilmFormat, voice: Path, folder: Path) -> None:
        self.fmt, self.voice, self.folder = fmt, voice, folder
        self.workers = Workers()

    def scene(self, at: int, shown: Sequence[Moment]) -> None:
        """The scene's footage, cut out of its sources, and its clip."""
        from pixora_pipeline.footage.cutting import cut_out
        from pixora_pipeline.media.footage_clip import make_footage_clip
        from pixora_pipeline.media.reel import Cut, Reel

        cuts = []
        for number, moment in enumerate(shown):
            to = self.folder / f"cut{at}-{number}.mkv"
            cut = self.workers.run(cut_out, moment.source, moment.source.name, moment.start, moment.end, to)
            cuts.append(Cut(to, cut.start, cut.end))
        reel, clip = Reel(tuple(cuts), SCENE_FRAMES), self.folder / f"clip{at}.mp4"
        self.workers.run(make_footage_clip, reel, self.voice, None, self.fmt, clip, self._handles(at))

    def joint(self, at: int, scenes: int) -> None:
        """The joint before scene `at`, of the handles that the clips put by."""
        from pixora_pipeline.media.handles import HandlesShot
        from pixora_pipeline.media.joint import make_joint

        ends = [HandlesShot(self._handles(one), SCENE_FRAMES) if 0 <= one < scenes else None for one in (at - 1, at)]
        self.workers.run(make_joint, *ends, "crossfade", self.fmt, self.folder / f"joint{at}.mp4")

    def sound(self, music: Path, scenes: int) -> None:
        """The one sound pass."""
        from pixora_pipeline.media.sound import PlacedVoice, Score, mix_sound

        plan = film_timeline([SCENE_FRAMES] * scenes, self.fmt)
        voices = [PlacedVoice(self.voice, span.voice_onset) for span in plan.scenes]
        self.workers.run(mix_sound, voices, Score(music, _music(music)), plan.frames, self.fmt, self.folder / "s.m4a")

    def _handles(self, at: int) -> Path:
        return self.folder / f"handles{at}.mp4"


def make(shown: list[tuple[Moment, Moment]], voice: Path, music: Path, fmt: FilmFormat, to: Path) -> None:
    """Clips side by side, then joints and sound, then the film by packet copy."""
    from pixora_pipeline.media.film import make_film

    with tempfile.TemporaryDirectory() as scratch, ThreadPoolExecutor(8) as threads:
        making, count = Making(fmt, voice, Path(scratch)), len(shown)
        list(threads.map(making.scene, range(count), shown))
        mixing = threads.submit(making.sound, music, count)
        list(threads.map(lambda at: making.joint(at, count), range(count + 1)))
        mixing.result()
        segments = [making.folder / "joint0.mp4"]
        for at in range(count):
            segments += [making.folder / f"clip{at}.mp4", making.folder / f"joint{at + 1}.mp4"]
        make_film(segments, making.folder / "s.m4a", (), "Compilation", "en", fmt, to)
        making.workers.close()


def _music(path: Path) -> Music:
    from pixora_pipeline.media.wav import wav_seconds

    seconds = wav_seconds(path)
    return Music(seconds=seconds, loop_start=seconds / 3, loop_end=seconds * 2 / 3)


if __name__ == "__main__":
    count, size, voice, music, to, *given = sys.argv[1:]
    get_ready()  # as `pixora make` does, before it plans
    wanted = planned([Path(one) for one in given], int(count))
    make(wanted, Path(voice), Path(music), FilmFormat(*map(int, size.split("x"))), Path(to))
